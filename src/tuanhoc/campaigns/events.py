"""What campaigns publish."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class CallOpened:
    """Units are asked to register; the roster is frozen."""

    name: ClassVar[str] = "campaigns.call.opened"
    campaign_id: int
    expected_count: int


@dataclass(frozen=True, kw_only=True)
class EditionCarriedOver:
    """A Week was made from the one before: what other rooms keep of that one goes on."""

    name: ClassVar[str] = "campaigns.edition.carried_over"
    campaign_id: int
    after_id: int


@dataclass(frozen=True, kw_only=True)
class DeadlineMoved:
    """Deadlines of a Week were moved, or put back (``is_back``); ``host_ids`` are the units whose own one changed."""

    name: ClassVar[str] = "campaigns.deadline.moved"
    campaign_id: int
    move_id: int
    host_ids: Sequence[int]
    is_back: bool = False


@dataclass(frozen=True, kw_only=True)
class ExceptionsGiven:
    """Units were given more time, at one stroke."""

    name: ClassVar[str] = "campaigns.exceptions.given"
    exception_ids: Sequence[int]


@dataclass(frozen=True, kw_only=True)
class ExceptionTakenBack:
    """An exception was ended before its time."""

    name: ClassVar[str] = "campaigns.exception.taken_back"
    exception_id: int


@dataclass(frozen=True, kw_only=True)
class UnlockAsked:
    """A locked unit asks to be let in."""

    name: ClassVar[str] = "campaigns.unlock.asked"
    campaign_id: int
    request_id: int


@dataclass(frozen=True, kw_only=True)
class UnlockAnswered:
    """It was answered: let in, or not."""

    name: ClassVar[str] = "campaigns.unlock.answered"
    request_id: int


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
