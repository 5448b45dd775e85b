"""Two officers on one form: what the other one kept meanwhile, row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tuanhoc.desk import sheets
from tuanhoc.intake.queries.clearing import Touch
from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.refusal import N_
from tuanhoc.web.speech import short

_FIELDS = {
    "held_on": N_("Ngày"), "ends_on": N_("Đến ngày"), "starts_at": N_("Bắt đầu"), "ends_at": N_("Kết thúc"),
    "part_of_day": N_("Buổi"), "place": N_("Địa điểm"), "content": N_("Nội dung"), "note": N_("Ghi chú"),
    "audience": N_("Dành cho ai"), "host": N_("Đơn vị chủ trì"), "contact": N_("Người liên hệ"),
    "link": N_("Đường dẫn"),
}  # fmt: skip
_DONE = {
    "correct": N_("%(who)s đã lưu sửa tệp này lúc %(at)s."),
    "confirm": N_("%(who)s đã xác nhận tệp này lúc %(at)s."),
    "set_aside": N_("%(who)s đã để tệp này sang một bên lúc %(at)s."),
    "take_up": N_("%(who)s đã đưa tệp này trở lại lúc %(at)s."),
    "undo": N_("%(who)s đã hoàn tác xác nhận tệp này lúc %(at)s."),
    "read_again": N_("%(who)s đã cho đọc lại tệp này lúc %(at)s."),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell in which two windows differ; a row only one of them has is one difference, with no ``field``."""

    number: int
    field: str
    theirs: str
    mine: str


def who_was_faster(touch: Touch | None) -> str:
    """Say who changed the form meanwhile, when, and how; "" when nobody knows."""
    if touch is None or touch.what not in _DONE:
        return ""
    at = touch.at.astimezone(HANOI)
    return _(_DONE[touch.what]) % {"who": touch.who or _("Người khác"), "at": f"{at:%H:%M} {short(at.date())}"}


def differences(theirs: Sequence[sheets.ShownRow], mine: Sequence[sheets.ShownRow]) -> list[Difference]:
    """Return what the kept version says differently from the one on screen, in the order of the rows."""
    kept, here = _typed(theirs), _typed(mine)
    out = []
    for key in sorted({*kept, *here}, key=int):
        number, a, b = int(key) + 1, kept.get(key), here.get(key)
        if a is None or b is None:
            out.append(Difference(number, "", _name(a), _name(b)))
            continue
        out += [
            Difference(number, _(words), a.get(name, ""), b.get(name, ""))
            for name, words in _FIELDS.items()
            if _same(a.get(name, "")) != _same(b.get(name, ""))
        ]
    return out


def _typed(rows: Sequence[sheets.ShownRow]) -> dict[str, Mapping[str, str]]:
    return {row.key: row.typed for row in rows}


def _same(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _name(row: Mapping[str, str] | None) -> str:
    return _("không có dòng này") if row is None else row.get("content", "") or row.get("place", "") or "…"
