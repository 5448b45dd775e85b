"""The first line of a letter."""

from django import template
from django.utils.translation import gettext as _

from tuanhoc.notices.rules.greeting import wants_title

register = template.Library()


@register.filter
def greeting(name: str) -> str:
    """Return how whoever is called so is addressed; without a name, the unit is."""
    if not name:
        return _("Kính gửi Quý đơn vị,")
    return (_("Kính gửi Ông/Bà %(name)s,") if wants_title(name) else _("Kính gửi %(name)s,")) % {"name": name}
