"""What a reader must find in each form, and the checks that keep it well-formed."""

import csv
import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from scripts.sample_forms.form import At, Cell, Day, Form, Item, Row, Said, Table, Up, When

FIELDS = (
    "date_from", "date_to", "start_time", "end_time", "part_of_day", "place", "content", "note", "host",
    "audience", "contact", "link",
)  # fmt: skip
CODES = {
    "bad_date", "no_date", "outside_week", "no_content", "no_place", "no_rows", "wrong_year", "unreadable",
    "weekday_mismatch", "bad_time",
}  # fmt: skip
PARTS = {"sáng", "chiều", "tối", None}

Found = dict[str, str | None]


class WrongTruth(Exception):
    """The hand-written truth of a form contradicts itself."""


def meant(text: str) -> str:
    """Return printed text as it must be read: changes accepted, marks gone, NFC, single spaces."""
    text = re.sub(r"\{-.*?-\}", "", text)
    text = re.sub(r"\{\+(.*?)\+\}", r"\1", text)
    text = re.sub(r"\[\[(.*?)\]\]", r"\1", text)
    return " ".join(unicodedata.normalize("NFC", text).split())


def spans(when: When) -> list[tuple[str | None, str | None]]:
    if when is None:
        return [(None, None)]
    if isinstance(when, list):
        return [span for one in when for span in spans(one)]
    first, last = when if isinstance(when, tuple) else (when, when)
    return [(_iso(first), _iso(last))]


def _iso(one: int | str) -> str:
    return f"2022-10-{one:02d}" if isinstance(one, int) else one


def rows_of(form: Form) -> list[Found]:
    return [found for block in form.blocks if isinstance(block, Table) for found in _rows_of_table(block)]


def _rows_of_table(table: Table) -> Iterator[Found]:
    above: dict[str, Any] = {}
    for day in (line for line in table.lines if isinstance(line, Day)):
        for row in day.rows:
            yield from _rows_of_row(day, row, above)


def _rows_of_row(line: Day, row: Row, above: dict[str, Any]) -> Iterator[Found]:
    shared: dict[str, Cell | None] = {}
    for name in ("place", "note", "host", "audience", "contact"):
        value = getattr(row, name)
        shared[name] = above[name] if isinstance(value, Up) else value
    above.update(shared)
    content = above["content"] if isinstance(row.content, Up) else row.content
    above["content"] = content
    items = list(content) if isinstance(content, Sequence) and not isinstance(content, str) else [content]
    when = line.when if row.when == "same" else row.when
    for date_from, date_to in spans(when):
        for position, item in enumerate(items):
            found: Found = dict.fromkeys(FIELDS)
            found |= {"date_from": date_from, "date_to": date_to, "link": row.link}
            found |= {name: _value(value, position, len(items)) for name, value in shared.items()}
            found |= _time(row.time) | line.facts | row.facts
            found |= _of_item(item)
            yield found


def _value(value: Cell | None, position: int, count: int) -> str | None:
    if isinstance(value, Said):
        return value.meant
    if value is None or isinstance(value, str):
        return value if value is None else meant(value)
    if isinstance(value, Up):
        raise WrongTruth("the first row of a table cannot be merged with one above")
    if len(value) == count:
        return meant(value[position])
    return meant(" ".join(value))


def _of_item(item: str | Item) -> Found:
    if isinstance(item, str):
        return {"content": meant(item)}
    return {"content": meant(item.text)} | _time(item.lead) | item.facts


def _time(at: At | None) -> Found:
    if at is None:
        return {}
    given = {"start_time": at.start, "end_time": at.end, "part_of_day": at.part}
    return {name: value for name, value in given.items() if value is not None}


def truth_of(form: Form) -> dict[str, object]:
    return {
        "unit": form.unit,
        "organisation": form.organisation,
        "rows": rows_of(form),
        "problems": list(form.problems),
        "about": form.about,
    }


def check(forms: Sequence[Form], units_csv: Path) -> None:
    """Refuse truth that cannot be right.

    :raises WrongTruth: an unknown unit, a unit twice, a date, time or code out of shape, a problem that the
        rows do not bear out, text that is not NFC.
    """
    with units_csv.open(encoding="utf-8", newline="") as lines:
        keys = {line["key"] for line in csv.DictReader(lines)}
    for name, values in (("file", [form.file for form in forms]), ("unit", [form.unit for form in forms])):
        twice = {value for value in values if values.count(value) > 1}
        _insist(not twice, f"{name} twice: {twice}")
    for form in forms:
        _insist(form.unit in keys and form.unit != "thpt-585-1", f"{form.file}: unit {form.unit}")
        _insist(unicodedata.is_normalized("NFC", form.file + (form.organisation or "")), f"{form.file}: not NFC")
        _check_columns(form)
        _check_problems(form)
        for number, found in enumerate(rows_of(form)):
            _check_row(f"{form.file}, row {number}", found)


def _check_columns(form: Form) -> None:
    """What a row says must be printed: there is a column for it."""
    for table in (block for block in form.blocks if isinstance(block, Table)):
        printed = {column.field for column in table.columns}
        rows = [row for line in table.lines if isinstance(line, Day) for row in line.rows]
        for field in ("content", "place", "note", "time", "host", "audience", "contact", "other"):
            said = any(getattr(row, field) for row in rows)
            _insist(field in printed or not said, f"{form.file}: no column for {field}")


def _check_row(where: str, found: Found) -> None:
    _insist(tuple(found) == FIELDS, f"{where}: fields {tuple(found)}")
    dates = [dt.date.fromisoformat(value) for value in (found["date_from"], found["date_to"]) if value]
    _insist(len(dates) in {0, 2} and dates == sorted(dates), f"{where}: dates")
    times = [value for value in (found["start_time"], found["end_time"]) if value]
    _insist(all(re.fullmatch(r"[0-2]\d:[0-5]\d", value) for value in times), f"{where}: times {times}")
    _insist(all(one < other for one, other in pairwise(times)), f"{where}: ends before it begins")
    _insist(found["part_of_day"] in PARTS, f"{where}: part of day {found['part_of_day']}")
    texts = [value for value in found.values() if value]
    _insist(all(value == meant(value) for value in texts), f"{where}: text not clean")
    link = found["link"]
    _insist(link is None or any(link in str(found[name]) for name in ("place", "content", "note")), f"{where}: link")


def _check_problems(form: Form) -> None:
    rows = rows_of(form)
    week = ("2022-10-01", "2022-10-07")
    dated = [(str(row["date_from"]), str(row["date_to"])) for row in rows if row["date_from"]]
    borne_out = {
        "no_rows": not rows,
        "no_place": any(not row["place"] for row in rows),
        "no_content": any(not row["content"] for row in rows),
        "wrong_year": any(first[:4] != "2022" for first, _ in dated) or "wrong_year" in form.problems,
        "outside_week": any(first[:4] == "2022" and (first < week[0] or last > week[1]) for first, last in dated),
    }
    undated = any(row["date_from"] is None for row in rows)
    explained = {"bad_date", "no_date", "wrong_year"} & set(form.problems)
    _insist(not undated or bool(explained), f"{form.file}: a row without a date and without a problem")
    _insist(set(form.problems) <= CODES, f"{form.file}: codes {form.problems}")
    _insist(list(form.problems) == sorted(set(form.problems)), f"{form.file}: codes out of order")
    for code, true in borne_out.items():
        _insist((code in form.problems) == true, f"{form.file}: {code} is {true} by its rows")


def _insist(true: bool, what: str) -> None:
    if not true:
        raise WrongTruth(what)
