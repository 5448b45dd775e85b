"""Whatever stands in a cell comes out: every cell holds words of its own, and each is looked for."""

import json
import re
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from tuanhoc.intake.form import as_json, read_form
from tuanhoc.intake.form.printed import Foot, is_printed
from tuanhoc.papers.reading import Cell, Document, Grid, Paragraph

from .form_papers import WEEK

HEADS = ["TT", "Ngày", "Thời gian", "Giờ", "Địa điểm", "Nội dung", "Ghi chú", "Chủ trì", "Thành phần", "Liên hệ",
         "Link", "Hình thức", "Kinh phí", "Sáng", "Chiều", "Đến ngày"]  # fmt: skip
#: {} becomes a word that stands nowhere else; some look like what forms print themselves.
PHRASES = ["{}", "Khai mạc {}", "- Ra quân {}\n- Trao quà {}", "Tập huấn {}:\n- Phần {}\n- Phần {}", "{}; {}",
    "7h30: {}",
    "7h30: {}\n14h00: {}", "Sáng: {}\nChiều: {}", "01/10", "02-04/10", "cả tuần", "Thứ Ba {}", "01/10: {}", "32/10 {}",
    "sáng 04/10", "25h {}", "7h30 06/10", "", "", "nt", "như trên", "1", "II", "Kính gửi: {}", "TM. UBND {}",
    "Số: {}/KH", "Nguyễn Văn {}", "KT. CHỦ TỊCH {}", "{}, ngày 5 tháng 10 năm 2022", "Lịch hoạt động {}",
    "(Nộp về {} trước ngày 1/10)",
    "Nơi nhận: {}", "- Lưu: {}", "Đơn vị: {}", "UBND xã {}", "Kèm theo kế hoạch {}", "Phụ lục {}", "Không tổ chức {}",
    "Liên hệ: {}, 0912 345 678", "https://hoc.example/{}", "{} https://a.example/{}", "Thành phần: {}; liên hệ: {}",
    "Lớp {} tại {}", "Hội trường {} (8h)", "Trân trọng {}", "> {}", "V/v {}", "Thủ trưởng {}", "Trang {}"]  # fmt: skip


def tables(draw, columns):
    """Draw a table with or without a head, some of its cells merged."""
    texts = [draw(st.lists(st.sampled_from(PHRASES), min_size=columns, max_size=columns)) for _ in range(draw(ROWS))]
    texts.append(["{}"] * columns)  # a table of nothing but letterhead and signatures is no table of activities
    if draw(st.booleans()):
        texts.insert(0, draw(st.lists(st.sampled_from(HEADS), min_size=columns, max_size=columns, unique=True)))
    return texts


ROWS = st.integers(1, 5)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_every_word_of_every_cell_is_in_a_row_or_shown(data):
    columns = data.draw(st.integers(3, 6))
    number = count(1)
    texts = [
        [re.sub(r"\{\}", lambda _: f"zq{next(number)}zq", text) for text in row] for row in tables(data.draw, columns)
    ]
    spans: dict[tuple[int, int], int] = {}
    gone: set[tuple[int, int]] = set()
    for r in range(1, len(texts)):
        across = data.draw(st.sampled_from([0, 0, 0, 0, 2, columns]))
        if across:
            at = data.draw(st.integers(0, columns - across))
            spans[r, at] = across
            gone |= {(r, at + n) for n in range(1, across)}
    cells = tuple(
        Cell(
            r, c, tuple(text.split("\n")) if text else (), f"bảng 1, dòng {r + 1}, cột {c + 1}", 1, spans.get((r, c), 1)
        )
        for r, row in enumerate(texts)
        for c, text in enumerate(row)
        if (r, c) not in gone
    )
    before = (Paragraph("LỊCH ĐĂNG KÝ HOẠT ĐỘNG", "đoạn 1"),)
    document = Document("a.docx", (*before, Grid(cells, len(texts), columns, "bảng 1")))
    said = json.dumps(as_json(read_form(document, WEEK)), ensure_ascii=False)

    # A line of the table that is nothing but "(Nộp về Sở …)", signatures and the like is the form's own print.
    theirs = {c.row for c in cells if c.lines and not (is_printed(c.text) or Foot().takes(c.text))}
    written = {word for cell in cells if cell.row in theirs for word in re.findall(r"zq\d+zq", cell.text)}
    assert written - set(re.findall(r"zq\d+zq", said)) == set()
