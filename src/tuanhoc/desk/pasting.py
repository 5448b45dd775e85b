"""Pasted words as a file: the text of a letter, or the cells of a table copied from Word or Excel."""

import datetime as dt

from tuanhoc.intake.actions.uploads import Upload
from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.text import clean, without_controls

#: A name that tells who sent it has so many characters at most.
_MOST_NAME = 120


def as_upload(text: str, sender: str, *, at: dt.datetime) -> Upload | None:
    """Return pasted words as a file that is kept and read like any other; None when there are none.

    :param sender: who it is from, when the words do not say: the name of the file says it, where it is looked for.
    """
    text = without_controls(text).replace("\r\n", "\n").strip("\n")
    if not text.strip():
        return None
    name = clean(sender).replace("/", "-").replace("\\", "-")[:_MOST_NAME]
    name = name or f"Thư dán lúc {at.astimezone(HANOI):%H.%M.%S ngày %d-%m-%Y}"
    return Upload(f"{name}.{'tsv' if _is_table(text) else 'txt'}", text.encode())


def _is_table(text: str) -> bool:
    """Whether the words are cells from the first line on: between tabs, as Word and Excel copy them."""
    lines = [line for line in text.split("\n") if line.strip()]
    return "\t" in lines[0] and 2 * sum("\t" in line for line in lines) >= len(lines)
