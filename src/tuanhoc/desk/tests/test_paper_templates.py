"""The pages on which a province sets its papers, and on which any Word file is checked."""

import io
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document
from tests.builders import IN_TIME

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import User
from tuanhoc.campaigns import queries
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.papers.docx import to_docx
from tuanhoc.papers.tests.samples import LETTER

pytestmark = pytest.mark.django_db
WORDS = {
    "issuer": "Phòng Giáo dục thường xuyên",
    "signature": "TL. Giám đốc\r\n\r\nTrưởng phòng",
    "signer": "Trần Thị B",
}


@pytest.fixture
def client(campaign):
    user = User.objects.create_user("dieuphoi@ninhthuan.example")
    accounts.give_seat(user, Role.COORDINATOR, campaign_id=campaign.pk, by=SYSTEM, at=IN_TIME)
    client = Client()
    client.force_login(user)
    return client


def address(campaign, slug="don-doc"):
    return reverse("desk:paper_template", args=[campaign.code, slug])


def words(answer):
    return answer.content.decode()


def test_every_kind_is_listed_and_opens(client, campaign):
    page = words(client.get(reverse("desk:paper_templates", args=[campaign.code])))
    for slug in ("chung", "ke-hoach", "giay-moi", "lich", "don-doc"):
        assert address(campaign, slug) in page
        assert client.get(address(campaign, slug)).status_code == 200
    assert client.get(address(campaign, "khong-co")).status_code == 404


def test_looking_keeps_nothing_saving_keeps_what_was_typed(client, campaign):
    looked = client.post(address(campaign), {**WORDS, "do": "look"})
    assert "Đây là bản xem trước, chưa lưu." in words(looked)
    assert "Trần Thị B" in words(looked)
    assert not campaign.paper_templates.exists()
    assert client.post(address(campaign), {**WORDS, "left_mm": "32,5", "do": "save"}).status_code == 302
    assert queries.current_templates(campaign) == {
        "reminder": {
            "issuer": "Phòng Giáo dục thường xuyên", "signature": ["TL. Giám đốc", "Trưởng phòng"],
            "signer": "Trần Thị B", "layout": {"left_mm": 32.5},
        }
    }  # fmt: skip


def test_a_value_that_breaks_the_decree_is_told_with_its_clause_and_may_be_kept(client, campaign):
    given = {**WORDS, "signer": "TS. Trần Thị B", "left_mm": "25"}
    page = words(client.post(address(campaign), {**given, "do": "look"}))
    assert "Trước họ tên không ghi học hàm, học vị" in page
    assert "Mục II, khoản 7c" in page
    assert "Lề trái 30–35 mm" in page
    page = words(client.post(address(campaign), {**given, "do": "save"}, follow=True))
    assert "khác Nghị định 30 ở 2 điều" in page
    assert queries.current_templates(campaign)["reminder"]["signer"] == "TS. Trần Thị B"


def test_a_template_that_keeps_the_decree_says_so(client, campaign):
    page = words(client.post(address(campaign), {**WORDS, "do": "save"}, follow=True))
    assert "Văn bản theo mẫu này đúng thể thức Nghị định 30." in page
    assert "Văn bản theo mẫu này đúng thể thức." in page


def test_margins_no_printer_takes_are_asked_for_again(client, campaign):
    answer = client.post(address(campaign), {**WORDS, "left_mm": "200", "do": "save"})
    assert answer.status_code == 422
    assert not campaign.paper_templates.exists()


def test_an_earlier_edition_and_the_default_come_back(client, campaign):
    client.post(address(campaign), {**WORDS, "do": "save"})
    client.post(address(campaign), {**WORDS, "signer": "Lê Văn C", "do": "save"})
    client.post(address(campaign), {"do": "restore-1"})
    assert queries.current_templates(campaign)["reminder"]["signer"] == "Trần Thị B"
    client.post(address(campaign), {"do": "restore-0"})
    assert queries.current_templates(campaign) == {}
    assert "Không có phiên bản 9" in words(client.post(address(campaign), {"do": "restore-9"}, follow=True))


def test_a_letter_of_the_office_fills_the_form_and_nothing_is_kept(client, campaign):
    letter = SimpleUploadedFile("cong-van.docx", to_docx(LETTER))
    page = words(client.post(address(campaign, "lich"), {"do": "bring", "letter": letter}))
    for said in (
        "Đã đọc từ “cong-van.docx”", 'value="UBND tỉnh Ninh Thuận"', 'value="Sở Giáo dục và Đào tạo"',
        'value="SGDĐT-GDTX"', 'value="Ninh Thuận"', "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", 'value="Nguyễn Văn A"',
        "Bộ GDĐT (b/c)\nLưu: VT, GDTX", "Các sở, ban, ngành\nUBND các huyện, thành phố",
    ):  # fmt: skip
        assert said in page
    assert not campaign.paper_templates.exists()


def test_a_letter_with_one_body_in_its_head_prints_no_other_above_it(client, campaign):
    alone = replace(LETTER, letterhead=replace(LETTER.letterhead, superior=""))
    letter = SimpleUploadedFile("ke-hoach.docx", to_docx(alone))
    page = words(client.post(address(campaign, "lich"), {"do": "bring", "letter": letter}))
    assert '<input type="text" name="superior" value="-"' in page


@pytest.mark.parametrize(
    ("data", "sent", "said"),
    [
        (b"", "x.docx", "Tệp không có nội dung"),
        (b"%PDF-1.4", "x.pdf", "Chỉ kiểm tra được tệp Word dạng .docx"),
        (b"%PDF-1.4", "x.docx", "Tệp bị hỏng"),
        (b"khong phai Word", "X.DOCX", "Tệp bị hỏng"),
        (b"PK\x03\x04 cut off", "x.docx", "Tệp bị hỏng"),
    ],
)
def test_what_is_no_letter_is_refused_in_words(client, campaign, data, sent, said):
    for where, name in ((address(campaign), "letter"), (reverse("desk:check_paper"), "paper")):
        file = SimpleUploadedFile(sent, data)
        answer = client.post(where, {"do": "bring", name: file}, follow=True)
        assert said in words(answer) or (not data and "Vui lòng chọn" in words(answer))
        assert "dạng .docx" not in words(answer) or sent == "x.pdf"


def test_the_specimen_comes_as_word_and_pdf(client, campaign):
    word = client.post(address(campaign), {**WORDS, "do": "docx"})
    assert Document(io.BytesIO(word.content)).tables[0].cell(0, 0).paragraphs[-2].text == "PHÒNG GIÁO DỤC THƯỜNG XUYÊN"
    assert client.post(address(campaign), {**WORDS, "do": "pdf"}).content.startswith(b"%PDF")


def test_the_printed_letter_follows_the_template(client, campaign):
    client.post(address(campaign, "lich"), {**WORDS, "closing": "Xin trân trọng cảm ơn.", "do": "save"})
    word = client.get(reverse("schedule:standing", args=[campaign.code, "docx"]))
    text = [p.text for p in Document(io.BytesIO(word.content)).paragraphs]
    assert "Xin trân trọng cảm ơn./." in text


def test_any_word_file_is_checked_and_told_clause_by_clause(client):
    where = reverse("desk:check_paper")
    good = SimpleUploadedFile("tot.docx", to_docx(LETTER))
    assert "Không thấy điều nào trái thể thức." in words(client.post(where, {"paper": good}))
    bad = SimpleUploadedFile("sai.docx", to_docx(replace(LETTER, signer="ThS. Nguyễn Văn A")))
    page = words(client.post(where, {"paper": bad}))
    assert "1 điều trái thể thức" in page
    assert "Mục II, khoản 7c" in page
    assert client.post(where, {}).status_code == 422
