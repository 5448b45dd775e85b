"""Until when a unit may hand in: its level, its own deadline, what is late and what is locked.

Every deadline is the first moment that is too late; moments carry a time zone, so that comparing them is safe.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tuanhoc.lib.refusal import N_

#: the level of whoever has no deadline of its level: the deadline of the Week itself
COMMON = ""


@dataclass(frozen=True, slots=True)
class Level:
    """Kinds of unit that hand in by the same day."""

    code: str
    words: str
    kinds: frozenset[str]


#: Communes and schools hand in to their district before the district hands in to the province.
LEVELS: tuple[Level, ...] = (
    Level(
        "province",
        N_("Sở, ban, ngành, đoàn thể, báo chí, thư viện"),
        frozenset({"department", "union", "association", "media", "library", "museum"}),
    ),
    Level("district", N_("Huyện, thành phố"), frozenset({"district_committee", "district_office"})),
    Level(
        "commune",
        N_("Xã, phường, thị trấn; trung tâm học tập cộng đồng"),
        frozenset({"commune_committee", "community_centre"}),
    ),
    Level(
        "school",
        N_("Trường mầm non, tiểu học, THCS; trung tâm cấp huyện"),
        frozenset({"school_pre", "school_primary", "school_lower", "continuing_centre", "culture_centre"}),
    ),
    Level("upper_school", N_("Trường THPT, đại học, cao đẳng"), frozenset({"school_upper", "university"})),
    Level("company", N_("Doanh nghiệp"), frozenset({"company"})),
    Level("other", N_("Đơn vị khác"), frozenset({"ministry", "province_committee", "other"})),
)
_LEVEL_OF = {kind: level for level in LEVELS for kind in level.kinds}


def level_of(kind: str) -> Level:
    """Return the level of a kind of unit; of a kind nobody has placed, the last."""
    return _LEVEL_OF.get(kind, LEVELS[-1])


@dataclass(frozen=True, slots=True)
class Allowed:
    """One exception: the unit may write from ``given_at`` until ``ends_at``, or until it was taken back.

    ``moves_deadline``: what comes in that time is in time. Otherwise the unit is let in, and late it stays.
    """

    given_at: dt.datetime
    ends_at: dt.datetime
    moves_deadline: bool
    taken_back_at: dt.datetime | None = None

    def is_open(self, at: dt.datetime) -> bool:
        """Whether it lets its unit in at that moment."""
        return self.given_at <= at < self.ends_at and (self.taken_back_at is None or at < self.taken_back_at)


def is_late(handed_in_at: dt.datetime, *, closes_at: dt.datetime) -> bool:
    """Test whether a schedule came after the deadline.

    "Trước ngày 01/10" allows all of 30 September, so ``closes_at`` is the first
    moment that is too late: 01/10 00:00.

    Source: plan of 2022, section 5, "đăng ký lịch hoạt động … trước ngày 01/10/2022".
    """
    return handed_in_at >= closes_at


def own_deadline(
    kind: str, *, common: dt.datetime, levels: Mapping[str, dt.datetime], exceptions: Iterable[Allowed] = ()
) -> dt.datetime:
    """Return a unit's own deadline: its level's, else the common one; later where an exception moved it.

    An exception is never made shorter by a deadline that moves, and never keeps its unit from a later one.

    :param levels: deadlines by the code of the level; those that are not there have the common one.
    """
    own = levels.get(level_of(kind).code, common)
    return max([own, *(e.ends_at for e in exceptions if e.moves_deadline and e.taken_back_at is None)])


def is_locked(
    at: dt.datetime, *, closes_at: dt.datetime, locks_from: dt.datetime | None, exceptions: Iterable[Allowed] = ()
) -> bool:
    """Test whether a unit may only read: the lock is on, its own deadline is over, no exception lets it in.

    Decided by time alone, so a unit is locked again the moment its exception ends.

    :param locks_from: since when the Week locks units past their deadline; None: late is taken, and marked.
    """
    if locks_from is None or at < locks_from or not is_late(at, closes_at=closes_at):
        return False
    return not any(exception.is_open(at) for exception in exceptions)


def moved_along(levels: Mapping[str, dt.datetime], *, common: dt.datetime, to: dt.datetime) -> dict[str, dt.datetime]:
    """Return all deadlines, the common one under ``COMMON``, each moved as far as the common one is."""
    return {COMMON: to} | {code: closes_at + (to - common) for code, closes_at in levels.items()}
