"""What happens to the merged schedule: two releases, and activities moved or cancelled with a reason."""

import datetime as dt
from collections.abc import Callable, Iterator

from tuanhoc.activities import actions as activities
from tuanhoc.activities.models import Activity, State
from tuanhoc.campaigns.models import Campaign
from tuanhoc.lib.dates import HANOI
from tuanhoc.schedule.actions import release_schedule

from . import people

Step = tuple[dt.datetime, Callable[[dt.datetime], object]]


def _at(month: int, day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2022, month, day, hour, minute, tzinfo=HANOI)


RELEASES = (_at(9, 30, 17, 30), _at(10, 3, 17))
#: (when, kind of unit, day it was to be held on, days later or None for cancelled, why)
CHANGES = (
    (_at(10, 1, 15), "commune_committee", 4, 1, "Dời một ngày vì hội trường được dùng cho kỳ họp Hội đồng nhân dân."),
    (_at(10, 2, 9), "community_centre", 3, None, "Báo cáo viên nghỉ ốm, sẽ tổ chức lại sau Tuần lễ."),
    (_at(10, 3, 8), "school_lower", 5, 1, "Dời lịch để tránh trùng buổi họp phụ huynh."),
    (_at(10, 3, 20), "culture_centre", 4, 1, "Mưa lớn, sân khấu ngoài trời không bảo đảm an toàn."),
    (_at(10, 4, 7), "school_primary", 4, None, "Nhường phòng cho đoàn y tế khám sức khỏe học sinh."),
    (_at(10, 4, 19), "commune_committee", 6, 1, "Dời theo đề nghị của bà con đang vào vụ thu hoạch."),
    (_at(10, 5, 8), "association", 6, None, "Ghép vào buổi giao lưu của huyện ngày 07/10."),
)


def later_steps(campaign: Campaign) -> Iterator[Step]:
    """Return the releases and the changes, each with its moment."""
    by = people.coordinator(campaign)
    for at in RELEASES:
        yield at, lambda at: release_schedule(campaign, by=by, at=at)
    for at, kind, day, later, why in CHANGES:
        yield at, _change(campaign, kind, dt.date(2022, 10, day), later, why)


def _change(
    campaign: Campaign, kind: str, held_on: dt.date, later: int | None, why: str
) -> Callable[[dt.datetime], None]:
    def act(at: dt.datetime) -> None:
        activity = (
            Activity.objects.public(campaign)
            .filter(registration__host__kind=kind, held_on=held_on, ends_on=None, starts_at__isnull=False, sequence=0)
            .filter(registration__state=State.ACCEPTED)
            .select_related("registration__host__campaign")
            .order_by("pk")
            .first()
        )
        if activity is None:
            return
        activities.change_activity(
            activity,
            reason=why,
            cancel=later is None,
            held_on=held_on + dt.timedelta(days=later) if later else None,
            by=people.officer_of(activity.registration.host),
            at=at,
        )

    return act
