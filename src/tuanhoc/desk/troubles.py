"""Rows of a file that cannot be taken, those with one reason told once; and the whole list as a sheet to take away."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tuanhoc.files.rules import XLSX
from tuanhoc.lib.refusal import Refusal
from tuanhoc.lib.sentences import Sentence
from tuanhoc.papers.values import Table
from tuanhoc.papers.xlsx import to_xlsx
from tuanhoc.web.speech import said

#: Rows from which one reason is told once for all of them.
MANY = 4
#: Reasons shown; the sheet has every row.
SHOWN = 60


class RowProblem(Protocol):
    """A row that is not taken. ``line`` 0: the file as a whole."""

    @property
    def line(self) -> int:
        """Its line in the file, from 1."""

    @property
    def cells(self) -> Sequence[str]:
        """What stands in the row, when that helps to find it."""

    @property
    def text(self) -> Refusal | Sentence:
        """Why, in words."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One row with its reason, or a reason that many rows share: ``parts`` are then their own sentences."""

    words: str
    lines: Sequence[int]
    parts: Sequence[tuple[str, Sequence[int]]] = ()
    #: what stands in the row, of a single one
    cells: Sequence[str] = ()

    @property
    def is_shared(self) -> bool:
        """Whether it is told once for many rows."""
        return len(self.lines) >= MANY

    @property
    def where(self) -> str:
        """The lines in short: ``2, 5–9, 12``."""
        return in_short(self.lines)

    @property
    def spread(self) -> Sequence[tuple[str, str]]:
        """Each sentence of a reason that is worded differently from row to row, with its lines."""
        return [(words, in_short(lines)) for words, lines in self.parts]


def reasons(problems: Iterable[RowProblem]) -> list[Reason]:
    """Return the reasons, those with most rows first, then by their first line.

    Rows that say the same sentence are one reason; so are rows whose sentences differ in what fills them only, when
    there are many: ``Không có đơn vị nào có mã “…”``.
    """
    by_message: dict[str, dict[str, list[int]]] = {}
    cells: dict[int, Sequence[str]] = {}
    for problem in problems:
        alike = by_message.setdefault(problem.text.message, {})
        alike.setdefault(said(problem.text), []).append(problem.line)
        cells[problem.line] = problem.cells
    found = []
    for alike in by_message.values():
        if len(alike) >= MANY:
            first = next(iter(alike))
            every = sorted(line for lines in alike.values() for line in lines)
            found.append(Reason(_("Cùng một lý do, ví dụ: %(first)s") % {"first": first}, every, tuple(alike.items())))
        else:
            found += _told(alike, cells)
    return sorted(found, key=lambda reason: (-len(reason.lines) if reason.is_shared else 0, reason.lines[0]))


def _told(alike: Mapping[str, Sequence[int]], cells: Mapping[int, Sequence[str]]) -> Iterable[Reason]:
    for words, lines in alike.items():
        if len(lines) >= MANY:
            yield Reason(words, lines)
        else:
            yield from (Reason(words, [line], cells=cells[line]) for line in lines)


def in_short(lines: Sequence[int]) -> str:
    """Return lines as people write them: ``2, 5–9, 12``."""
    runs: list[list[int]] = []
    for line in sorted(set(lines)):
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)


def context(problems: Sequence[RowProblem]) -> dict[str, object]:
    """Return what ``desk/_troubles.html`` shows."""
    found = reasons(problems)
    return {"reasons": found[:SHOWN], "more_reasons": max(0, len(found) - SHOWN), "row_count": len(problems)}


def sheet(problems: Sequence[RowProblem], name: str) -> HttpResponse:
    """Give every row and its reason as an Excel sheet."""
    columns: tuple[str, ...] = (_("Dòng"), _("Lý do"))
    widths: tuple[float, ...] = (20.0, 240.0)
    rows: tuple[tuple[str, ...], ...] = tuple(
        (str(problem.line) if problem.line else "–", said(problem.text)) for problem in problems
    )
    if any(problem.cells for problem in problems):
        columns, widths = (*columns, _("Nội dung")), (20.0, 130.0, 110.0)
        rows = tuple((*row, " · ".join(problem.cells)) for row, problem in zip(rows, problems, strict=True))
    table = Table(columns=columns, widths_mm=widths, rows=rows)
    response = HttpResponse(to_xlsx(table, numbers=[0]), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
