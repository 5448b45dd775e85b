"""What campaigns publish."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class CallOpened:
    """Units are asked to register; the roster is frozen."""

    name: ClassVar[str] = "campaigns.call.opened"
    campaign_id: int
    expected_count: int
