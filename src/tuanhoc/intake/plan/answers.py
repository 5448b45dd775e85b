"""A reading as ``tuanhoc plan read --json`` prints it."""

import dataclasses
import datetime as dt
from typing import Any

from .values import Found, PlanReading


def as_json(reading: PlanReading) -> dict[str, Any]:
    """Return the reading as plain JSON values: days and moments in ISO 8601, what is not said as None."""
    return {field.name: _plain(getattr(reading, field.name)) for field in dataclasses.fields(reading)}


def with_sources(reading: PlanReading) -> dict[str, Any]:
    """Return the reading as JSON with each value beside its sentence: ``{"value", "sentence", "where"}`` or None."""
    return {field.name: _sourced(getattr(reading, field.name)) for field in dataclasses.fields(reading)}


def _sourced(value: object) -> Any:
    if isinstance(value, Found):
        return {"value": _plain(value.value), "sentence": value.sentence, "where": value.where}
    return [_sourced(item) for item in value] if isinstance(value, tuple) else None


def _plain(value: object) -> Any:
    if isinstance(value, Found):
        return _plain(value.value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dt.date):  # moments are dates too
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return value
