"""The tabs of a Week: its pages in groups, of which a reader is shown those that let him in."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from tuanhoc.activities.access import reachable, reviews_at_all, steps
from tuanhoc.campaigns import access
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.lib.actor import Actor, Role

#: name of a page, its words, whether this reader is shown it
Page = tuple[str, str, bool]


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that belong together: a tab of the upper row, whose pages stand in the lower one."""

    words: str
    address: str
    is_here: bool
    #: name, words and address of each
    pages: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a reader is in a Week, as far as its pages ask for it; the pages' own gates decide."""

    coordinates: bool
    #: some of its units are in reach
    sees_units: bool
    #: sees the whole of it
    leads: bool
    #: looks at registrations of others
    reviews: bool
    #: roster number of the seat's own unit that looks at others, which takes in their forms; 0: none
    takes_in_at: int
    #: another Week of the province is open as well: then the pages of this one name it
    is_one_of_several: bool = False


def standing(actor: Actor, campaign: Campaign) -> Standing:
    """Return what the reader is in a Week.

    No query for whoever coordinates it or has no seat that could look at others' registrations, else one: a school's
    officer has the same seat as a district's, and only the roster tells which of the two looks at others. Seats at
    the coordinating unit take one more: whether any unit is in their reach; and so does, for whoever has no such query
    and may see several Weeks, whether another is open.
    """
    coordinates, leads = actor.coordinates(campaign.pk), access.leads(actor, campaign)
    sees_units = coordinates or _sees_units(actor, campaign)
    if coordinates or not reviews_at_all(actor):
        several = _may_see_several(actor, campaign) and _is_one_of_several(campaign)
        return Standing(coordinates, sees_units, leads, coordinates, 0, several)
    seated = {s.unit_id for s in actor.seats if s.unit_id and s.role in {Role.OFFICER, Role.HEAD} and not s.alone}
    of_week = RosterUnit.objects.filter(campaign=campaign)
    reviewers = of_week.filter(pk__in=of_week.exclude(reviewer=None).values("reviewer"))
    rows = list(reviewers.values_list("pk", "path", Exists(_others_open(campaign))))
    paths = {pk: path for pk, path, _several in rows}
    several = rows[0][2] if rows else _others_open(campaign).exists()
    own = [(pk, path) for pk, path in paths.items() if steps(path) & seated]
    at = next((pk for pk, path in own if int(path.rstrip("/").rpartition("/")[2]) in seated), 0)
    return Standing(coordinates, sees_units, leads, bool(own), at, bool(several))


def with_its_neighbours(weeks: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """Ask with the Weeks themselves whether others of their province are open: for pages with no query to spare."""
    others = Campaign.objects.filter(province=OuterRef("province"), state=Campaign.State.OPEN)
    return weeks.annotate(is_one_of_several=Exists(others.exclude(pk=OuterRef("pk"))))


def _is_one_of_several(campaign: Campaign) -> bool:
    asked: bool | None = getattr(campaign, "is_one_of_several", None)
    return _others_open(campaign).exists() if asked is None else asked


def _others_open(campaign: Campaign) -> QuerySet[Campaign]:
    open_now = Campaign.objects.filter(province=campaign.province_id, state=Campaign.State.OPEN)
    return open_now.exclude(pk=campaign.pk)


def _may_see_several(actor: Actor, campaign: Campaign) -> bool:
    """Whether the seats reach further than this one Week: not of whoever coordinates it alone."""
    return actor.is_operator or any(seat.campaign_id != campaign.pk for seat in actor.seats)


def _sees_units(actor: Actor, campaign: Campaign) -> bool:
    at = {seat.unit_id for seat in actor.seats}
    if campaign.coordinator_id not in at or campaign.province_id in at:
        return bool(actor.seats)
    return reachable(actor).filter(campaign=campaign).exists()


def groups(mine: Standing, campaign: Campaign, here: str) -> list[Group]:
    """Return the tabs of a Week for this reader.

    :param here: name of the page that is shown.
    """
    is_called = campaign.opened_at is not None
    found = [
        *_of_looking(mine, is_called=is_called),
        (_("Lịch tổng hợp"), [("schedule", _("Lịch tổng hợp"), mine.coordinates or bool(mine.takes_in_at))]),
        *_of_steering(mine),
    ]
    made = (_group(words, [p for p in pages if p[2]], campaign, here, mine) for words, pages in found)
    return [group for group in made if group is not None]


def _of_looking(mine: Standing, *, is_called: bool) -> list[tuple[str, list[Page]]]:
    takes_in = mine.coordinates or bool(mine.takes_in_at)
    return [
        # Until the call is opened no unit is expected, and there is nothing to look at.
        (_("Theo dõi"), [
            ("board", _("Các đơn vị"), is_called and mine.sees_units), ("duties", _("Nhiệm vụ"), mine.leads),
            ("leader", _("Trang lãnh đạo"), is_called and mine.leads),
        ]),
        (_("Nhận và xem"), [
            ("queue", _("Chờ xem"), is_called and mine.reviews), ("inbox", _("Tệp Word"), takes_in),
            ("mails", _("Thư đến"), takes_in), ("findings", _("Trùng nhau"), mine.reviews),
        ]),
    ]  # fmt: skip


def _of_steering(mine: Standing) -> list[tuple[str, list[Page]]]:
    coordinates, of_others = mine.coordinates, mine.reviews and not mine.coordinates
    return [
        (_("Nhắc và hạn"), [
            ("reminders", _("Nhắc"), coordinates), ("deadlines", _("Hạn"), coordinates),
            ("exceptions", _("Hạn và mở khóa"), of_others), ("calls", _("Danh sách gọi"), of_others),
            ("week_contacts", _("Đầu mối"), of_others),
            ("requests", _("Lời báo"), coordinates), ("messages", _("Thư đi"), coordinates),
        ]),
        (_("Giấy tờ"), [("papers", _("Giấy tờ"), coordinates)]),
        (_("Đợt"), [
            ("campaign", _("Kế hoạch"), coordinates), ("joining", _("Xin tham gia"), coordinates),
            ("journal", _("Nhật ký"), coordinates),
        ]),
    ]  # fmt: skip


def _group(words: str, pages: Sequence[Page], campaign: Campaign, here: str, mine: Standing) -> Group | None:
    shown = tuple((name, said, _address(name, campaign, mine)) for name, said, _shown in pages)
    return Group(words, shown[0][2], any(name == here for name, _, _ in shown), shown) if shown else None


def _address(name: str, campaign: Campaign, mine: Standing) -> str:
    # What waits for somebody is one page over all Weeks, which is told the Week it is opened from.
    if name == "queue":
        return f"{reverse('desk:queue')}?dot={campaign.code}"
    # A district has a merged schedule of its own.
    if name == "schedule" and not mine.coordinates:
        return reverse("desk:unit_schedule", args=[mine.takes_in_at])
    return reverse(f"desk:{name}", args=[campaign.code])
