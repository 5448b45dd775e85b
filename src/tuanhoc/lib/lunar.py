"""Days of the Vietnamese lunar calendar: the first day of a month, Tết, the day of the Hùng Kings.

Months begin on the day of the new moon in Viet Nam (UTC+7); the eleventh holds the winter solstice; of thirteen months
between two such, the first without a principal term is the leap month. The positions of moon and sun are those of Jean
Meeus, "Astronomical Algorithms" (1998), as Hồ Ngọc Đức applies them to the calendar the State uses (Decision
121-CP of 8 August 1967). Right to the minute for centuries; a new moon within a minute of midnight is the only doubt.
"""

import datetime as dt
import math
from functools import cache

#: The Julian day of a date less its ordinal.
_JULIAN = 1_721_425
_MONTH = 29.530588853
_EPOCH = 2_415_021.076998695
_ZONE = 7 / 24


def first_of_month(year: int, month: int) -> dt.date:
    """Return the first day of a lunar month of the lunar year that begins in ``year``; of two, the first.

    :param month: 1 to 12.
    """
    before = _eleventh(year - 1) if month <= 10 else _eleventh(year)
    after = _eleventh(year) if month <= 10 else _eleventh(year + 1)
    index = round((before - _EPOCH) / _MONTH)
    # The eleventh is month 0 of this count, the twelfth 1, the first 2.
    steps = (month + 1) % 12
    if round((after - before) / _MONTH) == 13 and _leap(index) <= steps:
        steps += 1
    return dt.date.fromordinal(_new_moon(index + steps) - _JULIAN)


def new_year(year: int) -> dt.date:
    """Return the first day of Tết.

    >>> new_year(2022), new_year(2027)
    (datetime.date(2022, 2, 1), datetime.date(2027, 2, 6))
    """
    return first_of_month(year, 1)


def hung_kings(year: int) -> dt.date:
    """Return the tenth day of the third lunar month.

    >>> hung_kings(2022), hung_kings(2026)
    (datetime.date(2022, 4, 10), datetime.date(2026, 4, 26))
    """
    return first_of_month(year, 3) + dt.timedelta(days=9)


@cache
def _eleventh(year: int) -> int:
    """Return the Julian day on which the eleventh lunar month begins that holds the winter solstice of a year."""
    last = dt.date(year, 12, 31).toordinal() + _JULIAN
    index = int((last - 2_415_021) / _MONTH)
    found = _new_moon(index)
    return found if _twelfth_of_sun(found) < 9 else _new_moon(index - 1)


def _leap(index: int) -> int:
    """Return how many months after the eleventh the leap month stands."""
    steps = 1
    here = _twelfth_of_sun(_new_moon(index + 1))
    while steps < 14:
        next_ = _twelfth_of_sun(_new_moon(index + steps + 1))
        if here == next_:
            return steps
        here, steps = next_, steps + 1
    return steps


@cache
def _new_moon(k: int) -> int:
    """Return the Julian day, in Viet Nam, of the k-th new moon after 1 January 1900."""
    t = k / 1236.85
    mean = 2_415_020.75933 + 29.53058868 * k + 0.0001178 * t**2 - 0.000000155 * t**3
    mean += 0.00033 * _sin(166.56 + 132.87 * t - 0.009173 * t**2)
    sun = 359.2242 + 29.10535608 * k - 0.0000333 * t**2 - 0.00000347 * t**3
    moon = 306.0253 + 385.81691806 * k + 0.0107306 * t**2 + 0.00001236 * t**3
    node = 21.2964 + 390.67050646 * k - 0.0016528 * t**2 - 0.00000239 * t**3
    correction = (
        (0.1734 - 0.000393 * t) * _sin(sun) + 0.0021 * _sin(2 * sun) - 0.4068 * _sin(moon) + 0.0161 * _sin(2 * moon)
        - 0.0004 * _sin(3 * moon) + 0.0104 * _sin(2 * node) - 0.0051 * _sin(sun + moon) - 0.0074 * _sin(sun - moon)
        + 0.0004 * _sin(2 * node + sun) - 0.0004 * _sin(2 * node - sun) - 0.0006 * _sin(2 * node + moon)
        + 0.0010 * _sin(2 * node - moon) + 0.0005 * _sin(2 * moon + sun)
    )  # fmt: skip
    # The earth turns ever slower: between its time and that of the tables.
    delta = -0.000278 + 0.000265 * t + 0.000262 * t**2
    return math.floor(mean + correction - delta + 0.5 + _ZONE)


def _twelfth_of_sun(day: int) -> int:
    """Return in which twelfth of its way the sun stands as a day begins here; the ninth begins at the solstice."""
    t = (day - 0.5 - _ZONE - 2_451_545) / 36_525
    mean = 357.52910 + 35999.05030 * t - 0.0001559 * t**2 - 0.00000048 * t**3
    length = 280.46645 + 36000.76983 * t + 0.0003032 * t**2
    length += (1.914600 - 0.004817 * t - 0.000014 * t**2) * _sin(mean)
    length += (0.019993 - 0.000101 * t) * _sin(2 * mean) + 0.000290 * _sin(3 * mean)
    return int(length % 360 // 30)


def _sin(degrees: float) -> float:
    return math.sin(math.radians(degrees))
