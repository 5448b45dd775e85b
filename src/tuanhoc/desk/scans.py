"""A scanned form on its page: the pictures beside an entry grid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tuanhoc.campaigns.rules import days_of
from tuanhoc.desk import sheets
from tuanhoc.desk.origins import Origin
from tuanhoc.intake.actions.rereading import may_read_again
from tuanhoc.intake.models import FormFile
from tuanhoc.papers import reading as papers

#: Days for which an empty row stands ready; a longer Week is filled in with "Thêm dòng".
_MOST_DAYS = 14


@dataclass(frozen=True, slots=True)
class ShownBox:
    """One cell on a page's picture, its place in hundredths written as SVG wants it; ``rows``: keys of its rows."""

    anchor: str
    x: str
    y: str
    width: str
    height: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownPage:
    """One page: where its picture is, and whether a machine suggested rows from it."""

    number: str
    address: str
    is_suggested: bool
    boxes: tuple[ShownBox, ...] = ()


def pages_of(form: FormFile) -> list[ShownPage]:
    """Return the pages of a scanned form in order, none for any other. One query for a scan."""
    if not is_scan(form):
        return []
    boxes = _boxes(form)
    return [
        ShownPage(
            str(page.number), reverse("desk:form_page", args=[form.pk, page.number]), page.is_suggested,
            tuple(_shown(at, rows) for at, rows in boxes.items() if at[0] == page.number),
        )
        for page in form.pages.order_by("number")
    ]  # fmt: skip


#: A page's number, and what stands where on it.
_At = tuple[int, float, float, float, float]


def origins_on_pages(form: FormFile) -> dict[str, Origin]:
    """Return where the rows suggested off a picture stand on it; as they were read, whoever changed them since."""
    return {
        str(key): Origin(
            cells=tuple(dict.fromkeys(_anchor(_at(box)) for box in row.get("boxes", ()))),
            **{box["holds"]: _anchor(_at(box)) for box in reversed(row.get("boxes", ())) if box["holds"]},
        )
        for key, row in enumerate(form.reading.get("rows", ()))
    }


def _boxes(form: FormFile) -> dict[_At, list[str]]:
    found: dict[_At, list[str]] = {}
    for key, row in enumerate(form.reading.get("rows", ())):
        for box in row.get("boxes", ()):
            found.setdefault(_at(box), []).append(str(key))
    return found


def _at(box: Mapping[str, Any]) -> _At:
    return box["page"], box["x"], box["y"], box["w"], box["h"]


def _anchor(at: _At) -> str:
    return "-".join(["anh", *(str(round(n * 100)) for n in at[:3])])


def _shown(at: _At, rows: Sequence[str]) -> ShownBox:
    x, y, width, height = (f"{n:.2f}" for n in at[1:])
    return ShownBox(_anchor(at), x, y, width, height, tuple(rows))


def may_be_suggested_now(form: FormFile) -> bool:
    """Whether a machine could suggest rows from pictures that none has read, and nobody has typed from."""
    unread = any(problem["code"] == "unreadable" for problem in form.reading.get("problems", ()))
    return is_scan(form) and unread and may_read_again(form) and papers.reads_pictures()


def is_scan(form: FormFile) -> bool:
    return bool(form.reading.get("scan"))


def with_blank_rows(form: FormFile, rows: Sequence[sheets.ShownRow]) -> list[sheets.ShownRow]:
    """Return the rows of a form; where a scan has none yet, one stands ready for each day of the Week."""
    if rows or not is_scan(form) or form.state != FormFile.State.READ:
        return list(rows)
    first = len(form.reading.get("rows", []))
    days = days_of(form.campaign.starts_on, form.campaign.ends_on)[:_MOST_DAYS]
    return [sheets.blank(str(first + n), day) for n, day in enumerate(days)]
