"""Two spellings of one body made one: rights, links, contacts, rosters and registrations, and back again."""

import pytest
from django.apps import apps
from tests.builders import IN_TIME, OPENED_AT, TOO_LATE, UNITS, province, registered, row, someone, unit_of, week

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import PersonalLink, Seat, User
from tuanhoc.accounts.queries import actor_of
from tuanhoc.activities.access import To, may, reachable
from tuanhoc.activities.models import Activity, Registration
from tuanhoc.activities.queries import board
from tuanhoc.campaigns.actions import same_units
from tuanhoc.campaigns.actions.same_units import InRoster, make_one
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.journal.models import Entry, EntryUnit
from tuanhoc.journal.queries import Asked, of_units
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.units import queries
from tuanhoc.units.actions.ledger import SomethingHangsOnIt, pointing_at
from tuanhoc.units.actions.reforms import undo
from tuanhoc.units.models import Contact, Reform, ReportingEdge, Unit

pytestmark = pytest.mark.django_db
TWICE = UNITS + "th-lam-son,xa-lamson,school_primary,Trường TH Lâm Sơn,22846,0\n"


@pytest.fixture
def campaign():
    province(TWICE)
    return week()


def unit(key):
    return Unit.objects.get(key=key)


def made_one(kept="th-lamson", other="th-lam-son"):
    return make_one(unit(kept), unit(other), by=SYSTEM, at=IN_TIME)


def everything():
    """Every row of the house, but for the journal and the list of reforms, which only grow."""
    grows = {Entry, EntryUnit, Reform}
    ours = [m for m in apps.get_models() if m.__module__.startswith("tuanhoc.") and m not in grows]
    return {m: sorted(map(repr, m.objects.order_by("pk").values())) for m in ours if m._meta.managed}


def test_one_who_sat_at_either_sees_what_both_had(campaign):
    registered(unit_of(campaign, "th-lam-son"))
    person = User.objects.create_user("lan@example.vn")
    accounts.give_seat(person, Role.OFFICER, unit=unit("th-lam-son"), by=SYSTEM, at=IN_TIME)
    made_one()
    (mine,) = reachable(actor_of(person))
    assert (mine.unit.key, Registration.objects.get(host=mine).activities.count()) == ("th-lamson", 1)
    assert may(actor_of(person), To.EDIT, mine)


@pytest.mark.parametrize(
    ("answered", "left"), [("th-lam-son", "th-lamson"), ("th-lamson", "th-lamson"), ("", "th-lamson")]
)
def test_of_two_expected_one_silent_one_place_stays_with_the_registration(campaign, answered, left):
    if answered:
        registered(unit_of(campaign, answered))
    expected = campaign.roster.count()
    assert made_one().rosters == [(campaign, InRoster.FOLDED)]
    assert campaign.roster.count() == expected - 1
    assert list(Registration.objects.values_list("host__unit__key", flat=True)) == (["th-lamson"] if answered else [])


def test_where_both_registered_both_stay_and_totals_do_not_move(campaign):
    for key in ("th-lamson", "th-lam-son"):
        registered(unit_of(campaign, key), [row(f"Lớp ở {key}")])
    before = [(line.state, line.activity_count) for line in board(campaign.roster.all())]
    assert made_one().rosters == [(campaign, InRoster.BOTH)]
    assert [(line.state, line.activity_count) for line in board(campaign.roster.all())] == before
    head = someone(Role.HEAD, at=unit_of(campaign, "th-lamson"))
    assert may(head, To.EDIT, unit_of(campaign, "th-lam-son"))
    assert Activity.objects.count() == 2


def test_a_past_weeks_rates_do_not_move(campaign):
    Campaign.objects.update(state=Campaign.State.CLOSED)
    expected = campaign.roster.count()
    assert made_one().rosters == [(campaign, InRoster.BOTH)]
    assert campaign.roster.count() == expected


def test_where_only_the_other_was_expected_its_place_goes_over():
    province()
    campaign = week()
    province(TWICE + "th-cuoi,th-lamson,community_centre,Điểm trường,22846,0\n")
    assert made_one(kept="th-lam-son", other="th-lamson").rosters == [(campaign, InRoster.MOVED)]
    moved = RosterUnit.objects.get(unit__key="th-lam-son")
    assert moved.name == "Trường Tiểu học Lâm Sơn"
    assert moved.path.endswith(f"/{unit('th-lam-son').pk}/")
    assert queries.above_on(unit("th-cuoi"), IN_TIME.date()).key == "th-lam-son"


def test_a_link_opens_what_it_opened(campaign):
    registered(unit_of(campaign, "th-lam-son"))
    accounts.make_link(unit("th-lam-son"), campaign_id=campaign.pk, expires_at=TOO_LATE, by=SYSTEM, at=IN_TIME)
    made_one()
    assert PersonalLink.objects.get().unit.key == "th-lamson"


def test_a_link_stays_with_its_own_registration_where_both_answered(campaign):
    for key in ("th-lamson", "th-lam-son"):
        registered(unit_of(campaign, key))
    accounts.make_link(unit("th-lam-son"), campaign_id=campaign.pk, expires_at=TOO_LATE, by=SYSTEM, at=IN_TIME)
    made_one()
    assert PersonalLink.objects.get().unit.key == "th-lam-son"


def test_contacts_of_one_name_both_stay(campaign):
    for key, phone in (("th-lamson", "0911"), ("th-lam-son", "0922")):
        Contact.objects.create(unit=unit(key), name="Lan", phone=phone)
    made_one()
    assert set(unit("th-lamson").contacts.values_list("phone", flat=True)) == {"0911", "0922"}
    assert len(set(unit("th-lamson").contacts.values_list("name", flat=True))) == 2


def test_the_same_seat_at_both_is_one(campaign):
    person = User.objects.create_user("lan@example.vn")
    for key in ("th-lamson", "th-lam-son"):
        accounts.give_seat(person, Role.OFFICER, unit=unit(key), by=SYSTEM, at=IN_TIME)
    made_one()
    assert Seat.objects.get().unit.key == "th-lamson"


def test_who_lost_the_seat_meanwhile_does_not_get_the_other_one_back(campaign):
    person = User.objects.create_user("lan@example.vn")
    for key in ("th-lamson", "th-lam-son"):
        accounts.give_seat(person, Role.OFFICER, unit=unit(key), by=SYSTEM, at=IN_TIME)
    made_one()
    accounts.take_seat(Seat.objects.get(), by=SYSTEM, at=IN_TIME)
    with pytest.raises(SomethingHangsOnIt):
        undo(Reform.objects.get(), by=SYSTEM, at=IN_TIME)
    assert not Seat.objects.exists()


def test_the_other_stays_closed_with_a_pointer_and_is_found_by_its_name(campaign):
    made_one()
    other = unit("th-lam-son")
    assert (other.same_as.key, queries.stands_on(other, IN_TIME.date())) == ("th-lamson", False)
    assert "Trường TH Lâm Sơn" in queries.all_names()[unit("th-lamson").pk]
    assert queries.bodies_of(unit("th-lamson")) == [unit("th-lamson").pk, other.pk]
    assert Entry.objects.filter(what="units.unit.same").count() == 2


def test_the_trail_of_both_is_the_kept_ones(campaign):
    registered(unit_of(campaign, "th-lam-son"))
    written = Entry.objects.filter(unit_path=unit_of(campaign, "th-lam-son").path).count()
    made_one()
    own = unit_of(campaign, "th-lamson")
    trail = of_units(campaign.pk, queries.bodies_of(own.unit), Asked())
    assert trail.filter(what__startswith="activities.").count() == written > 0
    assert trail.filter(what="campaigns.roster.same").count() == 1


def test_what_cannot_be_one_is_refused(campaign):
    with pytest.raises(same_units.OneAboveTheOther):
        made_one(kept="xa-lamson", other="th-lamson")
    made_one()
    with pytest.raises(same_units.SameAlready):
        made_one()
    with pytest.raises(same_units.SameAlready):
        made_one(kept="ubnd-585", other="ubnd-585")


@pytest.mark.parametrize("answered", [(), ("th-lam-son",), ("th-lamson", "th-lam-son")])
def test_looking_writes_nothing_and_undoing_restores_every_row(campaign, answered):
    for key in answered:
        registered(unit_of(campaign, key))
    person = User.objects.create_user("lan@example.vn")
    accounts.give_seat(person, Role.OFFICER, unit=unit("th-lam-son"), by=SYSTEM, at=OPENED_AT)
    both = User.objects.create_user("binh@example.vn")
    for key in ("th-lamson", "th-lam-son"):
        accounts.give_seat(both, Role.OFFICER, unit=unit(key), by=SYSTEM, at=OPENED_AT)
    Contact.objects.create(unit=unit("th-lam-son"), name="Lan", phone="0922")
    before = everything()
    same_units.preview_same(unit("th-lamson"), unit("th-lam-son"), by=SYSTEM, at=IN_TIME)
    assert everything() == before
    made_one()
    assert everything() != before
    undo(Reform.objects.get(), by=SYSTEM, at=IN_TIME)
    assert everything() == before


def test_told_apart_is_kept_and_can_be_taken_back(campaign):
    def flagged():
        pairs = queries.alike_pairs(IN_TIME.date())
        return [{pair.first.key, pair.second.key} for pair in pairs]

    both = {"th-lamson", "th-lam-son"}
    assert flagged() == [both]
    same_units.keep_apart(unit("th-lamson"), unit("th-lam-son"), by=SYSTEM, at=IN_TIME)
    same_units.keep_apart(unit("th-lam-son"), unit("th-lamson"), by=SYSTEM, at=IN_TIME)
    assert flagged() == []
    same_units.look_again(unit("th-lamson"), unit("th-lam-son"), by=SYSTEM, at=IN_TIME)
    assert flagged() == [both]


def test_every_table_that_points_to_a_unit_is_thought_of():
    """A table made later is hung over by itself; what stays behind is listed, and is still there."""
    pointing = set(pointing_at(Unit))
    assert set(same_units._STAYS) <= pointing
    assert (ReportingEdge, "reports_to") in pointing - set(same_units._STAYS)
