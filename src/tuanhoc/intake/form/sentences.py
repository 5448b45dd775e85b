"""Sentences that name the activity first and its day after: "Hội thi kể chuyện, 8h00 ngày 03/10, tại sân trường"."""

import re
from dataclasses import dataclass

from .values import Window
from .when import When, leading
from .wording import bare

#: Where the words that say when can begin.
_CUT = re.compile(
    r"\s*[,:;(–-]\s*(?=\S)|\s+(?=(?:vao|luc|tu|trong|ngay|sang|chieu|toi|ca|thu|buoi|\d{1,2}\s*(?:h|g|gio|:))\b)"
    r"|\s+(?=\d{1,2}[hg/])"
)
_DAY = re.compile(r"\d{1,2}\s*(?:[/.]|thang)\s*\d{1,2}")
#: In front of a day that is not the activity's own.
_OF_PAPER = re.compile(
    r"(?:\d/[\w-]+|\bso \S+|\b(?:ke hoach|cong van|quyet dinh|nghi quyet|thong bao|van ban|chi thi)(?: so \S+)?"
    r"|\b(?:truoc|han (?:nop|chot|cuoi)|ky niem|chao mung|huong ung|nhan dip))(?:\W+ngay)?\W*$"
)
#: A sentence about the letter, not an activity.
_ABOUT = re.compile(
    r"\b(?:gui ve|nop|bao cao|can cu|de nghi|kinh gui|kinh moi|tran trong|hom nay|thuc hien|cap nhat)\b"
)
_AT = re.compile(r"\W*(?:(?:tai|dia diem|o)(?!\w)\s*:?\s*)")
_END = re.compile(r"[.;]\s+(?=[^\W\d_])")
_NUMBERED = re.compile(r"\((\d{1,2})\)\s*")
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence says: the activity, when, where, and what follows."""

    content: str
    when: When
    place: str
    rest: str


def told_at_end(text: str, window: Window, *, listed: bool) -> Told | None:
    """Read a sentence whose day, one of the window, stands after the activity; None when it is no such sentence.

    :param listed: a bullet or number in front says it is an item; any other sentence must name its place too.
    """
    plain = bare(text)
    if len(text) > _LONGEST or not _DAY.search(plain) or _ABOUT.search(plain):
        return None
    for cut in _CUT.finditer(plain):
        content = text[: cut.start()].strip(" ,:;(–-")
        if len(content.split()) < 2 or _OF_PAPER.search(bare(content)):
            continue
        found = leading(text[cut.end() :], window, free=True)
        if not found or not found[0].spans or found[0].is_doubtful:
            continue
        when, after = found
        if any(day is None or day not in window for span in when.spans for day in span):
            continue
        place, rest = _place_and_rest(after.rstrip(" ,:;.)" if "(" not in after else " ,:;."))
        if place or (listed and not rest):
            return Told(content, when, place, rest)
    return None


def _place_and_rest(after: str) -> tuple[str, str]:
    at = _AT.match(bare(after))
    if at is None:
        return "", after
    place = after[at.end() :]
    end = _END.search(place)
    where, rest = (place[: end.start()], place[end.end() :]) if end else (place, "")
    return (where.strip(" ,;"), rest) if len(where) <= 120 else ("", after)


def enumerated(line: str) -> list[str]:
    """Split "… 02 hoạt động: (1) Lớp …, 8h00 ngày 03/10; (2) Ngày hội …, 06/10" where each part names a day."""
    marks = list(_NUMBERED.finditer(line)) if "(2)" in line else []
    if [int(mark[1]) for mark in marks] != list(range(1, len(marks) + 1)) or not marks:
        return [line]
    ends = [*(mark.start() for mark in marks[1:]), len(line)]
    parts = [line[mark.end() : end].strip(" ;,.") for mark, end in zip(marks, ends, strict=True)]
    if not all(_DAY.search(bare(part)) for part in parts):
        return [line]
    before = line[: marks[0].start()].strip()
    return [*([before] if before else []), *(f"- {part}" for part in parts)]
