"""A day as people type it: one field for every form, read and written the Vietnamese way whatever the browser speaks.

Not ``<input type="date">``: a browser shows that in its own language, and "10/01/2022" is then read as 10 January.
"""

import datetime as dt
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuanhoc.lib.dates import read_day, short
from tuanhoc.lib.refusal import N_

UNREAD = N_("Ngày chưa đọc được, ví dụ 03/10/2022.")
#: Characters of "ngày 30 tháng 10 năm 2022", and as many of a slip that is shown again.
LONGEST = 40


def attributes() -> dict[str, str]:
    """Return what makes a text field a day's: digits on phones, the order of its parts, a calendar beside it."""
    return {
        "inputmode": "numeric",
        "autocomplete": "off",
        "maxlength": str(LONGEST),
        "placeholder": _("ngày/tháng/năm"),
        "data-day": _("Mở lịch để chọn ngày"),
    }


class DayInput(forms.TextInput):
    """The field of a day in a Django form."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add what a day's field has."""
        return dict(super().get_context(name, value, attributes() | (attrs or {})))

    def format_value(self, value: Any) -> str | None:
        """Return a day as it is typed; what was typed stays as it was."""
        return short(value) if isinstance(value, dt.date) else super().format_value(value)


class DayField(forms.Field):
    """A day, typed.

    :param year: of a day typed without its year; None: the year must be typed.
    """

    widget = DayInput
    default_error_messages = {"unread": gettext_lazy("Ngày chưa đọc được, ví dụ 03/10/2022.")}

    def __init__(self, *, year: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.year = year

    def clean(self, value: Any) -> dt.date | None:
        """Return the day; None when it is blank and may be."""
        text = " ".join(str(super().clean(value) or "").split())
        try:
            return read_day(text, year=self.year) if text else None
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["unread"], code="unread") from error


def day_input(name: str, value: dt.date | str | None = "", **given: Any) -> SafeString:
    """Return the field of a day for a template that writes its own form.

    Further words are attributes of the field, ``_`` for ``-``; those that are False or blank are left out.
    """
    shown = short(value) if isinstance(value, dt.date) else value or ""
    every: dict[str, Any] = attributes() | {key.replace("_", "-"): said for key, said in given.items()}
    parts = [
        format_html(" {}", key) if said is True else format_html(' {}="{}"', key, said)
        for key, said in every.items()
        if said not in (False, None, "")
    ]
    return format_html('<input name="{}" value="{}"{}>', name, shown, SafeString("".join(parts)))
