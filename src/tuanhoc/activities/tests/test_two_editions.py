"""Two editions in one year, as a Week of learning and one of reading: each goes on from its own."""

import datetime as dt

import pytest
from tests.builders import OPENED_AT, prepared, province, registered, row, unit_of

from tuanhoc.activities.queries import earlier, last_rows
from tuanhoc.campaigns import actions
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.campaigns.queries import edition_before
from tuanhoc.campaigns.rules import CampaignDraft
from tuanhoc.lib.actor import SYSTEM
from tuanhoc.lib.dates import HANOI

pytestmark = pytest.mark.django_db


def edition(code, year, day, *, like, after=None, opened=True):
    """Prepare one more edition in the province and by the office of another; its call is open."""
    first = dt.date(year, 10, day)
    closes_at = dt.datetime(year, 10, day, tzinfo=HANOI)
    draft = CampaignDraft(code, code, year, "", first, first + dt.timedelta(days=6), registration_closes_at=closes_at)
    made = actions.prepare_campaign(
        draft, province=like.province, coordinator=like.coordinator, after=after, by=SYSTEM, at=OPENED_AT
    )
    if opened:
        actions.open_call(made, by=SYSTEM, at=OPENED_AT)
    return made


@pytest.fixture
def learning():
    province()
    learning = prepared()
    Campaign.objects.update(signer_name="NGUYỄN VĂN A", issue_number="1/TB-SGDĐT")
    learning.refresh_from_db()
    actions.open_call(learning, by=SYSTEM, at=OPENED_AT)
    return learning


@pytest.fixture
def reading(learning):
    """The Week of reading of the same year: begun later and made last."""
    reading = edition("doc-sach-2022", 2022, 3, like=learning)
    Campaign.objects.filter(pk=reading.pk).update(signer_name="TRẦN THỊ B")
    return reading


def contents(host):
    return [lasting.row.content for lasting in last_rows(host)]


def test_papers_rows_and_the_comparison_come_from_the_edition_it_was_made_from(learning, reading):
    registered(unit_of(learning, "tv-58"), [row("Học tập suốt đời")])
    registered(unit_of(reading, "tv-58"), [row("Đọc sách")])
    new = edition("hoc-tap-2023", 2023, 1, like=learning, after=learning)
    assert (new.signer_name, new.issue_number) == ("NGUYỄN VĂN A", "/TB-SGDĐT")
    assert contents(unit_of(new, "tv-58")) == ["Học tập suốt đời"]
    assert earlier(new, RosterUnit.objects.all()).closes_at == learning.registration_closes_at


def test_whom_the_edition_did_not_reach_is_not_offered_the_rows_of_the_other(learning, reading):
    registered(unit_of(reading, "tv-58"), [row("Đọc sách")])
    new = edition("hoc-tap-2023", 2023, 1, like=learning, after=learning)
    assert contents(unit_of(new, "tv-58")) == []


def test_rows_come_from_the_edition_before_the_last_where_the_last_has_none(learning, reading):
    registered(unit_of(learning, "tv-58"), [row("Học tập suốt đời")])
    second = edition("hoc-tap-2023", 2023, 1, like=learning, after=learning)
    other = edition("doc-sach-2023", 2023, 3, like=learning, after=reading)
    registered(unit_of(other, "tv-58"), [row("Đọc sách")])
    third = edition("hoc-tap-2024", 2024, 1, like=learning, after=second)
    assert contents(unit_of(third, "tv-58")) == ["Học tập suốt đời"]
    assert edition_before(third) == second


def test_an_edition_that_never_asked_anybody_is_passed_over(learning):
    skipped = edition("hoc-tap-2023", 2023, 1, like=learning, after=learning, opened=False)
    assert edition_before(edition("hoc-tap-2024", 2024, 1, like=learning, after=skipped)) == learning


def test_where_nobody_kept_what_it_was_made_from_the_newest_week_of_an_earlier_year_counts(learning):
    registered(unit_of(learning, "tv-58"), [row("Học tập suốt đời")])
    new = edition("hoc-tap-2023", 2023, 1, like=learning)
    assert edition_before(new) == learning
    assert contents(unit_of(new, "tv-58")) == ["Học tập suốt đời"]
    assert new.signer_name == "NGUYỄN VĂN A"


def test_the_first_edition_follows_none(learning):
    assert edition_before(learning) is None
    assert earlier(learning, RosterUnit.objects.all()) is None


@pytest.mark.parametrize("made_from_it", [True, False])
def test_what_came_before_is_found_by_few_queries(learning, reading, made_from_it, django_assert_max_num_queries):
    new = edition("hoc-tap-2023", 2023, 1, like=learning, after=learning if made_from_it else None)
    with django_assert_max_num_queries(5):
        earlier(new, RosterUnit.objects.all())
    host = unit_of(new, "tv-58")
    with django_assert_max_num_queries(3):
        last_rows(host)
