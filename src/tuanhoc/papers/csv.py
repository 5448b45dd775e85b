"""A table as CSV that Excel opens in Vietnamese and never runs as formulas."""

import csv
import io

from tuanhoc.papers.values import Table


def to_csv(table: Table) -> bytes:
    """Return the table as UTF-8 with a byte order mark; formula-like cells get an apostrophe."""
    out = io.StringIO()
    csv.writer(out).writerows([guarded(cell) for cell in row] for row in (table.columns, *table.rows))
    return out.getvalue().encode("utf-8-sig")


def guarded(cell: str) -> str:
    """Return ``cell`` so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else cell
