"""Companies, universities and clubs ask to take part, and are answered. A part of ``campaigns.actions``."""

import datetime as dt

from django.db import transaction

from tuanhoc.campaigns.events import JoinAnswered, JoinAsked
from tuanhoc.campaigns.models import Campaign, JoinRequest, RosterUnit
from tuanhoc.campaigns.queries.deadlines import deadlines_of
from tuanhoc.campaigns.rules.deadlines import own_deadline
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.text import name_key
from tuanhoc.outbox import actions as outbox
from tuanhoc.units import rules as unit_rules
from tuanhoc.units.actions import keep_contact
from tuanhoc.units.models import ReportingEdge, Unit
from tuanhoc.units.queries import edges_on
from tuanhoc.units.queries.keys import free_key
from tuanhoc.units.rules import Person

from .deadlines import settle

#: How long a declined request's personal data is kept: until the asker has surely read the answer.
KEPT_FOR = dt.timedelta(days=30)
_KINDS = {
    JoinRequest.Kind.COMPANY: Unit.Kind.COMPANY,
    JoinRequest.Kind.UNIVERSITY: Unit.Kind.UNIVERSITY,
    JoinRequest.Kind.CLUB: Unit.Kind.OTHER,
    JoinRequest.Kind.OTHER: Unit.Kind.OTHER,
}


#: the reason kept of who was taken in without another one
ASKED_ITSELF = "Đơn vị xin tham gia"


class NotTakingRequests(Refusal):
    message = N_("Đợt này không nhận thêm đơn vị tham gia. Xin liên hệ đơn vị điều phối.")


class AnsweredAlready(Refusal):
    message = N_("Đề nghị này đã được trả lời.")


class SayWhyNot(Refusal):
    message = N_("Vui lòng ghi đôi lời để nơi đề nghị biết vì sao.")


class ExpectedAlready(Refusal):
    message = N_("Đơn vị “%(name)s” đã có trong danh sách của đợt này.")


class OfElsewhere(Refusal):
    message = N_("Đơn vị này không thuộc tỉnh của đợt.")


@transaction.atomic
def ask_to_join(
    campaign: Campaign,
    kind: JoinRequest.Kind,
    unit_name: str,
    person: Person,
    *,
    address: str = "",
    wish: str = "",
    by: Actor,
    at: dt.datetime,
) -> JoinRequest:
    """Keep a request to take part. Asked again by the same while unanswered, it is kept once, in its last words.

    :raises NotTakingRequests: the call is not open.
    """
    # The Week's row is held, so that of two windows that send the same at once the second finds the first's.
    held = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    if held.state != Campaign.State.OPEN:
        raise NotTakingRequests
    same = {
        "campaign": held, "unit_name": unit_name[:200], "email": person.email, "phone": person.phone[:40],
        "state": JoinRequest.State.WAITING,
    }  # fmt: skip
    # Before rows were held two could be made: the older is the one that was told of.
    standing = JoinRequest.objects.filter(**same).order_by("pk").first()
    request = standing or JoinRequest(**same)
    request.kind, request.person, request.asked_at = kind, person.name[:120], at
    request.address, request.wish = address[:300], wish[:2000]
    request.save()
    if standing is None:
        journal.write(
            "campaigns.join.ask", by=by, on=request, at=at,
            details={"unit": request.unit_name, **journal.change("state", journal.ABSENT, request.state)},
        )  # fmt: skip
        outbox.record(JoinAsked(request_id=request.pk, campaign_id=campaign.pk), at=at)
    return request


@transaction.atomic
def accept_join(
    request: JoinRequest, *, because: str, unit: Unit | None = None, by: Actor, at: dt.datetime
) -> RosterUnit:
    """Take the asker into the roster, with date and reason, and its person into the contacts of the unit.

    :param unit: the unit it is, where it stands in the list already; None: a new one is made under the province.
    :param because: why, as the roster keeps it; blank: that it asked to take part.
    :raises AnsweredAlready: by an earlier click.
    :raises ExpectedAlready: ``unit`` is in the roster. :raises OfElsewhere: it stands in another province's tree.
    """
    held = _held(request)
    because = because.strip() or ASKED_ITSELF
    if unit is None:
        unit = _new_unit(held, by=by, at=at)
    host = join_roster(held.campaign, unit, because=because, by=by, at=at)
    if held.person and (held.phone or held.email):
        keep_contact(unit, Person(held.person, phone=held.phone, email=held.email, is_in_charge=True), by=by, at=at)
    _answer(held, JoinRequest.State.ACCEPTED, answer=because, host=host, by=by, at=at)
    return host


@transaction.atomic
def decline_join(request: JoinRequest, *, words: str, by: Actor, at: dt.datetime) -> None:
    """Decline with words, which go to the asker.

    :raises SayWhyNot: without words. :raises AnsweredAlready: by an earlier click.
    """
    if not words.strip():
        raise SayWhyNot
    _answer(_held(request), JoinRequest.State.DECLINED, answer=words, host=None, by=by, at=at)


def _held(request: JoinRequest) -> JoinRequest:
    held = JoinRequest.objects.select_for_update(of=("self",)).select_related("campaign__province").get(pk=request.pk)
    if held.state != JoinRequest.State.WAITING:
        raise AnsweredAlready
    return held


def _answer(
    request: JoinRequest, to: JoinRequest.State, *, answer: str, host: RosterUnit | None, by: Actor, at: dt.datetime
) -> None:
    request.state, request.host, request.answer = to, host, answer.strip()[:2000]
    request.answered_at, request.answered_by = at, by.name[:200]
    request.save(update_fields=["state", "host", "answer", "answered_at", "answered_by"])
    journal.write(
        f"campaigns.join.{'accept' if host else 'decline'}", by=by, on=request, at=at,
        unit_path=host.path if host else "",
        details={
            "unit": request.unit_name, "words": request.answer,
            **journal.change("state", JoinRequest.State.WAITING, to),
        },
    )  # fmt: skip
    outbox.record(JoinAnswered(request_id=request.pk, campaign_id=request.campaign_id), at=at)


def _new_unit(request: JoinRequest, *, by: Actor, at: dt.datetime) -> Unit:
    kind, day = _KINDS[JoinRequest.Kind(request.kind)], at.astimezone(HANOI).date()
    unit = Unit.objects.create(
        key=free_key(request.unit_name), kind=kind, name=request.unit_name,
        area_id=request.campaign.province.area_id, valid_from=day,
    )  # fmt: skip
    ReportingEdge.objects.create(unit=unit, reports_to=request.campaign.province, valid_from=day)
    details = {"asked_to_join": True, **journal.change("name", journal.ABSENT, unit.name)}
    journal.write("units.unit.create", by=by, on=unit, at=at, details=details)
    return unit


@transaction.atomic
def join_roster(campaign: Campaign, unit: Unit, *, because: str, by: Actor, at: dt.datetime) -> RosterUnit:
    """Expect one more unit in a Week whose call is open; it keeps the day and the reason it came later.

    The coordinator looks at its registration. Rates say "of n at the opening and m since".

    :raises NotTakingRequests: the Week is closed.
    :raises ExpectedAlready: it is in the roster. :raises OfElsewhere: it stands in another province's tree.
    """
    if campaign.roster.filter(unit=unit).exists():
        raise ExpectedAlready(name=unit.name)
    path = unit_rules.path_of(unit.pk, edges_on(at.astimezone(HANOI).date()))
    if f"/{campaign.province_id}/" not in path:
        raise OfElsewhere
    common = campaign.registration_closes_at
    if common is None or campaign.state == Campaign.State.CLOSED:
        raise NotTakingRequests
    host = RosterUnit.objects.create(
        campaign=campaign, unit=unit, name=unit.name, kind=unit.kind, rank=unit_rules.RANKS.get(unit.kind, 8),
        name_order=campaign.roster.count(), name_key=name_key(unit.name)[:200], area_id=unit.area_id, path=path,
        closes_at=own_deadline(unit.kind, common=common, levels=deadlines_of(campaign)), joined_at=at,
        joined_because=because.strip()[:300],
    )  # fmt: skip
    # The deadline of its level, where that is another than the common one.
    settle(campaign)
    host.refresh_from_db(fields=["closes_at"])
    journal.write(
        "campaigns.roster.join", by=by, on=host, unit_path=path, at=at,
        details={"reason": host.joined_because, **journal.change("place", journal.ABSENT, "expected")},
    )  # fmt: skip
    return host


@transaction.atomic
def forget_declined(*, at: dt.datetime) -> int:
    """Blank the personal data of requests declined :data:`KEPT_FOR` ago; return how many. The names of bodies stay."""
    old = JoinRequest.objects.filter(
        state=JoinRequest.State.DECLINED, answered_at__lte=at - KEPT_FOR, forgotten_at=None
    )
    return old.update(person="", phone="", email="", address="", wish="", forgotten_at=at)
