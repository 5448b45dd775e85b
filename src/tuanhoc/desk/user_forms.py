"""Letting somebody in: who, as what, where."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from tuanhoc.accounts.models import User
from tuanhoc.campaigns.models import Campaign
from tuanhoc.desk.choosing import LONGEST, HostChooser, Question
from tuanhoc.desk.wording import in_words
from tuanhoc.lib.actor import Role
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.text import clean, name_key


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


class SomebodyElses(Refusal):
    message = N_(
        "Địa chỉ %(email)s đã là tài khoản của %(name)s, không phải “%(typed)s”. Vui lòng xem lại địa chỉ; "
        "nếu đúng là người này, hãy đánh dấu xác nhận rồi bấm Mời."
    )


class InviteForm(SeatForm):
    """A new person with a first role.

    An address may be somebody's already: where that one is called otherwise, the officer is asked if they are meant.
    """

    #: the field that says so: the address that was asked about
    CONFIRMED = "dung-la"
    #: whose the address is, when that has to be confirmed
    owner: User | None = None

    email = forms.EmailField(label=_("Địa chỉ thư, dùng để đăng nhập"), max_length=254)
    name = forms.CharField(label=_("Họ và tên"), max_length=120)
    field_order = ("name", "email", "role", "unit")

    def clean(self) -> dict[str, object]:
        """Ask whether the one whose address it is was meant, when the name is another; a changed address asks anew."""
        given = super().clean()
        email, typed = str(given.get("email") or "").lower(), clean(str(given.get("name") or ""))
        known = User.objects.filter(email=email).first() if email and typed else None
        if known is None or not known.name or name_key(known.name) == name_key(typed):
            return given
        self.owner = known
        if self.data.get(self.CONFIRMED, "").lower() != email:
            self.add_error("email", in_words(SomebodyElses(email=email, name=known.name, typed=typed)))
        return given
