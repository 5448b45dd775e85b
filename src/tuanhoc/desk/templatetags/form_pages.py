"""The pages of a scanned form, for its page."""

from django import template

from tuanhoc.desk import scans
from tuanhoc.intake.models import FormFile

register = template.Library()


@register.simple_tag
def pages_of(form: FormFile) -> list[scans.ShownPage]:
    """Return the pages of a scanned form; none for any other."""
    return scans.pages_of(form)
