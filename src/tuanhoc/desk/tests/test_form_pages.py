"""A scanned form on its page: the pictures beside an entry grid, and who may see them."""

import os
import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import IN_TIME, unit_of, week

from tuanhoc.activities.models import State
from tuanhoc.desk.tests.test_inbox import page_of, posted, upload
from tuanhoc.desk.tests.test_pages import signed_in
from tuanhoc.files.actions import contents
from tuanhoc.intake.models import FormFile
from tuanhoc.lib.actor import Role
from tuanhoc.papers.reading import apart, ocr
from tuanhoc.papers.tests.drawn_pdf import saved, scanned
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_time(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)


@pytest.fixture(autouse=True)
def no_tesseract(monkeypatch, tmp_path):
    apart.close()
    monkeypatch.setenv("PATH", str(tmp_path))
    yield
    apart.close()


@pytest.fixture
def campaign():
    return week()


@pytest.fixture
def officer(campaign):
    return signed_in(Role.COORDINATOR, campaign=campaign)


def two_pages():
    page = scanned(("1", "01/10", "Hội trường xã", "Khai mạc", ""))
    return saved(page, "TIFF", save_all=True, append_images=[page.rotate(180)])


def sent(client, campaign, data=None, name="quet.tif"):
    upload(client, campaign, {name: data or two_pages()})
    return FormFile.objects.order_by("-pk")[0]


def picture(form, number):
    return reverse("desk:form_page", args=[form.pk, number])


def test_the_pages_stand_beside_a_row_for_each_day_of_the_week(campaign, officer):
    form = sent(officer, campaign)
    answer = officer.get(page_of(form))
    page = answer.content.decode()
    assert [f'src="{picture(form, n)}"' in page for n in (1, 2, 3)] == [True, True, False]
    assert ("Trang 1 trên 2" in page, "Trang 2 trên 2" in page) == (True, True)
    assert [f'name="r-{n}-held_on" value="0{n + 1}/10/2022"' in page for n in range(7)] == [True] * 7
    assert "máy đọc gợi ý" not in page
    assert "<script>" not in page


def test_a_word_form_has_no_pictures_beside_it(campaign, officer):
    upload(officer, campaign, {"a.txt": "Đơn vị: UBND xã Lâm Sơn\n01/10: 7h30 Khai mạc tại Hội trường xã".encode()})
    assert "form-scan" not in officer.get(page_of(FormFile.objects.get())).content.decode()


def test_a_picture_is_given_to_those_who_may_see_the_form_and_kept_by_nobody_between(campaign, officer):
    form = sent(officer, campaign)
    answer = officer.get(picture(form, 2))
    assert answer.content == contents(form.pages.get(number=2).stored)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert sorted(answer["Cache-Control"].split(", ")) == ["max-age=3600", "private"]


def test_others_find_no_picture_and_who_did_not_sign_in_is_asked_to(campaign, officer):
    form = sent(officer, campaign)
    stranger = signed_in(Role.OFFICER, at=unit_of(campaign, "ubnd-586"))
    assert [client.get(picture(form, 1)).status_code for client in (stranger, Client())] == [404, 302]
    assert officer.get(picture(form, 3)).status_code == 404


def test_what_is_typed_off_the_picture_is_kept_and_confirmed(campaign, officer):
    form = sent(officer, campaign)
    changes = {"r-2-place": "Nhà văn hóa", "r-2-content": "Thi vẽ", "don_vi_khac": "UBND xã Lâm Sơn"}
    posted(officer, form, "confirm", **changes)
    form.refresh_from_db()
    assert (form.state, form.host) == (FormFile.State.CONFIRMED, unit_of(campaign, "xa-lamson"))
    assert form.registration.state == State.SUBMITTED
    (activity,) = form.registration.activities.all()
    assert (f"{activity.held_on:%d/%m}", activity.place, activity.content) == ("03/10", "Nhà văn hóa", "Thi vẽ")


def test_once_rows_are_typed_no_empty_ones_stand_ready(campaign, officer):
    form = sent(officer, campaign)
    posted(officer, form, "save", **{"r-0-content": "Khai mạc"})
    page = officer.get(page_of(form)).content.decode()
    assert ('name="r-0-held_on"' in page, 'name="r-1-held_on"' in page) == (True, False)


@pytest.mark.parametrize("more", [0, 8])
def test_the_page_asks_no_more_when_the_scan_has_more_pages(campaign, officer, more, django_assert_max_num_queries):
    page = scanned(("1", "01/10", "A", "B", ""), size=(300, 200))
    form = sent(officer, campaign, saved(page, "TIFF", save_all=True, append_images=[page] * more))
    with django_assert_max_num_queries(24):
        officer.get(page_of(form))


# where a row stands on the picture


def suggested(client, campaign):
    form = sent(client, campaign)
    box = {"page": 1, "x": 5.0, "y": 10.25, "w": 10.0, "h": 4.0}
    row = {
        "date_from": "2022-10-01", "date_to": "2022-10-01", "start_time": None, "end_time": None, "part_of_day": None,
        "place": "Hội trường", "content": "Khai mạc", "note": "", "host": None, "audience": None, "contact": None,
        "link": None, "source": "trang 1, bảng 1, dòng 2", "confidence": 0.6, "reasons": ["from_ocr"],
        "boxes": [box | {"holds": ""}, box | {"x": 15.0, "holds": "content"}],
    }  # fmt: skip
    FormFile.objects.filter(pk=form.pk).update(reading=form.reading | {"rows": [row], "problems": []})
    return form


def test_a_row_has_its_cells_marked_on_the_picture_and_leads_to_them_without_javascript(campaign, officer):
    page = officer.get(page_of(suggested(officer, campaign))).content.decode()
    assert re.findall("<rect [^>]*>", page) == [
        '<rect id="anh-100-500-1025" x="5.00" y="10.25" width="10.00" height="4.00" data-rows="0"/>',
        '<rect id="anh-100-1500-1025" x="15.00" y="10.25" width="10.00" height="4.00" data-rows="0"/>',
    ]
    assert 'data-cells="anh-100-500-1025 anh-100-1500-1025"' in page
    assert 'data-content="anh-100-1500-1025"' in page
    assert 'href="#anh-100-1500-1025"' in page


# read again


def test_no_second_reading_is_offered_where_no_machine_reads_pictures(campaign, officer):
    assert "scan-again" not in officer.get(page_of(sent(officer, campaign))).content.decode()


@pytest.mark.ocr
@pytest.mark.skipif(ocr.program() is None, reason="tesseract with Vietnamese is not installed")
def test_once_a_machine_reads_pictures_a_scan_nobody_typed_from_is_offered_another_reading(
    campaign, officer, monkeypatch
):
    form = sent(officer, campaign, saved(scanned(("1", "01/10", "Hội trường xã", "Khai mạc", ""))), "anh.jpg")
    with monkeypatch.context() as here:
        here.setenv("PATH", os.defpath)
        apart.close()
        assert "scan-again" in officer.get(page_of(form)).content.decode()
        posted(officer, form, do="again")
    form.refresh_from_db()
    assert [(row["content"], len(row["boxes"])) for row in form.reading["rows"]] == [("Khai mạc", 4)]
    assert "scan-again" not in officer.get(page_of(form)).content.decode()
