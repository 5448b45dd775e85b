"""What a unit writes is text everywhere: never markup, script, formula or a header."""

import csv
import io
import json
import re

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from tests.builders import IN_TIME, registered, row, unit_of, week
from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import User
from tuanhoc.activities.models import Activity, BehalfEntry, Review
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.notices.queries import Receiver
from tuanhoc.notices.wording import letter
from tuanhoc.papers.csv import to_csv
from tuanhoc.papers.values import Table
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db

HOSTILE = "=cmd|'/c calc'!A1 </script><script>alert(1)</script> \"><img src=x onerror=alert(1)> {{ 7*7 }}"


@pytest.fixture
def campaign(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)
    return week()


@pytest.fixture
def registration(campaign):
    hostile = row(HOSTILE, place=HOSTILE, note=HOSTILE, contact=HOSTILE, contact_is_public=True, audience=HOSTILE)
    return registered(unit_of(campaign, "th-lamson"), [hostile])


def test_public_pages_show_it_as_text(campaign, registration):
    activity = registration.activities.get()
    for name, args in (
        ("portal:home", []), ("portal:schedule", [campaign.code]), ("portal:activity", [campaign.code, activity.pk]),
        ("portal:unit", [campaign.code, "th-lamson"]), ("portal:day", [campaign.code, activity.held_on]),
    ):  # fmt: skip
        page = Client().get(reverse(name, args=args)).content.decode()
        assert "<script>alert" not in page, name
        assert "<img src=x" not in page, name


def test_search_words_come_back_as_text(campaign):
    page = Client().get(reverse("portal:schedule", args=[campaign.code]), {"q": HOSTILE}).content.decode()
    assert "<script>alert" not in page


def test_linked_data_ends_where_it_should(campaign, registration):
    page = Client().get(reverse("portal:activity", args=[campaign.code, registration.activities.get().pk]))
    told = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.content.decode(), re.S)[1]
    assert json.loads(told)["name"] == HOSTILE


def test_a_calendar_keeps_it_in_one_field(campaign, registration):
    activity = registration.activities.get()
    answer = Client().get(reverse("portal:activity_calendar", args=[campaign.code, activity.pk]))
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["SUMMARY"] == HOSTILE


@pytest.mark.parametrize(
    ("start", "printed"), [("=", "'="), ("+", "'+"), ("-", "'-"), ("@", "'@"), ("\t=", "'="), (" =", " '=")]
)
def test_a_sheet_never_takes_it_for_a_formula(start, printed):
    table = Table(("Nội dung",), (170,), ((f"{start}1+1",),))
    rows = list(csv.reader(io.StringIO(to_csv(table).decode("utf-8-sig"))))
    assert rows[1] == [f"{printed}1+1"]


def test_a_mail_has_no_second_header(campaign):
    host = unit_of(campaign, "th-lamson")
    host.name = "Trường\r\nBcc: tat-ca@example.vn"
    written = letter("accepted", "x", Receiver("c1", "Lan\r\nBcc: a@b", "lan@example.vn"), campaign=campaign, host=host)
    assert "\n" not in written.subject
    assert "\r" not in written.subject


def test_control_characters_are_left_out_of_what_is_kept(campaign):
    host, client = unit_of(campaign, "th-lamson"), Client()
    user = User.objects.create_user("dieu-phoi@example.vn")
    accounts.give_seat(user, Role.COORDINATOR, campaign_id=campaign.pk, by=SYSTEM, at=IN_TIME)
    client.force_login(user)
    bad = "Đọc\0 sách\x01\x1b"
    sheet = {"version": "0", "do": "submit", "r-0-held_on": "04/10/2022", "r-0-content": bad, "r-0-place": bad}
    client.post(reverse("desk:on_behalf", args=[host.pk]), {
        "name": bad, "words": bad, "day": "28/09/2022", "time": "09:00",
    })  # fmt: skip
    assert BehalfEntry.objects.get().caller_name == "Đọc sách"
    client.post(reverse("desk:sheet", args=[host.pk]), sheet)
    kept = Activity.objects.get()
    given = {"do": "return", "version": kept.registration.version, "reason": bad, "d-0": bad}
    client.post(reverse("desk:look", args=[kept.registration_id]), given)
    review = Review.objects.get()
    assert (kept.content, kept.place, review.reason, review.lines) == (
        "Đọc sách", "Đọc sách", "Đọc sách", [{"position": 0, "text": "Đọc sách", "uid": str(kept.uid)}],
    )  # fmt: skip
    assert client.get(reverse("desk:messages", args=[campaign.code]), {"q": bad}).status_code == 200


def test_a_number_longer_than_any_is_no_number(campaign, registration):
    client = Client()
    user = User.objects.create_user("dieu-phoi@example.vn")
    accounts.give_seat(user, Role.COORDINATOR, campaign_id=campaign.pk, by=SYSTEM, at=IN_TIME)
    client.force_login(user)
    endless, host = "9" * 5000, unit_of(campaign, "th-lamson")
    asked = {
        ("desk:queue", ()): {"chon": f"{endless}-{endless}"},
        ("desk:look", (registration.pk,)): {"version": endless},
        ("desk:sheet", (host.pk,)): {"version": endless, "r-0-content": "a", "r-0-area": endless},
        ("desk:confirm_forms", (campaign.code,)): {"den": endless},
        ("desk:slips", (campaign.code,)): {"don-vi": endless},
        ("desk:unit", (host.unit_id,)): {"remove": endless},
        ("desk:requests", (campaign.code,)): {"yeu-cau": endless},
    }
    answers = [client.post(reverse(name, args=args), data).status_code for (name, args), data in asked.items()]
    assert answers == [302, 409, 302, 302, 200, 409, 404]
