"""Every address of the house, tried by people close by: colleagues whose seat ends just before this door.

``test_doors`` tries strangers. Here is who has most to do with a Week and still no business with this thing: who
coordinates another Week of the same province, the officers of the neighbouring unit and district, somebody who only
looks on; and who coordinates both Weeks, and puts the number of a thing of one into an address of the other.
"""

import datetime as dt

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from tests.builders import IN_TIME, TOO_LATE, unit_of
from tests.house.test_doors import (
    GUARDED,
    NO_SUCH_WAY,
    Door,
    asked,
    doors,
    in_time,  # noqa: F401 - a fixture
    named_patterns,
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


#: Of everybody who coordinates a Week of the province: its units, whom to reach there, its own people and lines.
OF_THE_PROVINCE = {
    "desk:alike", "desk:change_unit", "desk:contacts", "desk:contacts_file", "desk:journal_outside",
    "desk:load_contacts", "desk:load_units", "desk:new_reform", "desk:pair", "desk:plans", "desk:queue", "desk:reform",
    "desk:reform_template", "desk:reforms", "desk:tree", "desk:unit", "desk:units", "desk:units_template",
    "desk:users",
}  # fmt: skip
#: Of everybody in a Week: the part of its lists that is his own.
OWN_PART = {"desk:board", "desk:board_export", "desk:by_tree", "desk:by_tree_export", "desk:schedule"}
#: Of a district beside them: its own inbox, queue and findings.
OF_A_DISTRICT = {
    "desk:calls", "desk:calls_file", "desk:confirm_forms", "desk:exceptions", "desk:findings", "desk:findings_file",
    "desk:inbox", "desk:mails", "desk:paste_form", "desk:queue", "desk:receive_forms", "desk:unlock_requests",
    "desk:week_contacts",
}  # fmt: skip


def open_to(client: Client, things) -> set[str]:  # noqa: F811 - the things, not the fixture
    opened = set()
    for door in doors(GUARDED, things):
        answers = {asked(client, door), client.post(door.address).status_code}
        if not (404 in answers and answers <= {404, NO_SUCH_WAY}):
            opened.add(door.name)
    return opened


def test_who_sits_beside_finds_the_own_part_and_nothing_of_others(things, other):  # noqa: F811 - a fixture
    at = {key: unit_of(things["campaign"], key).unit for key in ("ubnd-586", "xa-nhonhai")}
    assert open_to(signed_in(Role.COORDINATOR, campaign=other), things) == OF_THE_PROVINCE
    assert open_to(signed_in(Role.OFFICER, unit=at["ubnd-586"]), things) == OWN_PART | OF_A_DISTRICT
    assert open_to(signed_in(Role.OFFICER, unit=at["xa-nhonhai"]), things) == OWN_PART


def test_who_only_looks_on_is_let_in_by_no_post(things):  # noqa: F811 - a fixture
    client = signed_in(Role.VIEWER, unit=things["district"].unit)
    answers = {door.name: client.post(door.address).status_code for door in doors(GUARDED, things)}
    assert {name: code for name, code in answers.items() if code not in {403, 404, NO_SUCH_WAY}} == {}
    assert 403 in answers.values()


#: About the Week alone, whatever else stands in the address.
OF_THE_WEEK = {
    "desk:board_export", "desk:by_tree_export", "desk:duties_export", "desk:paper",
    "desk:paper_template", "office:draft", "office:to_each",
    "portal:day", "portal:embedded", "portal:unit", "portal:unit_feed", "schedule:standing",
}  # fmt: skip


def test_a_number_of_one_week_leads_nowhere_in_an_address_of_the_other(things, other):  # noqa: F811 - a fixture
    """By somebody who may see both: the gate of the Week alone would let in."""
    user = User.objects.create_user("ca-hai@so.example")
    for campaign in (things["campaign"], other):
        accounts.give_seat(user, Role.COORDINATOR, campaign_id=campaign.pk, by=SYSTEM, at=IN_TIME)
    client = Client(raise_request_exception=False)
    client.force_login(user)
    found = {}
    for name, parameters in named_patterns(get_resolver().url_patterns):
        if "code" not in parameters or len(parameters) == 1 or name in OF_THE_WEEK:
            continue
        address = reverse(name, args=[other.code, *sample(name, things)[1:]])
        answers = {asked(client, Door(name, address)), client.post(address).status_code}
        if not (404 in answers and answers <= {404, NO_SUCH_WAY}):
            found[name] = answers
    assert found == {}
