"""The leader's one page: six lights, the rule of each in words, and what to decide."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.builders import IN_TIME, TOO_LATE, registered, unit_of

from tuanhoc.campaigns import actions as campaigns
from tuanhoc.campaigns.actions import deadlines as moving
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.campaigns.queries.deadlines import deadlines_of
from tuanhoc.desk.tests.seats import signed_in
from tuanhoc.desk.tests.test_board import schools_under
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.lib.dates import HANOI
from tuanhoc.notices.models import Message
from tuanhoc.schedule.actions import release_schedule
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db


def leader_of(campaign, role=Role.HEAD):
    return signed_in(role, at=SimpleNamespace(unit=campaign.province))


def page_of(client, campaign):
    return client.get(reverse("desk:leader", args=[campaign.code]))


def lights(client, campaign):
    return [branch.light.code for branch, _address in page_of(client, campaign).context["branches"]]


def test_a_quiet_week_shortly_after_the_opening_is_green(campaign, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: campaign.opened_at + dt.timedelta(hours=1))
    campaigns.set_due_day(campaign.duties.get(), dt.date(2022, 10, 30), by=SYSTEM, at=IN_TIME)
    assert lights(leader_of(campaign), campaign) == ["green"] * 6


@pytest.mark.parametrize("moves_deadline", [True, False])
def test_units_with_more_time_are_counted_beside_those_overdue(campaign, monkeypatch, moves_deadline):
    monkeypatch.setattr(clock, "now", lambda: TOO_LATE)
    campaigns.give_exceptions(
        RosterUnit.objects.filter(campaign=campaign, unit__key="tv-58"), ends_at=TOO_LATE + dt.timedelta(days=3),
        reason="Máy hỏng", moves_deadline=moves_deadline, by=SYSTEM, at=IN_TIME,
    )  # fmt: skip
    text = page_of(leader_of(campaign), campaign).content.decode()
    assert "7 đơn vị còn phải gửi; hạn gần nhất đến hết 23:59 ngày 30/9/2022, của 6 đơn vị." in text
    assert "Quá hạn: 6 đơn vị còn phải gửi; 1 đơn vị còn hạn riêng. Ký công văn" in text


def test_a_plan_without_due_days_is_not_shown_as_going_well(campaign, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: campaign.opened_at + dt.timedelta(hours=1))
    page = page_of(leader_of(campaign), campaign)
    duties, _address = page.context["branches"][3]
    assert (duties.light.code, "chưa có hạn 2" in duties.words) == ("amber", True)
    assert "2 việc của kế hoạch chưa có hạn" in page.content.decode()


@pytest.mark.parametrize(
    ("day", "hour", "figure", "light"),
    [
        (26, 23, "còn 4 ngày", "green"),
        (27, 0, "còn 3 ngày", "amber"),
        (28, 23, "còn 2 ngày", "amber"),
        (29, 0, "còn 1 ngày", "red"),
        (29, 23, "còn 1 ngày", "red"),
        (30, 9, "còn 14 giờ", "red"),
    ],
)
def test_the_light_of_the_deadline_goes_by_the_days_that_are_said(campaign, monkeypatch, day, hour, figure, light):
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2022, 9, day, hour, 30, tzinfo=HANOI))
    deadline, _address = page_of(leader_of(campaign), campaign).context["branches"][1]
    assert (deadline.figure, deadline.light.code) == (figure, light)


def test_units_of_a_level_with_a_later_deadline_are_not_taken_for_overdue(campaign, monkeypatch):
    schools = dict(deadlines_of(campaign)) | {"school": dt.datetime(2022, 10, 6, tzinfo=HANOI)}
    moving.move_deadlines(campaign, schools, by=SYSTEM, at=IN_TIME)
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2022, 10, 2, 9, tzinfo=HANOI))
    deadline = page_of(leader_of(campaign), campaign).context["branches"][1][0]
    assert (deadline.figure, deadline.light.code) == ("đã quá hạn 2 ngày", "red")
    assert "hạn gần nhất đến hết 23:59 ngày 30/9/2022" in deadline.words
    for host in campaign.roster.exclude(unit__key="th-lamson"):
        registered(host)
    shown = page_of(leader_of(campaign), campaign)
    deadline = shown.context["branches"][1][0]
    assert (deadline.figure, deadline.light.code) == ("còn 3 ngày", "amber")
    assert deadline.words == "Nhận đến hết 23:59 ngày 5/10/2022; 1 đơn vị còn phải gửi."
    assert "quá hạn" not in str([matter.words for matter, _address in shown.context["matters"]])


@pytest.mark.parametrize(
    ("later", "words", "light"),
    [(0, "gửi hôm nay.", "green"), (1, "1 ngày.", "green"), (2, "2 ngày.", "amber"), (4, "4 ngày.", "red")],
)
def test_what_came_today_waits_no_nought_days_and_its_light_goes_by_the_days_that_are_said(
    campaign, monkeypatch, later, words, light
):
    came = dt.datetime(2022, 9, 21, 9, tzinfo=HANOI)
    registered(unit_of(campaign, "tv-58"), accepted=False, at=came)
    # Late in the day: by the hours it would be a day more.
    monkeypatch.setattr(clock, "now", lambda: came + dt.timedelta(days=later, hours=13))
    review, _address = page_of(leader_of(campaign), campaign).context["branches"][2]
    assert review.words.endswith(words)
    assert review.light.code == light


def test_each_branch_turns_with_what_goes_wrong_in_it(campaign, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: TOO_LATE)
    registered(unit_of(campaign, "ubnd-585"), accepted=False, at=TOO_LATE - dt.timedelta(days=4))
    campaigns.set_due_day(campaign.duties.get(), dt.date(2022, 9, 27), by=SYSTEM, at=IN_TIME)
    Message.objects.create(about="a", campaign=campaign, to="a@b.example", state="failed", queued_at=IN_TIME)
    client = leader_of(campaign)
    assert lights(client, campaign) == ["red"] * 6
    matters = page_of(client, campaign).context["matters"]
    assert len(matters) == 5
    assert "việc quá hạn" in matters[0][0].words


def test_an_obstacle_is_among_what_to_decide_in_the_owner_s_words(campaign, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: campaign.opened_at + dt.timedelta(hours=1))
    one = campaign.duties.get().assignments.earliest("pk")
    campaigns.report_duty(one, campaigns.Said("doing", "", "Chưa có kinh phí"), by=SYSTEM, at=IN_TIME)
    (matter, _address), *_others = page_of(leader_of(campaign), campaign).context["matters"]
    assert "“Chưa có kinh phí”" in matter.words


def test_the_schedule_is_green_once_released_and_amber_when_it_changed_since(campaign, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: TOO_LATE)
    client = leader_of(campaign)
    registered(unit_of(campaign, "tv-58"))
    release_schedule(campaign, by=SYSTEM, at=IN_TIME)
    assert lights(client, campaign)[4] == "green"
    registered(unit_of(campaign, "ubnd-585"), at=IN_TIME + dt.timedelta(hours=1))
    assert lights(client, campaign)[4] == "amber"


def test_a_light_is_never_colour_alone_and_its_rule_is_said(campaign, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)
    body = page_of(leader_of(campaign, Role.VIEWER), campaign).content.decode()
    assert "Xanh: tốt" in body
    assert body.count("đỏ:") == 6


def test_who_does_not_lead_finds_no_such_page(district, campaign):
    assert page_of(district, campaign).status_code == 404


def test_a_leader_finds_the_page_at_home_and_who_only_reviews_a_part_does_not(campaign, district):
    home, page = reverse("desk:home"), reverse("desk:leader", args=[campaign.code])
    found = leader_of(campaign, Role.VIEWER).get(home).content.decode()
    assert f'href="{page}"' in found
    assert "Đang chờ tôi" not in found
    assert f'href="{page}"' not in district.get(home).content.decode()


def test_it_costs_the_same_with_a_hundred_units_more(officer, campaign):
    def asked():
        with CaptureQueriesContext(connection) as found:
            assert page_of(officer, campaign).status_code == 200
        return len(found)

    asked()
    few = asked()
    schools_under(unit_of(campaign, "ubnd-585"), 100)
    assert asked() == few <= 12


def test_the_letter_to_sign_is_one_click_from_the_coordinator_and_others_hear_who_makes_it(
    officer, campaign, monkeypatch
):
    monkeypatch.setattr(clock, "now", lambda: TOO_LATE)
    letter = reverse("desk:paper", args=[campaign.code, "don-doc"])
    assert f'href="{letter}">Soạn công văn đôn đốc' in page_of(officer, campaign).content.decode()
    assert officer.get(letter).status_code == 200
    for_head = page_of(leader_of(campaign), campaign).content.decode()
    assert letter not in for_head
    assert f"Công văn và hạn do {campaign.coordinator.name} soạn, trình ký." in for_head
    assert f'href="{reverse("desk:board", args=[campaign.code])}?can=qua-han">Xem các đơn vị' in for_head
