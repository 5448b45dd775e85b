"""Reforms: renaming, moving, splitting, merging, closing and reopening units from a day on; undoing it."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db import transaction
from django.db.models import F, Q

from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.refusal import Refusal
from tuanhoc.units.models import Reform, Unit, UnitName
from tuanhoc.units.rules.reforms import Doing, Step, in_order

from .carrying import Carrying, Told
from .ledger import take_back
from .refusals import NoSuchUnit, NotAllPossible, NothingToDo, UndoneAlready, WaitsForNew

__all__ = ["Order", "Problem", "Seen", "carry_out", "preview", "settle_names", "undo", "units_of"]


@dataclass(frozen=True, slots=True)
class Order:
    """What a reform is called, from which day it holds, and the document it rests on."""

    on: dt.date
    title: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a step cannot be done. ``line`` 0: the reform as a whole."""

    line: int
    refusal: Refusal
    #: what stands in the row; a step is found by its line
    cells: Sequence[str] = ()

    @property
    def text(self) -> Refusal:
        """What to say, as of a row that cannot be read."""
        return self.refusal


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reform would do: every change in words, every step that cannot be done, and why."""

    told: Sequence[Told]
    problems: Sequence[Problem]
    counts: dict[str, int]


def preview(steps: Sequence[Step], order: Order, *, within: Collection[int] | None = None, at: dt.datetime) -> Seen:
    """Do the whole reform, look at what came of it, and take it back: nothing is written.

    :param within: ids of the units that may be changed and hung under; None: all.
    """
    with transaction.atomic():
        carrying = Carrying(order.on, order.basis, within=within, today=at.astimezone(HANOI).date())
        problems = _carry(carrying, steps)
        transaction.set_rollback(True)
    return Seen(carrying.told, problems, dict(Counter(told.what.value for told in carrying.told)))


@transaction.atomic
def carry_out(
    steps: Sequence[Step], order: Order, *, within: Collection[int] | None = None, by: Actor, at: dt.datetime
) -> Reform:
    """Do every step of a reform, or none.

    Units under one that closes go to its main successor, else to the unit above it.

    :param within: ids of the units that may be changed and hung under; None: all.
    :raises Refusal: a step is not possible; of several, :class:`NotAllPossible`.
    """
    if not steps:
        raise NothingToDo
    carrying = Carrying(order.on, order.basis, within=within, today=at.astimezone(HANOI).date())
    problems = _carry(carrying, steps)
    if len(steps) == 1 and problems:
        raise problems[0].refusal
    if problems:
        raise NotAllPossible(n=len(problems), first=problems[0].refusal)
    counts = Counter(told.what.value for told in carrying.told)
    title = order.title or carrying.told[0].words
    reform = Reform.objects.create(
        title=title[:300], on=order.on, basis=order.basis[:300], counts=counts, steps=carrying.ledger.steps,
        told=[told.as_row() for told in carrying.told], made_at=at, by_name=by.name[:200],
    )  # fmt: skip
    for what, changes in groupby(carrying.told, key=lambda told: told.what):
        things = [
            journal.Thing(
                told.unit,
                {"before": told.before, "after": told.after, "on": order.on.isoformat(), "reform": reform.pk},
                units=(told.unit.pk, *told.others),
            )
            for told in changes
        ]
        journal.write_each(f"units.unit.{what.value}", things, by=by, at=at)
    details = {
        "name": reform.title, "basis": reform.basis, "on": order.on.isoformat(), "counts": dict(counts),
        **journal.change("state", journal.ABSENT, "made"),
    }  # fmt: skip
    journal.write("units.reform.make", by=by, on=reform, at=at, units=units_of(reform), details=details)
    return reform


def units_of(reform: Reform) -> set[int]:
    """Return the ids of every unit a reform speaks of. No query."""
    return {pk for row in reform.told for pk in (int(row["unit"]), *row.get("others", ()))}


def _carry(carrying: Carrying, steps: Sequence[Step]) -> list[Problem]:
    problems = []
    #: key of a unit that could not be founded -> the step that is to be mended first
    not_founded: dict[str, Step] = {}
    for step in in_order(steps):
        try:
            carrying.do(step)
        except Refusal as refusal:
            # A hundred rows that name one missing unit are one problem: they say which row to mend.
            first = not_founded.get(str(refusal.params.get("key"))) if isinstance(refusal, NoSuchUnit) else None
            if step.what is Doing.NEW:
                not_founded.setdefault(step.key, first or step)
            waits = WaitsForNew(name=first.name, key=first.key, line=first.line) if first else refusal
            problems.append(Problem(step.line, waits))
    try:
        carrying.finish()
    except Refusal as refusal:
        problems.append(Problem(0, refusal))
    return sorted(problems, key=lambda problem: problem.line)


@transaction.atomic
def undo(reform: Reform, *, by: Actor, at: dt.datetime) -> None:
    """Take back everything a reform wrote, as if it had never been; the journal keeps both.

    :raises UndoneAlready: by an earlier click.
    :raises SomethingHangsOnIt: rows it wrote were changed since, or others hang on a unit it founded.
    """
    taken = Reform.objects.filter(pk=reform.pk, undone_at=None).update(undone_at=at, undone_by=by.name[:200])
    if not taken:
        raise UndoneAlready
    take_back(reform.steps)
    reform.refresh_from_db()
    journal.write(
        "units.reform.undo", by=by, on=reform, at=at, units=units_of(reform),
        details={"name": reform.title, "counts": reform.counts, **journal.change("state", "made", "undone")},
    )  # fmt: skip


@transaction.atomic
def settle_names(*, at: dt.datetime) -> int:
    """Let every unit be called what it is called on the day of ``at``; return how many changed. For the worker.

    A rename told ahead shows on its day. No journal: the rename itself stands there.
    """
    today = at.astimezone(HANOI).date()
    due = UnitName.objects.exclude(name=F("unit__name")).filter(
        Q(valid_from=None) | Q(valid_from__lte=today), Q(valid_to=None) | Q(valid_to__gte=today)
    )
    changed = [(row.unit_id, row.name) for row in due]
    for unit_id, name in changed:
        Unit.objects.filter(pk=unit_id).update(name=name)
    return len(changed)
