import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuanhoc.units.rules import UnitRow, check_rows, path_of

KINDS = frozenset({"department", "school_pre"})


def unit(key, parent="", line=2, **fields):
    return UnitRow(
        line=line,
        key=key,
        parent_key=parent,
        kind="department",
        name=fields.pop("name", key),
        **fields,
    )


def test_each_bad_row_has_its_reason_and_good_rows_are_kept():
    checked = check_rows(
        [
            unit("a"),
            unit("a", line=3),
            unit("", line=4),
            unit("b", name=" ", line=5),
            unit("c", "nowhere", line=6),
        ],
        kinds=KINDS,
        known_keys=frozenset(),
    )
    assert [r.key for r in checked.rows] == ["a"]
    assert [p.line for p in checked.problems] == [3, 4, 5, 6]
    assert all(p.text for p in checked.problems)


def test_units_in_a_circle_are_refused():
    checked = check_rows([unit("a", "b"), unit("b", "a", line=3)], kinds=KINDS, known_keys=frozenset())
    assert checked.rows == ()
    assert len(checked.problems) == 2


@given(st.permutations([unit("a"), unit("b", "a"), unit("c", "b"), unit("d", "c"), unit("e", "a")]))
def test_parents_come_before_children_whatever_the_order_of_the_file(rows):
    order = [r.key for r in check_rows(rows, kinds=KINDS, known_keys=frozenset()).rows]
    assert len(order) == 5
    assert all(order.index(p) < order.index(c) for p, c in [("a", "b"), ("b", "c"), ("c", "d"), ("a", "e")])


def test_a_path_runs_from_the_root_down():
    assert path_of(1021, {1021: 17, 17: 1}) == "/1/17/1021/"
    with pytest.raises(ValueError, match="reports to itself"):
        path_of(1, {1: 2, 2: 1})
