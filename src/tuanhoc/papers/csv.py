"""A table as CSV that Excel opens in Vietnamese and never runs as formulas."""

import csv
import io
import re

from tuanhoc.papers.values import Table

#: What a spreadsheet takes for the beginning of a formula, where a cell begins; the wide ones too, in some languages.
#: A cell begins after any of these separators: which one splits a file is a setting of the reader's computer.
_BEGINNING = re.compile(r"""(^|[;,|\t\r\n])([\s"']*)([=+@\-\u2212\uff1d\uff0b\uff0d\uff20])(?=(\s?))""")
_BLANK_BEFORE = re.compile(r"^[\t\r\n\v\f]+")


def to_csv(table: Table) -> bytes:
    """Return the table as UTF-8 with a byte order mark; formula-like cells get an apostrophe, bullets a longer dash."""
    out = io.StringIO()
    csv.writer(out).writerows([guarded(cell) for cell in row] for row in (table.columns, *table.rows))
    return out.getvalue().encode("utf-8-sig")


def guarded(cell: str) -> str:
    """Return ``cell`` so that no spreadsheet takes it, or a part it splits off, for a formula.

    >>> guarded("=1+1"), guarded("- Ngày hội đọc sách"), guarded("Từ 01-03/10; +84 259")
    ("'=1+1", '– Ngày hội đọc sách', "Từ 01-03/10; '+84 259")
    """
    return _BEGINNING.sub(_harmless, _BLANK_BEFORE.sub("", cell))


def _harmless(found: re.Match[str]) -> str:
    separator, between, sign, after = found.groups()
    is_bullet = sign == "-" and after
    return f"{separator}{between}{'–' if is_bullet else chr(39) + sign}"
