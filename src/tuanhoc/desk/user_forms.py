"""Letting somebody in: who, as what, where."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from tuanhoc.campaigns.models import Campaign
from tuanhoc.desk.choosing import LONGEST, HostChooser, Question
from tuanhoc.desk.wording import in_words
from tuanhoc.lib.actor import Role
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.text import clean


class NoUnitNamed(Refusal):
    message = N_("Vui lòng gõ tên đơn vị: chỉ điều phối cả đợt mới để trống.")


class SeatForm(forms.Form):
    """A role: of a coordinator on the Week, of anybody else at a unit of its roster."""

    role = forms.ChoiceField(label=_("Vai trò"))
    unit = forms.CharField(
        label=_("Đơn vị"), max_length=LONGEST, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )  # fmt: skip
    #: what the words typed for the unit could mean
    questions: Sequence[Question] = ()

    def __init__(self, *args: object, campaign: Campaign, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments, passed on
        self.campaign = campaign
        self.fields["role"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (Role.OFFICER.value, _("Chuyên viên của đơn vị")),
            (Role.HEAD.value, _("Thủ trưởng đơn vị")),
            (Role.VIEWER.value, _("Chỉ xem, tại đơn vị")),
            (Role.COORDINATOR.value, _("Điều phối cả đợt")),
        ]
        self.fields["unit"].help_text = _(
            "Gõ một phần tên hoặc mã, có dấu hay không dấu. Nếu chưa rõ là đơn vị nào, trang hỏi lại. "
            "Điều phối cả đợt thì để trống."
        )

    def clean(self) -> dict[str, object]:
        """Find the unit by what was typed of it; a coordinator sits on the Week and needs none."""
        given = super().clean() or {}
        given["host"] = None
        if given.get("role") == Role.COORDINATOR.value or "unit" in self.errors:
            return given
        chooser = HostChooser(self.campaign, self.campaign.roster.all(), self.data)
        words = clean(str(given.get("unit") or ""))
        try:
            given["host"] = chooser.host_of(words)
            if given["host"] is None:
                raise NoUnitNamed
        except Refusal as refusal:
            self.add_error("unit", in_words(refusal))
        # What is clear by now is not asked of again, whatever else has to be mended.
        self.data = {**dict(self.data.items()), "unit": chooser.written(words)}
        self.questions = chooser.questions
        return given


class InviteForm(SeatForm):
    """A new person with a first role."""

    email = forms.EmailField(label=_("Địa chỉ thư, dùng để đăng nhập"), max_length=254)
    name = forms.CharField(label=_("Họ và tên"), max_length=120)
    field_order = ("name", "email", "role", "unit")
