"""What a careful colleague would ask about a row, and how surely it is what the unit meant, in words."""

from dataclasses import replace
from math import prod

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
#: What was concluded rather than read: code -> words. Nothing is wrong; a look may be worth it.
REASONS = {
    "day_above": N_("Ngày lấy theo dòng trên."),
    "year_of_week": N_("Ngày không ghi năm: hiểu là năm của Tuần lễ."),
    "weekday_only": N_("Chỉ ghi thứ, không ghi ngày: hiểu là ngày trong Tuần lễ."),
    "day_in_cell": N_("Ngày ghi trong ô nội dung hoặc địa điểm."),
    "no_end": N_("Chỉ ghi từ ngày nào, không ghi đến ngày nào."),
    "more_in_day": N_("Ô ngày còn ghi thêm chữ khác: xin xem phần chưa xếp được."),
    "several_days": N_("Một ô ghi nhiều ngày: tách thành nhiều dòng."),
    "days_in_a_row": N_("Các ngày liền nhau được tách thành từng dòng: xin xem có phải một đợt không."),
    "several_hours": N_("Một ô ghi nhiều giờ: tách thành nhiều dòng."),
    "hour_of_note": N_("Giờ lấy từ cột ghi chú."),
    "hour_of_content": N_("Giờ lấy từ câu nội dung."),
    "place_shared": N_("Một địa điểm ghi chung cho nhiều hoạt động."),
    "place_above": N_("Ô địa điểm để trống: lấy theo dòng trên."),
    "places_paired": N_("Ô địa điểm có nhiều dòng: ghép lần lượt với từng hoạt động."),
    "places_joined": N_("Ô địa điểm có nhiều dòng nhưng không khớp số hoạt động: để chung."),
    "item_of_list": N_("Một ô ghi nhiều hoạt động theo gạch đầu dòng: tách thành nhiều dòng."),
    "item_of_lines": N_("Một ô ghi nhiều hoạt động trên nhiều dòng: tách thành nhiều dòng."),
    "lines_joined": N_("Nội dung ghi trên nhiều dòng: nối lại thành một hoạt động."),
    "rows_joined": N_("Nội dung bị ngắt sang dòng sau của bảng: nối lại."),
    "same_as_above": N_("Ghi “như trên”: lấy theo dòng trên."),
    "from_line": N_("Đọc từ câu viết liền, không phải từ bảng."),
    "day_of_line": N_("Ngày lấy từ giữa câu viết liền."),
    "place_of_line": N_("Địa điểm lấy từ câu viết liền."),
    "typed_columns": N_("Bảng gõ bằng dấu cách hoặc gạch đứng."),
    "labelled": N_("Ghi theo mục (thời gian, địa điểm, …), không phải bảng."),
    "turned": N_("Bảng nằm ngang, hoặc hai cột chung một ô: sắp lại thành từng dòng."),
    "columns_guessed": N_("Bảng không có dòng tiêu đề: đoán cột theo nội dung."),
    "nested": N_("Có bảng nằm trong ô."),
    "legacy_font": N_("Chữ gõ bằng phông cũ (TCVN3, VNI): đã chuyển mã."),
    "quoted": N_("Nằm trong phần thư cũ được trích lại."),
}
#: How sure a row still is when something was concluded or is odd, each by itself. Set so that of rows at 0.9 and
#: above hardly any is wrong: what officers write plainly costs next to nothing, what has two readings costs enough.
_LEFT = {
    "bad_date": 0.3, "no_date": 0.4, "wrong_year": 0.5, "outside_week": 0.7, "weekday_mismatch": 0.6, "bad_time": 0.6,
    "no_place": 0.88, "no_content": 0.5,
    "day_above": 0.98, "year_of_week": 0.995, "weekday_only": 0.85, "day_in_cell": 0.85, "no_end": 0.85,
    "more_in_day": 0.85, "several_days": 0.95, "days_in_a_row": 0.93,
    "several_hours": 0.8, "hour_of_note": 0.95, "hour_of_content": 0.96, "place_shared": 0.98, "place_above": 0.8,
    "places_paired": 0.95,
    "places_joined": 0.7, "item_of_list": 0.985, "item_of_lines": 0.88, "lines_joined": 0.85, "rows_joined": 0.8,
    "same_as_above": 0.97, "from_line": 0.94, "day_of_line": 0.88, "place_of_line": 0.94, "typed_columns": 0.95,
    "labelled": 0.95,
    "turned": 0.89, "columns_guessed": 0.85, "nested": 0.93, "legacy_font": 0.97, "quoted": 0.3,
}  # fmt: skip


def with_codes(row: Row, window: Window) -> Row:
    """Complete the codes of a row that its cells alone do not tell, and say how sure it is."""
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
    if not codes:
        return row
    reasons = tuple(code for code in _LEFT if code in codes)
    sure = round(prod(_LEFT[code] for code in reasons), 2)
    return replace(row, codes=tuple(code for code in reasons if code in WORDS), confidence=sure, reasons=reasons)
