"""A scanned form on its page: the pictures beside an entry grid."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from tuanhoc.campaigns.rules import days_of
from tuanhoc.desk import sheets
from tuanhoc.intake.models import FormFile

#: Days for which an empty row stands ready; a longer Week is filled in with "Thêm dòng".
_MOST_DAYS = 14


@dataclass(frozen=True, slots=True)
class ShownPage:
    """One page: where its picture is, and whether a machine suggested rows from it."""

    number: str
    address: str
    is_suggested: bool


def pages_of(form: FormFile) -> list[ShownPage]:
    """Return the pages of a scanned form in order, none for any other. One query for a scan."""
    if not is_scan(form):
        return []
    return [
        ShownPage(str(page.number), reverse("desk:form_page", args=[form.pk, page.number]), page.is_suggested)
        for page in form.pages.order_by("number")
    ]


def is_scan(form: FormFile) -> bool:
    return bool(form.reading.get("scan"))


def with_blank_rows(form: FormFile, rows: Sequence[sheets.ShownRow]) -> list[sheets.ShownRow]:
    """Return the rows of a form; where a scan has none yet, one stands ready for each day of the Week."""
    if rows or not is_scan(form) or form.state != FormFile.State.READ:
        return list(rows)
    first = len(form.reading.get("rows", []))
    days = days_of(form.campaign.starts_on, form.campaign.ends_on)[:_MOST_DAYS]
    return [sheets.blank(str(first + n), day) for n, day in enumerate(days)]
