"""A row stays itself while the rows around it change."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tuanhoc.activities.alignment import continued, row_differences

keys = st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from(["", "7h", "8h"])), max_size=7)


@settings(max_examples=60, deadline=None)
@given(keys, keys)
def test_no_row_continues_two_and_a_row_that_is_still_there_is_never_new(before, after):
    kept = continued(before, after)
    places = [place for place in kept if place is not None]
    assert len(kept) == len(after)
    assert len(set(places)) == len(places)
    for key, place in zip(after, kept, strict=True):
        if place is None and key in before:
            # Only when every such row is taken already.
            assert all(p in places for p, k in enumerate(before) if k == key)


@settings(max_examples=40, deadline=None)
@given(keys)
def test_rows_left_alone_keep_their_places(before):
    assert continued(before, before) == list(range(len(before)))


def test_taking_a_row_out_or_putting_one_in_moves_nobodys_identity():
    rows = [("Khai mạc", "7h"), ("Hội thi", "8h"), ("Tập huấn", "9h")]
    assert continued(rows, rows[1:]) == [1, 2]
    assert continued(rows, [("Mới", ""), *rows]) == [None, 0, 1, 2]
    assert continued(rows, [rows[2], rows[0], ("Hội thi cấp huyện", "8h")]) == [2, 0, 1]
    assert continued(rows, [rows[0], ("Hội thi cấp huyện", "8h"), rows[2]]) == [0, 1, 2]


def test_what_differs_is_told_column_by_column():
    before = [{"content": "Hội thi", "place": ""}, {"content": "Khai mạc"}]
    after = [{"content": "Hội thi", "place": "Nhà A"}, {"content": "Khai mạc Tuần", "held_on": "2022-10-07"}]
    assert [(c.place, c.columns, c.before) for c in row_differences(before, after)] == [
        (0, ("place",), before[0]),
        (1, ("held_on", "content"), before[1]),
    ]
    assert row_differences(after, after) == []
    assert [(c.place, c.after) for c in row_differences(before, before[:1])] == [(None, None)]
