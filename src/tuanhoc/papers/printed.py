"""What a document of our own prints: made and read again here, no stranger's hand between."""

from collections.abc import Iterator

from .docx import to_docx
from .reading import Grid, read
from .values import Annex, OfficialDocument


def lines_of(document: Annex | OfficialDocument) -> Iterator[str]:
    """Yield every line of a document as a reader of its Word file finds it, cells and margins too."""
    printed = read(to_docx(document), "")
    for block in (*printed.margins, *printed.blocks):
        if isinstance(block, Grid):
            for cell in block.cells:
                yield from cell.lines
        else:
            yield from block.text.split("\n")
