"""One sheet in two windows: what was saved meanwhile beside what stands on the later one's screen, cell by cell."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from tuanhoc.activities.models import Activity, Registration
from tuanhoc.activities.queries import drafts_of
from tuanhoc.activities.rules import ActivityDraft, continued, key_of
from tuanhoc.desk.forms import Posted, as_typed
from tuanhoc.desk.sheets import ShownRow, posted_again, stored_rows
from tuanhoc.lib.refusal import N_
from tuanhoc.units.models import Area

#: the columns that are held against each other, in the order of the sheet
_FIELDS: Mapping[str, str] = {
    "held_on": N_("Ngày"), "ends_on": N_("Đến ngày"), "starts_at": N_("Bắt đầu"), "ends_at": N_("Kết thúc"),
    "part_of_day": N_("Buổi"), "place": N_("Địa điểm"), "content": N_("Nội dung"), "note": N_("Ghi chú"),
    "form": N_("Hình thức"), "link": N_("Đường dẫn tham gia"), "audience": N_("Dành cho ai"),
    "expected_people": N_("Số người dự kiến"), "host": N_("Đơn vị chủ trì"), "contact": N_("Người liên hệ"),
    "fee": N_("Phí tham gia"), "area": N_("Địa bàn"),
    "contact_is_public": N_("Cho người dân thấy người liên hệ"), "is_public": N_("Đăng lên cổng"),
}  # fmt: skip
_TICKS = frozenset({"contact_is_public", "is_public"})
#: a ticked cell as it is posted, ``lay-3-place``: its value is what the other window saved
_TAKEN = re.compile(r"^lay-(\d{1,6})-([a-z_]{1,30})$")
THEME = "lay-theme"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell in which the two differ. ``name`` and ``value`` are posted to take what was saved."""

    name: str
    value: str
    row: str
    words: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class Both:
    """What the two windows say differently: cells, and how many rows only the saved version has."""

    cells: tuple[Cell, ...]
    more_rows: int


def taken(post: QueryDict) -> QueryDict:
    """Return what was posted, with what was ticked of the other window's cells in the place of one's own."""
    ticked = [(name, found) for name in post if (found := _TAKEN.match(name))]
    if not ticked and THEME not in post:
        return post
    chosen = post.copy()
    for name, found in ticked:
        # A row that was taken out meanwhile is not brought back by one of its cells.
        if f"r-{found[1]}-content" in post:
            chosen[f"r-{found[1]}-{found[2]}"] = str(post[name])
    if THEME in post:
        chosen["theme"] = str(post[THEME])
    return chosen


def beside(
    registration: Registration, posted: Sequence[Posted], *, loaded: int, theme: str | None
) -> tuple[list[ShownRow], Both]:
    """Return the rows on screen, followed by those only the saved version has, and where the two differ.

    Nothing of either is lost: to drop a row of the other window is left to a hand.

    :param loaded: how many rows the page had when it was opened, counted from the first; what came later is new.
    :param theme: as typed; None: its field was not on the page.
    """
    campaign = registration.host.campaign
    stored, rows = drafts_of(registration), [row for row in posted if not row.draft.is_blank()]
    pairs = _pairs(stored, rows, loaded)
    areas = dict(Area.objects.filter(pk__in={row.area_id for row in stored}).values_list("pk", "name"))
    cells = [
        cell
        for row, place in zip(rows, pairs, strict=True)
        if place is not None
        for cell in _cells(row, stored[place], areas)
    ]
    if theme is not None and theme != registration.theme:
        words = _("Chủ đề của đơn vị")
        cells.append(Cell(THEME, registration.theme, "", words, registration.theme, theme))
    only_theirs = [row for n, row in enumerate(stored_rows(registration, campaign, {})) if n not in pairs]
    shown, first = posted_again(posted, campaign), 1 + max((int(row.key) for row in posted), default=-1)
    asks = _("Dòng này có trong bản vừa lưu ở cửa sổ kia, không có trong bản của bạn: xin giữ lại hoặc bấm bỏ dòng.")
    shown += [
        replace(row, key=str(first + n), warnings=(asks, *row.warnings), activity=None)
        for n, row in enumerate(only_theirs)
    ]
    return shown, Both(tuple(cells), len(only_theirs))


def _pairs(stored: Sequence[ActivityDraft], rows: Sequence[Posted], loaded: int) -> list[int | None]:
    """Return for each row on screen the place of the saved one it is: by its words, else by where it stood."""
    pairs = continued([key_of(row) for row in stored], [key_of(row.draft) for row in rows])
    for n, row in enumerate(rows):
        place, same = int(row.key), pairs[n]
        if place >= loaded and same is not None and stored[same].content != row.draft.content:
            # Two windows that each put a row to one hour and place mean two activities.
            pairs[n] = None
        elif pairs[n] is None and place < min(loaded, len(stored)) and place not in pairs:
            pairs[n] = place
    return pairs


def _cells(mine: Posted, theirs: ActivityDraft, areas: Mapping[int, str]) -> list[Cell]:
    here, there = as_typed(mine.draft), as_typed(theirs)
    # What could not be read is compared, and said, as it was typed; an area nobody chose is the unit's own.
    differing = [name for name in _FIELDS if here[name] != there[name] and not (name == "area" and not here["area"])]
    named = here["content"] or here["place"] or here["held_on"]
    return [
        Cell(
            f"lay-{mine.key}-{name}", there[name], named, _(_FIELDS[name]), _said(name, there[name], areas),
            _said(name, here[name], areas),
        )
        for name in differing
    ]  # fmt: skip


def _said(name: str, value: str, areas: Mapping[int, str]) -> str:
    """Return a cell's value in words: of a choice what is read on screen."""
    if name in _TICKS:
        return _("có") if value else _("không")
    if name == "area":
        return areas.get(int(value), "") if value else ""
    choices = {"part_of_day": Activity.PartOfDay.choices, "form": Activity.Form.choices}.get(name)
    return str(dict(choices).get(value, "")) if choices else value
