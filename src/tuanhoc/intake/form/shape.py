"""Columns of a table that lost its head, guessed from what they hold."""

import re
from collections.abc import Sequence
from statistics import mean

from .headings import Column, Columns, Role
from .values import Window
from .when import read_when
from .wording import bare, is_blank, is_ditto

#: The order of the annex, once number, day and hour are known.
_IN_ORDER = {
    1: (Role.CONTENT,),
    2: (Role.PLACE, Role.CONTENT),
    3: (Role.PLACE, Role.CONTENT, Role.NOTE),
}
_PLACE = re.compile(
    r"\b(?:hoi truong|nha (?:van hoa|sinh hoat|thi dau)|truong|thu vien|trung tam|tru so|ubnd|san|phong"
    r"|cong vien|cho|thon|khu pho|ban|xa)\b"
)


def columns_by_shape(texts: Sequence[Sequence[str]], window: Window) -> Columns | None:
    """Guess the columns of rows of texts; None when no column holds days or hours: it is no schedule."""
    width = max(map(len, texts), default=0)
    filled = {n: [row[n] for row in texts if n < len(row) and not is_blank(row[n])] for n in range(width)}
    roles = {n: _plain_role(values, window) for n, values in filled.items() if values}
    days = [n for n, role in roles.items() if role is Role.DAY]
    for n in days[1:]:
        roles[n] = None
    if not days and Role.TIME not in roles.values():
        return None
    for n, role in roles.items():
        if role is Role.NUMBER and n > min((d for d, r in roles.items() if r in {Role.DAY, Role.TIME}), default=0):
            roles[n] = None
    open_ones = [n for n in range(width) if roles.get(n) is None and (n in roles or n == width - 1)]
    if not any(filled[n] for n in open_ones):
        return None
    named = dict(zip(open_ones, _open_roles(open_ones, filled), strict=True))
    return {n: Column(role) for n in range(width) if (role := roles.get(n) or named.get(n))}


def _plain_role(values: Sequence[str], window: Window) -> Role | None:
    if all(re.fullmatch(r"\s*\d{1,3}\s*[.)]?\s*", value) for value in values):
        numbers = [int(re.sub(r"\D", "", value)) for value in values]
        return Role.NUMBER if numbers == sorted(numbers) else None
    read = [read_when(value, window) for value in values if len(value) < 80 and not is_ditto(value)]
    understood = [when for when in read if not when.rest and (when.has_day or when.has_time)]
    if not understood or len(understood) * 10 < len(values) * 7:
        return None
    return Role.DAY if any(when.has_day for when in understood) else Role.TIME


def _open_roles(columns: Sequence[int], filled: dict[int, list[str]]) -> list[Role]:
    count = len(columns)
    if count == 2 and columns:
        first, second = (filled[n] for n in columns)
        if not second or (first and _looks_like_places(second) and not _looks_like_places(first)):
            return [Role.CONTENT, Role.PLACE if second else Role.NOTE]
    roles = list(_IN_ORDER.get(min(count, 3), ())) + [Role.OTHER] * max(0, count - 3)
    if count >= 3:
        first, second = filled[columns[0]], filled[columns[1]]
        if first and second and _looks_like_places(second) and not _looks_like_places(first):
            roles[0], roles[1] = roles[1], roles[0]
    return roles


def _looks_like_places(values: Sequence[str]) -> bool:
    hits = sum(bool(_PLACE.match(bare(value).lstrip("- "))) for value in values)
    return hits * 2 >= len(values) and mean(map(len, values)) < 70
