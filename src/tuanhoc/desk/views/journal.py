"""The journal: everything of a Week and of the province for who coordinates, a unit's own trail for the unit."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities import access
from tuanhoc.campaigns.access import campaign_for, may_prepare
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.desk import journalled
from tuanhoc.desk.journalled import outside_for, units_outside, withheld_from
from tuanhoc.journal import queries
from tuanhoc.journal.models import Entry
from tuanhoc.lib.dates import HANOI, day_start, read_day
from tuanhoc.lib.text import clean, fold, name_key
from tuanhoc.papers.csv import to_csv
from tuanhoc.papers.xlsx import to_xlsx
from tuanhoc.units.models import Unit
from tuanhoc.units.queries import bodies_of
from tuanhoc.web import clock

PAGE = 50
#: Lines of one export; the filter of days takes the rest.
MOST = 20_000
#: units that the words typed may mean at once; who typed too little types more
MOST_UNITS = 30
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@known
@require_safe
def of_campaign(request: ActorRequest, code: str) -> HttpResponse:
    """List what happened in a Week, newest first; if asked, with what belongs to no Week."""
    campaign = campaign_for(request.actor, code)
    with_outside = bool(request.GET.get("ngoai"))
    roster = list(campaign.roster.in_reading_order())
    names = units_outside(request.actor, _today()) if with_outside else {}
    scope = _Scope({**names, **{unit.unit_id: unit.name for unit in roster}}, campaign.year, roster)
    asked, shown = _asked(request, scope)
    entries = (
        queries.of_campaign_and_outside(campaign.pk, asked, outside=outside_for(request.actor, _today()))
        if with_outside
        else queries.of_campaign(campaign.pk, asked)
    )
    context = {**shown, "campaign": campaign, "with_outside": with_outside, "name": f"nhat-ky-{code}"}
    return _answer(request, scope, entries, context)


@known
@require_safe
def outside(request: ActorRequest) -> HttpResponse:
    """List what belongs to no Week, newest first: units, whom to reach, people and roles."""
    if not may_prepare(request.actor):
        raise Http404
    scope = _Scope(units_outside(request.actor, _today()), _today().year)
    asked, shown = _asked(request, scope)
    entries = queries.outside_campaigns(asked, outside=outside_for(request.actor, _today()))
    return _answer(request, scope, entries, {**shown, "name": "nhat-ky-ngoai-dot"})


@known
@require_safe
def of_unit(request: ActorRequest, pk: int) -> HttpResponse:
    """List what happened to a unit, in a Week and outside: its own trail, and for who looks after others, theirs."""
    host = access.roster_unit_for(request.actor, pk, to=access.To.VIEW)
    roster = list(host.campaign.roster.in_reading_order())
    withheld = withheld_from(request.actor, host)
    scope = _Scope({unit.unit_id: unit.name for unit in roster}, host.campaign.year, roster, withheld)
    asked, shown = _asked(request, scope)
    # A personal link is for one unit; a seat at a unit reaches those under it.
    units = bodies_of(host.unit) if request.actor.link_id is not None else _bodies_within(host)
    entries = queries.of_units(host.campaign_id, units, asked)
    context = {**shown, "campaign": host.campaign, "host": host, "name": f"nhat-ky-{host.unit.key}"}
    return _answer(request, scope, entries, context)


@dataclass(frozen=True, slots=True)
class _Scope:
    """The units a page speaks of: by id as they are called there, and as the roster holds them."""

    names: Mapping[int, str]
    #: of days typed without one
    year: int
    roster: Sequence[RosterUnit] = ()
    withheld: Mapping[str, Collection[str]] = field(default_factory=dict)

    def by_path(self) -> dict[str, str]:
        """Return the names by every path an entry may be told under."""
        return {f"/{pk}/": name for pk, name in self.names.items()} | {unit.path: unit.name for unit in self.roster}

    def named(self, words: str) -> list[int]:
        """Return the units of that name; where none has it in full, all that have every word typed."""
        typed = fold(words).split()
        found = [pk for pk, name in self.names.items() if name_key(name) == name_key(words)]
        return found or [pk for pk, name in self.names.items() if all(word in fold(name) for word in typed)]

    def with_those_under(self, units: Collection[int]) -> QuerySet[Unit, int]:
        """Return units and those under them in the roster, and what was another spelling of one: ids. No query."""
        paths = tuple(unit.path for unit in self.roster if unit.unit_id in units)
        under = {unit.unit_id for unit in self.roster if paths and unit.path.startswith(paths)}
        under.update(units)
        return Unit.objects.filter(Q(pk__in=under) | Q(same_as__in=under)).values_list("pk", flat=True)


def _bodies_within(host: RosterUnit) -> QuerySet[Unit, int]:
    """Return a unit of a Week, those under it, and what was another spelling of one: ids. No query."""
    places = host.campaign.roster.filter(path__startswith=host.path).order_by().values("unit_id")
    return Unit.objects.filter(Q(pk__in=places) | Q(same_as__in=places)).values_list("pk", flat=True)


def _asked(request: ActorRequest, scope: _Scope) -> tuple[queries.Asked, dict[str, object]]:
    get = request.GET
    who, group, unit_words = clean(get.get("ai", "")), get.get("viec", ""), clean(get.get("don-vi", ""))
    first, last = (_day(get.get(name, ""), scope.year) for name in ("tu", "den"))
    typed = clean(get.get("q", ""))[:200]
    units = scope.named(unit_words) if unit_words else []
    several = [scope.names[pk] for pk in units[:MOST_UNITS]] if len(units) > 1 else []
    asked = queries.Asked(
        who=who,
        what=group if group in journalled.GROUPS else "",
        units=scope.with_those_under(units[:MOST_UNITS]) if unit_words else None,
        sought=journalled.sought(typed, scope.by_path()) if typed else (),
        first=day_start(first) if first else None,
        until=day_start(last + dt.timedelta(days=1)) if last else None,
        withheld=tuple(scope.withheld),
    )
    return asked, {
        "q": typed, "who": who, "group": asked.what,
        "unit_words": scope.names[units[0]] if len(units) == 1 else unit_words,
        "first": get.get("tu", ""), "last": get.get("den", ""),
        "is_narrowed": bool(typed or who or asked.what or unit_words or first or last),
        "wrong_days": [typed for typed, day in ((clean(get.get("tu", "")), first), (clean(get.get("den", "")), last))
                       if typed and day is None],
        "no_unit": bool(unit_words) and not units, "several": several,
        "unnamed": max(0, len(units) - MOST_UNITS), "unit_count": len(units),
    }  # fmt: skip


def _today() -> dt.date:
    return clock.now().astimezone(HANOI).date()


def _day(text: str, year: int) -> dt.date | None:
    try:
        return read_day(text, year=year) if text.strip() else None
    except ValueError:
        return None


def _answer(request: ActorRequest, scope: _Scope, entries: QuerySet[Entry], shown: dict[str, object]) -> HttpResponse:
    if ending := request.GET.get("tai"):
        return _file(entries, scope, ending, name=str(shown["name"]))
    page = Paginator(entries, PAGE).get_page(request.GET.get("trang"))
    names = {**_elsewhere(page.object_list, scope.names), **scope.names}
    rest = request.GET.copy()
    for name in ("trang", "tai"):
        rest.pop(name, None)
    but_unit = rest.copy()
    but_unit.pop("don-vi", None)
    return render(request, "desk/journal.html", {
        **shown, "page": page, "told": [journalled.told(entry, names, scope.withheld) for entry in page],
        "groups": [(code, _(words)) for code, words in journalled.GROUPS.items()], "rest": rest.urlencode(),
        "but_unit": but_unit.urlencode(),
        "most": MOST, "is_too_long": page.paginator.count > MOST,
    })  # fmt: skip


def _elsewhere(entries: Iterable[Entry], names: Mapping[int, str]) -> dict[int, str]:
    """Return the names of units that the page does not know: of spellings made one, say. At most one query."""
    unknown = {journalled.unit_of(entry) for entry in entries} - {0, *names}
    return dict(Unit.objects.filter(pk__in=unknown).values_list("pk", "name")) if unknown else {}


def _file(entries: QuerySet[Entry], scope: _Scope, ending: str, *, name: str) -> HttpResponse:
    if ending not in _TYPES:
        raise Http404
    names = {**dict(Unit.objects.values_list("pk", "name")), **scope.names}
    table = journalled.table_of(
        journalled.told(entry, names, scope.withheld) for entry in islice(entries.iterator(500), MOST)
    )
    response = HttpResponse(to_csv(table) if ending == "csv" else to_xlsx(table, numbers=(8,)), _TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
