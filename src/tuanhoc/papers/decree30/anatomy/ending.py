"""The end of a document: who receives it, who signs it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tuanhoc.lib.text import fold
from tuanhoc.papers.decree30.reading import Grid, Line

from . import words
from .head import split_at_tab

_KEPT = re.compile(r"^[-–]?\s*luu\b")
_HINT = re.compile(r"^[(\[].*|.*[)\]]$")
_POSITION = re.compile(
    r"^(?:tm|kt|tl|tuq|q)\b|^(?:pho |quyen )?(?:chu tich|giam doc|bo truong|thu truong|hieu truong|truong|cuc truong|"
    r"chu nhiem|vien truong|tong giam doc|tong thu ky|thu ky|chu toa|bi thu|chanh|nguoi|dai dien)\b"
)


@dataclass(frozen=True, slots=True)
class Ending:
    """Recipients and signature, and where they stand in the body (block ``at``; -1: nowhere)."""

    label: Line | None = None
    #: the lines under ``Nơi nhận:``, those that go on joined to the one they go on with
    recipients: tuple[tuple[Line, ...], ...] = ()
    authority: tuple[Line, ...] = ()
    signer: Line | None = None
    #: recipients and signature begin in one row; None: the file does not tell
    level: bool | None = None
    #: each row stays on one page
    whole: bool = True
    at: int = -1


def find_ending(blocks: Sequence[Line | Grid]) -> Ending:
    """Return the last block of recipients and signature before any annex."""
    for position in range(len(blocks) - 1, -1, -1):
        block = blocks[position]
        if isinstance(block, Grid):
            found = _of_grid(block, position)
            if found is not None:
                return found
        elif words.RECIPIENTS.match(fold(block.text)):
            return _of_lines(blocks, position)
    return _signature_alone(blocks)


def _of_grid(grid: Grid, position: int) -> Ending | None:
    for n, (boxes, _whole) in enumerate(grid.rows):
        for k, box in enumerate(boxes):
            lines = [line for line in box.lines if line.text]
            at = next((i for i, x in enumerate(lines) if words.RECIPIENTS.match(fold(x.text))), None)
            if at is None:
                continue
            beside = [x for other in boxes[k + 1 :] for x in other.lines]
            below = [x for more, _w in grid.rows[n + 1 :] for other in more[k + 1 :] for x in other.lines]
            above = [x for more, _w in grid.rows[:n] for other in more[k + 1 :] for x in other.lines]
            signing = [*above, *beside, *below]
            authority, signer = _signed(signing)
            listed = [*lines[at + 1 :], *(x for m, _w in grid.rows[n + 1 :] for b in m[: k + 1] for x in b.lines)]
            starts = next((x for x in signing if x.text), None)
            return Ending(
                label=lines[at], recipients=_grouped(listed), authority=authority, signer=signer,
                level=None if starts is None else any(x is starts for x in beside) and at == 0,
                whole=all(whole for _boxes, whole in grid.rows), at=position,
            )  # fmt: skip
    return None


def _of_lines(blocks: Sequence[Line | Grid], position: int) -> Ending:
    """Read an ending set with tabs, or recipients below the signature."""
    left: list[Line] = []
    right: list[Line] = []
    for block in blocks[position:]:
        if isinstance(block, Grid) or words.ANNEX.match(fold(block.text)) or block.new_page:
            break
        before, after = split_at_tab(block)
        if after.text:
            right.append(after)
        listed = before.text.startswith(("-", "–", "+")) or words.RECIPIENTS.match(fold(before.text))
        (left if listed or after.text else right).append(before)
    authority, signer = _signed(right)
    if not authority:
        above = _signature_alone(blocks[:position])
        authority, signer = above.authority, above.signer
        position = above.at if above.at >= 0 else position
    texts = [line for line in left if line.text]
    return Ending(texts[0], _grouped(texts[1:]), authority, signer, at=position)


def _signature_alone(blocks: Sequence[Line | Grid]) -> Ending:
    """Find a signature without recipients: lines that begin with an authority or position, in capitals."""
    for position in range(len(blocks) - 1, -1, -1):
        block = blocks[position]
        if isinstance(block, Line) and block.text.isupper() and _POSITION.match(fold(block.text)):
            first = position
            while first and _goes_up(blocks[first - 1]):
                first -= 1
            lines = [b for b in blocks[first:] if isinstance(b, Line)]
            authority, signer = _signed(lines)
            return Ending(authority=authority, signer=signer, at=first)
    return Ending()


def _goes_up(block: Line | Grid) -> bool:
    return isinstance(block, Line) and block.text.isupper() and bool(_POSITION.match(fold(block.text)))


def _signed(lines: Sequence[Line]) -> tuple[tuple[Line, ...], Line | None]:
    """Tell authority and position from the name: the name is the last line, after room to sign or not in capitals."""
    texts: list[tuple[Line, float]] = []
    room = 0.0
    for line in lines:
        if line.text and not line.is_rule and not _HINT.match(line.text):
            texts.append((line, room + line.before))
            room = line.after
        else:
            room += line.before + line.after + 14
    if not texts:
        return (), None
    last, gap = texts[-1]
    named = len(texts) > 1 and (gap > 20 or not last.text.isupper()) and not _POSITION.match(fold(last.text))
    authority = tuple(line for line, _gap in (texts[:-1] if named else texts))
    return authority, last if named else None


def _grouped(lines: Sequence[Line]) -> tuple[tuple[Line, ...], ...]:
    groups: list[list[Line]] = []
    for line in lines:
        if not line.text:
            continue
        dashed = line.text.startswith(("-", "–", "+", "•", "*"))
        if groups and not dashed and _KEPT.match(fold(groups[-1][0].text)) and groups[-1][-1].text.endswith("."):
            # What stands under the last recipient, a telephone or a note, is none.
            break
        if groups and not dashed and (line.goes_on or _hangs(groups[-1][-1])):
            groups[-1].append(line)
        else:
            groups.append([replace(line)])
    return tuple(tuple(group) for group in groups)


def _hangs(line: Line) -> bool:
    return not line.text.endswith((";", "."))
