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
    """Who issues the schedule and signs it: the campaign's settings."""

    issuer_superior = forms.CharField(label=_("Cơ quan cấp trên"), max_length=120, required=False)
    issuer_name = forms.CharField(label=_("Cơ quan ban hành"), max_length=120, required=False)
    issue_place = forms.CharField(
        label=_("Địa danh"), max_length=60, required=False, help_text=_("Đứng trước ngày tháng, ví dụ: Ninh Thuận.")
    )
    signature_lines = forms.CharField(
        label=_("Quyền hạn, chức vụ của người ký"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Mỗi dòng một ý, ví dụ: KT. GIÁM ĐỐC, xuống dòng PHÓ GIÁM ĐỐC."),
    )
    signer_name = forms.CharField(
        label=_("Họ tên người ký"), max_length=120, required=False, help_text=_("Không ghi học hàm, học vị.")
    )
    field_order = (
        "issuer_superior", "issuer_name", "issue_place", "issue_number", "parent_document", "signature_lines",
        "signer_name",
    )  # fmt: skip

    def changes(self, campaign: Campaign) -> dict[str, object]:
        """Return only what differs from the campaign's settings. Call after ``is_valid()``."""
        data = self.cleaned_data
        lines = [clean(line) for line in data["signature_lines"].splitlines()]
        given = {name: clean(value) for name, value in data.items()}
        given["signature_lines"] = "\n".join(filter(None, lines))
        return {name: value for name, value in given.items() if value != getattr(campaign, name)}


def issuer_form(campaign: Campaign, issuer: Issuer) -> IssuerForm:
    """Return the form with the campaign's settings, and only such a number as ``issuer``, the next letter's,
    may still carry; what is printed where a name is left out stands in its field as a hint.
    """
    given = {name: getattr(campaign, name) for name in IssuerForm.base_fields}
    given |= {"issue_number": issuer.number, "parent_document": issuer.parent_document}
    form = IssuerForm(initial=given)
    form.fields["issuer_superior"].widget.attrs["placeholder"] = issuer.superior
    form.fields["issuer_name"].widget.attrs["placeholder"] = issuer.name
    return form
