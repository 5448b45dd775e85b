"""Which column of an edited table is which field: by its head, by what stands in it, by where it stands."""

from collections.abc import Mapping, Sequence

from tuanhoc.lib.text import name_key

from .assignment import best_pairs
from .values import Known, plain

#: the number of a line, which Word users renumber: printed, not said
NUMBER = "number"
_HEADS: Mapping[str, str] = {
    "tt": NUMBER, "stt": NUMBER, "so tt": NUMBER, "so thu tu": NUMBER,
    "thoi gian": "when", "gio": "when", "buoi": "when", "thoi gian to chuc": "when",
    "dia diem": "place", "dia diem to chuc": "place", "noi to chuc": "place",
    "noi dung": "content", "noi dung hoat dong": "content", "hoat dong": "content", "ten hoat dong": "content",
    "don vi": "unit", "don vi to chuc": "unit", "don vi thuc hien": "unit", "don vi chu tri": "unit",
    "ghi chu": "note", "ngay": "day", "ngay thang": "day",
}  # fmt: skip
#: heads of the annex that lists what changed: not the schedule
_OTHERS = {"da ban hanh", "nay la"}
#: as it is printed
ORDER = (NUMBER, "when", "place", "content", "unit", "note")
_DATA = ("when", "place", "content", "unit", "note")
#: a head counts for more than what stands below it; where a column stood before, for less than both
_BY_HEAD, _AS_BEFORE, _AS_PRINTED = 1000.0, 0.5, 0.25


def is_head(cells: Sequence[str]) -> bool:
    """Whether a row is the head of the schedule: at least three columns by their names."""
    keys = {name_key(cell) for cell in cells}
    return len({_HEADS[key] for key in keys if key in _HEADS}) >= 3 and not keys & _OTHERS


def is_of_changes(cells: Sequence[str]) -> bool:
    """Whether a row is the head of the annex that lists changes."""
    return bool({name_key(cell) for cell in cells} & _OTHERS)


def is_printed_head(text: str) -> bool:
    """Whether a cell of a head says no more than the form's own word."""
    return not text or name_key(text) in _HEADS


class Words:
    """The words of the printed lines by field, to tell a column by what stands in it."""

    def __init__(self, lines: Sequence[Known]) -> None:
        self.of = {name: {line.cells[name] for line in lines if line.cells[name]} for name in _DATA}

    def field_counts(self, texts: Sequence[str]) -> dict[str, int]:
        """Count the cells of one column that stand in each field of the printed lines."""
        said = [plain(text) for text in texts if text]
        return {name: sum(text in known for text in said) for name, known in self.of.items()}


def told_apart(
    heads: Mapping[int, str], columns: Mapping[int, Sequence[str]], words: Words, before: Mapping[int, str]
) -> dict[int, str]:
    """Return column -> field; a column that is none of ours is left out.

    :param heads: the texts of the head row by column. :param columns: all texts below, by column.
    :param before: the columns of the table before this one, when it is as wide.
    """
    names = (NUMBER, *_DATA, "day")
    scores: dict[tuple[int, int], float] = {}
    for column, texts in columns.items():
        counts = words.field_counts(texts)
        counts[NUMBER] = sum(text.strip(" .").isdecimal() for text in texts if text)
        for position, name in enumerate(names):
            score = float(counts.get(name, 0))
            score += _BY_HEAD * (_HEADS.get(name_key(heads.get(column, ""))) == name)
            score += _AS_BEFORE * (before.get(column) == name)
            score += _AS_PRINTED * (len(columns) == len(ORDER) and column < len(ORDER) and ORDER[column] == name)
            if score:
                scores[column, position] = score
    return {column: names[position] for column, position in best_pairs(scores).items()}
