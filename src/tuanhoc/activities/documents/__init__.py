"""A unit's own papers as values: the annex it signs, and the receipt it is given."""

from .annex import blank_annex, registration_annex
from .receipt import receipt

__all__ = ["blank_annex", "receipt", "registration_annex"]
