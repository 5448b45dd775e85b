"""Who did something, in templates."""

from django import template

from tuanhoc.desk import journalled

register = template.Library()


@register.filter
def person(name: str) -> str:
    """A person's name as it is; the program's own doing in the reader's language: ``Hệ thống``, ``The system``."""
    return journalled.person(name)
