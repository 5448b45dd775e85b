"""Tables found by their rules: rules that meet make a lattice, rules that are missing merge its cells."""

from collections.abc import Sequence

from .values import Box, Drawn, Rule

#: Rules drawn cell by cell meet within so many points.
_NEAR = 2.5
_SHORTEST = 6.0
#: More than any form has: a drawing or a plot, not a table.
_MOST_RULES = 1_200
_MOST_LATTICE = 40_000


def merged(rules: Sequence[Rule], near: float = _NEAR) -> list[Rule]:
    """Return rules that lie on one another as one."""
    out: list[Rule] = []
    for across in (True, False):
        for group in _clustered([rule for rule in rules if rule.across == across], near):
            at = sum(rule.at for rule in group) / len(group)
            out += _end_to_end(group, across, at, near)
    return [rule for rule in out if rule.end - rule.start >= _SHORTEST]


def _clustered(rules: Sequence[Rule], near: float) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if groups and rule.at - groups[-1][0].at <= near:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def _end_to_end(group: Sequence[Rule], across: bool, at: float, near: float) -> list[Rule]:
    spans: list[list[float]] = []
    for rule in sorted(group, key=lambda r: r.start):
        if spans and rule.start <= spans[-1][1] + 2 * near:
            spans[-1][1] = max(spans[-1][1], rule.end)
        else:
            spans.append([rule.start, rule.end])
    return [Rule(across, at, start, end) for start, end in spans]


def tables_of(rules: Sequence[Rule], near: float = _NEAR) -> list[Drawn]:
    """Find the tables of a page, smallest first, so that one inside another is asked first."""
    lines = merged(rules, near)
    if len(lines) > _MOST_RULES:
        return []
    found = [table for group in _meeting(lines, near) if (table := _table(group, near))]
    return sorted(found, key=lambda table: table.area)


def _meeting(rules: Sequence[Rule], near: float) -> list[list[Rule]]:
    """Group rules that touch one another."""
    across = [rule for rule in rules if rule.across]
    group_of = list(range(len(rules)))
    number = {id(rule): n for n, rule in enumerate(rules)}

    def root(n: int) -> int:
        while group_of[n] != n:
            group_of[n] = group_of[group_of[n]]
            n = group_of[n]
        return n

    for down in (rule for rule in rules if not rule.across):
        for rule in across:
            if _touch(rule, down, 2 * near):
                group_of[root(number[id(rule)])] = root(number[id(down)])
    groups: dict[int, list[Rule]] = {}
    for n, rule in enumerate(rules):
        groups.setdefault(root(n), []).append(rule)
    return list(groups.values())


def _touch(across: Rule, down: Rule, near: float) -> bool:
    return across.start - near <= down.at <= across.end + near and down.start - near <= across.at <= down.end + near


def _table(rules: Sequence[Rule], near: float) -> Drawn | None:
    across, down = [r for r in rules if r.across], [r for r in rules if not r.across]
    # A browser leaves a table that goes on over the page open there: three that run down say it is one.
    if len(across) < (1 if len(down) > 2 else 2) or not down:
        return None
    # A table open at its sides has rows that reach farther than its columns are drawn.
    down = _with_sides(across, down, across_is=False)
    across = _with_sides(down, across, across_is=True)
    lefts, tops = _positions(down, near), _positions(across, near)
    if len(lefts) < 2 or len(tops) < 2 or len(lefts) * len(tops) > _MOST_LATTICE:
        return None
    return _drawn(lefts, tops, across, down, near)


def _with_sides(others: Sequence[Rule], rules: list[Rule], *, across_is: bool) -> list[Rule]:
    first, last = min(r.start for r in others), max(r.end for r in others)
    start, end = min(r.at for r in others), max(r.at for r in others)
    out = list(rules)
    if min(r.at for r in rules) - first > 12:
        out.append(Rule(across_is, first, start, end))
    if last - max(r.at for r in rules) > 12:
        out.append(Rule(across_is, last, start, end))
    return out


def _positions(rules: Sequence[Rule], near: float) -> list[float]:
    groups = _clustered(rules, 1.6 * near)
    return [sum(rule.at for rule in group) / len(group) for group in groups]


def _drawn(
    lefts: Sequence[float], tops: Sequence[float], across: Sequence[Rule], down: Sequence[Rule], near: float
) -> Drawn | None:
    columns, rows = len(lefts) - 1, len(tops) - 1
    walls = [[_covers(down, lefts[c], tops[r], tops[r + 1], near) for c in range(columns + 1)] for r in range(rows)]
    floors = [[_covers(across, tops[r], lefts[c], lefts[c + 1], near) for c in range(columns)] for r in range(rows + 1)]
    taken: set[tuple[int, int]] = set()
    spans: list[tuple[int, int, int, int]] = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            across_to, down_to = column + 1, row + 1
            while across_to < columns and not walls[row][across_to] and (row, across_to) not in taken:
                across_to += 1
            while down_to < rows and not any(floors[down_to][c] for c in range(column, across_to)):
                if any(walls[down_to][c] for c in range(column + 1, across_to)):
                    break
                down_to += 1
            taken |= {(r, c) for r in range(row, down_to) for c in range(column, across_to)}
            spans.append((row, column, down_to, across_to))
    return _compressed(spans, lefts, tops)


def _covers(rules: Sequence[Rule], at: float, start: float, end: float, near: float) -> bool:
    """Whether a rule stands at ``at`` along (nearly all of) the way from ``start`` to ``end``."""
    slack = min(0.2 * (end - start), 3 * near)
    on_it = [r for r in rules if abs(r.at - at) <= 1.6 * near]
    return any(r.start <= start + slack and r.end >= end - slack for r in on_it)


def _compressed(
    spans: Sequence[tuple[int, int, int, int]], lefts: Sequence[float], tops: Sequence[float]
) -> Drawn | None:
    """Drop rows and columns where no cell begins: an underlined word had made them."""
    if len(spans) < 2:
        return None
    rows = {n: k for k, n in enumerate(sorted({span[0] for span in spans}))}
    columns = {n: k for k, n in enumerate(sorted({span[1] for span in spans}))}
    rows[len(tops) - 1], columns[len(lefts) - 1] = len(rows), len(columns)

    def nth(known: dict[int, int], n: int) -> int:
        return next(known[k] for k in sorted(known) if k >= n)

    boxes = tuple(
        Box(
            rows[r], columns[c], max(1, nth(rows, r2) - rows[r]), max(1, nth(columns, c2) - columns[c]),
            lefts[c], tops[r], lefts[c2], tops[r2],
        )
        for r, c, r2, c2 in spans
    )  # fmt: skip
    return Drawn(boxes, len(rows) - 1, len(columns) - 1)
