"""Photos and scans: turned upright and shown always, read where tesseract is present."""

import base64
import io
import struct
import sys
import zlib

import pytest
from PIL import Image

from tuanhoc.papers.reading import Grid, Region, Unreadable, ocr, pdf, pictures, read
from tuanhoc.papers.reading.layout import Rule, Sheet, Word, document_blocks
from tuanhoc.papers.reading.pdf_pages import PageText
from tuanhoc.papers.tests.drawn_pdf import HEADS, Drawing, saved, scanned

ROW = ("1", "01/10", "Hội trường xã", "Lễ khai mạc Tuần lễ", "200 người")
needs_tesseract = pytest.mark.skipif(ocr.program() is None, reason="tesseract with Vietnamese is not installed")


#: A picture of 64 by 48 points, red on its left, as an iPhone packs them.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAaptZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA"
    "AA5waXRtAAAAAAACAAAAEGlkYXQAAAAAAEAAMAAAADhpbG9jAQAAAERAAAIAAQAAAAAAAAHOAAEAAAAAAAAALgACAAEAAAAAAAAA"
    "AQAAAAAAAAAIAAAAOGlpbmYAAAAAAAIAAAAVaW5mZQIAAAEAAQAAaHZjMQAAAAAVaW5mZQIAAAAAAgAAZ3JpZAAAAADVaXBycAAA"
    "ALNpcGNvAAAAc2h2Y0MBA3AAAAAAAAAAAAAe8AD8/fj4AAAPAyAAAQAYQAEMAf//A3AAAAMAkAAAAwAAAwAeugJAIQABACdCAQED"
    "cAAAAwCQAAADAAADAB6gIIEFlurkprmwIAAAAwAgAAADACEiAAEABkQBwXPAiQAAABRpc3BlAAAAAAAAAEAAAABAAAAAFGlzcGUA"
    "AAAAAAAAQAAAADAAAAAQcGl4aQAAAAADCAgIAAAAGmlwbWEAAAAAAAAAAgABAoECAAICA4QAAAAaaXJlZgAAAAAAAAAOZGltZwAC"
    "AAEAAQAAADZtZGF0AAAAKigBrwtg9eWDr//3wR371CDrkUVik44HBul7wIA0X611ACSivSOzwp9ehA=="
)


@pytest.fixture
def no_tesseract(monkeypatch):
    monkeypatch.setattr(ocr.shutil, "which", lambda name: None)


def shown(scan):
    return Image.open(io.BytesIO(scan.picture))


def texts(document):
    (grid,) = (block for block in document.blocks if isinstance(block, Grid))
    return [[c.text for c in grid.cells if c.row == row] for row in range(grid.rows)]


# shown, whatever is installed


@pytest.mark.parametrize(("kind", "options"), [("JPEG", {}), ("PNG", {}), ("WEBP", {}), ("TIFF", {}), ("GIF", {})])
def test_a_picture_is_a_page_without_words(no_tesseract, kind, options):
    document = read(saved(scanned(ROW), kind, **options), "a")
    assert document.blocks == ()
    assert [(s.number, s.says, shown(s).format, shown(s).size) for s in document.scans] == [
        (1, "", "WEBP", (1100, 620))
    ]


def test_a_photo_is_turned_as_it_was_held_and_loses_the_place_where_it_was_taken(no_tesseract):
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x8825] = {1: "N", 2: (11.0, 34.0, 0.0)}
    (scan,) = read(saved(scanned(ROW), exif=exif), "a.jpg").scans
    assert shown(scan).size == (620, 1100)
    assert (dict(shown(scan).getexif()), "exif" in shown(scan).info) == ({}, False)


def test_a_large_photo_is_made_small_enough_to_keep(no_tesseract):
    (scan,) = read(saved(Image.new("RGB", (6_000, 4_000), "white")), "a.jpg").scans
    assert shown(scan).size == (pictures.SHOWN_EDGE, 1_200)


def test_a_photo_of_an_iphone_is_opened(no_tesseract):
    (scan,) = read(HEIC, "a.heic").scans
    red, green, blue = shown(scan).convert("RGB").getpixel((10, 20))
    assert (shown(scan).size, red > 150, green < 80, blue < 80) == ((64, 48), True, True, True)


def test_where_nothing_opens_it_the_owner_of_the_iphone_is_told_what_to_do(no_tesseract, monkeypatch):
    monkeypatch.setitem(sys.modules, "pi_heif", None)
    with pytest.raises(pictures.NeedsHeic, match=r"thành ảnh \.jpg"):
        read(HEIC, "a.heic")


def test_every_page_of_a_tiff_is_a_page(no_tesseract):
    page = scanned(ROW)
    document = read(saved(page, "TIFF", save_all=True, append_images=[page, page]), "fax.tif")
    assert [scan.number for scan in document.scans] == [1, 2, 3]


def test_see_through_points_are_white(no_tesseract):
    (scan,) = read(saved(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG"), "a.png").scans
    assert shown(scan).convert("RGB").getpixel((20, 20)) == (255, 255, 255)


def scan_pdf(*, over=(), under=()):
    drawing = Drawing()
    for words in under:
        drawing.text(60, 100, words, mode=3)
    drawing.picture(scanned(ROW))
    for words in over:
        drawing.text(60, 820, words)
    return drawing.done()


@pytest.mark.parametrize(
    "data",
    [
        scan_pdf(),
        scan_pdf(under=["L1ch hoat dgng " * 30]),
        scan_pdf(over=["Người ký: Sở GDĐT, 28/9/2022"]),
    ],
    ids=["bare", "with a scanner's unseen text", "with the note of a digital signature"],
)
def test_a_pdf_that_is_a_picture_is_shown_not_read(no_tesseract, data):
    document = read(data, "a.pdf")
    assert (document.blocks, [(s.number, s.says) for s in document.scans]) == ((), [(1, "")])
    assert max(shown(document.scans[0]).size) == pictures.SHOWN_EDGE


@pytest.mark.parametrize(
    ("words", "legible"),
    [
        ("Kế hoạch tổ chức Tuần lễ hưởng ứng học tập suốt đời", True),
        # The numbering of a font taken for Unicode, as old drivers write it.
        ("KӃ hoҥch tә chӭc Tuҫn lӉ hѭӣng ӭng hӑc tұp suӕt ÿӡi", False),
        ("\x03\x04\x05\x06 \x07\x08 \x0e\x0f\x10\x11", False),
    ],
)
def test_letters_that_mean_something_else_are_no_text(words, legible):
    said = tuple(Word(word, 0, 0, 10, 10) for word in words.split())
    odd = sum(ord(c) < 32 for c in words)
    assert pdf.is_legible(PageText(Sheet(1, 595, 842, said, ()), len(words), 0, odd)) is legible


def test_of_a_mixed_pdf_text_is_read_and_every_page_is_shown(no_tesseract):
    drawing = Drawing()
    drawing.table(100, [HEADS, ROW])
    drawing.next_page()
    drawing.picture(scanned(ROW))
    document = read(drawing.done(), "a.pdf")
    assert texts(document) == [list(HEADS), list(ROW)]
    assert [(s.number, s.says) for s in document.scans] == [(1, "text"), (2, "")]


# refused in words


def png_claiming(width, height):
    png = saved(Image.new("L", (1, 1)), "PNG")
    head = b"IHDR" + struct.pack(">II", width, height) + png[24:29]
    return png[:12] + head + struct.pack(">I", zlib.crc32(head)) + png[33:]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xff\xd8\xff\xe0 jpeg", pictures.PictureBroken),
        (saved(scanned(ROW))[:3_000], pictures.PictureBroken),
        (png_claiming(20_000, 20_000), pictures.PictureTooLarge),
        (png_claiming(0, 5), pictures.PictureBroken),
        (HEIC[:300], pictures.PictureBroken),
    ],
    ids=["no picture", "cut off", "bomb", "without an edge", "half of an iPhone's"],
)
def test_a_picture_that_does_not_open_says_why(no_tesseract, data, why):
    with pytest.raises(Unreadable) as refused:
        read(data, "a.jpg")
    assert type(refused.value) is why


def test_a_whole_book_is_refused(no_tesseract):
    page = Image.new("1", (20, 20), 1)
    with pytest.raises(pictures.TooManyScans, match="nhận tối đa 30 trang"):
        read(saved(page, "TIFF", save_all=True, append_images=[page] * 30), "fax.tif")


# read by tesseract


@pytest.mark.ocr
@needs_tesseract
def test_a_table_in_a_scan_is_a_grid():
    document = read(saved(scanned(ROW)), "a.jpg")
    assert texts(document) == [list(HEADS), list(ROW)]
    assert [scan.says for scan in document.scans] == ["guess"]
    assert document.blocks[-1].cells[8].where == "trang 1, bảng 1, dòng 2, cột 4"


@pytest.mark.ocr
@needs_tesseract
def test_a_page_laid_askew_is_read_and_shown_straight():
    askew = scanned(ROW).rotate(1.6, fillcolor=250, expand=True, resample=Image.Resampling.BICUBIC)
    assert texts(read(saved(askew), "a.jpg")) == [list(HEADS), list(ROW)]


@pytest.mark.ocr
@needs_tesseract
def test_a_shadow_over_the_page_hides_nothing():
    page = scanned(ROW)
    shade = Image.linear_gradient("L").resize(page.size).point(lambda v: 110 + v * 145 // 255)
    dark = Image.composite(page, Image.new("L", page.size, 0), shade)
    assert texts(read(saved(dark, quality=70), "a.jpg")) == [list(HEADS), list(ROW)]


@pytest.mark.ocr
@needs_tesseract
def test_when_tesseract_fails_the_page_is_shown_all_the_same(monkeypatch):
    monkeypatch.setattr(ocr, "program", lambda: "/bin/false")
    document = read(saved(scanned(ROW)), "a.jpg")
    assert (document.blocks, [scan.says for scan in document.scans]) == ((), [""])


def test_what_was_read_off_a_picture_knows_where_it_stood_there():
    words = (Word("Thi", 100, 84.2, 130, 92), Word("vẽ", 134, 84.2, 148, 92))
    ruled = tuple(Rule(True, y, 95, 200) for y in (80, 96)) + tuple(Rule(False, x, 80, 96) for x in (95, 150, 200))
    (grid,), _ = document_blocks([Sheet(1, 500, 842, words, ruled, pictured=True)])
    assert grid.cells[0].region == Region(1, 19.0, 9.5, 11.0, 1.9)
    (lone,), _ = document_blocks([Sheet(2, 500, 842, words, (), pictured=True)])
    assert lone.region == Region(2, 20.0, 10.0, 9.6, 0.93)
    (text,), _ = document_blocks([Sheet(1, 500, 842, words, ())])
    assert text.region is None
