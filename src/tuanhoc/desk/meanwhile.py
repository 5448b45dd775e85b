"""What happened to a registration while an officer had an earlier state of it on screen."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tuanhoc.activities import rules
from tuanhoc.activities.models import Activity, Registration, Review, Submission
from tuanhoc.activities.queries import drafts_of
from tuanhoc.activities.rules import RowChange, row_differences
from tuanhoc.lib.numbers import whole
from tuanhoc.web.speech import short


def seen_version(given: Mapping[str, str]) -> int:
    """Return the version the page that was sent back had shown.

    A page without one has shown none that ever stood, so nothing is written over what it did not see.

    >>> seen_version({"version": "3"}), seen_version({})
    (3, -1)
    """
    version = whole(given.get("version", ""))
    return -1 if version is None else version


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of a row, as it was on screen and as it is now."""

    name: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Changed:
    """A row that is new, gone, or different: its number now, and its cells side by side."""

    number: int | None
    kind: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What the second officer reads: who decided what, whether it was handed in anew, which rows differ."""

    reviews: Sequence[Review]
    submission: Submission | None
    rows: Sequence[Changed]


def since(registration: Registration, given: Mapping[str, str]) -> Meanwhile:
    """Compare what stands now with what the page showed. Four queries.

    :param given: the form of that page: ``ban`` the submission on it, ``lan`` the last review it knew.
    """
    seen, last = whole(given.get("ban", "")), whole(given.get("lan", "")) or 0
    reviews = Review.objects.filter(submission__registration=registration, pk__gt=last).order_by("pk")
    standing = list(registration.submissions.order_by("pk"))
    shown = next((submission for submission in standing if submission.pk == seen), None)
    if shown is None:
        return Meanwhile(list(reviews), None, ())
    now = [rules.frozen(row) for row in drafts_of(registration)]
    anew = standing[-1] if standing[-1].pk != shown.pk else None
    return Meanwhile(list(reviews), anew, [_shown(change) for change in row_differences(shown.rows, now)])


def _shown(change: RowChange) -> Changed:
    before, after = _cells(change.before), _cells(change.after)
    kind = _("Dòng mới") if change.before is None else _("Đã bỏ") if change.after is None else _("Đã sửa")
    names = (_("Ngày, giờ"), _("Địa điểm"), _("Nội dung"), _("Ghi chú và chi tiết"))
    cells = tuple(Cell(*of) for of in zip(names, before, after, strict=True))
    return Changed(None if change.place is None else change.place + 1, kind, cells)


_DETAILS = ("audience", "host", "link", "contact")
_FORMS, _PARTS = dict(Activity.Form.choices), dict(Activity.PartOfDay.choices)


def _cells(row: Mapping[str, object] | None) -> tuple[str, str, str, str]:
    if row is None:
        return "", "", "", ""
    day = " – ".join(_day(row.get(name)) for name in ("held_on", "ends_on") if row.get(name))
    hours = " – ".join(str(row[name])[:5] for name in ("starts_at", "ends_at") if row.get(name))
    part = str(_PARTS.get(str(row.get("part_of_day") or ""), ""))
    form = str(_FORMS.get(str(row.get("form") or ""), ""))
    details = [str(row.get("note") or ""), form, *(str(row.get(name) or "") for name in _DETAILS)]
    return (
        ", ".join(filter(None, (day, hours, part))), str(row.get("place") or ""), str(row.get("content") or ""),
        " · ".join(filter(None, details)),
    )  # fmt: skip


def _day(text: object) -> str:
    return short(dt.date.fromisoformat(str(text)))
