"""A reading as ``tuanhoc form read --json`` prints it, and as it is kept.

Its sentences are Vietnamese whoever had the file read: a page that shows them translates them.
"""

import datetime as dt
from typing import Any

from django.utils.translation import gettext

from .problems import REASONS, WORDS
from .values import FormReading

_FIELDS = (
    "date_from", "date_to", "start_time", "end_time", "part_of_day", "place", "content", "note",
    "host", "audience", "contact", "link", "source", "confidence",
)  # fmt: skip


def as_json(reading: FormReading) -> dict[str, Any]:
    """Return the reading as plain JSON values: days ISO, hours "07:30", what is not said as None."""
    problems = [_problem(code, number) for number, row in enumerate(reading.rows) for code in row.codes]
    return {
        "organisation": reading.organisation,
        "rows": [
            {**{name: _plain(getattr(row, name)) for name in _FIELDS}, "reasons": list(row.reasons)}
            for row in reading.rows
        ],
        "problems": problems + ([] if reading.rows else [_problem("no_rows", None)]),
        "unplaced": [{"where": loose.where, "text": loose.text} for loose in reading.unplaced],
    }


def unreadable(reason: str) -> dict[str, Any]:
    """Return the answer for a file that cannot be read, with the reason in words."""
    return {
        "organisation": None,
        "rows": [],
        "problems": [{"code": "unreadable", "row": None, "text": reason}],
        "unplaced": [],
    }


def reason_words(code: str) -> str:
    """Return why a row is not quite sure, in words."""
    return gettext(REASONS.get(code) or WORDS[code])


def _problem(code: str, row: int | None) -> dict[str, Any]:
    return {"code": code, "row": row, "text": WORDS[code]}


def _plain(value: object) -> Any:
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return value.isoformat() if isinstance(value, dt.date) else value
