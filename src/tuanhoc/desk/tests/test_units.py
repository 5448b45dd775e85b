"""Units in the desk: the list, a unit's contacts, and a file of a thousand loaded."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.builders import OPENED_AT, UNITS, prepared, province

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import User
from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.units.models import Contact, Unit
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db
HEADS = "Mã;Mã cấp trên;Loại;Tên đơn vị;Người liên hệ;Điện thoại;Thư điện tử\n"


@pytest.fixture(autouse=True)
def at_the_opening(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: OPENED_AT)


@pytest.fixture
def coordinator():
    province(UNITS + "ubnd-99,bo,province_committee,UBND tỉnh Khác,,1\nso-99,ubnd-99,department,Sở Khác,,1\n")
    user = User.objects.create_user("lan@example.vn")
    accounts.give_seat(user, Role.COORDINATOR, campaign_id=prepared().pk, by=SYSTEM, at=OPENED_AT)
    client = Client()
    client.force_login(user)
    return client


def looked_at(client, text):
    return client.post(reverse("desk:load_units"), {"units": SimpleUploadedFile("ds.csv", text.encode())})


def test_a_file_is_looked_at_first_and_only_its_good_rows_are_taken(coordinator):
    text = HEADS + (
        "tv-58;ubnd-58;Thư viện;Thư viện tỉnh Ninh Thuận;Lê Hoa;0912345678;hoa@example.vn\n"
        "bt-58;ubnd-58;Bảo tàng;Bảo tàng tỉnh;;;\n"
        "x;;;Không loại;;;\n"
        "so-99;ubnd-99;Sở, ban, ngành;Sở Bị Đổi Tên;;;\n"
    )
    before = (Unit.objects.count(), Entry.objects.count())
    page = looked_at(coordinator, text)
    seen = page.context["seen"]
    assert [(c.before, c.after) for c in seen.comparison.changed] == [("Thư viện tỉnh", "Thư viện tỉnh Ninh Thuận")]
    assert [row.key for row in seen.comparison.new] == ["bt-58"]
    assert [p.line for p in seen.checked.problems] == [4, 5]
    assert (Unit.objects.count(), Entry.objects.count()) == before

    answer = coordinator.post(reverse("desk:load_units"), {"do": "take", "file": page.context["file"]})
    assert answer["Location"] == reverse("desk:units")
    assert Unit.objects.get(key="tv-58").name == "Thư viện tỉnh Ninh Thuận"
    assert Unit.objects.get(key="so-99").name == "Sở Khác"
    assert Contact.objects.get().phone == "0912345678"
    assert not Unit.objects.filter(key="x").exists()


def test_the_file_of_a_preview_belongs_to_whoever_sent_it(coordinator):
    page = looked_at(coordinator, HEADS + "bt-58;ubnd-58;Bảo tàng;Bảo tàng tỉnh;;;\n")
    other = Client()
    other.force_login(User.objects.create_user("op@example.vn", is_superuser=True))
    for token in (page.context["file"], "forged", ""):
        assert other.post(reverse("desk:load_units"), {"do": "take", "file": token}).status_code == 409
    assert not Unit.objects.filter(key="bt-58").exists()


@pytest.mark.parametrize("data", ["", "một dòng không có tiêu đề", "a;b\n1;2\n"])
def test_what_is_no_units_file_is_refused_in_words(coordinator, data):
    answer = looked_at(coordinator, data)
    assert answer.status_code == 409
    assert "notice-error" in answer.content.decode()


def test_the_template_can_be_loaded_back_and_lists_every_kind(coordinator):
    data = coordinator.get(reverse("desk:units_template")).content
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    guide = {row[0] for row in book.get_sheet_by_index(1).to_python()}
    assert {str(label) for label in Unit.Kind.labels} <= guide
    answer = coordinator.post(reverse("desk:load_units"), {"units": SimpleUploadedFile("mau.xlsx", data)})
    assert (answer.status_code, answer.context["good"]) == (200, 0)


def test_a_thousand_units_are_listed_in_pages_with_few_queries(coordinator, django_assert_max_num_queries):
    rows = "".join(f"th-{n},xa-lamson,school_primary,Trường Tiểu học số {n},,0\n" for n in range(1000))
    province(UNITS + rows)
    with django_assert_max_num_queries(10):
        page = coordinator.get(reverse("desk:units"))
    assert (page.context["total"], len(page.context["lines"])) == (1009, 50)
    found = coordinator.get(reverse("desk:units"), {"q": "tieu hoc so 77"})
    assert found.context["found"] == 11
    empty = coordinator.get(reverse("desk:units"), {"q": "không có ai"})
    assert "Không có đơn vị nào khớp" in empty.content.decode()


def test_contacts_are_kept_renewed_and_taken_off(coordinator):
    address = reverse("desk:unit", args=[Unit.objects.get(key="tv-58").pk])
    coordinator.post(address, {"name": "Lê Hoa", "phone": "0912"})
    coordinator.post(address, {"name": "Lê Hoa", "phone": "0913", "email": "hoa@example.vn"})
    contact = Contact.objects.get()
    assert (contact.phone, contact.email) == ("0913", "hoa@example.vn")
    wrong = coordinator.post(address, {"name": "Lê Mai", "email": "mai"})
    assert (wrong.status_code, "Lê Mai" in wrong.content.decode()) == (409, True)
    assert coordinator.post(address, {"name": "Lê Mai"}).status_code == 409
    assert coordinator.post(address, {"remove": str(contact.pk)}).status_code == 409
    coordinator.post(address, {"remove": str(contact.pk), "sure": "on"})
    assert not Contact.objects.exists()


def test_a_coordinator_looks_after_the_own_province_only(coordinator):
    assert coordinator.get(reverse("desk:units")).context["total"] == 9
    assert coordinator.get(reverse("desk:unit", args=[Unit.objects.get(key="so-99").pk])).status_code == 404
    stranger = Client()
    stranger.force_login(User.objects.create_user("x@example.vn"))
    pages = [reverse(f"desk:{name}") for name in ("units", "load_units", "units_template")]
    assert [stranger.get(page).status_code for page in pages] == [404] * 3
    assert [Client().get(page).status_code for page in pages] == [302] * 3
