"""Refusals in the reader's language."""

from tuanhoc.lib.refusal import Refusal
from tuanhoc.web import speech


def in_words(refusal: Refusal) -> str:
    """Return what a refusal says, translated and filled in."""
    return speech.said(refusal)
