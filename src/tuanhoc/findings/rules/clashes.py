"""One hall or one speaker wanted at two places of the schedule at once."""

from dataclasses import dataclass

from . import words
from .likeness import minutes
from .rows import Read

#: how long something lasts that says no end, in minutes
USUAL_LENGTH = 90
_PARTS = {"morning": (6 * 60, 12 * 60), "afternoon": (12 * 60, 18 * 60), "evening": (18 * 60, 23 * 60)}
#: places big enough for several events at once: nobody has to make room
_OPEN = words.bag("quangtruong congvien baibien cho thon kp duong lang so congty kcn ben cang khu den thap cau htx")
#: rooms of a house, without which nothing is known of where in it
_ROOMS = words.bag("hoitruong phonghop phongmay san sanh phong thuvien")
#: houses that are one hall
_HALLS = words.bag("nvh ntd svd nvhtn nvhld")


@dataclass(frozen=True, slots=True)
class Overlap:
    """Whether two times meet: ``sure`` when both say their hours."""

    sure: bool


def overlap(one: Read, other: Read) -> Overlap | None:
    """Return how two activities of one day meet in time; None when they do not, or nothing is said of their hours."""
    if one.first > other.last or other.first > one.last:
        return None
    a, b = _span(one), _span(other)
    if a is None or b is None or a[0] >= b[1] or b[0] >= a[1]:
        return None
    hours = one.row.starts_at and other.row.starts_at
    one_day = one.first == one.last and other.first == other.last
    said_end = (one.row.ends_at and other.row.ends_at) or one.row.starts_at == other.row.starts_at
    return Overlap(bool(hours and one_day and said_end))


def _span(read: Read) -> tuple[int, int] | None:
    row = read.row
    if row.starts_at is None:
        return _PARTS.get(row.part_of_day)
    begin = minutes(row.starts_at)
    end = minutes(row.ends_at) if row.ends_at else begin + USUAL_LENGTH
    return (begin, end) if end > begin else (begin, begin + USUAL_LENGTH)


def halls(read: Read) -> frozenset[str]:
    """Return the halls an activity needs for itself: "ubnd@12/hoitruong"."""
    place = read.place
    if place.is_online:
        return frozenset()
    rooms = _named_rooms(place.spot) or {spot for spot in place.spot if spot in _ROOMS}
    found = set()
    for anchor in place.anchors:
        head = anchor.partition("@")[0].partition(" ")[0]
        if head in _OPEN:
            continue
        if head in _HALLS:
            found.add(anchor)
        else:
            found |= {f"{anchor}/{room}" for room in rooms}
    return frozenset(found)


def _named_rooms(spot: frozenset[str]) -> set[str]:
    return {s for s in spot if " " in s and s.partition(" ")[2] not in {"may", "hop", "tin", ""}}


def elsewhere(one: Read, other: Read) -> bool:
    """Whether two activities are clearly at two places, or one of them at none that is told."""
    a, b = one.place, other.place
    if a.is_online or b.is_online or not (a.is_told and b.is_told):
        return False
    if a.anchors and b.anchors:
        return not a.anchors & b.anchors
    return not a.loose & b.loose
