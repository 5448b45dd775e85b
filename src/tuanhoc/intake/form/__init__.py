"""Filled forms read: every activity a row, every other written word shown, nothing guessed silently."""

from .answers import as_json, reason_words, unreadable
from .apart import form_apart
from .own import read_form
from .scanned import marked
from .values import FormReading, Row, Unplaced, Window

__all__ = [
    "FormReading", "Row", "Unplaced", "Window", "as_json", "form_apart", "marked", "read_form", "reason_words",
    "unreadable",
]  # fmt: skip
