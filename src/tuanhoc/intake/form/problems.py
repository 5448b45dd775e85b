"""What a careful colleague would ask about a row, in words."""

from dataclasses import replace

from tuanhoc.lib.refusal import N_

from .values import Row, Window

#: code -> words; of days, ``day`` is filled in.
WORDS = {
    "bad_date": N_("Không đọc được ngày: xin ghi lại theo mẫu 01/10."),
    "no_date": N_("Chưa có ngày."),
    "wrong_year": N_("Năm ghi trong ngày khác năm của Tuần lễ: xin kiểm tra lại."),
    "outside_week": N_("Ngày nằm ngoài Tuần lễ: vẫn nhận, xin kiểm tra lại."),
    "weekday_mismatch": N_("Thứ không khớp với ngày: xin kiểm tra lại."),
    "bad_time": N_("Giờ chưa hợp lý: xin kiểm tra lại."),
    "no_place": N_("Chưa có địa điểm."),
    "no_content": N_("Chưa có nội dung."),
    "from_ocr": N_("Máy đọc gợi ý từ ảnh: xin đối chiếu từng dòng với ảnh của trang."),
    "no_rows": N_("Tệp chưa có hoạt động nào được điền."),
    "unreadable": N_("Không đọc được tệp này."),
}


def with_codes(row: Row, window: Window) -> Row:
    """Complete the codes of a row that its cells alone do not tell, in the order they are shown."""
    codes = set(row.codes)
    if row.date_from is None and not codes & {"bad_date", "wrong_year"}:
        codes.add("no_date")
    days = [day for day in (row.date_from, row.date_to) if day]
    if any(day not in window for day in days) and "wrong_year" not in codes:
        codes.add("outside_week")
    if not row.place and not row.link:
        codes.add("no_place")
    if not row.content:
        codes.add("no_content")
    ordered = tuple(code for code in WORDS if code in codes) if codes else ()
    return row if ordered == row.codes else replace(row, codes=ordered)
