"""What an edited schedule proposes, laid out for its page: by unit, each field before and after, word by word."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from django.utils.translation import gettext as _

from tuanhoc.schedule.models import ProposedChange
from tuanhoc.schedule.queries import CODE_WORDS, FIELD_WORDS, FIELDS, KIND_WORDS, Kind, Now, needs_look, now

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
#: longer texts are shown whole, before and after
_MOST_TOKENS = 1_500
_BADGES = {Kind.CHANGED: "draft", Kind.ADDED: "accepted", Kind.REMOVED: "returned"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a field: kept, taken out (``del``) or put in (``ins``)."""

    tag: str
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a change. ``here`` is what stands in the program now, when that is neither before nor after."""

    name: str
    pieces: tuple[Piece, ...]
    here: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One proposal with its words."""

    change: ProposedChange
    kind: str
    css: str
    title: str
    day: str
    fields: tuple[Field, ...]
    questions: tuple[str, ...]
    now: Now
    sequence: int | None

    @property
    def is_open(self) -> bool:
        """Whether it can be accepted as it is."""
        return self.now is Now.OPEN

    @property
    def is_sure(self) -> bool:
        """Whether nobody need look at it before it is accepted."""
        return self.is_open and not self.questions


@dataclass(frozen=True, slots=True)
class OfUnit:
    """The changes of one unit. ``host_pk`` None: the paper names no unit of the roster."""

    host_pk: int | None
    name: str
    shown: tuple[Shown, ...]
    takeable: int


def shown(change: ProposedChange, current: Mapping[int, Mapping[str, str]]) -> Shown:
    """Lay out one proposal beside what stands now (``queries.cells_now``)."""
    kind = Kind(change.kind)
    here = current.get(change.activity_id or 0)
    is_waiting = change.state == ProposedChange.State.WAITING
    stands = now(kind, change.before, change.after, here) if is_waiting else Now.OPEN
    questions = [_(CODE_WORDS[code]) for code in change.codes if code in CODE_WORDS]
    if needs_look((), change.confidence):
        questions.append(_("Chưa chắc dòng này là hoạt động đó."))
    return Shown(
        change=change, kind=_(KIND_WORDS[kind]), css=_BADGES[kind],
        title=change.line.get("content", ""), day=change.line.get("day", ""),
        fields=tuple(_fields(kind, change, here if stands is Now.CONFLICT else None)), questions=tuple(questions),
        now=stands, sequence=change.activity.sequence if change.activity else None,
    )  # fmt: skip


def _fields(kind: Kind, change: ProposedChange, here: Mapping[str, str] | None) -> Iterable[Field]:
    for name in FIELDS:
        before, after = change.before.get(name, ""), change.after.get(name, "")
        if kind is Kind.CHANGED and name not in change.after:
            continue
        stands_above = name == "unit" and change.host is not None and kind is not Kind.CHANGED
        if stands_above or not (before or after):
            continue
        other = here[name] if here and here[name] not in {before, after} else None
        yield Field(_(FIELD_WORDS[name]), tuple(marked(before, after)), other)


def marked(before: str, after: str) -> list[Piece]:
    """Return the words of two texts in one line: kept, taken out, put in.

    >>> marked("Lớp đọc sách", "Lớp kể chuyện")
    [Piece(tag='', text='Lớp '), Piece(tag='del', text='đọc sách'), Piece(tag='ins', text='kể chuyện')]
    """
    if not before or not after:
        return [Piece("ins" if after else "del", after or before)]
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) + len(new) > _MOST_TOKENS:
        return [Piece("del", before), Piece("ins", after)]
    pieces: list[Piece] = []
    for tag, a, b, c, d in _joined(SequenceMatcher(None, old, new, autojunk=False).get_opcodes(), old):
        if tag == "equal":
            pieces.append(Piece("", "".join(old[a:b])))
            continue
        if a < b:
            pieces.append(Piece("del", "".join(old[a:b])))
        if c < d:
            pieces.append(Piece("ins", "".join(new[c:d])))
    return pieces


def _joined(
    steps: Sequence[tuple[str, int, int, int, int]], old: Sequence[str]
) -> list[tuple[str, int, int, int, int]]:
    """Join changes with no more than a space between them: words are read in phrases."""
    out: list[tuple[str, int, int, int, int]] = []
    for position, (kind, a, b, c, d) in enumerate(steps):
        is_space_between = 0 < position < len(steps) - 1 and not "".join(old[a:b]).strip()
        tag = "replace" if kind != "equal" or is_space_between else kind
        if out and out[-1][0] == tag == "replace":
            _tag, first, _b, other, _d = out.pop()
            out.append((tag, first, b, other, d))
        else:
            out.append((tag, a, b, c, d))
    return out


def by_unit(changes: Iterable[Shown]) -> list[OfUnit]:
    """Set the changes, in their order, under their units."""
    found = []
    for host_pk, group in groupby(changes, key=lambda one: one.change.host_id):
        of_unit = tuple(group)
        host = of_unit[0].change.host
        takeable = sum(one.is_sure and one.change.state == ProposedChange.State.WAITING for one in of_unit)
        found.append(OfUnit(host_pk, host.name if host else _("Chưa rõ đơn vị"), of_unit, takeable))
    return found


@dataclass(frozen=True, slots=True)
class LooseWords:
    """Words of the paper in no row, said once."""

    text: str
    where: str
    count: int


def loose_words(loose: Sequence[Sequence[str]]) -> list[LooseWords]:
    """Return the words in no row; the same words, as the head of every table, once."""
    found: dict[str, list[str]] = {}
    for where, text in loose:
        found.setdefault(text, []).append(where)
    return [LooseWords(text, wheres[0], len(wheres)) for text, wheres in found.items()]
