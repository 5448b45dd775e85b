"""Read answers about units' Word forms."""

from collections import Counter

from tuanhoc.activities.models import Registration
from tuanhoc.campaigns.models import Campaign, RosterUnit, RosterUnitQuerySet
from tuanhoc.intake.models import FormFile, FormFileQuerySet
from tuanhoc.intake.rules.matching import Known, Roster
from tuanhoc.lib.text import fold


def roster_of(campaign: Campaign, among: RosterUnitQuerySet) -> Roster:
    """Return the units a form may come from, ready for matching. Two queries, whatever their number.

    Superiors are named from the whole roster, also those outside ``among``.
    """
    names = dict(RosterUnit.objects.filter(campaign=campaign).values_list("unit_id", "name"))
    known = [
        Known(pk, name, tuple(names[step] for step in _above(path) if step in names))
        for pk, name, path in among.values_list("pk", "name", "path")
    ]
    return Roster(known, province=campaign.province.name)


def _above(path: str) -> list[int]:
    return [int(step) for step in path.strip("/").split("/")[:-1]]


def counts(forms: FormFileQuerySet) -> Counter[str]:
    """Count the forms of an inbox by state. One query."""
    return Counter(forms.values_list("state", flat=True))


def confirmable_unseen(forms: FormFileQuerySet) -> FormFileQuerySet:
    """Return the waiting forms to be confirmed at once: nothing to ask, and their unit has written nothing yet.

    Two forms for one unit need a person, who says which one stands.
    """
    good = forms.needing_no_look()
    twice = Counter(forms.to_confirm().filter(host__isnull=False).values_list("host_id", flat=True))
    doubled = [host_id for host_id, n in twice.items() if n > 1]
    begun = Registration.objects.exclude(state="draft", activities__isnull=True).values("host_id")
    return good.exclude(host_id__in=doubled).exclude(host_id__in=begun)


def standing_registration(host: RosterUnit | None) -> Registration | None:
    """Return what the unit has already, None when it has not begun or the unit is not known."""
    return Registration.objects.filter(host=host).first() if host is not None else None


def others_for(form: FormFile) -> list[RosterUnit]:
    """Return the other units that may be meant, best first. One query."""
    found = RosterUnit.objects.in_bulk(form.match_others)
    return [found[pk] for pk in form.match_others if pk in found]


def same_content(form: FormFile) -> FormFile | None:
    """Return the earlier form of the same unit that says the same, None when there is none. At most one query.

    Of forms whose unit nobody knows, those that name themselves alike.
    """
    if not form.content_sha256:
        return None
    alike = FormFile.objects.filter(
        campaign=form.campaign_id, content_sha256=form.content_sha256, host=form.host_id, is_own=False,
        state__in=[FormFile.State.READ, FormFile.State.CONFIRMED],
    ).exclude(pk=form.pk)  # fmt: skip
    for other in alike.order_by("pk")[:20]:
        if form.host_id is not None or _named(other) == _named(form):
            return other
    return None


def _named(form: FormFile) -> str:
    return fold(form.reading.get("organisation") or "")


def earlier_version(form: FormFile) -> FormFile | None:
    """Return the form of the same unit that came before this one and says something else; None without. One query."""
    if form.host_id is None or form.is_own or not form.content_sha256:
        return None
    before = FormFile.objects.filter(
        campaign=form.campaign_id, host=form.host_id, is_own=False, pk__lt=form.pk,
        state__in=[FormFile.State.READ, FormFile.State.CONFIRMED],
    ).exclude(content_sha256__in=["", form.content_sha256])  # fmt: skip
    return before.order_by("-received_at", "-pk").first()
