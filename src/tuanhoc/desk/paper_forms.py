"""What officers type for a paper: input to plain words, saves nothing."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tuanhoc.lib.dates import short
from tuanhoc.lib.text import clean, without_controls
from tuanhoc.office.rules import doubt_of_signing, number_of
from tuanhoc.web.days import DayField

from .forms import read_time


class _Words(forms.CharField):
    """Words in one line, cleaned."""

    def clean(self, value: Any) -> str:
        return clean(str(super().clean(value)))


class _Lines(forms.CharField):
    """Several lines, a thing each."""

    widget = forms.Textarea(attrs={"rows": 4})

    def clean(self, value: Any) -> str:
        lines = (clean(line) for line in without_controls(str(super().clean(value))).splitlines())
        return "\n".join(filter(None, lines))


def of_year(form: forms.Form, year: int) -> None:
    """Let days of a form be typed without their year."""
    for field in form.fields.values():
        if isinstance(field, DayField):
            field.year = year


class PaperForm(forms.Form):
    """Fields of a paper; :meth:`typed` is what its draft keeps.

    :param year: of a day typed without its year: the Week's.
    """

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_year(self, year)

    def typed(self) -> dict[str, str]:
        """Return what was typed, days and times as ISO. Call after ``is_valid()``."""
        return {
            name: value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)
            for name, value in self.cleaned_data.items()
            if value
        }


def as_typed(typed: Mapping[str, str]) -> dict[str, str]:
    """Return what a draft keeps as its form shows it: days and times the Vietnamese way."""
    shown = dict(typed)
    if day := typed.get("reply_by"):
        shown["reply_by"] = short(dt.date.fromisoformat(day))
    if hour := typed.get("starts_at"):
        shown["starts_at"] = f"{dt.time.fromisoformat(hour):%H:%M}"
    return shown


class PlanForm(PaperForm):
    purpose = _Lines(
        label=_("Mục đích, yêu cầu"),
        max_length=6000,
        required=False,
        help_text=_("Mỗi đoạn một dòng. Để trống thì kế hoạch không có mục này."),
    )


class InvitationForm(PaperForm):
    starts_at = forms.CharField(label=_("Giờ khai mạc"), required=False, max_length=20, help_text=_("Ví dụ: 07:30."))
    place = _Words(label=_("Địa điểm"), required=False, max_length=300)
    chaired_by = _Words(label=_("Chủ trì"), required=False, max_length=300)
    content = _Words(label=_("Nội dung"), required=False, max_length=500)
    guests = _Lines(
        label=_("Thành phần"),
        required=False,
        max_length=6000,
        help_text=_("Mỗi dòng một thành phần. Để trống thì mời đại diện các cơ quan, đơn vị tham gia Tuần lễ."),
    )
    notes = _Lines(label=_("Lưu ý cho đại biểu"), required=False, max_length=2000, help_text=_("Mỗi dòng một ý."))

    def clean_starts_at(self) -> dt.time | None:
        text = clean(self.cleaned_data["starts_at"])
        if not text:
            return None
        try:
            return read_time(text)
        except ValueError as error:
            raise forms.ValidationError(_("Giờ chưa đọc được, ví dụ 07:30.")) from error


class ReminderForm(PaperForm):
    reply_by = DayField(
        label=_("Gửi lịch chậm nhất ngày"),
        required=False,
        help_text=_("Ngày cuối cùng mong nhận được, ví dụ 05/10/2022. Để trống thì in chỗ để ghi tay."),
    )


class NumberForm(forms.Form):
    """What a paper gets when it is signed.

    :param today: and ``due_on``, the last day the paper asks for: a day of signing that fits neither is asked about.
    """

    number = forms.CharField(
        label=_("Số, ký hiệu"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    issued_on = DayField(label=_("Ngày ký"))

    def __init__(
        self, *args: Any, symbol: str, year: int, today: dt.date, due_on: dt.date | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        of_year(self, year)
        self.symbol, self.today, self.due_on = symbol, today, due_on
        #: a day of signing that is odd: pressed once more, it is taken as it is
        self.sure = ""
        example = f"2108/{symbol or 'SGDĐT-GDTX'}"
        self.fields["number"].help_text = _("Ví dụ: %(example)s.") % {"example": example}

    def clean_issued_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["issued_on"]
        doubt = doubt_of_signing(day, today=self.today, due_on=self.due_on)
        if doubt and day != self.initial.get("issued_on"):
            self.sure = day.isoformat()
        if self.sure and self.data.get("sure") != self.sure:
            raise forms.ValidationError(
                _("%(doubt)s Vui lòng xem lại; nếu đúng là %(day)s, bấm lần nữa để ghi."),
                params={"doubt": gettext(doubt), "day": short(day)},
            )
        return day

    def clean_number(self) -> str:
        number = number_of(self.cleaned_data["number"], symbol=self.symbol)
        if number is None:
            raise forms.ValidationError(_("Xin viết số và ký hiệu như 2108/SGDĐT-GDTX."))
        return number


FORMS: dict[str, type[PaperForm]] = {"plan": PlanForm, "invitation": InvitationForm, "reminder": ReminderForm}
