"""Read answers about what happened."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from .models import Entry


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
    #: entries at any of these places, and below them; "-" is no place at all
    unit_paths: tuple[str, ...] = ()
    first: dt.datetime | None = None
    until: dt.datetime | None = None
    #: each must be found somewhere in an entry
    sought: tuple["Sought", ...] = ()


def of_campaign(campaign_id: int, asked: Asked) -> QuerySet[Entry]:
    """Return the entries of a Week, newest first."""
    return _asked(Entry.objects.filter(campaign_id=campaign_id), asked).order_by("-pk")


def of_unit(
    campaign_id: int, unit_path: str, asked: Asked, *, with_those_under: bool, also: Iterable[int] = ()
) -> QuerySet[Entry]:
    """Return a unit's own trail in a Week, newest first; with those under it for who looks after them.

    :param also: ids the unit stood under before two spellings of it were made one: entries are never rewritten.
    """
    mine = Q(unit_path__startswith=unit_path) if with_those_under else Q(unit_path=unit_path)
    for number in also:
        step = f"/{number}/"
        mine |= Q(unit_path__contains=step) if with_those_under else Q(unit_path__endswith=step)
    return _asked(Entry.objects.filter(mine, campaign_id=campaign_id), asked).order_by("-pk")


def outside_campaigns(asked: Asked) -> QuerySet[Entry]:
    """Return what belongs to no Week: units, people, seats; newest first."""
    return _asked(Entry.objects.filter(campaign_id=None), asked).order_by("-pk")


def _asked(entries: QuerySet[Entry], asked: Asked) -> QuerySet[Entry]:
    for one in asked.sought:
        found = Q(words__contains=f" {one.word}") | Q(what__in=one.whats) | Q(unit_path__in=one.paths)
        for code in one.codes:
            found |= Q(words__contains=f" {code} ")
        entries = entries.filter(found)
    if asked.who:
        entries = entries.filter(by_name__icontains=asked.who)
    if asked.what:
        entries = entries.filter(what__startswith=asked.what)
    if asked.unit_paths:
        anywhere = Q()
        for path in asked.unit_paths:
            anywhere |= Q(unit_path__startswith=path)
        entries = entries.filter(anywhere)
    if asked.first:
        entries = entries.filter(at__gte=asked.first)
    return entries.filter(at__lt=asked.until) if asked.until else entries
