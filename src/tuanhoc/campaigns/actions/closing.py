"""A Week that is over is closed, and can be opened again. A part of ``campaigns.actions``."""

import datetime as dt

from django.db import transaction

from tuanhoc.accounts import actions as accounts
from tuanhoc.campaigns.models import Campaign
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_, Refusal


class NotOpen(Refusal):
    message = N_("Đợt này chưa mở đăng ký hoặc đã đóng rồi.")


class NotClosed(Refusal):
    message = N_("Đợt này không đóng, nên không cần mở lại.")


@transaction.atomic
def close_campaign(campaign: Campaign, *, by: Actor, at: dt.datetime) -> None:
    """End an edition: it takes no registration, reminds nobody, and its units' links open no more.

    What was handed in stays to be read and decided on, and public pages stay as they are.

    :raises NotOpen: its call is not open, or it was closed by an earlier click.
    """
    # One conditional UPDATE instead of check-then-save: of two clicks, one closes.
    moved = Campaign.objects.filter(pk=campaign.pk, state=Campaign.State.OPEN).update(
        state=Campaign.State.CLOSED, closed_at=at
    )
    if not moved:
        raise NotOpen
    links = accounts.end_links(campaign.pk, at=at)
    campaign.refresh_from_db()
    journal.write(
        "campaigns.campaign.close", by=by, on=campaign, at=at,
        details={"links": links, **journal.change("state", Campaign.State.OPEN, Campaign.State.CLOSED)},
    )  # fmt: skip


@transaction.atomic
def reopen_campaign(campaign: Campaign, *, by: Actor, at: dt.datetime) -> None:
    """Undo the closing: registrations are taken again, and the links it ended open as long as they otherwise would.

    :raises NotClosed: it is not closed, or was opened again by an earlier click.
    """
    held = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if held.state != Campaign.State.CLOSED:
        raise NotClosed
    closed_at, held.state, held.closed_at = held.closed_at, Campaign.State.OPEN, None
    held.save(update_fields=["state", "closed_at"])
    links = accounts.resume_links(held.pk, ended_at=closed_at, until=held.links_close_at) if closed_at else 0
    campaign.refresh_from_db()
    journal.write(
        "campaigns.campaign.reopen", by=by, on=campaign, at=at,
        details={"links": links, **journal.change("state", Campaign.State.CLOSED, Campaign.State.OPEN)},
    )  # fmt: skip
