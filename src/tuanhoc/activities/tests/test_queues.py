"""Whose queue a registration waits in, whatever seats there are."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import IN_TIME, coordinator, province, registered, someone, unit_of, week

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import Seat, User
from tuanhoc.accounts.queries import actor_of
from tuanhoc.activities import access
from tuanhoc.activities.models import Registration
from tuanhoc.activities.queues import Queues, ReviewingUnit, standing_queues, steps
from tuanhoc.lib.actor import SYSTEM, Actor, Role, SeatValue
from tuanhoc.units.models import Unit

pytestmark = pytest.mark.django_db

TREE = """key,parent_key,kind,name,place_code,is_real
bo,,ministry,Bộ Giáo dục và Đào tạo,,1
ubnd-58,bo,province_committee,UBND tỉnh Ninh Thuận,58,1
so-gddt,ubnd-58,department,Sở Giáo dục và Đào tạo,58,1
tv-58,ubnd-58,library,Thư viện tỉnh,58,1
ubnd-585,ubnd-58,district_committee,UBND huyện Ninh Sơn,585,1
xa-lamson,ubnd-585,commune_committee,UBND xã Lâm Sơn,22846,1
th-lamson,xa-lamson,school_primary,Trường Tiểu học Lâm Sơn,22846,0
xa-moi,ubnd-58,commune_committee,UBND xã Ninh Phước,22870,1
mn-moi,xa-moi,school_pre,Trường Mầm non Ninh Phước,22870,0
"""
KEYS = ("ubnd-58", "so-gddt", "tv-58", "ubnd-585", "xa-lamson", "th-lamson", "xa-moi", "mn-moi")


@pytest.fixture
def campaign():
    """A district over its communes and schools, and beside it a commune that answers to the province, as since 2025."""
    province(TREE)
    return week()


def seated(campaign, key, role=Role.OFFICER, *, active=True):
    user = User.objects.create_user(f"{key}{User.objects.count()}@example.vn", is_active=active)
    if key == "campaign":
        accounts.give_seat(user, Role.COORDINATOR, campaign_id=campaign.pk, by=SYSTEM, at=IN_TIME)
    else:
        accounts.give_seat(user, role, unit=Unit.objects.get(key=key), by=SYSTEM, at=IN_TIME)
    return user


def first_of(user):
    return set(access.to_review_first(actor_of(user)).values_list("unit__key", flat=True))


def test_a_district_with_somebody_looks_at_its_own_and_the_coordinator_at_the_rest(campaign):
    seated(campaign, "ubnd-585")
    assert first_of(seated(campaign, "campaign")) == {"tv-58", "ubnd-585", "xa-moi", "mn-moi"}


def test_without_anybody_the_queue_goes_up_and_with_a_seat_it_comes_back_by_itself(campaign):
    chief = seated(campaign, "campaign")
    assert "th-lamson" in first_of(chief)
    officer = seated(campaign, "ubnd-585")
    assert "th-lamson" not in first_of(chief)
    assert first_of(officer) == {"xa-lamson", "th-lamson"}
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert "th-lamson" in first_of(chief)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OFFICER])
def test_only_who_may_review_holds_a_queue_a_viewer_or_a_link_does_not(campaign, role):
    district = unit_of(campaign, "ubnd-585")
    if role is Role.VIEWER:
        seated(campaign, "ubnd-585", role)
    else:
        accounts.make_link(district.unit, campaign_id=campaign.pk, expires_at=IN_TIME, by=SYSTEM, at=IN_TIME)
    queues = standing_queues([campaign.pk])
    assert queues.of(district.pk) is None
    assert [unit.name for unit in queues.fallen] == ["UBND huyện Ninh Sơn", "UBND xã Ninh Phước"]


def test_a_queue_falls_to_the_unit_above_before_it_falls_to_the_coordinator():
    district = ReviewingUnit(1, 9, 10, "Huyện", "/5/10/", None)
    commune = ReviewingUnit(2, 9, 11, "Xã", "/5/10/11/", 1)
    beside = ReviewingUnit(3, 9, 12, "Xã khác", "/5/12/", 1)  # its reviewer does not stand above it
    units = {unit.pk: unit for unit in (district, commune, beside)}
    assert Queues(units, frozenset({10, 11})).of(2) == 2
    assert Queues(units, frozenset({10})).of(2) == 1
    assert Queues(units, frozenset({10})).of(3) is None
    assert Queues(units, frozenset()).of(2) is None


def test_who_reviews_is_read_in_two_queries_whatever_the_number_of_units(campaign, django_assert_num_queries):
    seated(campaign, "ubnd-585")
    orphan = unit_of(campaign, "xa-moi")
    with django_assert_num_queries(2):
        queues = standing_queues([campaign.pk])
        assert len(queues.units) == 2
        assert queues.behind(None) == [orphan.pk]


people = st.lists(
    st.tuples(st.sampled_from(KEYS), st.sampled_from([Role.OFFICER, Role.HEAD, Role.VIEWER]), st.booleans()), max_size=5
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people)
def test_whatever_seats_there_are_every_registration_waits_in_exactly_one_first_queue(campaign, seats):
    Seat.objects.all().delete()
    User.objects.all().delete()
    if not Registration.objects.exists():
        for host in campaign.roster.all():
            registered(host, accepted=False)
    users = [seated(campaign, key, role, active=active) for key, role, active in seats]
    queues = standing_queues([campaign.pk])
    waiting = {r.host_id: r.host for r in Registration.objects.awaiting_review().select_related("host__reviewer")}

    # One queue each, and the queues together hold every registration once.
    held = {None: [pk for pk, host in waiting.items() if queues.of(host.reviewer_id) is None]}
    for queue in queues.units:
        held[queue] = [pk for pk, host in waiting.items() if queues.of(host.reviewer_id) == queue]
    assert sorted(pk for pks in held.values() for pk in pks) == sorted(waiting)

    # The coordinator's is what the coordinator sees first; every other has somebody who may decide on all of it.
    assert set(access.to_review_first(coordinator(campaign)).values_list("pk", flat=True)) == set(held[None])
    actors = [actor_of(user) for user in users if user.is_active]
    for queue, pks in held.items():
        if queue is None or not pks:
            continue
        looks = [a for a in actors if set(pks) <= set(access.to_review_first(a).values_list("pk", flat=True))]
        assert looks
        assert all(access.may(actor, access.To.REVIEW, waiting[pk]) for actor in looks for pk in pks)
    # Nobody is shown first what waits for somebody nearer.
    for actor in actors:
        seen = access.to_review_first(actor).values_list("pk", flat=True)
        mine = {queues.of(waiting[pk].reviewer_id) for pk in seen}
        assert all(q is not None and steps(queues.units[q].path) & {s.unit_id for s in actor.seats} for q in mine)


def test_a_link_and_a_stranger_have_no_queue(campaign):
    district = unit_of(campaign, "ubnd-585")
    link = Actor("Huyện", (SeatValue(Role.OFFICER, unit_id=district.unit_id, alone=True),), link_id=1)
    assert not access.to_review_first(link).exists()
    assert not access.to_review_first(Actor()).exists()
    assert not access.to_review_first(someone(Role.VIEWER, at=district)).exists()
