"""Vietnamese words for fields, kinds of change and what to look at."""

from collections.abc import Mapping

from tuanhoc.lib.refusal import N_

from .values import Kind

FIELD_WORDS: Mapping[str, str] = {
    "day": N_("Ngày"), "when": N_("Thời gian"), "place": N_("Địa điểm"), "content": N_("Nội dung"),
    "unit": N_("Đơn vị"), "note": N_("Ghi chú"),
}  # fmt: skip

KIND_WORDS: Mapping[Kind, str] = {
    Kind.CHANGED: N_("Sửa"), Kind.ADDED: N_("Thêm dòng"), Kind.REMOVED: N_("Bỏ dòng"),
}  # fmt: skip

CODE_WORDS: Mapping[str, str] = {
    "unit_unknown": N_("Tên đơn vị không có trong danh sách của đợt."),
    "when_unread": N_("Thời gian chưa đọc được: phần này không tự ghi được."),
    "day_unknown": N_("Dòng không đứng dưới ngày nào đọc được."),
    "no_content": N_("Ô nội dung để trống."),
    "cells_joined": N_("Có ô gộp nhiều cột: chưa biết chữ thuộc cột nào."),
    "many_removed": N_("Bản Word thiếu quá nhiều dòng so với bản đã in: xin kiểm tra tệp có đủ không."),
    "rewritten": N_("Viết lại gần hết: xin kiểm tra có đúng là dòng này không."),
}

#: below it, a person should look whether the row is the line
SURE = 0.8


def needs_look(codes: object, confidence: float) -> bool:
    """Whether a person should look before accepting."""
    return bool(codes) or confidence < SURE
