"""Days and moments in the words of Vietnamese officials."""

import datetime as dt
import re

#: Viet Nam has had one time zone, without summer time, since 1975.
HANOI = dt.timezone(dt.timedelta(hours=7), "Asia/Ho_Chi_Minh")

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")

#: ``3/10/2022``, ``3-10``, ``3.10.2022``, ``ngày 3 tháng 10 năm 2022``; from a keypad of digits only: ``03102022``
_TYPED = re.compile(
    r"(?:ngày\s+)?(\d{1,2})\s*(?:[/.\-]|\s+tháng\s+)\s*(\d{1,2})(?:\s*(?:[/.\-]|\s+năm\s+)\s*(\d{4}))?\.?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4})")
#: Years a Week, its papers and its units' changes can be of; another is a slip of the hand, such as "20226".
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


class NoSuchDay(ValueError):
    """Written as a day is, but the calendar has none such: ``31/02/2022``."""


def read_day(text: str, *, year: int | None = None) -> dt.date:
    """Return the day a person typed, day before month: ``3/10/2022``, ``03-10-2022``, ``3.10``; or ``2022-10-03``.

    :param year: of a day typed without its year; None: then it is not read, since nobody can say which was meant.
    :raises NoSuchDay: the calendar has no such day.
    :raises ValueError: none of these, or a year out of reach.
    """
    text = text.strip()
    found = _TYPED.fullmatch(text) or _DIGITS.fullmatch(text)
    if found and (found[3] or year) and 1 <= int(found[2]) <= 12:
        try:
            day = dt.date(int(found[3] or year or 0), int(found[2]), int(found[1]))
        except ValueError as error:
            raise NoSuchDay(text) from error
    else:
        day = dt.date.fromisoformat(text)
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(text)
    return day


def weekday(day: dt.date) -> str:
    """Return the weekday in words, capitalised as Decree 30 wants: ``thứ Hai``, ``Chủ nhật``."""
    return WEEKDAYS[day.weekday()]


def short(day: dt.date) -> str:
    """Return ``01/10/2022``."""
    return f"{day:%d/%m/%Y}"


def plain(day: dt.date) -> str:
    """Return ``1/10/2022``, as the words of a deadline have it: for a day in the same line as one."""
    return f"{day.day}/{day.month}/{day.year}"


def in_words(day: dt.date) -> str:
    """Return the date as an official document prints it.

    Days below 10 and months 1 and 2 get a leading zero, other months do not
    (Decree 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 4b).

    >>> in_words(dt.date(2022, 9, 5))
    'ngày 05 tháng 9 năm 2022'
    """
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def last_minute(closes_at: dt.datetime) -> str:
    """Return a deadline as people read it, from the first moment that is too late.

    "Trước ngày 01/10/2022" closes at 01/10 00:00, which people understand as the whole day before; an hour they
    understand as it was typed:

    >>> last_minute(dt.datetime(2022, 10, 1, tzinfo=HANOI))
    'đến hết 23:59 ngày 30/9/2022'
    >>> last_minute(dt.datetime(2022, 10, 3, 17, tzinfo=HANOI))
    'trước 17:00 ngày 3/10/2022'
    """
    if ends_a_day(closes_at):
        return f"đến hết 23:59 ngày {plain(last_day(closes_at))}"
    here = closes_at.astimezone(HANOI)
    return f"trước {here:%H:%M} ngày {plain(here.date())}"


def ends_a_day(closes_at: dt.datetime) -> bool:
    """Whether a deadline lets in the whole of its last day: it is midnight in Viet Nam."""
    return closes_at.astimezone(HANOI).time() == dt.time()


def remaining(closes_at: dt.datetime, *, at: dt.datetime) -> str:
    """Return how long there is left, in words: ``còn 3 ngày``, ``còn 5 giờ``, ``đã quá hạn 2 ngày``.

    On its own day a deadline that has passed is no day late: ``đã hết hạn hôm nay``.
    """
    left = closes_at - at
    if left > dt.timedelta(0):
        if (days := days_left(closes_at, at=at)) >= 1:
            return f"còn {days} ngày"
        hours = int(left.total_seconds() // 3600)
        return f"còn {hours} giờ" if hours else f"còn {max(1, int(left.total_seconds() // 60))} phút"
    late = -days_left(closes_at, at=at)
    return f"đã quá hạn {late} ngày" if late else "đã hết hạn hôm nay"


def days_left(closes_at: dt.datetime, *, at: dt.datetime) -> int:
    """Return the days of the calendar that are left, as :func:`remaining` says them: 0 on the last day itself."""
    return (last_day(closes_at) - at.astimezone(HANOI).date()).days


def last_day(closes_at: dt.datetime) -> dt.date:
    """Return the last day that is in time, from the first moment that is too late."""
    return (closes_at.astimezone(HANOI) - dt.timedelta(minutes=1)).date()


def span(first: dt.date, last: dt.date) -> str:
    """Return a range of days: ``01–07/10/2022``, ``30/9–06/10/2022``, ``04/10/2022``."""
    if first == last:
        return short(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%d}–{short(last)}"
    if first.year == last.year:
        return f"{first.day:02d}/{first.month}–{short(last)}"
    return f"{short(first)}–{short(last)}"


def day_start(day: dt.date) -> dt.datetime:
    """Return the first moment of ``day`` in Viet Nam."""
    return dt.datetime.combine(day, dt.time(), HANOI)


def each_day(first: dt.date, last: dt.date) -> list[dt.date]:
    """Return every day from ``first`` to ``last``, both included."""
    return [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
