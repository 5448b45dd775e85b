"""Reforms: what a step does, what it refuses, what follows from it, and taking it back."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.builders import OPENED_AT, UNITS, province

from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import SYSTEM
from tuanhoc.lib.refusal import Refusal
from tuanhoc.units import queries
from tuanhoc.units.actions import refusals
from tuanhoc.units.actions.ledger import SomethingHangsOnIt
from tuanhoc.units.actions.reforms import Order, carry_out, preview, settle_names, undo
from tuanhoc.units.models import Contact, Reform, ReportingEdge, Succession, Unit, UnitName
from tuanhoc.units.rules.reforms import Doing, Step, doing_of
from tuanhoc.units.rules.trees import rolled_up

DAY = dt.date(2025, 7, 1)
BEFORE = DAY - dt.timedelta(days=1)


def done(*steps, on=DAY, **more):
    return carry_out(steps, Order(on, basis="1667/NQ-UBTVQH15"), by=SYSTEM, at=OPENED_AT, **more)


def unit(key):
    return Unit.objects.get(key=key)


def above(key, day):
    found = queries.above_on(unit(key), day)
    return found.key if found else None


@pytest.mark.django_db
def test_a_renamed_unit_is_found_by_its_earlier_name():
    province()
    done(Step(Doing.RENAME, "th-lamson", name="Trường TH-THCS Lâm Sơn"), on=dt.date(2022, 9, 1))
    school = unit("th-lamson")
    assert school.name == "Trường TH-THCS Lâm Sơn"
    assert queries.name_on(school, dt.date(2022, 8, 31)) == "Trường Tiểu học Lâm Sơn"
    assert "Trường Tiểu học Lâm Sơn" in queries.all_names()[school.pk]
    change = Entry.objects.get(what="units.unit.rename")
    assert (change.details["before"], change.details["after"], change.details["on"]) == (
        "Trường Tiểu học Lâm Sơn", "Trường TH-THCS Lâm Sơn", "2022-09-01",
    )  # fmt: skip


@pytest.mark.django_db
def test_a_rename_told_ahead_shows_on_its_day():
    province()
    done(Step(Doing.RENAME, "th-lamson", name="Trường mới"))
    assert unit("th-lamson").name == "Trường Tiểu học Lâm Sơn"
    assert settle_names(at=OPENED_AT) == 0
    assert settle_names(at=OPENED_AT.replace(year=2025)) == 1
    assert unit("th-lamson").name == "Trường mới"


@pytest.mark.django_db
def test_a_move_holds_from_its_day_to_the_next_known_move():
    province()
    done(Step(Doing.MOVE, "th-lamson", parent_key="ubnd-586"), on=dt.date(2026, 1, 1))
    done(Step(Doing.MOVE, "th-lamson", parent_key="so-gddt"), on=dt.date(2024, 1, 1))
    assert [above("th-lamson", dt.date(year, 6, 1)) for year in (2023, 2024, 2025, 2026)] == [
        "xa-lamson", "so-gddt", "so-gddt", "ubnd-586",
    ]  # fmt: skip


@pytest.mark.django_db
def test_units_below_a_merged_one_go_to_its_main_successor():
    province()
    done(Step(Doing.MERGE, "ubnd-585", successors=("ubnd-586",)))
    assert (above("xa-lamson", BEFORE), above("xa-lamson", DAY)) == ("ubnd-585", "ubnd-586")
    assert unit("ubnd-585").valid_to == BEFORE
    assert Succession.objects.get().basis == "1667/NQ-UBTVQH15"


@pytest.mark.django_db
def test_units_below_a_closed_one_go_up():
    province()
    done(Step(Doing.CLOSE, "ubnd-585"), Step(Doing.CLOSE, "xa-lamson"))
    assert above("th-lamson", DAY) == "ubnd-58"


@pytest.mark.django_db
def test_a_split_names_one_main_successor_and_keeps_the_rest():
    province()
    new = [
        Step(Doing.NEW, f"xa-{n}", name=f"UBND xã {n}", kind="commune_committee", parent_key="ubnd-58") for n in "ab"
    ]
    done(*new, Step(Doing.SPLIT, "xa-lamson", successors=("xa-a", "xa-b")))
    kept = Succession.objects.order_by("pk").values_list("successor__key", "is_main")
    assert list(kept) == [("xa-a", True), ("xa-b", False)]
    assert above("th-lamson", DAY) == "xa-a"


@pytest.mark.django_db
def test_a_unit_that_gives_a_part_away_goes_on():
    province()
    done(Step(Doing.SPLIT, "ubnd-585", successors=("ubnd-586",), stays=True))
    assert queries.stands_on(unit("ubnd-585"), DAY)
    assert queries.landscape().placed(unit("ubnd-585").pk, DAY).holder == unit("ubnd-585").pk


@pytest.mark.django_db
def test_a_reopened_unit_has_its_place_and_figures_again():
    province()
    done(Step(Doing.MERGE, "xa-lamson", successors=("xa-nhonhai",)))
    done(Step(Doing.REOPEN, "xa-lamson"), on=DAY + dt.timedelta(days=30))
    assert above("xa-lamson", dt.date(2025, 9, 1)) == "ubnd-585"
    assert not Succession.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("step", "refusal"),
    [
        (Step(Doing.RENAME, "khong-co", name="A"), refusals.NoSuchUnit),
        (Step(Doing.RENAME, "th-lamson", name=" "), refusals.NameMissing),
        (Step(Doing.RENAME, "th-lamson", name="Trường Tiểu học Lâm Sơn"), refusals.NothingChanges),
        (Step(Doing.NEW, "th-lamson", name="A"), refusals.KeyTaken),
        (Step(Doing.MOVE, "th-lamson"), refusals.ParentMissing),
        (Step(Doing.MOVE, "ubnd-58", parent_key="th-lamson"), refusals.Circle),
        (Step(Doing.MOVE, "th-lamson", parent_key="th-lamson"), refusals.Circle),
        (Step(Doing.MERGE, "th-lamson"), refusals.SuccessorMissing),
        (Step(Doing.MERGE, "th-lamson", successors=("th-lamson",)), refusals.OwnSuccessor),
        (Step(Doing.REOPEN, "th-lamson"), refusals.StillStanding),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(step, refusal):
    province()
    entries = Entry.objects.count()
    with pytest.raises(refusal):
        done(step)
    assert (Entry.objects.count(), Reform.objects.count()) == (entries, 0)


@pytest.mark.django_db
def test_a_circle_that_only_closes_on_a_later_day_is_found():
    province()
    done(Step(Doing.MOVE, "ubnd-585", parent_key="ubnd-586"), on=dt.date(2027, 1, 1))
    with pytest.raises(refusals.Circle, match="01/01/2027"):
        done(Step(Doing.MOVE, "ubnd-586", parent_key="xa-lamson"), on=dt.date(2026, 1, 1))


@pytest.mark.django_db
def test_a_unit_that_inherits_later_must_still_stand():
    province()
    done(Step(Doing.MERGE, "xa-lamson", successors=("xa-nhonhai",)))
    with pytest.raises(refusals.InheritedLater):
        done(Step(Doing.CLOSE, "xa-nhonhai"), on=dt.date(2024, 1, 1))


@pytest.mark.django_db
def test_outside_ones_reach_nothing_is_changed_or_hung():
    province()
    within = {unit("ubnd-585").pk, unit("xa-lamson").pk, unit("th-lamson").pk}
    with pytest.raises(refusals.OutOfReach):
        done(Step(Doing.MOVE, "th-lamson", parent_key="so-gddt"), within=within)
    done(Step(Doing.MOVE, "th-lamson", parent_key="ubnd-585"), within=within)


@pytest.mark.django_db
def test_of_many_steps_all_are_done_or_none():
    province()
    steps = [Step(Doing.CLOSE, "xa-lamson", line=2), Step(Doing.CLOSE, "khong-co", line=3)]
    seen = preview(steps, Order(DAY), at=OPENED_AT)
    assert [problem.line for problem in seen.problems] == [3]
    assert {told.words for told in seen.told} == {
        "UBND xã Lâm Sơn",
        "Trường Tiểu học Lâm Sơn: UBND xã Lâm Sơn → UBND huyện Ninh Sơn",
    }
    with pytest.raises(refusals.NotAllPossible):
        done(*steps)
    assert unit("xa-lamson").valid_to is None


@pytest.mark.django_db
def test_the_database_itself_refuses_two_edges_on_one_day():
    province()
    school = unit("th-lamson")
    late = ReportingEdge(unit=school, reports_to=unit("so-gddt"), valid_from=DAY, valid_to=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        late.save()
    other = ReportingEdge.objects.create(unit=school, reports_to=unit("so-gddt"), tree="association", valid_from=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportingEdge.objects.filter(pk=other.pk).update(tree="administrative")


def state():
    """Everything a reform may write, row by row."""
    return [
        list(model.objects.order_by("pk").values()) for model in (Unit, UnitName, ReportingEdge, Succession, Contact)
    ]


@pytest.mark.django_db
def test_undoing_is_told_and_happens_once():
    province()
    before = state()
    reform = done(Step(Doing.MERGE, "xa-lamson", successors=("xa-nhonhai",)))
    undo(reform, by=SYSTEM, at=OPENED_AT)
    assert state() == before
    assert Entry.objects.filter(what="units.reform.undo").count() == 1
    with pytest.raises(refusals.UndoneAlready):
        undo(reform, by=SYSTEM, at=OPENED_AT)


@pytest.mark.django_db
def test_what_hangs_on_a_founded_unit_keeps_it():
    province()
    reform = done(Step(Doing.NEW, "moi", name="Đơn vị mới", parent_key="ubnd-58"))
    Contact.objects.create(unit=unit("moi"), name="Lan", phone="0912")
    with pytest.raises(SomethingHangsOnIt):
        undo(reform, by=SYSTEM, at=OPENED_AT)
    assert Contact.objects.exists()
    assert Reform.objects.get().undone_at is None


@pytest.mark.django_db
def test_a_later_change_of_the_same_unit_must_be_undone_first():
    province()
    first = done(Step(Doing.RENAME, "th-lamson", name="Tên hai"), on=dt.date(2020, 1, 1))
    second = done(Step(Doing.RENAME, "th-lamson", name="Tên ba"), on=dt.date(2021, 1, 1))
    with pytest.raises(SomethingHangsOnIt):
        undo(first, by=SYSTEM, at=OPENED_AT)
    undo(second, by=SYSTEM, at=OPENED_AT)
    undo(first, by=SYSTEM, at=OPENED_AT)
    assert unit("th-lamson").name == "Trường Tiểu học Lâm Sơn"


def test_a_files_words_for_what_is_done():
    assert [doing_of(words) for words in ("Sáp nhập", "giải thể", " ĐỔI TÊN ", "gì đó")] == [
        Doing.MERGE, Doing.CLOSE, Doing.RENAME, None,
    ]  # fmt: skip


KEYS = [line.split(",")[0] for line in UNITS.splitlines()[1:]]
some = st.sampled_from(KEYS)
of_a_file = st.sampled_from([d for d in Doing if d not in {Doing.NEW, Doing.SAME}])
steps = st.builds(
    Step, of_a_file, some, name=st.sampled_from(["Tên A", "Tên B"]),
    parent_key=some, successors=st.lists(some, max_size=2).map(tuple), stays=st.booleans(),
    tree=st.sampled_from(["administrative", "association"]),
)  # fmt: skip
reform_days = st.integers(0, 30).map(lambda n: DAY + dt.timedelta(days=n))


class RandomReforms(TestCase):
    """Any reforms in any order of days: what is refused leaves no trace, what is done can be undone."""

    # A third of what the profile looks at: 16 each time, 166 when deep.
    @settings(
        max_examples=settings.default.max_examples // 3,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(st.tuples(st.lists(steps, min_size=1, max_size=3), reform_days), max_size=5))
    def test_trees_stay_whole_totals_equal_and_every_reform_can_be_undone(self, reforms):
        province()
        units = list(Unit.objects.order_by("pk"))
        figures = {u.pk: u.pk for u in units}
        start, kept = state(), []
        for chosen, day in reforms:
            before = state()
            try:
                kept.append(carry_out(chosen, Order(day), by=SYSTEM, at=OPENED_AT))
            except Refusal:
                assert state() == before
        for day in (BEFORE, DAY, DAY + dt.timedelta(days=15), DAY + dt.timedelta(days=60)):
            for tree in ("administrative", "association"):
                land = queries.landscape(tree)
                paths = {u.pk: land.placed(u.pk, day).path for u in units}
                rolled = rolled_up(paths, figures)
                roots = {path[: path.index("/", 1) + 1] for path in paths.values()}
                assert sum(rolled[root].value for root in roots) == sum(figures.values())
                shown = [line.unit.pk for line in queries.tree_on(day, tree=tree)]
                assert len(shown) == len(set(shown))
        for reform in reversed(kept):
            undo(reform, by=SYSTEM, at=OPENED_AT)
        assert state() == start
