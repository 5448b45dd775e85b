"""What a computer would run is refused by its beginning and by its name; texts of people are read as before."""

import pytest

from tuanhoc.papers.reading import limits, read

FORM = "Đơn vị: UBND xã Lâm Sơn\n01/10: 7h30 Khai mạc tại Hội trường xã".encode()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"MZ0000 mot doan chu", "x.exe"),
        (b"MZ\x90\x00\x03", "lich.docx"),
        (b"MZ0000 mot doan chu", "lich.txt"),
        (b"\x7fELF\x02\x01\x01", "lich"),
        (b"#!/bin/sh\nrm -rf /\n", "lich.txt"),
        (FORM, "lịch.exe"),
        (FORM, "LICH.BAT"),
        (b"@echo off", "lich.cmd"),
    ],
)
def test_a_program_is_refused_in_words_that_say_what_is_taken(data, name):
    with pytest.raises(limits.IsAProgram) as refused:
        read(data, name)
    assert ".docx" in str(refused.value)
    assert refused.value.is_hostile


@pytest.mark.parametrize(
    ("data", "name"), [(FORM, "lich.json"), (FORM, "lich.p7s"), (b"\x01\x02\x03\x04 a \x05\x06", "lich.txt")]
)
def test_a_text_under_a_name_of_no_text_or_full_of_signs_of_a_machine_is_no_form(data, name):
    with pytest.raises(limits.UnknownKind):
        read(data, name)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (FORM, "lịch.txt"),
        (FORM, "lịch"),
        (FORM, "Lịch 01.10"),
        (FORM, "lịch.doc"),
        ("MZ Studio đăng ký: 01/10 Khai mạc".encode(), "lịch.txt"),
        ("Mỗi dòng một hoạt động\x0b\n01/10: Khai mạc\x1a".encode(), "lịch.txt"),
    ],
)
def test_texts_of_people_are_read(data, name):
    assert read(data, name).blocks
