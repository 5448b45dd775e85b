"""The journal: everything of a Week for who coordinates it, a unit's own trail for the unit."""

import datetime as dt
from collections.abc import Iterable
from itertools import islice

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities import access
from tuanhoc.campaigns.access import campaign_for
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.desk import journalled
from tuanhoc.journal import queries
from tuanhoc.journal.models import Entry
from tuanhoc.lib.dates import day_start, read_day
from tuanhoc.lib.text import clean, fold, name_key
from tuanhoc.papers.csv import to_csv
from tuanhoc.papers.xlsx import to_xlsx
from tuanhoc.units.models import Unit
from tuanhoc.units.queries import bodies_of

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
    """List what happened in a Week, newest first."""
    campaign = campaign_for(request.actor, code)
    asked, shown = _asked(request, campaign)
    entries = queries.of_campaign(campaign.pk, asked)
    return _answer(request, campaign, entries, {**shown, "host": None, "name": f"nhat-ky-{code}"})


@known
@require_safe
def of_unit(request: ActorRequest, pk: int) -> HttpResponse:
    """List what happened at a unit in a Week: its own trail, and for who looks after others, theirs."""
    host = access.roster_unit_for(request.actor, pk, to=access.To.VIEW)
    asked, shown = _asked(request, host.campaign)
    # A personal link is for one unit; a seat at a unit reaches those under it.
    bodies = bodies_of(host.unit)
    entries = queries.of_unit(
        host.campaign_id, host.path, asked, with_those_under=request.actor.link_id is None,
        also=bodies if len(bodies) > 1 else (),
    )  # fmt: skip
    return _answer(request, host.campaign, entries, {**shown, "host": host, "name": f"nhat-ky-{host.unit.key}"})


def _asked(request: ActorRequest, campaign: Campaign) -> tuple[queries.Asked, dict[str, object]]:
    get = request.GET
    who, group, unit_words = clean(get.get("ai", "")), get.get("viec", ""), clean(get.get("don-vi", ""))
    first, last = (_day(get.get(name, ""), campaign.year) for name in ("tu", "den"))
    typed = clean(get.get("q", ""))[:200]
    units = _units_named(campaign, unit_words) if unit_words else []
    asked = queries.Asked(
        who=who,
        what=group if group in journalled.GROUPS else "",
        unit_paths=tuple(unit.path for unit in units[:MOST_UNITS]) or (("-",) if unit_words else ()),
        sought=journalled.sought(typed, dict(campaign.roster.values_list("path", "name"))) if typed else (),
        first=day_start(first) if first else None,
        until=day_start(last + dt.timedelta(days=1)) if last else None,
    )
    return asked, {
        "q": typed, "who": who, "group": asked.what, "unit_words": units[0].name if len(units) == 1 else unit_words,
        "first": get.get("tu", ""),
        "last": get.get("den", ""), "is_narrowed": asked != queries.Asked(),
        "wrong_days": [typed for typed, day in ((clean(get.get("tu", "")), first), (clean(get.get("den", "")), last))
                       if typed and day is None],
        "no_unit": bool(unit_words) and not units, "several": units[:MOST_UNITS] if len(units) > 1 else [],
        "unnamed": max(0, len(units) - MOST_UNITS), "unit_count": len(units),
    }  # fmt: skip


def _day(text: str, year: int) -> dt.date | None:
    try:
        return read_day(text, year=year) if text.strip() else None
    except ValueError:
        return None


def _units_named(campaign: Campaign, words: str) -> list[RosterUnit]:
    """Return the units of that name; where none has it in full, all that have every word typed. One query."""
    roster = list(campaign.roster.in_reading_order())
    typed = fold(words).split()
    found = [unit for unit in roster if name_key(unit.name) == name_key(words)]
    return found or [unit for unit in roster if all(word in fold(unit.name) for word in typed)]


def _answer(
    request: ActorRequest, campaign: Campaign, entries: QuerySet[Entry], shown: dict[str, object]
) -> HttpResponse:
    units = dict(campaign.roster.values_list("path", "name"))
    if ending := request.GET.get("tai"):
        return _file(entries, units, ending, name=str(shown["name"]))
    page = Paginator(entries, PAGE).get_page(request.GET.get("trang"))
    units |= _former_places(page.object_list, units)
    rest = request.GET.copy()
    for name in ("trang", "tai"):
        rest.pop(name, None)
    but_unit = rest.copy()
    but_unit.pop("don-vi", None)
    return render(request, "desk/journal.html", {
        **shown, "campaign": campaign, "page": page, "told": [journalled.told(entry, units) for entry in page],
        "groups": [(code, _(words)) for code, words in journalled.GROUPS.items()], "rest": rest.urlencode(),
        "but_unit": but_unit.urlencode(),
        "most": MOST, "is_too_long": page.paginator.count > MOST,
    })  # fmt: skip


def _former_places(entries: Iterable[Entry], units: dict[str, str]) -> dict[str, str]:
    """Return the names of places that are not in the roster any more: of spellings made one. At most one query."""
    paths = {entry.unit_path: entry.unit_path.rstrip("/").rsplit("/", 1)[-1] for entry in entries}
    gone = {path: int(leaf) for path, leaf in paths.items() if path not in units and leaf.isdecimal()}
    names = dict(Unit.objects.filter(pk__in=gone.values()).values_list("pk", "name")) if gone else {}
    return {path: names[leaf] for path, leaf in gone.items() if leaf in names}


def _file(entries: QuerySet[Entry], units: dict[str, str], ending: str, *, name: str) -> HttpResponse:
    if ending not in _TYPES:
        raise Http404
    table = journalled.table_of(journalled.told(entry, units) for entry in islice(entries.iterator(500), MOST))
    response = HttpResponse(to_csv(table) if ending == "csv" else to_xlsx(table, numbers=(8,)), _TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
