"""The journal in words: what was done, and what stood before and after."""

from .reach import outside_for, units_outside, withheld_from
from .searching import sought
from .told import COLUMNS, HELD, SILENT, Told, choice_of, person, table_of, told, unit_of
from .words import FIELDS, GROUPS, VALUES, WORDS

__all__ = [
    "COLUMNS",
    "FIELDS",
    "GROUPS",
    "HELD",
    "SILENT",
    "VALUES",
    "WORDS",
    "Told",
    "choice_of",
    "outside_for",
    "person",
    "sought",
    "table_of",
    "told",
    "unit_of",
    "units_outside",
    "withheld_from",
]  # fmt: skip
