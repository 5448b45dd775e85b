"""The PDF read back: the same words as the Word file, on pages numbered as the decree asks."""

import io
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from tuanhoc.papers import decree
from tuanhoc.papers.pdf import to_pdf
from tuanhoc.papers.pdf.text import ASCENT, LEADING, Face
from tuanhoc.papers.tests.samples import FIRST, LETTER, REPORT
from tuanhoc.papers.values import Annex, Table


def read(document):
    return PdfReader(io.BytesIO(to_pdf(document)))


def words(page):
    return page.extract_text().split()


def long_annex(rows):
    table = replace(FIRST.table, rows=tuple((str(n // 60), f"{n // 60 + 1:02d}/10", f"Dòng {n}") for n in range(rows)))
    return replace(FIRST, table=table)


def test_every_page_is_a4_portrait():
    for page in read(LETTER).pages:
        assert (round(page.mediabox.width / 72 * 25.4), round(page.mediabox.height / 72 * 25.4)) == (210, 297)


@pytest.mark.parametrize("document", [LETTER, REPORT])
def test_only_the_one_face_is_used_and_every_style_is_embedded(document):
    fonts = [font["/BaseFont"] for page in read(document).pages for font in _fonts(page)]
    assert {re.sub(r"^/[A-Z]{6}\+|-.*", "", name) for name in fonts} == {"Tinos"}
    assert all("/FontFile2" in font["/FontDescriptor"] for page in read(document).pages for font in _fonts(page))


def _fonts(page):
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]


def test_head_body_signature_and_annexes_are_all_there_in_order():
    first, annex, second = (page.extract_text() for page in read(LETTER).pages)
    for text in ("UBND TỈNH NINH THUẬN", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", decree.COUNTRY, decree.MOTTO, "Số: 05/SGDĐT-GDTX",
                 "Ninh Thuận, ngày 05 tháng 9 năm 2022", "V/v lịch hoạt động", "Kính gửi:", "Nơi nhận:", "- Như trên;",
                 "KT. GIÁM ĐỐC", "Nguyễn Văn A"):  # fmt: skip
        assert text in first
    assert annex.startswith("Phụ lục I\nLỊCH HOẠT ĐỘNG")
    assert second.startswith("Phụ lục II\n")


def test_pages_are_numbered_at_the_top_from_the_second_on_and_anew_in_each_annex():
    pages = read(replace(LETTER, annexes=(long_annex(120), FIRST))).pages
    firsts = [words(page)[0] for page in pages]
    last = len(pages) - 1
    assert firsts[0] == "UBND"
    assert firsts[1] == firsts[last] == "Phụ"
    assert firsts[2:last] == [str(n) for n in range(2, last)]


def test_no_row_is_lost_the_head_is_repeated_and_each_page_says_its_day():
    pages = [page.extract_text() for page in read(long_annex(300)).pages]
    assert len(pages) > 5
    assert re.findall(r"Dòng (\d+)", "".join(pages)) == [str(n) for n in range(300)]
    assert all("Nội dung" in page and re.search(r"\d\d/10", page) for page in pages)


def test_a_band_is_told_again_on_every_page_its_rows_go_on_and_never_ends_one():
    table = Table(
        ("TT", "Nội dung"), (15, 150), tuple((str(n), f"Dòng {n}") for n in range(200)),
        bands=((0, "Thứ Bảy"), (90, "Ngoài Tuần lễ"), (90, "Chủ nhật"), (199, "Thứ Hai")),
    )  # fmt: skip
    pages = [page.extract_text().splitlines() for page in read(replace(FIRST, table=table)).pages]
    under, day = [], ""
    for number, page in enumerate(pages):
        begin = page.index("TT Nội dung") if "TT Nội dung" in page else page.index("Nội dung")
        first = page[begin + 1]
        assert first == f"{day} (tiếp)" or (first in {"Thứ Bảy", "Ngoài Tuần lễ", "Thứ Hai"}), (number, page)
        bands = [text for text in page[begin:] if text in {"Thứ Bảy", "Chủ nhật", "Thứ Hai"}]
        day = bands[-1] if bands else day
        under.append(day)
        assert page[-1].split()[-1].isdecimal()
    assert (under[0], under[-1]) == ("Thứ Bảy", "Thứ Hai")
    assert re.findall(r"Dòng (\d+)", "\n".join(map("\n".join, pages))) == [str(n) for n in range(200)]


def test_a_row_higher_than_a_page_stands_under_its_band_from_the_first_piece_on():
    sentence = " ".join(f"từ{n}" for n in range(4000))
    table = Table(("TT", "Nội dung"), (15, 150), (("1", "x"), ("2", sentence)), bands=((0, "Bảy"), (1, "Nhật")))
    pages = [page.extract_text() for page in read(replace(FIRST, table=table)).pages]
    assert re.findall(r"từ(\d+)", " ".join(pages)) == [str(n) for n in range(4000)]
    assert ["Nhật" in page for page in pages] == [False] + [True] * (len(pages) - 1)


def test_a_web_address_breaks_after_its_signs_and_never_inside_the_first_two_slashes():
    address = "https://meet.example.vn/phong/abc-defghijk?mat-khau=123456"
    lines = Face(12).wrapped(f"Vào {address}", 80)
    assert [" ".join(line) for line in lines] == [
        "Vào", "https://meet.", "example.vn/", "phong/abc-", "defghijk?mat-", "khau=123456",
    ]  # fmt: skip


def test_a_word_without_end_is_broken_without_measuring_it_over_and_over():
    lines = Face(12).wrapped("9" * 20_000, 100)
    assert {len(line[0]) for line in lines[:-1]} == {16}


def test_a_row_higher_than_a_page_is_drawn_in_pieces():
    sentence = " ".join(f"từ{n}" for n in range(4000))
    annex = replace(FIRST, table=Table(("TT", "Nội dung"), (15, 150), (("1", sentence), ("2", "sau")), merged=1))
    pages = [page.extract_text() for page in read(annex).pages]
    assert re.findall(r"từ(\d+)", " ".join(pages)) == [str(n) for n in range(4000)]
    assert "sau" in pages[-1]


def test_stacked_marks_have_room_above_and_between_lines():
    """ASCENT and LEADING hold the highest letter and the deepest tail of the font."""
    from reportlab.pdfbase import pdfmetrics

    bounds = [pdfmetrics.getFont(decree.face(bold=b, italic=i)).face for b in (False, True) for i in (False, True)]
    highest = max(face.bbox[3] for face in bounds) / 1000
    assert highest <= ASCENT + 0.06
    assert LEADING >= 1.2


def test_every_letter_of_vietnamese_is_in_every_face():
    from reportlab.pdfbase import pdfmetrics

    letters = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
    for bold in (False, True):
        for italic in (False, True):
            face = pdfmetrics.getFont(decree.face(bold=bold, italic=italic)).face
            assert [c for c in letters + letters.upper() + "“”–…₫" if ord(c) not in face.charToGlyph] == []


# The first call loads the font, which takes longer than Hypothesis allows a call.
@settings(deadline=None)
@given(st.text(max_size=60), st.floats(20, 200))
def test_wrapping_loses_no_letter_and_no_line_is_too_long(text, width):
    face = Face(13)
    lines = face.wrapped(text, width)
    kept = "".join("".join(line) for line in lines)
    assert kept == re.sub(r"[ \n]", "", _clean(text))
    assert all(face.width(" ".join(line)) <= width + 0.01 or len(" ".join(line).strip()) <= 1 for line in lines)


def _clean(text):
    from tuanhoc.papers.pdf.text import composed

    return composed(text)


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=40))
def test_no_text_makes_a_file_that_does_not_open(text):
    annex = Annex((text,), text, text, Table(("a",), (165,), ((text,),)), (text,), (text,))
    assert read(annex).pages


def test_the_same_document_gives_the_same_bytes():
    assert to_pdf(LETTER) == to_pdf(LETTER)
