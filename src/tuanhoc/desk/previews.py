"""A paper as a page shows it: the same words as the file, without its margins."""

from dataclasses import dataclass
from itertools import islice

from tuanhoc.papers import decree
from tuanhoc.papers.values import Annex, Code, OfficialDocument, Paragraph, Style, Table

#: rows of a table on the page; all of them are in the file
SHOWN = 12
#: a row after the bands that stand above it
Banded = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (``text``) or a table of the body."""

    css: str = ""
    text: str = ""
    table: Table | None = None
    rows: tuple[Banded, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class AnnexShown:
    """An annex, cut to its first rows."""

    label: str
    annex: Annex
    rows: tuple[Banded, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Preview:
    """A paper, its lines made."""

    document: OfficialDocument
    number: str
    place: str
    blocks: tuple[Block, ...]
    addressees: tuple[str, ...]
    recipients: tuple[str, ...]
    annexes: tuple[AnnexShown, ...]


def preview(document: OfficialDocument) -> Preview:
    """Return the paper to be shown."""
    bases = iter(
        decree.basis_lines([b.text for b in document.body if isinstance(b, Paragraph) and b.style is Style.BASIS])
    )
    blocks = []
    for block in document.body:
        if isinstance(block, Table):
            blocks.append(Block(table=block, rows=_first(block), more=_more(block)))
        elif isinstance(block, Code):
            blocks.append(Block(text=block.address))
        else:
            text = next(bases) if block.style is Style.BASIS else block.text
            blocks.append(Block(css=block.style.name.lower(), text=text))
    return Preview(
        document=document,
        number=decree.number_line(document.letterhead),
        place=decree.place_line(document.letterhead),
        blocks=tuple(blocks),
        addressees=tuple(decree.dashed_lines(document.addressees)),
        recipients=tuple(decree.recipient_lines(document)) if document.is_signed else (),
        annexes=tuple(
            AnnexShown(decree.annex_label(document.annexes, n), annex, _first(annex.table), _more(annex.table))
            for n, annex in enumerate(document.annexes)
        ),
    )


def _first(table: Table) -> tuple[Banded, ...]:
    return tuple(islice(table.banded(), SHOWN))


def _more(table: Table) -> int:
    return max(0, len(table.rows) - SHOWN)
