"""What officers type about reminders and calls: input to values, saves nothing."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuanhoc.lib.dates import read_day, short
from tuanhoc.lib.text import clean, without_controls
from tuanhoc.notices.models import Call
from tuanhoc.notices.queries.reminding import Settings
from tuanhoc.web.days import DayField

#: More days than any year has holidays; a wall against runaway posts.
MOST_DAYS = 100


class DaysField(forms.CharField):
    """Days, one a line or between commas."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, *, year: int, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=3000, **kwargs)
        self.year = year

    def clean(self, value: Any) -> tuple[dt.date, ...]:
        parts = [clean(p) for line in str(super().clean(value)).splitlines() for p in line.replace(";", ",").split(",")]
        found = set()
        for part in filter(None, parts):
            try:
                found.add(read_day(part, year=self.year))
            except ValueError as error:
                raise forms.ValidationError(
                    _("Ngày “%(day)s” chưa đọc được, ví dụ 03/10/2022.") % {"day": part[:40]}
                ) from error
        if len(found) > MOST_DAYS:
            raise forms.ValidationError(_("Nhiều hơn %(n)s ngày: xin xem lại.") % {"n": MOST_DAYS})
        return tuple(sorted(found))


class SettingsForm(forms.Form):
    own_words = forms.CharField(
        label=gettext_lazy("Câu của đơn vị điều phối trong thư nhắc"),
        help_text=gettext_lazy("Đứng sau lời chào, trong mọi thư. Để trống nếu không cần."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["free_days"] = DaysField(
            label=_("Ngày nghỉ thêm"), year=year,
            help_text=_("Ngoài thứ Bảy, Chủ nhật và ngày lễ đã có bên cạnh; mỗi dòng một ngày."),
        )  # fmt: skip
        self.fields["worked_days"] = DaysField(
            label=_("Ngày làm bù"), year=year, help_text=_("Thứ Bảy hoặc ngày lễ mà cơ quan làm việc.")
        )

    def clean_own_words(self) -> str:
        return without_controls(self.cleaned_data["own_words"]).strip()

    def settings(self) -> Settings:
        """Return the checked input. Call only after ``is_valid()``."""
        given = self.cleaned_data
        return Settings(given["own_words"], given["free_days"], given["worked_days"])


def as_typed(kept: Settings) -> dict[str, str]:
    """Return what is kept as the form shows it."""
    return {
        "own_words": kept.own_words,
        "free_days": "\n".join(map(short, kept.free_days)),
        "worked_days": "\n".join(map(short, kept.worked_days)),
    }


class LeaveOutForm(forms.Form):
    reason = forms.CharField(max_length=200)

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"] = DayField(year=year)

    def clean_reason(self) -> str:
        return clean(self.cleaned_data["reason"])


class CallForm(forms.Form):
    """What came of a call. ``nguoi`` is the person's key on the list, ``seen`` how much was written of it before."""

    nguoi = forms.CharField(max_length=60)
    seen = forms.IntegerField(min_value=0, max_value=30_000)
    outcome = forms.ChoiceField(choices=Call.Outcome.choices)
    note = forms.CharField(max_length=300, required=False)

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["again_on"] = DayField(year=year, required=False)

    def clean_note(self) -> str:
        return clean(self.cleaned_data["note"])
