import datetime as dt
from collections import Counter
from dataclasses import asdict, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tuanhoc.schedule.rules import (
    Issuer,
    Line,
    by_day,
    changes,
    for_next_letter,
    frozen,
    issued_on,
    issuer_kept,
    kept_issuer,
    thawed,
)

DAYS = [dt.date(2022, 10, day) for day in range(1, 8)]
times = st.none() | st.times().map(lambda t: t.replace(microsecond=0))
lines = st.builds(
    Line,
    activity_id=st.integers(1, 10_000),
    held_on=st.sampled_from(DAYS),
    starts_at=times,
    place=st.sampled_from(["Thư viện tỉnh", "Nhà văn hóa xã", ""]),
    content=st.sampled_from(["Khai mạc", "Ngày hội đọc sách"]),
    unit_name=st.sampled_from(["UBND huyện Ninh Sơn", "UBND huyện Bác Ái", "Sở Tài chính", "Trường Tiểu học Đắc Nhơn"]),
    unit_rank=st.integers(0, 8),
    ends_on=st.none() | st.sampled_from(DAYS),
    part_of_day=st.sampled_from(["", "morning", "evening"]),
    is_cancelled=st.booleans(),
    uid=st.sampled_from(["", "a1"]),
    sequence=st.integers(0, 3),
    changed_at=st.none() | st.just(dt.datetime(2022, 9, 28, tzinfo=dt.UTC)),
    reason=st.sampled_from(["", "Mưa"]),
)
rows = st.lists(lines, max_size=30, unique_by=lambda line: line.activity_id)


@settings(deadline=None)
@given(rows, st.randoms())
def test_the_order_in_which_units_send_does_not_matter(sent, random):
    shuffled = list(sent)
    random.shuffle(shuffled)
    assert list(by_day(sent).items()) == list(by_day(shuffled).items())


@settings(deadline=None)
@given(rows)
def test_nothing_is_lost_and_nothing_is_invented(sent):
    printed = [line for day in by_day(sent).values() for line in day]
    assert Counter(printed) == Counter(sent)


@settings(deadline=None)
@given(rows)
def test_a_frozen_line_comes_back_as_it_was(sent):
    back = [thawed(frozen(line)) for line in sent]
    assert [asdict(line) for line in back] == [asdict(line) for line in sent]


@settings(deadline=None)
@given(rows, rows)
def test_the_changes_lead_from_one_release_to_the_next(before, after):
    change = changes(before, after)
    standing = {x.activity_id: x for x in before if not x.is_cancelled}
    for gone in change.cancelled:
        del standing[gone.activity_id]
    for old, new in (*change.moved, *change.reworded):
        assert standing[old.activity_id] == old
        standing[old.activity_id] = new
    standing |= {x.activity_id: x for x in change.added}
    assert standing == {x.activity_id: x for x in after if not x.is_cancelled}


@settings(deadline=None)
@given(lines)
def test_what_only_a_calendar_needs_is_no_change(line):
    assert not changes([line], [replace(line, uid="b2", sequence=9, changed_at=None, reason="x")])


def test_a_line_frozen_before_a_field_was_thought_of_gets_its_default():
    line = Line(1, DAYS[0], None, "", "Khai mạc", "Sở Y tế", 1)
    kept = {k: v for k, v in frozen(line).items() if k not in {"uid", "sequence", "changed_at", "reason", "note"}}
    assert asdict(thawed(kept | {"dropped": 1})) == asdict(line)


def test_an_issuer_comes_back_as_it_was_kept():
    issuer = Issuer("UBND tỉnh", "Sở GDĐT", "Ninh Thuận", "1/X", "Công văn", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "A")
    assert issuer_kept(kept_issuer(issuer)) == issuer


def test_a_number_is_printed_on_one_letter_only():
    issuer = Issuer("UBND tỉnh", "Sở GDĐT", number="1/X", parent_document="Công văn số 1/X")
    assert for_next_letter(issuer, used=[]) == issuer
    assert for_next_letter(issuer, used=[issuer]) == replace(issuer, number="/X", parent_document="")


def test_the_day_of_a_letter_is_read_from_its_reference_and_never_guessed():
    assert issued_on("Công văn số 1/X ngày 05 tháng 9 năm 2022 của Sở") == dt.date(2022, 9, 5)
    assert issued_on("Công văn số 1/X ngày 5/9/2022") == dt.date(2022, 9, 5)
    assert [issued_on(text) for text in ("", "Công văn số 1/X", "ngày 31/9/2022")] == [None, None, None]


def test_higher_units_come_first_then_vietnamese_order_then_time():
    def line(pk, rank, name, time=None):
        return Line(pk, DAYS[0], time, "", "", name, rank)

    wanted = [
        line(5, 1, "Sở Y tế", dt.time(9)),
        line(1, 4, "UBND huyện Bác Ái", dt.time(7)),
        line(4, 4, "UBND huyện Bác Ái"),
        line(2, 4, "UBND huyện Đắk", dt.time(6)),
        line(3, 4, "UBND huyện Ea", dt.time(5)),
    ]
    assert by_day(reversed(wanted))[DAYS[0]] == wanted
