"""Units that send Word and Excel: officers take the mail in twice a day, correct what was misread, confirm."""

import datetime as dt
import functools
import itertools
import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tuanhoc.activities import actions as activities
from tuanhoc.activities.models import Registration, State
from tuanhoc.activities.rules import ActivityDraft
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.intake.actions import confirming, forms
from tuanhoc.intake.actions.uploads import Upload, file_name
from tuanhoc.intake.models import FormFile
from tuanhoc.intake.rules import activity_draft, proposals
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.dates import HANOI

from . import fates
from .opening import DATA
from .people import reviewer_of

Step = tuple[dt.datetime, Callable[[dt.datetime], object]]
FORMS = DATA / "forms"


@dataclass(frozen=True, slots=True)
class _Mail:
    """One day's round: when the mail had come, when it was taken in, when it was confirmed."""

    came: dt.datetime
    taken: dt.datetime
    settled: dt.datetime


def _round(month: int, day: int, *hours: tuple[int, int]) -> _Mail:
    return _Mail(*(dt.datetime(2022, month, day, hour, minute, tzinfo=HANOI) for hour, minute in hours))


def _afternoon(day: int) -> _Mail:
    return _round(9, day, (15, 30), (16, 5), (16, 25))


#: The two rounds of a morning are for the time bar: at those stages forms wait in the inbox.
_ROUNDS = (*map(_afternoon, (21, 22, 23, 26, 27, 28)), _round(9, 29, (8, 5), (8, 30), (14, 10)), _afternoon(30))
_WEIGHTS = (1, 2, 4, 8, 10, 14, 9, 8)
_LATE = _round(10, 4, (8, 0), (8, 20), (14, 10))
_LATE_COUNT = 4
#: Small units; a district that is late is no sample of anything.
_MAY_BE_LATE = ("school_primary", "school_lower", "school_pre", "community_centre")


@functools.cache
def _truth() -> Mapping[str, Mapping[str, Any]]:
    """Return what each form says to a person who reads it, under its file name."""
    written: dict[str, dict[str, Any]] = json.loads((FORMS / "truth.json").read_text(encoding="utf-8"))
    return written


def senders(every: int) -> Mapping[str, str]:
    """Return file name -> key of the unit that sends it; with ``every`` only each n-th file."""
    return {name: _truth()[name]["unit"] for name in sorted(_truth())[::every]}


def form_steps(
    campaign: Campaign, hosts: Mapping[str, RosterUnit], sent: Mapping[str, str], turn: random.Random
) -> Iterator[Step]:
    """Return what happens to the forms ``sent``, and their acceptances."""
    late = [name for name, key in sent.items() if hosts[key].kind in _MAY_BE_LATE][:_LATE_COUNT]
    rounds = {name: _LATE if name in late else turn.choices(_ROUNDS, _WEIGHTS)[0] for name in sent}
    order = sorted(sent, key=lambda name: (rounds[name].came, hosts[sent[name]].reviewer_id or 0, name))
    for (mail, _), grouped in itertools.groupby(order, key=lambda n: (rounds[n], hosts[sent[n]].reviewer_id)):
        names = list(grouped)
        batch = {file_name(name): hosts[sent[name]] for name in names}
        bag = _Bag(campaign, names, batch, mail)
        yield mail.taken, bag.take_in
        yield mail.settled, bag.settle
        for host in batch.values():
            yield fates.sitting(turn, mail.settled), _acceptance(host)


@dataclass(slots=True)
class _Bag:
    """The forms of one round for one officer."""

    campaign: Campaign
    names: Sequence[str]
    hosts: Mapping[str, RosterUnit]
    mail: _Mail
    _taken: list[FormFile] = field(default_factory=list)

    @property
    def _officer(self) -> Actor:
        return reviewer_of(next(iter(self.hosts.values())))

    def take_in(self, at: dt.datetime) -> None:
        district = next(iter(self.hosts.values())).reviewer
        among = RosterUnit.objects.filter(campaign=self.campaign)
        if district is not None:
            among = among.within(district)
        received = forms.receive_forms(
            self.campaign,
            [Upload(name, (FORMS / name).read_bytes()) for name in self.names],
            among=among,
            taken_in_by=district,
            received_at=self.mail.came,
            by=self._officer,
            at=at,
        )
        self._taken = list(received.read)

    def settle(self, at: dt.datetime) -> None:
        """Confirm what was read; where the reader or the match was in doubt, the officer looks first."""
        for form in self._taken:
            host = self.hosts[file_name(form.name)]
            if form.open_points or form.host_id != host.pk:
                pieces = {piece.index: "" for piece in proposals.pieces_left(form.reading, form.settled)}
                forms.correct_form(form, host=host, rows=_corrected(form), pieces=pieces, by=self._officer, at=at)
        confirming.confirm_all(self._taken, by=self._officer, at=at)


def _corrected(form: FormFile) -> list[tuple[str, ActivityDraft]]:
    """Return the rows as the officer leaves them: a year mistyped is mended, what was not read is typed in."""
    rows = [(row.key, row.draft) for row in proposals.proposals(form.reading, form.corrected)]
    if not rows:
        seen = next(said for name, said in _truth().items() if file_name(name) == form.name)
        rows = [(str(n), activity_draft({**row, "source": ""})) for n, row in enumerate(seen["rows"])]
    return [(key, _in_year(draft, form.campaign.year)) for key, draft in rows]


def _in_year(draft: ActivityDraft, year: int) -> ActivityDraft:
    first, last = draft.held_on, draft.ends_on
    return replace(draft, held_on=first and first.replace(year=year), ends_on=last and last.replace(year=year))


def _acceptance(host: RosterUnit) -> Callable[[dt.datetime], None]:
    def act(at: dt.datetime) -> None:
        # A form that could not be confirmed still waits in the inbox.
        registration = Registration.objects.filter(host=host, state=State.SUBMITTED).first()
        if registration is not None:
            activities.accept_registration(registration, by=reviewer_of(host), at=at)

    return act
