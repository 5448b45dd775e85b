"""A message taken apart: file names, forwarded messages, signatures, its own words; and what is made to harm."""

import base64
import datetime as dt
import io
import time
from contextlib import suppress
from email.message import EmailMessage

import pytest
from tests.mails import eml, mail, mbox

from tuanhoc.intake.mail import NotAMail, is_mail, is_mbox, messages_of, read_mail
from tuanhoc.intake.mail.bodies import own_words, text_of_html
from tuanhoc.lib.dates import HANOI

NAME = "Lịch đăng ký UBND xã Lâm Sơn.docx"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 3_000


def what(mail):
    return [(part.name, part.what) for part in mail.parts if part.what != "body"]


def raw_part(disposition: str, kind: str = "application/msword") -> bytes:
    return (
        f"From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        f"--b\r\nContent-Type: {kind}\r\n{disposition}\r\n\r\nabc\r\n--b--\r\n"
    ).encode()


def test_a_message_says_who_when_to_whom_and_what():
    read = read_mail(eml((NAME, b"PK"), sender='"Phòng VH-XH, huyện" <Van.Hoa@NinhSon.example>', subject="Nộp lịch"))
    assert (read.sender, read.sender_name, read.subject) == (
        "van.hoa@ninhson.example", "Phòng VH-XH, huyện", "Nộp lịch",
    )  # fmt: skip
    assert (read.recipients, read.is_automatic) == (("dangky@so.example",), False)
    assert read.sent_at == dt.datetime(2022, 9, 28, 9, tzinfo=HANOI)
    assert read.text == "Kính gửi Sở, đơn vị gửi lịch."
    assert [(part.name, part.data) for part in read.files] == [(NAME, b"PK")]


BASE64 = base64.b64encode(NAME.encode()).decode()


@pytest.mark.parametrize(
    ("disposition", "kind"),
    [
        ("Content-Disposition: attachment; filename*=UTF-8''L%E1%BB%8Bch%20%C4%91%C4%83ng%20k%C3%BD%20UBND%20x%C3%A3%20"
         "L%C3%A2m%20S%C6%A1n.docx", "application/msword"),
        ("Content-Disposition: attachment; filename*0*=UTF-8''L%E1%BB%8Bch%20%C4%91%C4%83ng;\r\n"
         " filename*1*=%20k%C3%BD%20UBND%20x%C3%A3%20L%C3%A2m;\r\n filename*2*=%20S%C6%A1n.docx", "application/msword"),
        (f'Content-Disposition: attachment; filename="=?UTF-8?B?{BASE64}?="', "application/msword"),
        # a letter cut in two by its encoding, as old mailers do
        (f'Content-Disposition: attachment; filename="=?UTF-8?B?{BASE64[:4]}?=\r\n =?UTF-8?B?{BASE64[4:]}?="',
         "application/msword"),
        ("Content-Disposition: attachment", f'application/msword; name="=?utf-8?b?{BASE64}?="'),
        (f'Content-Disposition: attachment; filename="{NAME}"', "application/msword"),
    ],
    ids=["2231", "2231 in pieces", "2047 in quotes", "2047 cut in a letter", "name of the type", "raw bytes"],
)  # fmt: skip
def test_a_vietnamese_file_name_is_read_however_it_was_written(disposition, kind):
    assert [part.name for part in read_mail(raw_part(disposition, kind)).files] == [NAME]


def test_words_in_an_old_charset_are_read():
    raw = b"From: a@b.example\r\nSubject: =?windows-1258?Q?L=ECch?=\r\n\r\nxin ch\xe0o"
    assert (read_mail(raw).text, is_mail(raw)) == ("xin chào", True)


def test_forwarded_messages_are_opened_in_their_place():
    inner = mail(("trong.docx", b"PK1"), sender="xa@lamson.example", subject="Của xã")
    outer = mail(("ngoai.docx", b"PK0"), sender="huyen@ninhson.example")
    outer.add_attachment(inner)
    outer.add_attachment(
        eml(("tep.docx", b"PK2"), sender="th@lamson.example", subject="Của trường"),
        maintype="application", subtype="octet-stream", filename="thu.eml",
    )  # fmt: skip
    read = read_mail(outer.as_bytes())
    assert [(part.name, part.within) for part in read.files] == [
        ("ngoai.docx", ""), ("trong.docx", "Của xã"), ("tep.docx", "Của trường"),
    ]  # fmt: skip
    assert read.forwarded_from == ("xa@lamson.example", "th@lamson.example")


def test_a_logo_in_the_signature_is_listed_and_no_form_a_photo_is_one():
    message = mail(html='<p>Lịch</p><img src="cid:logo">')
    message.get_payload()[1].add_related(PNG * 20, "image", "png", cid="<logo>", filename="logo.png")
    message.add_attachment(b"\xff\xd8\xff" + b"1" * 300_000, maintype="image", subtype="jpeg", filename="anh chup.jpg")
    assert what(read_mail(message.as_bytes())) == [("logo.png", "picture"), ("anh chup.jpg", "file")]


def test_what_is_no_form_is_named_for_what_it_is():
    message = mail(("winmail.dat", b"x\x9f\x3e\x22"), ("rong.docx", b""))
    message.add_attachment("BEGIN:VCARD", subtype="vcard", filename="lan.vcf")
    message.add_attachment("BEGIN:VCALENDAR", subtype="calendar", filename="hop.ics")
    assert what(read_mail(message.as_bytes())) == [
        ("winmail.dat", "tnef"), ("rong.docx", "empty"), ("lan.vcf", "card"), ("hop.ics", "calendar"),
    ]  # fmt: skip


def test_the_table_of_a_page_becomes_lines_with_bars():
    page = (
        "<html><head><style>p {}</style></head><body><p>Lịch của xã</p><table><tr><th>Ngày</th><th>Nội dung</th></tr>"
        "<tr><td><p>01/10</p></td><td>Khai mạc</td></tr></table><script>x</script>Trân trọng</body></html>"
    )
    assert [" ".join(line.split()) for line in text_of_html(page).split("\n")] == [
        "Lịch của xã", "Ngày | Nội dung", "01/10 | Khai mạc", "Trân trọng",
    ]  # fmt: skip


def test_the_letters_answered_below_are_left_out_a_forwarded_one_stays():
    assert own_words("Gửi lịch\n> cũ\nVào 20/9, Sở đã viết:\nlịch cũ") == "Gửi lịch"
    assert own_words("---------- Forwarded message ---------\n01/10: Khai mạc").endswith("01/10: Khai mạc")


def test_the_moment_of_arrival_is_the_last_servers():
    raw = (
        b"Received: from b by so.example; Wed, 28 Sep 2022 10:00:00 +0700\r\n"
        b"Received: from a by b; Wed, 28 Sep 2022 09:59:00 +0700\r\nDate: Mon, 1 Aug 2022 00:00:00 +0700\r\n"
        b"From: a@b.example\r\n\r\nx"
    )
    assert read_mail(raw).arrived_at == dt.datetime(2022, 9, 28, 10, tzinfo=HANOI)


@pytest.mark.parametrize("date", ["", "hôm qua", "Wed, 99 Sep 2022", "Mon, 1 Jan 1990 00:00:00 +0000", "9" * 500])
def test_a_date_nobody_can_read_is_none(date):
    assert read_mail(eml(sent=None) if not date else f"Date: {date}\nFrom: a@b.vn\n\nx".encode()).sent_at is None


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"List_Id": "<x.example>"},
        {"Return_Path": "<>"}, {"X_Auto_Response_Suppress": "All"},
    ],
    ids=str,
)  # fmt: skip
def test_what_a_program_or_a_list_sent_is_known_as_such(headers):
    assert read_mail(eml(**headers)).is_automatic
    assert not read_mail(eml(Auto_Submitted="no")).is_automatic


# made to harm


def nested(depth: int) -> bytes:
    head = b"From: a@b.example\n"
    for n in range(depth):
        head += f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n".encode()
    return head + b"Content-Type: text/plain\n\nx\n"


def many_parts(count: int) -> bytes:
    return b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * count


HOSTILE = {
    "0 bytes": b"",
    "no mail": b"\x00\x01\x02" * 100,
    "a million parts": many_parts(1_000_000),
    "deep": nested(3_000),
    "deep and long": nested(900) + b"x\n" * 300_000,
    "as deep as is borne": nested(19) + b"x\n" * 100_000,
    "endless headers": b"From: a@b.example\n" + b"X-A: b\n" * 200_000,
    "one endless header": b"From: " + b"(" * 2_000_000,
    "a page nested for ever": b"From: a@b.example\nContent-Type: text/html\n\n" + b"<table><tr><td>" * 60_000,
    "a page of one word": b"From: a@b.example\nContent-Type: text/html\n\n" + b"<b>x" * 200_000,
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
def test_what_is_made_to_harm_costs_a_moment_and_breaks_nothing(raw):
    before = time.process_time()
    with suppress(NotAMail):
        read_mail(raw)
    assert time.process_time() - before < 3


@pytest.mark.parametrize(
    "raw",
    [
        b"From: a@b.example\nContent-Type: " + b"text/plain; " * 5_000 + b"\n\nx",
        b"From: =?x-nobody?B?AAAA?= <a@b.example>\nSubject: =?utf-8?B?////?=\n\nx",
        b"From: a@b.example\nContent-Type: text/plain; charset=x-nobody\n\nx\xff",
        b"From: a@b.example\nContent-Transfer-Encoding: base64\nContent-Type: application/msword\n\n!!!!",
        b"From: a@b.example\nContent-Type: multipart/mixed\n\nno boundary",
        b"From: a@b.example\nContent-Type: message/rfc822\n\n",
        b"From: a@b.example, " + b"<" * 3_000 + b"\nTo: " + b'"' * 3_000 + b"\n\nx",
        b"From: a@b.example\nContent-Type: application/msword; name*=''%%%\n\nabc",
        b"From: a@b.example\nContent-Type: application/msword; name*9999999999=x; name*0*=x\n\nabc",
    ],
)
def test_broken_headers_are_borne(raw):
    assert read_mail(raw).sender == "a@b.example"


def test_many_attachments_are_opened_to_a_limit_and_the_rest_is_said():
    message = EmailMessage()
    message["From"] = "a@b.example"
    message.set_content("x")
    for n in range(310):
        message.add_attachment(b"abc", maintype="application", subtype="msword", filename=f"{n}.doc")
    read = read_mail(message.as_bytes())
    assert (len(read.files), read.parts[-1].what) == (299, "too_many")


# boxes


def test_a_box_gives_its_messages_as_they_were():
    sent = [eml(text=f"Thư {n}\n\nFrom here on the text goes on 2022 times", message_id=f"<{n}@x>") for n in range(3)]
    box = mbox(sent)
    assert (is_mbox(box), is_mail(box), is_mail(sent[0]), is_mbox(sent[0])) == (True, False, True, False)
    got = [read_mail(piece.raw) for piece in messages_of(io.BytesIO(box), "hop.mbox")]
    assert [(m.message_id, m.text) for m in got] == [
        (f"<{n}@x>", f"Thư {n}\n\nFrom here on the text goes on 2022 times") for n in range(3)
    ]


def test_a_plain_form_is_no_mail():
    assert not is_mail("Đơn vị: UBND xã Lâm Sơn\nNgày: 01/10\n".encode())
    assert not is_mail(b"PK\x03\x04")
    assert not is_mbox(b"From 01/10 to 07/10\n")


def test_messages_attached_as_files_inside_each_other_are_opened_to_a_depth():
    raw = b"From: a@b.example\r\nSubject: x\r\n\r\nabc\r\n"
    for n in range(12):
        raw = (
            b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
            b"Content-Type: application/octet-stream; name=x%d.eml\r\n\r\n%s\r\n--b%d--\r\n" % (n, n, n, raw, n)
        )
    # Deeper ones stay a file: each would be parsed anew and held in memory meanwhile, whatever its size.
    assert [(part.name, part.what) for part in read_mail(raw).parts] == [("x8.eml", "file")]


def test_a_page_of_nothing_but_spaces_costs_no_more_than_its_length():
    began = time.process_time()
    assert text_of_html("<p>a" + "<i> </i> " * 12_000 + "b").split() == ["a", "b"]
    assert time.process_time() - began < 1


def test_of_hundreds_of_pages_in_one_message_a_few_are_looked_at():
    page = b"--b\r\nContent-Type: text/html\r\n\r\n<p>Trang</p>\r\n"
    raw = b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + page * 200 + b"--b--\r\n"
    assert read_mail(raw).text.split() == ["Trang"] * 12
