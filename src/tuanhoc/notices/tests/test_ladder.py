"""The ladder of reminders as a rule: which step, who is written to, never twice, never after a reply."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuanhoc.lib.dates import HANOI, day_start
from tuanhoc.lib.workdays import WorkCalendar
from tuanhoc.notices.rules import ladder
from tuanhoc.notices.rules.ladder import STEPS, Expected, Known, Person, Sent, Step, plan_day, step_on

CLOSES = dt.datetime(2022, 10, 1, tzinfo=HANOI)  # to the end of Friday 30 September
OPENED = dt.date(2022, 9, 5)
STATE = WorkCalendar()
LAN, BINH = Person("lan@xa.example", "Chị Lan"), Person("binh@huyen.example", "Anh Bình")


def unit(pk=1, **fields):
    given = {"pk": pk, "unit_id": pk, "name": f"Đơn vị {pk}", "closes_at": CLOSES, "asked_on": OPENED}
    return Expected(**(given | fields))


def plan(units, day, **known):
    return plan_day(units, Known(**known), day=day, calendar=STATE)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (dt.date(2022, 9, 20), None),
        (dt.date(2022, 9, 21), "T-7"),
        (dt.date(2022, 9, 26), "T-7"),
        (dt.date(2022, 9, 27), "T-3"),
        (dt.date(2022, 9, 29), "T-1"),
        (dt.date(2022, 9, 30), "T"),
        (dt.date(2022, 10, 2), "T"),  # the weekend is nobody's working day
        (dt.date(2022, 10, 3), "T+1"),
        (dt.date(2022, 10, 4), "T+1"),
        (dt.date(2022, 10, 5), "T+3"),
        (dt.date(2022, 11, 5), "T+3"),
    ],
)
def test_the_step_of_a_day_is_the_newest_that_has_come(day, code):
    found = step_on(day, closes_at=CLOSES, asked_on=OPENED, calendar=STATE)
    assert (found[0].code if found else None) == code


def test_a_unit_asked_today_is_not_reminded_today():
    assert step_on(dt.date(2022, 9, 27), closes_at=CLOSES, asked_on=dt.date(2022, 9, 27), calendar=STATE) is None
    assert step_on(dt.date(2022, 9, 28), closes_at=CLOSES, asked_on=dt.date(2022, 9, 27), calendar=STATE) is None
    assert step_on(dt.date(2022, 9, 29), closes_at=CLOSES, asked_on=dt.date(2022, 9, 27), calendar=STATE)[0] == Step(-1)


def test_a_person_of_several_units_gets_one_letter_with_all():
    units = [unit(1), unit(2), unit(3)]
    found = plan(units, dt.date(2022, 9, 29), people={1: [LAN], 2: [LAN], 3: [BINH, LAN]})
    assert [(d.to, [due.unit.pk for due in d.own]) for d in found.digests] == [(LAN, [1, 2, 3]), (BINH, [3])]
    assert len(found.units) == 3


def test_a_missed_step_is_not_made_up_for():
    told = {Sent(1, CLOSES, LAN.address): -7}
    found = plan([unit()], dt.date(2022, 9, 29), people={1: [LAN]}, sent=told)
    assert [due.step.code for due in found.digests[0].own] == ["T-1"]


def test_a_step_told_is_not_told_again_but_a_moved_deadline_has_its_own():
    told = {Sent(1, CLOSES, LAN.address): -1}
    assert plan([unit()], dt.date(2022, 9, 29), people={1: [LAN]}, sent=told).digests == ()
    later = unit(closes_at=CLOSES + dt.timedelta(days=5))
    assert plan([later], dt.date(2022, 9, 30), people={1: [LAN]}, sent=told).digests


def test_who_cannot_be_written_to_is_named():
    closed = {LAN.address: "refused"}
    found = plan([unit(1), unit(2), unit(3)], dt.date(2022, 9, 29), people={1: [LAN], 3: [LAN, BINH]}, closed=closed)
    assert [due.unit.pk for due in found.unreached] == [1, 2]
    assert [d.to for d in found.digests] == [BINH]


def test_a_unit_left_out_comes_back_on_its_day():
    until = {1: dt.date(2022, 9, 30)}
    found = plan([unit()], dt.date(2022, 9, 29), people={1: [LAN]}, left_out=until)
    assert (found.digests, [due.unit.pk for due in found.left_out]) == ((), [1])
    assert plan([unit()], dt.date(2022, 9, 30), people={1: [LAN]}, left_out=until).digests


def test_in_the_end_the_unit_above_is_asked_to_help_and_one_letter_tells_it_of_all():
    below = [unit(pk, above_pk=9) for pk in (1, 2)]
    told = {Sent(1, CLOSES, LAN.address): 1}
    people = {9: [BINH], 1: [LAN]}
    found = plan([unit(9), *below], dt.date(2022, 10, 5), people=people, above={9: [BINH]}, sent=told)
    by_person = {d.to: d for d in found.digests}
    assert [due.unit.pk for due in by_person[BINH].own] == [9]
    assert [due.unit.pk for due in by_person[BINH].below] == [1, 2]
    assert by_person[LAN].below == ()
    early = plan(below, dt.date(2022, 10, 4), people={}, above={9: [BINH]})
    assert early.digests == ()


def test_a_unit_not_told_in_advance_is_told_first_and_the_one_above_a_working_day_later():
    day, later = dt.date(2022, 10, 5), dt.date(2022, 10, 6)
    known = {"people": {1: [LAN]}, "above": {9: [BINH]}}
    [digest] = plan([unit(1, above_pk=9)], day, **known).digests
    assert (digest.to, digest.own[0].helped_on) == (LAN, later)
    sent = {Sent(1, CLOSES, LAN.address): 3}
    # Pressed again the same day, nobody is asked yet.
    assert plan([unit(1, above_pk=9)], day, sent=sent, told_today=frozenset({LAN.address}), **known).digests == ()
    [asked] = plan([unit(1, above_pk=9)], later, sent=sent, **known).digests
    assert (asked.to, [due.unit.pk for due in asked.below]) == (BINH, [1])


def test_a_unit_above_that_no_letter_reaches_is_said_to_be_so():
    told = {Sent(1, CLOSES, LAN.address): 1}
    found = plan([unit(1, above_pk=9)], dt.date(2022, 10, 5), people={1: [LAN]}, sent=told)
    assert [due.unit.pk for due in found.unhelped] == [1]


PEOPLE = [Person(f"P{n}@xa.example") for n in range(4)]
seasons = st.lists(
    st.tuples(
        st.integers(-6, 6),  # its deadline, days from the common one
        st.lists(st.sampled_from(PEOPLE), max_size=3, unique=True),
        st.none() | st.integers(0, 40),  # the day it replies
        st.none() | st.just(1),  # under unit 1
    ),
    min_size=1,
    max_size=6,
)


@given(seasons, st.sets(st.integers(0, 40)))
@settings(max_examples=60, deadline=None)
def test_a_whole_season_whatever_days_the_officer_presses(units, pressed):
    """Nobody gets two letters a day, no step comes twice or backwards, nobody is reminded after a reply."""
    sent, got, letters = {}, {}, []
    for n in sorted(pressed):
        day = dt.date(2022, 9, 12) + dt.timedelta(days=n)
        silent = [
            unit(pk, closes_at=CLOSES + dt.timedelta(days=late), above_pk=above if pk != 1 else None)
            for pk, (late, _, replied, above) in enumerate(units, start=1)
            if replied is None or replied > n
        ]
        found = plan(
            silent, day, people={pk: people for pk, (_, people, _, _) in enumerate(units, start=1)},
            above={1: units[0][1]}, sent=sent,
            told_today=frozenset(address for address, on in letters if on == day),
        )  # fmt: skip
        assert len({d.to.address for d in found.digests}) == len(found.digests)
        open_pks = {one.pk for one in silent}
        for digest in found.digests:
            letters.append((digest.to.address, day))
            assert digest.dues
            for is_below, dues in ((False, digest.own), (True, digest.below)):
                for due in dues:
                    assert due.unit.pk in open_pks
                    assert dict(ladder.days_of(due.unit.closes_at, STATE))[due.step] <= day
                    key = Sent(due.unit.pk, due.unit.closes_at, digest.to.address, is_below)
                    assert got.setdefault(key, []) == [] or got[key][-1] < due.step
                    got[key].append(due.step)
                    sent[key] = due.step.offset
        # Pressed again at once, nothing is left.
        again = plan(
            silent, day, people={pk: people for pk, (_, people, _, _) in enumerate(units, start=1)},
            above={1: units[0][1]}, sent=sent,
            told_today=frozenset(address for address, on in letters if on == day),
        )  # fmt: skip
        assert again.digests == ()
    assert len(letters) == len(set(letters))
    assert all(len(steps) <= len(STEPS) for steps in got.values())


@given(st.dates(dt.date(2022, 1, 10), dt.date(2026, 12, 1)))
@settings(max_examples=60)
def test_the_days_of_the_steps_come_in_order_and_are_working_days(last):
    days = ladder.days_of(day_start(last + dt.timedelta(days=1)), STATE)
    assert [on for _, on in days] == sorted({on for _, on in days})
    assert all(STATE.is_working(on) for step, on in days if step.offset)
    assert dict(days)[Step(0)] == last


def test_a_head_is_reminded_only_where_no_letter_reaches_an_officer():
    head = Person("hieutruong@th.example", "Thầy Hiệu trưởng", is_head=True)
    day = dt.date(2022, 9, 29)
    assert [one.to for one in plan([unit()], day, people={1: [head, LAN]}).digests] == [LAN]
    assert [one.to for one in plan([unit()], day, people={1: [head]}).digests] == [head]
    bounced = {LAN.address: "bounced"}
    assert [one.to for one in plan([unit()], day, people={1: [head, LAN]}, closed=bounced).digests] == [head]
