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


@dataclass(frozen=True, kw_only=True)
class JoinAsked:
    """A company, university or club asks to take part."""

    name: ClassVar[str] = "campaigns.join.asked"
    request_id: int
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class JoinAnswered:
    """It was taken into the roster, or declined with words."""

    name: ClassVar[str] = "campaigns.join.answered"
    request_id: int
    campaign_id: int
