"""What people type about their link."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tuanhoc.campaigns.models import JoinRequest
from tuanhoc.lib.text import clean, without_controls

from .rules import Asked
from .rules.calling import number_of


class PhoneField(forms.CharField):
    """A telephone number, typed as people write one; words around it are kept. What has no number in it is refused."""

    default_error_messages = {
        "unread": _("Số điện thoại chưa đọc được. Vui lòng ghi đủ các chữ số, ví dụ 0912 345 678 hoặc 0259 3822 022.")
    }

    def __init__(self) -> None:
        super().__init__(
            label=_("Số điện thoại"), max_length=40, required=False,
            widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        )  # fmt: skip

    def clean(self, value: object) -> str:
        words = clean(str(super().clean(value)))
        if words and not number_of(words):
            raise forms.ValidationError(self.error_messages["unread"], code="unread")
        return words


#: our own words for an address that is none, said once, beside the field
_NO_ADDRESS = {"invalid": _("Địa chỉ thư chưa đúng, ví dụ vanthu@donvi.vn. Vui lòng sửa lại, hoặc để trống.")}


class AskForm(forms.Form):
    email = forms.EmailField(
        label=_("Địa chỉ thư đã báo cho đơn vị điều phối"),
        required=False,
        error_messages=_NO_ADDRESS,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    unit_words = forms.CharField(label=_("Tên đơn vị"), max_length=200, required=False)
    name = forms.CharField(
        label=_("Họ và tên"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = PhoneField()

    def clean(self) -> dict[str, str]:
        """Ask for one of the two: without either nobody can be found."""
        given: dict[str, str] = {name: clean(text) for name, text in (super().clean() or {}).items()}
        if "email" in self.errors:
            return given  # one was typed, and what is wrong with it is said there
        if not given.get("email") and not given.get("unit_words"):
            raise forms.ValidationError(_("Vui lòng điền địa chỉ thư hoặc tên đơn vị."))
        # A number that cannot be read is spoken of at its own field.
        if not given.get("email") and not given.get("phone") and "phone" not in self.errors:
            raise forms.ValidationError(_("Vui lòng điền số điện thoại hoặc địa chỉ thư để được trả lời."))
        return given

    def asked(self) -> Asked:
        """Return the checked input. Call only after ``is_valid()``."""
        return Asked(**self.cleaned_data)


class SayForm(forms.Form):
    words = forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    name = forms.CharField(label=_("Họ và tên người báo"), max_length=120, required=False)
    phone = PhoneField()

    def __init__(self, *args: object, question: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["words"].label = question


class JoinForm(forms.Form):
    kind = forms.ChoiceField(label=_("Quý vị là"), choices=JoinRequest.Kind.choices)
    unit_name = forms.CharField(
        label=_("Tên doanh nghiệp, trường hoặc câu lạc bộ"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    address = forms.CharField(label=_("Địa chỉ, xã hoặc phường"), max_length=300, required=False)
    wish = forms.CharField(
        label=_("Muốn làm gì trong Tuần lễ"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    person = forms.CharField(
        label=_("Họ tên người liên hệ"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = PhoneField()
    email = forms.EmailField(
        label=_("Thư điện tử (để nhận trả lời)"), required=False, error_messages=_NO_ADDRESS,
        help_text=_("Cần ít nhất một trong hai: số điện thoại hoặc thư điện tử."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip

    def clean(self) -> dict[str, str]:
        """Ask for a way to answer."""
        given: dict[str, str] = {
            name: without_controls(text).strip() if name == "wish" else clean(text)
            for name, text in (super().clean() or {}).items()
        }
        # What cannot be read is spoken of at its own field.
        unread = {"email", "phone"} & self.errors.keys()
        if not unread and not given.get("email") and not given.get("phone"):
            raise forms.ValidationError(_("Vui lòng điền số điện thoại hoặc địa chỉ thư để được trả lời."))
        return given
