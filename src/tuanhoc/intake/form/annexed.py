"""The annex as it comes inside the province's plan: what the plan prints before it is not the unit's."""

import re
from collections.abc import Sequence

from tuanhoc.papers.reading import Grid, Paragraph

from .grids import Lattice, headed
from .wording import bare, clean

_TITLE = re.compile(r"(?:phu luc\W*)?lich dang ky hoat dong\b.{0,80}")
_PLAN = re.compile(r"ke hoach\W*")
_PROVINCE = re.compile(r"(?:uy ban nhan dan|ubnd)? ?\W*tinh [\w\s-]{2,30}")


def annex_alone(blocks: Sequence[Paragraph | Grid]) -> Sequence[Paragraph | Grid]:
    """Return the blocks from the annex on when the whole plan of the province stands before it.

    A unit's own plan or letter stays: what it says may be no row, but it is the unit's.
    """
    at = next((n for n, block in enumerate(blocks) if isinstance(block, Paragraph) and _is_title(block)), 0)
    before = blocks[:at]
    if not any(isinstance(block, Grid) for block in blocks[at:]):
        return blocks
    lines = [bare(clean(line)) for block in before for line in _lines(block)]
    of_province = any(map(_PROVINCE.fullmatch, lines)) and any(map(_PLAN.fullmatch, lines))
    has_rows = any(isinstance(block, Grid) and headed(Lattice(block)) for block in before)
    return blocks[at:] if of_province and not has_rows else blocks


def _is_title(block: Paragraph) -> bool:
    return _TITLE.fullmatch(bare(clean(block.text))) is not None


def _lines(block: Paragraph | Grid) -> list[str]:
    if isinstance(block, Paragraph):
        return block.text.split("\n")
    return [line for cell in block.cells for line in (*cell.lines, cell.text.replace("\n", " "))]
