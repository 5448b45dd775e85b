"""What notices tell themselves: work for everybody is done in parts, each in a short transaction of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, kw_only=True)
class MailingPart:
    """Some of the letters about a happening that concerns many units are to be written.

    ``template`` names the letter; ``of_id`` what it is about (a Week, a move of deadlines, a release); ``ids`` are
    those it goes to: roster units, or the exceptions they were given.
    """

    name: ClassVar[str] = "notices.mailing.part"
    template: str
    of_id: int
    ids: Sequence[int]
    is_back: bool = False


@dataclass(frozen=True, kw_only=True)
class RoundPart:
    """Some of the letters of a pressed round are to be written, as planned when the button was pressed.

    ``letters`` have ``to``, ``name``, ``language``, ``own`` and ``below``; the last two are lists of ``[roster unit, step,
    the day the unit above is asked, deadline]``. ``heads`` are pairs of a consent that is waited for and its head's
    address.
    """

    name: ClassVar[str] = "notices.round.part"
    round_id: int
    #: the Week's time of the press, and the machine's before which none leaves
    at: str
    due_at: str
    letters: Sequence[dict[str, Any]] = ()
    heads: Sequence[Sequence[Any]] = ()
