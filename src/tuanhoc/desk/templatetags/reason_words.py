"""Reason templates as the page names them."""

from django import template

from tuanhoc.activities.models import ReasonTemplate
from tuanhoc.activities.queries import label_in_words

register = template.Library()


@register.filter
def reason_label(reason: ReasonTemplate) -> str:
    """Return the label of a reason: ours in the page's language, an officer's own as written."""
    return label_in_words(reason)
