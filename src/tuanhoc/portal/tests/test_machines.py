"""What programs read, and the one page others may frame."""

import re

import pytest
from tests.builders import prepared, province, registered, row, unit_of, week

from tuanhoc.activities.models import Activity

pytestmark = pytest.mark.django_db
WEEK = "/tuan-le/ninh-thuan-2022/"
EMBEDDED = "/nhung/ninh-thuan-2022/don-vi/ubnd-585/"


@pytest.fixture
def ninh_son():
    return unit_of(week(), "ubnd-585")


def test_the_site_map_lists_what_the_public_may_see(client, ninh_son):
    registered(ninh_son, [row("Mở"), row("Kín", is_public=False)])
    mapped = re.findall(r"<loc>http://testserver([^<]+)</loc>", client.get("/sitemap.xml").content.decode())
    days = [f"{WEEK}ngay/2022-10-0{n}/" for n in range(1, 8)]
    opened = Activity.objects.get(content="Mở").pk
    assert mapped == [
        WEEK, f"{WEEK}lich/", f"{WEEK}gan-toi/", *days, f"{WEEK}don-vi/ubnd-585/", f"{WEEK}hoat-dong/{opened}/",
    ]  # fmt: skip
    assert [client.get(path).status_code for path in mapped] == [200] * len(mapped)


def test_a_week_in_preparation_is_nowhere(client):
    province()
    prepared()
    assert "ninh-thuan" not in client.get("/sitemap.xml").content.decode()
    for address in (WEEK, f"{WEEK}lich/", f"{WEEK}lich.ics", f"{WEEK}ca-tuan/", EMBEDDED):
        assert client.get(address).status_code == 404


def test_search_engines_are_kept_out_of_the_desk_and_of_the_sample(client, settings):
    told = client.get("/robots.txt").content.decode().splitlines()
    assert told[1:] == [
        "Disallow: /lam-viec/", "Disallow: /tai-khoan/", "Disallow: /l/", "Disallow: /nhung/",
        "Sitemap: http://testserver/sitemap.xml",
    ]  # fmt: skip
    settings.SAMPLE = True
    assert client.get("/robots.txt").content.decode().splitlines()[1] == "Disallow: /"


def test_a_page_says_its_one_true_address_whatever_name_the_visitor_typed(client, ninh_son, settings):
    settings.SITE_URL = "https://tuanhoc.example.vn"
    registered(ninh_son)
    for address in (WEEK, f"{WEEK}hoat-dong/{Activity.objects.get().pk}/"):
        page = client.get(address, HTTP_HOST="localhost").content.decode()
        assert f'<link rel="canonical" href="https://tuanhoc.example.vn{address}">' in page
        assert f'property="og:url" content="https://tuanhoc.example.vn{address}"' in page
        assert "localhost" not in page


def test_the_front_page_is_the_weeks_page_by_another_name(client, ninh_son):
    assert f'<link rel="canonical" href="http://testserver{WEEK}">' in client.get("/").content.decode()


def test_only_the_embedded_list_may_stand_in_a_frame(client, ninh_son):
    registered(ninh_son)
    framed, page = client.get(EMBEDDED), client.get(WEEK)
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    assert re.findall(r'href="http://testserver(\S+)"', framed.content.decode()) == [
        f"{WEEK}hoat-dong/{Activity.objects.get().pk}/",
        f"{WEEK}don-vi/ubnd-585/",
    ]
