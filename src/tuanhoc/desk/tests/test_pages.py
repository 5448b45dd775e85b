import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.builders import IN_TIME, UNITS, province, registered, row, unit_of, week

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import User
from tuanhoc.activities import actions as activities
from tuanhoc.activities.models import Registration, State, Submission
from tuanhoc.desk.tests.seats import signed_in
from tuanhoc.files.models import StoredFile
from tuanhoc.findings.models import Finding
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.lib.dates import HANOI
from tuanhoc.outbox.models import Event
from tuanhoc.units.models import Contact
from tuanhoc.web import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_time")]


def posted(*contents, version, do="save", **fields):
    data = {"version": str(version), "do": do}
    if "theme" in fields:
        data["theme"] = fields.pop("theme")
    for n, content in enumerate(contents):
        given = {"held_on": "03/10/2022", "place": "Nhà văn hóa", "is_public": "on", "starts_at": "7h30", **fields}
        data |= {f"r-{n}-{name}": value for name, value in given.items()} | {f"r-{n}-content": content}
    return data


def pages(campaign):
    school = registered(unit_of(campaign, "th-lamson"), accepted=False)
    return {
        "board": reverse("desk:board", args=[campaign.code]),
        "sheet": reverse("desk:sheet", args=[school.host_id]),
        "annex": reverse("activities:annex", args=[school.host_id]),
        "receipt": reverse("desk:receipt", args=[school.submissions.get().pk]),
        "queue": reverse("desk:queue"),
        "look": reverse("desk:look", args=[school.pk]),
        "links": reverse("desk:links", args=[school.host_id]),
    }


def statuses(client, addresses):
    return {name: client.get(address).status_code for name, address in addresses.items()}


def test_the_coordinator_and_the_district_reach_every_page(campaign):
    addresses = pages(campaign)
    assert set(statuses(signed_in(Role.COORDINATOR, campaign=campaign), addresses).values()) == {200}
    district = signed_in(Role.OFFICER, at=unit_of(campaign, "ubnd-585"))
    assert set(statuses(district, addresses).values()) == {200}


def test_a_stranger_finds_nothing_and_the_unknown_are_asked_to_sign_in(campaign):
    addresses = pages(campaign)
    stranger = signed_in(None)
    neighbour = signed_in(Role.OFFICER, at=unit_of(campaign, "xa-nhonhai"))
    assert set(statuses(stranger, addresses).values()) == {404}
    assert statuses(neighbour, addresses) == dict.fromkeys(addresses, 404) | {"board": 200}
    assert set(statuses(Client(), addresses).values()) == {302}


def test_the_unit_itself_sees_its_sheet_and_does_not_review_it(campaign):
    found = statuses(signed_in(Role.OFFICER, at=unit_of(campaign, "th-lamson")), pages(campaign))
    assert (found["sheet"], found["receipt"], found["look"], found["links"], found["queue"]) == (
        200, 200, 403, 403, 404,
    )  # fmt: skip


def test_home_says_what_waits_for_whom(campaign):
    host = unit_of(campaign, "th-lamson")
    registered(host, accepted=False)
    registered(unit_of(campaign, "tv-58"), accepted=False)
    registered(unit_of(campaign, "so-tttt"), accepted=False)
    district = signed_in(at=unit_of(campaign, "ubnd-585"))
    assert "đến hết 23:59 ngày 30/9/2022" in signed_in(at=host).get("/lam-viec/").content.decode()
    coordinator = signed_in(Role.COORDINATOR, campaign=campaign)
    assert "2 bản đăng ký chờ xem" in coordinator.get("/lam-viec/").content.decode()
    assert "1 bản đăng ký chờ xem" in district.get("/lam-viec/").content.decode()


def test_the_queue_shows_what_nobody_nearer_looks_at_and_the_rest_when_asked(campaign):
    for key in ("th-lamson", "tv-58"):
        registered(unit_of(campaign, key), [row(place="")], accepted=False)
    signed_in(at=unit_of(campaign, "ubnd-585"))
    coordinator = signed_in(Role.COORDINATOR, campaign=campaign)

    def listed(address):
        return [(line.registration.host.name, line.needs_look) for line in coordinator.get(address).context["page"]]

    assert listed("/lam-viec/hang-doi/") == [("Thư viện tỉnh", 1)]
    assert listed("/lam-viec/hang-doi/?tat-ca") == [("Trường Tiểu học Lâm Sơn", 1), ("Thư viện tỉnh", 1)]


def test_first_contact_by_link(campaign):
    host = unit_of(campaign, "th-lamson")
    made = signed_in(Role.COORDINATOR, campaign=campaign).post(reverse("desk:links", args=[host.pk]))
    address = re.search(r"http://testserver(/l/\S+/)", made.content.decode())[1]
    unit = Client()

    assert "Trường Tiểu học Lâm Sơn" in unit.get(address).content.decode()
    assert unit.get("/lam-viec/").status_code == 302  # looking opened nothing
    sheet = reverse("desk:sheet", args=[host.pk])
    assert unit.post(address)["Location"] == sheet
    assert "+ Thêm hoạt động ngày 03/10" in unit.get(sheet).content.decode()
    receipt = unit.post(sheet, posted("Ngày hội đọc sách", version=0, do="submit"))

    submission = Submission.objects.get()
    assert receipt["Location"] == reverse("desk:receipt", args=[submission.pk])
    assert submission.sha256 in unit.get(receipt["Location"]).content.decode()
    assert submission.rows[0]["starts_at"] == "07:30:00"
    assert unit.get(reverse("desk:sheet", args=[unit_of(campaign, "xa-lamson").pk])).status_code == 404


def test_a_link_that_ended_says_so_and_a_forged_one_is_not_there(campaign):
    host = unit_of(campaign, "th-lamson")
    later = IN_TIME + dt.timedelta(days=9)
    signed = accounts.make_link(host.unit, campaign_id=campaign.pk, expires_at=later, by=SYSTEM, at=IN_TIME)
    signed_in(Role.COORDINATOR, campaign=campaign).post(reverse("desk:revoke", args=[host.pk]))
    gone = Client().post(f"/l/{signed}/")
    assert gone.status_code == 410
    assert "đã được thu hồi" in gone.content.decode()
    assert Client().get(f"/l/{signed[:-1]}x/").status_code == 404


def test_submitting_twice_submits_once(campaign):
    host = unit_of(campaign, "th-lamson")
    client, sheet = signed_in(at=host), reverse("desk:sheet", args=[host.pk])
    for _ in range(2):
        answer = client.post(sheet, posted("Ngày hội", version=0, do="submit"), follow=True)
        assert answer.status_code == 200
    assert Submission.objects.count() == 1


def test_a_second_window_is_told_and_overwrites_nothing(campaign):
    host = unit_of(campaign, "th-lamson")
    client, sheet = signed_in(at=host), reverse("desk:sheet", args=[host.pk])
    saved = client.post(sheet, posted("Một", version=0), headers={"X-Requested-With": "fetch"}).json()
    assert (saved["version"], saved["saved"]) == (1, "Đã lưu lúc 09:30")
    by_fetch = client.post(sheet, posted("Hai", version=0), headers={"X-Requested-With": "fetch"})
    plain = client.post(sheet, posted("Hai", version=0))
    assert (by_fetch.status_code, plain.status_code) == (409, 409)
    assert "Hai" in plain.content.decode()
    assert [a.content for a in Registration.objects.get().activities.all()] == ["Một"]


def test_what_cannot_be_read_stays_on_screen_and_blocks_only_the_handing_in(campaign):
    host = unit_of(campaign, "th-lamson")
    client, sheet = signed_in(at=host), reverse("desk:sheet", args=[host.pk])
    page = client.post(sheet, posted("Ngày hội", version=0, do="submit", starts_at="sáng sớm")).content.decode()
    assert "sáng sớm" in page
    assert "Giờ bắt đầu chưa đọc được" in page
    assert Registration.objects.get().state == State.DRAFT


def test_returned_corrected_and_handed_in_again(campaign):
    registration = registered(unit_of(campaign, "th-lamson"), [row(place="")], accepted=False)
    district = signed_in(Role.HEAD, at=unit_of(campaign, "ubnd-585"))
    look = reverse("desk:look", args=[registration.pk])
    assert district.post(look, {"do": "return", "reason": ""}).status_code == 409
    seen = {"do": "return", "version": registration.version}
    district.post(look, seen | {"reason": "Xin bổ sung", "d-0": "Thiếu địa điểm"})

    unit, sheet = signed_in(at=registration.host), reverse("desk:sheet", args=[registration.host_id])
    page = unit.get(sheet).content.decode()
    assert "Thiếu địa điểm" in page
    assert "Xin bổ sung" in page
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    unit.post(sheet, posted("Ngày hội", version=version, do="submit"))
    seen_before = registration.version
    registration.refresh_from_db()
    district.post(reverse("desk:queue"), {"chon": [f"{registration.pk}-{seen_before}"]})
    assert Registration.objects.get().state == State.SUBMITTED  # not what was on the page
    district.post(reverse("desk:queue"), {"chon": [f"{registration.pk}-{registration.version}"]})

    registration.refresh_from_db()
    assert (registration.state, registration.submissions.count()) == (State.ACCEPTED, 2)


def test_an_accepted_activity_is_cancelled_with_a_reason(campaign):
    registration = registered(unit_of(campaign, "th-lamson"))
    unit, activity = signed_in(at=registration.host), registration.activities.get()
    unit.post(reverse("desk:change", args=[activity.pk]), {"do": "cancel", "reason": ""})
    activity.refresh_from_db()
    assert activity.cancelled_at is None
    unit.post(reverse("desk:change", args=[activity.pk]), {"do": "cancel", "reason": "Mưa bão"})
    assert "Mưa bão" in unit.get(reverse("desk:sheet", args=[registration.host_id])).content.decode()


def test_a_missing_place_is_added_without_a_reason_and_a_place_is_not_changed_without_one(campaign):
    registration = registered(unit_of(campaign, "th-lamson"), [row("Hội thi", place="")])
    unit, activity = signed_in(at=registration.host), registration.activities.get()
    shown = unit.get(reverse("desk:sheet", args=[registration.host_id])).content.decode()
    assert "Sửa địa điểm, dời hoặc hủy" in shown
    assert 'name="reason" required' not in shown
    change = reverse("desk:change", args=[activity.pk])
    unit.post(change, {"do": "move", "place": "Sân trường", "reason": ""})
    activity.refresh_from_db()
    assert (activity.place, activity.change_reason) == ("Sân trường", "Bổ sung địa điểm")
    assert unit.post(change, {"do": "move", "place": "Sân đình", "reason": ""}).status_code == 422
    assert 'name="reason" required' in unit.get(reverse("desk:sheet", args=[registration.host_id])).content.decode()


def test_a_move_that_cannot_be_read_keeps_all_that_was_typed_and_says_what_it_was(campaign):
    registration = registered(unit_of(campaign, "th-lamson"))
    unit, activity = signed_in(at=registration.host), registration.activities.get()
    typed = {"do": "move", "held_on": "32/13/2022", "starts_at": "7 rưỡi", "place": "Sân đình", "reason": "Mưa bão"}
    answer = unit.post(reverse("desk:change", args=[activity.pk]), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ngày mới “32/13/2022” chưa đọc được" in page
    assert "Giờ mới “7 rưỡi” chưa đọc được" in page
    for kept in ("32/13/2022", "7 rưỡi", "Sân đình", "Mưa bão"):
        assert f'value="{kept}"' in page
    unit.post(reverse("desk:change", args=[activity.pk]), typed | {"held_on": "05/10/2022", "starts_at": ""})
    before, _ = activity.held_on, activity.refresh_from_db()
    assert (activity.held_on, activity.change_reason) == (dt.date(2022, 10, 5), "Mưa bão")
    assert activity.held_on != before
    no_reason = unit.post(
        reverse("desk:change", args=[activity.pk]), typed | {"held_on": "06/10/2022", "starts_at": "", "reason": " "}
    )
    assert 'value="06/10/2022"' in no_reason.content.decode()


def test_a_day_gone_by_is_asked_about_once_and_taken_when_it_is_meant(campaign, monkeypatch):
    registration = registered(unit_of(campaign, "th-lamson"))
    unit, activity = signed_in(at=registration.host), registration.activities.get()
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2022, 10, 4, 9, tzinfo=HANOI))
    change = reverse("desk:change", args=[activity.pk])
    typed = {"do": "move", "held_on": "01/10/2022", "reason": "Dời về ngày đã qua", "place": "Sân đình"}
    answer = unit.post(change, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ngày mới 01/10/2022 đã qua." in page
    assert 'value="Sân đình"' in page
    activity.refresh_from_db()
    assert (activity.held_on, activity.sequence) == (dt.date(2022, 10, 4), 0)
    unit.post(change, typed | {"do": "move_past"})
    activity.refresh_from_db()
    assert (activity.held_on, activity.place) == (dt.date(2022, 10, 1), "Sân đình")
    assert unit.post(change, typed | {"held_on": "04/10/2022"}).status_code == 302  # today is not gone by


def test_a_cancellation_is_taken_back_on_the_units_page_and_the_coordinator_is_told(campaign):
    registration = registered(unit_of(campaign, "th-lamson"))
    unit, activity = signed_in(at=registration.host), registration.activities.get()
    sheet, change = reverse("desk:sheet", args=[registration.host_id]), reverse("desk:change", args=[activity.pk])
    assert "Bỏ hủy" not in unit.get(sheet).content.decode()
    unit.post(change, {"do": "cancel", "reason": "Mưa"})
    assert "Bỏ hủy, vẫn tổ chức" in unit.get(sheet).content.decode()
    page = unit.post(change, {"do": "restore", "reason": ""}, follow=True).content.decode()
    activity.refresh_from_db()
    assert (activity.cancelled_at, activity.change_reason) == (None, "Vẫn tổ chức")
    assert "Hoạt động lại được tổ chức" in page
    last = Event.objects.filter(name="activities.activity.changed").latest("pk").payload
    assert (last["restored"], last["by_office"], last["cancelled"]) == (True, False, False)
    assert "không còn ở trạng thái hủy" in unit.post(change, {"do": "restore"}, follow=True).content.decode()


def test_what_the_office_cancelled_for_another_is_not_taken_back_by_its_unit(campaign):
    registration = registered(unit_of(campaign, "th-lamson"))
    unit, activity = signed_in(at=registration.host), registration.activities.get()
    activities.change_activity(activity, reason="Trùng", cancel=True, by_office=True, by=SYSTEM, at=IN_TIME)
    Finding.objects.create(
        campaign=campaign, kind=Finding.Kind.TWICE, pair="x", score=1, verdict=Finding.Verdict.REPLACED,
        first_host=registration.host, second_host=unit_of(campaign, "xa-lamson"), second=activity,
        decided_at=IN_TIME, cancelled=activity,
    )  # fmt: skip
    assert "Bỏ hủy" not in unit.get(reverse("desk:sheet", args=[registration.host_id])).content.decode()
    page = unit.post(reverse("desk:change", args=[activity.pk]), {"do": "restore"}, follow=True).content.decode()
    assert "được hủy vì trùng với một hoạt động khác" in page
    activity.refresh_from_db()
    assert activity.cancelled_at is not None


@pytest.mark.parametrize("more", [0, 30])
def test_the_board_asks_no_more_when_there_are_more_units(more, django_assert_max_num_queries):
    province(UNITS + "".join(f"th-{n},xa-lamson,school_primary,Trường số {n},22846,0\n" for n in range(more)))
    campaign = week()
    registered(unit_of(campaign, "th-lamson"), accepted=False)
    client = signed_in(Role.COORDINATOR, campaign=campaign)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("desk:board", args=[campaign.code]))
    assert page.context["total"] == 7 + more


def test_sign_in_by_password_and_by_code(client, mailoutbox):
    User.objects.create_user("lan@example.vn", "mot-mat-khau-dai")
    assert "Đăng nhập" in client.get(reverse("account_login")).content.decode()
    answer = client.post(reverse("account_login"), {"login": "lan@example.vn", "password": "mot-mat-khau-dai"})
    assert answer["Location"] == "/lam-viec/"
    other = Client()
    other.post(reverse("account_request_login_code"), {"email": "lan@example.vn"})
    assert len(mailoutbox) == 1
    assert "Nhập mã" in other.get(reverse("account_confirm_login_code")).content.decode()


def test_a_unit_may_have_a_theme_of_its_own(campaign):
    host = unit_of(campaign, "th-lamson")
    unit = signed_in(at=host)
    unit.post(reverse("desk:sheet", args=[host.pk]), posted("Đọc sách", version=0, theme="  Mỗi ngày một trang sách "))

    assert Registration.objects.get(host=host).theme == "Mỗi ngày một trang sách"
    assert "Mỗi ngày một trang sách" in unit.get(reverse("desk:sheet", args=[host.pk])).content.decode()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"starts_at": "14h - 16h"}, (dt.time(14), dt.time(16), "", None)),
        ({"starts_at": "từ 7h30 đến 9h"}, (dt.time(7, 30), dt.time(9), "", None)),
        ({"starts_at": "Sáng"}, (None, None, "morning", None)),
        ({"expected_people": "khoảng 120 em"}, (dt.time(7, 30), None, "", 120)),
        ({"expected_people": "1.200"}, (dt.time(7, 30), None, "", 1200)),
    ],
)
def test_hours_and_people_are_read_as_people_write_them(campaign, typed, kept):
    host = unit_of(campaign, "th-lamson")
    signed_in(at=host).post(reverse("desk:sheet", args=[host.pk]), posted("Đọc sách", version=0, **typed))

    activity = Registration.objects.get(host=host).activities.get()
    assert (activity.starts_at, activity.ends_at, activity.part_of_day, activity.expected_people) == kept
    assert activity.unread == []


def test_what_cannot_be_read_is_kept_as_typed_and_a_long_cell_goes_on_in_the_note(campaign):
    host = unit_of(campaign, "th-lamson")
    unit, address = signed_in(at=host), reverse("desk:sheet", args=[host.pk])
    unit.post(address, posted("Đọc sách", version=0, starts_at="25h", expected_people="120-150", place="x" * 600))

    activity = Registration.objects.get(host=host).activities.get()
    assert activity.unread == [["starts_at", "25h"], ["expected_people", "120-150"]]
    assert (len(activity.place), activity.note) == (500, "x" * 100)
    assert 'value="25h"' in unit.get(address).content.decode()


def test_a_unit_takes_its_handing_in_back_while_nobody_has_looked(campaign):
    registration = registered(unit_of(campaign, "th-lamson"), accepted=False)
    unit, address = signed_in(at=registration.host), reverse("desk:withdraw", args=[registration.pk])
    unit.post(address)
    registration.refresh_from_db()
    assert registration.state == State.DRAFT

    accepted = registered(unit_of(campaign, "xa-lamson"))
    signed_in(at=accepted.host).post(reverse("desk:withdraw", args=[accepted.pk]))
    accepted.refresh_from_db()
    assert accepted.state == State.ACCEPTED


def test_nothing_to_register_and_written_rows_cannot_both_be_meant(campaign):
    host = unit_of(campaign, "th-lamson")
    unit, address = signed_in(at=host), reverse("desk:sheet", args=[host.pk])
    unit.post(address, posted("Đọc sách", version=0, do="nil"))
    assert Registration.objects.get(host=host).state == State.DRAFT


def test_who_reviews_sees_whom_to_phone_and_the_unit_is_not_told_of_others(campaign):
    host = unit_of(campaign, "th-lamson")
    Contact.objects.create(unit=host.unit, name="Cô Lan", phone="0900 000 001")
    address = reverse("desk:board", args=[campaign.code]) + "?trang-thai=none"
    assert "Cô Lan" in signed_in(Role.COORDINATOR, campaign=campaign).get(address).content.decode()
    assert "Cô Lan" not in signed_in(at=host).get(reverse("desk:sheet", args=[host.pk])).content.decode()


def test_a_scan_that_is_refused_leaves_no_trace(campaign, settings):
    host = unit_of(campaign, "xa-lamson")
    registration = registered(host)
    client = signed_in(at=host)
    settings.MAX_UPLOAD_BYTES = 1000
    for data in (b"MZ program", b"%PDF-1.7" + b" " * 1000):
        client.post(reverse("desk:send_scan", args=[registration.pk]), {"scan": SimpleUploadedFile("a.pdf", data)})
    registration.refresh_from_db()
    assert (registration.signed_scan, StoredFile.objects.count()) == (None, 0)
