"""Choosing a unit among a thousand: type any part of its name, and where several match, say which.

No list of every unit goes with the page: it works on a phone and without JavaScript, however many units there are.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from tuanhoc.campaigns.models import Campaign, RosterUnit, RosterUnitQuerySet
from tuanhoc.intake.queries.forms import roster_of
from tuanhoc.intake.rules.matching import SURE, Match, Roster, Signs
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.text import clean, name_key
from tuanhoc.units.actions.refusals import NoSuchUnit
from tuanhoc.units.models import Unit

#: units shown to choose from; who typed too little types more
MOST = 12
#: letters looked at of what was typed: a name in full with its key
LONGEST = 300
_KEY_AT_END = re.compile(r"\(([\w-]+)\)\s*$")


class WhichUnit(Refusal):
    message = N_("Chưa rõ “%(words)s” là đơn vị nào. Vui lòng chọn một đơn vị bên dưới, hoặc gõ thêm chữ.")


class IsItThisUnit(Refusal):
    message = N_("Có phải “%(words)s” là %(unit)s không? Nếu phải, vui lòng bấm lại; nếu không, vui lòng gõ thêm chữ.")


class UnitNotFound(NoSuchUnit):
    message = N_(
        "Chưa tìm thấy đơn vị nào có “%(key)s” trong tên hoặc mã. Vui lòng gõ ít chữ hơn, hoặc một phần khác của tên."
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """A unit that may be chosen; ``above``: its superior's name, which tells units of one name apart."""

    key: str
    name: str
    above: str = ""
    #: code of its kind, where the page prefers one
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Words that could mean several units, and the first of those; or one unit, when the words only hint at it."""

    words: str
    units: tuple[Choice, ...]
    has_more: bool


def of_units(units: Iterable[Unit]) -> Iterator[Choice]:
    """Yield units to choose from, in their order."""
    for unit in units:
        yield Choice(unit.key, unit.name, kind=unit.kind)


def of_roster(units: RosterUnitQuerySet) -> Iterator[Choice]:
    """Yield units of a Week's roster to choose from, higher ones first, as they were called then. One query."""
    rows = list(units.in_reading_order().values_list("unit__key", "name", "path"))
    names = {path: name for _key, name, path in rows}
    for key, name, path in rows:
        over = path.rstrip("/").rpartition("/")[0]
        yield Choice(key, name, names.get(f"{over}/", ""))


class Chooser:
    """Reads what was typed for units, with the answers given to what was asked before; gathers what is to be asked.

    :param offered: read when words are first looked up, so that a page on which nothing was typed costs nothing.
    :param given: of a form: ``cho-N`` the words a question was about, ``chon-N`` the key that was chosen.
    :param kind: of units that are meant rather than others, where several have the words: whoever merges communes.
    :param besides: the key of a unit that is never offered: it cannot be merged into itself.
    """

    #: whether a part of a name is enough where one unit alone has it; else the person is asked if that one is meant
    takes_a_part: ClassVar[bool] = True

    def __init__(
        self, offered: Iterable[Choice], given: Mapping[str, str], *, kind: str = "", besides: str = ""
    ) -> None:
        self._offered, self._kind, self._besides = offered, kind, besides
        self._chosen = {
            clean(words)[:LONGEST]: given[f"chon-{name.removeprefix('cho-')}"]
            for name, words in given.items()
            if name.startswith("cho-") and f"chon-{name.removeprefix('cho-')}" in given
        }
        self.questions: list[Question] = []

    @cached_property
    def _by_key(self) -> dict[str, Choice]:
        return {choice.key: choice for choice in self._offered}

    def key_of(self, words: str) -> str:
        """Return the key of the unit that was typed: ``Tên (mã)``, a key, a name, or any part only one unit has.

        Blank when nothing was typed, or when it has to be asked: see :meth:`refuse_unclear`.

        :raises UnitNotFound: no unit's name or key has these words.
        """
        words = clean(words)[:LONGEST]
        if not words:
            return ""
        at_end = _KEY_AT_END.search(words)
        for candidate in (at_end[1] if at_end else "", words, self._chosen.get(words, "")):
            if candidate in self._by_key:
                return candidate
        named = self._named(words)
        found = named or self._meant(words)
        if len(found) == 1 and (named or self.takes_a_part):
            return found[0].key
        if not found:
            raise UnitNotFound(key=words)
        if words not in {asked.words for asked in self.questions}:
            self.questions.append(Question(words, tuple(found[:MOST]), len(found) > MOST))
        return ""

    def written(self, words: str) -> str:
        """Return what was typed with the unit it means written out, once that is clear; else as typed."""
        try:
            choice = self._by_key.get(self.key_of(words)) if words else None
        except UnitNotFound:
            choice = None
        return f"{choice.name} ({choice.key})" if choice else words

    def refuse_unclear(self) -> None:
        """Refuse while something typed could mean several units, or only hints at one.

        :raises WhichUnit: naming the first of them. :raises IsItThisUnit: naming the one.
        """
        if not self.questions:
            return
        asked = self.questions[0]
        if len(asked.units) == 1:
            raise IsItThisUnit(words=asked.words, unit=asked.units[0].name)
        raise WhichUnit(words=asked.words)

    @cached_property
    def _said(self) -> list[tuple[Choice, str, str]]:
        """Each choice with the words of its name; and those of its name and key, as parts are looked for."""
        said = ((choice, name_key(choice.name)) for choice in self._by_key.values())
        return [(choice, name, f"{name} {name_key(choice.key)}") for choice, name in said]

    def _named(self, words: str) -> Sequence[Choice]:
        """Return the units of exactly this name."""
        key = name_key(words)
        return [choice for choice, name, _parts in self._said if name == key]

    def _meant(self, words: str) -> Sequence[Choice]:
        """Return the units that have each of the words, the nearest first: “thơ” before “thông tin”.

        Those of the kind the page prefers stand before all others.
        """
        offered = (choice for choice in self._having(words) if choice.key != self._besides)
        return sorted(offered, key=lambda choice: (choice.kind != self._kind, _distance(choice.name, words)))

    def _having(self, words: str) -> list[Choice]:
        """Return the units that have each of the words in their name or key; else with their superior's name."""
        typed = name_key(words).split()
        if not typed:
            return []
        return [choice for choice, _name, parts in self._said if all(word in parts for word in typed)] or [
            choice
            for choice, _name, parts in self._said
            if choice.above and all(word in f"{parts} {name_key(choice.above)}" for word in typed)
        ]


def _distance(name: str, typed: str) -> tuple[int, bool]:
    """Return how far typed words are from a name: whole words with their marks, without, beginnings, parts.

    Of two as far, the one that has them side by side is nearer: “Công Hải” is not “cộng đồng … Đông Hải”.
    """
    return _farness(name, typed), f" {name_key(typed)} " not in f" {name_key(name)} "


def _farness(name: str, typed: str) -> int:
    written, sought = clean(name).lower().split(), clean(typed).lower().split()
    if set(sought) <= set(written):
        return 0
    words, bare = name_key(name).split(), name_key(typed).split()
    if set(bare) <= set(words):
        return 1
    return 2 if all(any(word.startswith(part) for word in words) for part in bare) else 3


class HostChooser(Chooser):
    """Chooses a unit of a Week's roster, also from the short names people write: ``THCS Võ Thị Sáu``.

    What is chosen here is done at once, without a preview: of a mere part of a name, the person is asked.

    :param units: those that may be chosen here; none but them is ever offered or taken.
    """

    takes_a_part = False

    def __init__(self, campaign: Campaign, units: RosterUnitQuerySet, given: Mapping[str, str]) -> None:
        super().__init__(of_roster(units), given)
        self._campaign = campaign
        self._units = units
        self._matches: dict[str, Match] = {}

    def host_of(self, words: str) -> RosterUnit | None:
        """Return the unit that was typed; None when nothing was.

        :raises UnitNotFound: nobody here is called so. :raises WhichUnit: several could be.
        :raises IsItThisUnit: one could be, of whose name it is only a part.
        """
        key = self.key_of(words)
        self.refuse_unclear()
        return self._units.select_related("campaign", "unit").get(unit__key=key) if key else None

    def _named(self, words: str) -> Sequence[Choice]:
        named = super()._named(words)
        if named or len(self._having(words)) > MOST:
            return named
        match = self._match(words)
        return self._of([match.pk]) if match.pk is not None and match.score >= SURE else ()

    def _meant(self, words: str) -> Sequence[Choice]:
        return super()._meant(words) or self._of(self._match(words).others)

    def _match(self, words: str) -> Match:
        if words not in self._matches:
            self._matches[words] = self._roster.match(Signs(organisation=words))
        return self._matches[words]

    @cached_property
    def _roster(self) -> Roster:
        return roster_of(self._campaign, self._units)

    def _of(self, pks: Sequence[int]) -> list[Choice]:
        keys = dict(self._units.filter(pk__in=pks).values_list("pk", "unit__key"))
        return [self._by_key[keys[pk]] for pk in pks if pk in keys]
