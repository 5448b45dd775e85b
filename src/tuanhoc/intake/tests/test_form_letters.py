"""Forms pasted into a mail."""

import pytest

from .form_papers import essence, left, reading

BODY = """Kính gửi: Phòng GDTX
Trường THPT Ninh Hải xin đăng ký như sau:
- Ngày 01/10: Khai mạc tại Sân trường
- 03/10: Trao học bổng khuyến tài tại Hội trường
"""
SIGNED = """
Trân trọng,
--
Lê Thị Hà
ĐT: 0259 386 1234
"""
ANSWERED = """
Vào Th 2, 19 thg 9, 2022 vào lúc 08:15 Phòng GDTX <gdtx@example.vn> đã viết:
> Đề nghị các đơn vị đăng ký.
> Ngày 05/10: tập huấn tại Sở
"""
ROWS = [("01/10", "Sân trường", "Khai mạc"), ("03/10", "Hội trường", "Trao học bổng khuyến tài")]


def test_lines_signature_and_the_mail_it_answers():
    said = reading(BODY + SIGNED + ANSWERED, "thu.txt")
    assert (said["organisation"], essence(said)) == ("Trường THPT Ninh Hải", ROWS)
    assert left(said) == [
        "Trường THPT Ninh Hải xin đăng ký như sau:",
        "Trân trọng, / -- / Lê Thị Hà / ĐT: 0259 386 1234",
        "Vào Th 2, 19 thg 9, 2022 vào lúc 08:15 Phòng GDTX <gdtx@example.vn> đã viết: / "
        "> Đề nghị các đơn vị đăng ký. / > Ngày 05/10: tập huấn tại Sở",
    ]


def test_an_answer_below_what_it_answers():
    assert essence(reading(ANSWERED.lstrip() + "\n" + BODY, "thu.txt")) == ROWS


def test_a_mail_that_is_passed_on_is_read_and_doubted():
    quoted = "".join(f"> {line}\n" for line in BODY.splitlines())
    said = reading("Chuyển chị xem ạ.\n" + quoted, "thu.txt")
    assert essence(said) == ROWS
    assert {row["confidence"] < 0.5 for row in said["rows"]} == {True}


def test_passed_on_without_marks():
    head = "---------- Forwarded message ---------\nTừ: Cô Hà <ha@example.vn>\nNgày: Th 2, 19 thg 9\nChủ đề: Lịch\n\n"
    assert essence(reading("Gửi anh.\n\n" + head + BODY, "thu.txt")) == ROWS


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("UBND xã Nhị Hà xin gửi lịch hoạt động:", "UBND xã Nhị Hà"),
        ("Em gửi lịch của Thư viện huyện Ninh Sơn ạ.", "Thư viện huyện Ninh Sơn"),
        ("UBND xa Phuoc Vinh dang ky:", "UBND xa Phuoc Vinh"),
        ("Kính gửi: Sở Giáo dục và Đào tạo", None),
    ],
)
def test_who_writes_is_found_in_the_letters_words(line, expected):
    assert reading(f"{line}\n01/10: Khai mạc\n", "thu.txt")["organisation"] == expected
