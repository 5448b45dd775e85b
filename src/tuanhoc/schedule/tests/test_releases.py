import datetime as dt

import pytest
from tests.builders import IN_TIME, coordinator, registered, row, someone, unit_of, week

from tuanhoc.activities import actions as activities
from tuanhoc.activities.models import Activity
from tuanhoc.lib.actor import Role
from tuanhoc.schedule import actions, queries, rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    campaign = week()
    registered(unit_of(campaign, "ubnd-585"), [row("Khai mạc"), row("Ngày hội đọc sách")])
    registered(unit_of(campaign, "tv-58"), [row("Giới thiệu sách")])
    return campaign


def release(campaign):
    return actions.release_schedule(campaign, by=coordinator(campaign), at=IN_TIME)


def test_a_release_stays_as_it_was_when_activities_move_later(campaign):
    first = release(campaign)
    before = queries.released_lines(first)
    activity = Activity.objects.get(content="Khai mạc")
    by = someone(Role.OFFICER, at=unit_of(campaign, "ubnd-585"))
    activities.change_activity(activity, reason="Mưa", held_on=dt.date(2022, 10, 5), by=by, at=IN_TIME)
    other = Activity.objects.get(content="Ngày hội đọc sách")
    activities.change_activity(other, reason="Hoãn", cancel=True, by=by, at=IN_TIME)
    registered(unit_of(campaign, "so-tttt"), [row("Bản tin truyền thanh")])

    second = release(campaign)

    first.refresh_from_db()
    assert queries.released_lines(first) == before
    change = rules.changes(before, queries.released_lines(second))
    assert [x.content for x in change.added] == ["Bản tin truyền thanh"]
    assert [new.held_on for _old, new in change.moved] == [dt.date(2022, 10, 5)]
    assert [x.content for x in change.cancelled] == ["Ngày hội đọc sách"]
    assert (first.number, second.number) == (1, 2)


def test_a_release_without_news_is_refused(campaign):
    release(campaign)
    with pytest.raises(actions.NothingNew):
        release(campaign)


def test_what_is_not_accepted_is_not_in_the_schedule(campaign):
    registered(unit_of(campaign, "so-tttt"), [row("Chưa duyệt")], accepted=False)
    assert "Chưa duyệt" not in [line.content for line in queries.standing_lines(campaign)]


def test_nothing_accepted_means_nothing_to_release():
    empty = week()
    with pytest.raises(actions.NothingToRelease):
        release(empty)
