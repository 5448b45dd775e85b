"""The pages of a scanned form, for its page."""

from django import template

from tuanhoc.desk import scans
from tuanhoc.intake.models import FormFile

register = template.Library()


@register.simple_tag
def pages_of(form: FormFile) -> list[scans.ShownPage]:
    """Return the pages of a scanned form; none for any other."""
    return scans.pages_of(form)


@register.simple_tag
def may_be_suggested_now(form: FormFile) -> bool:
    """Return whether another reading may suggest rows from the pictures."""
    return scans.may_be_suggested_now(form)
