"""Who wrote to us hears that it came: what was understood only a known contact, and no two machines for ever."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import IN_TIME, TOO_LATE, unit_of, week
from tests.form_files import word_form
from tests.mails import eml, mail

from tuanhoc.accounts import actions as accounts
from tuanhoc.activities.models import Registration, State
from tuanhoc.intake.actions import mail_reading, mails
from tuanhoc.intake.actions.mails import MAILBOX, Came
from tuanhoc.intake.models import FormFile
from tuanhoc.lib.actor import SYSTEM
from tuanhoc.notices import post, rules
from tuanhoc.notices.models import Message
from tuanhoc.notices.rules import LINK_MARK, MOST_ACKS
from tuanhoc.notices.tests.conftest import MACHINE, contact
from tuanhoc.notices.tests.mail_server import mail_server
from tuanhoc.outbox.actions import deliver_waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_time")]
LAN = "lan@lamson.example"


@pytest.fixture
def campaign():
    campaign = week()
    deliver_waiting(at=IN_TIME)
    return campaign


def taken(raw, *, via="imap", at=IN_TIME):
    message, _ = mails.keep_mail(raw, Came(via), by=MAILBOX, at=at)
    mail_reading.read_mail(mails.claim(message.pk, machine=MACHINE), by=MAILBOX, at=at)
    return message


def receipts():
    deliver_waiting(at=IN_TIME)
    return list(Message.objects.filter(about__startswith="mail:").order_by("pk"))


LETTER = """\
Kính gửi Chị Lan,

Sở Giáo dục và Đào tạo đã nhận được thư của Quý đơn vị lúc 09:00 28/09/2022. Xin cảm ơn.

- lich.docx (UBND xã Lâm Sơn): đọc được 1 hoạt động.

Xin mở liên kết riêng dưới đây để xem chương trình đã hiểu đúng chưa, sửa nếu cần, và xác nhận:
[liên kết riêng, chỉ có trong thư gửi đi]

Liên kết chỉ dành cho đơn vị, xin không chuyển cho nơi khác. Nếu đơn vị không gửi thư này, xin bỏ qua.

Cần hỗ trợ: Sở Giáo dục và Đào tạo

Trân trọng,
Sở Giáo dục và Đào tạo
"""


def test_a_known_contact_hears_what_was_understood_and_gets_its_units_link(campaign):
    contact("xa-lamson", LAN)
    taken(eml(("lich.docx", word_form("UBND xã Lâm Sơn"))))
    [receipt] = receipts()
    assert (receipt.to, receipt.host, receipt.carries_link, receipt.subject) == (
        LAN, unit_of(campaign, "xa-lamson"), True,
        "Đã nhận lịch gửi qua thư – Tuần lễ hưởng ứng học tập suốt đời năm 2022",
    )  # fmt: skip
    assert receipt.body == LETTER


def test_a_stranger_hears_only_that_the_letter_came(campaign):
    contact("xa-lamson", "nguoi-khac@lamson.example")
    taken(
        eml(
            ("lich UBND xã Lâm Sơn.docx", word_form("UBND xã Lâm Sơn")), sender="ai-do@mail.example", subject="MUA NGAY"
        )
    )
    [receipt] = receipts()
    assert (receipt.host, receipt.carries_link, receipt.receiver) == (None, False, "")
    assert not re.search("Lâm Sơn|MUA NGAY|hoạt động\\.|liên kết riêng, chỉ", receipt.body + receipt.subject)


def test_the_contact_of_one_unit_gets_no_link_for_another(campaign):
    contact("xa-nhonhai", LAN)
    taken(eml(("lich.docx", word_form("UBND xã Lâm Sơn"))))
    [receipt] = receipts()
    assert (receipt.host, LINK_MARK in receipt.body, "Lâm Sơn" in receipt.body) == (None, False, False)


def test_a_district_hears_of_its_communes_and_gets_no_link_for_them(campaign):
    contact("ubnd-585", LAN)
    taken(eml(("a.docx", word_form("UBND xã Lâm Sơn")), ("b.docx", word_form("UBND xã Nhơn Hải"))))
    [receipt] = receipts()
    assert (receipt.host, "a.docx (UBND xã Lâm Sơn)" in receipt.body) == (None, True)
    assert "Nhơn Hải" not in receipt.body
    assert "Còn 1 tệp khác trong thư đang chờ được xem." in receipt.body


def test_a_late_one_is_told_so(campaign):
    contact("xa-lamson", LAN)
    taken(
        eml(("lich.docx", word_form("UBND xã Lâm Sơn")), sent="Sat, 1 Oct 2022 00:00:01 +0700"),
        at=TOO_LATE + dt.timedelta(hours=1),
    )  # fmt: skip
    assert "Thư đến sau hạn đăng ký, vẫn được nhận và được đánh dấu như vậy." in receipts()[0].body


@pytest.mark.parametrize(
    "given",
    [
        {"Auto_Submitted": "auto-replied"}, {"Precedence": "list"}, {"List_Id": "<x.example>"}, {"Return_Path": "<>"},
        {"sender": "MAILER-DAEMON@lamson.example"}, {"sender": "no-reply@lamson.example"},
        {"sender": "tuanhoc@localhost.example"}, {"sender": "dangky@so.example"},
    ],
    ids=str,
)  # fmt: skip
def test_programs_lists_and_ourselves_are_never_answered(campaign, settings, given):
    settings.MAIL_RECIPIENTS, settings.DEFAULT_FROM_EMAIL = ["dangky@so.example"], "Sở <tuanhoc@localhost.example>"
    taken(eml(("lich.docx", word_form("UBND xã Lâm Sơn")), **given))
    assert receipts() == []


def test_what_somebody_dropped_in_the_desk_is_not_answered(campaign):
    message, _ = mails.keep_mail(
        eml(("a.docx", word_form("UBND xã Lâm Sơn"))), Came("drop", campaign), by=MAILBOX, at=IN_TIME
    )
    mail_reading.read_mail(mails.claim(message.pk, machine=MACHINE), by=MAILBOX, at=IN_TIME)
    assert receipts() == []


@pytest.mark.parametrize(("asked", "count"), [(["no"], 0), (["khac-2022"], 0), (["ninh-thuan-2022"], 1), (["yes"], 1)])
def test_receipts_are_switched_for_all_weeks_or_for_some(campaign, settings, asked, count):
    settings.MAIL_RECEIPTS = asked
    taken(eml(("lich.docx", word_form("UBND xã Lâm Sơn"))))
    assert len(receipts()) == count


def a_form(n, **given):
    """Return a message with a form of its own."""
    return eml((f"lich-{n}.txt", f"Lịch {n}\n03/10/2022 | Nhà văn hóa xã | Ngày hội đọc sách {n}".encode()), **given)


def test_a_letter_without_a_form_gets_no_receipt(campaign):
    contact("xa-lamson", LAN)
    taken(eml(text="Kính gửi Sở, xin hỏi một việc ạ."))
    taken(eml(text="MUA NGAY HÔM NAY", sender="victim@elsewhere.example"))
    assert receipts() == []


def test_strangers_together_get_so_many_receipts_a_day(campaign, monkeypatch):
    monkeypatch.setattr(rules, "MOST_ACKS_TO_STRANGERS", 3)
    for n in range(5):
        taken(a_form(n, sender=f"victim-{n}@elsewhere.example"))
    assert len(receipts()) == 3
    contact("xa-lamson", LAN)
    taken(eml(("lich.docx", word_form("UBND xã Lâm Sơn"))))
    assert len(receipts()) == 4


def test_a_tag_in_the_address_gets_no_more_receipts(campaign):
    for n in range(MOST_ACKS + 3):
        taken(a_form(n, sender=f"victim+{n}@elsewhere.example"))
    assert len(receipts()) == MOST_ACKS


def test_a_sender_whose_server_disowns_the_letter_is_nobodys_contact(campaign):
    contact("xa-lamson", LAN)
    raw = eml(("lich.docx", word_form("UBND xã Lâm Sơn")))
    taken(b"Authentication-Results: mx.so.example; spf=pass; dmarc=fail (p=none)\r\n" + raw)
    form = FormFile.objects.get()
    assert (receipts(), form.from_contact, form.is_unsure) == ([], False, True)
    assert form.match_because[-1] == ["sender_doubted", LAN]


def test_what_a_forger_writes_into_a_letter_is_not_handed_on(campaign):
    contact("xa-lamson", LAN)
    name = "Mời vào www.evil.example hoặc gửi a@evil.example.docx"
    taken(eml((name, word_form("UBND xã Lâm Sơn")), sender=f'"Mời vào evil.example" <{LAN}>'))
    [receipt] = receipts()
    assert (receipt.receiver, "evil.example" in receipt.body) == ("Chị Lan", False)
    assert "- Mời vào www evil example hoặc gửi a evil example.docx (UBND xã Lâm Sơn)" in receipt.body


def test_an_address_that_only_looks_like_the_contacts_is_a_strangers(campaign):
    contact("xa-lamson", "lin@lamson.example")
    taken(eml(("lich.docx", word_form("UBND xã Lâm Sơn"))).replace(LAN.encode(), "lın@lamson.example".encode()))
    [form] = FormFile.objects.all()
    assert (form.from_contact, [receipt.carries_link for receipt in receipts()]) == (False, [False])


def test_one_receipt_a_message_and_so_many_a_day(campaign):
    for n in range(MOST_ACKS + 3):
        message = taken(a_form(n))
    assert len(receipts()) == MOST_ACKS
    mails.put_aside(message, not_a_form=False, by=MAILBOX, at=IN_TIME)
    assert len(receipts()) == MOST_ACKS


def test_a_message_about_nothing_we_know_breaks_no_header(campaign):
    message = mail(("a.docx", word_form(None)), subject="x")
    message.replace_header("Subject", "Lịch =?utf-8?q?=0D=0ABcc=3A_a=40b?=")
    taken(message.as_bytes())
    assert "\n" not in receipts()[0].subject


def test_the_link_in_a_receipt_really_sent_opens_the_form_and_the_unit_hands_it_in(campaign, settings):
    contact("xa-lamson", LAN)
    taken(eml(("lich.docx", word_form("UBND xã Lâm Sơn"))))
    [receipt] = receipts()
    with mail_server(settings) as server:
        post.send_message.call(receipt.pk)
    [sent] = server.taken
    assert (sent["To"], sent["Auto-Submitted"]) == (LAN, "auto-generated")
    link = re.search(r"http://testserver(/\S+)", sent.get_content())[1]

    client, form = Client(), FormFile.objects.get()
    page = client.post(link, follow=True)
    assert page.redirect_chain[-1][0] == reverse("desk:form_file", args=[form.pk])
    assert "UBND xã Nhơn Hải" not in page.content.decode()
    assert "Xác nhận và nộp" in page.content.decode()
    rows = {"r-0-content": "Ngày hội đọc sách", "r-0-held_on": "03/10/2022", "r-0-place": "Nhà văn hóa xã"}
    answer = client.post(page.redirect_chain[-1][0], {"do": "confirm", "version": "0", **rows}, follow=True)
    registration = Registration.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("desk:sheet", args=[registration.host_id])
    assert (registration.host.name, registration.state, registration.entered_on_behalf, registration.submitted_at) == (
        "UBND xã Lâm Sơn", State.SUBMITTED, False, form.received_at,
    )  # fmt: skip
    assert client.get(reverse("desk:inbox", args=[campaign.code])).status_code == 404


def test_the_link_of_another_unit_does_not_open_it(campaign):
    contact("xa-lamson", LAN)
    taken(eml(("lich.docx", word_form("UBND xã Lâm Sơn"))))
    other = unit_of(campaign, "xa-nhonhai")
    signed = accounts.make_link(other.unit, campaign_id=campaign.pk, expires_at=TOO_LATE, by=SYSTEM, at=IN_TIME)
    client = Client()
    assert client.post(reverse("accounts:link", args=[signed])).url == reverse("desk:sheet", args=[other.pk])
    assert client.get(reverse("desk:form_file", args=[FormFile.objects.get().pk])).status_code == 404
