"""What a visitor may ask, and what a page says of an activity. Pure values: no Django, no clock."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from operator import attrgetter
from urllib.parse import urlencode

from tuanhoc.activities.rules import AUDIENCES
from tuanhoc.lib.refusal import N_
from tuanhoc.lib.text import name_key, words

KINDS = ("Thành phố", "Thị xã", "Thị trấn", "Huyện", "Phường", "Xã", "Đặc khu", "Tỉnh")
#: Units and places come back page after page, and folding is dear.
_key = lru_cache(maxsize=20_000)(name_key)
_KIND_KEYS = tuple(f"{name_key(kind)} " for kind in KINDS)

NOON = dt.time(12)
DUSK = dt.time(18)

#: Parts of a day in order; the last is for what has neither hour nor part.
PARTS: Mapping[str, str] = {
    "morning": N_("Buổi sáng"),
    "afternoon": N_("Buổi chiều"),
    "evening": N_("Buổi tối"),
    "": N_("Cả ngày hoặc chưa rõ giờ"),
}
SHORT_PARTS: Mapping[str, str] = {
    "morning": N_("Sáng"),
    "afternoon": N_("Chiều"),
    "evening": N_("Tối"),
    "": N_("Trong ngày"),
}


#: What is said of a form; in person is what everybody expects, so it is not said.
FORMS: Mapping[str, str] = {"online": N_("Trực tuyến"), "both": N_("Trực tiếp và trực tuyến")}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a visitor asked for; blank means no matter."""

    words: str = ""
    day: dt.date | None = None
    area_id: int | None = None
    form: str = ""
    audience: str = ""
    part: str = ""
    #: in order of days, although words were given
    by_day: bool = False

    def query(self) -> str:
        """Return it as the query of an address; the parts always stand in the same order."""
        given = {
            "q": self.words,
            "ngay": self.day.isoformat() if self.day else "",
            "dia-ban": self.area_id or "",
            "hinh-thuc": self.form,
            "doi-tuong": self.audience,
            "buoi": self.part,
            "xep": "ngay" if self.by_day and self.words else "",
        }
        return urlencode({name: value for name, value in given.items() if value})

    def is_narrowed(self) -> bool:
        """Whether anything besides words was asked for."""
        return any((self.day, self.area_id, self.form, self.audience, self.part))


@dataclass(frozen=True, slots=True)
class Card:
    """An activity as a list shows it. ``part`` is a key of ``PARTS``; ``form`` and ``audiences`` are codes."""

    pk: int
    content: str
    held_on: dt.date
    ends_on: dt.date | None
    starts_at: dt.time | None
    ends_at: dt.time | None
    part: str
    place: str
    area: str
    host: str
    form: str
    audiences: tuple[str, ...]
    fee: str
    is_cancelled: bool
    is_changed: bool
    is_over: bool = False

    def title(self) -> str:
        """Return its content, cut at a word where a card would burst."""
        return shortened(self.content, 140)

    def when(self) -> str:
        """Return the hours, or the part of day in words."""
        return hours(self.starts_at, self.ends_at, self.part)

    def place_words(self) -> str:
        """Return the place with its commune, unless the unit has named it already or one joins from anywhere."""
        place = shortened(self.place, 110)
        if self.form == "online" or not self.area:
            return place
        if not place:
            return self.area
        return place if bare(self.area) in _key(self.place) else f"{place}, {in_a_line(self.area)}"

    def host_words(self) -> str:
        """Return the unit's name, unless the place has said it."""
        return "" if _key(self.host) in _key(self.place) else self.host

    def where(self) -> str:
        """Return place and unit in one line."""
        return " · ".join(filter(None, (self.place_words(), self.host_words())))

    def chips(self) -> list[tuple[str, str]]:
        """Return (kind, words) of what matters at a glance; of many audiences the first two."""
        said = [("off", N_("Đã hủy"))] if self.is_cancelled else []
        if self.is_over and not self.is_cancelled:
            said.append(("past", N_("Đã diễn ra")))
        if self.is_changed and not self.is_cancelled:
            said.append(("changed", N_("Có thay đổi")))
        if self.form in FORMS:
            said.append(("online", FORMS[self.form]))
        said += [("people", AUDIENCES[code]) for code in self.audiences[:2] if code in AUDIENCES]
        said.append(("fee", N_("Có thu phí")) if self.fee else ("free", N_("Miễn phí")))
        return said

    def runs_on(self) -> bool:
        """Whether it goes on for more than a day."""
        return self.ends_on is not None and self.ends_on > self.held_on


@lru_cache(maxsize=2000)
def bare(area: str) -> str:
    """Return the folded name of an area without its kind, to look for it in other words.

    >>> bare("Thành phố Phan Rang-Tháp Chàm"), bare("Phường 2"), bare("Xã Lâm Sơn")
    ('phan rang thap cham', 'phuong 2', 'lam son')
    """
    name = name_key(area)
    for kind in _KIND_KEYS:
        if name.startswith(kind) and not name.removeprefix(kind).isdecimal():
            return name.removeprefix(kind)
    return name


#: Words that stand in every second title: on their own they tell nothing.
COMMON = frozenset(
    words(
        "lop hoc cac cho cua va tai o trong voi nhung mot den tham gia hoat dong buoi ngay to chuc duoc la theo de bai"
    )
)


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told by the folded words typed: words that say something, and neighbours that are one word together."""

    words: tuple[str, ...]
    pairs: tuple[str, ...]

    def least(self) -> int:
        """Return how much of it makes an activity near: two words in a row, three anywhere, or more than half.

        >>> telling("lop hoc robot".split()).least(), telling("truc tuyen cho phu huynh".split()).least()
        (1, 3)
        """
        return max(min(len(self.words), 3), len(self.words) // 2 + 1)


def telling(typed: Iterable[str]) -> Telling:
    """Return what tells something among the folded words typed.

    >>> telling("lop hoc truc tuyen cho phu huynh".split())
    Telling(words=('truc', 'tuyen', 'phu', 'huynh'), pairs=('truc tuyen', 'phu huynh'))
    """
    given = list(dict.fromkeys(typed))
    neighbours = pairwise(given)
    return Telling(
        words=tuple(word for word in given if word not in COMMON),
        pairs=tuple(f"{a} {b}" for a, b in neighbours if not {a, b} & COMMON),
    )


def in_a_line(area: str) -> str:
    """Return the name as it stands inside a line, its kind in small letters.

    >>> in_a_line("Xã Lâm Sơn")
    'xã Lâm Sơn'
    """
    return area[0].lower() + area[1:] if area.startswith(KINDS) else area


def part_of(starts_at: dt.time | None, said: str) -> str:
    """Return the part of day: by the hour where there is one, otherwise as the unit said."""
    if starts_at is None:
        return said
    return "morning" if starts_at < NOON else "afternoon" if starts_at < DUSK else "evening"


def hours(starts_at: dt.time | None, ends_at: dt.time | None, part: str) -> str:
    """Return ``07:30 – 10:00``, ``07:30``, or the part of day in words."""
    if starts_at is None:
        return SHORT_PARTS[part]
    return f"{starts_at:%H:%M} – {ends_at:%H:%M}" if ends_at else f"{starts_at:%H:%M}"


def shortened(text: str, most: int) -> str:
    """Return ``text``, cut at a word and marked when it has more than ``most`` letters.

    >>> shortened("Ngày hội đọc sách", 12)
    'Ngày hội…'
    """
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    return f"{kept.rpartition(' ')[0] or kept}…"


def is_over(last: dt.date, ends_at: dt.time | None, *, at: dt.datetime) -> bool:
    """Test whether it lies behind us at ``at`` (in Viet Nam's time). Without an hour it lasts all day."""
    return last < at.date() or (last == at.date() and ends_at is not None and ends_at <= at.time())


def varied(cards: Iterable[Card], most: int) -> list[Card]:
    """Choose ``most`` of them, different titles first: two hundred schools open the Week with the same ceremony."""
    first: dict[str, Card] = {}
    again = []
    for card in cards:
        if first.setdefault(_key(card.content), card) is not card:
            again.append(card)
    return [*first.values(), *again][:most]


def by_day(cards: Iterable[Card], *, today: dt.date | None = None) -> list[tuple[dt.date, list[Card]]]:
    """Set neighbours of one day together; the order stays.

    :param today: with it, what is over stands apart, and what began earlier and still goes on stands under today.
    """

    def place(card: Card) -> tuple[bool, dt.date]:
        if today is None or card.is_over:
            return card.is_over and today is not None, card.held_on
        return False, max(card.held_on, today)

    return [(day, list(of_it)) for (_over, day), of_it in groupby(cards, place)]


def by_part(cards: Iterable[Card]) -> list[tuple[str, list[Card]]]:
    """Set neighbours of one part of day together, under its words; the order stays."""
    return [(PARTS[part], list(of_it)) for part, of_it in groupby(cards, attrgetter("part"))]
