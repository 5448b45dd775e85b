"""The journal's trails: whatever is written about a unit is found by it, and by who coordinates; no more than that."""

import csv
import datetime as dt
import io
import itertools
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.builders import IN_TIME, TOO_LATE, coordinator, registered, row, unit_of
from tests.house.test_journal_words import CODES, OF_NO_UNIT

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts import people
from tuanhoc.accounts.models import User
from tuanhoc.activities import actions as activities
from tuanhoc.campaigns import actions as campaigns
from tuanhoc.campaigns.actions.assigning import assign_duty, take_duty_back
from tuanhoc.campaigns.actions.same_units import keep_apart
from tuanhoc.campaigns.models import Assignment, Duty
from tuanhoc.desk.journalled import WORDS
from tuanhoc.desk.tests.seats import signed_in
from tuanhoc.journal import actions as journal
from tuanhoc.journal import queries
from tuanhoc.journal.models import Entry, EntryUnit
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.notices.actions import calling, reminding
from tuanhoc.notices.queries.calling import calls
from tuanhoc.notices.queries.reminding import today
from tuanhoc.units.actions.reforms import Order, carry_out, undo
from tuanhoc.units.contacts import keep_contact, remove_contact
from tuanhoc.units.models import Unit
from tuanhoc.units.rules import Person
from tuanhoc.units.rules.reforms import Doing, Step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_time")]


@pytest.fixture
def school(campaign):
    return unit_of(campaign, "th-lamson")


def lines(client, address, **asked):
    """Return the lines of an export."""
    given = client.get(address, {"tai": "csv", **asked})
    assert given.status_code == 200
    return list(csv.DictReader(io.StringIO(given.content.decode("utf-8-sig"))))


def trail(client, host, **asked):
    return lines(client, reverse("desk:unit_journal", args=[host.pk]), **asked)


def done_in(found):
    return {line["Việc"] for line in found}


def by_link(host, role=Role.OFFICER):
    signed = accounts.make_link(
        host.unit, campaign_id=host.campaign_id, expires_at=TOO_LATE, role=role, by=SYSTEM, at=IN_TIME
    )
    client = Client()
    client.post(f"/l/{signed}/")
    return client


def person(email, unit, name=""):
    """Return somebody with an account and a seat at a unit."""
    user = User.objects.create_user(email, name=name)
    accounts.give_seat(user, Role.OFFICER, unit=unit, by=SYSTEM, at=IN_TIME)
    return user


def of_week(campaign):
    return signed_in(Role.COORDINATOR, campaign=campaign)


def test_every_change_about_a_unit_is_in_its_trail_and_in_the_export_of_who_coordinates(campaign, school):
    """Each happening the code writes about units, in a Week and outside: the house walks the source for them."""
    about_units = [code for code in CODES if code not in OF_NO_UNIT]
    with transaction.atomic():
        for code, on in itertools.product(about_units, (campaign, campaign.province)):
            journal.write(code, by=SYSTEM, on=on, at=IN_TIME, units=[school.unit_id])
    expected = {WORDS[code] for code in about_units}
    assert expected <= done_in(trail(by_link(school), school))
    client = of_week(campaign)
    page = reverse("desk:journal", args=[campaign.code])
    assert expected <= done_in(lines(client, page))
    assert expected <= done_in(lines(client, reverse("desk:journal_outside")))
    both, week_alone = lines(client, page, ngoai="1"), lines(client, page)
    assert len(both) == len(week_alone) + len(lines(client, reverse("desk:journal_outside")))


def test_what_is_done_to_a_unit_from_anywhere_is_in_its_trail(campaign, school):
    by, other = coordinator(campaign), unit_of(campaign, "xa-nhonhai")
    duty = Duty.objects.create(campaign=campaign, clause="a", unit_words="x", text="Tổ chức lễ khai mạc")
    assign_duty(duty, [school, other], by=by, at=IN_TIME)
    campaigns.set_due_day(duty, dt.date(2022, 9, 30), by=by, at=IN_TIME)
    take_duty_back(Assignment.objects.get(duty=duty, host=school), by=by, at=IN_TIME)
    campaigns.move_deadlines(
        campaign, {"": campaign.registration_closes_at + dt.timedelta(days=2)}, reason="Bão", by=by, at=IN_TIME
    )
    campaigns.switch_lock(campaign, True, by=by, at=IN_TIME)
    contact = keep_contact(school.unit, Person("Cô Hoa", phone="0901234567"), by=by, at=IN_TIME)
    keep_contact(school.unit, Person("Thầy Nam", email="nam@truong.vn"), by=by, at=IN_TIME)
    remove_contact(contact, by=by, at=IN_TIME)
    reminding.decline(campaign, "nam@truong.vn", at=IN_TIME)
    renamed = carry_out(
        [Step(Doing.RENAME, "th-lamson", name="Trường Tiểu học Tên Mới")], Order(IN_TIME.date()), by=SYSTEM, at=IN_TIME
    )
    undo(renamed, by=SYSTEM, at=IN_TIME)
    keep_apart(school.unit, other.unit, by=by, at=IN_TIME)
    officer = person("moi@truong.vn", school.unit)
    people.take_seat(officer.seats.get(), by=SYSTEM, at=IN_TIME)
    client = by_link(school)
    accounts.revoke_links(other.unit, campaign_id=campaign.pk, by=SYSTEM, at=IN_TIME)

    mine = trail(client, school)
    assert {
        "Mở đăng ký", "Giao nhiệm vụ cho đơn vị", "Sửa hạn của nhiệm vụ", "Bỏ đơn vị khỏi danh sách chủ trì",
        "Đổi hạn", "Bật khóa khi hết hạn", "Thêm đầu mối liên hệ", "Bỏ đầu mối liên hệ", "Thôi nhận thư nhắc",
        "Đổi tên đơn vị", "Ghi một đợt sắp xếp đơn vị", "Hoàn tác một thay đổi đơn vị",
        "Ghi nhận hai đơn vị khác nhau", "Giao vai trò", "Bỏ vai trò", "Tạo liên kết riêng",
    } <= done_in(mine)  # fmt: skip
    told = str(mine)
    assert "Tổ chức lễ khai mạc" in told
    assert "Xã Nhơn Hải" not in told.replace("Trường Tiểu học Lâm Sơn, UBND xã Nhơn Hải", "")
    # Whose account it is, is not the unit's to see; nor is a telephone anybody's.
    assert "moi@truong.vn" not in told
    assert "0901234567" not in told


def test_a_unit_that_was_called_reads_when_and_by_which_office_and_no_note(campaign, school):
    keep_contact(school.unit, Person("Cô Hoa", phone="0901234567"), by=SYSTEM, at=IN_TIME)
    who = next(
        one for one in calls(campaign, today(campaign, at=IN_TIME), among={school.pk})
        if school.pk in {wanted.unit.pk for wanted in one.wanted}
    )  # fmt: skip
    calling.write_down(
        campaign, who, "no_answer", seen=0, note="Nói năng khó chịu", day=IN_TIME.date(), by=coordinator(campaign),
        at=IN_TIME,
    )  # fmt: skip
    [call] = [line for line in trail(by_link(school), school) if line["Việc"] == "Ghi một cuộc gọi"]
    assert call["Chi tiết"] == f"Cơ quan gọi: {campaign.coordinator.name}"
    assert (call["Trước"], call["Sau"]) == ("", "")
    # Nor is it found by what is not shown.
    assert "Ghi một cuộc gọi" not in done_in(trail(by_link(school), school, q="khó chịu"))
    whole = lines(of_week(campaign), reverse("desk:journal", args=[campaign.code]), q="khó chịu")
    assert "Nói năng khó chịu" in whole[0]["Chi tiết"]


def test_who_only_looks_on_reads_that_contacts_changed_and_not_whose(campaign, school):
    keep_contact(school.unit, Person("Cô Hoa", phone="0901234567"), by=SYSTEM, at=IN_TIME)
    seen = trail(signed_in(Role.VIEWER, at=school), school)
    assert "Thêm đầu mối liên hệ" in done_in(seen)
    assert "Cô Hoa" not in str(seen)
    assert "Cô Hoa" in str(trail(by_link(school), school))


def test_a_district_reads_what_is_about_those_under_it_and_nothing_beside(campaign, school):
    beside = unit_of(campaign, "xa-nhonhai")
    for host, name in ((school, "Cô Hoa"), (beside, "Anh Biển")):
        keep_contact(host.unit, Person(name, phone="0901234567"), by=SYSTEM, at=IN_TIME)
    district = unit_of(campaign, "ubnd-585")
    seen = str(trail(signed_in(Role.OFFICER, at=district), district))
    assert "Cô Hoa" in seen
    assert "Anh Biển" not in seen


def test_outside_the_weeks_is_for_who_coordinates_and_only_of_the_own_province(campaign, school):
    far = Unit.objects.create(key="ubnd-x", kind=Unit.Kind.PROVINCE_COMMITTEE, name="UBND tỉnh Khác")
    keep_contact(far, Person("Bà Xa", phone="0901"), by=SYSTEM, at=IN_TIME)
    keep_contact(school.unit, Person("Cô Hoa", phone="0901"), by=SYSTEM, at=IN_TIME)
    people.invite_user("la@khac.vn", "Người Lạ", by=SYSTEM, at=IN_TIME)
    people.deactivate(person("can-bo@truong.vn", school.unit), by=SYSTEM, at=IN_TIME)
    address = reverse("desk:journal_outside")
    seen = str(lines(of_week(campaign), address))
    assert "Cô Hoa" in seen
    assert "can-bo@truong.vn" in seen
    assert "Bà Xa" not in seen
    assert "la@khac.vn" not in seen
    operator = User.objects.create_user("op@mau.vn", is_superuser=True)
    client = Client()
    client.force_login(operator)
    whole = str(lines(client, address))
    assert "Bà Xa" in whole
    assert "la@khac.vn" in whole
    for other in (signed_in(Role.OFFICER, at=school), signed_in(Role.VIEWER, at=school), by_link(school)):
        assert other.get(address).status_code == 404


def test_it_is_searched_by_unit_words_kind_and_day_and_says_when_nothing_matches(campaign, school):
    keep_contact(school.unit, Person("Cô Hoa", phone="0901"), by=SYSTEM, at=IN_TIME)
    keep_contact(unit_of(campaign, "xa-nhonhai").unit, Person("Anh Biển", phone="0902"), by=SYSTEM, at=IN_TIME)
    client, address = of_week(campaign), reverse("desk:journal_outside")
    for asked in ({"don-vi": "tiểu học lâm sơn"}, {"q": "hoa"}, {"q": "tieu hoc lam son dau moi"}):
        page = client.get(address, {**asked, "viec": "units.contact."}).text
        assert "Cô Hoa" in page
        assert "Anh Biển" not in page
        assert "Trường Tiểu học Lâm Sơn" in page
    assert "Không có đơn vị nào tên “không đâu”" in client.get(address, {"don-vi": "không đâu"}).text
    assert "Không có việc nào khớp" in client.get(address, {"tu": "29/9/2030"}).text
    mixed = client.get(reverse("desk:journal", args=[campaign.code]), {"ngoai": "1", "q": "Cô Hoa"}).text
    assert "Cô Hoa" in mixed
    assert 'name="ngoai" value="1" checked' in mixed


def test_as_many_queries_for_any_number_of_units_and_entries(campaign, school):
    client = of_week(campaign)
    addresses = [
        reverse("desk:journal_outside"), f"{reverse('desk:journal', args=[campaign.code])}?ngoai=1",
        reverse("desk:unit_journal", args=[school.pk]),
    ]  # fmt: skip

    def counts():
        found = []
        for address in addresses:
            with CaptureQueriesContext(connection) as seen:
                assert client.get(address).status_code == 200
            found.append(len(seen))
        return found

    counts()
    few = counts()
    for number in range(30):
        keep_contact(school.unit, Person(f"Cô {number}", phone="0901"), by=SYSTEM, at=IN_TIME)
        Unit.objects.create(key=f"x-{number}", kind=Unit.Kind.COMPANY, name=f"Công ty {number}")
    assert counts() == few


def test_a_return_says_from_what_it_was_returned_and_its_undoing_to_what(campaign, school):
    accepted = registered(school, [row("Hội thi")])
    assert accepted.state == "accepted"
    review = activities.return_registration(accepted, reason="Thiếu địa điểm", undoable=True, by=SYSTEM, at=IN_TIME)
    last = Entry.objects.filter(what="activities.registration.return").latest("pk")
    assert (last.details["before"], last.details["after"]) == ({"state": "accepted"}, {"state": "returned"})
    activities.take_back(review.batch, among=campaign.roster.all(), released_at=None, by=SYSTEM, at=IN_TIME)
    for what in ("activities.registration.take_back", "activities.batch.take_back"):
        back = Entry.objects.filter(what=what).latest("pk")
        assert (back.details["before"], back.details["after"]) == ({"state": "returned"}, {"state": "accepted"})


def test_the_program_s_own_doing_is_told_in_the_readers_language(campaign):
    client = of_week(campaign)
    page = reverse("desk:journal", args=[campaign.code])
    assert "Hệ thống" in {line["Người làm"] for line in lines(client, page)}
    client.cookies.load({"django_language": "en"})
    english = client.get(page).text
    assert "The system" in english
    assert "Hệ thống" not in english


def test_what_was_written_before_units_were_named_is_found_by_its_path_and_invents_nothing(campaign, school):
    with transaction.atomic():
        journal.write("campaigns.unlock.ask", by=SYSTEM, on=campaign, at=IN_TIME, unit_path=school.path)
        journal.write("units.unit.change", by=SYSTEM, on=school.unit, at=IN_TIME)
        journal.write("campaigns.lock.on", by=SYSTEM, on=campaign, at=IN_TIME)
    first, second, third = Entry.objects.order_by("-pk")[:3][::-1]
    with journal.unlocked():
        EntryUnit.objects.all().delete()
        import_module("tuanhoc.journal.migrations.0005_units_filled").fill(
            apps, type("Editor", (), {"connection": connection})
        )
    found = set(queries.of_units(campaign.pk, [school.unit_id], queries.Asked()).values_list("pk", flat=True))
    assert {first.pk, second.pk} <= found
    assert third.pk not in found
