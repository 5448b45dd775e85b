"""Files that would do harm, read where nothing protects but the reader itself: a sentence, or what the page shows."""

import random
import threading
import time
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from tests import hostile

from tuanhoc.papers.reading import Grid, Paragraph, Unreadable, confined, limits, read


def words_of(document):
    return [
        line
        for block in document.blocks
        for line in ([block.text] if isinstance(block, Paragraph) else [x for c in block.cells for x in c.lines])
    ]


def read_or_refused(name, data):
    """Return the words of a file, or the kind of its refusal; anything else that happens fails the test."""
    try:
        return words_of(read(data, name))
    except Unreadable as refusal:
        return type(refusal) if str(refusal) else "no words"


WHY = {
    "bom.docx": limits.Swells, "bom.xlsx": limits.Swells, "bom.ods": limits.Swells, "bom.zip": limits.Swells,
    "chong.zip": limits.Swells, "cuoi.docx": limits.HasEntities, "cuoi.xlsx": limits.HasEntities,
    "cuoi.ods": limits.HasEntities, "cuoi-16.docx": limits.Broken, "trieu-doan.docx": limits.TooManyPieces,
    "long.docx": limits.TooDeep, "dong.xlsx": limits.TooManyPieces, "cot.xlsx": limits.TooManyPieces,
    "sau.rtf": limits.TooDeep, "hang.rtf": limits.TooManyPieces, "doan.rtf": limits.TooManyPieces,
    "nhi-phan.rtf": limits.Broken, "cuoi.odt": limits.HasEntities,
    "dong.csv": limits.TooManyPieces, "chuoi.xlsx": limits.TooManyPieces, "lap.ods": limits.TooManyPieces,
}  # fmt: skip


@pytest.mark.parametrize("name", hostile.BOMBS)
def test_a_bomb_is_refused_in_words_before_it_goes_off(name):
    data = hostile.BOMBS[name]()
    began = time.process_time()
    assert read_or_refused(name, data) is WHY[name]
    # What the child that reads strangers' files is allowed: past that it is killed, and the sentence is a vaguer one.
    assert time.process_time() - began < confined.READING.cpu_seconds


def test_nothing_outside_the_file_is_read_or_asked_for(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("BI-MAT")
    with listening() as (address, asked):
        for where in (secret.as_uri(), f"{address}/a.dtd"):
            for name, data in hostile.pointing_outside(where):
                said = read_or_refused(name, data)
                # A part that nobody needs is not even opened.
            assert said in (limits.HasEntities, ["a"]), name
        assert read_or_refused("mau.docx", hostile.with_template_elsewhere(f"{address}/a.dotm")) == ["UBND xã Lâm Sơn"]
    assert asked == []


class listening:
    """A server that notes who asks."""

    def __enter__(self):
        self.asked = asked = []

        class Elsewhere(BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                self.send_error(404)

            do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

            def log_message(self, *_):
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Elsewhere)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}", asked

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


@pytest.mark.office
def test_a_conversion_asks_nobody_either():
    with listening() as (address, asked):
        data = (
            rf"{{\rtf1\ansi{{\*\template {address}/a.dotm}}{{\field{{\*\fldinst INCLUDEPICTURE "
            rf'"{address}/b.png" \\d}}{{\fldrslt x}}}} Xin chao {{\object\objautlink\objupdate{{\*\objclass '
            rf"Word.Document.8}}{{\*\objdata 01050000}}}}\par}}"
        ).encode()
        said = read_or_refused("a.rtf", data)
    assert asked == []
    assert said is limits.Broken or any("Xin chao" in line for line in said)


@pytest.mark.parametrize("make", [hostile.with_macros, hostile.with_object])
def test_macros_and_objects_are_left_where_they_are_and_the_words_are_read(make):
    assert read_or_refused("mau.docm", make()) == ["UBND xã Lâm Sơn"]


def test_a_letter_beyond_unicode_is_left_out():
    data = hostile.docx('<w:p><w:r><w:sym w:font="Symbol" w:char="D800"/><w:t>a</w:t></w:r></w:p>')
    assert read_or_refused("a.docx", data) == ["a"]


def test_words_in_an_encoding_only_some_readers_know_are_not_read_in_a_sheet():
    before = '<?xml version="1.0" encoding="UTF-7"?>'
    assert (
        read_or_refused("a.xlsx", hostile.xlsx(f'<row r="1">{hostile.cell("A1", "a")}</row>', before=before))
        is limits.Broken
    )


WHOLE = {
    "a.docx": hostile.docx(hostile.paragraph("Lịch") * 30, how=zipfile.ZIP_STORED),
    "b.docx": hostile.docx(hostile.paragraph("Lịch") * 30),
    "a.xlsx": hostile.xlsx(
        "".join(f'<row r="{n}">{hostile.cell(f"A{n}", "a")}</row>' for n in range(1, 20)), how=zipfile.ZIP_STORED
    ),
    "a.ods": hostile.ods(hostile.ods_cell("a") * 20, how=zipfile.ZIP_STORED),
    "a.csv": "Ngày;Việc\n01/10;Lễ\n".encode() * 20,
    "b.csv": ("Ngày;Việc\n01/10;Lễ\n" * 20).encode("utf-16"),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_cut_anywhere_is_read_or_refused(name):
    whole = WHOLE[name]
    assert not isinstance(read_or_refused(name, whole), type)
    for percent in range(100):
        assert read_or_refused(name, whole[: len(whole) * percent // 100]) != "no words"


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_with_any_bit_turned_is_read_or_refused(name):
    luck = random.Random(name)
    for _ in range(200):
        turned = hostile.flipped(WHOLE[name], luck.randrange(1 << 30), luck.randrange(8))
        assert read_or_refused(name, turned) != "no words"


def test_what_is_damaged_locked_or_misnamed_is_refused_in_words():
    whole = hostile.docx()
    said = {name: read_or_refused(name, data) for name, data in hostile.damaged(whole)}
    assert {name: kind.__name__ if isinstance(kind, type) else kind for name, kind in said.items()} == {
        "trong.docx": "Empty", "cut.docx": "Broken", "khoa.docx": "Encrypted", "khoa-zip.docx": "Broken",
        "khoa.zip": "UnknownKind", "rac.doc": "Encrypted", "la-van-ban.docx": "IsAProgram",
        "la-trang-web.xlsx": "IsAProgram", "qua-lon.docx": "TooLarge", "zip-trong-zip.zip": "UnknownKind",
    }  # fmt: skip


def test_a_table_of_the_largest_province_is_still_read():
    rows = "".join(
        f'<row r="{n}">{hostile.cell(f"A{n}", "01/10")}{hostile.cell(f"B{n}", "Lễ")}</row>' for n in range(1, 7_001)
    )
    (grid,) = read(hostile.xlsx(rows, how=zipfile.ZIP_STORED), "a.xlsx").blocks
    assert isinstance(grid, Grid)
    assert len(grid.cells) == 14_000
