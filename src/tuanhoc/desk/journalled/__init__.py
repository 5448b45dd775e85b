"""The journal in words: what was done, and what stood before and after."""

from .searching import sought
from .told import COLUMNS, HELD, SILENT, Told, choice_of, table_of, told
from .words import FIELDS, GROUPS, VALUES, WORDS

__all__ = [
    "COLUMNS", "FIELDS", "GROUPS", "HELD", "SILENT", "VALUES", "WORDS", "Told", "choice_of", "sought", "table_of",
    "told",
]  # fmt: skip
