"""A unit's own papers as values: the annex it signs, and the receipt it is given."""

from .annex import blank_annex, registration_annex
from .bundle import annexes
from .folders import Folders, file_name
from .receipt import receipt

__all__ = ["Folders", "annexes", "blank_annex", "file_name", "receipt", "registration_annex"]
