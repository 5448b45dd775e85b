"""What is said of two rows: symmetric, whatever else there is and in whatever order."""

import datetime as dt
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuanhoc.findings.rules import CLEAR, HALL, LEAVE_OPEN, REASONS, SPEAKER, TWICE, Area, Areas, Row, search
from tuanhoc.findings.rules.speakers import speakers

AREAS = Areas.of(
    [
        Area(1, "Tỉnh Ninh Thuận", "province", None), Area(2, "Huyện Ninh Sơn", "district", 1),
        Area(3, "Xã Lâm Sơn", "commune", 2), Area(4, "Xã Mỹ Sơn", "commune", 2), Area(5, "Huyện Bác Ái", "district", 1),
    ]
)  # fmt: skip
DAY = dt.date(2022, 10, 4)
UNITS = (
    ("UBND xã Lâm Sơn", 3), ("Trường Tiểu học Lâm Sơn", 3), ("TTHTCĐ xã Lâm Sơn", 3), ("UBND xã Mỹ Sơn", 4),
    ("UBND huyện Ninh Sơn", 2), ("Tỉnh đoàn", 1), ("UBND huyện Bác Ái", 5),
)  # fmt: skip
CONTENTS = (
    "Lớp kỹ năng số cho người cao tuổi", "Lớp KNS cho NCT", "Tổ chức phát động Tuần lễ", "Lễ phát động Tuần lễ HTSĐ",
    "Thi kể chuyện lớp 6A", "Thi kể chuyện lớp 6B", "Hội thi cờ tướng", "", "Nói chuyện, diễn giả TS. Lê Văn Minh",
)  # fmt: skip
PLACES = (
    "Nhà văn hóa xã",
    "NVH xã Lâm Sơn",
    "Sân trường",
    "Hội trường UBND huyện",
    "Trực tuyến",
    "",
    "Quảng trường 16/4",
)

rows = st.lists(
    st.builds(
        lambda unit, content, place, day, hour, part: Row(
            0, unit, UNITS[unit][0], UNITS[unit][1], DAY + dt.timedelta(days=day),
            starts_at=dt.time(hour) if hour else None, part_of_day="" if hour else part, place=place, content=content,
        ),
        st.integers(0, len(UNITS) - 1), st.sampled_from(CONTENTS), st.sampled_from(PLACES), st.integers(0, 2),
        st.sampled_from((None, 8, 9, 14)), st.sampled_from(("", "morning", "evening")),
    ),
    min_size=2, max_size=8,
).map(lambda listed: [replace(one, activity_id=number) for number, one in enumerate(listed, start=1)])  # fmt: skip


@given(rows, st.randoms())
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_rows_changes_nothing(listed, chance):
    shuffled = list(listed)
    chance.shuffle(shuffled)
    assert search(listed, AREAS) == search(shuffled, AREAS)


@given(rows)
@settings(max_examples=60, deadline=None)
def test_two_rows_alone_are_found_as_among_others_and_never_a_row_with_itself_or_its_units_own(listed):
    together = search(listed, AREAS)
    by_id = {one.activity_id: one for one in listed}
    for found in together:
        one, other = by_id[found.one.activity_id], by_id[found.other.activity_id]
        assert one.activity_id < other.activity_id
        assert found in search([other, one], AREAS)
        assert found.kind == SPEAKER or one.unit_id != other.unit_id
    apart = [f for n, a in enumerate(listed) for b in listed[n + 1 :] for f in search([a, b], AREAS)]
    assert sorted(map(repr, apart)) == sorted(map(repr, together))


@given(rows, st.integers(0, 7))
@settings(max_examples=40, deadline=None)
def test_changing_the_ids_round_gives_the_same_pairs_with_the_same_scores(listed, by):
    moved = [replace(one, activity_id=1 + (one.activity_id + by) % len(listed)) for one in listed]
    assert sorted((f.pair, f.kind, f.score) for f in search(listed, AREAS)) == sorted(
        (f.pair, f.kind, f.score) for f in search(moved, AREAS)
    )


@given(rows)
@settings(max_examples=80, deadline=None)
def test_nothing_is_called_clear_while_one_of_its_own_reasons_leaves_it_open(listed):
    for found in search(listed, AREAS):
        assert set(found.reasons) <= REASONS.keys()
        if found.kind == TWICE:
            assert found.score < CLEAR or (LEAVE_OPEN.isdisjoint(found.reasons) and "same_words" in found.reasons)
        else:
            assert found.reasons == (("sure_clash",) if found.score >= CLEAR else ("possible_clash",))


def pair(one, other, **both):
    """Return the rows of the commune and its district, and of anybody else who is named."""
    rows = [
        Row(n, n, *UNITS[unit], **{"held_on": DAY, **both, **more}) for n, (unit, more) in enumerate((one, other), 1)
    ]
    return search(rows, AREAS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"content": "Lớp kỹ năng số cho người cao tuổi", "place": "Nhà văn hóa xã"},
         {"content": "Mở lớp KNS cho NCT", "place": "NVH xã Lâm Sơn"}),
        ({"content": "Hội thi tìm hiểu dịch vụ công", "place": "UBND xã", "starts_at": dt.time(8)},
         {"content": "HOI THI TIM HIEU DVC", "place": "Hội trường UBND xã Lâm Sơn", "part_of_day": "morning"}),
    ],
)  # fmt: skip
def test_one_event_in_two_wordings_is_found(one, other):
    assert [found.kind for found in pair((0, one), (4, other))] == [TWICE]


@pytest.mark.parametrize(
    ("other", "clear"),
    [
        ({"content": "Lễ khai mạc Tuần lễ và ra mắt Tổ công nghệ số cộng đồng"}, False),
        ({"content": "Lễ ra quân các tổ công nghệ số cộng đồng"}, True),
        ({"content": "Lễ ra quân các tổ công nghệ số cộng đồng", "held_on": DAY + dt.timedelta(days=1)}, False),
        ({"content": "Lễ ra quân các tổ công nghệ số cộng đồng", "place": ""}, False),
        ({"content": "Lễ ra quân các tổ công nghệ số cộng đồng", "starts_at": dt.time(9)}, False),
    ],
)  # fmt: skip
def test_a_launch_beside_an_opening_that_holds_it_is_a_question_and_beside_itself_is_clear(other, clear):
    launch = {"content": "Ra quân 65 tổ công nghệ số cộng đồng cấp xã", "place": "Quảng trường 16 tháng 4"}
    at_seven = {"starts_at": dt.time(7)}
    (found,) = pair((5, launch | at_seven), (4, {"place": "Quảng trường 16/4"} | at_seven | other))
    assert (found.score >= CLEAR) is clear


def test_of_two_questions_the_likelier_comes_first():
    launch = {"content": "Ra quân 65 tổ công nghệ số cộng đồng cấp xã", "place": "Quảng trường 16 tháng 4"}
    opening = launch | {"content": "Lễ khai mạc Tuần lễ và ra mắt Tổ công nghệ số cộng đồng"}
    (at_once,) = pair((5, launch), (4, opening), starts_at=dt.time(7))
    (sometime,) = pair((5, launch | {"starts_at": dt.time(7)}), (4, opening))
    assert CLEAR > at_once.score > sometime.score


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((0, {"content": "Lễ phát động Tuần lễ", "place": "Hội trường UBND xã"}),
         (1, {"content": "Lễ phát động Tuần lễ", "place": "Sân trường"})),
        ((0, {"content": "Lớp xóa mù chữ", "place": "Nhà văn hóa xã"}),
         (3, {"content": "Lớp xóa mù chữ", "place": "Nhà văn hóa xã"})),
        ((0, {"content": "Đọc sách lớp 6A", "place": "Nhà văn hóa xã"}),
         (2, {"content": "Đọc sách lớp 6B", "place": "Nhà văn hóa xã"})),
    ],
)  # fmt: skip
def test_formulas_at_home_neighbours_and_classes_are_two_events(one, other):
    assert [found for found in pair(one, other) if found.kind == TWICE] == []


def test_a_hall_is_wanted_twice_surely_by_hours_possibly_by_a_part_of_day_and_a_square_never():
    hall, other = {"content": "Hội thi cờ tướng"}, {"content": "Khám mắt cho trẻ em"}

    def clash(place, one, two):
        return [(found.kind, found.score) for found in pair((0, hall | one), (4, other | two), place=place)]

    at_eight, at_nine, morning = {"starts_at": dt.time(8)}, {"starts_at": dt.time(9)}, {"part_of_day": "morning"}
    assert clash("Nhà văn hóa xã Lâm Sơn", at_eight, at_eight) == [(HALL, 0.9)]
    assert clash("Nhà văn hóa xã Lâm Sơn", at_eight, at_nine) == [(HALL, 0.6)]
    assert clash("Nhà văn hóa xã Lâm Sơn", at_eight, morning) == [(HALL, 0.6)]
    assert clash("Nhà văn hóa xã Lâm Sơn", at_eight, {"starts_at": dt.time(14)}) == []
    assert clash("Nhà văn hóa xã Lâm Sơn", {}, at_eight) == []
    assert clash("Quảng trường 16 tháng 4", at_eight, at_eight) == []


def test_a_speaker_cannot_be_at_two_places_at_once():
    said = {"content": "Nói chuyện về đọc sách, diễn giả TS. Lê Văn Minh", "starts_at": dt.time(8)}
    told = {"content": "Tập huấn trồng nho", "contact": "Mời tiến sĩ Lê Văn Minh", "starts_at": dt.time(8)}
    here, there = {"place": "Nhà văn hóa xã Lâm Sơn"}, {"place": "Hội trường UBND huyện Bác Ái"}
    assert [(f.kind, f.about) for f in pair((0, said | here), (6, told | there))] == [(SPEAKER, "le van minh")]
    assert [f for f in pair((0, said | here), (4, told | here)) if f.kind == SPEAKER] == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("báo cáo viên ThS. Lê Thị Mai, Sở GDĐT", ("le thi mai",)),
        ("PGS. TS NGUYỄN VĂN HÒA và nhà văn Trần Thu Hằng", ("nguyen van hoa", "tran thu hang")),
        ("bà Tư kể chuyện; cô giáo dạy hát; Trường TS Trường Sa", ()),
    ],
)
def test_speakers_are_named_after_a_title(text, names):
    assert speakers(text) == names


def test_a_thousand_rows_of_one_unit_are_no_findings():
    chance = random.Random(1)
    listed = [
        Row(n, 1, "UBND xã Lâm Sơn", 3, DAY, content=chance.choice(CONTENTS), place="Nhà văn hóa xã")
        for n in range(1_000)
    ]
    assert search(listed, AREAS) == []
