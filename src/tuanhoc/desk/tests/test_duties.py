"""Duties in the desk: the whole Week's for who leads, one's own for each unit, by its link too."""

import csv
import datetime as dt
import io
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.builders import IN_TIME, TOO_LATE, unit_of

from tuanhoc.accounts import actions as accounts
from tuanhoc.campaigns import actions as campaigns
from tuanhoc.campaigns.models import Duty
from tuanhoc.desk.tests.seats import signed_in
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.notices.models import Message
from tuanhoc.units.models import Contact

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_time")]


@pytest.fixture
def duty(campaign):
    duty = campaign.duties.get()
    campaigns.set_due_day(duty, dt.date(2022, 9, 27), by=SYSTEM, at=IN_TIME)
    return duty


@pytest.fixture
def link_of_district(campaign):
    """Return the browser of who holds the link of a district."""
    host = unit_of(campaign, "ubnd-585")
    signed = accounts.make_link(host.unit, campaign_id=campaign.pk, expires_at=TOO_LATE, by=SYSTEM, at=IN_TIME)
    client = Client()
    client.post(reverse("accounts:link", args=[signed]))
    return client


def seat_at_the_province(campaign, role=Role.HEAD):
    return signed_in(role, at=SimpleNamespace(unit=campaign.province))


def shown(client, campaign, **asked):
    page = client.get(reverse("desk:duties", args=[campaign.code]), asked)
    return [(line.owner, line.standing) for line in page.context["page"]]


def own(duty, campaign, key="ubnd-585"):
    return duty.assignments.get(host=unit_of(campaign, key))


def told(one, **said):
    return {"viec": one.pk, "version": one.version, "state": "done", "words": "Đã ban hành", **said}


def test_every_duty_and_owner_is_listed_with_how_it_stands(officer, campaign, duty):
    Duty.objects.create(campaign=campaign, clause="5.e", unit_words="Các ngành liên quan", text="Phối hợp")
    assert shown(officer, campaign) == [
        ("UBND huyện Ninh Hải", "overdue"), ("UBND huyện Ninh Sơn", "overdue"), ("", "unowned"),
    ]  # fmt: skip
    assert shown(officer, campaign, **{"tinh-trang": "unowned"}) == [("", "unowned")]
    assert shown(officer, campaign, q="ninh son") == [("UBND huyện Ninh Sơn", "overdue")]
    assert shown(officer, campaign, muc="5.e") == [("", "unowned")]


def test_the_list_costs_the_same_whatever_the_number_of_owners(officer, campaign, duty):
    def asked():
        with CaptureQueriesContext(connection) as found:
            officer.get(reverse("desk:duties", args=[campaign.code]))
        return len(found)

    asked()
    few = asked()
    campaigns.assign_duty(duty, list(campaign.roster.exclude(duties=duty)), by=SYSTEM, at=IN_TIME)
    assert asked() == few <= 12


def test_a_head_of_the_province_sees_and_does_not_change(campaign, duty):
    head = seat_at_the_province(campaign)
    assert head.get(reverse("desk:duties", args=[campaign.code])).status_code == 200
    address = reverse("desk:duty", args=[campaign.code, duty.pk])
    assert head.get(address).status_code == 200
    assert b'name="due_on"' not in head.get(address).content
    assert head.post(address, {"do": "due", "due_on": "30/09/2022"}).status_code == 403
    assert head.post(reverse("desk:duties_remind", args=[campaign.code])).status_code == 403
    assert head.post(reverse("desk:coordinator_duties", args=[campaign.code])).status_code == 403


def test_a_district_sees_its_own_duties_and_not_the_whole_list(district, campaign, duty):
    assert district.get(reverse("desk:duties", args=[campaign.code])).status_code == 404
    own_page = district.get(reverse("desk:own_duties", args=[unit_of(campaign, "ubnd-585").pk]))
    assert "Xây dựng kế hoạch" in own_page.content.decode()
    assert district.get(reverse("desk:own_duties", args=[unit_of(campaign, "ubnd-586").pk])).status_code == 404


def test_the_holder_of_a_link_says_how_far_its_unit_is_and_the_coordinator_sees_it(
    link_of_district, officer, campaign, duty
):
    one = own(duty, campaign)
    page = reverse("desk:own_duties", args=[one.host_id])
    assert link_of_district.post(page, told(one)).status_code == 302
    assert ("UBND huyện Ninh Sơn", "done") in shown(officer, campaign)


def test_the_heads_own_link_reads_duties_and_reports_nothing(campaign, duty):
    one = own(duty, campaign)
    signed = accounts.make_link(
        one.host.unit, campaign_id=campaign.pk, expires_at=TOO_LATE, role=Role.HEAD, by=SYSTEM, at=IN_TIME
    )
    phone, page = Client(), reverse("desk:own_duties", args=[one.host_id])
    phone.post(reverse("accounts:link", args=[signed]))
    read = phone.get(page)
    assert read.status_code == 200
    assert b'name="state"' not in read.content
    assert phone.post(page, told(one)).status_code == 403
    one.refresh_from_db()
    assert one.state == "none"


def test_a_viewer_of_the_unit_reports_nothing(campaign, duty):
    one = own(duty, campaign)
    viewer = signed_in(Role.VIEWER, at=unit_of(campaign, "ubnd-585"))
    assert viewer.post(reverse("desk:own_duties", args=[one.host_id]), told(one)).status_code == 403


def test_a_duty_of_another_unit_is_not_reported_of(link_of_district, campaign, duty):
    mine, other = own(duty, campaign), own(duty, campaign, "ubnd-586")
    assert link_of_district.post(reverse("desk:own_duties", args=[mine.host_id]), told(other)).status_code == 404


def test_what_was_typed_stays_when_it_is_refused(link_of_district, campaign, duty):
    one = own(duty, campaign)
    page = link_of_district.post(
        reverse("desk:own_duties", args=[one.host_id]), told(one, evidence_link="không phải", words="Đã làm xong rồi")
    )
    body = page.content.decode()
    assert page.status_code == 409
    assert "Liên kết minh chứng chưa đúng" in body
    assert "Đã làm xong rồi" in body


def test_evidence_is_kept_and_given_to_who_may_see_the_duty_only(link_of_district, officer, district, campaign, duty):
    one = own(duty, campaign)
    page = reverse("desk:own_duties", args=[one.host_id])
    refused = link_of_district.post(page, told(one, evidence=SimpleUploadedFile("a.exe", b"MZ\x00\xff\xfe")))
    assert (refused.status_code, own(duty, campaign).evidence_file) == (409, None)
    pdf = b"%PDF-1.4\n%%EOF\n"
    link_of_district.post(page, told(one, evidence=SimpleUploadedFile("qd.pdf", pdf)))
    file = reverse("desk:duty_evidence", args=[one.pk])
    for client in (link_of_district, officer, district, seat_at_the_province(campaign)):
        assert client.get(file).content == pdf
    stranger = signed_in(Role.OFFICER, at=unit_of(campaign, "ubnd-586"))
    assert stranger.get(file).status_code == 404


def test_the_coordinator_gives_a_duty_to_others_and_takes_it_back(officer, campaign, duty):
    page = reverse("desk:duty", args=[campaign.code, duty.pk])
    library = unit_of(campaign, "tv-58")
    offered = officer.get(page, {"tim": "thu vien"}).context["candidates"]
    assert [host.pk for host in offered] == [library.pk]
    officer.post(page, {"do": "assign", "don-vi": [library.pk], "dieu-phoi": "1"})
    assert duty.assignments.count() == 4
    officer.post(page, {"do": f"take:{own(duty, campaign, 'tv-58').pk}"})
    assert duty.assignments.count() == 3


def test_a_day_that_cannot_be_read_is_said_and_changes_nothing(officer, campaign, duty):
    page = officer.post(reverse("desk:duty", args=[campaign.code, duty.pk]), {"do": "due", "due_on": "hôm qua"})
    duty.refresh_from_db()
    assert (page.status_code, duty.due_on) == (409, dt.date(2022, 9, 27))
    assert "hôm qua" in page.content.decode()


def test_the_file_holds_the_lines_of_the_filter(officer, campaign, duty):
    address = reverse("desk:duties_export", args=[campaign.code, "csv"])
    got = officer.get(address, {"q": "ninh son"}).content.decode("utf-8-sig")
    assert [(row["Chủ trì"], row["Hạn"], row["Tình trạng"]) for row in csv.DictReader(io.StringIO(got))] == [
        ("UBND huyện Ninh Sơn", "27/09/2022", "Quá hạn")
    ]
    assert officer.get(address.replace("csv", "xlsx")).content[:2] == b"PK"


def test_owners_are_reminded_after_a_look_one_letter_each_and_once_a_day(officer, campaign, duty):
    second = Duty.objects.create(campaign=campaign, clause="5.e", unit_words="UBND huyện", text="Phối hợp")
    host = unit_of(campaign, "ubnd-585")
    campaigns.assign_duty(second, [host], by=SYSTEM, at=IN_TIME)
    Contact.objects.create(unit=host.unit, name="Lan", email="lan@ninhson.example")
    chosen = [*duty.assignments.values_list("pk", flat=True), own(second, campaign).pk]
    address = reverse("desk:duties_remind", args=[campaign.code])

    look = officer.post(address, {"chon": chosen}).context["found"]
    assert ([h.name for h in look.hosts], [h.name for h in look.unreached]) == (
        ["UBND huyện Ninh Sơn"], ["UBND huyện Ninh Hải"],
    )  # fmt: skip
    assert not Message.objects.exists()

    officer.post(address, {"chon": chosen, "do": "send"})
    officer.post(address, {"chon": chosen, "do": "send"})
    letter = Message.objects.get()
    assert (letter.to, letter.host_id, letter.carries_link) == ("lan@ninhson.example", host.pk, True)
    assert "Xây dựng kế hoạch" in letter.body
    assert "Phối hợp" in letter.body
    lines = officer.get(reverse("desk:duties", args=[campaign.code])).context["page"]
    assert [bool(line.reminder) for line in lines] == [False, True, True]


def test_what_is_done_is_not_reminded_of(officer, campaign, duty):
    one = own(duty, campaign)
    campaigns.report_duty(one, campaigns.Said("done"), by=SYSTEM, at=IN_TIME)
    officer.post(reverse("desk:duties_remind", args=[campaign.code]), {"chon": [one.pk], "do": "send"})
    assert not Message.objects.exists()
