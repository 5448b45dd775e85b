"""What of an entry search finds. Pure."""

import datetime as dt
from collections.abc import Iterator, Mapping

from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.text import fold

#: letters kept of one entry; who looks for the end of a long list finds it by unit and day
LONGEST = 2000
_OPENING = str.maketrans(dict.fromkeys("(“\"'[{", " "))


def words_of(by_name: str, details: Mapping[str, object]) -> str:
    """Return the person, the names of fields and every value of an entry as search compares them.

    Each word has a space before it, so that a search begins at a word (“son” is not found in “reason”), and a code
    one behind it as well: it is found whole, ``" accepted "``.
    """
    said = dict.fromkeys(searched(text) for text in (by_name, *_said(details)))
    return f" {' '.join(word for word in said if word)} "[:LONGEST]


def searched(text: str) -> str:
    """Return a text, or what was typed to find it, as search compares them: folded, opening marks as spaces."""
    return " ".join(fold(text).translate(_OPENING).split())


def _said(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield str(key)
            yield from _said(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _said(inner)
    elif isinstance(value, str):
        yield value
        yield from _as_day(value)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def _as_day(text: str) -> Iterator[str]:
    """Return a stored day also as people write it: they look for 03/10/2022; of a moment, the day in Hanoi.

    The first moment that is too late is told with the last one in time, so that day is found as well: 30/9/2022.
    """
    year, _, rest = text[:10].partition("-")
    month, _, day = rest.partition("-")
    if not (len(year) == 4 and (year + month + day).isdecimal() and len(month + day) == 4):
        return
    yield f"{day}/{month}/{year}"
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return
    if moment.tzinfo:
        here = moment.astimezone(HANOI)
        last = here - dt.timedelta(minutes=1)
        yield from (f"{here:%d/%m/%Y}", f"{last:%d/%m/%Y}", f"{last.day}/{last.month}/{last.year}")
