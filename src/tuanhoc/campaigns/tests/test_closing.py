"""A Week that is over is closed: nothing comes in any more, and all of it can be undone."""

import datetime as dt
import json

import pytest
from django.core.management import CommandError, call_command
from tests.builders import IN_TIME, TOO_LATE, coordinator, prepared, province, unit_of, week

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import PersonalLink
from tuanhoc.accounts.queries import actor_of_link
from tuanhoc.campaigns import actions
from tuanhoc.campaigns.models import Campaign
from tuanhoc.campaigns.queries import is_past
from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import SYSTEM
from tuanhoc.lib.dates import HANOI
from tuanhoc.units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return week()


def close(campaign, at=IN_TIME):
    actions.close_campaign(campaign, by=coordinator(campaign), at=at)


def reopen(campaign):
    actions.reopen_campaign(campaign, by=coordinator(campaign), at=IN_TIME + dt.timedelta(hours=1))


def link_to(host):
    accounts.make_link(
        host.unit, campaign_id=host.campaign_id, expires_at=host.campaign.links_close_at, by=SYSTEM, at=IN_TIME
    )
    return PersonalLink.objects.latest("pk")


def opens(link, at=IN_TIME + dt.timedelta(hours=2)):
    return actor_of_link(link.pk, at=at).link_id is not None


def test_it_is_written_down_who_closed_a_week_and_who_opened_it_again(campaign):
    close(campaign)
    assert (campaign.state, campaign.closed_at) == (Campaign.State.CLOSED, IN_TIME)
    reopen(campaign)
    assert (campaign.state, campaign.closed_at) == (Campaign.State.OPEN, None)
    told = Entry.objects.filter(what__in=["campaigns.campaign.close", "campaigns.campaign.reopen"]).order_by("pk")
    assert [(e.what, e.by_name, e.details["after"]) for e in told] == [
        ("campaigns.campaign.close", "Điều phối", {"state": "closed"}),
        ("campaigns.campaign.reopen", "Điều phối", {"state": "open"}),
    ]


def test_closed_twice_is_closed_once_and_so_it_is_opened(campaign):
    close(campaign)
    with pytest.raises(actions.NotOpen):
        close(campaign, at=TOO_LATE)
    assert Campaign.objects.get().closed_at == IN_TIME
    reopen(campaign)
    with pytest.raises(actions.NotClosed):
        reopen(campaign)


def test_a_week_that_is_being_prepared_has_nothing_to_close():
    province()
    with pytest.raises(actions.NotOpen):
        close(prepared())


def test_links_open_no_more_and_when_it_is_opened_again_those_that_did_before(campaign):
    kept, revoked = link_to(unit_of(campaign, "tv-58")), link_to(unit_of(campaign, "ubnd-585"))
    accounts.revoke_links(revoked.unit, campaign_id=campaign.pk, by=SYSTEM, at=IN_TIME)
    before = kept.expires_at
    close(campaign)
    assert not opens(kept)
    reopen(campaign)
    assert opens(kept)
    assert not opens(revoked)
    assert PersonalLink.objects.get(pk=kept.pk).expires_at == before


def test_links_of_another_week_stay_open(campaign):
    other = link_to(unit_of(week("doc-sach-2022"), "tv-58"))
    close(campaign)
    assert opens(other)


def test_no_link_made_for_a_closed_week_would_open(campaign):
    close(campaign)
    assert not opens(link_to(unit_of(campaign, "tv-58")), at=IN_TIME)


def test_deadlines_stay_and_nobody_joins(campaign):
    close(campaign)
    with pytest.raises(actions.WeekIsOver):
        actions.move_deadlines(campaign, {"": TOO_LATE + dt.timedelta(days=30)}, by=SYSTEM, at=IN_TIME)
    with pytest.raises(actions.NotTakingRequests):
        actions.join_roster(campaign, Unit.objects.get(key="so-gddt"), because="Xin tham gia", by=SYSTEM, at=IN_TIME)


@pytest.mark.parametrize(
    ("day", "over"),
    [((2022, 10, 8), False), ((2022, 10, 14), False), ((2022, 10, 15), True), ((2024, 5, 1), True)],
)
def test_a_week_is_past_when_its_days_and_its_reporting_time_are(campaign, day, over):
    assert is_past(campaign, at=dt.datetime(*day, 9, tzinfo=HANOI)) is over


def test_without_a_reporting_deadline_its_links_say_when_it_is_past(campaign):
    Campaign.objects.update(report_closes_at=None)
    campaign.refresh_from_db()
    assert not is_past(campaign, at=dt.datetime(2022, 11, 6, 9, tzinfo=HANOI))
    assert is_past(campaign, at=dt.datetime(2022, 11, 8, 9, tzinfo=HANOI))


def test_the_command_closes_a_week_and_opens_it_again(campaign, capsys):
    call_command("campaign", "close", "--code", campaign.code, "--json")
    assert json.loads(capsys.readouterr().out)["state"] == "closed"
    with pytest.raises(CommandError, match="đã đóng rồi"):
        call_command("campaign", "close", "--code", campaign.code)
    call_command("campaign", "reopen", "--code", campaign.code)
    assert "Đã mở lại đợt" in capsys.readouterr().out
    assert Campaign.objects.get().state == Campaign.State.OPEN
