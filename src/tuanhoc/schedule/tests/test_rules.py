import datetime as dt
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tuanhoc.schedule.rules import Line, by_day, changes, frozen, thawed

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
)
rows = st.lists(lines, max_size=30, unique_by=lambda line: line.activity_id)


@given(rows, st.randoms())
def test_the_order_in_which_units_send_does_not_matter(sent, random):
    shuffled = list(sent)
    random.shuffle(shuffled)
    assert list(by_day(sent).items()) == list(by_day(shuffled).items())


@given(rows)
def test_nothing_is_lost_and_nothing_is_invented(sent):
    printed = [line for day in by_day(sent).values() for line in day]
    assert Counter(printed) == Counter(sent)


@given(rows)
def test_a_frozen_line_comes_back_as_it_was(sent):
    assert [thawed(frozen(line)) for line in sent] == sent


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
