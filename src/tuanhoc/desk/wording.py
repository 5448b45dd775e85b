"""Refusals in the reader's language."""

from django.utils.translation import gettext as _

from tuanhoc.lib.refusal import Refusal


def in_words(refusal: Refusal) -> str:
    """Return what a refusal says, translated and filled in."""
    text = _(refusal.message)
    return text % refusal.params if refusal.params else text
