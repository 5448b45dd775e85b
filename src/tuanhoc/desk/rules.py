"""Pure decisions of the leader's page: which light a branch of the work shows, and what needs a decision first.

Each rule is monotone: more that is late, waiting, failed or missing, or less time, never turns a light greener.
Each decides by the whole numbers that the page shows, so that what it says and what its colour says is one thing.
"""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tuanhoc.lib.numbers import share


class Light(enum.IntEnum):
    """How a branch stands; a greater one is worse."""

    GREEN = 0
    AMBER = 1
    RED = 2

    @property
    def code(self) -> str:
        """Return the name its colour bears in pages; a word always stands beside."""
        return self.name.lower()


#: Points of a hundred that the share of replies may stay behind the share of the time that is over.
BEHIND_AMBER, BEHIND_RED = 10, 25
#: Days of the calendar a registration may wait to be looked at.
WAIT_AMBER, WAIT_RED = 1, 3
#: Percent of the duties that are overdue, percent of the messages that failed.
OVERDUE_RED, FAILED_RED = 10.0, 2.0
#: Days before the Week by which its schedule should be released.
RELEASE_DAYS = 3
#: Days before the deadline from which missing units are pressing.
DEADLINE_DAYS = 3


def _by(measure: float, amber: float, red: float) -> Light:
    """Return green up to ``amber``, amber up to ``red``, red above."""
    if measure > red:
        return Light.RED
    return Light.AMBER if measure > amber else Light.GREEN


def registrations_light(*, replied: int, total: int, time_over: float) -> Light:
    """Return how the replies stand against the time.

    :param time_over: percent of the time between opening and deadline that is over; 100 after it.
    """
    if not total:
        return Light.GREEN
    return _by(int(time_over) - share(replied, total), BEHIND_AMBER, BEHIND_RED)


def review_light(*, oldest_days: int | None) -> Light:
    """Return how long the oldest registration has waited to be looked at, 0 being today's; None: none waits."""
    return Light.GREEN if oldest_days is None else _by(oldest_days, WAIT_AMBER, WAIT_RED)


def duties_light(*, overdue: int, blocked: int, unowned: int, total: int, undated: int = 0) -> Light:
    """Return how the plan's duties stand: red over a tenth overdue, amber with any overdue, blocked or unowned.

    :param undated: those still to be done without a day they are due on. Where they are more than half of all, nobody
        can say that the plan is in time, and not to know is not green.
    """
    if total and 100 * overdue / total > OVERDUE_RED:
        return Light.RED
    return Light.AMBER if overdue or blocked or unowned or 2 * undated > total else Light.GREEN


def mail_light(*, failed: int, total: int) -> Light:
    """Return how the messages arrive: amber with any that failed, red over 2 of a hundred."""
    if failed and 100 * failed / max(total, failed) > FAILED_RED:
        return Light.RED
    return Light.AMBER if failed else Light.GREEN


def schedule_light(*, days_to_week: int, is_released: bool, changes: int) -> Light:
    """Return how the merged schedule stands against the first day of the Week.

    :param days_to_week: 0 on the first day, negative after it.
    :param changes: accepted lines that changed since the last release.
    """
    if not is_released:
        if days_to_week <= 0:
            return Light.RED
        return Light.AMBER if days_to_week <= RELEASE_DAYS else Light.GREEN
    return Light.AMBER if changes else Light.GREEN


def deadline_light(*, days_left: int, missing: int) -> Light:
    """Return how pressing the deadline is: green while more than three days are left or nobody is missing.

    :param days_left: of the calendar, as the page counts them: 0 on the last day, negative after it.
    """
    if not missing or days_left > DEADLINE_DAYS:
        return Light.GREEN
    return Light.AMBER if days_left > 1 else Light.RED


def worst(lights: Iterable[Light]) -> Light:
    """Return the light of the whole: that of its worst branch; green without any."""
    return max(lights, default=Light.GREEN)


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that may need a decision: how pressing, in words, and where to act."""

    light: Light
    words: str
    #: name of the page and what follows its address
    page: str
    query: str = ""
    #: what the page's address names beside the Week, and what its link says; blank: to open it
    args: tuple[str, ...] = ()
    link: str = ""
    #: other pages to act on it: their names and what their links say
    also: tuple[tuple[str, str], ...] = ()
    #: where to look and who acts, for a reader to whom ``page`` is closed
    instead: str = ""
    instead_query: str = ""
    told: str = ""


#: what a leader is asked to decide on one day
MOST_MATTERS = 5


def first_matters(matters: Sequence[Matter]) -> list[Matter]:
    """Return the most pressing matters, five at most; of equals, those named first."""
    return sorted((m for m in matters if m.light > Light.GREEN), key=lambda m: -m.light)[:MOST_MATTERS]
