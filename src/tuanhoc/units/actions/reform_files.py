"""A whole reform from a file: steps as an office lists them, or worked out from the State's list of areas."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction

from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.sentences import Day, Sentence
from tuanhoc.units import queries, reform_sheets, rules
from tuanhoc.units.models import Reform, Unit
from tuanhoc.units.rules.derived import COMMITTEES, derived
from tuanhoc.units.rules.reforms import Doing, Step
from tuanhoc.web.speech import codes_of, on_paper

from . import load_areas
from .reforms import Order, Problem, Seen, carry_out, preview, units_of


class NothingFollows(Refusal):
    message = N_("Danh mục địa bàn không có thay đổi nào từ ngày %(day)s đối với các đơn vị này.")


_NO_CODE = N_(
    "%(n)s ủy ban nhân dân chưa gắn mã địa bàn nên đứng ngoài đợt này (ví dụ “%(name)s”). "
    "Muốn đưa vào: nạp lại danh sách đơn vị có cột “Mã địa bàn”."
)


#: what a unit does not outlive, unless it ``stays``
_ENDS = frozenset({Doing.MERGE, Doing.SPLIT, Doing.CLOSE})


class NoCodes(Refusal):
    message = N_(
        "Chưa suy ra được gì từ danh mục: %(n)s trong %(all)s ủy ban nhân dân chưa gắn mã địa bàn (ví dụ “%(name)s”). "
        "Vui lòng nạp lại danh sách đơn vị có cột “Mã địa bàn” theo mã của Nhà nước trước ngày sắp xếp, rồi làm lại."
    )


@dataclass(frozen=True, slots=True)
class Given:
    """A file as given: ``areas`` is its text where it is a list of areas, else ``steps`` are its rows."""

    steps: Sequence[Step] = ()
    problems: Sequence[rules.RowProblem] = ()
    unused: Sequence[str] = ()
    areas: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """A reform looked at before it is done."""

    steps: Sequence[Step]
    seen: Seen
    problems: Sequence[Problem | rules.RowProblem]
    #: what the list of areas leaves open; the reform can be done all the same
    unclear: Sequence[Sentence] = ()
    unused: Sequence[str] = ()


def given_file(data: bytes) -> Given:
    """Return what a reform file holds: steps, or a list of areas (``level,code,name,…``).

    :raises Refusal: neither.
    """
    if not data.startswith(b"PK") and data.lstrip(b"\xef\xbb\xbf").startswith(b"level,code,"):
        return Given(areas=data.decode("utf-8-sig", "replace"))
    read = reform_sheets.read_reform_file(data, codes_of(Unit.Kind.choices))
    return Given(read.steps, read.problems, read.unused)


def kind_words() -> dict[str, str]:
    """Return the kinds of unit, code -> label."""
    return on_paper(Unit.Kind.choices)


def steps_file(steps: Sequence[Step]) -> bytes:
    """Return steps as the .xlsx that :func:`given_file` reads back; without steps, the template to fill in."""
    return reform_sheets.file_of(steps, kind_words())


def look(given: Sequence[Given], order: Order, *, within: Collection[int] | None, at: dt.datetime) -> Looked:
    """Look at what a reform would do. Nothing is written.

    :raises NothingFollows: a list of areas changes nothing for these units on the day.
    """
    with transaction.atomic():
        steps, unclear = _steps(given, order, within)
        seen = preview(steps, order, within=within, at=at)
        transaction.set_rollback(True)
    problems: list[Problem | rules.RowProblem] = [problem for one in given for problem in one.problems]
    problems = sorted([*problems, *seen.problems], key=lambda problem: problem.line)
    return Looked(steps, seen, problems, unclear, [head for one in given for head in one.unused])


def left_before(on: dt.date, *, within: Collection[int] | None) -> list[dt.date]:
    """Return the days of earlier reforms in the list of areas that these units have not been through, oldest first.

    A later reform builds on them: worked out without them it leaves units standing that were merged long before.
    Five queries a day.
    """
    made = set(Reform.objects.filter(undone_at=None, on__lt=on).values_list("on", flat=True))
    return [day for day in queries.reform_days() if day < on and _is_left(day, made, within)]


def _is_left(day: dt.date, made: Collection[dt.date], within: Collection[int] | None) -> bool:
    units, areas, taken = queries.facts_before(day, within=within)
    steps = derived(units, areas, day, taken=taken).steps
    ending = {step.key for step in steps if step.what in _ENDS and not step.stays}
    if not ending:
        return bool(steps) and day not in made
    return any(queries.stands_on(unit, day) for unit in Unit.objects.filter(key__in=ending))


@transaction.atomic
def carry_out_file(
    given: Sequence[Given], order: Order, *, within: Collection[int] | None, by: Actor, at: dt.datetime
) -> Reform:
    """Do a whole reform from files, or nothing of it.

    :raises Refusal: a row cannot be read or done.
    """
    steps, _unclear = _steps(given, order, within)
    for problem in (problem for one in given for problem in one.problems):
        raise RowRefused(line=problem.line, why=problem.text)
    reform = carry_out(steps, order, within=within, by=by, at=at)
    if lines := sum(one.areas.count("\n") for one in given):
        # One list for the whole country: who brought it is remembered, though the reform alone can be undone.
        told = {"name": reform.title, "rows": lines, **journal.change("areas", "unsaid", "loaded")}
        journal.write("units.areas.load", by=by, on=reform, at=at, units=units_of(reform), details=told)
    return reform


class RowRefused(Refusal):
    message = N_("Dòng %(line)s: %(why)s")


def _steps(
    given: Sequence[Given], order: Order, within: Collection[int] | None
) -> tuple[Sequence[Step], Sequence[Sentence]]:
    steps = [step for one in given for step in one.steps]
    lists = [one.areas for one in given if one.areas]
    for text in lists:
        load_areas(text)
    if not lists and given:
        return steps, ()
    units, areas, taken = queries.facts_before(order.on, within=within)
    worked = derived(units, areas, order.on, taken=taken)
    bodies = [unit for unit in units if unit.kind in COMMITTEES.values()]
    bare = [unit for unit in bodies if unit.area is None]
    if not worked.steps and bare:
        raise NoCodes(n=len(bare), all=len(bodies), name=bare[0].name)
    if not worked.steps:
        raise NothingFollows(day=Day(order.on))
    left = [Sentence(_NO_CODE, {"n": len(bare), "name": bare[0].name})] if bare else []
    return [*steps, *worked.steps], [*left, *worked.unclear]
