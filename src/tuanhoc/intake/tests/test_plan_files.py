"""A plan received, corrected and made into a campaign, without the pages."""

import pytest
from django.http import Http404
from tests.builders import OPENED_AT, province

from tuanhoc.accounts.models import Seat, User
from tuanhoc.campaigns.actions import CodeTaken
from tuanhoc.campaigns.models import Campaign
from tuanhoc.files.models import StoredFile
from tuanhoc.intake.actions import plans
from tuanhoc.intake.models import PlanFile
from tuanhoc.intake.queries.plans import plan_file_for, waiting_plans
from tuanhoc.intake.rules import campaign_draft
from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import SYSTEM, Actor
from tuanhoc.papers.reading import Unreadable
from tuanhoc.units.models import Unit

from .plan_papers import PLANS

pytestmark = pytest.mark.django_db


@pytest.fixture
def lan():
    province()
    return Actor(name="Lan", user_id=User.objects.create_user("lan@example.vn").pk)


def received(by):
    return plans.receive_plan((PLANS / "ninh-thuan-2022.txt").read_bytes(), "kế hoạch.txt", by=by, at=OPENED_AT)


def made(plan, by):
    said = {name: found["value"] if isinstance(found, dict) else found for name, found in plan.reading.items()}
    lists = {name: [f["value"] for f in said[name]] for name in ("duties", "legal_bases", "directions")}
    units = {u.key: u for u in Unit.objects.all()}
    draft = campaign_draft(said | lists, code="nt")
    return plans.prepare_from(plan, draft, province=units["ubnd-58"], coordinator=units["so-gddt"], by=by, at=OPENED_AT)


def test_each_value_is_kept_with_its_sentence_and_place(lan):
    deadline = received(lan).reading["registration_closes_at"]
    assert deadline["value"] == "2022-10-01T00:00:00+07:00"
    assert deadline["sentence"].endswith("về Sở Giáo dục và Đào tạo trước ngày 01/10/2022.")
    assert deadline["where"].startswith("dòng ")


def test_whoever_prepares_coordinates_and_the_plan_is_used_once(lan):
    plan = received(lan)
    campaign = made(plan, lan)
    assert list(Seat.objects.values_list("role", "campaign_id")) == [("coordinator", campaign.pk)]
    assert campaign.plan_file == plan.stored
    with pytest.raises(plans.PlanAlreadyUsed):
        made(plan, lan)
    with pytest.raises(plans.PlanAlreadyUsed):
        plans.save_typed(plan, {"theme": "X"}, by=lan, at=OPENED_AT)
    with pytest.raises(plans.PlanAlreadyUsed):
        plans.set_plan_aside(plan, by=lan, at=OPENED_AT)


def test_a_code_taken_leaves_no_trace(lan):
    made(received(lan), lan)
    other = received(lan)
    before = (Entry.objects.count(), Seat.objects.count())
    with pytest.raises(CodeTaken):
        made(other, lan)
    other.refresh_from_db()
    assert (other.state, Campaign.objects.count()) == (PlanFile.State.READ, 1)
    assert (Entry.objects.count(), Seat.objects.count()) == before


def test_an_unreadable_file_leaves_no_trace(lan):
    with pytest.raises(Unreadable):
        plans.receive_plan(b"PK\x03\x04 broken", "a.docx", by=lan, at=OPENED_AT)
    assert (PlanFile.objects.count(), StoredFile.objects.count(), Entry.objects.count()) == (0, 0, 10)


def test_a_plan_is_seen_by_whoever_received_it_and_by_operators(lan):
    plan, nobodys = received(lan), received(SYSTEM)
    assert [p.pk for p in waiting_plans(lan)] == [plan.pk]
    assert {p.pk for p in waiting_plans(SYSTEM)} == {plan.pk, nobodys.pk}
    other = Actor(name="Mai", user_id=User.objects.create_user("mai@example.vn").pk)
    for who, which in ((other, plan), (lan, nobodys), (Actor(), nobodys)):
        with pytest.raises(Http404):
            plan_file_for(who, which.pk)
    plans.set_plan_aside(plan, by=lan, at=OPENED_AT)
    assert list(waiting_plans(lan)) == []
