"""One file to what it says and whose it is believed to be. A part of ``intake.actions.forms``."""

import logging
from collections import Counter
from dataclasses import dataclass
from typing import Any

from tuanhoc.campaigns.models import Campaign
from tuanhoc.files import actions as files
from tuanhoc.intake.form import Window, form_apart
from tuanhoc.intake.rules.matching import Match, Roster, Sender, Signs
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.text import name_key
from tuanhoc.papers.reading import Document, Grid, Paragraph, Scan, Unreadable

log = logging.getLogger(__name__)
#: Lines before the table that may hold the letterhead.
_HEAD_LINES = 16


class ReaderFailed(Refusal):
    message = N_(
        "Phần mềm chưa đọc được tệp này (lỗi của phần mềm, không phải của đơn vị). Tệp gốc vẫn được giữ: "
        "có thể tải về, nhập tay, hoặc thử đọc lại sau."
    )


@dataclass(frozen=True, slots=True)
class Understood:
    """What a file gave: a reading and the unit it is believed to be from, or why not."""

    reading: dict[str, Any]
    match: Match
    refused_because: str = ""
    refusal: Refusal | None = None
    #: pages that are pictures, to be kept beside the form
    scans: tuple[Scan, ...] = ()


def not_read(refusal: Refusal) -> Understood:
    return Understood({}, Match(None, 0.0), str(refusal), refusal)


def understand(campaign: Campaign, data: bytes, name: str, roster: Roster, sender: Sender | None = None) -> Understood:
    """Read a file and say whose it is believed to be; never raises for what is in the file.

    :param sender: who sent it, when it came by mail.
    """
    try:
        files.check_for_viruses(data)
        document, reading = form_apart(data, name, Window(campaign.starts_on, campaign.ends_on))
    except (Unreadable, files.Infected, files.NotScanned) as refusal:
        return not_read(refusal)
    except Exception:
        # The wall between one strange file and the ninety-nine beside it; the log keeps what went wrong.
        log.exception("a form could not be read")
        return not_read(ReaderFailed())
    match = roster.match(_signs(document, reading["organisation"] or "", sender))
    return Understood(reading, match, scans=document.scans)


def _signs(document: Document, organisation: str, sender: Sender | None) -> Signs:
    """Gather what says who sent the form.

    The reader names an organisation from its line, else from the letterhead, else from the file's name:
    only the first is taken as the line; the others are looked at again as what they are.
    """
    head = _head_of(document)
    key = name_key(organisation)
    in_head = key in {name_key(line) for line in head}
    in_form = key in name_key("\n".join(line for block in document.blocks for line in _lines(block)))
    return Signs(
        organisation=organisation if in_form and not in_head else "",
        named_elsewhere=organisation if in_head else "",
        letterhead=head,
        file_name=document.name,
        sender=sender,
    )


def _lines(block: Paragraph | Grid) -> list[str]:
    if isinstance(block, Paragraph):
        return block.text.split("\n")
    return [line for cell in block.cells for line in cell.lines]


def _head_of(document: Document) -> list[str]:
    """Return the lines above the form's rows.

    The letterhead is often a table of its own, without borders; in a spreadsheet it is the first rows.
    """
    widest = max((b.rows * b.columns for b in document.blocks if isinstance(b, Grid)), default=0)
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            is_the_form = block.rows * block.columns == widest and block.columns > 2
            lines += _down_the_columns(block, until=_first_full_row(block) if is_the_form else block.rows)
            if is_the_form:
                break
        else:
            lines += _lines(block)
    return [line for line in lines if line.strip() and not _speaks_of_others(line)][:_HEAD_LINES]


def _first_full_row(grid: Grid) -> int:
    filled = Counter(cell.row for cell in grid.cells if cell.lines)
    return min((row for row, count in filled.items() if count > 2), default=0)


def _down_the_columns(grid: Grid, *, until: int) -> list[str]:
    """Return the lines of the rows before ``until``, column by column: the sender stands left, below its superior."""
    cells = sorted((cell for cell in grid.cells if cell.row < until), key=lambda cell: (cell.column, cell.row))
    return [line for cell in cells for line in cell.lines]


def _speaks_of_others(line: str) -> bool:
    """Whether a line names somebody the form is sent to or made because of."""
    first = line.strip().lower()
    return first.startswith(("kính gửi", "căn cứ", "thực hiện", "theo ", "(kèm", "kèm theo", "nơi nhận"))
