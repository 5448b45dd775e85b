"""What stands beside a registration on its page: the head's consent, who phoned, rows copied from an earlier Week."""

from collections.abc import Sequence
from dataclasses import dataclass

from tuanhoc.activities import queries
from tuanhoc.activities.access import must_ask_the_head
from tuanhoc.activities.models import BehalfEntry, HeadConfirmation, Registration
from tuanhoc.activities.rules import copied_from
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.desk.sheets import ShownRow
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import Refusal
from tuanhoc.units.queries.trees import lineage
from tuanhoc.web.speech import said


@dataclass(frozen=True, slots=True)
class Beside:
    """Facts beside the state. ``confirmation`` is the last one, answered or not."""

    confirmation: HeadConfirmation | None
    behalf: BehalfEntry | None
    #: the one who looks is not of this unit and nobody wrote down who phoned
    asks_who_phoned: bool
    #: handing in goes by the head
    asks_head: bool
    copied: int
    #: rows of the last accepted registration that could be copied
    lasting: int
    lasting_year: int | None

    @property
    def waits_for_head(self) -> bool:
        """Whether it is with the head now."""
        return self.confirmation is not None and self.confirmation.state == HeadConfirmation.State.WAITING


def beside(
    actor: Actor, host: RosterUnit, registration: Registration | None, rows: Sequence[ShownRow], *, writing: bool
) -> Beside:
    """Return what stands beside a registration. Five queries; two where nothing is being written."""
    behalf = queries.last_behalf(registration)
    lasting = last_rows_of(host) if writing else []
    return Beside(
        confirmation=queries.last_confirmation(registration),
        behalf=behalf,
        asks_who_phoned=writing and behalf is None and enters_for_another(actor, host),
        asks_head=writing and must_ask_the_head(actor, host),
        copied=sum(copied_from(row.typed.get("source", "")) is not None for row in rows),
        lasting=len(lasting),
        lasting_year=lasting[0].year if lasting else None,
    )


def last_rows_of(host: RosterUnit) -> list[queries.Lasting]:
    """Return last year's rows of a unit, of those it was made from too. Three queries."""
    return queries.last_rows(host, units=lineage(host.unit_id))


def enters_for_another(actor: Actor, host: RosterUnit) -> bool:
    """Whether what the actor writes is written for a unit that is not its own."""
    return all(seat.unit_id != host.unit_id for seat in actor.seats)


def told(refusal: Refusal) -> str:
    """Return a refusal's words in the reader's language."""
    return said(refusal)
