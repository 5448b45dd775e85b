"""What the room publishes."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class UnitsAsked:
    """An officer asks both units about two activities that look like one, or that get in each other's way."""

    name: ClassVar[str] = "findings.units.asked"
    finding_id: int
