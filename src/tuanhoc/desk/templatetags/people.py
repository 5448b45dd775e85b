"""What the board says of people beside the states: entered for a unit that phoned, with the head, joined later."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from tuanhoc.activities.models import HeadConfirmation, Registration
from tuanhoc.campaigns.models import Campaign, JoinRequest
from tuanhoc.lib.actor import Actor

register = template.Library()


@register.simple_tag
def marks_beside(campaign: Campaign) -> dict[int, list[str]]:
    """Return words to stand beside a state, by roster unit. Two queries."""
    marks: dict[int, list[str]] = defaultdict(list)
    # What a unit sent as a Word form and the office took in is its own: only what somebody phoned in is marked.
    phoned = Registration.objects.filter(host__campaign=campaign, entered_on_behalf=True, behalf_entries__isnull=False)
    for host in phoned.values_list("host", flat=True).distinct():
        marks[host].append(_("Nhập hộ"))
    waiting = HeadConfirmation.objects.filter(
        registration__host__campaign=campaign, state=HeadConfirmation.State.WAITING
    )
    for host in waiting.values_list("registration__host", flat=True):
        marks[host].append(_("Đang trình thủ trưởng"))
    return dict(marks)


@register.filter
def of(marks: Mapping[int, list[str]] | None, pk: int) -> list[str]:
    """Return the words of one unit; none where the page asked for none."""
    return (marks or {}).get(pk, [])


@register.simple_tag(takes_context=True)
def asking_to_join(context: Mapping[str, Any], campaign: Campaign) -> int:
    """Count who asks to take part and waits for this actor's answer. One query; none for who does not coordinate."""
    actor: Actor = context["actor"]
    if not actor.coordinates(campaign.pk):
        return 0
    return JoinRequest.objects.filter(campaign=campaign, state=JoinRequest.State.WAITING).count()


@register.simple_tag
def joined_later(campaign: Campaign) -> int:
    """Count the units that came into the roster after the opening. One query."""
    return campaign.roster.filter(joined_at__isnull=False).count()
