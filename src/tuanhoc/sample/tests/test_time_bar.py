"""The time bar: six snapshots, put back whole, under whatever requests are on their way."""

import datetime as dt
import re
import threading

import pytest
from django.contrib.sessions.models import Session
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client

from tuanhoc.accounts import actions as accounts
from tuanhoc.activities.models import Activity, Registration
from tuanhoc.campaigns.models import Campaign
from tuanhoc.lib.actor import SYSTEM
from tuanhoc.lib.dates import HANOI, last_minute
from tuanhoc.sample import actions, rules, snapshots
from tuanhoc.schedule.models import Release
from tuanhoc.units.models import Unit
from tuanhoc.web import clock
from tuanhoc.web.pagecache import PageCache


def stage(slug):
    return rules.stage_of(slug)


@pytest.mark.parametrize(
    ("slug", "day", "releases"),
    [
        ("mo-dang-ky", dt.date(2022, 9, 20), 0),
        ("sap-het-han", dt.date(2022, 9, 29), 0),
        ("khai-mac", dt.date(2022, 10, 1), 1),
        ("trong-tuan-le", dt.date(2022, 10, 4), 2),
        ("han-bao-cao", dt.date(2022, 10, 14), 2),
        ("tong-ket", dt.date(2022, 10, 20), 2),
    ],
)
def test_each_stage_brings_its_day_and_what_had_happened_by_then(sample, slug, day, releases):
    actions.jump_to(stage(slug))

    assert clock.now().astimezone(HANOI).date() == day
    assert Release.objects.count() == releases


def test_the_call_opens_on_an_empty_sheet_and_the_week_is_full(sample):
    actions.jump_to(stage("mo-dang-ky"))
    at_opening = Registration.objects.count()
    actions.jump_to(stage("trong-tuan-le"))

    assert at_opening == 0
    assert Activity.objects.public(Campaign.objects.get()).count() > 100


def test_a_jump_drops_what_a_visitor_changed(sample):
    Campaign.objects.update(help_phone="0000")

    actions.jump_to(rules.FIRST_SHOWN)

    assert Campaign.objects.get().help_phone == "0259 000 0000"


def test_whoever_is_signed_in_stays_so(sample):
    client = Client()
    client.post("/mau/vao/dieu-phoi/")

    actions.jump_to(stage("sap-het-han"))

    assert client.get("/lam-viec/").status_code == 200


def test_the_school_stays_in_by_its_link_and_a_link_made_later_does_not(sample):
    school, other = Client(), Client()
    school.post(school.post("/mau/vao/truong/").url)
    now = clock.now()
    signed = accounts.make_link(
        Unit.objects.get(key="tv-58"), campaign_id=Campaign.objects.get().pk,
        expires_at=now + dt.timedelta(days=1), by=SYSTEM, at=now,
    )  # fmt: skip
    other.post(f"/l/{signed}/")
    before = Session.objects.count()

    actions.jump_to(rules.FIRST_SHOWN)

    assert (school.get("/lam-viec/").status_code, other.get("/lam-viec/").status_code) == (200, 302)
    assert Session.objects.count() == before - 1


def test_kept_public_pages_are_forgotten_at_once(sample):
    site = PageCache(get_wsgi_application())

    def landing():
        said = []
        environ = Client()._base_environ(PATH_INFO="/", REQUEST_METHOD="GET")
        return b"".join(site(environ, lambda status, headers: said.append(status))).decode()

    before = landing()
    actions.jump_to(stage("sap-het-han"))

    assert "hôm nay là 4/10/2022" in before
    assert "hôm nay là 29/9/2022" in landing()


def test_requests_under_way_see_one_stage_or_the_other_and_no_error(sample):
    officer = Client(raise_request_exception=False)
    officer.post("/mau/vao/dieu-phoi/")
    pages = ["/", "/tuan-le/ninh-thuan-2022/lich/?q=so", "/lam-viec/", "/lam-viec/bang/ninh-thuan-2022/"]
    answers, stop = [], threading.Event()

    def browse():
        client = Client(raise_request_exception=False)
        client.cookies = officer.cookies
        try:
            while not stop.is_set():
                answers.extend((page, client.get(page).status_code) for page in pages)
        finally:
            connection.close()

    visitors = [threading.Thread(target=browse) for _ in range(3)]
    for visitor in visitors:
        visitor.start()
    for slug in ("mo-dang-ky", "tong-ket", "sap-het-han", "trong-tuan-le"):
        actions.jump_to(stage(slug))
    stop.set()
    for visitor in visitors:
        visitor.join()

    assert {(page, status) for page, status in answers if status != 200} == set()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        assert cursor.fetchall() == [("ok",)]


@pytest.fixture
def unfinished(sample):
    """The build was broken off before its last step."""
    snapshots.unseal()
    yield
    snapshots.seal()


def test_no_jump_into_a_build_that_was_broken_off(sample, unfinished):
    with pytest.raises(actions.NotBuilt):
        actions.jump_to(rules.FIRST_SHOWN)


def test_a_database_with_something_else_in_it_is_left_alone(sample, unfinished):
    Campaign.objects.update(code="khanh-hoa-2025")

    with pytest.raises(actions.OtherContents):
        actions.ensure(lambda words: None)

    assert Campaign.objects.get().code == "khanh-hoa-2025"


def test_a_second_start_builds_nothing(sample):
    said = []
    actions.ensure(said.append)
    assert said == []


def test_the_page_says_what_is_dropped_and_jumps_only_by_a_form_of_its_own(sample):
    client = Client(enforce_csrf_checks=True)
    asked = client.get("/mau/thoi-gian/?den=sap-het-han", headers={"referer": "http://testserver/lam-viec/"})
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', asked.content.decode()).group(1)

    assert "sẽ không còn" in asked.content.decode()
    assert client.post("/mau/thoi-gian/", {"den": "sap-het-han"}).status_code == 403
    assert clock.now().astimezone(HANOI).date() == dt.date(2022, 10, 4)
    went = client.post("/mau/thoi-gian/", {"den": "sap-het-han", "ve": "/lam-viec/", "csrfmiddlewaretoken": token})
    assert (went.status_code, went.url) == (302, "/lam-viec/")
    assert clock.now().astimezone(HANOI).date() == dt.date(2022, 9, 29)
    assert client.get("/mau/thoi-gian/?den=nowhere").status_code == 404


def test_the_schools_link_opens_past_the_last_stage_to_the_end_of_a_day():
    closes_at = rules.link_closes_at(rules.STAGES[0].at)
    assert closes_at > rules.STAGES[-1].at
    assert last_minute(closes_at) == "đến hết 23:59 ngày 19/11/2022"
