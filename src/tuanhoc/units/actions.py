"""Loading bodies, areas and contacts."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping

from django.db import transaction

from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.text import clean

from . import rules
from .models import Area, AreaCode, Contact, ReportingEdge, Unit


def rows_of_csv(text: str) -> list[rules.UnitRow]:
    """Return the rows of a units file: ``key,parent_key,kind,name,place_code,is_real`` and contact columns."""
    return rows_of(csv.DictReader(io.StringIO(text)))


def rows_of(records: Iterable[Mapping[str, str | None]]) -> list[rules.UnitRow]:
    """Return checked-in rows; ``line`` counts from 2, the first line below the header."""
    out = []
    for line, record in enumerate(records, start=2):
        given = {k: clean(str(v or "")) for k, v in record.items() if k}
        out.append(
            rules.UnitRow(
                line=line,
                key=given.get("key", ""),
                parent_key=given.get("parent_key", ""),
                kind=given.get("kind", ""),
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


def check(rows: Iterable[rules.UnitRow]) -> rules.Checked:
    """Preview a units file against what stands now: what would be taken, and each bad row with its reason."""
    return rules.check_rows(
        rows,
        kinds=frozenset(Unit.Kind.values),
        known_keys=frozenset(Unit.objects.values_list("key", flat=True)),
    )


@transaction.atomic
def load_units(checked: rules.Checked, *, by: Actor, at: dt.datetime) -> tuple[int, int]:
    """Take the good rows of a checked file; return (new, changed). Nothing is deleted.

    A unit that is there already keeps its id and takes the new name; its edge moves today.
    """
    units = {u.key: u for u in Unit.objects.all()}
    areas = dict(AreaCode.objects.filter(valid_to=None).values_list("code", "area_id")) | dict(
        AreaCode.objects.exclude(valid_to=None).values_list("code", "area_id")
    )
    created, changed = 0, 0
    for row in checked.rows:
        unit = units.get(row.key)
        if unit is None:
            unit = units[row.key] = Unit.objects.create(
                key=row.key,
                kind=row.kind,
                name=row.name,
                area_id=areas.get(row.place_code),
                is_fictional=row.is_fictional,
            )
            created += 1
            journal.write("units.unit.create", by=by, on=unit, at=at, details={"name": row.name})
        elif (unit.name, unit.kind) != (row.name, row.kind):
            before = unit.name
            unit.name, unit.kind = row.name, row.kind
            unit.save(update_fields=["name", "kind"])
            changed += 1
            journal.write(
                "units.unit.change",
                by=by,
                on=unit,
                at=at,
                details={"before": before, "after": row.name},
            )
        _move_edge(unit, units.get(row.parent_key), at=at)
        _keep_contact(unit, row)
    return created, changed


def _move_edge(unit: Unit, above: Unit | None, *, at: dt.datetime) -> None:
    if above is None:
        return
    edge = unit.edges.filter(tree=ReportingEdge.Tree.ADMINISTRATIVE, valid_to=None).first()
    if edge is not None and edge.reports_to_id == above.pk:
        return
    if edge is not None:
        edge.valid_to = at.date() - dt.timedelta(days=1)
        edge.save(update_fields=["valid_to"])
    ReportingEdge.objects.create(unit=unit, reports_to=above, valid_from=at.date() if edge else None)


def _keep_contact(unit: Unit, row: rules.UnitRow) -> None:
    if row.contact_name or row.email or row.phone:
        Contact.objects.update_or_create(
            unit=unit,
            name=row.contact_name or unit.name,
            defaults={
                "role": row.contact_role,
                "phone": row.phone,
                "email": row.email,
                "zalo": row.zalo,
            },
        )


@transaction.atomic
def load_areas(text: str) -> int:
    """Load one areas file (``level,code,name,type,parent_code,valid_from,valid_to,…,successor_codes``).

    A row already known by code and name is left alone, so a file can be loaded again. Returns the new ones.
    """
    known = {(c.code, c.area.name): c.area for c in AreaCode.objects.select_related("area")}
    by_code = {code: area for (code, _name), area in known.items()}
    made = 0
    for record in csv.DictReader(io.StringIO(text)):
        code, name = record["code"], clean(record["name"])
        if (code, name) in known:
            by_code[code] = known[code, name]
            continue
        begins, ends = _day(record["valid_from"]), _day(record["valid_to"])
        area = Area.objects.create(
            level=record["level"],
            name=name,
            parent=by_code.get(record["parent_code"]),
            valid_from=begins,
            valid_to=ends,
        )
        AreaCode.objects.create(
            area=area,
            code=code,
            valid_from=begins,
            valid_to=ends,
            successor_codes=record.get("successor_codes") or "",
        )
        by_code[code] = known[code, name] = area
        made += 1
    return made


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
