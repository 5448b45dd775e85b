"""What the time bar on every page shows."""

from django.http import HttpRequest

from tuanhoc.lib.dates import HANOI
from tuanhoc.web import clock

from . import rules, snapshots


def time_bar(request: HttpRequest) -> dict[str, object]:
    """Give templates the stages, the one the clock is at, and today."""
    now = clock.now()
    return {
        "has_time_bar": snapshots.is_possible(),
        "sample_stages": rules.STAGES,
        "sample_stage": rules.standing(now),
        "sample_day": now.astimezone(HANOI).date(),
    }
