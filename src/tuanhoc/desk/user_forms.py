"""Letting somebody in: who, as what, where."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.lib.actor import Role
from tuanhoc.lib.text import clean


class SeatForm(forms.Form):
    """A role: of a coordinator on the Week, of anybody else at a unit of its roster."""

    role = forms.ChoiceField(label=_("Vai trò"))
    unit = forms.CharField(
        label=_("Đơn vị"), max_length=200, required=False,
        widget=forms.TextInput(attrs={"list": "unit-names", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: object, campaign: Campaign, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments, passed on
        self.campaign = campaign
        self.fields["role"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (Role.OFFICER.value, _("Chuyên viên của đơn vị")),
            (Role.HEAD.value, _("Thủ trưởng đơn vị")),
            (Role.VIEWER.value, _("Chỉ xem, tại đơn vị")),
            (Role.COORDINATOR.value, _("Điều phối cả đợt")),
        ]
        self.fields["unit"].help_text = _("Gõ tên đơn vị như trong danh sách. Điều phối cả đợt thì để trống.")

    def clean(self) -> dict[str, object]:
        """Find the unit by its name; a coordinator sits on the Week and needs none."""
        given = super().clean() or {}
        given["host"] = None
        if given.get("role") == Role.COORDINATOR.value:
            return given
        words = clean(str(given.get("unit") or ""))
        found = list(RosterUnit.objects.filter(campaign=self.campaign, name__iexact=words).select_related("unit")[:2])
        if len(found) != 1:
            self.add_error("unit", _("Không có đúng một đơn vị tên như vậy trong đợt: vui lòng chọn trong gợi ý."))
        else:
            given["host"] = found[0]
        return given


class InviteForm(SeatForm):
    """A new person with a first role."""

    email = forms.EmailField(label=_("Địa chỉ thư, dùng để đăng nhập"), max_length=254)
    name = forms.CharField(label=_("Họ và tên"), max_length=120)
    field_order = ("name", "email", "role", "unit")
