"""Read answers about what happened."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from .models import Entry, EntryUnit


@dataclass(frozen=True, slots=True)
class Sought:
    """One word that was typed, and what else it stands for: the screen shows words where an entry keeps codes."""

    #: folded
    word: str
    #: codes of happenings, of fields and values, paths of units whose words on the screen hold it
    whats: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the journal is looked for; blank and None ask for everything.

    ``what`` begins the codes of happenings, ``first`` and ``until`` are moments, the second too late.
    """

    who: str = ""
    what: str = ""
    #: ids of units: entries about any of these; empty is about none, None asks for everything
    units: Iterable[int] | None = None
    first: dt.datetime | None = None
    until: dt.datetime | None = None
    #: each must be found somewhere in an entry
    sought: tuple["Sought", ...] = ()
    #: happenings whose details this reader is not shown, and does not find by them
    withheld: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outside:
    """What of the entries that belong to no Week somebody may read. Ids or queries of ids."""

    #: about any of these units
    units: Iterable[int]
    #: or of these things: kind -> ids; None: all of the kind
    things: Mapping[str, Iterable[int] | None] = field(default_factory=dict)


def of_campaign(campaign_id: int, asked: Asked) -> QuerySet[Entry]:
    """Return the entries of a Week, newest first."""
    return _asked(Entry.objects.filter(campaign_id=campaign_id), asked).order_by("-pk")


def of_campaign_and_outside(campaign_id: int, asked: Asked, *, outside: Outside | None) -> QuerySet[Entry]:
    """Return the entries of a Week and what belongs to none, newest first. :param outside: None: all of it."""
    return _asked(Entry.objects.filter(Q(campaign_id=campaign_id) | _within(outside)), asked).order_by("-pk")


def outside_campaigns(asked: Asked, *, outside: Outside | None) -> QuerySet[Entry]:
    """Return what belongs to no Week: units, people, seats; newest first. None: all of it."""
    return _asked(Entry.objects.filter(_within(outside)), asked).order_by("-pk")


def of_units(campaign_id: int, units: Iterable[int], asked: Asked) -> QuerySet[Entry]:
    """Return the trail of units, newest first: in a Week, and what belongs to no Week.

    :param units: ids, or a query of them; with the ids under which other spellings of a unit stood.
    """
    about = Q(pk__in=_about(units)) & (Q(campaign_id=campaign_id) | Q(campaign_id=None))
    return _asked(Entry.objects.filter(about), asked).order_by("-pk")


def _about(units: Iterable[int]) -> QuerySet[EntryUnit, int]:
    return EntryUnit.objects.filter(unit_id__in=units).values_list("entry_id", flat=True)


def _within(outside: Outside | None) -> Q:
    if outside is None:
        return Q(campaign_id=None)
    mine = Q(pk__in=_about(outside.units))
    for kind, ids in outside.things.items():
        mine |= Q(on_kind=kind) if ids is None else Q(on_kind=kind, on_id__in=ids)
    return mine & Q(campaign_id=None)


def _asked(entries: QuerySet[Entry], asked: Asked) -> QuerySet[Entry]:
    for one in asked.sought:
        written = Q(words__contains=f" {one.word}")
        for code in one.codes:
            written |= Q(words__contains=f" {code} ")
        if asked.withheld:
            written &= ~Q(what__in=asked.withheld)
        entries = entries.filter(written | Q(what__in=one.whats) | Q(unit_path__in=one.paths))
    if asked.who:
        entries = entries.filter(by_name__icontains=asked.who)
    if asked.what:
        entries = entries.filter(what__startswith=asked.what)
    if asked.units is not None:
        entries = entries.filter(pk__in=_about(asked.units))
    if asked.first:
        entries = entries.filter(at__gte=asked.first)
    return entries.filter(at__lt=asked.until) if asked.until else entries
