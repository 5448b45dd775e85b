"""What the desk's frame asks about rights."""

from collections.abc import Mapping
from typing import Any

from django import template

from tuanhoc.campaigns import access
from tuanhoc.campaigns.models import Campaign
from tuanhoc.desk import tabs
from tuanhoc.lib.actor import Actor

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
    """Draw the pages of one Week that this actor works on, in groups, and its name where several are open.

    Nothing for a personal link, which opens one unit's page alone. Two queries at most.

    :param here: name of the page's own address, e.g. ``board``.
    """
    actor: Actor = context["actor"]
    if actor.link_id is not None:
        return {"groups": [], "pages": (), "named": None}
    mine = tabs.standing(actor, campaign)
    groups = tabs.groups(mine, campaign, here)
    pages = next((group.pages for group in groups if group.is_here), ())
    return {"groups": groups, "here": here, "pages": pages, "named": campaign if mine.is_one_of_several else None}
