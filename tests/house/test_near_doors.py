"""Every address of the house, tried by people close by: colleagues whose seat ends just before this door.

``test_doors`` tries strangers. Here is who has most to do with a Week and still no business with this thing: who
coordinates another Week of the same province, the officers of the neighbouring unit and district, somebody who only
looks on; and who coordinates both Weeks, and puts the number of a thing of one into an address of the other.
"""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import IN_TIME, TOO_LATE, unit_of
from tests.house.test_doors import (
    GUARDED,
    NO_SUCH_WAY,
    doors,
    in_time,  # noqa: F401 - a fixture
    named_patterns,
    names,
    sample,
    signed_in,
    things,  # noqa: F401 - a fixture
)
from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import User
from tuanhoc.campaigns import actions as campaigns
from tuanhoc.campaigns.rules import CampaignDraft
from tuanhoc.lib.actor import SYSTEM, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(things):  # noqa: F811 - the fixture
    """A second Week of the same province, open at the same time."""
    campaign = things["campaign"]
    made = campaigns.prepare_campaign(
        CampaignDraft(
            code="doc-sach-2022", title="Tuần lễ đọc sách", year=2022, theme="", starts_on=dt.date(2022, 10, 3),
            ends_on=dt.date(2022, 10, 9), registration_closes_at=TOO_LATE,
        ),
        province=campaign.province, coordinator=campaign.coordinator, by=SYSTEM, at=IN_TIME,
    )  # fmt: skip
    campaigns.open_call(made, by=SYSTEM, at=IN_TIME)
    return made


def answers_of(client: Client, address: str) -> set[int]:
    return {client.get(address).status_code, client.post(address).status_code}


def is_shut(answers: set[int]) -> bool:
    return bool(answers & {404}) and answers <= {404, NO_SUCH_WAY}


def found_by(client: Client, things) -> list[str]:  # noqa: F811 - not the fixture
    return sorted(d.name for d in doors(GUARDED, things) if not is_shut(answers_of(client, d.address)))


#: Of everybody of the province who coordinates any Week: its units, contacts, people.
OF_THE_PROVINCE: set[str] = set()


def test_show(things, other):
    campaign = things["campaign"]
    who = {
        "coordinator of another Week": signed_in(Role.COORDINATOR, campaign=other),
        "officer of the other district": signed_in(Role.OFFICER, unit=unit_of(campaign, "ubnd-586").unit),
        "head of the commune above": signed_in(Role.HEAD, unit=unit_of(campaign, "xa-lamson").unit),
        "officer of a neighbour": signed_in(Role.OFFICER, unit=unit_of(campaign, "xa-nhonhai").unit),
        "officer of the very unit": signed_in(Role.OFFICER, unit=unit_of(campaign, "th-lamson").unit),
        "viewer of the province": signed_in(Role.VIEWER, unit=unit_of(campaign, "ubnd-58").unit),
        "viewer of a district": signed_in(Role.VIEWER, unit=unit_of(campaign, "ubnd-585").unit),
        "officer of the district": signed_in(Role.OFFICER, unit=unit_of(campaign, "ubnd-585").unit),
    }
    for name, client in who.items():
        got = {}
        for d in doors(GUARDED, things):
            a = client.get(d.address).status_code, client.post(d.address).status_code
            if not is_shut(set(a)):
                got[d.name] = a
        print(name, got)
    user = User.objects.create_user("ca-hai@so.example")
    for week in (campaign, other):
        accounts.give_seat(user, Role.COORDINATOR, campaign_id=week.pk, by=SYSTEM, at=IN_TIME)
    both = Client(raise_request_exception=False)
    both.force_login(user)
    for name, parameters in named_patterns(get_resolver().url_patterns):
        if "code" in parameters and len(parameters) > 1:
            args = [other.code if a == campaign.code else a for a in sample(name, things)]
            try:
                a = reverse(name, args=args)
            except Exception as e:
                print(name, args, e); continue
            print(name, args, both.get(a).status_code, both.post(a).status_code)
    assert 0


from django.urls import get_resolver
