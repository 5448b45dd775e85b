"""How alike two activities are, and why, in words. Symmetric, and blind to every other row."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from tuanhoc.lib.refusal import N_

from . import words
from .areas import Areas
from .rows import Read

#: from here on a pair is shown
SHOWN = 0.5
#: from here on it is said to be clearly alike; a pair of which a reason leaves something open stays below
CLEAR = 0.75
#: reasons that leave open whether the two are one, however many words they share: an opening that names the launch
#: it holds, and the launch, have most words in common
LEAVE_OPEN = frozenset({"next_day", "far_hour", "no_place", "alike_words"})
#: minutes two beginnings may be apart and still be one event's
NEAR_MINUTES = 60
#: two beginnings so far apart are two events' unless everything else agrees
FAR_MINUTES = 90

#: reason -> words on screen
REASONS: Mapping[str, str] = {
    "same_day": N_("cùng ngày"),
    "spans_meet": N_("thời gian chung một số ngày"),
    "next_day": N_("lệch một ngày"),
    "same_hour": N_("cùng giờ"),
    "near_hour": N_("giờ gần nhau"),
    "same_part": N_("cùng buổi"),
    "hour_in_part": N_("giờ bên này nằm trong buổi bên kia"),
    "far_hour": N_("giờ khác nhau"),
    "same_place": N_("cùng địa điểm"),
    "alike_place": N_("địa điểm gần giống"),
    "no_place": N_("một bên chưa rõ địa điểm"),
    "same_words": N_("nội dung như nhau"),
    "alike_words": N_("nội dung gần giống"),
    "named": N_("bên này nhắc tên bên kia"),
    "sure_clash": N_("giờ chồng nhau"),
    "possible_clash": N_("có thể chồng giờ: một bên chỉ ghi buổi hoặc chưa ghi giờ kết thúc"),
}

_OPENING = frozenset({"khaimac", "phatdong"})
_CLOSING = frozenset({"bemac"})
#: people an event is for: two that name none in common are hardly one event
_AUDIENCES = words.bag("nct hs gv phuhuynh phunu nongdan congnhan thieunhi ccvc ngudan")
#: bodies that do the same things, each for itself
_FAMILIES = {
    **dict.fromkeys(("th", "thcs", "thpt", "mn"), "school"),
    **dict.fromkeys(("ttvhtt", "ttvhnt", "thuvien", "baotang"), "culture"),
    **dict.fromkeys(("gdnn", "gdtxhn"), "centre"),
    **dict.fromkeys(("bao", "daiptth", "daitt"), "press"),
}
_PARTS = {"morning": (0, 12 * 60), "afternoon": (11 * 60 + 30, 17 * 60 + 30), "evening": (17 * 60, 24 * 60)}


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike (0 to 1; ``SHOWN`` and more is worth a question) and the codes of ``REASONS``."""

    score: float
    reasons: tuple[str, ...] = ()


NONE = Likeness(0.0)


def likeness(one: Read, other: Read, areas: Areas) -> Likeness:
    """Say how alike two activities of two units are."""
    if one.row.unit_id == other.row.unit_id:
        return NONE
    day, day_cost = _day(one, other)
    place, needed = _place(one, other, areas)
    if needed is None or not day or _set_apart(one, other):
        return NONE
    if place == "no_place" and (day == "next_day" or _host_cost(one, other)):
        return NONE
    hour, hour_cost = _hour(one, other)
    named = one.own in other.named or other.own in one.named
    needed += day_cost + hour_cost + _costs(one, other) + (-0.1 if named else _host_cost(one, other))
    said = _content(one, other, needed)
    score = round(min(0.99, max(0.0, SHOWN + (said - needed) * 1.1)), 3)
    if score < SHOWN:
        return NONE
    told = (day, hour, place, "same_words" if said >= 0.85 else "alike_words", "named" if named else "")
    reasons = tuple(filter(None, told))
    return Likeness(score if LEAVE_OPEN.isdisjoint(reasons) else _unsure(score), reasons)


def _unsure(score: float) -> float:
    """Bring a score from ``SHOWN`` to 1 below ``CLEAR``, in the same order."""
    return round(SHOWN + (score - SHOWN) * (CLEAR - SHOWN) / (1 - SHOWN), 3)


def _costs(one: Read, other: Read) -> float:
    return _audience_cost(one, other) + _title_cost(one, other) + _formula_cost(one, other)


def _set_apart(one: Read, other: Read) -> bool:
    """Whether a class, a grade, a turn or an opening against a closing says that they are two."""
    a, b = one.numbered, other.numbered
    if a and b and any(kind in b and not a[kind] & b[kind] for kind in a):
        return True
    opens, closes = _OPENING, _CLOSING
    return bool(
        (one.usual & opens and other.usual & closes and not other.usual & opens)
        or (other.usual & opens and one.usual & closes and not one.usual & opens)
    )


def _content(one: Read, other: Read, needed: float) -> float:
    """Return how alike the words are: what is common by the whole, and by the shorter of the two.

    Slips of the fingers are looked for only where they can matter.
    """
    common = float(len(one.special & other.special))
    usual = one.usual & other.usual
    shared = len(usual)
    if not usual & _OPENING and one.usual & _OPENING and other.usual & _OPENING:
        shared += 1
    left, right = one.special - other.special, other.special - one.special
    if left and right and _alike(one, other, common + len(left), shared) >= needed:
        common += _slips(left, right) + _joined(one, other, left, right)
    if _alike(one, other, common, shared) >= needed:
        common -= _other_words(one, other)
    if one.special and other.special and common <= 0:
        return 0.0
    return _alike(one, other, common, shared)


def _other_words(one: Read, other: Read) -> float:
    """Count what is common only without its marks: "nước sạch" beside "tủ sách". For those about to be shown."""
    a, b = words.marked(one.row.content), words.marked(other.row.content)
    return sum(0.8 for token in one.special & other.special if token in a and token in b and not a[token] & b[token])


def _alike(one: Read, other: Read, common: float, shared: int) -> float:
    least = min(one.mass, other.mass)
    if not least:
        return 0.0
    found = common + words.USUAL_WEIGHT * shared
    by_whole, by_less = 2 * found / (one.mass + other.mass), found / least
    # Of very few words, that all of them are in the other says little.
    trust = min(1.0, least / 2) if one.special and other.special else 0.75
    return min(1.0, 0.5 * by_whole + 0.5 * by_less * (0.6 + 0.4 * trust))


def _slips(left: frozenset[str], right: frozenset[str]) -> float:
    return sum(0.85 for a in left if len(a) >= 3 and any(words.one_slip(a, b) for b in right if _may_slip(a, b)))


def _may_slip(a: str, b: str) -> bool:
    return len(a) + len(b) > 6 and abs(len(a) - len(b)) < 2 and (a[0] == b[0] or a[-1] == b[-1])


def _joined(one: Read, other: Read, left: frozenset[str], right: frozenset[str]) -> float:
    """Count "ghinăng" against "ghi năng": both syllables are there."""
    found = 0.0
    for told, lone in ((one.told, right), (other.told, left)):
        glued = {a + b for a, b in pairwise(told)}
        found += 1.5 * len(glued & lone)
    return found


def _day(one: Read, other: Read) -> tuple[str, float]:
    if one.first == other.first:
        same_end = one.last == other.last
        return ("same_day", 0.0) if same_end else ("spans_meet", 0.03)
    if one.first <= other.last and other.first <= one.last:
        return "spans_meet", 0.1
    if min(abs(one.first - other.last), abs(other.first - one.last)) == 1:
        return "next_day", 0.18
    return "", 0.0


def minutes(moment: dt.time) -> int:
    """Return the minutes since midnight."""
    return moment.hour * 60 + moment.minute


def _hour(one: Read, other: Read) -> tuple[str, float]:
    a, b = one.row, other.row
    if a.starts_at and b.starts_at:
        apart = abs(minutes(a.starts_at) - minutes(b.starts_at))
        if apart == 0:
            return "same_hour", -0.05
        return ("near_hour", 0.0) if apart <= NEAR_MINUTES else ("far_hour", 0.1 if apart <= FAR_MINUTES else 0.3)
    if a.part_of_day and b.part_of_day:
        return ("same_part", -0.02) if a.part_of_day == b.part_of_day else ("far_hour", 0.3)
    for hour, part in ((a.starts_at, b.part_of_day), (b.starts_at, a.part_of_day)):
        if hour and part:
            begin, end = _PARTS[part]
            return ("hour_in_part", 0.0) if begin <= minutes(hour) < end else ("far_hour", 0.3)
    return "", 0.03


def _place(one: Read, other: Read, areas: Areas) -> tuple[str, float | None]:
    """Return the reason and how alike the words must be then; None: two places."""
    a, b = one.place, other.place
    if not within(one, other, areas):
        return "", None
    if a.is_everywhere or b.is_everywhere:
        return "", None
    if a.anchors & b.anchors and not _two_houses(a.anchors, b.anchors):
        apart = bool(a.spot and b.spot and not a.spot & b.spot)
        return "same_place", 0.5 if apart else 0.4
    if a.is_online or b.is_online or not (a.is_told and b.is_told):
        # Two schools that say no place are each at home, and each in a meeting of its own.
        own_meetings = (a.is_online or b.is_online) and a.anchors and b.anchors
        return ("", None) if own_meetings or family(one.own) == family(other.own) else ("no_place", 0.68)
    alike = 0.0 if a.anchors and b.anchors else _overlap(a.loose, b.loose)
    if alike >= 0.5:
        return "alike_place", 0.7 - 0.25 * alike
    return ("no_place", 0.6) if a.is_address != b.is_address else ("", None)


def _two_houses(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether each names a house that the other does not: "Khu thể thao, TTVH-TT A" and "Khu thể thao, TTVH-TT B"."""
    a, b = ({x for x in anchors if "@" in x} for anchors in (one, other))
    return bool(a and b and not a & b)


def family(own: str) -> str:
    """Return what kind of body an anchor is of."""
    head = own.partition("@")[0].partition(" ")[0]
    return _FAMILIES.get(head, head)


def within(one: Read, other: Read, areas: Areas) -> bool:
    """Whether one lies in the other's area, or both in one."""
    a, b = one.place.area_id, other.place.area_id
    return a is None or b is None or a in areas.chain(b) or b in areas.chain(a)


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _host_cost(one: Read, other: Read) -> float:
    """Of an event that names a third as its host."""
    a, b = one.hosts | {one.own}, other.hosts | {other.own}
    return 0.15 if (one.hosts or other.hosts) and not a & b else 0.0


def _formula_cost(one: Read, other: Read) -> float:
    """Of "Phát động quỹ khuyến học" beside "Phát động Tuần lễ": the one opens something else."""
    if bool(one.special) == bool(other.special):
        return 0.0
    full = one if one.special else other
    return 0.25 if len(full.special) >= 2 and not full.is_of_week else 0.0


def _title_cost(one: Read, other: Read) -> float:
    return 0.4 if one.titles and other.titles and not one.titles & other.titles else 0.0


def _audience_cost(one: Read, other: Read) -> float:
    a, b = one.usual & _AUDIENCES, other.usual & _AUDIENCES
    return 0.6 if a and b and not a & b else 0.0
