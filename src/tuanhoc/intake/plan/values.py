"""What a plan says, as values."""

import datetime as dt
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value, the sentence it was understood from, and where that stands ("đoạn 12")."""

    value: T
    sentence: str
    where: str


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A numbered document the plan rests on.

    ``symbol`` is as written, ``normalized`` the standing symbol; ``stale`` says in Vietnamese why it no
    longer stood when the plan was made.
    """

    symbol: str
    normalized: str
    date: dt.date | None = None
    issuer: str | None = None
    stale: str | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """What the plan asks of one unit or kind of unit, named as written; ``due_on`` is the last day in time."""

    clause: str
    unit: str | None
    text: str
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Direction:
    """One point of the plan's contents."""

    clause: str
    text: str


@dataclass(frozen=True, slots=True)
class PlanReading:
    """A plan as understood. None: the plan does not say. Closing moments are the first that are too late."""

    title: Found[str] | None = None
    year: Found[int] | None = None
    theme: Found[str] | None = None
    starts_on: Found[dt.date] | None = None
    ends_on: Found[dt.date] | None = None
    opening_on: Found[dt.date] | None = None
    registration_closes_at: Found[dt.datetime] | None = None
    report_closes_at: Found[dt.datetime] | None = None
    report_to: Found[str] | None = None
    legal_bases: tuple[Found[LegalBasis], ...] = ()
    duties: tuple[Found[Duty], ...] = ()
    directions: tuple[Found[Direction], ...] = ()
