"""A Week is prepared from its plan, and its call is opened."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from tuanhoc.files.models import StoredFile
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.text import name_key, vietnamese_key
from tuanhoc.outbox import actions as outbox
from tuanhoc.units import rules as unit_rules
from tuanhoc.units.models import Unit
from tuanhoc.units.queries import edges_on

from . import rules
from .events import CallOpened
from .models import Campaign, Direction, Duty, LegalBasis, RosterUnit


class CodeTaken(Refusal):
    message = N_("Mã đợt “%(code)s” đã có. Vui lòng chọn mã khác.")


class CallAlreadyOpen(Refusal):
    message = N_("Đợt này đã mở đăng ký.")


class NoDeadline(Refusal):
    message = N_("Chưa có hạn đăng ký. Vui lòng điền hạn trước khi mở đăng ký.")


@transaction.atomic
def prepare_campaign(
    draft: rules.CampaignDraft,
    *,
    province: Unit,
    coordinator: Unit,
    plan_file: StoredFile | None = None,
    by: Actor,
    at: dt.datetime,
) -> Campaign:
    """Set up a Week; nobody is asked for anything yet.

    :raises CodeTaken: another campaign has this code.
    """
    if Campaign.objects.filter(code=draft.code).exists():
        raise CodeTaken(code=draft.code)
    campaign = Campaign.objects.create(
        code=draft.code, title=draft.title, year=draft.year, theme=draft.theme,
        province=province, coordinator=coordinator,
        starts_on=draft.starts_on, ends_on=draft.ends_on, opening_on=draft.opening_on,
        registration_closes_at=draft.registration_closes_at, report_closes_at=draft.report_closes_at,
        report_to=draft.report_to, plan_file=plan_file,
    )  # fmt: skip
    LegalBasis.objects.bulk_create(
        LegalBasis(
            campaign=campaign,
            symbol=b.symbol,
            normalized=b.normalized,
            dated_on=b.dated_on,
            issuer=b.issuer,
            stale=b.stale,
        )
        for b in draft.bases
    )
    Duty.objects.bulk_create(
        Duty(
            campaign=campaign,
            clause=d.clause,
            unit_words=d.unit_words,
            text=d.text,
            due_on=d.due_on,
        )
        for d in draft.duties
    )
    Direction.objects.bulk_create(Direction(campaign=campaign, clause=c, text=t) for c, t in draft.directions)
    journal.write("campaigns.campaign.prepare", by=by, on=campaign, at=at)
    return campaign


#: What the coordinator may correct in the desk.
CORRECTABLE = frozenset({
    "title", "theme", "starts_on", "ends_on", "opening_on", "registration_closes_at", "report_closes_at", "report_to",
    "help_name", "help_phone", "help_hours", "issuer_superior", "issuer_name", "issue_place", "issue_number",
    "parent_document", "signature_lines", "signer_name",
})  # fmt: skip


@transaction.atomic
def correct_campaign(campaign: Campaign, changes: Mapping[str, object], *, by: Actor, at: dt.datetime) -> None:
    """Change what the coordinator may correct; a moved deadline moves every unit's that still had the common one."""
    unknown = set(changes) - CORRECTABLE
    if unknown:
        raise ValueError(f"not correctable: {sorted(unknown)}")
    before = {name: str(getattr(campaign, name)) for name in changes}
    old_deadline = campaign.registration_closes_at
    for name, value in changes.items():
        setattr(campaign, name, value)
    campaign.save(update_fields=list(changes))
    moved = campaign.registration_closes_at != old_deadline
    if moved and old_deadline is not None and campaign.registration_closes_at is not None:
        campaign.roster.filter(closes_at=old_deadline).update(closes_at=campaign.registration_closes_at)
    after = {name: str(value) for name, value in changes.items()}
    journal.write(
        "campaigns.campaign.correct",
        by=by,
        on=campaign,
        at=at,
        details={"before": before, "after": after},
    )


@transaction.atomic
def open_call(campaign: Campaign, *, by: Actor, at: dt.datetime) -> int:
    """Freeze the roster and ask every expected unit to register; return how many are expected.

    The Ministry, the province's committee and the coordinator are not expected.

    :raises NoDeadline: nobody said until when.
    :raises CallAlreadyOpen: by an earlier click.
    """
    if campaign.registration_closes_at is None:
        raise NoDeadline
    moved = Campaign.objects.filter(pk=campaign.pk, state=Campaign.State.PREPARING).update(
        state=Campaign.State.OPEN, opened_at=at
    )
    if not moved:
        raise CallAlreadyOpen
    campaign.refresh_from_db()
    _freeze_roster(campaign, closes_at=campaign.registration_closes_at, day=at.date())
    _match_duties(campaign)
    expected = campaign.roster.count()
    journal.write("campaigns.call.open", by=by, on=campaign, at=at, details={"expected": expected})
    outbox.record(CallOpened(campaign_id=campaign.pk, expected_count=expected), at=at)
    return expected


def _freeze_roster(campaign: Campaign, *, closes_at: dt.datetime, day: dt.date) -> None:
    edges = edges_on(day)
    root = f"/{campaign.province_id}/"
    standing = [
        (unit, path)
        for unit in Unit.objects.standing_on(day)
        if root in (path := unit_rules.path_of(unit.pk, edges))
        and unit.pk != campaign.coordinator_id
        and unit.kind not in unit_rules.NOT_EXPECTED
    ]
    standing.sort(key=lambda pair: vietnamese_key(pair[0].name))
    rows = RosterUnit.objects.bulk_create(
        RosterUnit(
            campaign=campaign, unit=unit, name=unit.name, kind=unit.kind, rank=unit_rules.RANKS.get(unit.kind, 8),
            name_order=order, name_key=name_key(unit.name)[:200], area_id=unit.area_id, path=path,
            closes_at=closes_at,
        )
        for order, (unit, path) in enumerate(standing)
    )  # fmt: skip
    _set_reviewers(list(rows))


#: Looked at by their district: schools, centres and communes. Every other unit is the coordinator's.
_REVIEWED_BY_DISTRICT = frozenset(
    {
        "commune_committee",
        "community_centre",
        "school_pre",
        "school_primary",
        "school_lower",
        "continuing_centre",
        "culture_centre",
    }
)


def _set_reviewers(rows: list[RosterUnit]) -> None:
    districts = {row.unit_id: row for row in rows if row.kind == Unit.Kind.DISTRICT_COMMITTEE}
    reviewed = []
    for row in rows:
        if row.kind not in _REVIEWED_BY_DISTRICT:
            continue
        above = [districts[int(step)] for step in row.path.split("/") if step and int(step) in districts]
        if above:
            row.reviewer = above[-1]
            reviewed.append(row)
    RosterUnit.objects.bulk_update(reviewed, ["reviewer"])


def _match_duties(campaign: Campaign) -> None:
    expected = [rules.Expected(r.pk, r.kind, r.name) for r in campaign.roster.order_by("pk")]
    for duty in campaign.duties.all():
        duty.owners.set(rules.owners(duty.unit_words, expected))
