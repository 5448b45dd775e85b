"""A form pasted into a mail: its lines, and apart from them the signature below and the mail it answers."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tuanhoc.papers.reading import Grid, Paragraph

from .days import TOKEN
from .values import Unplaced
from .wording import bare, clean

_QUOTED = re.compile(r"^\s*>+\s?")
_WROTE = re.compile(r".*\b(?:da viet|wrote|viet)\s*:\s*")
_OLDER = re.compile(
    r"\W*(?:original message|forwarded message|thu goc|tin nhan goc|thu chuyen tiep|thu da chuyen tiep)\W*"
    r"|(?:from|tu|nguoi gui)\s*:.*(?:@|<).*"
)
_OF_HEAD = re.compile(r"(?:from|to|cc|sent|date|subject|tu|den|toi|ngay|chu de|tieu de|nguoi gui|da gui)\s*:.*")
_CLOSING = re.compile(
    r"(?:--\s*|(?:xin )?(?:tran trong|chan thanh|cam on|kinh chao|kinh thu|than ai|than men|than)\b.{0,50}"
    r"|(?:em|toi|chung toi|nha truong|don vi)? ?(?:xin )?cam on\b.{0,40}|(?:best )?regards\W*)"
)
#: Nobody signs with more lines.
_LONGEST_TAIL = 25


def apart(blocks: Sequence[Paragraph | Grid]) -> tuple[Sequence[Paragraph | Grid], list[Unplaced], bool]:
    """Part a letter without tables: its own lines, the pieces below them, and whether the lines are quoted ones.

    A mail that only passes on an older one is read as if that were its own.
    """
    lines = [block for block in blocks if isinstance(block, Paragraph)]
    if len(lines) != len(blocks):
        return blocks, [], False
    at = next((n for n, line in enumerate(lines) if _begins_older(lines, n)), len(lines))
    own: Sequence[Paragraph] = lines[:at]
    older = lines[at:]
    below = [line for line in older if not (_QUOTED.match(line.text) or _is_head(line))]
    if len(below) < len(older) and any(_QUOTED.match(line.text) for line in older) and _has_days(below):
        # The answer stands below what it answers.
        own, older = [*own, *below], [line for line in older if line not in below]
    if older and not _has_days(own) and _has_days(older[1:]):
        passed_on = [replace(line, text=_QUOTED.sub("", line.text, count=1)) for line in older]
        head = [line for line in passed_on[:12] if _is_head(line)]
        kept = [line for line in passed_on if line not in head]
        return [*own, *kept], _piece(head), True
    own, signature = _unsigned(own)
    return own, [*_piece(signature), *_piece(older)], False


def _begins_older(lines: Sequence[Paragraph], n: int) -> bool:
    plain = bare(clean(lines[n].text))
    following = next((line.text for line in lines[n + 1 : n + 4] if line.text.strip()), "")
    quoted = _QUOTED.match(lines[n].text) is not None
    return (
        quoted or _OLDER.fullmatch(plain) is not None or (bool(_WROTE.fullmatch(plain)) and following.startswith(">"))
    )


def _is_head(line: Paragraph) -> bool:
    plain = bare(clean(line.text))
    return any(pattern.fullmatch(plain) for pattern in (_OLDER, _OF_HEAD, _WROTE))


def _has_days(lines: Iterable[Paragraph]) -> bool:
    texts = (bare(clean(line.text)) for line in lines)
    return any(m["n"] is None and m["serial"] is None for text in texts for m in TOKEN.finditer(text[:400]))


def _unsigned(lines: Sequence[Paragraph]) -> tuple[Sequence[Paragraph], Sequence[Paragraph]]:
    """Part a letter from its closing words and who signs it."""
    for n in range(max(0, len(lines) - _LONGEST_TAIL), len(lines)):
        closes = _CLOSING.fullmatch(bare(clean(lines[n].text))) is not None
        if closes and _has_days(lines[:n]) and not _has_days(lines[n:]):
            return lines[:n], lines[n:]
    return lines, []


def _piece(lines: Sequence[Paragraph]) -> list[Unplaced]:
    """Return lines as one piece, to be set aside at once."""
    written = [line for line in lines if clean(line.text)]
    if not written:
        return []
    first, last = written[0].where, written[-1].where
    where = first if first == last else f"{first} – {last}"
    return [Unplaced(where, " / ".join(clean(line.text) for line in written))]
