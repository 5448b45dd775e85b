"""What a reform would do, for a page: how many changes of each kind, and each kind's rows, searched and by pages."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from tuanhoc.lib.numbers import whole
from tuanhoc.lib.text import fold
from tuanhoc.units.rules.reforms import Doing

#: rows of one kind on a page
PAGE = 50
#: so few changes are all read at once, whatever their kinds
FEW = 20
#: what an officer asks first comes first; units moved along with those above them are many and come last
_ORDER = (
    Doing.NEW, Doing.RENAME, Doing.MERGE, Doing.SPLIT, Doing.CLOSE, Doing.REOPEN, Doing.SAME, Doing.MOVE,
)  # fmt: skip


class Change(Protocol):
    """One change of one unit, in words."""

    @property
    def what(self) -> Doing:
        """Its kind."""

    @property
    def before(self) -> str:
        """The unit as it is."""

    @property
    def after(self) -> str:
        """The unit as it would be."""


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of one kind: how many there are, and those of them that were looked for, a page of them."""

    what: Doing
    words: str
    total: int
    page: "Page[Change]"
    is_open: bool

    @property
    def found(self) -> int:
        """How many of them were looked for."""
        return self.page.paginator.count


def groups(changes: Sequence[Change], *, find: str = "", turn: str = "") -> list[Group]:
    """Return the kinds there are changes of.

    :param find: words, with or without marks, that each stand in a change. :param turn: ``merge-2``: its second page.
    """
    wanted, (turned, _dash, number) = fold(find).split(), turn.partition("-")
    by_kind: dict[Doing, list[Change]] = defaultdict(list)
    for change in changes:
        by_kind[change.what].append(change)
    out = []
    for what in (what for what in _ORDER if what in by_kind):
        found = [one for one in by_kind[what] if _holds(one, wanted)]
        page = Paginator(found, PAGE).get_page(whole(number) if what.value == turned else 1)
        is_open = len(changes) <= FEW or what.value == turned or bool(wanted and found)
        out.append(Group(what, doing_words(what), len(by_kind[what]), page, is_open))
    return out


def _holds(change: Change, wanted: Iterable[str]) -> bool:
    said = fold(f"{change.before} {change.after}")
    return all(word in said for word in wanted)


def doing_words(what: Doing) -> str:
    """Return a kind of change in the reader's language."""
    return {
        Doing.NEW: _("Lập mới"), Doing.REOPEN: _("Mở lại"), Doing.RENAME: _("Đổi tên"),
        Doing.MOVE: _("Chuyển"), Doing.SPLIT: _("Chia, tách"), Doing.MERGE: _("Nhập"),
        Doing.CLOSE: _("Thôi hoạt động"), Doing.SAME: _("Gộp một đơn vị ghi hai lần"),
    }[what]  # fmt: skip
