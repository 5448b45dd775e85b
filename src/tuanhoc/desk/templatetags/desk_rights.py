"""What the desk's frame asks about rights."""

from collections.abc import Mapping
from dataclasses import dataclass
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
    """Draw the pages of one Week that this actor works on, in groups; the pages' own gates decide. No query.

    :param here: name of the page's own address, e.g. ``board``.
    """
    actor: Actor = context["actor"]
    coordinates = actor.coordinates(campaign.pk)
    reviews = coordinates or any(s.unit_id and s.role in {Role.OFFICER, Role.HEAD} for s in actor.seats)
    leads = access.leads(actor, campaign)
    wanted = [
        (_("Theo dõi"), [
            ("board", _("Các đơn vị"), True), ("duties", _("Nhiệm vụ"), leads),
            ("leader", _("Trang lãnh đạo"), leads),
        ]),
        (_("Nhận và xem"), [
            ("queue", _("Chờ xem"), reviews), ("inbox", _("Tệp Word"), reviews), ("mails", _("Thư đến"), reviews),
            ("findings", _("Trùng nhau"), reviews),
        ]),
        (_("Lịch tổng hợp"), [("schedule", _("Lịch tổng hợp"), True)]),
        (_("Nhắc và hạn"), [
            ("reminders", _("Nhắc"), coordinates), ("deadlines", _("Hạn"), coordinates),
            ("exceptions", _("Hạn và mở khóa"), reviews and not coordinates),
            ("calls", _("Danh sách gọi"), reviews and not coordinates),
            ("week_contacts", _("Đầu mối"), reviews and not coordinates),
            ("requests", _("Lời báo"), coordinates), ("messages", _("Thư đi"), coordinates),
        ]),
        (_("Giấy tờ"), [("papers", _("Giấy tờ"), coordinates)]),
        (_("Đợt"), [
            ("campaign", _("Kế hoạch"), coordinates), ("joining", _("Xin tham gia"), coordinates),
            ("journal", _("Nhật ký"), coordinates),
        ]),
    ]  # fmt: skip
    if actor.link_id is not None:
        return {"groups": []}
    groups = [_group(words, [p for p in pages if p[2]], campaign, here) for words, pages in wanted]
    shown = [group for group in groups if group is not None]
    return {"groups": shown, "here": here, "pages": next((g.pages for g in shown if g.is_here), ())}


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that belong together: a tab of the upper row, whose pages stand in the lower one."""

    words: str
    address: str
    is_here: bool
    #: name, words and address of each
    pages: tuple[tuple[str, str, str], ...]


def _group(words: str, pages: list[tuple[str, str, bool]], campaign: Campaign, here: str) -> Group | None:
    shown = tuple((name, said, _address(name, campaign)) for name, said, _shown in pages)
    return Group(words, shown[0][2], any(name == here for name, _, _ in shown), shown) if shown else None


def _address(name: str, campaign: Campaign) -> str:
    # What waits for somebody is one page over all Weeks, which is told the Week it is opened from.
    if name == "queue":
        return f"{reverse('desk:queue')}?dot={campaign.code}"
    return reverse(f"desk:{name}", args=[campaign.code])
