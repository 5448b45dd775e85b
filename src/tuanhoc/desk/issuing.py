"""The form of the issuer block: input to values, saves nothing."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from tuanhoc.campaigns.models import Campaign
from tuanhoc.lib.text import clean
from tuanhoc.schedule.rules import Issuer

_NUMBER = re.compile(r"^\d*/\S+$")


class NumberForm(forms.Form):
    """What a letter gets when it is signed: its number, and its full name with the date."""

    issue_number = forms.CharField(
        label=_("Số, ký hiệu công văn"),
        max_length=60,
        required=False,
        help_text=_("Ví dụ: 2108/SGDĐT-GDTX. Chưa có số thì ghi /SGDĐT-GDTX, chỗ của số để trống."),
    )
    parent_document = forms.CharField(
        label=_("Công văn mà lịch kèm theo"),
        max_length=200,
        required=False,
        help_text=_("Ví dụ: Công văn số 2108/SGDĐT-GDTX ngày 30/9/2022 của Sở Giáo dục và Đào tạo."),
    )

    def clean_issue_number(self) -> str:
        number = clean(self.cleaned_data["issue_number"]).replace(" ", "")
        if number and not _NUMBER.match(number):
            raise forms.ValidationError(_("Xin viết số và ký hiệu như 2108/SGDĐT-GDTX."))
        return number

    def clean_parent_document(self) -> str:
        return clean(self.cleaned_data["parent_document"])


class IssuerForm(NumberForm):
    """The same of the letter that is not issued yet: the campaign's settings.

    Who issues and signs it is said by its template.
    """

    def changes(self, campaign: Campaign) -> dict[str, object]:
        """Return only what differs from the campaign's settings. Call after ``is_valid()``."""
        given = {name: clean(value) for name, value in self.cleaned_data.items()}
        return {name: value for name, value in given.items() if value != getattr(campaign, name)}


def issuer_form(issuer: Issuer) -> IssuerForm:
    """Return the form with only such a number as ``issuer``, the next letter's, may still carry."""
    return IssuerForm(initial={"issue_number": issuer.number, "parent_document": issuer.parent_document})
