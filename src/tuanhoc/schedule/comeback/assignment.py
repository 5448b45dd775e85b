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
    seats = _Seats(cost, len(columns))
    for start in range(len(rows)):
        seats.seat(start)
    found = {}
    for column, row in seats.taken.items():
        left, right = (columns[column], rows[row]) if turned else (rows[row], columns[column])
        if (left, right) in scores:
            found[left] = right
    return found


class _Seats:
    """Rows seated on columns at least cost, one after another: each new row may move those seated before.

    The prices of rows and columns keep every offer at or above zero (R. Jonker, A. Volgenant, 1987).
    """

    def __init__(self, cost: list[list[float]], width: int) -> None:
        self.cost, self.width = cost, width
        self.by_row, self.by_column = [0.0] * len(cost), [0.0] * width
        #: column -> row
        self.taken: dict[int, int] = {}

    def seat(self, start: int) -> None:
        """Seat one more row by the cheapest chain of moves."""
        least, came_from, done = [float("inf")] * self.width, [-1] * self.width, set[int]()
        row, last = start, -1
        while True:
            self._offer(row, last, least, came_from, done)
            last = min((c for c in range(self.width) if c not in done), key=least.__getitem__)
            self._raise_prices(start, least[last], least, done)
            done.add(last)
            if last not in self.taken:
                break
            row = self.taken[last]
        while last != -1:
            before = came_from[last]
            self.taken[last] = self.taken[before] if before != -1 else start
            last = before

    def _offer(self, row: int, last: int, least: list[float], came_from: list[int], done: set[int]) -> None:
        for column in range(self.width):
            offer = self.cost[row][column] - self.by_row[row] - self.by_column[column]
            if column not in done and offer < least[column]:
                least[column], came_from[column] = offer, last

    def _raise_prices(self, start: int, by: float, least: list[float], done: set[int]) -> None:
        self.by_row[start] += by
        for column in range(self.width):
            if column in done:
                self.by_row[self.taken[column]] += by
                self.by_column[column] -= by
            else:
                least[column] -= by
