"""Filled forms read: every activity a row, every other written word shown, nothing guessed silently."""

from .answers import as_json, unreadable
from .own import read_form
from .scanned import marked
from .values import FormReading, Row, Unplaced, Window

__all__ = ["FormReading", "Row", "Unplaced", "Window", "as_json", "marked", "read_form", "unreadable"]
