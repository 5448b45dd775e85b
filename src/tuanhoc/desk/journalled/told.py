"""One entry of the journal as a page and an export show it."""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.apps import apps
from django.utils.translation import gettext as _

from tuanhoc.campaigns.rules.deadlines import COMMON, LEVELS
from tuanhoc.journal.models import Entry
from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.refusal import N_
from tuanhoc.papers.values import Table
from tuanhoc.web.speech import last_minute, short

from .kinds import KINDS
from .words import DOERS, FIELDS, VALUES, WORDS

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"(\d\d:\d\d):\d\d")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d).*")
#: numbers of ours that name nothing to a reader
SILENT = frozenset({
    "registration", "settled", "values", "tree", "review", "reform", "first", "second", "placed", "back", "rosters",
    "moved",
})  # fmt: skip
#: lists of our own numbers in older entries: how many there were says something, the numbers do not
_COUNTED = frozenset({"registrations", "forms", "left"})
#: fields that hold the first moment that is too late, and are said with the last one in time
_CLOSING = frozenset({
    "let_in_until", "registration_closes_at", "report_closes_at", COMMON, *(level.code for level in LEVELS),
})  # fmt: skip
#: what holds the differences themselves
HELD = frozenset({"before", "after", "changes"})
_HOW = {"added": N_("dòng mới"), "removed": N_("bỏ dòng")}
#: letters of one value shown; the export has more
LONGEST = 600


@dataclass(frozen=True, slots=True)
class Difference:
    """What one field held before and after; blank where it held nothing. ``row`` 0: not of a row of a list."""

    field: str
    before: str
    after: str
    row: int = 0
    #: whether the whole row came or went
    how: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One entry in words."""

    entry: Entry
    by: str
    what: str
    unit: str
    details: tuple[tuple[str, str], ...]
    differences: tuple[Difference, ...]


def told(
    entry: Entry, units: Mapping[int, str], withheld: Mapping[str, Collection[str]] = MappingProxyType({})
) -> Told:
    """Put an entry into words. No query.

    :param units: names by id. :param withheld: happenings of which only these details are told.
    """
    given = entry.details
    if entry.what in withheld:
        given = {key: value for key, value in given.items() if key in withheld[entry.what]}
    differences = [*_pairs(given.get("before"), given.get("after"), entry.on_kind)]
    changes = given.get("changes")
    for change in changes if isinstance(changes, list) else ():
        row, how = int(change.get("row", 0)), _HOW.get(change.get("what", ""), "")
        pairs = _pairs(change["before"], change["after"], "activities.activity")
        differences += [Difference(d.field, d.before, d.after, row, _(how) if how else "") for d in pairs]
    plain = [
        (_name(key), _held(key, len(value) if key in _COUNTED and isinstance(value, list) else value, entry.on_kind))
        for key, value in given.items()
        if key not in HELD | SILENT and value not in ("", None, [], {})
    ]
    what = _(WORDS[entry.what]) if entry.what in WORDS else entry.what
    return Told(entry, person(entry.by_name), what, units.get(unit_of(entry), ""), tuple(plain), tuple(differences))


def unit_of(entry: Entry) -> int:
    """Return the id of the one unit an entry is told under; 0: none, or several."""
    leaf = entry.unit_path.rstrip("/").rpartition("/")[2]
    return int(leaf) if leaf.isdecimal() else 0


def person(name: str) -> str:
    """Return who did something as a page says it: people by their names, the program's own doing in words."""
    return _(DOERS[name]) if name in DOERS else name


def _pairs(before: object, after: object, kind: str) -> list[Difference]:
    if isinstance(before, Mapping) or isinstance(after, Mapping):
        was = before if isinstance(before, Mapping) else {}
        now = after if isinstance(after, Mapping) else {}
        keys = list(dict.fromkeys([*was, *now]))
        # An older entry may hold what stood before alone.
        only_before = after is None
        return [
            Difference(_name(str(k)), _held(k, was.get(k), kind), "" if only_before else _held(k, now.get(k), kind))
            for k in keys
            if only_before or was.get(k) != now.get(k)
        ]
    if before in (None, "", []) and after in (None, "", []):
        return []
    return [Difference("", _value(before, kind), _value(after, kind))]


def _name(key: str) -> str:
    if key in FIELDS:
        return _(FIELDS[key])
    # What a reform did is counted by what it does to a unit.
    done = WORDS.get(f"units.unit.{key}", "")
    return _(done) if done else key


def _held(key: object, value: object, kind: str) -> str:
    """Return what a field held, in words; a deadline as deadlines are said: ``đến hết 23:59 ngày 30/9/2022``."""
    moment = _moment(value) if key in _CLOSING and isinstance(value, str) else None
    return last_minute(moment) if moment else _value(value, kind)


def _value(value: object, kind: str = "") -> str:
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, Mapping):
        told = (f"{_name(str(k))}: {_held(k, v, kind)}" for k, v in value.items() if v not in ("", None))
        return "; ".join(told)[:LONGEST]
    if isinstance(value, list | tuple):
        return ", ".join(_value(one, kind) for one in value)[:LONGEST]
    return "" if value in (None, "None") else _word(str(value), kind)


def _word(text: str, kind: str) -> str:
    """Return a code, day or moment as people write it; anything else as it stands.

    :param kind: of what a code is: ``read`` is said otherwise of a form than of a letter.
    """
    if _DAY.fullmatch(text):
        return short(dt.date.fromisoformat(text))
    if _MOMENT.fullmatch(text):
        return _in_hanoi(text)
    if found := _TIME.fullmatch(text):
        return found[1]
    if word := choice_of(kind, text):
        return word
    return _(VALUES[text]) if text in VALUES else choice_of("activities.registration", text) or text[:LONGEST]


def choice_of(kind: str, code: str) -> str:
    """Return what a model of that kind calls one of its choices, on the language of the page; blank: no choice."""
    try:
        model = apps.get_model(kind) if "." in kind else None
    except LookupError:
        # An entry of a room that is gone still shows.
        return ""
    fields = model._meta.concrete_fields if model else ()
    return next((str(word) for field in fields for value, word in field.flatchoices if value == code), "")


def _in_hanoi(text: str) -> str:
    moment = _moment(text)
    return f"{moment:%H:%M} {short(moment.date())}" if moment else text


def _moment(text: str) -> dt.datetime | None:
    """Return a stored moment as the clock in Hanoi shows it; None when the text is none."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(HANOI) if moment.tzinfo else moment.replace(tzinfo=HANOI)


COLUMNS = (
    N_("Thời điểm"), N_("Người làm"), N_("Đơn vị"), N_("Việc"), N_("Chi tiết"), N_("Trước"), N_("Sau"),
    N_("Đối tượng"), N_("Số thứ tự"),
)  # fmt: skip


def table_of(entries: Iterable[Told]) -> Table:
    """Lay entries out for an export: one line each."""
    return Table(
        columns=tuple(_(words) for words in COLUMNS),
        widths_mm=(32.0, 40.0, 45.0, 45.0, 50.0, 60.0, 60.0, 40.0, 20.0),
        rows=tuple(
            (
                f"{one.entry.at.astimezone(HANOI):%d/%m/%Y %H:%M:%S}", one.by, one.unit, one.what,
                "\n".join(f"{name}: {value}" for name, value in one.details),
                _side(one.differences, "before"), _side(one.differences, "after"),
                _thing(one.entry), str(one.entry.pk),
            )
            for one in entries
        ),
    )  # fmt: skip


def _thing(entry: Entry) -> str:
    """Return what an entry tells of, by its name and our number; of a room that is gone, as it was written."""
    if entry.on_kind not in KINDS:
        return f"{entry.on_kind} {entry.on_id}"
    return _("%(what)s, mã %(number)s") % {"what": _(KINDS[entry.on_kind]), "number": entry.on_id}


def _side(differences: Iterable[Difference], side: str) -> str:
    lines = []
    for one in differences:
        value = getattr(one, side)
        where = f"{one.row}. " if one.row else ""
        lines.append(f"{where}{one.field}: {value}" if one.field else f"{where}{value}")
    return "\n".join(lines)
