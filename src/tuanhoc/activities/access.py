"""Who may do what with a registration."""

import enum

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from tuanhoc.campaigns.models import Campaign, RosterUnit, RosterUnitQuerySet
from tuanhoc.lib.actor import Actor, Role

from .models import Registration, ReviewBatch
from .queues import REVIEWING as REVIEWING  # noqa: PLC0414 - given on through this door
from .queues import Queues as Queues  # noqa: PLC0414 - as above
from .queues import standing_queues as standing_queues  # noqa: PLC0414 - as above
from .queues import steps as steps  # noqa: PLC0414 - as above


class To(enum.Enum):
    VIEW = "xem"
    EDIT = "sửa"
    SUBMIT = "nộp"
    CONFIRM = "đồng ý nộp"
    REVIEW = "duyệt"
    GIVE_TIME = "cho thêm thời gian, mở khóa"
    PHONE = "xem đầu mối, gọi và ghi lại"


#: The page docs/rights.md is printed from this table; a test compares them. REVIEW, GIVE_TIME
#: and PHONE by an officer or a head are for the unit that reviews (the district for its communes, schools, centres).
CARRIED_BY: dict[To, frozenset[Role]] = {
    To.VIEW: frozenset({Role.OFFICER, Role.HEAD, Role.COORDINATOR, Role.VIEWER}),
    To.EDIT: frozenset({Role.OFFICER, Role.HEAD, Role.COORDINATOR}),
    To.SUBMIT: frozenset({Role.OFFICER, Role.HEAD, Role.COORDINATOR}),
    #: what was handed to the head; by the head's seat or own link at this very unit
    To.CONFIRM: frozenset({Role.HEAD}),
    To.REVIEW: frozenset({Role.OFFICER, Role.HEAD, Role.COORDINATOR}),
    To.GIVE_TIME: frozenset({Role.OFFICER, Role.HEAD, Role.COORDINATOR}),
    To.PHONE: frozenset({Role.OFFICER, Role.HEAD, Role.COORDINATOR}),
}
#: done to others' registrations, by who looks after them
_OVER_OTHERS = frozenset({To.REVIEW, To.GIVE_TIME, To.PHONE})


def may(actor: Actor, to: To, host: RosterUnit) -> bool:
    """Whether the actor may do ``to`` with the registration of ``host``."""
    if to is To.CONFIRM:
        heads = any(seat.unit_id == host.unit_id and seat.role is Role.HEAD for seat in actor.seats)
        return heads and _carries(actor, to, host)
    if to in {To.EDIT, To.SUBMIT} and actor.only_confirms:
        return False
    if to not in _OVER_OTHERS:
        return _carries(actor, to, host)
    if actor.coordinates(host.campaign_id):
        return True
    reviewer = host.reviewer
    # A personal link is for a unit's own registration; looking at others' needs a person who signed in.
    return (
        reviewer is not None
        and actor.link_id is None
        and bool(actor.roles_over(reviewer.path, host.campaign_id) & REVIEWING)
    )


def _carries(actor: Actor, to: To, host: RosterUnit) -> bool:
    return bool(actor.roles_over(host.path, host.campaign_id) & CARRIED_BY[to])


def must_ask_the_head(actor: Actor, host: RosterUnit) -> bool:
    """Whether the actor hands in only with the head's consent: an officer of this very unit, where the Week asks so.

    The head, and whoever enters for a unit that phones (a coordinator, the district over it), hand in themselves.
    """
    seats = [seat for seat in actor.seats if seat.unit_id == host.unit_id]
    return host.campaign.head_confirms and bool(seats) and not any(seat.role is Role.HEAD for seat in seats)


def roster_unit_for(actor: Actor, pk: int, *, to: To) -> RosterUnit:
    """Return the roster unit if the actor may do ``to`` with its registration.

    A stranger gets 404, so the answer does not tell that the unit is there; someone who may
    look but not do this gets 403.
    """
    host = RosterUnit.objects.select_related("campaign__coordinator", "reviewer", "unit").filter(pk=pk).first()
    if host is None or not may(actor, To.VIEW, host):
        raise Http404
    if not may(actor, to, host):
        raise PermissionDenied
    return host


def registration_for(actor: Actor, pk: int, *, to: To) -> Registration:
    """Return the registration if the actor may do ``to`` with it; 404 and 403 as above."""
    registration = (
        Registration.objects.select_related("host__campaign__coordinator", "host__reviewer", "host__unit")
        .filter(pk=pk)
        .first()
    )
    if registration is None or not may(actor, To.VIEW, registration.host):
        raise Http404
    if not may(actor, to, registration.host):
        raise PermissionDenied
    return registration


def reachable(actor: Actor) -> RosterUnitQuerySet:
    """Return the roster units the actor's seats reach, over all campaigns."""
    reach = Q(pk__in=[])
    for seat in actor.seats:
        if seat.campaign_id is not None:
            reach |= Q(campaign_id=seat.campaign_id)
            continue
        step = Q(unit_id=seat.unit_id) if seat.alone else Q(path__contains=f"/{seat.unit_id}/")
        if seat.only_campaign_id is not None:
            step &= Q(campaign_id=seat.only_campaign_id)
        reach |= step
    return RosterUnit.objects.filter(reach)


def to_review(actor: Actor) -> RosterUnitQuerySet:
    """Return the roster units the actor reviews: all of a coordinator's, a district's own below it."""
    reach = Q(pk__in=[])
    for seat in actor.seats:
        if seat.campaign_id is not None:
            reach |= Q(campaign_id=seat.campaign_id)
        elif seat.role in REVIEWING and not seat.alone:
            reach |= Q(reviewer__path__contains=f"/{seat.unit_id}/")
    return RosterUnit.objects.filter(reach)


def looked_after(actor: Actor, code: str) -> tuple[Campaign, RosterUnitQuerySet]:
    """Return a Week and the units of it that the actor may give time to and phone: all, or those a district reviews.

    404 for whoever looks after none.
    """
    campaign = Campaign.objects.select_related("province", "coordinator").filter(code=code).first()
    if campaign is None or actor.link_id is not None:
        raise Http404
    of_week = RosterUnit.objects.filter(campaign=campaign)
    if actor.coordinates(campaign.pk) or actor.is_operator:
        return campaign, of_week
    own = to_review(actor).filter(campaign=campaign)
    if not own.exists():
        raise Http404
    return campaign, own


def to_review_first(actor: Actor, queues: Queues | None = None) -> RosterUnitQuerySet:
    """Return those of :func:`to_review` that nobody nearer looks at: each roster unit is in exactly one such queue.

    A district without anybody who may look leaves its own to the unit above it, in the end to the coordinator.
    Two queries at once, none when ``queues`` is given.
    """
    seats = [s for s in actor.seats if s.campaign_id is not None or (s.role in REVIEWING and not s.alone)]
    reach = Q(pk__in=[])
    if queues is None:
        queues = standing_queues() if seats else Queues({}, frozenset())
    for seat in seats:
        if seat.campaign_id is not None:
            orphans = queues.behind(None)
            reach |= Q(campaign_id=seat.campaign_id) & (Q(reviewer=None) | Q(reviewer_id__in=orphans))
        elif seat.unit_id is not None:
            reach |= Q(reviewer_id__in=queues.looked_after_from(seat.unit_id))
    return RosterUnit.objects.filter(reach)


def reviews_at_all(actor: Actor) -> bool:
    """Whether any seat of the actor could look at others' registrations. No query."""
    return any(s.campaign_id is not None or (s.role in REVIEWING and not s.alone) for s in actor.seats)


def batch_for(actor: Actor, pk: int) -> ReviewBatch:
    """Return a stroke of decisions to whoever made it and to who coordinates its campaign; 404 to all others."""
    batch = ReviewBatch.objects.select_related("campaign__coordinator").filter(pk=pk).first()
    own = batch is not None and actor.user_id is not None and actor.user_id == batch.by_user_id
    if batch is None or not (actor.coordinates(batch.campaign_id) or own):
        raise Http404
    # Who has lost the seat since sees nothing of it any more.
    if not to_review(actor).filter(campaign_id=batch.campaign_id).exists():
        raise Http404
    return batch
