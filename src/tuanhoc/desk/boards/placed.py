"""Single units of a Week in the order of a tree, each with the units it stands under there."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from tuanhoc.activities.queries import BoardLine
from tuanhoc.campaigns.queries.grouping import Grouping
from tuanhoc.lib.text import vietnamese_key
from tuanhoc.units.rules.trees import steps_of

from .rows import BoardRow, alone


def in_order(
    grouping: Grouping, lines: Mapping[int, BoardLine], wanted: Iterable[int], *, step: str = "/", at: dt.datetime
) -> list[BoardRow]:
    """Return the roster units ``wanted`` that are counted under ``step``, as the tree reads from the top down.

    ``above`` of each says its way from below ``step``: the same unit stands elsewhere in another tree.
    """
    key = cache(lambda one: vietnamese_key(grouping.name_of(one)))
    ways = {pk: _way(grouping.paths[pk], step) for pk in wanted if grouping.paths[pk].startswith(step)}
    ordered = sorted(ways, key=lambda pk: ([key(one) for one in ways[pk]], lines[pk].name_order))
    return [
        replace(alone(lines[pk]), above=_in_words(grouping, ways[pk][:-1]), is_overdue=lines[pk].is_overdue(at))
        for pk in ordered
    ]


def _way(path: str, step: str) -> Sequence[str]:
    return [one for one in steps_of(path) if len(one) > len(step) or one == path]


def _in_words(grouping: Grouping, way: Sequence[str]) -> str:
    return " › ".join(filter(None, map(grouping.name_of, way)))
