"""Moving and cancelling what is accepted already. A part of ``activities.actions``."""

import datetime as dt

from django.db import transaction

from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.outbox import actions as outbox

from . import rules
from .events import ActivityChanged
from .models import Activity, Registration, State
from .queries import draft_of

#: what is said of an activity whose missing place was added, when the unit said nothing
PLACE_ADDED = "Bổ sung địa điểm"


class NoReason(Refusal):
    message = N_("Vui lòng ghi lý do để đơn vị biết cần sửa gì.")


class NotAccepted(Refusal):
    message = N_("Chỉ hoạt động đã được chấp nhận mới cần báo thay đổi; lịch đang soạn có thể sửa trực tiếp.")


class EndsBeforeItStarts(Refusal):
    message = N_("Ngày kết thúc trước ngày bắt đầu.")


class CancelledAlready(Refusal):
    message = N_("Hoạt động này đã được báo hủy trước đó.")


@transaction.atomic
def change_activity(
    activity: Activity,
    *,
    reason: str,
    cancel: bool = False,
    held_on: dt.date | None = None,
    starts_at: dt.time | None = None,
    place: str | None = None,
    by_office: bool = False,
    by: Actor,
    at: dt.datetime,
) -> None:
    """Cancel or move an accepted activity: shown at once, the coordinator told, the history kept.

    :param by_office: who coordinates does it, so that the unit is told instead.
    :raises NoReason: the public is told why; adding a place that was missing needs no reason.
    :raises NotAccepted: its registration is still being written or looked at.
    :raises CancelledAlready: by an earlier click, or in another window.
    """
    registration = hold(activity)
    if not (cancel or held_on or starts_at) and place and not activity.place:
        # What was missing is added: nobody who read it comes in vain, so nothing has to be explained.
        reason = reason.strip() or PLACE_ADDED
    if not reason.strip():
        raise NoReason
    if activity.cancelled_at is not None:
        raise CancelledAlready
    before = _when_and_where(activity)
    if cancel:
        activity.cancelled_at = at
    else:
        moved_days = (held_on - activity.held_on) if held_on and activity.held_on else dt.timedelta()
        activity.held_on = held_on or activity.held_on
        activity.ends_on = activity.ends_on + moved_days if activity.ends_on else None
        activity.starts_at = starts_at or activity.starts_at
        activity.place = activity.place if place is None else place
    touch(activity, registration, reason=reason, at=at)
    journal.write(
        "activities.activity.cancel" if cancel else "activities.activity.move",
        by=by, on=activity, unit_path=registration.host.path, at=at,
        details={"reason": reason, "before": before, "after": _when_and_where(activity)},
    )  # fmt: skip
    outbox.record(ActivityChanged(activity_id=activity.pk, cancelled=cancel, reason=reason, by_office=by_office), at=at)


def _when_and_where(activity: Activity) -> dict[str, object]:
    return {
        "held_on": activity.held_on.isoformat() if activity.held_on else None,
        "starts_at": activity.starts_at.isoformat() if activity.starts_at else None,
        "place": activity.place,
        "is_cancelled": activity.cancelled_at is not None,
    }


def hold(activity: Activity) -> Registration:
    """Hold the registration's row and read the activity again: a change must not undo one it never saw.

    :raises NotAccepted: as above.
    """
    registration = (
        Registration.objects.select_for_update(of=("self",)).select_related("host").get(pk=activity.registration_id)
    )
    if registration.state != State.ACCEPTED:
        raise NotAccepted
    activity.refresh_from_db()
    return registration


def touch(activity: Activity, registration: Registration, *, reason: str, at: dt.datetime) -> None:
    """Save a changed activity with its reason; calendars and search know of it."""
    activity.change_reason = reason.strip()[:300]
    activity.sequence += 1
    activity.changed_at = at
    activity.search_folded, activity.search_marked = rules.search_texts(draft_of(activity), registration.host.name)
    activity.save()
