"""A Week by its own tree and by today's, whatever reforms came since: the same units, the same grand totals."""

import datetime as dt
from collections.abc import Iterator

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.builders import OPENED_AT, province, week

from tuanhoc.campaigns.queries.grouping import By, Grouping, grouped
from tuanhoc.lib.actor import SYSTEM
from tuanhoc.units import queries
from tuanhoc.units.actions.reforms import Order, carry_out
from tuanhoc.units.models import Unit
from tuanhoc.units.rules.reforms import Doing, Step

FIRST = dt.date(2025, 7, 1)
#: nobody reports to these, and each may end, be divided or report elsewhere
LEAVES = ("so-tttt", "tv-58", "xa-lamson", "xa-nhonhai", "th-lamson")
ABOVE = ("ubnd-58", "ubnd-585", "ubnd-586")
wishes = st.tuples(
    st.sampled_from([Doing.RENAME, Doing.MOVE, Doing.MERGE, Doing.SPLIT, Doing.CLOSE]), st.integers(0, 50),
    st.integers(0, 50),
)  # fmt: skip


def as_reforms(wanted: list[tuple[Doing, int, int]]) -> Iterator[Step]:
    """Yield what is wished for as steps that can be done, one after the other: only standing units take part."""
    standing = list(LEAVES)
    for n, (what, one, other) in enumerate(wanted):
        key = standing[one % len(standing)]
        others = [each for each in (*standing, *ABOVE) if each != key]
        main = others[other % len(others)]
        if what is Doing.RENAME:
            yield Step(what, key, name=f"Đơn vị tên mới {n}")
        elif what is Doing.MOVE:
            yield Step(what, key, parent_key=ABOVE[other % len(ABOVE)])
        elif len(standing) > 1:
            successors = {Doing.MERGE: (main,), Doing.SPLIT: (main, others[(other + 1) % len(others)]), Doing.CLOSE: ()}
            yield Step(what, key, successors=successors[what])
            standing.remove(key)


class AnyReforms(TestCase):
    """Every step is one that can be done, so that none of the examples is empty."""

    # A quarter of what the profile looks at: 12 each time, 125 when deep.
    @settings(
        max_examples=settings.default.max_examples // 4, phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.lists(wishes, min_size=3, max_size=6))
    def test_lists_and_totals_are_the_same_by_the_tree_of_then_and_of_any_day(self, wanted):
        province()
        held = week()
        roster = dict(held.roster.values_list("pk", "unit_id"))
        figures = {pk: 7 * pk + 1 for pk in roster}
        before = grouped(held, held.roster.all())
        days = [FIRST + dt.timedelta(days=n) for n in range(len(wanted))]
        for day, step in zip(days, as_reforms(wanted), strict=False):
            # "Stands already" is the one thing a move may meet.
            if step.what is not Doing.MOVE or _above(step.key, day) != step.parent_key:
                carry_out([step], Order(day), by=SYSTEM, at=OPENED_AT)
        own = grouped(held, held.roster.all())
        assert own.paths == before.paths
        for day in (FIRST - dt.timedelta(days=1), *days, FIRST + dt.timedelta(days=60)):
            now = grouped(held, held.roster.all(), by=By.DAY, day=day)
            assert now.paths.keys() == own.paths.keys() == roster.keys()
            assert _total(now, figures) == _total(own, figures) == sum(figures.values())
            assert _names(now) <= set(Unit.objects.values_list("pk", flat=True))


def _above(key: str, day: dt.date) -> str:
    found = queries.above_on(Unit.objects.get(key=key), day)
    return found.key if found else ""


def _total(grouping: Grouping, figures: dict[int, int]) -> int:
    """Add up from the top: every step's own sum, so that a unit left out or counted twice is seen."""
    return sum(figures[pk] for members in grouping.below("/").values() for pk in members)


def _names(grouping: Grouping) -> set[int]:
    return {int(step) for path in grouping.paths.values() for step in path.strip("/").split("/") if step != "0"}
