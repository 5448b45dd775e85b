"""The merged schedule as values that renderers print: a letter with its annexes, a sheet, a calendar."""

from collections.abc import Callable, Mapping

from tuanhoc.papers.csv import to_csv
from tuanhoc.papers.docx import to_docx
from tuanhoc.papers.ics import to_ics
from tuanhoc.papers.pdf import to_pdf

from .editions import Edition, edition_of_release, edition_of_unit, kept_as_printed, standing_edition
from .letter import schedule_letter
from .sheets import TREE_DAYS, happenings, lines_of_a_tree, merged_schedule, schedule_sheet

#: file ending -> how an edition is written in it
WRITERS: Mapping[str, Callable[[Edition], bytes]] = {
    "docx": lambda edition: to_docx(schedule_letter(edition)),
    "pdf": lambda edition: to_pdf(schedule_letter(edition)),
    "xlsx": lambda edition: schedule_sheet(edition.lines),
    "csv": lambda edition: to_csv(merged_schedule(edition.lines)),
    "ics": lambda edition: to_ics(happenings(edition.lines, at=edition.at), name=edition.title),
}

__all__ = [
    "TREE_DAYS",
    "WRITERS",
    "Edition",
    "edition_of_release",
    "edition_of_unit",
    "happenings",
    "kept_as_printed",
    "lines_of_a_tree",
    "merged_schedule",
    "schedule_letter",
    "schedule_sheet",
    "standing_edition",
]
