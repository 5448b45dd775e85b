"""Reason templates as the page names them."""

from django import template
from django.utils.translation import gettext as _

from tuanhoc.activities.models import ReasonTemplate
from tuanhoc.activities.queries import label_in_words

register = template.Library()


@register.filter
def reason_label(reason: ReasonTemplate) -> str:
    """Return the label of a reason: ours in the page's language, an officer's own as written."""
    return label_in_words(reason)


@register.filter
def for_each_unit(reason: str, year: int) -> str:
    """Return a reason that went to many units as a reader of the whole stroke understands it: no bare placeholder."""
    for mark, words in (("{han}", _("[hạn của từng đơn vị]")), ("{don_vi}", _("[tên đơn vị]")), ("{nam}", str(year))):
        reason = reason.replace(mark, words)
    return reason
