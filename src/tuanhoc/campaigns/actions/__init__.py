"""A Week is prepared from its plan, and its call is opened."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from tuanhoc.campaigns import queries, rules
from tuanhoc.campaigns.events import CallOpened
from tuanhoc.campaigns.models import Assignment, Campaign, Direction, Duty, LegalBasis, PaperTemplate, Phase, RosterUnit
from tuanhoc.campaigns.rules.deadlines import COMMON, own_deadline
from tuanhoc.files.models import StoredFile
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.text import name_key
from tuanhoc.outbox import actions as outbox
from tuanhoc.units import rules as unit_rules
from tuanhoc.units.models import Unit

from .assigning import AlreadyOwned as AlreadyOwned
from .assigning import DutyNotOfWeek as DutyNotOfWeek
from .assigning import NotAWebLink as NotAWebLink
from .assigning import NotEvidence as NotEvidence
from .assigning import Said as Said
from .assigning import SaidInBetween as SaidInBetween
from .assigning import SpokenOfAlready as SpokenOfAlready
from .assigning import WaivedWithoutWords as WaivedWithoutWords
from .assigning import assign_duty as assign_duty
from .assigning import report_duty as report_duty
from .assigning import set_due_day as set_due_day
from .assigning import take_duty_back as take_duty_back
from .carrying import carry_over as carry_over
from .carrying import carry_papers
from .closing import NotClosed as NotClosed
from .closing import NotOpen as NotOpen
from .closing import close_campaign as close_campaign
from .closing import reopen_campaign as reopen_campaign
from .deadlines import DeadlineIsPast as DeadlineIsPast
from .deadlines import EndIsPast as EndIsPast
from .deadlines import EndsNoLater as EndsNoLater
from .deadlines import ExceptionIsOver as ExceptionIsOver
from .deadlines import MovedSince as MovedSince
from .deadlines import NoDeadline as NoDeadline
from .deadlines import NoExceptionReason as NoExceptionReason
from .deadlines import NothingMoves as NothingMoves
from .deadlines import WeekIsOver as WeekIsOver
from .deadlines import give_exceptions as give_exceptions
from .deadlines import move_deadlines as move_deadlines
from .deadlines import refuse_exception as refuse_exception
from .deadlines import refuse_move as refuse_move
from .deadlines import settle as settle
from .deadlines import switch_lock as switch_lock
from .deadlines import take_back_exception as take_back_exception
from .deadlines import undo_move as undo_move
from .deadlines import who_takes as who_takes
from .joining import NotTakingRequests as NotTakingRequests
from .joining import accept_join as accept_join
from .joining import ask_to_join as ask_to_join
from .joining import decline_join as decline_join
from .joining import forget_declined as forget_declined
from .joining import join_roster as join_roster
from .unlocking import AnsweredAlready as AnsweredAlready
from .unlocking import NoAnswerWords as NoAnswerWords
from .unlocking import NotLocked as NotLocked
from .unlocking import NoUnlockWords as NoUnlockWords
from .unlocking import answer_unlock as answer_unlock
from .unlocking import ask_unlock as ask_unlock


class CodeTaken(Refusal):
    message = N_("Mã đợt “%(code)s” đã có. Vui lòng chọn mã khác.")


class CallAlreadyOpen(Refusal):
    message = N_("Đợt này đã mở đăng ký.")


class WeekEndsBeforeItStarts(Refusal):
    message = N_("Ngày kết thúc đứng trước ngày bắt đầu. Vui lòng xem lại hai ngày này.")


class PhaseEndsBeforeItStarts(Refusal):
    message = N_("Giai đoạn “%(name)s” kết thúc trước khi bắt đầu. Vui lòng xem lại hai ngày này.")


class NoSuchEdition(Refusal):
    message = N_("Không có phiên bản %(number)s của mẫu này.")


class NobodyToAsk(Refusal):
    message = N_("Chưa có đơn vị nào dưới tỉnh này. Vui lòng nạp danh sách đơn vị trước khi mở đăng ký.")


@transaction.atomic
def prepare_campaign(
    draft: rules.CampaignDraft,
    *,
    province: Unit,
    coordinator: Unit,
    plan_file: StoredFile | None = None,
    after: Campaign | None = None,
    by: Actor,
    at: dt.datetime,
) -> Campaign:
    """Set up a Week; nobody is asked for anything yet.

    :param after: the edition it is made from, if any: its papers are headed and signed like that one's.
    :raises CodeTaken: another campaign has this code.
    :raises WeekEndsBeforeItStarts: its days run backwards. :raises PhaseEndsBeforeItStarts: a phase's do.
    """
    for phase in draft.phases:
        if phase.ends_on < phase.starts_on:
            raise PhaseEndsBeforeItStarts(name=phase.name)
    if draft.ends_on < draft.starts_on:
        raise WeekEndsBeforeItStarts
    if Campaign.objects.filter(code=draft.code).exists():
        raise CodeTaken(code=draft.code)
    campaign = Campaign.objects.create(
        code=draft.code, title=draft.title, year=draft.year, theme=draft.theme,
        province=province, coordinator=coordinator,
        starts_on=draft.starts_on, ends_on=draft.ends_on, opening_on=draft.opening_on,
        registration_closes_at=draft.registration_closes_at, report_closes_at=draft.report_closes_at,
        report_to=draft.report_to, plan_file=plan_file, after=after,
        help_name=draft.help_name, help_phone=draft.help_phone, help_hours=draft.help_hours,
    )  # fmt: skip
    _write_contents(campaign, draft)
    Phase.objects.bulk_create(
        Phase(campaign=campaign, name=p.name, starts_on=p.starts_on, ends_on=p.ends_on) for p in draft.phases
    )
    carry_papers(campaign, at=at)
    told = journal.change("state", journal.ABSENT, campaign.state)
    journal.write("campaigns.campaign.prepare", by=by, on=campaign, at=at, details=told)
    return campaign


@transaction.atomic
def ask_for_heads(campaign: Campaign, is_asked: bool, *, by: Actor, at: dt.datetime) -> None:
    """Say whether units hand in by their head's consent ("trình thủ trưởng"); what was handed in stands."""
    if campaign.head_confirms == is_asked:
        return
    campaign.head_confirms = is_asked
    campaign.save(update_fields=["head_confirms"])
    told = journal.change("head_confirms", not is_asked, is_asked)
    journal.write("campaigns.campaign.heads", by=by, on=campaign, at=at, details=told)


@transaction.atomic
def replace_contents(campaign: Campaign, draft: rules.CampaignDraft, *, by: Actor, at: dt.datetime) -> None:
    """Put other duties, legal bases and directions in the place of those there; only while it is being prepared.

    :raises CallAlreadyOpen: units already see their duties.
    """
    # The row is held, so that the call cannot open between the look and the change.
    held = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if held.state != Campaign.State.PREPARING:
        raise CallAlreadyOpen
    before = {name: getattr(campaign, name).count() for name in ("duties", "legal_bases", "directions")}
    for name in before:
        getattr(campaign, name).all().delete()
    _write_contents(campaign, draft)
    after = {name: getattr(campaign, name).count() for name in before}
    journal.write("campaigns.campaign.rewrite", by=by, on=campaign, at=at, details={"before": before, "after": after})


def _write_contents(campaign: Campaign, draft: rules.CampaignDraft) -> None:
    LegalBasis.objects.bulk_create(
        LegalBasis(
            campaign=campaign, symbol=b.symbol, normalized=b.normalized, dated_on=b.dated_on, issuer=b.issuer,
            stale=b.stale,
        )
        for b in draft.bases
    )  # fmt: skip
    Duty.objects.bulk_create(
        Duty(campaign=campaign, clause=d.clause, unit_words=d.unit_words, text=d.text, due_on=d.due_on)
        for d in draft.duties
    )
    Direction.objects.bulk_create(Direction(campaign=campaign, clause=c, text=t) for c, t in draft.directions)


#: What the coordinator may correct in the desk.
CORRECTABLE = frozenset({
    "title", "year", "theme", "starts_on", "ends_on", "opening_on", "registration_closes_at", "report_closes_at",
    "report_to", "help_name", "help_phone", "help_hours", "issuer_superior", "issuer_name", "issue_place",
    "issue_number", "parent_document", "signature_lines", "signer_name",
})  # fmt: skip


@transaction.atomic
def correct_campaign(
    campaign: Campaign,
    changes: Mapping[str, object],
    *,
    contents: rules.CampaignDraft | None = None,
    by: Actor,
    at: dt.datetime,
) -> None:
    """Change what the coordinator may correct; a moved deadline moves every unit's that has the common one.

    ``contents`` also puts its duties, legal bases and directions in the place of those there.

    :raises WeekEndsBeforeItStarts: its days would run backwards.
    :raises NoDeadline: an open call cannot lose its deadline.
    :raises DeadlineIsPast: nor be given one that has passed.
    :raises CallAlreadyOpen: ``contents`` are given, and units already see their duties.
    """
    if contents is not None:
        replace_contents(campaign, contents, by=by, at=at)
    if not changes:
        return
    unknown = set(changes) - CORRECTABLE
    if unknown:
        raise ValueError(f"not correctable: {sorted(unknown)}")
    before = {name: str(getattr(campaign, name)) for name in changes}
    plain = {name: value for name, value in changes.items() if name != "registration_closes_at"}
    for name, value in plain.items():
        setattr(campaign, name, value)
    if campaign.ends_on < campaign.starts_on:
        raise WeekEndsBeforeItStarts
    campaign.save(update_fields=list(plain))
    if "registration_closes_at" in changes:
        _move_common(campaign, changes["registration_closes_at"], by=by, at=at)
    after = {name: str(value) for name, value in changes.items()}
    journal.write(
        "campaigns.campaign.correct",
        by=by,
        on=campaign,
        at=at,
        details={"before": before, "after": after},
    )


def _move_common(campaign: Campaign, to: object, *, by: Actor, at: dt.datetime) -> None:
    """Move the deadline of all units that have none of their level."""
    after = queries.deadlines_of(Campaign.objects.get(pk=campaign.pk))
    if after.get(COMMON) == to:
        return
    after.pop(COMMON, None)
    if isinstance(to, dt.datetime):
        after[COMMON] = to
    move_deadlines(campaign, after, by=by, at=at)


@transaction.atomic
def set_phases(campaign: Campaign, phases: Sequence[rules.PhaseDraft], *, by: Actor, at: dt.datetime) -> None:
    """Put these phases in the place of those there: activities on their days are no longer outside.

    :raises PhaseEndsBeforeItStarts: one of them runs backwards; nothing is changed.
    """
    for phase in phases:
        if phase.ends_on < phase.starts_on:
            raise PhaseEndsBeforeItStarts(name=phase.name)
    before = [_phase_words(phase) for phase in campaign.phases.order_by("pk")]
    campaign.phases.all().delete()
    Phase.objects.bulk_create(
        Phase(campaign=campaign, name=p.name, starts_on=p.starts_on, ends_on=p.ends_on)
        for p in sorted(phases, key=lambda p: (p.starts_on, p.ends_on, p.name))
    )
    journal.write(
        "campaigns.campaign.phases", by=by, on=campaign, at=at,
        details=journal.change("phases", before, [_phase_words(p) for p in phases]),
    )  # fmt: skip


def _phase_words(phase: Phase | rules.PhaseDraft) -> str:
    return f"{phase.name}: {phase.starts_on:%d/%m/%Y} – {phase.ends_on:%d/%m/%Y}"


@transaction.atomic
def open_call(campaign: Campaign, *, by: Actor, at: dt.datetime) -> int:
    """Freeze the roster and ask every expected unit to register; return how many are expected.

    The Ministry, the province's committee and the coordinator are not expected.

    :raises NoDeadline: nobody said until when.
    :raises NobodyToAsk: no unit stands under the province.
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
    _freeze_roster(campaign, day=at.astimezone(HANOI).date())
    _match_duties(campaign)
    expected = campaign.roster.count()
    if not expected:
        raise NobodyToAsk
    journal.write(
        "campaigns.call.open", by=by, on=campaign, at=at, units=campaign.roster.values_list("unit_id", flat=True),
        details={"expected": expected, **journal.change("state", Campaign.State.PREPARING, Campaign.State.OPEN)},
    )  # fmt: skip
    outbox.record(CallOpened(campaign_id=campaign.pk, expected_count=expected), at=at)
    return expected


def _freeze_roster(campaign: Campaign, *, day: dt.date) -> None:
    people = queries.prospects(campaign.province, campaign.coordinator, day)
    levels = queries.deadlines_of(campaign)
    common = levels.pop(COMMON)
    rows = RosterUnit.objects.bulk_create(
        RosterUnit(
            campaign=campaign, unit=p.unit, name=p.unit.name, kind=p.unit.kind,
            rank=unit_rules.RANKS.get(p.unit.kind, 8), name_order=order, name_key=name_key(p.unit.name)[:200],
            area_id=p.unit.area_id, path=p.path, closes_at=own_deadline(p.unit.kind, common=common, levels=levels),
        )
        for order, p in enumerate(people)
    )  # fmt: skip
    row_of = {row.unit_id: row for row in rows}
    reviewed = []
    for person in people:
        if person.reviewer is not None and person.reviewer.pk in row_of:
            row_of[person.unit.pk].reviewer = row_of[person.reviewer.pk]
            reviewed.append(row_of[person.unit.pk])
    RosterUnit.objects.bulk_update(reviewed, ["reviewer"])


def _match_duties(campaign: Campaign) -> None:
    expected = [rules.Expected(r.pk, r.kind, r.name) for r in campaign.roster.order_by("pk")]
    for duty in campaign.duties.all():
        duty.owners.set(rules.owners(duty.unit_words, expected))
        if rules.names_unit(duty.unit_words, campaign.coordinator.name):
            Assignment.objects.create(duty=duty)


@transaction.atomic
def set_paper_template(
    campaign: Campaign, kind: str, values: Mapping[str, object], *, by: Actor, at: dt.datetime
) -> PaperTemplate | None:
    """Make another edition of a kind's template; None where it says what the standing one says.

    Values that break Decree 30 are taken too: a province answers for its own papers, and was told.

    :param values: as ``rules.laid_over`` takes them; empty to print the kind as if nothing had been set.
    """
    if kind not in {known.code for known in rules.PAPER_KINDS}:
        raise ValueError(f"no such kind: {kind}")
    # The row of the Week is held, so that of two savers each makes a number of its own.
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    last = campaign.paper_templates.filter(kind=kind).order_by("-number").first()
    before = last.values if last else {}
    if values == before:
        return None
    made = PaperTemplate.objects.create(
        campaign=campaign, kind=kind, number=last.number + 1 if last else 1, values=dict(values), made_at=at,
        by_name=by.name[:200],
    )  # fmt: skip
    journal.write(
        "campaigns.template.set", by=by, on=made, at=at, details={"kind": kind, "before": before, "after": dict(values)}
    )
    return made


def restore_paper_template(
    campaign: Campaign, kind: str, number: int, *, by: Actor, at: dt.datetime
) -> PaperTemplate | None:
    """Make an earlier edition stand again, as a new one.

    :raises NoSuchEdition: there is none of that number.
    """
    if number == 0:
        return set_paper_template(campaign, kind, {}, by=by, at=at)
    earlier = campaign.paper_templates.filter(kind=kind, number=number).first()
    if earlier is None:
        raise NoSuchEdition(number=number)
    return set_paper_template(campaign, kind, earlier.values, by=by, at=at)
