"""The merged schedule come back from Word: what of it was changed, line by line, nothing dropped.

Pure: a read document and the lines it was printed from go in, proposed changes and unplaced words come out.
"""

from .comparing import compare
from .paper import rows_of
from .values import FIELDS, Comparison, Kind, Known, Loose, Paper, PaperRow, Proposal, known, plain

__all__ = [
    "FIELDS",
    "Comparison",
    "Kind",
    "Known",
    "Loose",
    "Paper",
    "PaperRow",
    "Proposal",
    "compare",
    "known",
    "plain",
    "rows_of",
]
