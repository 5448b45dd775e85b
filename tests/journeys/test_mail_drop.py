"""A mailbox of thirty mixed messages is dropped in the desk and cleared in the browser; the clicks are counted."""

import io
import re

import pytest
import xlsxwriter
from django.core.management import call_command
from django.urls import reverse
from PIL import Image

from tests.builders import IN_TIME, UNITS, province, unit_of, week
from tests.form_files import COLUMNS, LABEL, word_form, zipped
from tests.journeys.conftest import flaws
from tests.journeys.test_desk_pages import signed_in
from tests.mails import eml, mail, mbox
from tuanhoc.activities.models import Registration, State
from tuanhoc.intake.models import Drop, FormFile, MailMessage
from tuanhoc.lib.actor import Role
from tuanhoc.units.models import Contact, Unit
from tuanhoc.web import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COMMUNES = (
    "An Hải", "Bắc Phong", "Cà Ná", "Công Hải", "Hòa Sơn", "Lợi Hải", "Ma Nới", "Mỹ Sơn", "Nhị Hà", "Phước Bình",
    "Phước Chiến", "Phước Dinh", "Phước Hà", "Quảng Sơn", "Tân Hải", "Vĩnh Hải", "Xuân Hải", "Bình Nghĩa", "Thanh Sơn",
    "Tri Hải", "Đắc Sơn",
)  # fmt: skip
VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture(autouse=True)
def in_time(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)


@pytest.fixture
def campaign():
    more = "".join(f"xa-{n},ubnd-585,commune_committee,UBND xã {name},,1\n" for n, name in enumerate(COMMUNES))
    province(UNITS + more)
    campaign = week()
    for key, email in (("xa-12", "vanthu@phuocha.example"), ("ubnd-585", "pgd@ninhson.example")):
        Contact.objects.create(unit=Unit.objects.get(key=key), name="Văn thư", email=email)
    return campaign


def commune(n, content="", **more):
    """Return the form of one commune."""
    content = content or f"7h30: Ngày hội đọc sách ở {COMMUNES[n]}"
    return word_form(f"UBND xã {COMMUNES[n]}", [("03/10/2022", "Nhà văn hóa xã", content, "")], **more)


def sheet(n):
    """Return the form of one commune as a workbook."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write(0, 0, f"{LABEL}UBND xã {COMMUNES[n]}")
        page.write_row(2, 0, COLUMNS)
        page.write_row(3, 0, ("1", "04/10/2022", "Thư viện xã", f"8h00: Thi kể chuyện ở {COMMUNES[n]}", ""))
    return out.getvalue()


def photo():
    out = io.BytesIO()
    Image.effect_noise((700, 900), 60).save(out, "JPEG")
    return out.getvalue()


def mixed():
    """Return thirty messages as a coordinator's mailbox holds them by the end of September."""
    first, third = commune(0), commune(2)
    csv = f"{LABEL}UBND xã {COMMUNES[14]}\nTT;Ngày;Địa điểm;Nội dung;Ghi chú\n1;05/10/2022;Sân xã;9h00: Hội thao;\n"
    words = f"Đơn vị: UBND xã {COMMUNES[15]}\n\n- 7h30 ngày 03/10/2022: Thi vẽ tranh tại Nhà văn hóa xã\n"
    forwarded = mail(subject="PGD chuyển lịch của xã", sender="pgd@ninhson.example")
    forwarded.add_attachment(mail((f"xa {COMMUNES[16]}.docx", commune(16)), subject="Của xã", sender="x@x.example"))
    return [
        eml(("lich.docx", first), subject="1 lịch"),
        *(eml((f"lich {n}.docx", commune(n)), subject=f"{n + 1} lịch") for n in range(1, 11)),
        *(eml((f"bang {n}.xlsx", sheet(n)), subject=f"{n + 1} bảng") for n in (11, 12, 13)),
        eml(("bang.csv", csv.encode()), subject="15 csv"),
        eml(text=words, subject="16 trong thư"),
        forwarded.as_bytes(),
        eml(("hai xa.zip", zipped({"a.docx": commune(17), "b.docx": commune(18)})), subject="18 nén"),
        eml(("a.docx", commune(19)), ("winmail.dat", b"x\x9f\x3e\x22"), subject="19 kèm winmail"),
        eml(("so.docx", word_form("Sở TT&TT")), subject="20 sở"),
        eml(("tv.docx", word_form("Thư viện tỉnh")), subject="21 thư viện"),
        eml(("lich (1).docx", first), subject="22 gửi lại tệp"),
        eml(("lich moi.docx", commune(1, foot=["Nơi nhận: như trên"])), subject="23 gửi lại nội dung"),
        eml(("lich sua.docx", commune(2, "8h30: Ngày hội đọc sách ở Cà Ná")), subject="24 sửa lại"),
        eml(("cty.docx", word_form("Công ty TNHH Nắng Mới")), subject="25 công ty", sender="ketoan@nangmoi.example"),
        eml(("lich.docx", word_form(None, [("06/10/2022", "Sân", "Giao lưu", "")])), subject="26 không tên"),
        eml(("xa.docx", commune(20)), subject="27 gửi nhầm", sender="vanthu@phuocha.example"),
        eml(("anh chup.jpg", photo()), subject="28 ảnh"),
        eml(("hong.docx", third[: len(third) // 2]), subject="29 hỏng"),
        eml(("hoa don.docx", VIRUS), subject="30 lạ", sender="spam@la.example"),
        eml(text="Cho tôi hỏi hạn nộp là ngày nào ạ?", subject="31 hỏi"),
    ]


class Hand:
    """The officer's hand: does, and counts the clicks."""

    def __init__(self, page):
        self.page, self.clicks = page, 0

    def press(self, what):
        self.clicks += 1
        what.click()
        self.page.wait_for_load_state("networkidle")

    def typed(self, what, text):
        self.clicks += 1
        what.fill(text)


def test_a_mailbox_of_thirty_is_dropped_and_cleared(live_server, page, campaign, tmp_path):
    messages = mixed()
    assert len(messages) == 31
    path = tmp_path / "hop thu.mbox"
    path.write_bytes(mbox(messages))
    signed_in(page, live_server, Role.COORDINATOR, campaign_id=campaign.pk)
    hand = Hand(page)

    page.goto(live_server.url + reverse("desk:inbox", args=[campaign.code]))
    page.locator("input[type=file]").set_input_files(path)
    hand.clicks += 1
    hand.press(page.get_by_role("button", name="Tải lên và đọc"))
    page.get_by_text("0 trên 31 tệp hoặc thư").wait_for()
    assert flaws(page) == []
    address = page.url
    page.goto("about:blank")
    call_command("work", once=True)
    page.goto(address)
    page.get_by_text("31 trên 31 tệp hoặc thư").wait_for()
    assert flaws(page) == []
    assert (Drop.objects.get().came, MailMessage.objects.count()) == ({"mail": 31}, 31)

    hand.press(page.get_by_role("link", name="Xem thư đến"))
    assert flaws(page) == []
    card = lambda subject: page.locator("article.mail").filter(has=page.get_by_role("heading", name=subject))  # noqa: E731
    for subject in ("25 công ty", "28 ảnh", "29 hỏng", "30 lạ"):
        hand.press(card(subject).get_by_role("button", name="Không phải mẫu đăng ký"))
    hand.typed(card("26 không tên").get_by_label("Gõ một phần tên"), "UBND xã Nhơn Hải")
    hand.press(card("26 không tên").get_by_role("button", name="Chọn và xác nhận"))
    hand.press(card("27 gửi nhầm").get_by_role("button", name="Chọn và xác nhận"))
    page.get_by_text("Không còn thư nào phải xem.").or_(page.locator("article.mail").first).first.wait_for()
    assert not MailMessage.objects.waiting().exists()

    page.goto(
        live_server.url
        + reverse("desk:mail", args=[campaign.code, MailMessage.objects.get(subject="19 kèm winmail").pk])
    )
    assert flaws(page) == []

    # The corrected form beside the one before it; the one typed into a letter; then all that leave nothing to ask.
    page.goto(live_server.url + reverse("desk:mails", args=[campaign.code]))
    hand.press(page.get_by_role("link", name="Tệp Word", exact=True))
    hand.press(page.locator("tr").filter(has_text="lich sua.docx").get_by_role("link").first)
    assert flaws(page) == []
    hand.press(page.get_by_role("button", name="Để bản trước sang một bên"))
    if "/tep/" in page.url:
        hand.press(page.get_by_role("button", name="Xác nhận", exact=True))
    if "/tep/" in page.url:
        hand.press(page.locator(".crumbs a"))
    hand.press(page.get_by_role("button", name=re.compile(r"Xác nhận \d+ tệp không có vấn đề")))

    left = FormFile.objects.filter(state=FormFile.State.READ)
    assert [(form.name, form.open_points) for form in left] == []
    handed_in = Registration.objects.filter(state=State.SUBMITTED)
    assert handed_in.count() == 24
    assert unit_of(campaign, "xa-2").pk in handed_in.values_list("host", flat=True)
    print(f"\n{len(messages)} messages, {FormFile.objects.count()} forms: {hand.clicks} clicks")
    assert hand.clicks <= 18
