"""Who may see and run a campaign."""

import datetime as dt
import enum

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from tuanhoc.accounts.models import Seat, User
from tuanhoc.accounts.queries import actor_of
from tuanhoc.lib.actor import SYSTEM, Actor, Role
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.units.models import Unit
from tuanhoc.units.queries import ids_under

from .models import Assignment, Campaign, RosterUnit


class To(enum.Enum):
    SEE_DUTIES = "xem nhiệm vụ"
    REPORT_DUTY = "báo tiến độ nhiệm vụ"
    STEER_DUTIES = "giao, nhắc, sửa hạn nhiệm vụ"


#: Of its own duties by whoever sits at the unit or holds its link; of the whole Week's by the coordinator.
CARRIED_BY: dict[To, frozenset[Role]] = {
    To.SEE_DUTIES: frozenset({Role.OFFICER, Role.HEAD, Role.COORDINATOR, Role.VIEWER}),
    To.REPORT_DUTY: frozenset({Role.OFFICER, Role.HEAD, Role.COORDINATOR}),
    To.STEER_DUTIES: frozenset({Role.COORDINATOR}),
}


def campaign_for(actor: Actor, code: str) -> Campaign:
    """Return the campaign the actor coordinates; anyone else gets 404."""
    campaign = Campaign.objects.select_related("province", "coordinator").filter(code=code).first()
    if campaign is None or not (actor.coordinates(campaign.pk) or actor.is_operator):
        raise Http404
    return campaign


def leads(actor: Actor, campaign: Campaign) -> bool:
    """Whether the actor sees the whole Week: who coordinates it, any seat at the province or the coordinating unit."""
    if actor.coordinates(campaign.pk) or actor.is_operator:
        return True
    at = {campaign.province_id, campaign.coordinator_id}
    return actor.link_id is None and any(seat.unit_id in at for seat in actor.seats)


def led_campaign_for(actor: Actor, code: str, *, to: To = To.SEE_DUTIES) -> Campaign:
    """Return a Week the actor sees whole; 404 for strangers, 403 for who may look but not do ``to``."""
    campaign = Campaign.objects.select_related("province", "coordinator").filter(code=code).first()
    if campaign is None or not leads(actor, campaign):
        raise Http404
    if to is To.STEER_DUTIES and not (actor.coordinates(campaign.pk) or actor.is_operator):
        raise PermissionDenied
    return campaign


def duty_host_for(actor: Actor, pk: int, *, to: To) -> RosterUnit:
    """Return the unit whose duties the actor may see or report of; 404 and 403 as above."""
    host = RosterUnit.objects.select_related("campaign__coordinator").filter(pk=pk).first()
    if host is None or not _carries(actor, To.SEE_DUTIES, host):
        raise Http404
    if not _carries(actor, to, host):
        raise PermissionDenied
    return host


def assignment_for(actor: Actor, pk: int, *, to: To) -> Assignment:
    """Return one owner's duty; the coordinator's own is for who sees the whole Week. 404 and 403 as above."""
    related = ("duty__campaign__coordinator", "host__campaign__coordinator", "evidence_file")
    found = Assignment.objects.select_related(*related).filter(pk=pk).first()
    if found is None:
        raise Http404
    campaign = found.duty.campaign
    if leads(actor, campaign) and (to is To.SEE_DUTIES or actor.coordinates(campaign.pk) or actor.is_operator):
        return found
    if found.host is None:
        raise PermissionDenied if leads(actor, campaign) else Http404
    if not _carries(actor, To.SEE_DUTIES, found.host):
        raise Http404
    if not _carries(actor, to, found.host):
        raise PermissionDenied
    return found


def may_report(actor: Actor, host: RosterUnit) -> bool:
    """Whether the actor may say how far the unit's duties are."""
    return _carries(actor, To.REPORT_DUTY, host)


def _carries(actor: Actor, to: To, host: RosterUnit) -> bool:
    # The head's own link reads, and agrees to one registration; it writes nothing else.
    if to is not To.SEE_DUTIES and actor.only_confirms:
        return False
    return bool(actor.roles_over(host.path, host.campaign_id) & CARRIED_BY[to])


def may_prepare(actor: Actor) -> bool:
    """Whether the actor may start a new edition: an operator, or whoever coordinates one already."""
    return actor.is_operator or any(seat.campaign_id is not None for seat in actor.seats)


def may_manage_users(actor: Actor) -> bool:
    """Whether the actor lets people in: an operator anywhere, a coordinator within its Weeks."""
    return actor.is_operator or any(seat.campaign_id is not None for seat in actor.seats)


def seats_in_reach(actor: Actor) -> QuerySet[Seat]:
    """The seats the actor may give and take: an operator's are all, a coordinator's those of its Weeks and rosters."""
    seats = Seat.objects.select_related("user", "unit")
    if actor.is_operator:
        return seats
    mine = in_reach(actor).order_by().values("pk")
    units = RosterUnit.objects.filter(campaign__in=mine).values("unit_id")
    return seats.filter(Q(campaign_id__in=mine) | Q(unit_id__in=units))


def users_in_reach(actor: Actor) -> QuerySet[User]:
    """The people the actor may look after: an operator's are all, a coordinator's those with a seat in its reach.

    Who operates the system is looked after by operators only.
    """
    if actor.is_operator:
        return User.objects.all()
    return User.objects.filter(is_superuser=False, pk__in=seats_in_reach(actor).order_by().values("user_id"))


def users_looked_after(actor: Actor) -> QuerySet[User]:
    """The people the actor may shut out and see when they came: all their seats are in its reach.

    A seat given here must not open what somebody does in another province.
    """
    people = users_in_reach(actor)
    if actor.is_operator:
        return people
    elsewhere = Seat.objects.exclude(pk__in=seats_in_reach(actor).order_by().values("pk"))
    return people.exclude(pk__in=elsewhere.order_by().values("user_id"))


def looks_after(actor: Actor, user: User) -> bool:
    """Whether the actor looks after this person; see :func:`users_looked_after`. One query."""
    return users_looked_after(actor).filter(pk=user.pk).exists()


def in_reach(actor: Actor) -> QuerySet[Campaign]:
    """The Weeks the actor coordinates; an operator's are all. Newest first."""
    campaigns = Campaign.objects.select_related("province", "coordinator").order_by("-starts_on", "pk")
    if actor.is_operator:
        return campaigns
    return campaigns.filter(pk__in=[seat.campaign_id for seat in actor.seats if seat.campaign_id is not None])


def provinces(actor: Actor) -> QuerySet[Unit]:
    """The provinces the actor may prepare a Week of: of the Weeks it coordinates; an operator's are all."""
    committees = Unit.objects.filter(kind=Unit.Kind.PROVINCE_COMMITTEE).order_by("name", "pk")
    if actor.is_operator:
        return committees
    return committees.filter(pk__in=in_reach(actor).order_by().values("province_id"))


def unit_ids_within(actor: Actor, day: dt.date) -> set[int] | None:
    """Return the ids of the units an actor may look after: those of its provinces on ``day``; None: all."""
    return None if actor.is_operator else ids_under([p.pk for p in provinces(actor)], day)


def unit_keys_within(actor: Actor, day: dt.date) -> frozenset[str] | None:
    """Return :func:`unit_ids_within` as the keys of a units file."""
    ids = unit_ids_within(actor, day)
    if ids is None:
        return None
    return frozenset(key for pk, key in Unit.objects.values_list("pk", "key") if pk in ids)


class NobodyByThatName(Refusal):
    message = N_("Không có ai là “%(name)s”. Vui lòng ghi địa chỉ thư của người dùng hoặc số của vai trò.")


def actor_named(name: str) -> Actor:
    """Return who a command acts ``--as``: by e-mail address, or by the number of a seat; blank is the system.

    :raises NobodyByThatName: neither a person's address nor a seat's number.
    """
    if not name:
        return SYSTEM
    user = User.objects.filter(email=name.lower(), is_active=True).first()
    if user is None and name.isdecimal():
        seat = Seat.objects.select_related("user").filter(pk=int(name), user__is_active=True).first()
        user = seat.user if seat else None
    if user is None:
        raise NobodyByThatName(name=name)
    return actor_of(user)
