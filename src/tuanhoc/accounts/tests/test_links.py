import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.builders import IN_TIME, TOO_LATE, unit_of, week

from tuanhoc.accounts import actions
from tuanhoc.accounts.models import PersonalLink
from tuanhoc.accounts.queries import actor_of_link
from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    campaign = week()
    host = unit_of(campaign, "xa-lamson")
    signed = actions.make_link(host.unit, campaign_id=campaign.pk, expires_at=TOO_LATE, by=SYSTEM, at=IN_TIME)
    return campaign, host, signed


def test_a_link_opens_for_its_unit_only(made):
    campaign, host, signed = made
    link = actions.link_of(signed, at=IN_TIME)
    actor = actor_of_link(link.pk, at=IN_TIME)
    assert actor.roles_over(host.path, campaign.pk)
    assert not actor.roles_over(unit_of(campaign, "ubnd-585").path, campaign.pk)
    assert not actor.roles_over(unit_of(campaign, "th-lamson").path, campaign.pk)
    assert not actor.roles_over(host.path, campaign.pk + 1)


def test_a_forged_expired_or_revoked_link_opens_nothing(made):
    campaign, host, signed = made
    assert actions.link_of(signed[:-1] + ("a" if signed[-1] != "a" else "b"), at=IN_TIME) is None
    assert actions.link_of(signed, at=TOO_LATE + dt.timedelta(seconds=1)) is None
    pk = actions.link_of(signed, at=IN_TIME).pk
    assert actions.revoke_links(host.unit, campaign_id=campaign.pk, by=SYSTEM, at=IN_TIME) == 1
    assert actions.link_of(signed, at=IN_TIME) is None
    assert not actor_of_link(pk, at=IN_TIME).is_known


def test_the_database_alone_opens_no_door(made):
    *_, signed = made
    assert PersonalLink.objects.get().token_digest not in signed
    assert signed.split(":")[0] not in PersonalLink.objects.get().token_digest


def test_many_links_are_made_in_as_few_statements_as_one_and_each_opens_for_its_own(made):
    campaign, host, _signed = made
    units = [host.unit, unit_of(campaign, "th-lamson").unit, host.unit]
    wanted = list(zip(units, ("Chị Lan", "", "Anh Tư"), strict=True))

    def make(some):
        return actions.make_links(some, campaign_id=campaign.pk, expires_at=TOO_LATE, by=SYSTEM, at=IN_TIME)

    with CaptureQueriesContext(connection) as one:
        make(wanted[:1])
    with CaptureQueriesContext(connection) as many:
        signed = make(wanted)
    assert len(many) == len(one)
    opened = [actions.link_of(token, at=IN_TIME) for token in signed]
    assert [(link.unit, link.holder) for link in opened] == wanted
    entries = Entry.objects.filter(what="accounts.link.make", on_id__in=[link.pk for link in opened])
    assert sorted(entry.details["unit"] for entry in entries) == sorted(one.name for one in units)
    assert make([]) == []
