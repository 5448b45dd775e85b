"""One registered activity as the search sees it, and its words read once."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from . import places, words
from .areas import Areas
from .speakers import speakers


@dataclass(frozen=True, slots=True)
class Row:
    """One activity as its unit wrote it; ``unit_id`` is the unit's place on the roster."""

    activity_id: int
    unit_id: int
    unit_name: str
    #: own area, narrowest known; None: the whole province
    area_id: int | None
    held_on: dt.date
    ends_on: dt.date | None = None
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None
    part_of_day: str = ""
    place: str = ""
    content: str = ""
    host: str = ""
    note: str = ""
    contact: str = ""
    is_online: bool = False

    @property
    def last_day(self) -> dt.date:
        """The day it ends."""
        return self.ends_on or self.held_on

    @property
    def mark(self) -> str:
        """A digest of whose it is, when, where and what: the same after a save that changes nothing of it."""
        said = (
            self.unit_id, self.held_on, self.last_day, self.starts_at, self.ends_at, self.part_of_day, self.place,
            self.content,
        )  # fmt: skip
        return hashlib.sha256("\x1f".join(map(str, said)).encode("utf-8", "ignore")).hexdigest()[:24]


@dataclass(slots=True)
class Read:
    """A row with its words read. ``special`` words say which event it is, ``usual`` ones many events share."""

    row: Row
    first: int
    last: int
    special: frozenset[str]
    usual: frozenset[str]
    #: special words in their order
    told: tuple[str, ...]
    titles: frozenset[str]
    #: whether the content speaks of the Week itself
    is_of_week: bool
    numbered: Mapping[str, frozenset[str]]
    place: places.Place
    #: bodies named in the content or as host, and the unit itself
    named: frozenset[str]
    #: those given as host
    hosts: frozenset[str]
    own: str
    people: tuple[str, ...]
    #: the weight of all its words
    mass: float


def read(rows: Iterable[Row], areas: Areas) -> list[Read]:
    """Read each row once; the cost grows with the rows, not with their pairs."""
    owners: dict[tuple[str, int | None], str] = {}
    # A unit writes the same few places over and over.
    there: dict[tuple[str, int | None, str, bool], places.Place] = {}
    out = []
    for row in rows:
        key = (row.unit_name, row.area_id)
        if key not in owners:
            owners[key] = places.own_anchor(row.unit_name, row.area_id, areas)
        own = owners[key]
        place = (row.place, row.area_id, own, row.is_online)
        if place not in there:
            there[place] = places.read_place(row.place, row.area_id, own, areas, online=row.is_online)
        out.append(_read(row, own, there[place], areas))
    return out


def _read(row: Row, own: str, place: places.Place, areas: Areas) -> Read:
    plain = words.spaced(row.content)
    content = areas.without_names(words.tokens_of(plain))
    told = tuple(t for t in content if t not in words.IDLE and t not in words.USUAL)
    hosts = places.named_in(row.host, row.area_id, areas) if row.host else frozenset()
    usual = frozenset(t for t in content if t in words.USUAL)
    return Read(
        row=row,
        first=row.held_on.toordinal(),
        last=row.last_day.toordinal(),
        special=frozenset(told),
        usual=usual,
        told=told,
        is_of_week="tuanle" in content,
        titles=words.quoted(row.content),
        numbered=words.numbered(f"{plain} | {place.plain}"),
        place=place,
        named=places.named_in(row.content, row.area_id, areas) | hosts,
        mass=len(set(told)) + words.USUAL_WEIGHT * len(usual),
        hosts=hosts,
        own=own,
        people=speakers(row.content, row.host, row.contact, row.note),
    )
