"""Read answers about what was found."""

from dataclasses import dataclass

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from tuanhoc.activities.models import Activity, Registration, State
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.units.models import Area as AreaModel

from .models import Finding, Search
from .rules import Area, Areas, Row

#: counts editions of the rules: with other rules everything is looked at again
RULES = 2
#: what is looked at: handed in, whether accepted yet or not
LOOKED_AT = (State.SUBMITTED, State.ACCEPTED)


def rows_of(campaign: Campaign) -> list[Row]:
    """Return every dated activity that was handed in and takes place. One query."""
    names = (
        "pk", "registration__host_id", "registration__host__name", "area_id", "registration__host__area_id", "held_on",
        "ends_on", "starts_at", "ends_at", "part_of_day", "place", "content", "host", "note", "contact", "form",
    )  # fmt: skip
    rows = Activity.objects.filter(
        registration__host__campaign=campaign, registration__state__in=LOOKED_AT, held_on__isnull=False,
        cancelled_at=None,
    )  # fmt: skip
    return [
        Row(
            pk, host_id, name, area or own, held_on, ends_on, starts_at, ends_at, part, place, content, host, note,
            contact, is_online=form == Activity.Form.ONLINE,
        )
        for pk, host_id, name, area, own, held_on, ends_on, starts_at, ends_at, part, place, content, host, note,
        contact, form in rows.values_list(*names).iterator(chunk_size=2_000)
    ]  # fmt: skip


def areas_of(campaign: Campaign) -> Areas:
    """Return the areas of the Week's province as they stood on its first day. One query."""
    day = campaign.starts_on
    standing = AreaModel.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day)
    )
    areas = Areas.of(Area(*values) for values in standing.values_list("pk", "name", "level", "parent_id"))
    province = campaign.province.area_id
    if province is None:
        return areas
    return Areas.of(area for area in areas.by_id.values() if province in areas.chain(area.id))


def stamp(campaign: Campaign) -> str:
    """Return what tells one state of the Week's activities from another. Two queries."""
    looked_at = Registration.objects.filter(host__campaign=campaign, state__in=LOOKED_AT)
    forms = looked_at.aggregate(n=Count("pk"), versions=Sum("version"), last=Max("submitted_at"))
    rows = Activity.objects.filter(registration__host__campaign=campaign, registration__state__in=LOOKED_AT)
    lines = rows.aggregate(n=Count("pk"), changes=Sum("sequence"), last=Max("changed_at"))
    return "|".join(map(str, (RULES, *forms.values(), *lines.values())))


@dataclass(frozen=True, slots=True)
class Counts:
    """What waits for a look in a Week, as of the last search."""

    search: Search | None
    twice: int = 0
    hall: int = 0
    speaker: int = 0

    @property
    def any(self) -> int:
        """All of them."""
        return self.twice + self.hall + self.speaker


def counts(campaign: Campaign) -> Counts:
    """Count what nobody has decided, by kind. One query."""
    waiting = Finding.objects.open().filter(campaign=OuterRef("campaign")).order_by().values("campaign")
    of_kind = {
        kind: Coalesce(Subquery(waiting.filter(kind=kind).values(n=Count("pk"))), 0) for kind in Finding.Kind.values
    }
    search = (
        Search.objects.filter(campaign=campaign, searched_at__isnull=False).defer("memory").annotate(**of_kind).first()
    )
    if search is None:
        return Counts(None)
    return Counts(search, **{kind: getattr(search, kind) for kind in Finding.Kind.values})


def tally(findings: QuerySet[Finding]) -> dict[str, int]:
    """Count findings by verdict, each verdict at least 0. One query."""
    found = findings.order_by().values_list("verdict").annotate(n=Count("pk"))
    return dict.fromkeys(Finding.Verdict.values, 0) | dict(found)


def in_full(findings: QuerySet[Finding]) -> QuerySet[Finding]:
    """Return findings with both rows and whose they are, the surest first."""
    related = (
        "first__registration", "second__registration", "first_host__reviewer", "second_host__reviewer", "cancelled",
    )  # fmt: skip
    return findings.select_related(*related).order_by("-score", "pk")


def asked_of(host: RosterUnit) -> list[Finding]:
    """Return what the unit was asked and nobody has decided yet. One query."""
    mine = Finding.objects.open().filter(Q(first_host=host) | Q(second_host=host), asked_at__isnull=False)
    return list(mine.select_related("first", "second", "first_host", "second_host").order_by("-asked_at", "pk"))


def replaced_of(registration_id: int) -> frozenset[int]:
    """Return the activities of a registration that were cancelled because another stands for them. One query."""
    decided = Finding.objects.filter(verdict=Finding.Verdict.REPLACED, cancelled__registration=registration_id)
    return frozenset(decided.values_list("cancelled", flat=True))
