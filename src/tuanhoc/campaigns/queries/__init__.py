"""Read answers about Weeks."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from tuanhoc.campaigns import rules
from tuanhoc.campaigns.models import Campaign, Duty, PaperTemplate
from tuanhoc.lib.text import vietnamese_key
from tuanhoc.units import rules as unit_rules
from tuanhoc.units.models import Contact, Unit
from tuanhoc.units.queries import edges_on
from tuanhoc.units.queries.trees import landscape
from tuanhoc.units.rules.trees import How

from .deadlines import deadlines_of as deadlines_of
from .deadlines import is_locked as is_locked
from .deadlines import last_move as last_move
from .deadlines import let_in_each as let_in_each
from .deadlines import let_in_until as let_in_until
from .deadlines import locked_ids as locked_ids
from .deadlines import own_deadlines as own_deadlines
from .deadlines import unlocks_waiting as unlocks_waiting
from .duties import assignments as assignments
from .duties import duties_of as duties_of
from .editions import edition_before as edition_before
from .editions import is_past as is_past
from .editions import line_of as line_of


def current(day: dt.date) -> Campaign | None:
    """Return the Week the public should see on ``day``: the running or next open one, else the last past one."""
    shown = Campaign.objects.exclude(state=Campaign.State.PREPARING).select_related("province", "coordinator")
    return (
        shown.filter(ends_on__gte=day).order_by("starts_on", "pk").first() or shown.order_by("-ends_on", "pk").first()
    )


@dataclass(frozen=True, slots=True)
class Prospect:
    """A unit that would be expected if the call opened on the day asked for; ``reviewer`` None: the coordinator."""

    unit: Unit
    path: str
    reviewer: Unit | None


def prospects(province: Unit, coordinator: Unit, day: dt.date) -> list[Prospect]:
    """Return who would be expected on ``day``, in Vietnamese order. Two queries.

    The Ministry, the province's committee and the coordinator are not expected.
    """
    edges, root = edges_on(day), f"/{province.pk}/"
    standing = {unit.pk: unit for unit in Unit.objects.standing_on(day)}
    found = []
    for unit in sorted(standing.values(), key=lambda u: vietnamese_key(u.name)):
        path = unit_rules.path_of(unit.pk, edges)
        if root in path and unit.pk != coordinator.pk and unit.kind not in unit_rules.NOT_EXPECTED:
            found.append(Prospect(unit, path, _reviewer(unit, path, standing)))
    return found


def _reviewer(unit: Unit, path: str, standing: Mapping[int, Unit]) -> Unit | None:
    above = [standing[int(step)] for step in path.split("/") if step and int(step) in standing and int(step) != unit.pk]
    return rules.reviewer(unit.kind, [(other.kind, other) for other in above])


@dataclass(frozen=True, slots=True)
class RosterChanges:
    """How those expected now differ from the roster of an earlier Week."""

    new: Sequence[Unit]
    #: as the earlier roster names them
    gone: Sequence[str]
    #: names then and now
    renamed: Sequence[tuple[str, str]]
    same: int
    #: those whose place another unit has taken since: as the earlier roster names them, and who it is now
    followed: Sequence[tuple[str, str]] = ()


def roster_changes(before: Campaign, people: Sequence[Prospect], *, day: dt.date) -> RosterChanges:
    """Set those expected on ``day`` beside the roster of an earlier Week. Four queries, one when nobody is gone."""
    had = dict(before.roster.order_by("rank", "name_order", "pk").values_list("unit_id", "name"))
    now = {p.unit.pk: p.unit for p in people}
    gone = [pk for pk in had if pk not in now]
    land = landscape() if gone else None
    heirs = {pk: land.placed(pk, day) for pk in gone} if land else {}
    taken = {pk: now[place.holder].name for pk, place in heirs.items() if place.how in _TAKEN and place.holder in now}
    renamed = [(had[pk], unit.name) for pk, unit in now.items() if pk in had and had[pk] != unit.name]
    return RosterChanges(
        new=[unit for pk, unit in now.items() if pk not in had],
        gone=[had[pk] for pk in gone if pk not in taken],
        renamed=renamed,
        same=sum(pk in had for pk in now) - len(renamed),
        followed=[(had[pk], name) for pk, name in taken.items()],
    )


#: ways in which a unit's place is another's: joined, split, or the same in another spelling
_TAKEN = frozenset({How.SUCCESSOR, How.SPLIT, How.SAME})


@dataclass(frozen=True, slots=True)
class RosterPreview:
    """Who would be asked: per kind, per reviewer, and who cannot be reached."""

    total: int
    by_kind: Sequence[tuple[str, int]]
    #: name of the reviewer, None for the coordinator, and how many units it looks at
    by_reviewer: Sequence[tuple[str | None, int]]
    unreachable: Sequence[Unit]


def roster_preview(people: Sequence[Prospect]) -> RosterPreview:
    """Count up who would be asked. One query."""
    reachable = set(Contact.objects.values_list("unit_id", flat=True))
    kinds = Counter(str(Unit.Kind(p.unit.kind).label) for p in people)
    reviewers = Counter(p.reviewer.name if p.reviewer else None for p in people)
    return RosterPreview(
        total=len(people),
        by_kind=kinds.most_common(),
        by_reviewer=reviewers.most_common(),
        unreachable=[p.unit for p in people if p.unit.pk not in reachable],
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom a duty's words reach now: units by name, or the coordinator itself."""

    names: Sequence[str]
    is_coordinator: bool = False

    @property
    def words(self) -> str:
        """``UBND huyện Ninh Sơn``, ``7 đơn vị: …``; blank when nobody matches."""
        if self.is_coordinator:
            return _("Đơn vị điều phối")
        if len(self.names) <= 1:
            return "".join(self.names)
        shown = ", ".join(self.names[:3])
        more = _("%(n)s đơn vị: %(names)s, …") if len(self.names) > 3 else _("%(n)s đơn vị: %(names)s")
        return more % {"n": len(self.names), "names": shown}


def asked(unit_words: Sequence[str], people: Sequence[Prospect], coordinator: Unit | None) -> list[Asked]:
    """Return, for each duty's words, whom they reach. No query."""
    expected = [rules.Expected(p.unit.pk, p.unit.kind, p.unit.name) for p in people]
    names = {p.unit.pk: p.unit.name for p in people}
    known: dict[str, Asked] = {}
    for words in unit_words:
        if words not in known:
            own = coordinator is not None and rules.names_unit(words, coordinator.name)
            known[words] = Asked([names[pk] for pk in rules.owners(words, expected)], own)
    return [known[words] for words in unit_words]


def owners_of(duty: Duty, coordinator: Unit) -> Asked:
    """Return whom a duty was matched to when the call opened. No query where ``owners`` is prefetched."""
    return Asked([owner.name for owner in duty.owners.all()], rules.names_unit(duty.unit_words, coordinator.name))


def paper_form(campaign: Campaign, kind: str) -> rules.PaperForm:
    """Return how the Week's documents of a kind are headed and signed. One query.

    What the kind's own template says, else what the template of all papers says, else what the Week says. The plan
    is the committee's: of the coordinator's letterhead it takes the place only.

    :param kind: ``schedule``, ``plan``, ``reminder``, ``receipt``, ``invitation`` …
    """
    templates = current_templates(campaign)
    return _form_over(campaign, kind, templates.get(kind, {}), shared=templates.get("", {}))


def form_over(campaign: Campaign, kind: str, own: Mapping[str, object]) -> rules.PaperForm:
    """Return :func:`paper_form` as it would be with ``own`` as the kind's template. One query."""
    return _form_over(campaign, kind, own, shared=current_templates(campaign).get("", {}))


def _form_over(
    campaign: Campaign, kind: str, own: Mapping[str, object], *, shared: Mapping[str, object]
) -> rules.PaperForm:
    form = rules.laid_over(_issuer_form(campaign), shared if kind else {})
    if any(k.is_committees for k in rules.PAPER_KINDS if k.code == kind):
        form = replace(form, superior="", issuer=_in_full(campaign.province.name), symbol="", signature=(), signer="")
    return rules.laid_over(form, own)


def _in_full(name: str) -> str:
    return f"Ủy ban nhân dân {name.removeprefix('UBND ')}" if name.startswith("UBND ") else name


def _issuer_form(campaign: Campaign) -> rules.PaperForm:
    _number, _slash, symbol = campaign.issue_number.partition("/")
    return rules.PaperForm(
        superior=campaign.issuer_superior,
        issuer=campaign.issuer_name,
        place=campaign.issue_place,
        symbol=symbol,
        signature=tuple(line.strip() for line in campaign.signature_lines.splitlines() if line.strip()),
        signer=campaign.signer_name,
        recipients=("Lưu: VT",),
    )


def current_templates(campaign: Campaign) -> dict[str, dict[str, object]]:
    """Return what each kind's template says now; kinds without one are not there. One query."""
    return {kind: edition.values for kind, edition in standing_templates(campaign).items()}


def standing_templates(campaign: Campaign) -> dict[str, PaperTemplate]:
    """Return the edition of each kind's template that stands; kinds without one, or reset, are not there. One query."""
    latest = {edition.kind: edition for edition in campaign.paper_templates.order_by("number")}
    return {kind: edition for kind, edition in latest.items() if edition.values}


def template_editions(campaign: Campaign, kind: str) -> list[PaperTemplate]:
    """Return the editions of a kind's template, newest first. One query."""
    return list(campaign.paper_templates.filter(kind=kind).order_by("-number"))
