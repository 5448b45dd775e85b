"""Words and figures in templates. Built in: no ``{% load %}`` needed."""

import datetime as dt
import re

from django import template
from django.forms import BaseForm
from django.template.defaultfilters import date as django_date
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from tuanhoc.lib.refusal import Refusal
from tuanhoc.lib.sentences import Sentence
from tuanhoc.web import days, speech

register = template.Library()


#: How readers of English see what templates ask for: a month in letters cannot be taken for a day.
ENGLISH_DATES = {
    "d/m/Y": "j M Y", "j/n/Y": "j M Y", "d/m": "j M", "d/m/y": "j M y", "m/Y": "F Y",
    "H:i d/m/Y": "H:i, j M Y", "H:i j/n/Y": "H:i, j M Y", "H:i:s d/m/Y": "H:i:s, j M Y", "H:i d/m": "H:i, j M",
}  # fmt: skip


@register.filter(expects_localtime=True, is_safe=False)
def date(day: dt.date | str | None, form: str | None = None) -> str:
    """Django's own filter, in the reader's language: ``d/m/Y`` is ``01/10/2022``, or ``1 Oct 2022``."""
    return django_date(day, ENGLISH_DATES.get(form or "", form) if speech.is_english() else form)


@register.filter
def weekday(day: dt.date) -> str:
    """``thứ Hai``, ``Monday``."""
    return speech.weekday(day)


@register.filter
def grouped(number: int | None) -> str:
    """``1.234``; nothing for None: empty is not zero."""
    return "" if number is None else speech.grouped(number)


@register.filter
def last_minute(closes_at: dt.datetime) -> str:
    """``đến hết 23:59 ngày 30/9/2022``, ``until 23:59 on 30 September 2022``."""
    return speech.last_minute(closes_at)


@register.filter
def said(thing: Refusal | Sentence) -> str:
    """Say a sentence or a refusal in the reader's language."""
    return speech.said(thing)


@register.filter
def kept(text: str) -> str:
    """Say in the reader's language a sentence that is stored in Vietnamese."""
    return speech.kept(text)


@register.filter
def tel(phone: str) -> str:
    """``0259 000 000`` as a ``tel:`` link wants it; of several numbers the first, without what is said after it.

    >>> tel("ĐT: 0259 - 3822.022 (máy lẻ 12)"), tel("+84 (259) 000-000 - 0900 000 001")
    ('02593822022', '+84259000000')
    """
    first = re.search(r"[+(]*\d(?:\d|[^\w;,/])*", phone)
    number = ""
    # A dash stands between the code of the place and its number, and between two numbers.
    for part in re.split(r" [-–] ", first[0] if first else ""):
        number += re.sub(r"[^\d+]", "", part)
        if len(number) >= 9:
            break
    return number


@register.simple_tag
def remaining(closes_at: dt.datetime, at: dt.datetime) -> str:
    """``còn 3 ngày``, ``3 days left``."""
    return speech.remaining(closes_at, at=at)


register.simple_tag(days.day_input)


@register.filter
def asks_something(form: BaseForm | None) -> bool:
    """Whether some fields of a form must be filled in and others need not: then the mark is explained."""
    if form is None:  # a page that only asks for a yes, signing out for one
        return False
    needed = [field.field.required for field in form.visible_fields()]
    return any(needed) and not all(needed)


@register.simple_tag
def must() -> SafeString:
    """Mark a field that must be filled in; its own ``required`` says so to who listens instead of looking."""
    return mark_safe(' <span class="must" aria-hidden="true">*</span>')


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw one icon of the sprite; decorative, so hidden from screen readers."""
    from django.templatetags.static import static

    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("web/icons.svg"),
        name,
    )
