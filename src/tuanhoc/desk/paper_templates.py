"""The form of a paper's template: input to values, and what breaks Decree 30 beside the field it stands in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tuanhoc.campaigns.rules import PaperForm, PaperKind
from tuanhoc.lib.text import clean
from tuanhoc.papers.decree30 import Finding
from tuanhoc.papers.values import Layout

_LINES = ("signature", "recipients", "addressees")
_LAYOUT = tuple(f.name for f in fields(Layout))
#: beginnings of rules -> the field whose value they speak of; the first that fits
_FIELDS = (
    ("superior.", "superior"), ("issuer.", "issuer"), ("number.", "symbol"), ("place.size", "body_points"),
    ("place.", "place"), ("authority.size", "body_points"), ("authority.", "signature"), ("signer.size", "body_points"),
    ("signer.", "signer"), ("recipients", "recipients"), ("addressed.size", "body_points"),
    ("addressed.", "addressees"),
    ("page.top", "top_mm"), ("page.bottom", "bottom_mm"), ("page.left", "left_mm"), ("page.right", "right_mm"),
    ("country.", "head_points"), ("body.indent", "first_line_mm"), ("body.gap", "gap_points"),
    ("body.spacing", "line_spacing"), ("body.size", "body_points"), ("motto.size", "body_points"),
    ("kind.size", "body_points"), ("subject.size", "body_points"),
)  # fmt: skip


def _number(label: Promise, least: float, most: float, help_text: Promise) -> forms.FloatField:
    field = forms.FloatField(min_value=least, max_value=most, required=False, localize=True)
    # Set afterwards: the stubs of the field know no lazy words.
    vars(field).update(label=label, help_text=help_text)
    return field


class TemplateForm(forms.Form):
    """What a province sets of one kind of paper. Blank: as all papers, or as usual."""

    superior = forms.CharField(
        label=_("Cơ quan chủ quản"), max_length=200, required=False,
        help_text=_("Dòng trên, chữ không đậm; được viết tắt, ví dụ: UBND tỉnh Ninh Thuận. Ghi dấu - nếu không có."),
    )  # fmt: skip
    issuer = forms.CharField(
        label=_("Cơ quan ban hành"), max_length=200, required=False,
        help_text=_("Dòng dưới, chữ đậm; viết đầy đủ. Khi in tự đổi sang chữ in hoa."),
    )  # fmt: skip
    symbol = forms.CharField(
        label=_("Ký hiệu"), max_length=40, required=False,
        help_text=_("Phần sau số, ví dụ SGDĐT-GDTX trong “Số: 12/SGDĐT-GDTX”; giấy mời: GM-SGDĐT; kế hoạch: KH-UBND."),
    )  # fmt: skip
    place = forms.CharField(
        label=_("Địa danh"), max_length=60, required=False, help_text=_("Đứng trước ngày tháng, ví dụ: Ninh Thuận.")
    )
    signature = forms.CharField(
        label=_("Quyền hạn, chức vụ người ký"), required=False, max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi dòng một ý, ví dụ: TM. ỦY BAN NHÂN DÂN, xuống dòng KT. CHỦ TỊCH, xuống dòng PHÓ CHỦ TỊCH."),
    )  # fmt: skip
    signer = forms.CharField(
        label=_("Họ tên người ký"), max_length=120, required=False, help_text=_("Không ghi học hàm, học vị.")
    )
    recipients = forms.CharField(
        label=_("Nơi nhận"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Mỗi dòng một nơi, không cần gạch đầu dòng; dòng cuối là Lưu: VT, … “Như trên” tự có khi cần."),
    )  # fmt: skip
    addressees = forms.CharField(
        label=_("Kính gửi"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi dòng một nơi."),
    )  # fmt: skip
    opening = forms.CharField(
        label=_("Câu mở đầu"), required=False, max_length=1500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Đứng trước nội dung do phần mềm lập, ví dụ: Thực hiện Kế hoạch số … của UBND tỉnh, …"),
    )  # fmt: skip
    closing = forms.CharField(
        label=_("Câu kết"), required=False, max_length=1500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Thay câu cuối; dấu ./. tự thêm."),
    )  # fmt: skip
    top_mm = _number(_("Lề trên (mm)"), 10, 60, _("20–25"))
    bottom_mm = _number(_("Lề dưới (mm)"), 10, 60, _("20–25"))
    left_mm = _number(_("Lề trái (mm)"), 10, 60, _("30–35"))
    right_mm = _number(_("Lề phải (mm)"), 10, 60, _("15–20"))
    head_points = _number(_("Cỡ chữ Quốc hiệu, tên cơ quan"), 8, 20, _("12–13"))
    body_points = _number(_("Cỡ chữ nội dung"), 8, 20, _("13–14"))
    first_line_mm = _number(_("Lùi đầu dòng (mm)"), 0, 30, _("10 hoặc 12,7"))
    gap_points = _number(_("Cách giữa các đoạn (pt)"), 0, 30, _("từ 6"))
    line_spacing = _number(_("Cách dòng (lần dòng đơn)"), 0.8, 3, _("1–1,5"))

    def values(self) -> dict[str, object]:
        """Return what was given, as a template keeps it. Call after ``is_valid()``."""
        data = self.cleaned_data
        given: dict[str, object] = {}
        for name in self.fields:
            if name in _LAYOUT:
                continue
            value: object = _lines_of(name, data[name]) if name in _LINES else clean(data[name])
            if value:
                given[name] = value
        layout = {name: data[name] for name in _LAYOUT if data.get(name) is not None}
        return {**given, **({"layout": layout} if layout else {})}


def template_form(kind: PaperKind, inherited: PaperForm, data: object = None, initial: object = None) -> TemplateForm:
    """Return the form of a kind; what holds where a field is left blank stands in it as a hint."""
    form = TemplateForm(data, initial=initial)  # type: ignore[arg-type]
    for name in ("recipients", "addressees", "opening", "closing"):
        if name not in kind.takes:
            del form.fields[name]
    for name, field in form.fields.items():
        value = getattr(inherited.layout if name in _LAYOUT else inherited, name)
        hint = "\n".join(value) if isinstance(value, tuple) else value
        field.widget.attrs["placeholder"] = f"{hint:g}".replace(".", ",") if isinstance(hint, float) else hint
    return form


def as_typed(values: Mapping[str, object]) -> dict[str, object]:
    """Return a template's values as its form shows them."""
    typed: dict[str, object] = {
        n: "\n".join(v) if isinstance(v, list) else v for n, v in values.items() if n != "layout"
    }
    layout = values.get("layout")
    return {**typed, **(layout if isinstance(layout, Mapping) else {})}


def _lines_of(name: str, text: str) -> list[str]:
    lines = [clean(line) for line in text.splitlines()]
    if name != "signature":
        lines = [line if line == "-" else re.sub(r"^[-–+•]\s*", "", line).rstrip(" ;.") for line in lines]
    return [line for line in lines if line]


@dataclass(frozen=True, slots=True)
class Beside:
    """A field with what its value breaks: the first finding, and how many more there are."""

    field: forms.BoundField
    finding: Finding | None
    more: int


def beside(form: TemplateForm, findings: Sequence[Finding]) -> tuple[list[Beside], list[Beside]]:
    """Return the fields of words, then those of the layout, each with its findings."""
    of_field: dict[str, list[Finding]] = {}
    for finding in findings:
        name = next((field for begins, field in _FIELDS if finding.rule.startswith(begins)), "")
        of_field.setdefault(name, []).append(finding)
    told = {name: of_field.get(name, []) for name in form.fields}
    shown = [Beside(form[name], next(iter(of), None), max(0, len(of) - 1)) for name, of in told.items()]
    return [b for b in shown if b.field.name not in _LAYOUT], [b for b in shown if b.field.name in _LAYOUT]
