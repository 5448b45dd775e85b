"""Whom to reach at the units of one Week that I look after: a district's directory of its own, with what was phoned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities.access import looked_after
from tuanhoc.activities.models import Registration
from tuanhoc.campaigns.models import Campaign, RosterUnit, RosterUnitQuerySet
from tuanhoc.lib.text import clean, fold
from tuanhoc.notices.models import Call
from tuanhoc.notices.queries.calling import noted
from tuanhoc.notices.rules import calling
from tuanhoc.units.models import Contact

PAGE = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One unit with its people and the last call to one of them."""

    host: RosterUnit
    people: Sequence[Contact]
    state: str
    last: calling.Noted | None
    campaign: Campaign

    @property
    def last_words(self) -> str:
        return str(Call.Outcome(self.last.outcome).label) if self.last else ""

    @property
    def caller(self) -> str:
        """Who phoned, and for whom."""
        return f"{self.last.by_name} ({self.last.for_name or self.campaign.coordinator.name})" if self.last else ""


@known
@require_safe
def week_contacts(request: ActorRequest, code: str) -> HttpResponse:
    """List the units I look after in a Week with whom to reach there. Six queries."""
    campaign, own = looked_after(request.actor, code)
    lines = _lines(campaign, own)
    query, bare = clean(request.GET.get("q", ""))[:100], request.GET.get("loc") == "khong"
    found = [line for line in lines if (not bare or not line.people) and _matches(line, query)]
    context = {
        "campaign": campaign, "page": Paginator(found, PAGE).get_page(request.GET.get("trang")), "query": query,
        "bare": bare, "total": len(lines), "people": sum(len(line.people) for line in lines), "found": len(found),
        "without": sum(not line.people for line in lines),
    }  # fmt: skip
    return render(request, "desk/week_contacts.html", context)


def _lines(campaign: Campaign, own: RosterUnitQuerySet) -> list[Line]:
    people: dict[int, list[Contact]] = {}
    for contact in Contact.objects.filter(unit__in=own.values("unit_id")).order_by("-is_in_charge", "pk"):
        people.setdefault(contact.unit_id, []).append(contact)
    states = dict(Registration.objects.filter(host__in=own).values_list("host_id", "state"))
    calls = noted(campaign)
    return [
        Line(host, there, states.get(host.pk, ""), _last(host, there, calls), campaign)
        for host in own.in_reading_order()
        for there in [people.get(host.unit_id, [])]
    ]


def _last(host: RosterUnit, people: Sequence[Contact], calls: Mapping[str, calling.Noted]) -> calling.Noted | None:
    numbers = [calling.number_of(one.phone) or calling.number_of(one.zalo) for one in people]
    keys = [f"host:{host.pk}", *(f"tel:{number}" for number in numbers if number)]
    return max((calls[key] for key in keys if key in calls), key=lambda one: one.made_at, default=None)


def _matches(line: Line, query: str) -> bool:
    wanted, digits = fold(query), "".join(filter(str.isdigit, query))
    if not wanted or wanted in fold(line.host.name):
        return True
    return any(
        wanted in fold(f"{one.name} {one.role} {one.email}")
        or (len(digits) >= 3 and digits in "".join(filter(str.isdigit, f"{one.phone} {one.zalo}")))
        for one in line.people
    )
