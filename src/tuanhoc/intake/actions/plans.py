"""A plan is received, corrected, and made into a campaign."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import User
from tuanhoc.activities import actions as activities
from tuanhoc.campaigns import actions as campaigns
from tuanhoc.campaigns.models import Campaign
from tuanhoc.campaigns.rules import CampaignDraft
from tuanhoc.files import actions as files
from tuanhoc.intake.models import PlanFile
from tuanhoc.intake.plan import PlanReading, read_plan, with_sources
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor, Role
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.papers.reading import read_apart
from tuanhoc.papers.reading.limits import IsAProgram, UnknownKind
from tuanhoc.units.models import Unit


class PlanAlreadyUsed(Refusal):
    message = N_("Kế hoạch này đã được lập thành đợt hoặc đã để sang một bên.")


class NoPlanFile(Refusal):
    message = N_(
        "Chưa đọc được loại tệp này. Vui lòng gửi kế hoạch là tệp Word (.docx, .doc), PDF hoặc văn bản (.txt)."
    )


def receive_plan(data: bytes, name: str, *, by: Actor, at: dt.datetime) -> PlanFile:
    """Read a plan and keep it with what was understood. What cannot be read leaves no trace.

    :raises Refusal: the file cannot be read or kept, with what to do.
    """
    # Reading may take seconds; the database is written to afterwards, and shortly.
    try:
        reading = read_plan(read_apart(data, name))
    except (UnknownKind, IsAProgram) as error:
        raise NoPlanFile from error
    return _keep(reading, name, data=data, by=by, at=at)


def begin_without_file(name: str, *, by: Actor, at: dt.datetime) -> PlanFile:
    """Begin a campaign whose plan is not at hand as a readable file: everything is filled in."""
    return _keep(PlanReading(), name, data=None, by=by, at=at)


@transaction.atomic
def _keep(reading: PlanReading, name: str, *, data: bytes | None, by: Actor, at: dt.datetime) -> PlanFile:
    plan = PlanFile.objects.create(
        stored=files.keep(data, at=at) if data is not None else None,
        name=name[-255:],
        reading=with_sources(reading),
        received_at=at,
        received_by_id=by.user_id,
    )
    told = {"name": plan.name, **journal.change("state", journal.ABSENT, PlanFile.State.READ)}
    journal.write("intake.plan.receive", by=by, on=plan, at=at, details=told)
    return plan


@transaction.atomic
def save_typed(plan: PlanFile, typed: Mapping[str, str], *, by: Actor, at: dt.datetime) -> None:
    """Keep what stands in the page's fields, right or wrong, so that it survives leaving the page.

    :raises PlanAlreadyUsed: a campaign was made of it, or it was set aside.
    """
    held = PlanFile.objects.select_for_update().filter(pk=plan.pk, state=PlanFile.State.READ).first()
    if held is None:
        raise PlanAlreadyUsed
    changed = [name for name in {**held.typed, **typed} if held.typed.get(name, "") != typed.get(name, "")]
    PlanFile.objects.filter(pk=plan.pk).update(typed=dict(typed), saved_at=at)
    journal.write(
        "intake.plan.correct", by=by, on=plan, at=at,
        details={
            "before": {name: held.typed.get(name, "") for name in changed},
            "after": {name: typed.get(name, "") for name in changed},
        },
    )  # fmt: skip
    plan.refresh_from_db(fields=["typed", "saved_at"])


@transaction.atomic
def prepare_from(
    plan: PlanFile,
    draft: CampaignDraft,
    *,
    province: Unit,
    coordinator: Unit,
    after: Campaign | None = None,
    carry_seats: bool = False,
    by: Actor,
    at: dt.datetime,
) -> Campaign:
    """Make the campaign as confirmed; whoever does so coordinates it.

    :param after: the edition it was made from: how its papers are headed, whether heads consent, deadlines of
        levels, and the words reviewers give registrations back with, are carried over.
    :param carry_seats: whoever coordinates ``after`` coordinates this one too.

    :raises PlanAlreadyUsed: by an earlier click, or set aside.
    :raises CodeTaken: another campaign has this code.
    """
    # The row is held, so that of two clicks one makes the campaign.
    held = PlanFile.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if held.state != PlanFile.State.READ:
        raise PlanAlreadyUsed
    campaign = campaigns.prepare_campaign(
        draft, province=province, coordinator=coordinator, plan_file=held.stored, after=after, by=by, at=at
    )
    if user := User.objects.filter(pk=by.user_id or 0).first():
        accounts.give_seat(user, Role.COORDINATOR, campaign_id=campaign.pk, by=by, at=at)
    if after is not None:
        campaigns.carry_over(campaign, after, by=by, at=at)
        activities.carry_reasons(campaign, after, by=by, at=at)
    if after is not None and carry_seats:
        for other in User.objects.filter(seats__campaign_id=after.pk, is_active=True).order_by("pk"):
            accounts.give_seat(other, Role.COORDINATOR, campaign_id=campaign.pk, by=by, at=at)
    PlanFile.objects.filter(pk=plan.pk).update(state=PlanFile.State.PREPARED, campaign=campaign)
    told = journal.change("state", PlanFile.State.READ, PlanFile.State.PREPARED)
    journal.write("intake.plan.prepare", by=by, on=plan, at=at, details={"campaign": campaign.code, **told})
    return campaign


@transaction.atomic
def set_plan_aside(plan: PlanFile, *, by: Actor, at: dt.datetime) -> None:
    """Take a plan off the list; the file and its reading stay.

    :raises PlanAlreadyUsed: a campaign was made of it.
    """
    moved = PlanFile.objects.filter(pk=plan.pk, state=PlanFile.State.READ).update(state=PlanFile.State.SET_ASIDE)
    if not moved:
        raise PlanAlreadyUsed
    told = journal.change("state", PlanFile.State.READ, PlanFile.State.SET_ASIDE)
    journal.write("intake.plan.set_aside", by=by, on=plan, at=at, details=told)
