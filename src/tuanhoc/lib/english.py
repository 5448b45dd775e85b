"""Days, moments and numbers for readers of English: the same answers as ``dates`` and ``numbers`` give."""

import datetime as dt

from .dates import HANOI, ends_a_day, last_day

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Not strftime, whose names of months follow the machine's locale.
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def weekday(day: dt.date) -> str:
    """Return the weekday in words: ``Monday``."""
    return WEEKDAYS[day.weekday()]


def short(day: dt.date) -> str:
    """Return ``1 Oct 2022``: a month in letters cannot be taken for a day."""
    return f"{day_and_month(day)} {day.year}"


def day_and_month(day: dt.date) -> str:
    """Return ``1 Oct``."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def last_minute(closes_at: dt.datetime) -> str:
    """Return a deadline as people read it, from the first moment that is too late.

    >>> last_minute(dt.datetime(2022, 10, 1, tzinfo=HANOI))
    'until 23:59 on 30 September 2022'
    >>> last_minute(dt.datetime(2022, 10, 3, 17, tzinfo=HANOI))
    'before 17:00 on 3 October 2022'
    """
    if ends_a_day(closes_at):
        return f"until 23:59 on {_in_full(last_day(closes_at))}"
    here = closes_at.astimezone(HANOI)
    return f"before {here:%H:%M} on {_in_full(here.date())}"


def _in_full(day: dt.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def remaining(closes_at: dt.datetime, *, at: dt.datetime) -> str:
    """Return how long is left, in words: ``3 days left``, ``5 hours left``, ``2 days overdue``.

    On its own day a deadline that has passed is no day late: ``overdue since today``.
    """
    left = closes_at - at
    if left <= dt.timedelta(0):
        late = (at.astimezone(HANOI).date() - last_day(closes_at)).days
        return f"{_count(late, 'day')} overdue" if late else "overdue since today"
    days = (last_day(closes_at) - at.astimezone(HANOI).date()).days
    if days >= 1:
        return f"{_count(days, 'day')} left"
    hours = int(left.total_seconds() // 3600)
    minutes = max(1, int(left.total_seconds() // 60))
    return f"{_count(hours, 'hour') if hours else _count(minutes, 'minute')} left"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def span(first: dt.date, last: dt.date) -> str:
    """Return a range of days: ``1–7 Oct 2022``, ``30 Sep – 6 Oct 2022``, ``4 Oct 2022``."""
    if first == last:
        return short(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{short(last)}"
    return f"{day_and_month(first) if first.year == last.year else short(first)} – {short(last)}"


def grouped(number: int) -> str:
    """Return a whole number with commas between thousands.

    >>> grouped(1234567)
    '1,234,567'
    """
    return f"{number:,}"
