"""Pure decisions about a Week."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tuanhoc.lib.text import fold, name_key


def is_late(handed_in_at: dt.datetime, *, closes_at: dt.datetime) -> bool:
    """Test whether a schedule came after the deadline.

    "Trước ngày 01/10" allows all of 30 September, so ``closes_at`` is the first
    moment that is too late: 01/10 00:00.

    Source: plan of 2022, section 5, "đăng ký lịch hoạt động … trước ngày 01/10/2022".
    """
    return handed_in_at >= closes_at


@dataclass(frozen=True, slots=True)
class BasisDraft:
    """A document the plan rests on, as read; ``stale`` says why it no longer stands."""

    symbol: str
    normalized: str
    dated_on: dt.date | None = None
    issuer: str = ""
    stale: str = ""


@dataclass(frozen=True, slots=True)
class DutyDraft:
    """What the plan asks of the agencies it names in ``unit_words``."""

    clause: str
    unit_words: str
    text: str
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class CampaignDraft:
    """A Week as the coordinator confirmed it, after the plan was read. None: the plan does not say."""

    code: str
    title: str
    year: int
    theme: str
    starts_on: dt.date
    ends_on: dt.date
    opening_on: dt.date | None = None
    registration_closes_at: dt.datetime | None = None
    report_closes_at: dt.datetime | None = None
    report_to: str = ""
    bases: Sequence[BasisDraft] = ()
    duties: Sequence[DutyDraft] = ()
    directions: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """What matching a duty needs to know of a roster unit."""

    pk: int
    kind: str
    name: str


#: Words for kinds of unit, folded. The plan says "UBND các huyện, thành phố" for seven committees.
_KINDS = (
    (r"\bcac (huyen|quan|thi xa|thanh pho)|ubnd (huyen|cap huyen)", "district_committee"),
    (r"\bcac (xa|phuong|thi tran|dac khu)|ubnd (cap xa)", "commune_committee"),
    (r"\bcac so\b|so, (ban|nganh)", "department"),
    (r"phong (gd|giao duc)", "district_office"),
    (r"\bthpt\b|trung hoc pho thong", "school_upper"),
    (r"hoc tap cong dong|ttht?cd", "community_centre"),
    (r"gdnn|gdtx", "continuing_centre"),
    (r"hoi khuyen hoc (cac|huyen)", "association"),
    (r"doan the|to chuc chinh tri", "union"),
)


def owners(unit_words: str, roster: Iterable[Expected]) -> list[int]:
    """Return the roster units a duty is asked of.

    A name in full wins ("Sở Thông tin và Truyền thông"); otherwise a kind of unit in the plural
    takes every unit of it; several agencies in one heading are tried one by one. Nothing is guessed:
    words that match nobody give an empty list, which the coordinator sees.
    """
    expected = list(roster)
    wanted = name_key(unit_words)
    by_name = [u.pk for u in expected if name_key(u.name) == wanted]
    if by_name:
        return by_name
    folded = fold(unit_words)
    kinds = {kind for pattern, kind in _KINDS if re.search(pattern, folded)}
    if kinds:
        return [u.pk for u in expected if u.kind in kinds]
    parts = [name_key(part) for part in re.split(r"[,;]| và (?=[A-ZĐ])", unit_words)]
    return [u.pk for u in expected if name_key(u.name) in parts]


def days_of(starts_on: dt.date, ends_on: dt.date) -> list[dt.date]:
    """Return the days of the Week, first to last."""
    return [starts_on + dt.timedelta(days=n) for n in range((ends_on - starts_on).days + 1)]
