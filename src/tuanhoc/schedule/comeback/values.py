"""What stands in the cells of the printed schedule, and what a comparison says of them."""

import enum
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from tuanhoc.lib.dates import short
from tuanhoc.lib.text import clean, name_key
from tuanhoc.papers.values import MARK
from tuanhoc.schedule.rules import Line, time_in_words

#: what a row of the paper says; its day stands above it
FIELDS = ("day", "when", "place", "content", "unit", "note")


def plain(text: str) -> str:
    """Return the words of a cell: lines and spaces, which Word sets as it likes, are no difference."""
    kept = "".join(c for c in text if unicodedata.category(c) not in {"Cs", "Co", "Cn"})
    return clean(kept)


def mark_of(activity_id: int) -> str:
    """Return the bookmark of an activity's row."""
    return f"{MARK}{activity_id}"


@dataclass(frozen=True, slots=True)
class Known:
    """One line as it was printed. ``cells`` has every field."""

    activity_id: int
    cells: Mapping[str, str]
    unit_key: str


def known(line: Line, *, year: int) -> Known:
    """Return a line in the words of the paper it is printed on."""
    cells = {
        "day": short(line.held_on),
        "when": plain(time_in_words(line, year=year)),
        "place": plain(line.place),
        "content": plain(line.content),
        "unit": plain(line.unit_name),
        "note": plain(line.note),
    }
    return Known(line.activity_id, cells, name_key(line.unit_name))


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One row of the edited paper. A field that the paper does not tell is not in ``cells``; an emptied one is ""."""

    where: str
    cells: Mapping[str, str]
    #: activities whose marks stand in it
    marks: tuple[int, ...] = ()
    #: what a careful colleague would ask about it
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Loose:
    """Words of the paper that are in no row: shown, never dropped."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Paper:
    """The edited paper as read."""

    rows: tuple[PaperRow, ...]
    loose: tuple[Loose, ...]


class Kind(enum.StrEnum):
    """What was done to a line in Word."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One change somebody made in Word: the fields it touches, as they were printed and as they stand now.

    ``before`` of a changed line has the touched fields; of a removed one, all of them; of an added one, none.
    ``confidence`` is how sure it is that this row is that line, 0 to 1.
    """

    kind: Kind
    activity_id: int | None
    unit: str
    before: Mapping[str, str]
    after: Mapping[str, str]
    where: str = ""
    confidence: float = 1.0
    codes: tuple[str, ...] = ()
    #: the whole row as printed, for words around what changed
    line: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that the paper says: rows as printed, changes, and words in no row."""

    #: how many rows it has, and how many of them stand as printed
    rows: int
    unchanged: int
    proposals: tuple[Proposal, ...]
    loose: tuple[Loose, ...]
