"""Every row a reform writes, before and after: what it takes to undo it exactly, or to see that it cannot be."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import ProtectedError

from tuanhoc.lib.refusal import N_, Refusal

M = TypeVar("M", bound=models.Model)


class SomethingHangsOnIt(Refusal):
    message = N_("Chưa hoàn tác được: sau đó “%(what)s” đã có thêm dữ liệu hoặc đã thay đổi. Vui lòng chuyển bằng tay.")


class Ledger:
    """Writes rows and remembers each; ``steps`` can be kept as JSON and taken back by :func:`take_back`."""

    def __init__(self) -> None:
        self.steps: list[dict[str, Any]] = []

    def make(self, row: M) -> M:
        """Save a new row."""
        row.save(force_insert=True)
        self._remember(row, None, _all_of(row))
        return row

    def change(self, row: models.Model, **values: object) -> bool:
        """Set fields of a row; tell whether any differed."""
        names = [field.attname for field in row._meta.concrete_fields if {field.name, field.attname} & set(values)]
        before = {name: _plain(getattr(row, name)) for name in names}
        for name, value in values.items():
            setattr(row, name, value)
        after = {name: _plain(getattr(row, name)) for name in names}
        if before == after:
            return False
        row.save(update_fields=list(values))
        self._remember(row, before, after)
        return True

    def remove(self, row: models.Model) -> None:
        """Delete a row."""
        self._remember(row, _all_of(row), None)
        row.delete()

    def rely_on(self, row: models.Model) -> None:
        """Let undoing be refused once ``row`` is gone or another."""
        self._remember(row, {}, _all_of(row))

    def _remember(self, row: models.Model, before: object, after: object) -> None:
        self.steps.append({"on": row._meta.label_lower, "pk": row.pk, "before": before, "after": after})


def take_back(steps: Iterable[Mapping[str, Any]]) -> None:
    """Undo remembered steps, the last first. Runs inside the caller's transaction.

    :raises SomethingHangsOnIt: a row is not any more as it was written, or others point to one that was made.
    """
    backwards = list(steps)[::-1]
    rows = _rows_of(backwards)
    for step in backwards:
        model, at = apps.get_model(step["on"]), (step["on"], step["pk"])
        if step["after"] is None:
            rows[at] = model(**{name: _value(model, name, value) for name, value in step["before"].items()})
            rows[at].save(force_insert=True)
            continue
        row = rows.get(at)
        if row is None or _differs(row, step["after"]):
            raise SomethingHangsOnIt(what=row or step["on"])
        if step["before"] is None:
            _delete(row)
        else:
            for name, value in step["before"].items():
                setattr(row, name, _value(model, name, value))
            row.save(update_fields=[_field(model, name).name for name in step["before"]])


def _rows_of(steps: Iterable[Mapping[str, Any]]) -> dict[tuple[str, int], models.Model]:
    """Read the rows the steps are about, a query for each table."""
    wanted: dict[str, set[int]] = {}
    for step in steps:
        wanted.setdefault(step["on"], set()).add(step["pk"])
    return {
        (label, row.pk): row
        for label, pks in wanted.items()
        for row in apps.get_model(label)._base_manager.in_bulk(sorted(pks)).values()
    }


def _delete(row: models.Model) -> None:
    """Delete a row nothing points to: what was hung on it later, a contact too, is not lost with it."""
    for model, name in pointing_at(type(row)):
        if model._base_manager.filter(**{name: row}).exists():
            raise SomethingHangsOnIt(what=row)
    try:
        row.delete()
    except ProtectedError as error:
        raise SomethingHangsOnIt(what=row) from error


def pointing_at(model: type[models.Model]) -> list[tuple[type[models.Model], str]]:
    """Return every table and field of the house whose rows point to a row of ``model``, hidden ones too."""
    return [
        (relation.related_model, relation.field.name)
        for relation in model._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel) and isinstance(relation.related_model, type)
    ]


def _differs(row: models.Model, after: Mapping[str, Any]) -> bool:
    return any(getattr(row, name) != _value(type(row), name, value) for name, value in after.items())


def _all_of(row: models.Model) -> dict[str, Any]:
    return {field.attname: _plain(getattr(row, field.attname)) for field in row._meta.concrete_fields}


def _field(model: type[models.Model], name: str) -> Any:
    return next(field for field in model._meta.concrete_fields if field.attname == name)


def _plain(value: object) -> object:
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value


def _value(model: type[models.Model], name: str, value: object) -> object:
    return _field(model, name).to_python(value)
