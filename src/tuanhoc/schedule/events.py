"""What the schedule publishes."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class ScheduleReleased:
    """A numbered edition of the merged schedule is out."""

    name: ClassVar[str] = "schedule.release.made"
    release_id: int
    number: int
    change_count: int
