"""Which unit a form comes from: told from the line for its name, the letterhead, the name of the file; by mail, also
from who sent it.

A wrong unit is worse than none: what is not certain is left to a person, with the candidates.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from tuanhoc.lib.text import clean

from .naming import LEVELS, Name, contains, name_of, readings_of, words_of
from .senders import weighed
from .signs import LIKELY, SURE, Because, Known, Match, Sender, Signs

__all__ = ["LIKELY", "SURE", "Known", "Match", "Roster", "Sender", "Signs"]

#: Two candidates closer than this are not told apart.
_TOO_CLOSE = 0.05
_MOST_OTHERS = 6
_COMMITTEE = frozenset({"ubnd"})
#: Kinds whose word is also a syllable of places when its marks are gone (Bảo An, Đài Sơn).
_SHORT_WORDS = frozenset({"bao", "dai", "so", "doan", "hoi"})


@dataclass(frozen=True, slots=True)
class _Entry:
    """A known unit, its name taken apart."""

    unit: Known
    name: Name
    above: tuple[tuple[str, ...], ...]
    #: no other unit is of this kind ("Thư viện tỉnh"), so that its place need not be said
    only_one: bool = True
    initials: str = ""
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Found:
    entry: _Entry
    score: float


@dataclass(frozen=True, slots=True)
class _Said:
    """What one sign says: the candidates, best first, and the words it says it with."""

    found: tuple[_Found, ...] = ()
    reason: str = ""
    quoted: str = ""
    ceiling: float = field(default=1.0)

    @property
    def certain(self) -> _Found | None:
        """The one candidate ahead of all others."""
        if not self.found or self.found[0].score < LIKELY:
            return None
        rivals = [other for other in self.found[1:] if other.score > self.found[0].score - _TOO_CLOSE]
        return None if rivals else self.found[0]


class Roster:
    """The units of a Week, ready to be matched against many forms."""

    def __init__(self, units: Iterable[Known], *, province: str) -> None:
        self.province = tuple(word for word, _ in name_of(words_of(province)).place)
        self._names: dict[str, Name] = {}
        entries = [self._entry(unit) for unit in units]
        self._names.clear()
        kinds = Counter(entry.name.head for entry in entries)
        self.entries = [replace(entry, only_one=kinds[entry.name.head] == 1) for entry in entries]

    def _entry(self, unit: Known) -> _Entry:
        above = tuple(self._known_name(name).folded for name in unit.above)
        name = self._known_name(unit.name)
        initials = "".join(word[0] for word in name.folded) if len(name.place) >= 3 else ""
        return _Entry(unit, name, tuple(p for p in above if p), initials=initials, words=frozenset(name.folded))

    def _known_name(self, text: str) -> Name:
        """Take the name of a unit apart, once: a superior is named by each unit under it."""
        if text not in self._names:
            self._names[text] = self.name(text)
        return self._names[text]

    def name(self, text: str) -> Name:
        """Take a name apart as this province's people write it."""
        return name_of(words_of(text), province=self.province)

    def match(self, signs: Signs) -> Match:
        """Return the unit a form comes from, or nobody and the candidates.

        The line for the name counts most, then the letterhead, then the file's name. When a later
        sign is sure of somebody else, the match loses its certainty. Who sent it by mail is weighed last.
        """
        return weighed(self._by_paper(signs), signs, {entry.unit.pk: entry.unit for entry in self.entries})

    def _by_paper(self, signs: Signs) -> Match:
        context = self._context(signs)
        line, head, name = self._by_line(signs, context), self._by_head(signs, context), self._by_file(signs.file_name)
        subject = self._by_subject(signs)
        unread = bool(signs.organisation)
        for said, doubters, doubtful in (
            (line, (head, name), False),
            (head, (name,), unread),
            (name, (), unread or bool(signs.named_elsewhere)),
            (subject, (), unread or bool(signs.named_elsewhere)),
        ):
            if (best := said.certain) is not None:
                return self._answer(said, best, doubters, unread_line=doubtful)
        return _undecided((line, head, name, subject))

    def _context(self, signs: Signs) -> tuple[str, ...]:
        text = " ; ".join((*signs.letterhead, _stem(signs.file_name), signs.organisation))
        return tuple(word for word, _ in words_of(text + " "))

    def _by_line(self, signs: Signs, context: Sequence[str]) -> _Said:
        said = clean(signs.organisation).strip(" .…:;-_")
        if not said:
            return _Said()
        found = self._told_apart(self._scored(self.name(said)), context)
        return _Said(found, "line", said)

    def _by_head(self, signs: Signs, context: Sequence[str]) -> _Said:
        hits: dict[int, tuple[_Found, str]] = {}
        lines = [line for line in signs.letterhead if len(line) <= 120]
        texts = [(text, self.name(text)) for text in (*lines, *map(" ".join, pairwise(lines)))]
        below = [(f"{over}, {own}", self._below(over, own)) for over, own in pairwise(lines)]
        for text, name in (*texts, *below):
            for found in self._told_apart(self._scored(name), context):
                if found.score >= SURE:
                    hits.setdefault(found.entry.unit.pk, (found, clean(text)))
        lowest = _lowest([found for found, _ in hits.values()])
        quoted = hits[lowest[0].entry.unit.pk][1] if lowest else ""
        return _Said(tuple(lowest), "letterhead", quoted, ceiling=0.95)

    def _below(self, over: str, own: str) -> Name:
        """Read two lines of a letterhead as one name.

        "UBND HUYỆN NINH HẢI / PHÒNG GD&ĐT" is the office of the place above it; "HỘI NÔNG DÂN VIỆT NAM / BAN CHẤP
        HÀNH TỈNH NINH THUẬN" is the union of the place below it.
        """
        superior, office = self.name(over), self.name(own)
        words = words_of(own)
        if superior.head and [word for word, _ in words[:3]] == ["ban", "chap", "hanh"]:
            return replace(name_of(words[3:], province=self.province), head=superior.head)
        if office.place or not office.head or office.of_province or superior.head != _COMMITTEE:
            return Name(frozenset(), "", (), ())
        return replace(superior, head=office.head)

    def _by_subject(self, signs: Signs) -> _Said:
        """Read a message's subject like a file's name; it says who writes, not whose form each file is."""
        subject = signs.sender.subject if signs.sender else ""
        return replace(self._by_file(subject), reason="subject", ceiling=0.85)

    def _by_file(self, file_name: str) -> _Said:
        stem = _stem(file_name)
        words = words_of(stem)
        folded = [word for word, _ in words]
        words = words[: folded.index("gui")] if "gui" in folded else words
        best: dict[int, _Found] = {}
        for start in range(len(words)):
            name = self._cut_at_province(name_of(words[start:], province=self.province))
            if not name.head and name.level in {"", "tinh"}:
                continue
            alike = [e for e in self.entries if e.name.head in {name.head or _COMMITTEE}]
            scores = [max(_score(reading, e, loosely=True) for reading in readings_of(name)) for e in alike]
            for found in _longest(list(map(_Found, alike, scores))):
                best.setdefault(found.entry.unit.pk, found)
        found_all = self._told_apart(tuple(_lowest(list(best.values()))), folded)
        return _Said(found_all, "file_name", clean(file_name), ceiling=0.9)

    def _cut_at_province(self, name: Name) -> Name:
        # "Bao Ninh Thuan lich tuan le": what comes after the province's name says nothing of the unit.
        if self.province and name.folded[: len(self.province)] == self.province:
            return replace(name, place=(), folded=(), of_province=True)
        return name

    def _scored(self, name: Name) -> tuple[_Found, ...]:
        readings = readings_of(name)
        words = frozenset(readings[-1].folded)
        alike = [e for e in self.entries if e.words & words or not e.words or e.initials or e.name.head == name.head]
        found = [_Found(entry, max(_score(reading, entry) for reading in readings)) for entry in alike]
        if not name.place and not name.of_province:
            # "Hội Khuyến học" alone may be the province's or any district's.
            found = [replace(f, score=f.score if f.entry.only_one else min(f.score, 0.6)) for f in found]
        return tuple(sorted((f for f in found if f.score > 0.2), key=lambda f: (-f.score, f.entry.unit.pk)))

    def _told_apart(self, found: tuple[_Found, ...], context: Sequence[str]) -> tuple[_Found, ...]:
        """Of units with one name, put first the one whose superior the papers name."""
        if not found:
            return found
        rivals = [f for f in found if f.score > found[0].score - _TOO_CLOSE]
        named = [f for f in rivals if any(contains(context, place) for place in _own_above(f, rivals))]
        if len(rivals) < 2 or len(named) != 1 or found[0].score < LIKELY:
            return found
        others = [replace(f, score=min(f.score, found[0].score - 2 * _TOO_CLOSE)) for f in found if f is not named[0]]
        return (named[0], *sorted(others, key=lambda f: -f.score))

    def _answer(self, said: _Said, best: _Found, doubters: Sequence[_Said], *, unread_line: bool) -> Match:
        score = min(best.score, said.ceiling)
        because: list[Because] = [(said.reason if best.score >= SURE else "similar", said.quoted)]
        if unread_line:
            score = min(score, 0.75)
            because.append(("line_unknown", ""))
        for doubter in doubters:
            other = doubter.certain
            if other is not None and other.score >= SURE and _differ(best, other):
                because.append(("elsewhere", other.entry.unit.name))
                others = _pks((other, *said.found), without=best)
                return Match(best.entry.unit.pk, min(score, 0.75), tuple(because), others)
        return Match(best.entry.unit.pk, round(score, 2), tuple(because), _pks(said.found, without=best))


def _undecided(signs: Sequence[_Said]) -> Match:
    found = [f for said in signs for f in said.found[:_MOST_OTHERS] if f.score >= 0.3]
    alike = [f for f in found if f.score >= LIKELY]
    if len(alike) > 1:
        return Match(None, 0.5, (("several", ""),), _pks(alike))
    if found:
        return Match(None, 0.3, (("unsure", ""),), _pks(found))
    return Match(None, 0.0, (("nothing", ""),))


def _pks(found: Iterable[_Found], *, without: _Found | None = None) -> tuple[int, ...]:
    pks = dict.fromkeys(f.entry.unit.pk for f in found)
    if without is not None:
        pks.pop(without.entry.unit.pk, None)
    return tuple(pks)[:_MOST_OTHERS]


def _stem(file_name: str) -> str:
    stem, dot, ending = file_name.rpartition(".")
    return stem if dot and len(ending) <= 5 else file_name


def _own_above(found: _Found, rivals: Sequence[_Found]) -> list[tuple[str, ...]]:
    """Return the places over one candidate that are not over every candidate."""
    shared = [set(rival.entry.above) for rival in rivals if rival is not found]
    return [place for place in found.entry.above if not all(place in others for others in shared)]


def _lowest(found: Sequence[_Found]) -> list[_Found]:
    """Leave out the superiors of others: a letterhead names them above the sender."""
    superiors = {name for f in found for name in f.entry.unit.above}
    return [f for f in found if f.entry.unit.name not in superiors]


def _longest(found: Sequence[_Found]) -> list[_Found]:
    sure = [f for f in found if f.score >= SURE]
    longest = max((len(f.entry.name.place) for f in sure), default=0)
    return [f for f in sure if len(f.entry.name.place) == longest]


def _differ(one: _Found, other: _Found) -> bool:
    """Whether two signs speak of different units; naming the superior as well is no difference."""
    return one.entry.unit.pk != other.entry.unit.pk and other.entry.unit.name not in one.entry.unit.above


def _score(said: Name, entry: _Entry, *, loosely: bool = False) -> float:
    """Return how far ``said`` is this unit's name: 1 the same, 0 nothing in common.

    :param loosely: words after the place mean nothing (a file's name goes on with a date or a title).
    """
    unit = entry.name
    kind = _kind_score(said, unit)
    if kind == 0:
        return 0.2 * _overlap(said.folded, unit.folded)
    return kind * _place_score(said, entry, loosely=loosely)


def _kind_score(said: Name, unit: Name) -> float:
    if said.head == unit.head:
        return 1.0 if not said.level or not unit.level or said.level == unit.level else 0.6
    if said.head:
        return 0.0
    if unit.head != _COMMITTEE:
        return 0.4
    # "huyện Ninh Sơn" alone stands for its committee: the printed line asks for one.
    if not said.level:
        return 0.75
    return 0.95 if said.level == unit.level else 0.4


def _place_score(said: Name, entry: _Entry, *, loosely: bool) -> float:
    unit = entry.name
    size = len(unit.place)
    if not size:
        return _placeless_score(said, entry, loosely=loosely)
    if entry.initials and entry.initials in {"".join(said.folded), *(said.folded[:1] if loosely else ())}:
        return 0.95
    rest = said.folded[size:]
    known = loosely or _explained(rest, entry.above)
    if said.folded[:size] == unit.folded:
        return (1.0 if known else 0.5) * _marks_score(said, unit)
    shortened = len(said.place) > 1 and unit.folded[: len(said.place)] == said.folded
    if shortened or (_one_letter_apart(said.folded[:size], unit.folded) and known):
        return 0.75
    return 0.6 * _overlap(said.folded, unit.folded)


def _placeless_score(said: Name, entry: _Entry, *, loosely: bool) -> float:
    """Score against a unit of the province ("Thư viện tỉnh"), which names no place."""
    if not said.place:
        return 1.0
    clear = said.level == "tinh" or (entry.only_one and not entry.name.head <= _SHORT_WORDS)
    return 1.0 if loosely and clear else 0.3


def _explained(rest: Sequence[str], above: Sequence[Sequence[str]]) -> bool:
    """Whether what follows the place only names the places above it."""
    left = list(rest)
    while left:
        named = next((place for place in above if left[: len(place)] == list(place)), None)
        if named is None and left[0] not in LEVELS | _COMMITTEE:
            return False
        left = left[len(named or left[:1]) :]
    return True


def _marks_score(said: Name, unit: Name) -> float:
    """Thành Hải and Thanh Hải are two communes: marks count where the writer used any."""
    typed = said.place[: len(unit.place)]
    if all(word == marked for word, marked in typed):
        # Nothing marked in the place at all: it fits either, and a rival then makes it uncertain.
        return 1.0
    return 1.0 if typed == unit.place else 0.85


def _overlap(one: Sequence[str], other: Sequence[str]) -> float:
    return len(set(one) & set(other)) / len(set(one) | set(other)) if one and other else 0.0


def _one_letter_apart(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one letter was typed wrong, left out or put in: Lâm Sơn, Lâm Sợng."""
    a, b = " ".join(one), " ".join(other)
    if abs(len(a) - len(b)) > 1 or len(b) < 5 or any(c.isdecimal() for c in a + b):
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    return a[start + 1 :] == b[start + 1 :] or a[start:] == b[start + 1 :] or a[start + 1 :] == b[start:]
