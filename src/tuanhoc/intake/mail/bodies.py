"""The words of a message: HTML made text, quoted history left out."""

import re

from lxml import html
from lxml.etree import ParserError

from tuanhoc.lib.text import without_controls

#: Where the history of a conversation begins.
_HISTORY = re.compile(
    r"^\s*(?:-{2,}\s*(?:original message|thư gốc|tin nhắn gốc|forwarded message|thư chuyển tiếp)\b"
    r"|(?:vào|on)\s.{5,120}\s(?:đã viết|wrote)\s*:|_{10,}\s*$)",
    re.I,
)
_FORWARDED = re.compile(r"forwarded message|thư chuyển tiếp|chuyển tiếp|^\s*fwd?:", re.I)
MOST_CHARS = 200_000
_CELLS = {"td", "th"}
_LINES = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "table", "ul", "ol", "pre", "blockquote"}
_PARSER = html.HTMLParser(encoding="utf-8")
_HIDDEN = {"script", "style", "head", "title"}


def own_words(text: str) -> str:
    """Return what the writer wrote, without the messages answered below; a forwarded message is kept."""
    lines = without_controls(text[:MOST_CHARS]).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    out = []
    for line in lines:
        if _HISTORY.match(line) and not _FORWARDED.search(line):
            break
        if not line.lstrip().startswith(">"):
            out.append(line.rstrip())
    return "\n".join(out).strip()


def text_of_html(page: str) -> str:
    """Return a page's words, the cells of a table's row on one line between bars: the reader knows such tables."""
    try:
        root = html.document_fromstring(page[: 4 * MOST_CHARS].encode("utf-8"), parser=_PARSER)
    except (ParserError, ValueError):
        return ""
    out: list[str] = []
    in_row = 0
    # By events instead of recursion: a page may nest as deep as it likes.
    for event, element in html.etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else "script"
        if tag in _HIDDEN or any(above.tag in _HIDDEN for above in element.iterancestors(*_HIDDEN)):
            if event == "end" and tag in _HIDDEN and element.tail:
                out.append(_flat(element.tail))
            continue
        if tag == "tr":
            in_row += 1 if event == "start" else -1
        if event == "start":
            out.append(_before(tag, in_row, out) + _flat(element.text))
        else:
            closes_line = tag in _LINES and tag != "br" and (not in_row or tag == "tr")
            out.append(("\n" if closes_line else " " if tag in _LINES and tag != "br" else "") + _flat(element.tail))
    # Line by line: one pattern over all of it looks at every space of a long run from every other.
    lines = "".join(out).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def _before(tag: str, in_row: int, out: list[str]) -> str:
    if tag in _CELLS:
        line = "".join(out[-40:]).rpartition("\n")[2]
        return " | " if line.strip() else ""
    if tag in _LINES:
        return " " if in_row and tag != "tr" else "\n"
    return ""


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text else ""
