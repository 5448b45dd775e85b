"""One click signs in, in the sample only."""

import pytest
from django.conf import settings as house
from django.test import Client

from tuanhoc.accounts.models import User
from tuanhoc.activities.models import Registration


@pytest.mark.django_db
@pytest.mark.parametrize("address", [
    "/mau/", "/mau/vao/dieu-phoi/", "/mau/vao/lanh-dao/", "/mau/vao/quan-tri/", "/mau/vao/truong/", "/mau/thoi-gian/",
])  # fmt: skip
@pytest.mark.parametrize("method", ["get", "post"])
def test_outside_the_sample_there_are_no_such_addresses(client, address, method):
    assert getattr(client, method)(address).status_code == 404


def test_the_settings_of_production_leave_the_sample_out():
    # The tests' settings are production's, save passwords and mail; the sample must be asked for by name.
    assert house.SAMPLE is False
    assert "tuanhoc.sample" not in house.INSTALLED_APPS
    assert [name for name in house.MIDDLEWARE if ".sample." in name] == []


@pytest.mark.parametrize(("who", "name"), [
    ("dieu-phoi", "Nguyễn Thị Mẫu"), ("huyen", "Trần Văn Mẫu"), ("lanh-dao", "Lê Văn Mẫu"),
    ("quan-tri", "Phạm Thị Mẫu"),
])  # fmt: skip
def test_an_officer_is_signed_in_by_one_button(sample, who, name):
    client = Client()
    asked = client.get(f"/mau/vao/{who}/")
    went = client.post(f"/mau/vao/{who}/")

    assert (asked.status_code, went.status_code, went.url) == (200, 302, "/lam-viec/")
    assert name in client.get("/lam-viec/").content.decode()


def test_the_school_goes_through_its_own_link_and_has_not_begun(sample):
    client = Client()
    went = client.post("/mau/vao/truong/")
    opened = client.post(went.url)

    assert went.url.startswith("/l/")
    assert opened.url.startswith("/lam-viec/dang-ky/")
    assert "Trường THPT Ninh Sơn 1" in client.get("/lam-viec/").content.decode()
    assert not Registration.objects.filter(host__unit__key="thpt-585-1").exists()


def test_signing_in_needs_the_form_of_its_own_page(sample):
    client = Client(enforce_csrf_checks=True)
    assert client.post("/mau/vao/dieu-phoi/").status_code == 403
    assert client.get("/lam-viec/").status_code == 302
    assert client.get("/mau/vao/ai-do/").status_code == 404


def test_every_page_carries_the_time_bar_and_the_ways_in(sample):
    page = Client().get("/").content.decode()
    assert "Dữ liệu mẫu · hôm nay là 4/10/2022" in page
    assert page.count("/mau/thoi-gian/?den=") == 6
    assert "csrfmiddlewaretoken" not in page


def test_the_leader_finds_the_week_on_one_page_and_changes_nothing(sample):
    client = Client()
    client.post("/mau/vao/lanh-dao/")
    assert client.get("/lam-viec/lanh-dao/ninh-thuan-2022/").status_code == 200
    assert client.get("/nguoi-dung/").status_code == client.get("/lam-viec/nguoi-dung/").status_code == 404


def test_the_administrator_looks_after_people_and_both_are_without_a_password(sample):
    client = Client()
    client.post("/mau/vao/quan-tri/")
    assert client.get("/lam-viec/nguoi-dung/").status_code == 200
    for email in ("lanhdao@mau.example", "quantri@mau.example"):
        assert not User.objects.get(email=email).has_usable_password()


def test_who_came_in_by_one_click_is_listed_with_the_machine_and_stays_so_over_a_jump(sample):
    client = Client(HTTP_USER_AGENT="Mozilla/5.0 (máy thử)")
    client.post("/mau/vao/quan-tri/")
    assert "máy thử" in client.get("/tai-khoan/sessions/").text
    people = client.get("/lam-viec/nguoi-dung/", {"q": "Phạm Thị Mẫu"}).text
    assert "quantri@mau.example" in people
    assert "chưa lần nào" not in people
    client.post("/mau/thoi-gian/", {"den": "khai-mac"})
    assert "máy thử" in client.get("/tai-khoan/sessions/").text


def test_a_unit_that_asks_to_join_is_one_click_away(sample):
    client = Client()
    assert 'href="/l/tham-gia/ninh-thuan-2022/"' in client.get("/mau/").text
    assert client.get("/l/tham-gia/ninh-thuan-2022/").status_code == 200
