"""One click signs in, in the sample only."""

import pytest
from django.conf import settings as house
from django.test import Client

from tuanhoc.activities.models import Registration


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/mau/", "/mau/vao/dieu-phoi/", "/mau/vao/truong/", "/mau/thoi-gian/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_outside_the_sample_there_are_no_such_addresses(client, address, method):
    assert getattr(client, method)(address).status_code == 404


def test_the_settings_of_production_leave_the_sample_out():
    # The tests' settings are production's, save passwords and mail; the sample must be asked for by name.
    assert house.SAMPLE is False
    assert "tuanhoc.sample" not in house.INSTALLED_APPS
    assert [name for name in house.MIDDLEWARE if ".sample." in name] == []


@pytest.mark.parametrize(("who", "name"), [("dieu-phoi", "Nguyễn Thị Mẫu"), ("huyen", "Trần Văn Mẫu")])
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
