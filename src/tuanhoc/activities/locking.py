"""Whether a unit's registration may be written now. A part of ``activities.actions``."""

import datetime as dt

from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.campaigns.queries.deadlines import is_locked
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.sentences import LastMinute

from .models import State


class CallNotOpen(Refusal):
    message = N_("Đợt này chưa mở đăng ký hoặc đã kết thúc. Vui lòng liên hệ đường dây hỗ trợ.")


class WeekClosed(CallNotOpen):
    message = N_(
        "Đợt này đã đóng: không nhận thêm hay sửa đăng ký nữa. Lịch đã gửi vẫn xem được; nếu cần, vui lòng liên hệ "
        "đơn vị điều phối."
    )


class NotToBeMended(CallNotOpen):
    message = N_(
        "Đợt này đã đóng nên đơn vị không sửa và gửi lại được. Muốn trả lại, vui lòng mở lại đợt trước; lịch vẫn chấp "
        "nhận được."
    )


class UnitLocked(Refusal):
    message = N_(
        "Đăng ký của %(unit)s đã khóa: hạn của đơn vị là %(until)s. Lịch vẫn xem được; muốn ghi tiếp, "
        "vui lòng gửi đề nghị mở khóa ở trang lịch đăng ký của đơn vị."
    )


def deadline_now(host: RosterUnit) -> dt.datetime:
    """Return the unit's own deadline as it stands, and take it over: it may have moved since ``host`` was read."""
    host.refresh_from_db(fields=["closes_at"])
    return host.closes_at


def refuse_unless_open(host: RosterUnit) -> None:
    """:raises CallNotOpen: the campaign takes nothing now. :raises WeekClosed: nor any more."""
    refuse_when_closed(host)
    if host.campaign.state != Campaign.State.OPEN:
        raise CallNotOpen


def refuse_giving_back(campaign: Campaign) -> None:
    """:raises NotToBeMended: the Week was closed, and what is given back could not be handed in again."""
    if campaign.state == Campaign.State.CLOSED:
        raise NotToBeMended


def refuse_when_closed(host: RosterUnit) -> None:
    """:raises WeekClosed: the Week was closed; nobody writes in it, whoever coordinates it opens it again first."""
    if host.campaign.state == Campaign.State.CLOSED:
        raise WeekClosed


def refuse_when_locked(
    host: RosterUnit, *, state: str | None, by: Actor, at: dt.datetime, arrived_at: dt.datetime | None = None
) -> None:
    """Keep a locked unit's registration as it is.

    Whoever coordinates is let through, and what they enter is marked as entered on the unit's behalf. What was
    given back to be mended may be mended: the unit had handed in, and was asked for more.

    :param state: the registration's; None: there is none yet.
    :param arrived_at: when what is written came, if that was earlier: a form that came in time is not locked out by
        the day on which somebody got to it, nor is one that waited for its unit to be unlocked.
    :raises UnitLocked: its deadline is over, and no exception lets it in. :raises WeekClosed: the whole Week is.
    """
    refuse_when_closed(host)
    if state == State.RETURNED or by.coordinates(host.campaign_id) or by.is_operator:
        return
    standing = RosterUnit.objects.select_related("campaign").get(pk=host.pk)
    if is_locked(standing, at=at) and (arrived_at is None or is_locked(standing, at=arrived_at)):
        raise UnitLocked(unit=standing.name, until=LastMinute(standing.closes_at))
