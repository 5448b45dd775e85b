"""The merged schedule as values: its reading order, its days, and what changed between two releases."""

import datetime as dt
import enum
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace

from tuanhoc.lib.dates import short
from tuanhoc.lib.text import vietnamese_key
from tuanhoc.papers.values import USUAL, Layout


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the merged schedule, as its unit wrote it."""

    activity_id: int
    held_on: dt.date
    starts_at: dt.time | None
    place: str
    content: str
    unit_name: str
    #: 0 is the province
    unit_rank: int
    note: str = ""
    ends_on: dt.date | None = None
    ends_at: dt.time | None = None
    part_of_day: str = ""
    is_cancelled: bool = False
    #: what a calendar needs; what the unit said of a change. Not printed, so a difference is no change.
    uid: str = field(default="", compare=False)
    sequence: int = field(default=0, compare=False)
    changed_at: dt.datetime | None = field(default=None, compare=False)
    reason: str = field(default="", compare=False)


_NAMES = tuple(one.name for one in fields(Line))

#: "sáng" is a part of day, never 07:00; it only says where a line stands among the day's.
_PARTS = {"morning": dt.time(11, 59), "afternoon": dt.time(17, 59), "evening": dt.time(23, 58)}


def by_day(lines: Iterable[Line]) -> dict[dt.date, list[Line]]:
    """Set the units' lines into one schedule, day by day.

    Within a day, higher units come first (``unit_rank`` 0 is the province), then units in
    Vietnamese order, then time (lines without one last). Nothing is merged here.

    :returns: days in order, each with at least one line.
    """
    days: dict[dt.date, list[Line]] = {}
    for line in sorted(lines, key=_reading_order):
        days.setdefault(line.held_on, []).append(line)
    return days


def _reading_order(line: Line) -> tuple[object, ...]:
    # Ends in the id: with a tie left open, two runs could print two orders.
    time = line.starts_at or _PARTS.get(line.part_of_day, dt.time.max)
    return line.held_on, line.unit_rank, vietnamese_key(line.unit_name), time, line.activity_id


def is_within(line: Line, windows: Iterable[tuple[dt.date, dt.date]]) -> bool:
    """Whether a line shares a day with the Week or one of its phases: what began before and goes on does."""
    last = line.ends_on or line.held_on
    return any(line.held_on <= end and begin <= last for begin, end in windows)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a release brings against the one before; pairs are (before, after)."""

    added: tuple[Line, ...] = ()
    moved: tuple[tuple[Line, Line], ...] = ()
    reworded: tuple[tuple[Line, Line], ...] = ()
    cancelled: tuple[Line, ...] = ()

    def __len__(self) -> int:
        return len(self.added) + len(self.moved) + len(self.reworded) + len(self.cancelled)


def changes(before: Sequence[Line], after: Sequence[Line]) -> Changes:
    """Compare two releases by activity.

    *Moved* is another day, hour or place; *reworded* is any other difference; *cancelled* is
    marked as cancelled, or no longer there: it stands as it was released, with the reason given since.
    """
    reasons = {line.activity_id: line.reason for line in after}
    old = {line.activity_id: line for line in before if not line.is_cancelled}
    new = {line.activity_id: line for line in after if not line.is_cancelled}
    both = [(old[pk], new[pk]) for pk in new if pk in old and old[pk] != new[pk]]
    return Changes(
        added=tuple(new[pk] for pk in new if pk not in old),
        moved=tuple(pair for pair in both if _where_and_when(pair[0]) != _where_and_when(pair[1])),
        reworded=tuple(pair for pair in both if _where_and_when(pair[0]) == _where_and_when(pair[1])),
        cancelled=tuple(replace(old[pk], reason=reasons.get(pk, "")) for pk in old if pk not in new),
    )


def _where_and_when(line: Line) -> tuple[object, ...]:
    return line.held_on, line.ends_on, line.starts_at, line.ends_at, line.part_of_day, line.place


class Kind(enum.Enum):
    """What happened to a line since the release before."""

    ADDED = "added"
    MOVED = "moved"
    CANCELLED = "cancelled"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True)
class Change:
    """One change for reading: the line it is about, and what was and is said, a phrase each."""

    kind: Kind
    line: Line
    before: tuple[str, ...]
    after: tuple[str, ...]


def listed(found: Changes) -> list[Change]:
    """Return the changes as a list to read: added, moved, cancelled, reworded, each in reading order."""
    out = [Change(Kind.ADDED, line, (), when_and_where(line)) for line in _in_order(found.added)]
    out += [
        Change(Kind.MOVED, new, when_and_where(old), when_and_where(new)) for old, new in _pairs_in_order(found.moved)
    ]
    out += [Change(Kind.CANCELLED, line, when_and_where(line), ()) for line in _in_order(found.cancelled)]
    out += [
        Change(Kind.REWORDED, new, tuple(_differing(old, new)), tuple(_differing(new, old)))
        for old, new in _pairs_in_order(found.reworded)
    ]
    return out


def counts(found: Changes) -> dict[str, int]:
    """Return how many changes there are of each kind, by the kind's code."""
    return {kind.value: len(getattr(found, kind.value)) for kind in Kind}


def _in_order(lines: Iterable[Line]) -> list[Line]:
    return [line for day in by_day(lines).values() for line in day]


def _pairs_in_order(pairs: Iterable[tuple[Line, Line]]) -> list[tuple[Line, Line]]:
    before = {new.activity_id: (old, new) for old, new in pairs}
    return [before[new.activity_id] for new in _in_order(new for _old, new in before.values())]


def _differing(one: Line, other: Line) -> Iterator[str]:
    if one.content != other.content:
        yield one.content
    if one.note != other.note:
        yield f"Ghi chú: {one.note or 'không'}"
    if one.unit_name != other.unit_name:
        yield one.unit_name


def when_and_where(line: Line) -> tuple[str, ...]:
    """Return ``("07:30, ngày 04/10/2022", "Nhà văn hóa xã")``; blank phrases left out."""
    time, days = when_in_words(line), short(line.held_on)
    if line.ends_on and line.ends_on != line.held_on:
        days += f" - {short(line.ends_on)}"
    return tuple(filter(None, (f"{time}, ngày {days}" if time else f"Ngày {days}", line.place)))


def frozen(line: Line) -> dict[str, object]:
    """Return a line as plain JSON values, as a release keeps it."""
    # Not ``asdict``: it copies what cannot change, and there are thousands of lines.
    values = ((name, getattr(line, name)) for name in _NAMES)
    return {name: value.isoformat() if isinstance(value, dt.date | dt.time) else value for name, value in values}


def thawed(kept: Mapping[str, object]) -> Line:
    """Return the line a release keeps: the inverse of :func:`frozen`.

    A release made before a field was thought of has none: the field's own default stands.
    """
    values: dict[str, object] = {f.name: kept[f.name] for f in fields(Line) if f.name in kept}
    for names, read in _READERS:
        values |= {name: read(str(values[name])) for name in names if values.get(name)}
    return Line(**values)  # type: ignore[arg-type]


_READERS = (
    (("held_on", "ends_on"), dt.date.fromisoformat),
    (("starts_at", "ends_at"), dt.time.fromisoformat),
    (("changed_at",), dt.datetime.fromisoformat),
)


def fields_thawed(kept: Mapping[str, object]) -> dict[str, object]:
    """Return fields of a row kept as plain JSON values (``activities.rules.frozen``) as values again."""
    values = dict(kept)
    for names, read in _READERS:
        values |= {name: read(str(values[name])) for name in names if values.get(name)}
    return values


def when_in_words(line: Line) -> str:
    """Return the hours of a line as the paper prints them: ``07:30 - 09:00``, ``Sáng``, or nothing."""
    if line.starts_at and line.ends_at:
        return f"{line.starts_at:%H:%M} - {line.ends_at:%H:%M}"
    if line.starts_at:
        return f"{line.starts_at:%H:%M}"
    return {"morning": "Sáng", "afternoon": "Chiều", "evening": "Tối"}.get(line.part_of_day, "")


def time_in_words(line: Line, *, year: int) -> str:
    """Return the cell "Thời gian" of a line: its hours, and its last day when it goes on."""
    last = line.ends_on if line.ends_on != line.held_on else None
    until = f"đến {f'{last:%d/%m}' if last.year == year else short(last)}" if last else ""
    return "\n".join(filter(None, (when_in_words(line), until)))


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues the schedule and signs it, as its letter prints it. Blank: not given yet.

    ``number`` is the letter's own (``2108/SGDĐT-GDTX``); ``parent_document`` names the letter in
    full, as the annex under it says ("Công văn số … ngày … của …").
    """

    superior: str
    name: str
    place: str = ""
    number: str = ""
    parent_document: str = ""
    signature: tuple[str, ...] = ()
    signer: str = ""
    recipients: tuple[str, ...] = ("Lưu: VT",)
    #: blank: those the letter has by itself
    addressees: tuple[str, ...] = ()
    opening: str = ""
    closing: str = ""
    layout: Layout = USUAL


_OF_LINES = ("signature", "recipients", "addressees")


def kept_issuer(issuer: Issuer) -> dict[str, object]:
    """Return an issuer as plain JSON values."""
    return {**asdict(issuer), **{name: list(getattr(issuer, name)) for name in _OF_LINES}}


def issuer_kept(kept: Mapping[str, object]) -> Issuer:
    """Return the issuer a release keeps: the inverse of :func:`kept_issuer`."""
    values: dict[str, object] = {f.name: kept[f.name] for f in fields(Issuer) if f.name in kept}
    for name in _OF_LINES:
        lines = values.pop(name, None)
        if isinstance(lines, list):
            values[name] = tuple(lines)
    layout = values.pop("layout", None)
    if isinstance(layout, Mapping):
        values["layout"] = Layout(**layout)
    return Issuer(**values)  # type: ignore[arg-type]


def for_next_letter(issuer: Issuer, *, used: Iterable[Issuer]) -> Issuer:
    """Return who issues the next letter: of a number that an earlier letter carries only the symbol is left."""
    past = list(used)
    number, parent = issuer.number, issuer.parent_document
    if number in {p.number for p in past}:
        _taken, slash, symbol = number.partition("/")
        number = slash + symbol
    return replace(issuer, number=number, parent_document="" if parent in {p.parent_document for p in past} else parent)


_DAY = re.compile(r"ngày\s*(\d{1,2})\s*(?:/|-|\.|tháng)\s*(\d{1,2})\s*(?:/|-|\.|năm)\s*(\d{4})\b")


def issued_on(parent_document: str) -> dt.date | None:
    """Return the day a document's reference gives; None when it gives none.

    >>> issued_on("Công văn số 2108/SGDĐT-GDTX ngày 30/9/2022 của Sở Giáo dục và Đào tạo")
    datetime.date(2022, 9, 30)
    """
    found = _DAY.search(parent_document)
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def origin_of_release(code: str, number: int) -> str:
    """Return what a printed release says it was printed from."""
    return f"{code}/lan-{number}"


def origin_of_draft(code: str, kept: int) -> str:
    """Return what a printed draft says it was printed from: the lines kept under ``kept``."""
    return f"{code}/du-thao-{kept}"


_ORIGIN = re.compile(r"([\w-]+)/(lan|du-thao)-(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Origin:
    """What a paper says it was printed from. ``number`` is of a release, ``kept`` of a draft; one of them is set."""

    code: str
    number: int | None = None
    kept: int | None = None


def origin_in(text: str) -> Origin | None:
    """Return the origin a paper names; None when it names none that we write."""
    found = _ORIGIN.fullmatch(text)
    if found is None:
        return None
    number = int(found[3])
    return Origin(found[1], number=number) if found[2] == "lan" else Origin(found[1], kept=number)
