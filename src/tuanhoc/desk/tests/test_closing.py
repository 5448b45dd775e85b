"""A Week is closed on its page when its time is over, and opened again; what its units' pages say meanwhile."""

import datetime as dt

import pytest
from django.urls import reverse
from tests.builders import IN_TIME, registered, row, someone, unit_of

from tuanhoc.accounts.models import PersonalLink
from tuanhoc.activities import actions as activities
from tuanhoc.activities.models import Registration, State
from tuanhoc.campaigns import actions
from tuanhoc.campaigns.models import Campaign
from tuanhoc.desk.tests.seats import signed_in
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.lib.dates import HANOI
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db
YEARS_LATER = dt.datetime(2024, 5, 1, 9, tzinfo=HANOI)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    times = [IN_TIME]
    monkeypatch.setattr(clock, "now", lambda: times[0])
    return times


def closing(campaign):
    return reverse("desk:close_campaign", args=[campaign.code])


def page_of(browser, name, *args):
    return browser.get(reverse(name, args=args)).content.decode()


def state():
    return Campaign.objects.get().state


def test_what_stops_and_what_stays_is_said_before_anything_is_done(officer, campaign):
    registered(unit_of(campaign, "tv-58"), accepted=False)
    page = officer.get(closing(campaign)).content.decode()
    assert state() == "open"
    for words in ("dừng lại", "Vẫn như cũ", "1 bản đăng ký chờ xem", "6 đơn vị chưa gửi đăng ký", "Đợt này chưa qua"):
        assert words in page


def test_it_is_closed_and_opened_again_from_its_page(officer, campaign):
    assert closing(campaign) in page_of(officer, "desk:campaign", campaign.code)
    page = officer.post(closing(campaign), {"do": "close"}, follow=True).content.decode()
    assert state() == "closed"
    assert 'name="do" value="reopen"' in page
    assert "Đóng lúc 09:30 28/09/2022" in page
    assert reverse("desk:invite_units", args=[campaign.code]) not in page
    assert "Mở lại đợt?" in officer.get(closing(campaign)).content.decode()
    officer.post(closing(campaign), {"do": "reopen"})
    assert state() == "open"


def test_a_second_click_is_told_that_it_is_closed(officer, campaign):
    officer.post(closing(campaign), {"do": "close"})
    answer = officer.post(closing(campaign), {"do": "close"})
    assert answer.status_code == 409
    assert "đã đóng rồi" in answer.content.decode()


def test_nobody_but_who_coordinates_it_closes_a_week(campaign, district):
    leader = signed_in(Role.VIEWER, at=unit_of(campaign, "tv-58"))
    for browser in (district, leader):
        assert browser.get(closing(campaign)).status_code == 404
        assert browser.post(closing(campaign), {"do": "close"}).status_code == 404
    assert state() == "open"


def test_a_week_that_is_being_prepared_has_no_such_page(officer, campaign):
    Campaign.objects.update(state="preparing")
    assert officer.get(closing(campaign))["Location"] == reverse("desk:campaign", args=[campaign.code])


@pytest.mark.parametrize(("at", "asks"), [(IN_TIME, False), (YEARS_LATER, True)])
def test_the_coordinator_is_asked_whether_to_close_a_week_that_is_long_over(officer, campaign, now, at, asks):
    now[0] = at
    assert ("đóng đợt?" in page_of(officer, "desk:home")) is asks
    assert ("Đóng đợt?" in page_of(officer, "desk:campaign", campaign.code)) is asks
    actions.close_campaign(campaign, by=SYSTEM, at=at)
    assert "đóng đợt?" not in page_of(officer, "desk:home").lower()


def test_a_district_is_not_asked(district, now):
    now[0] = YEARS_LATER
    assert "đóng đợt?" not in page_of(district, "desk:home")


def test_the_unit_reads_its_schedule_and_is_told_why_it_cannot_write(campaign):
    host = unit_of(campaign, "th-lamson")
    activities.save_rows(
        activities.begin_registration(host, by=SYSTEM, at=IN_TIME), [row("Ngày hội đọc sách")], by=SYSTEM, at=IN_TIME
    )
    school = signed_in(Role.OFFICER, at=host)
    actions.close_campaign(campaign, by=SYSTEM, at=IN_TIME)
    home, sheet = page_of(school, "desk:home"), page_of(school, "desk:sheet", host.pk)
    assert "Đợt đã đóng" in home
    assert "Viết tiếp" not in home
    assert "Đợt này đã đóng." in sheet
    assert "Ngày hội đọc sách" in sheet
    assert 'value="submit"' not in sheet
    assert "đề nghị mở khóa" not in sheet


def test_what_is_saved_after_it_was_closed_is_refused_in_words(campaign):
    host = unit_of(campaign, "th-lamson")
    school = signed_in(Role.OFFICER, at=host)
    actions.close_campaign(campaign, by=SYSTEM, at=IN_TIME)
    answer = school.post(
        reverse("desk:sheet", args=[host.pk]),
        {"row": "0", "rows": "0", "0-held_on": "04/10/2022", "0-content": "Đang gõ dở", "version": "0"},
    )
    assert answer.status_code == 409
    assert "Đợt này đã đóng" in answer.content.decode()
    assert not Registration.objects.exists()


def test_even_the_coordinator_enters_nothing_before_opening_it_again(officer, campaign):
    host = unit_of(campaign, "th-lamson")
    officer.post(closing(campaign), {"do": "close"})
    page = page_of(officer, "desk:sheet", host.pk)
    assert 'value="submit"' not in page
    assert closing(campaign) in page


@pytest.mark.parametrize("name", ["desk:links", "desk:slips", "desk:invite_units"])
def test_no_link_is_made_that_would_open_nothing(officer, campaign, name):
    actions.close_campaign(campaign, by=SYSTEM, at=IN_TIME)
    address = reverse(name, args=[unit_of(campaign, "tv-58").pk if name == "desk:links" else campaign.code])
    page = officer.post(address, {"do": "contacts", "nhom": "chua-gui"}, follow=True).content.decode()
    assert "vui lòng mở lại đợt trước" in page
    assert not PersonalLink.objects.exists()


def test_years_later_an_open_week_takes_what_comes_and_marks_it_and_a_closed_one_does_not(campaign):
    late = registered(unit_of(campaign, "tv-58"), accepted=False, at=YEARS_LATER)
    assert (late.state, late.is_late) == (State.SUBMITTED, True)
    actions.close_campaign(campaign, by=SYSTEM, at=YEARS_LATER)
    with pytest.raises(activities.WeekClosed):
        registered(unit_of(campaign, "ubnd-585"), at=YEARS_LATER)


def test_what_was_handed_in_is_accepted_after_closing_and_given_back_only_when_it_is_open_again(officer, campaign):
    registration = registered(unit_of(campaign, "tv-58"), accepted=False)
    other = registered(unit_of(campaign, "ubnd-585"), accepted=False)
    actions.close_campaign(campaign, by=SYSTEM, at=IN_TIME)
    look = reverse("desk:look", args=[registration.pk])
    refused = officer.post(look, {"do": "return", "reason": "Thiếu giờ", "version": registration.version})
    assert refused.status_code == 409
    assert "mở lại đợt trước" in refused.content.decode()
    with pytest.raises(activities.NotToBeMended):
        activities.review_together(
            Campaign.objects.get(), {other.pk: other.version}, accept=False, among=campaign.roster.all(),
            reason="Thiếu giờ", by=SYSTEM, at=IN_TIME,
        )  # fmt: skip
    officer.post(look, {"do": "accept", "version": registration.version})
    registration.refresh_from_db()
    assert registration.state == State.ACCEPTED


def test_what_was_handed_in_cannot_be_taken_back_to_a_draft_that_would_be_stuck(campaign):
    host = unit_of(campaign, "tv-58")
    registration = registered(host, accepted=False)
    actions.close_campaign(campaign, by=SYSTEM, at=IN_TIME)
    registration.host.campaign.refresh_from_db()
    with pytest.raises(activities.WeekClosed):
        activities.withdraw_submission(
            registration, version=registration.version, on_behalf=False, by=someone(Role.OFFICER, at=host), at=IN_TIME
        )
