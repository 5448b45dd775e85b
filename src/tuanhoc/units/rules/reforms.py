"""Pure decisions about reforms: the steps of one, in the order they can be done."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass

from tuanhoc.lib.refusal import N_
from tuanhoc.lib.text import fold


class Doing(enum.StrEnum):
    """What a step of a reform does to a unit."""

    NEW = "new"
    REOPEN = "reopen"
    RENAME = "rename"
    MOVE = "move"
    SPLIT = "split"
    MERGE = "merge"
    CLOSE = "close"
    #: two spellings of one body made one; never a step of a file
    SAME = "same"


#: How a reform file names what is done; the first is what the template offers.
DOING_WORDS: dict[Doing, tuple[str, ...]] = {
    Doing.NEW: (N_("Lập mới"), "Thành lập", "Thành lập mới", "new"),
    Doing.REOPEN: (N_("Mở lại"), "reopen"),
    Doing.RENAME: (N_("Đổi tên"), "rename"),
    Doing.MOVE: (N_("Chuyển cấp trên"), "Chuyển", "move"),
    Doing.SPLIT: (N_("Chia thành"), "Chia", "Tách", "Chia tách", "Tách một phần", "split"),
    Doing.MERGE: (N_("Nhập vào"), "Nhập", "Sáp nhập", "Hợp nhất", "merge"),
    Doing.CLOSE: (N_("Giải thể"), "Kết thúc hoạt động", "Đóng", "close"),
}
_BY_WORDS = {fold(words): doing for doing, known in DOING_WORDS.items() for words in known}
#: The one split after which the unit itself goes on.
PART_WORDS = N_("Tách một phần")
#: New units before those that report or go to them, closings last.
ORDER = tuple(Doing)


def doing_of(words: str) -> Doing | None:
    """Return what a file's words ask for; None when they are not known."""
    return _BY_WORDS.get(fold(words).strip(" ."))


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a reform, by keys of units.

    ``successors``: the first is the main one, which the closed unit's figures go to whole.
    ``stays``: a split gives a part away and the unit itself goes on.
    """

    what: Doing
    key: str
    line: int = 0
    name: str = ""
    kind: str = ""
    parent_key: str = ""
    successors: tuple[str, ...] = ()
    place_code: str = ""
    tree: str = "administrative"
    stays: bool = False
    is_fictional: bool = False


def in_order(steps: Iterable[Step]) -> list[Step]:
    """Return the steps as they can be done: new units first and their parents before them, closings last."""
    given = list(steps)
    new = {step.key: step for step in given if step.what is Doing.NEW}
    return sorted(given, key=lambda step: (ORDER.index(step.what), _depth(step, new)))


def _depth(step: Step, new: dict[str, Step]) -> int:
    seen, at = 0, step.parent_key
    while at in new and seen <= len(new):
        seen, at = seen + 1, new[at].parent_key
    return seen
