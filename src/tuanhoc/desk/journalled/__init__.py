"""The journal in words: what was done, and what stood before and after."""

from .told import COLUMNS, Told, table_of, told
from .words import GROUPS, WORDS

__all__ = ["COLUMNS", "GROUPS", "WORDS", "Told", "table_of", "told"]
