"""The directory of the coordinator, and the list a unit keeps itself by its link."""

import datetime as dt
import io

import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import IN_TIME, unit_of

from tuanhoc.accounts import actions as accounts
from tuanhoc.campaigns.models import Campaign
from tuanhoc.desk.tests.seats import signed_in
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.notices.models import ClosedAddress, Message
from tuanhoc.units.models import Contact, Unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_time")]


@pytest.fixture
def people(campaign):
    """Three units with somebody; the others have nobody."""
    for key, name, ways in (
        ("th-lamson", "Cô Mai", {"email": "mai@truong.example", "checked_on": IN_TIME.date()}),
        ("xa-lamson", "Anh Sơn", {"phone": "0912 000 111", "checked_on": dt.date(2020, 1, 1)}),
        ("xa-nhonhai", "Anh Sơn", {"phone": "+84 912 000 111", "checked_on": IN_TIME.date()}),
    ):
        Contact.objects.create(unit=Unit.objects.get(key=key), name=name, **ways)


def shown(client, **query):
    page = client.get(reverse("desk:contacts"), query)
    return [line.unit.key for line in page.context["page"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "lam son"}, {"xa-lamson", "th-lamson"}),
        ({"q": "cô mai"}, {"th-lamson"}),
        ({"q": "0912.000"}, {"xa-lamson"}),
        ({"loc": "thieu-thu"}, {"xa-lamson", "xa-nhonhai"}),
        ({"loc": "trung"}, {"xa-lamson", "xa-nhonhai"}),
        ({"loc": "cu"}, {"xa-lamson"}),
        ({"loc": "khong", "q": "thư viện"}, {"tv-58"}),
    ],
)
def test_the_directory_is_searched_and_filtered(officer, people, query, found):
    assert set(shown(officer, **query)) == found


def test_an_address_the_post_refused_is_marked_until_a_letter_gets_through(officer, people):
    def write(about, **state):
        Message.objects.create(about=about, to="Mai@truong.example", subject="x", body="x", queued_at=IN_TIME, **state)

    write("a", state="failed")
    assert shown(officer, loc="thu-hong") == ["th-lamson"]
    write("b", state="sent", sent_at=IN_TIME)
    assert shown(officer, loc="thu-hong") == []
    # It left, and came back.
    ClosedAddress.objects.create(address="mai@truong.example", why="bounced", said="550", closed_at=IN_TIME)
    assert shown(officer, loc="thu-hong") == ["th-lamson"]


def test_the_directory_costs_the_same_for_any_number_of_units(officer, people, django_assert_max_num_queries):
    Unit.objects.bulk_create(Unit(key=f"don-vi-{n}", kind="other", name=f"Đơn vị {n}") for n in range(120))
    with django_assert_max_num_queries(12):
        officer.get(reverse("desk:contacts"))


def test_a_unit_keeps_its_own_list_by_its_link(campaign, people):
    host = unit_of(campaign, "th-lamson")
    signed = accounts.make_link(
        host.unit, campaign_id=campaign.pk, expires_at=campaign.links_close_at, by=SYSTEM, at=IN_TIME
    )
    browser = Client()
    browser.post(reverse("accounts:link", args=[signed]))
    own = reverse("desk:own_contacts", args=[host.pk])
    browser.post(own, {"name": "Thầy Bình", "phone": "0259 3", "is_head": "on"})
    assert Contact.objects.get(name="Thầy Bình").is_head
    assert browser.get(reverse("desk:own_contacts", args=[unit_of(campaign, "xa-lamson").pk])).status_code == 404
    assert browser.get(reverse("desk:contacts")).status_code == 404


def test_what_was_typed_wrong_stays_on_the_page(officer, people, campaign):
    contact = Contact.objects.get(name="Cô Mai")
    own = reverse("desk:own_contacts", args=[unit_of(campaign, "th-lamson").pk])
    answer = officer.post(own, {"nguoi": contact.pk, "name": "Cô Mai", "email": "sai", "note": "gọi chiều"})
    assert answer.status_code == 409
    assert "gọi chiều" in answer.content.decode()
    contact.refresh_from_db()
    assert contact.email == "mai@truong.example"


def test_the_last_contact_is_asked_about_twice(officer, people, campaign):
    own, pk = (
        reverse("desk:own_contacts", args=[unit_of(campaign, "th-lamson").pk]),
        Contact.objects.get(name="Cô Mai").pk,
    )
    answer = officer.post(own, {"remove": pk})
    assert answer.status_code == 409
    assert 'name="sure"' in answer.content.decode()
    officer.post(own, {"remove": pk, "sure": "on"})
    assert not Contact.objects.filter(pk=pk).exists()


def test_the_file_goes_out_and_comes_back_with_a_look_first(officer, people):
    data = officer.get(reverse("desk:contacts_file")).content
    Contact.objects.filter(name="Cô Mai").update(role="Hiệu phó")
    address = reverse("desk:load_contacts")
    page = officer.post(address, {"danh-ba": named(data)})
    assert "0 đầu mối mới, 0 thay đổi, 3 như đang có" in page.content.decode()
    Contact.objects.all().delete()
    page = officer.post(address, {"danh-ba": named(data)})
    assert not Contact.objects.exists()
    officer.post(address, {"do": "take", "file": page.context["file"]})
    assert Contact.objects.count() == 3


def named(data):
    file = io.BytesIO(data)
    file.name = "danh-ba.xlsx"
    return file


def test_a_file_that_is_none_is_said_and_somebody_elses_preview_is_not_taken(officer, people):
    address = reverse("desk:load_contacts")
    assert officer.post(address, {"danh-ba": named(b"xin chao")}).status_code == 409
    data = officer.get(reverse("desk:contacts_file")).content
    token = officer.post(address, {"danh-ba": named(data)}).context["file"]
    other = signed_in(Role.COORDINATOR, campaign=Campaign.objects.get())
    assert other.post(address, {"do": "take", "file": token}).status_code == 409


def test_people_are_on_no_public_page(people, campaign):
    for name in ("portal:landing", "portal:schedule", "portal:whole"):
        page = Client().get(reverse(name, args=[campaign.code])).content.decode()
        assert "0912 000 111" not in page
        assert "mai@truong.example" not in page
