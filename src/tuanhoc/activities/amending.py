"""What changes in accepted registrations beside moving and cancelling: words, hours, lines; cancellations taken back.

A part of ``activities.actions``. The other side is told; the registration stays accepted.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db import transaction
from django.db.models import F, Max

from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.outbox import actions as outbox

from . import rules
from .changing import CancelledAlready, EndsBeforeItStarts, NoReason, hold, touch
from .events import ActivityChanged
from .models import Activity, Registration, State
from .queries import draft_of

#: the fields a change after acceptance may write
AMENDABLE = frozenset({"held_on", "ends_on", "starts_at", "ends_at", "part_of_day", "place", "form", "content", "note"})


#: what is said of an activity that takes place after all, when nobody said anything
TAKES_PLACE = "Vẫn tổ chức"


class NotHandedIn(Refusal):
    message = N_("Đơn vị chưa có bản đăng ký được chấp nhận trong đợt này: vui lòng thêm dòng vào bản đăng ký trước.")


class NothingWritten(Refusal):
    message = N_("Hoạt động cần có ngày và nội dung.")


class TooLong(Refusal):
    message = N_("Địa điểm dài quá 500 chữ cái: vui lòng rút gọn.")


class NotCancelled(Refusal):
    message = N_("Hoạt động này không còn ở trạng thái hủy.")


@transaction.atomic
def amend_activity(
    activity: Activity, fields: Mapping[str, object], *, reason: str, by: Actor, at: dt.datetime
) -> dict[str, object]:
    """Write fields of an accepted activity; return what they were, as plain JSON values.

    :param fields: of ``AMENDABLE``, as values of an ``ActivityDraft``.
    :raises NoReason: the unit is told why. :raises NotAccepted: its registration is not accepted now.
    :raises CancelledAlready: it does not take place. :raises NothingWritten: no day or no content is left.
    :raises EndsBeforeItStarts: of its days. :raises TooLong: of the place.
    """
    if not reason.strip():
        raise NoReason
    if unknown := set(fields) - AMENDABLE:
        raise ValueError(f"not amendable: {sorted(unknown)}")
    registration = hold(activity)
    if activity.cancelled_at is not None:
        raise CancelledAlready
    before = _said(activity, fields)
    for name, value in fields.items():
        setattr(activity, name, value)
    _refuse_what_is_no_activity(draft_of(activity))
    touch(activity, registration, reason=reason, at=at)
    journal.write(
        "activities.activity.amend", by=by, on=activity, unit_path=registration.host.path, at=at,
        details={"reason": reason, "before": before, "after": _said(activity, fields)},
    )  # fmt: skip
    _tell(activity, reason=reason, at=at)
    return before


@transaction.atomic
def restore_activity(activity: Activity, *, reason: str, by_office: bool = True, by: Actor, at: dt.datetime) -> None:
    """Take a cancellation back: the activity is shown again at once, and the other side is told.

    :param reason: what the public reads; blank: that it takes place. :param by_office: False: its unit does it.
    :raises NotAccepted: its registration is not accepted now. :raises NotCancelled: it takes place already.
    """
    registration = hold(activity)
    if activity.cancelled_at is None:
        raise NotCancelled
    reason = reason.strip() or TAKES_PLACE
    activity.cancelled_at = None
    touch(activity, registration, reason=reason, at=at)
    journal.write(
        "activities.activity.restore", by=by, on=activity, unit_path=registration.host.path, at=at,
        details={"reason": reason, **journal.change("is_cancelled", True, False)},
    )  # fmt: skip
    event = ActivityChanged(activity_id=activity.pk, cancelled=False, restored=True, reason=reason, by_office=by_office)
    outbox.record(event, at=at)


@transaction.atomic
def insert_activity(host: RosterUnit, row: rules.ActivityDraft, *, reason: str, by: Actor, at: dt.datetime) -> Activity:
    """Put one line into a unit's accepted registration, which stays accepted.

    :raises NotHandedIn: the unit has none. :raises NoReason, NothingWritten, EndsBeforeItStarts, TooLong: as above.
    """
    if not reason.strip():
        raise NoReason
    _refuse_what_is_no_activity(row)
    registration = Registration.objects.select_for_update().filter(host=host, state=State.ACCEPTED).first()
    if registration is None:
        raise NotHandedIn
    Registration.objects.filter(pk=registration.pk).update(version=F("version") + 1)
    last = registration.activities.aggregate(last=Max("position"))["last"]
    row = rules.with_a_web_link(replace(row, area_id=row.area_id or host.area_id))
    groups = rules.audience_groups(row.audience, row.content, row.note)
    folded, marked = rules.search_texts(row, host.name)
    activity = Activity.objects.create(
        registration=registration, position=0 if last is None else last + 1,
        **{name: getattr(row, name) for name in AMENDABLE}, link=row.link, area_id=row.area_id,
        audience_groups=f",{','.join(groups)}," if groups else "", change_reason=reason.strip()[:300],
        changed_at=at, search_folded=folded, search_marked=marked,
    )  # fmt: skip
    journal.write(
        "activities.activity.insert", by=by, on=activity, unit_path=host.path, at=at,
        details={"reason": reason, "before": {}, "after": rules.row_changes([], [row])[0]["after"]},
    )  # fmt: skip
    _tell(activity, reason=reason, at=at)
    return activity


def _said(activity: Activity, fields: Iterable[str]) -> dict[str, object]:
    return {name: value for name, value in rules.frozen(draft_of(activity)).items() if name in fields}


def _refuse_what_is_no_activity(row: rules.ActivityDraft) -> None:
    if row.held_on is None or not row.content.strip():
        raise NothingWritten
    if row.ends_on is not None and row.ends_on < row.held_on:
        raise EndsBeforeItStarts
    if len(row.place) > 500:
        raise TooLong


def _tell(activity: Activity, *, reason: str, at: dt.datetime) -> None:
    outbox.record(ActivityChanged(activity_id=activity.pk, cancelled=False, reason=reason, by_office=True), at=at)
