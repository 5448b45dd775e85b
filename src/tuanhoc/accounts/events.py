"""What accounts publish."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class LinkSpokenOf:
    """Somebody asked for a unit's link again, or said something by it, that a coordinator has to settle."""

    name: ClassVar[str] = "accounts.link.spoken_of"
    request_id: int
    campaign_id: int
