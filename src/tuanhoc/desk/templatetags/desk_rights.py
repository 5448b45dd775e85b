"""What the desk's frame asks about rights."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from tuanhoc.campaigns import access
from tuanhoc.campaigns.models import Campaign
from tuanhoc.lib.actor import Actor, Role

register = template.Library()


@register.filter
def may_prepare(actor: Actor) -> bool:
    """Whether the actor may prepare a Week and look after its units."""
    return access.may_prepare(actor)


@register.filter
def may_manage_users(actor: Actor) -> bool:
    """Whether the actor lets people in."""
    return access.may_manage_users(actor)


@register.filter
def of(named: Mapping[int, str], number: int) -> str:
    """Return the name of a number; blank when it has none."""
    return named.get(number, "")


@register.inclusion_tag("desk/_tabs.html", takes_context=True)
def week_tabs(context: Mapping[str, Any], campaign: Campaign, here: str) -> dict[str, object]:
    """Draw the pages of one Week that this actor works on; the gates of the pages themselves decide. No query.

    :param here: name of the page's own address, e.g. ``board``.
    """
    actor: Actor = context["actor"]
    coordinates = actor.coordinates(campaign.pk)
    reviews = coordinates or any(s.unit_id and s.role in {Role.OFFICER, Role.HEAD} for s in actor.seats)
    wanted = [
        ("board", _("Theo dõi"), True),
        ("inbox", _("Tệp Word"), reviews),
        ("mails", _("Thư đến"), reviews),
        ("queue", _("Chờ xem"), reviews),
        ("schedule", _("Lịch tổng hợp"), True),
        ("findings", _("Trùng nhau"), reviews),
        ("papers", _("Giấy tờ"), coordinates),
        ("reminders", _("Nhắc"), coordinates),
        ("deadlines", _("Hạn"), coordinates),
        ("messages", _("Thư đi"), coordinates),
        ("requests", _("Lời báo"), coordinates),
        ("joining", _("Xin tham gia"), coordinates),
        ("campaign", _("Kế hoạch"), coordinates),
        ("journal", _("Nhật ký"), coordinates),
    ]
    tabs = [(name, words, _address(name, campaign)) for name, words, shown in wanted if shown and actor.link_id is None]
    return {"tabs": tabs, "here": here}


def _address(name: str, campaign: Campaign) -> str:
    # What waits for somebody is one page over all Weeks, which is told the Week it is opened from.
    if name == "queue":
        return f"{reverse('desk:queue')}?dot={campaign.code}"
    return reverse(f"desk:{name}", args=[campaign.code])
