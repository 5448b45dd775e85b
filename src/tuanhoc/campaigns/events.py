"""What campaigns publish."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class CallOpened:
    """Units are asked to register; the roster is frozen."""

    name: ClassVar[str] = "campaigns.call.opened"
    campaign_id: int
    expected_count: int


@dataclass(frozen=True, kw_only=True)
class DeadlineMoved:
    """The common deadline of an open call was moved; ``closes_at`` is the new first moment that is too late."""

    name: ClassVar[str] = "campaigns.deadline.moved"
    campaign_id: int
    closes_at: str
