"""The receipt as a value, and its files."""

import io

import pytest
from django.urls import reverse
from docx import Document
from pypdf import PdfReader
from tests.builders import IN_TIME, TOO_LATE, registered, unit_of, week
from tests.decree_lines import wrong_lines

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import User
from tuanhoc.activities.documents import receipt
from tuanhoc.campaigns.documents import form_for
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.papers.pdf import page_count
from tuanhoc.papers.values import Code
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db


def of(registration, address=""):
    submission = registration.submissions.get()
    return submission, receipt(
        submission, host=registration.host, form=form_for(registration.host.campaign, "receipt"), address=address
    )


def test_it_says_who_handed_in_what_and_when_with_the_digest():
    submission, document = of(registered(unit_of(week(), "tv-58")))
    assert document.body[0].text == (
        "Sở Giáo dục và Đào tạo đã nhận bản đăng ký lịch hoạt động Tuần lễ hưởng ứng học tập suốt đời năm 2022, cụ thể "
        "như sau:"
    )
    assert document.body[1].rows == (
        ("Cơ quan, đơn vị", "Thư viện tỉnh"),
        ("Thời điểm nhận", "09 giờ 30 phút, ngày 28 tháng 9 năm 2022"),
        ("Hạn đăng ký", "23 giờ 59 phút, ngày 30 tháng 9 năm 2022 (nộp trong hạn)"),
        ("Người nộp", "officer Thư viện tỉnh"),
        ("Số hoạt động", "01 hoạt động"),
        ("Mã kiểm tra (SHA-256)", submission.sha256),
    )
    assert document.letterhead.number == f"{submission.number}/BN"
    assert not document.is_signed
    assert page_count(document) == 1
    assert wrong_lines(document) == []


def test_late_is_said_without_blame_and_a_district_gives_its_own():
    _submission, document = of(registered(unit_of(week(), "th-lamson"), at=TOO_LATE))
    assert document.letterhead.issuer == "Ủy ban nhân dân huyện Ninh Sơn"
    assert document.body[1].rows[2][1].endswith("(nộp sau hạn, vẫn được nhận)")


def test_a_code_leads_to_its_page_in_word_and_pdf():
    _submission, document = of(
        registered(unit_of(week(), "tv-58")), address="https://tuanhoc.example/lam-viec/bien-nhan/1/"
    )
    assert document.body[-1] == Code("https://tuanhoc.example/lam-viec/bien-nhan/1/")
    assert wrong_lines(document) == []
    assert page_count(document) == 1


def test_its_files_are_for_those_who_may_see_the_registration(client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)
    campaign = week()
    submission, _document = of(registered(unit_of(campaign, "tv-58")))
    user = User.objects.create_user("thuvien@ninhthuan.example")
    accounts.give_seat(user, Role.OFFICER, unit=unit_of(campaign, "tv-58").unit, by=SYSTEM, at=IN_TIME)
    client.force_login(user)
    word = client.get(reverse("activities:receipt", args=[submission.pk, "docx"]))
    pdf = client.get(reverse("activities:receipt", args=[submission.pk, "pdf"]))
    opened = Document(io.BytesIO(word.content))
    assert [part.content_type for part in opened.part.package.iter_parts()].count("image/png") == 1
    assert "http://testserver/lam-viec/bien-nhan/" in PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    assert client.get(reverse("activities:receipt", args=[submission.pk, "exe"])).status_code == 404
