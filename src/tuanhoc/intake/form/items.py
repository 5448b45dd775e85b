"""One cell, several items: bullets, numbers and lines that begin anew; a wrapped line is no new item."""

import re
from dataclasses import dataclass

from .values import Window
from .when import NOTHING, When, leading, only_when
from .wording import bare, bulleted, clean, is_blank

_INLINE = re.compile(r"[;.]\s*(?=[-–•+*▪]\s*[^\W\d_])|(?<=\S)\s+(?=[•▪➢✓]\s*\w)|;\s*(?=\d{1,2}[.)]\s*[^\W\d_])")
#: A line that ends so goes on in the next.
_GOES_ON = re.compile(
    r"(?:[,(\-–“\"/&:]|\b(?:cua|va|tai|ve|cho|voi|trong|cac|nhung|nam|o|do|den|tu|la|bang|theo|hoac"
    r"|chu de|de|nham|duoc))$"
)
_OF_A_PLACE = re.compile(r"\b(?:huyen|xa|tinh|phuong|thi tran|thanh pho|thon)$")
_DETAIL = re.compile(
    r"(?:thanh phan|doi tuong|chu tri|don vi|dia diem|thoi gian|so luong|lien he|link|duong dan|hinh thuc"
    r"|du kien|kinh phi"
    r"|nguoi phu trach|phu trach|phoi hop|ghi chu|dien thoai|sdt|zalo|email|bao gom|chu de|noi dung)\b[^:]{0,25}:"
)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a cell, the label of time that stood in front of it, and what was concluded: codes of reasons."""

    text: str
    when: When = NOTHING
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """The items of a cell; ``intro`` is a line in front of a list ("Tổ chức các hoạt động:")."""

    items: tuple[Item, ...]
    intro: str = ""


def items_of(lines: tuple[str, ...], window: Window) -> Items:
    """Split the lines of a content cell into items."""
    if len(lines) == 1 and not bulleted(lines[0]):  # as most
        parts = _at_times(lines[0], window)
        how = "item_of_lines" if len(parts) > 1 else ""
        return Items(tuple(_item([part], NOTHING, window, how) for part in parts))
    whole = [part for line in lines for part in _inline(line) if not is_blank(part)]
    heads = [bulleted(line) for line in whole]
    top = next((head[0] for head in heads if head), None)
    texts: list[list[str]] = []
    whens: list[When] = []
    intro: list[str] = []
    standing = NOTHING
    waiting: list[str] = []
    for line, head in zip(whole, heads, strict=True):
        label = _label(head[1] if head else line, window)
        if label and not (texts and _DETAIL.match(bare(line))):
            standing = label if label.has_day else label.over(When(standing.spans))
            waiting.append(line)
            continue
        is_new = bool(waiting) or _begins(line, head, top, texts[-1] if texts else None, window)
        waiting = []
        if is_new and _is_intro(line, head, top, bool(texts)):
            intro.append(line)
        elif is_new:
            texts.append([head[1] if head else line])
            whens.append(standing)
        else:
            texts[-1].append(line)
    if waiting:  # a label with nothing after it is content like any other
        texts, whens = (
            ([*texts, waiting], [*whens, NOTHING]) if not texts else ([*texts[:-1], texts[-1] + waiting], whens)
        )
    how = "" if len(texts) < 2 else "item_of_list" if top else "item_of_lines"
    found = [_item(text, when, window, how) for text, when in zip(texts, whens, strict=True)]
    if intro and not found:
        return Items((Item(clean(" ".join(intro))),))
    return Items(tuple(found), clean(" ".join(intro)))


_TIMED = (
    r"(?:(?:tu |luc |den )?\d{1,2}\s*(?:gio|h|g|:)\s?(?:\d|:|\s?[-–])|(?:ngay |sang |chieu |toi )?\d{1,2}/\d{1,2}\s*:"
    r"|(?:buoi )?(?:sang|chieu|toi)\s*:)"
)
_BEGINS_TIMED = re.compile(_TIMED)
_TIMED_AFTER = re.compile(r"[;.,]\s+(?=" + _TIMED + ")")


def _at_times(line: str, window: Window) -> list[str]:
    """Split "7h30: Khai mạc; 9h00: Hội thi": a sentence whose every part begins with an hour or day of its own."""
    plain = bare(line)
    if not _BEGINS_TIMED.match(plain) or not (cuts := list(_TIMED_AFTER.finditer(plain))):
        return [line]
    starts = [0, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() for cut in cuts), len(line)]
    parts = [line[a:b].strip() for a, b in zip(starts, ends, strict=True)]
    labels = [leading(part, window) for part in parts]
    return parts if all(label and label[1] and not label[0].is_doubtful for label in labels) else [line]


def lines_as_items(lines: tuple[str, ...]) -> list[str]:
    """Split a place, note or host cell: bullets, or else lines that begin anew."""
    found: list[str] = []
    for line in (part for whole in lines for part in _inline(whole) if not is_blank(part)):
        head = bulleted(line)
        if head or not found or not (_continues(line) or _goes_on(found[-1], line)):
            found.append(head[1] if head else line)
        else:
            found[-1] += " " + line
    return [clean(text).rstrip(";") for text in found]


def _inline(line: str) -> list[str]:
    if not bulleted(line):
        return [line]
    parts: list[str] = []
    start = 0
    for cut in _INLINE.finditer(line):
        parts.append(line[start : cut.start() + (line[cut.start()] == ".")])
        start = cut.end()
    return [part.strip() for part in [*parts, line[start:]] if part.strip()]


def _label(text: str, window: Window) -> When | None:
    """Return the time a line names when it says nothing else: "Buổi sáng:", "Ngày 03/10"."""
    if len(text) > 60:
        return None
    when = only_when(text, window)
    said = when.has_time or when.has_day
    return when if said and not when.is_doubtful else None


def _is_intro(line: str, head: tuple[str, str] | None, top: str | None, begun: bool) -> bool:
    return head is None and top is not None and not begun and line.rstrip().endswith(":")


def _begins(line: str, head: tuple[str, str] | None, top: str | None, above: list[str] | None, window: Window) -> bool:
    """Whether a line begins an item: in a list its bullet says so, elsewhere its first letter and the line above."""
    if above is None or (head is not None and head[0] == top):
        return True
    if head is not None or _DETAIL.match(bare(line)):
        return False
    if leading(line, window):
        return True
    wraps = top is not None or _continues(line) or _goes_on(above[-1], line) or _is_open(" ".join(above))
    return not wraps


def _goes_on(above: str, line: str) -> bool:
    """Whether a line ends in the middle of a phrase: on a small word, or on "huyện" before the name of one."""
    end = bare(above).rstrip()
    if _GOES_ON.search(end):
        return True
    words = line.split()
    return _OF_A_PLACE.search(end) is not None and len(words) <= 4 and all(word[:1].isupper() for word in words)


def _continues(line: str) -> bool:
    """Whether a line goes on with the one above: lower case, a bracket, a bare number."""
    first = line.lstrip("“\"'")[:1]
    if line[:1] in '“"':
        return True
    return first.islower() or first in "(,;./)" or bool(re.match(r"(?!0)\d{1,4}\b(?!\s*(?:[hg:/.)]|giờ))", line))


def _is_open(text: str) -> bool:
    return text.count("(") > text.count(")") or text.count("“") > text.count("”")


def _item(text: list[str], when: When, window: Window, how: str) -> Item:
    whole = clean(" ".join(text))
    unsure = any(not line[:1].islower() for line in text[1:])
    reasons = (*((how,) if how else ()), *(("lines_joined",) if unsure else ()))
    found = leading(whole, window)
    if found and found[1]:
        when, whole = found[0].over(when), whole if found[0].is_doubtful else found[1]
    return Item(whole.rstrip(";").rstrip() if how else whole, when, reasons)
