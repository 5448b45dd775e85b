"""A Week made from the one before says in its reminders what that one said."""

from tuanhoc.campaigns.events import EditionCarriedOver
from tuanhoc.campaigns.models import Campaign
from tuanhoc.lib.actor import SYSTEM
from tuanhoc.notices.actions import reminding
from tuanhoc.outbox.actions import on
from tuanhoc.web import clock


@on(EditionCarriedOver)
def carry_the_office_s_own_sentence(event: EditionCarriedOver) -> None:
    """Take the sentence over; free and worked days are of a year and stay with it."""
    weeks = Campaign.objects.in_bulk([event.campaign_id, event.after_id])
    reminding.carry_settings(weeks[event.campaign_id], weeks[event.after_id], by=SYSTEM, at=clock.now())
