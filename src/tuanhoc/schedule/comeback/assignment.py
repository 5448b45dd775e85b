"""The best pairing of two lists: not greedy, so that one good pair does not spoil two others."""

from collections.abc import Mapping


def best_pairs(scores: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Return which left goes with which right so that the sum of scores is greatest; unscored pairs are never made.

    Pairs that share nobody are solved apart: time goes with the cube of the largest knot, not of the whole.

    >>> best_pairs({(0, 0): 0.9, (0, 1): 0.8, (1, 0): 0.8})
    {0: 1, 1: 0}
    """
    pairs: dict[int, int] = {}
    for lefts, rights in _knots(scores):
        if len(lefts) == 1 or len(rights) == 1:
            left, right = max(((a, b) for a in lefts for b in rights), key=lambda pair: scores.get(pair, 0.0))
            pairs[left] = right
            continue
        pairs |= _hungarian(lefts, rights, scores)
    return dict(sorted(pairs.items()))


def _knots(scores: Mapping[tuple[int, int], float]) -> list[tuple[list[int], list[int]]]:
    """Return the groups of lefts and rights that hang together."""
    of_left: dict[int, list[int]] = {}
    of_right: dict[int, list[int]] = {}
    for left, right in scores:
        of_left.setdefault(left, []).append(right)
        of_right.setdefault(right, []).append(left)
    found, seen = [], set()
    for start in of_left:
        if start in seen:
            continue
        lefts, rights, waiting = {start}, set(), [start]
        while waiting:
            for right in of_left[waiting.pop()]:
                rights.add(right)
                news = [left for left in of_right[right] if left not in lefts]
                lefts.update(news)
                waiting += news
        seen |= lefts
        found.append((sorted(lefts), sorted(rights)))
    return found


def _hungarian(lefts: list[int], rights: list[int], scores: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Solve one knot by shortest augmenting paths. A pair without a score costs as much as staying alone."""
    turned = len(lefts) > len(rights)
    rows, columns = (rights, lefts) if turned else (lefts, rights)
    cost = [[-scores.get((b, a) if turned else (a, b), 0.0) for b in columns] for a in rows]
    chosen = _rows_of_columns(cost, len(columns))
    found = {}
    for column, row in chosen.items():
        left, right = (columns[column], rows[row]) if turned else (rows[row], columns[column])
        if (left, right) in scores:
            found[left] = right
    return found


def _rows_of_columns(cost: list[list[float]], width: int) -> dict[int, int]:
    """Return column -> row of the cheapest full matching of the rows (at most as many as columns)."""
    by_row, by_column = [0.0] * len(cost), [0.0] * width
    taken: dict[int, int] = {}
    for start in range(len(cost)):
        least, came_from, done = [float("inf")] * width, [-1] * width, set()
        row, last = start, -1
        while True:
            slack, following = float("inf"), -1
            for column in range(width):
                if column in done:
                    continue
                offer = cost[row][column] - by_row[row] - by_column[column]
                if offer < least[column]:
                    least[column], came_from[column] = offer, last
                if least[column] < slack:
                    slack, following = least[column], column
            by_row[start] += slack
            for column in range(width):
                if column in done:
                    by_row[taken[column]] += slack
                    by_column[column] -= slack
                else:
                    least[column] -= slack
            done.add(following)
            last = following
            if following not in taken:
                break
            row = taken[following]
        while last != -1:
            before = came_from[last]
            taken[last] = taken[before] if before != -1 else start
            last = before
    return taken
