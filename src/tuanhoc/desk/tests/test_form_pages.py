"""A scanned form on its page: the pictures beside an entry grid, and who may see them."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import unit_of

from tuanhoc.activities.models import State
from tuanhoc.desk.tests.seats import signed_in
from tuanhoc.desk.tests.test_inbox import page_of, posted, upload
from tuanhoc.files.actions import contents
from tuanhoc.intake.models import FormFile
from tuanhoc.lib.actor import Role
from tuanhoc.papers.reading import apart
from tuanhoc.papers.tests.drawn_pdf import saved, scanned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_time")]


@pytest.fixture(autouse=True)
def no_tesseract(monkeypatch, tmp_path):
    apart.close()
    monkeypatch.setenv("PATH", str(tmp_path))
    yield
    apart.close()


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
