"""A company asks to take part: taken in with date and reason, or declined with words and forgotten."""

import datetime as dt

import pytest
from tests.builders import IN_TIME, coordinator, prepared, province, unit_of, week

from tuanhoc.campaigns import actions
from tuanhoc.campaigns.actions.joining import KEPT_FOR, AnsweredAlready, ExpectedAlready, OfElsewhere, SayWhyNot
from tuanhoc.campaigns.models import JoinRequest
from tuanhoc.lib.actor import ANONYMOUS
from tuanhoc.units.models import Contact, ReportingEdge, Unit
from tuanhoc.units.rules import Person

pytestmark = pytest.mark.django_db
PERSON = Person("Chị Hoa", phone="0912", email="hoa@nho.example")


@pytest.fixture
def campaign():
    return week()


def ask(campaign, name="Công ty TNHH Nho Ninh Thuận", **more):
    return actions.ask_to_join(
        campaign, JoinRequest.Kind.COMPANY, name, PERSON, address="Phước Dân", wish="Tham quan vườn nho",
        by=ANONYMOUS, at=IN_TIME, **more,
    )  # fmt: skip


def accept(request, campaign, **more):
    return actions.accept_join(request, **({"because": "Đã có kế hoạch"} | more), by=coordinator(campaign), at=IN_TIME)


def test_taken_in_it_is_a_unit_of_the_province_with_its_person_and_the_day_and_reason_it_came(campaign):
    before = campaign.roster.count()
    host = accept(ask(campaign), campaign)
    assert (host.joined_at, host.joined_because, host.kind) == (IN_TIME, "Đã có kế hoạch", "company")
    assert f"/{campaign.province_id}/{host.unit_id}/" in host.path
    assert host.closes_at == campaign.registration_closes_at
    assert Contact.objects.get(unit=host.unit).email == "hoa@nho.example"
    assert campaign.roster.filter(joined_at=None).count() == before


def test_it_may_be_a_unit_that_stands_in_the_list_already(campaign):
    unit = Unit.objects.create(key="cty-nho", kind="company", name="Công ty Nho")
    ReportingEdge.objects.create(unit=unit, reports_to=campaign.province)
    assert accept(ask(campaign), campaign, unit=unit).unit == unit
    assert Unit.objects.filter(kind="company").count() == 1


def test_but_not_one_expected_already_nor_one_of_another_province(campaign):
    request = ask(campaign)
    with pytest.raises(ExpectedAlready):
        accept(request, campaign, unit=unit_of(campaign, "tv-58").unit)
    with pytest.raises(OfElsewhere):
        accept(request, campaign, unit=Unit.objects.create(key="la", kind="company", name="Nơi khác"))
    request.refresh_from_db()
    assert request.state == "waiting"


def test_who_is_taken_in_without_a_word_is_kept_as_having_asked(campaign):
    assert accept(ask(campaign), campaign, because=" ").joined_because == "Đơn vị xin tham gia"


def test_answered_once_and_never_declined_without_words(campaign):
    request = ask(campaign)
    with pytest.raises(SayWhyNot):
        actions.decline_join(request, words="", by=coordinator(campaign), at=IN_TIME)
    actions.decline_join(request, words="Đã đủ", by=coordinator(campaign), at=IN_TIME)
    with pytest.raises(AnsweredAlready):
        accept(request, campaign)


def test_asked_twice_before_an_answer_it_is_kept_once(campaign):
    assert ask(campaign).pk == ask(campaign).pk


def test_a_declined_ones_personal_data_goes_after_a_while_and_an_accepted_ones_stays(campaign):
    declined, accepted = ask(campaign), ask(campaign, "Công ty khác")
    actions.decline_join(declined, words="Đã đủ", by=coordinator(campaign), at=IN_TIME)
    accept(accepted, campaign)
    assert actions.forget_declined(at=IN_TIME + KEPT_FOR / 2) == 0
    assert actions.forget_declined(at=IN_TIME + KEPT_FOR) == 1
    declined.refresh_from_db()
    accepted.refresh_from_db()
    assert (declined.person, declined.phone, declined.email, declined.address, declined.wish) == ("",) * 5
    assert declined.unit_name
    assert accepted.email == "hoa@nho.example"


def test_two_of_one_name_get_keys_of_their_own(campaign):
    first = accept(ask(campaign), campaign)
    other = actions.ask_to_join(
        campaign, JoinRequest.Kind.COMPANY, first.name, Person("Khác", phone="0999"), by=ANONYMOUS, at=IN_TIME
    )
    assert accept(other, campaign).unit.key != first.unit.key


def test_a_week_that_is_not_open_takes_nobody():
    province()
    with pytest.raises(actions.NotTakingRequests):
        ask(prepared())


def test_it_has_the_deadline_of_its_level(campaign):
    own = IN_TIME + dt.timedelta(days=1)
    campaign.level_deadlines.create(level="company", closes_at=own)
    assert accept(ask(campaign), campaign).closes_at == own
