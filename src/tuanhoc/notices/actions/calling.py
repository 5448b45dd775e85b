"""Officers phone: somebody takes a call, and writes down what came of it."""

import datetime as dt
from collections.abc import Mapping

from django.db import IntegrityError, transaction

from tuanhoc.accounts import actions as accounts
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.notices.models import Call
from tuanhoc.notices.rules import calling
from tuanhoc.notices.wording import call_text


class WrittenMeanwhile(Refusal):
    message = N_("%(name)s vừa ghi cuộc gọi này lúc %(time)s. Danh sách dưới đây là mới nhất.")


class SomebodyIsAtIt(Refusal):
    message = N_("%(name)s đang gọi người này từ %(time)s.")


class NoDay(Refusal):
    message = N_("Hẹn gọi lại: vui lòng chọn một ngày từ hôm nay trở đi.")


def text_for(
    campaign: Campaign, who: calling.ToCall, *, at: dt.datetime, links: Mapping[int, str] | None = None
) -> str:
    """Return what is copied into Zalo, Viber or a text message, or read out; see :func:`make_links`."""
    return call_text(campaign, who, at=at, links=links)


def write_down(
    campaign: Campaign,
    who: calling.ToCall,
    outcome: str,
    *,
    seen: int,
    again_on: dt.date | None = None,
    note: str = "",
    for_name: str = "",
    day: dt.date,
    by: Actor,
    at: dt.datetime,
) -> Call:
    """Write down that somebody takes a call, or what came of it.

    :param seen: how many things were written down when the officer's page was made.
    :param for_name: the district that phones one of its own units; blank: the coordinator.
    :param day: today.
    :raises WrittenMeanwhile: another officer wrote something since.
    :raises SomebodyIsAtIt: another officer has the call.
    :raises NoDay: a call is put off to no day, or one that has passed.
    """
    last = who.noted
    if last is not None and last.number != seen:
        raise WrittenMeanwhile(name=last.by_name, time=f"{_local(last.made_at):%H:%M}")
    if last is not None and who.state(at=at, day=day) == calling.TAKEN and last.by_user_id != by.user_id:
        raise SomebodyIsAtIt(name=last.by_name, time=f"{_local(last.made_at):%H:%M}")
    if outcome == calling.LATER and (again_on is None or again_on < day):
        raise NoDay
    try:
        return _write_down(
            campaign, who, outcome, seen=seen, again_on=again_on, note=note, for_name=for_name, by=by, at=at
        )
    except IntegrityError as error:
        # Of two at the same moment one is first: the number is taken.
        first = Call.objects.filter(campaign=campaign, person=who.key).order_by("-number").first()
        if first is None:
            raise
        raise WrittenMeanwhile(name=first.by_name, time=f"{_local(first.made_at):%H:%M}") from error


@transaction.atomic
def _write_down(
    campaign: Campaign,
    who: calling.ToCall,
    outcome: str,
    *,
    seen: int,
    again_on: dt.date | None,
    note: str,
    for_name: str,
    by: Actor,
    at: dt.datetime,
) -> Call:
    call = Call.objects.create(
        campaign=campaign, person=who.key, number=seen + 1, outcome=outcome,
        again_on=again_on if outcome == calling.LATER else None, note=note[:300], by_name=by.name, for_name=for_name,
        by_user_id=by.user_id, made_at=at,
    )  # fmt: skip
    journal.write(
        "notices.call.write", by=by, on=call, at=at, units=[one.unit.unit_id for one in who.wanted],
        details={"person": who.who.name or who.key, "outcome": outcome, "note": call.note,
                 "office": for_name or campaign.coordinator.name,
                 "units": [one.unit.name for one in who.wanted], **journal.change("calls", seen, seen + 1)},
    )  # fmt: skip
    return call


@transaction.atomic
def make_links(campaign: Campaign, who: calling.ToCall, *, by: Actor, at: dt.datetime) -> dict[int, str]:
    """Make a personal link for each unit of a call, to be told or copied; return them by roster unit, signed.

    They are shown once and kept nowhere.
    """
    hosts = RosterUnit.objects.filter(pk__in=[one.unit.pk for one in who.wanted], campaign=campaign)
    wanted = {host.pk: (host.unit, who.who.name[:120]) for host in hosts.select_related("unit")}
    signed = accounts.make_links(
        list(wanted.values()), campaign_id=campaign.pk, expires_at=campaign.links_close_at, by=by, at=at
    )
    return dict(zip(wanted, signed, strict=True))


def _local(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(HANOI)
