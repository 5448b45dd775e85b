"""What the registration sheet posts, read into rows; and rows written back as the sheet shows them."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import QueryDict

from tuanhoc.activities.models import Activity
from tuanhoc.activities.rules import UNREAD, ActivityDraft
from tuanhoc.lib.dates import read_day, short
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.refusal import N_
from tuanhoc.lib.text import clean, fold, without_controls

Read = TypeVar("Read")
#: a posted name: ``r-12-place``
_NAME = re.compile(r"^r-(\d{1,6})-([a-z_]{1,30})$")
#: With "g" for "giờ", as they write in the South; a field of hours holds no grams.
_TIME = re.compile(r"^(\d{1,2})(?:\s*(?:[:.]|h|giờ|g)\s*(\d{2})?)?\s*(?:phút|ph|p|['’′])?$", re.IGNORECASE)
_HOURS = re.compile(r"^(?:từ\s+)?(.+?)\s*(?:-|–|đến)\s*(.+)$", re.IGNORECASE)
_PEOPLE = re.compile(r"^[^\d]{0,15}?(\d{1,3}(?:[.\s]\d{3})+|\d+)[^\d]{0,30}$")
_PARTS = {"sang": "morning", "chieu": "afternoon", "toi": "evening"}
#: characters a column takes
_LENGTHS = {"place": 500, "audience": 300, "host": 300, "contact": 300, "fee": 120}
#: more rows than any unit ever sent; a wall against runaway posts
MOST_ROWS = 400


@dataclass(frozen=True, slots=True)
class Posted:
    """One posted row: what was read of it, what was typed, and what could not be read."""

    key: str
    draft: ActivityDraft
    typed: Mapping[str, str]
    errors: tuple[str, ...] = field(default=())


def read_time(text: str) -> dt.time:
    """Return the time of ``07:30``, ``7h30``, ``7 giờ 30``, ``8g30`` or ``14h``.

    :raises ValueError: none of these.
    """
    found = _TIME.match(text)
    if not found:
        raise ValueError(text)
    return dt.time(int(found[1]), int(found[2] or 0))


def read_hours(text: str) -> tuple[dt.time, dt.time] | None:
    """Return both hours of ``14h - 16h``, ``từ 7h30 đến 9h``; None for anything else."""
    found = _HOURS.match(text)
    if not found:
        return None
    try:
        return read_time(found[1].strip()), read_time(found[2].strip())
    except ValueError:
        return None


def read_link(text: str) -> str:
    """Return an http(s) address; ``meet.google.com/x`` gets its ``https://``.

    :raises ValueError: not an address, or longer than the column.
    """
    address = text if "://" in text else f"https://{text}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError as error:
        raise ValueError(text) from error
    if len(address) > 500:
        raise ValueError(text)
    return address


def read_people(text: str) -> int:
    """Return a head count: ``300``, ``1.200``, ``khoảng 120 em``.

    :raises ValueError: no number or several, or more than a province has.
    """
    found = _PEOPLE.match(text)
    if not found:
        raise ValueError(text)
    number = int(re.sub(r"[.\s]", "", found[1]))
    if not 0 <= number <= 10_000_000:
        raise ValueError(text)
    return number


def posted_rows(post: QueryDict, *, year: int, areas: Collection[int]) -> list[Posted]:
    """Return the posted rows: by day, in the order they stand on the page, dayless rows last."""
    typed: dict[str, dict[str, str]] = {}
    for name in post:
        if found := _NAME.match(name):
            typed.setdefault(found[1], {})[found[2]] = without_controls(str(post[name]))
    rows = [_RowReader(values, year=year, areas=areas).read(key) for key, values in list(typed.items())[:MOST_ROWS]]
    return sorted(rows, key=lambda row: row.draft.held_on or dt.date.max)


class _RowReader:
    """Reads one row and collects what it could not read."""

    def __init__(self, typed: Mapping[str, str], *, year: int, areas: Collection[int]) -> None:
        self.typed = typed
        self.year = year
        self.areas = areas
        self.errors: list[str] = []
        self.unread: list[tuple[str, str]] = []
        #: the ends of words too long for their column: they go on in the note
        self.left_over: list[str] = []

    def read(self, key: str) -> Posted:
        day = lambda text: read_day(text, year=self.year)  # noqa: E731 - a bound argument, not a function of its own
        held_on, ends_on = self._parsed("held_on", day), self._parsed("ends_on", day)
        if held_on and ends_on and ends_on < held_on:
            self.errors.append(N_("Ngày kết thúc trước ngày bắt đầu."))
            self.unread.append(("ends_on", clean(self.typed["ends_on"])))
            ends_on = None
        starts_at, ends_at, part_of_day = self._hours()
        words = {name: self._words(name) for name in _LENGTHS}
        draft = ActivityDraft(
            held_on=held_on,
            ends_on=ends_on,
            starts_at=starts_at,
            ends_at=ends_at,
            part_of_day=part_of_day,
            content=self._lines("content"),
            note="\n".join(filter(None, (self._lines("note"), *self.left_over))),
            form=self._chosen("form", Activity.Form.values),
            link=self._parsed("link", read_link) or "",
            expected_people=self._parsed("expected_people", read_people),
            contact_is_public=self.typed.get("contact_is_public") == "on",
            area_id=self._area(),
            is_public=self.typed.get("is_public") == "on",
            source=self.typed.get("source", "")[:120],
            **words,  # type: ignore[arg-type]
        )
        draft = replace(draft, unread=tuple(self.unread))
        return Posted(key, draft, self.typed, tuple(self.errors))

    def _hours(self) -> tuple[dt.time | None, dt.time | None, str]:
        """Return both hours and the part of day; one cell may hold "14h - 16h" or "Sáng", as on paper."""
        first, last = clean(self.typed.get("starts_at", "")), clean(self.typed.get("ends_at", ""))
        chosen = self._chosen("part_of_day", Activity.PartOfDay.values)
        if part := _PARTS.get(fold(first)):
            return None, self._parsed("ends_at", read_time), chosen or part
        if not last and (both := read_hours(first)):
            return *both, chosen
        return self._parsed("starts_at", read_time), self._parsed("ends_at", read_time), chosen

    def _parsed(self, name: str, read: Callable[[str], Read]) -> Read | None:
        text = clean(self.typed.get(name, ""))
        if not text:
            return None
        try:
            return read(text)
        except ValueError:
            self.errors.append(UNREAD[name])
            self.unread.append((name, text))
            return None

    def _lines(self, name: str) -> str:
        # Browsers post line ends as CR LF.
        return self.typed.get(name, "").replace("\r\n", "\n").strip()

    def _words(self, name: str) -> str:
        text = clean(self.typed.get(name, ""))
        if len(text) > _LENGTHS[name] and name in UNREAD:
            # Who to reach is never public, the note is: too much of it waits to be shortened.
            self.errors.append(UNREAD[name])
            self.unread.append((name, text))
        elif len(text) > _LENGTHS[name]:
            self.errors.append(N_("Một ô dài hơn mức nhận được: phần cuối đã chuyển sang ghi chú."))
            self.left_over.append(text[_LENGTHS[name] :])
        return text[: _LENGTHS[name]]

    def _chosen(self, name: str, among: Collection[str]) -> str:
        value = self.typed.get(name, "")
        return value if value in among else ""

    def _area(self) -> int | None:
        area = whole(self.typed.get("area", ""))
        return area if area in self.areas else None


def as_typed(draft: ActivityDraft) -> dict[str, str]:
    """Return a row as the sheet's fields show it, what could not be read as it was typed."""
    return _as_read(draft) | dict(draft.unread)


def _as_read(draft: ActivityDraft) -> dict[str, str]:
    return {
        "held_on": short(draft.held_on) if draft.held_on else "",
        "ends_on": short(draft.ends_on) if draft.ends_on else "",
        "starts_at": f"{draft.starts_at:%H:%M}" if draft.starts_at else "",
        "ends_at": f"{draft.ends_at:%H:%M}" if draft.ends_at else "",
        "expected_people": "" if draft.expected_people is None else str(draft.expected_people),
        "area": str(draft.area_id or ""),
        "contact_is_public": "on" if draft.contact_is_public else "",
        "is_public": "on" if draft.is_public else "",
        **{
            name: str(getattr(draft, name))
            for name in (
                "part_of_day", "place", "content", "note", "form", "link", "audience", "host", "contact", "fee",
                "source",
            )
        },
    }  # fmt: skip
