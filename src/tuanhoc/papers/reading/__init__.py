"""Files read back: bytes in, paragraphs and grids of cells out, each with its place in the file."""

from .limits import Unreadable
from .values import Cell, Document, Grid, Paragraph

__all__ = ["Cell", "Document", "Grid", "Paragraph", "Unreadable"]
