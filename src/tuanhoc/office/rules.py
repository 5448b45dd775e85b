"""Pure decisions about papers: whom a reminder names, by how many days, and what a number looks like."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.refusal import N_
from tuanhoc.lib.text import clean

#: kind of paper as an address names it -> its code
KINDS_IN_ADDRESSES: Mapping[str, str] = {"ke-hoach": "plan", "giay-moi": "invitation", "don-doc": "reminder"}
#: no paper of a Week waits longer for its number
_LONG_AGO = dt.timedelta(days=60)
#: number, stroke, symbol: ``2108/SGDĐT-GDTX``
_NUMBER = re.compile(r"^\d{1,6}/[^\s/]\S{0,50}$")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A unit whose schedule did not come, or went back to it and did not come again."""

    name: str
    #: groups of the letter: districts, schools …; and their order
    level: str
    rank: int
    order: int
    closes_at: dt.datetime
    #: ``returned``, ``draft``, or blank: nothing was begun
    state: str = ""


def days_late(closes_at: dt.datetime, *, at: dt.datetime) -> int:
    """Return how many days have begun since the deadline; 0 while there is time.

    A deadline "trước ngày 01/10" is one day late all through 1 October.
    """
    if at < closes_at:
        return 0
    last = (closes_at.astimezone(HANOI) - dt.timedelta(minutes=1)).date()
    return max(1, (at.astimezone(HANOI).date() - last).days)


def overdue(units: Iterable[Waiting], *, at: dt.datetime) -> list[Waiting]:
    """Return those whose deadline has passed, in the order of the letter: by level, then as the roster reads."""
    late = [unit for unit in units if at >= unit.closes_at]
    return sorted(late, key=lambda unit: (unit.rank, unit.level, unit.order))


def doubt_of_signing(signed_on: dt.date, *, today: dt.date, due_on: dt.date | None = None) -> str:
    """Return in words what is odd about the day a paper is said to be signed on; blank: nothing is.

    A number is written down soon after the signature, so a day still to come or long gone is most often a slip.

    :param due_on: the last day the paper itself asks for.
    """
    if signed_on > today:
        return N_("Ngày ký này chưa đến.")
    if due_on is not None and due_on < signed_on:
        return N_("Ngày ký sau ngày cuối mà công văn đề nghị gửi lịch.")
    return N_("Ngày ký này đã qua hơn 60 ngày.") if today - signed_on > _LONG_AGO else ""


def number_of(text: str, *, symbol: str) -> str | None:
    """Return a number as it is printed: spaces dropped, the symbol added where only the number was typed.

    None: it is no number.

    >>> number_of(" 2108 / SGDĐT-GDTX", symbol="")
    '2108/SGDĐT-GDTX'
    >>> number_of("5", symbol="KH-UBND")
    '5/KH-UBND'
    """
    typed = clean(text).replace(" ", "")
    if typed.isdecimal() and symbol:
        typed = f"{typed}/{symbol}"
    return typed if _NUMBER.match(typed) else None
