"""Who may see and run a campaign."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.http import Http404

from tuanhoc.accounts.models import Seat, User
from tuanhoc.accounts.queries import actor_of
from tuanhoc.lib.actor import SYSTEM, Actor
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.units.models import Unit
from tuanhoc.units.queries import ids_under

from .models import Campaign, RosterUnit


def campaign_for(actor: Actor, code: str) -> Campaign:
    """Return the campaign the actor coordinates; anyone else gets 404."""
    campaign = Campaign.objects.select_related("province", "coordinator").filter(code=code).first()
    if campaign is None or not (actor.coordinates(campaign.pk) or actor.is_operator):
        raise Http404
    return campaign


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


def looks_after(actor: Actor, user: User) -> bool:
    """Whether the actor may shut a person out and see when they came: all their seats are in its reach.

    A seat given here must not open what somebody does in another province.
    """
    if actor.is_operator:
        return True
    elsewhere = user.seats.exclude(pk__in=seats_in_reach(actor).order_by().values("pk"))
    return not user.is_superuser and not elsewhere.exists()


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
