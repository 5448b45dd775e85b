"""Words and figures in templates. Built in: no ``{% load %}`` needed."""

import datetime as dt

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tuanhoc.lib import dates, numbers

register = template.Library()


@register.filter
def weekday(day: dt.date) -> str:
    """``thứ Hai``."""
    return dates.weekday(day)


@register.filter
def grouped(number: int | None) -> str:
    """``1.234``; nothing for None: empty is not zero."""
    return "" if number is None else numbers.grouped(number)


@register.filter
def last_minute(closes_at: dt.datetime) -> str:
    """``đến hết 23:59 ngày 30/9/2022``."""
    return dates.last_minute(closes_at)


@register.simple_tag
def remaining(closes_at: dt.datetime, at: dt.datetime) -> str:
    """``còn 3 ngày``."""
    return dates.remaining(closes_at, at=at)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw one icon of the sprite; decorative, so hidden from screen readers."""
    from django.templatetags.static import static

    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("web/icons.svg"),
        name,
    )
