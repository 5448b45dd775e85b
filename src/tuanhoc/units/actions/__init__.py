"""Loading bodies, areas and contacts."""

import csv
import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import transaction

from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.sentences import Sentence
from tuanhoc.lib.text import clean, fold
from tuanhoc.units import queries, rules, sheets
from tuanhoc.units.contacts import ContactNeedsAWay as ContactNeedsAWay
from tuanhoc.units.contacts import LastContact as LastContact
from tuanhoc.units.contacts import check_contacts as check_contacts
from tuanhoc.units.contacts import keep_contact as keep_contact
from tuanhoc.units.contacts import remove_contact as remove_contact
from tuanhoc.units.contacts import take_contacts as take_contacts
from tuanhoc.units.models import Area, AreaCode, Contact, ReportingEdge, Unit
from tuanhoc.web.speech import codes_of

from .ledger import Ledger
from .timelines import Timelines


class NotAnAreasFile(Refusal):
    message = N_("Tệp địa bàn thiếu cột hoặc có ngày sai: %(why)s.")


def rows_of_csv(text: str) -> list[rules.UnitRow]:
    """Return the rows of a units file: ``key,parent_key,kind,name,place_code,is_real`` and contact columns."""
    return rows_of(sheets.records_of(iter(csv.DictReader(io.StringIO(text)))))


@dataclass(frozen=True, slots=True)
class FileRows:
    """The rows of a units file; ``unused`` are headed columns we have no place for."""

    rows: list[rules.UnitRow]
    unused: tuple[str, ...]


def rows_of_file(data: bytes) -> FileRows:
    """Return the rows of a units file, .csv or .xlsx, headed in code or in Vietnamese.

    :raises Refusal: not such a file, no header, or too long; each with what to do.
    """
    read = sheets.read_units_file(data)
    return FileRows(rows_of(read.records), tuple(read.unused))


def rows_of(records: Iterable[sheets.Record]) -> list[rules.UnitRow]:
    """Return the rows of a units file; a kind may be given by its code or its label in any language."""
    kinds = codes_of(Unit.Kind.choices)
    out = []
    for record in records:
        given = record.cells
        kind = given.get("kind", "")
        out.append(
            rules.UnitRow(
                line=record.line,
                key=given.get("key", ""),
                parent_key=given.get("parent_key", ""),
                kind=kinds.get(fold(kind), kind),
                name=given.get("name", ""),
                place_code=given.get("place_code", ""),
                is_fictional=given.get("is_real", "1") == "0",
                contact_name=given.get("contact_name", ""),
                contact_role=given.get("contact_role", ""),
                phone=given.get("phone", ""),
                email=given.get("email", ""),
                zalo=given.get("zalo", ""),
            )
        )
    return out


def check(rows: Iterable[rules.UnitRow], *, within: frozenset[str] | None = None) -> rules.Checked:
    """Preview a units file against what stands now: what would be taken, and each bad row with its reason.

    :param within: keys of the units whose subtree may be changed; None: all.
    """
    closed = dict(Unit.objects.exclude(valid_to=None, same_as=None).values_list("key", "name"))
    given = list(rows)
    gone = [_gone(row, closed[row.key]) for row in given if row.key in closed]
    checked = rules.check_rows(
        (row for row in given if row.key not in closed),
        kinds=frozenset(Unit.Kind.values),
        known_keys=frozenset(Unit.objects.values_list("key", flat=True)),
        known_parents=queries.parent_keys(),
        within=within,
    )
    return replace(checked, problems=tuple(sorted((*checked.problems, *gone), key=lambda problem: problem.line)))


def _gone(row: rules.UnitRow, name: str) -> rules.RowProblem:
    return rules.RowProblem(row.line, Sentence(_CLOSED, {"name": name}))


_CLOSED = N_("“%(name)s” đã thôi hoạt động hoặc có ngày thôi; vui lòng mở lại trước, hoặc dùng mã của đơn vị kế thừa.")


@transaction.atomic
def load_units(checked: rules.Checked, *, by: Actor, at: dt.datetime, day: dt.date | None = None) -> tuple[int, int]:
    """Take the good rows of a checked file; return (new, changed). Nothing is deleted.

    A unit that is there already keeps its id and takes the new name; its edge moves today. Area codes are
    reused over the years: a code means the area that bore it on ``day`` (by default the day of loading).
    """
    units = {u.key: u for u in Unit.objects.all()}
    edges = queries.edges_on(at.astimezone(HANOI).date())
    contacts = {(c.unit_id, c.name): c for c in Contact.objects.all()}
    area_of = queries.area_finder(day or at.astimezone(HANOI).date())
    created, changed = 0, 0
    for row in checked.rows:
        area = area_of(row.place_code, row.kind)
        unit = units.get(row.key)
        if unit is None:
            unit = units[row.key] = Unit.objects.create(
                key=row.key, kind=row.kind, name=row.name, area_id=area, is_fictional=row.is_fictional
            )
            created += 1
            told = journal.change("name", journal.ABSENT, row.name)
            journal.write("units.unit.create", by=by, on=unit, at=at, details=told)
        else:
            changed += _change(unit, row, area, by=by, at=at)
        _hang(unit, units.get(row.parent_key), edges, at=at)
        _keep_contact(unit, row, contacts)
    return created, changed


_TREE = ReportingEdge.Tree.ADMINISTRATIVE


def _change(unit: Unit, row: rules.UnitRow, area: int | None, *, by: Actor, at: dt.datetime) -> bool:
    before, after = {"name": unit.name, "kind": unit.kind}, {"name": row.name, "kind": row.kind}
    area_before, area = unit.area_id, area or unit.area_id
    if before == after and area_before == area:
        return False
    if row.name != unit.name:
        # The earlier name is kept, and found by search.
        today = at.astimezone(HANOI).date()
        Timelines(Ledger(), [unit.pk]).rename(unit, row.name, day=today, today=today)
    unit.name, unit.kind, unit.area_id = row.name, row.kind, area
    unit.save(update_fields=["name", "kind", "area"])
    if area_before != area:
        names = dict(Area.objects.filter(pk__in=[area_before, area]).values_list("pk", "name"))
        before["area"], after["area"] = names.get(area_before or 0, ""), names.get(area or 0, "")
    journal.write("units.unit.change", by=by, on=unit, at=at, details={"before": before, "after": after})
    return True


def _hang(unit: Unit, above: Unit | None, edges: dict[int, int], *, at: dt.datetime) -> None:
    """Let a unit report to whom its row says: always where it had nobody yet, else from today."""
    if above is None or edges.get(unit.pk) == above.pk:
        return
    if ReportingEdge.objects.filter(unit=unit, tree=_TREE).exists():
        Timelines(Ledger(), [unit.pk]).move(unit.pk, above.pk, day=at.astimezone(HANOI).date())
    else:
        ReportingEdge.objects.create(unit=unit, reports_to=above, tree=_TREE)
    edges[unit.pk] = above.pk


def _keep_contact(unit: Unit, row: rules.UnitRow, contacts: dict[tuple[int, str], Contact]) -> None:
    if not (row.contact_name or row.email or row.phone or row.zalo):
        return
    name = row.contact_name or unit.name[:120]
    given = {"role": row.contact_role, "phone": row.phone, "email": row.email, "zalo": row.zalo}
    contact = contacts.get((unit.pk, name))
    if contact is None:
        contacts[unit.pk, name] = Contact.objects.create(unit=unit, name=name, **given)
    elif given != {field: getattr(contact, field) for field in given}:
        for field, value in given.items():
            setattr(contact, field, value)
        contact.save(update_fields=list(given))


@transaction.atomic
def load_areas(text: str) -> int:
    """Load one areas file (``level,code,name,type,parent_code,valid_from,valid_to,…,successor_codes``).

    A row already known by code, name and first day is left alone, so a file can be loaded again; only an end
    that was not known yet is put down. Areas are the State's own list: no journal. Returns the new ones.

    :raises NotAnAreasFile: a column is missing, or a day or level cannot be read.
    """
    known = {(c.code, c.area.name, c.valid_from): c for c in AreaCode.objects.select_related("area")}
    made = 0
    for record in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))):
        row = _area_row(record)
        if (had := known.get((row.code, row.name, row.begins))) is not None:
            _put_end(had, row.ends)
            continue
        parent = queries.bearer(known.values(), row.parent_code, row.begins, row.ends)
        area = Area.objects.create(
            level=row.level, name=row.name, parent_id=parent, valid_from=row.begins, valid_to=row.ends
        )
        known[row.code, row.name, row.begins] = AreaCode.objects.create(
            area=area, code=row.code, valid_from=row.begins, valid_to=row.ends, successor_codes=row.successors
        )
        made += 1
    return made


def _area_row(record: dict[str, str | None]) -> rules.AreaRow:
    try:
        row = rules.AreaRow(
            level=str(record["level"]),
            code=clean(str(record["code"])),
            name=clean(str(record["name"])),
            parent_code=str(record["parent_code"] or ""),
            begins=_day(record["valid_from"]),
            ends=_day(record["valid_to"]),
            successors=str(record.get("successor_codes") or "")[:200],
        )
    except (KeyError, ValueError) as error:
        raise NotAnAreasFile(why=str(error)) from error
    if row.level not in Area.Level.values:
        raise NotAnAreasFile(why=f"level “{row.level}”")
    return row


def _put_end(known: AreaCode, ends: dt.date | None) -> None:
    if ends is not None and known.valid_to is None:
        known.valid_to = known.area.valid_to = ends
        known.save(update_fields=["valid_to"])
        known.area.save(update_fields=["valid_to"])


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
