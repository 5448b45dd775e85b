"""Choosing a unit among a thousand: type any part of its name, and where several match, say which.

No list of every unit goes with the page: it works on a phone and without JavaScript, however many units there are.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.text import clean, fold, name_key
from tuanhoc.units.actions.refusals import NoSuchUnit
from tuanhoc.units.models import Unit

#: units shown to choose from; who typed too little types more
MOST = 12
_KEY_AT_END = re.compile(r"\(([\w-]+)\)\s*$")


class WhichUnit(Refusal):
    message = N_("Chưa rõ “%(words)s” là đơn vị nào. Vui lòng chọn một đơn vị bên dưới, hoặc gõ thêm chữ.")


@dataclass(frozen=True, slots=True)
class Question:
    """Words that could mean several units, and the first of those."""

    words: str
    units: tuple[Unit, ...]
    has_more: bool


class Chooser:
    """Reads what was typed for units, with the answers given to what was asked before; gathers what is to be asked.

    :param given: of a form: ``cho-N`` the words a question was about, ``chon-N`` the key that was chosen.
    """

    def __init__(self, choices: Sequence[Unit], given: Mapping[str, str]) -> None:
        self._by_key = {unit.key: unit for unit in choices}
        self._choices = choices
        self._chosen = {
            clean(words): given[f"chon-{name.removeprefix('cho-')}"]
            for name, words in given.items()
            if name.startswith("cho-") and f"chon-{name.removeprefix('cho-')}" in given
        }
        self.questions: list[Question] = []

    def key_of(self, words: str) -> str:
        """Return the key of the unit that was typed: ``Tên (mã)``, a key, a name, or any part only one unit has.

        Blank when nothing was typed, or when it has to be asked: see :meth:`refuse_unclear`.

        :raises NoSuchUnit: no unit's name or key has these words.
        """
        words = clean(words)
        if not words:
            return ""
        at_end = _KEY_AT_END.search(words)
        for candidate in (at_end[1] if at_end else "", words, self._chosen.get(words, "")):
            if candidate in self._by_key:
                return candidate
        found = [u for u in self._choices if name_key(u.name) == name_key(words)] or self._having(words)
        if len(found) == 1:
            return found[0].key
        if not found:
            raise NoSuchUnit(key=words)
        if words not in {asked.words for asked in self.questions}:
            self.questions.append(Question(words, tuple(found[:MOST]), len(found) > MOST))
        return ""

    def written(self, words: str) -> str:
        """Return what was typed with the unit it means written out, once that is clear; else as typed."""
        try:
            unit = self._by_key.get(self.key_of(words))
        except NoSuchUnit:
            unit = None
        return f"{unit.name} ({unit.key})" if unit else words

    def refuse_unclear(self) -> None:
        """Refuse while something typed could mean several units.

        :raises WhichUnit: naming the first of them.
        """
        if self.questions:
            raise WhichUnit(words=self.questions[0].words)

    def _having(self, words: str) -> list[Unit]:
        typed = fold(words).split()
        return [u for u in self._choices if all(word in f"{fold(u.name)} {u.key}" for word in typed)]
