"""What a message says: a text template, its first line the subject."""

import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache
from secrets import token_hex

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from tuanhoc.campaigns.models import Campaign, RosterUnit

from .queries import Receiver
from .rules import DECLINE_MARK, LINK_MARK, Letter, calling


def letter(
    template: str,
    about: str,
    to: Receiver,
    *,
    campaign: Campaign,
    host: RosterUnit | None = None,
    link_role: str = "officer",
    **told: object,
) -> Letter:
    """Write one message in the language of its receiver."""
    # Only what a template puts there is a place for a link: a name, a comment or a reason may hold the same words.
    places = {LINK_MARK: token_hex(8), DECLINE_MARK: token_hex(8)}
    context = {
        "campaign": campaign,
        "host": host,
        "to": to,
        "desk": address("desk:home"),
        "ask_again": address("accounts:ask"),
        "link": places[LINK_MARK],
        "decline": places[DECLINE_MARK],
        **told,
    }
    with translation.override(to.language):
        # Parts left out must not leave a hole.
        text = re.sub(r"\n{3,}", "\n\n", render_to_string(f"notices/{template}.txt", context).strip())
    for mark in places:
        text = text.replace(mark, "[…]")
    for mark, place in places.items():
        text = text.replace(place, mark)
    subject, _, body = text.partition("\n")
    return Letter(
        about=f"{about}:{to.key}",
        to=to.email,
        receiver=to.name,
        subject=subject.strip(),
        body=body.strip() + "\n",
        campaign_id=campaign.pk,
        host_id=host.pk if host else None,
        carries_link=LINK_MARK in body,
        link_role=link_role,
    )


def address(name: str, *args: object) -> str:
    """Return the public address of a page by its name."""
    return settings.SITE_URL + _path(name, *args)


@lru_cache(maxsize=256)
def _path(name: str, *args: object) -> str:
    # All letters of a mailing name the same few pages.
    return reverse(name, args=args)


def call_text(
    campaign: Campaign, who: calling.ToCall, *, at: dt.datetime, links: Mapping[int, str] | None = None
) -> str:
    """Write what is copied into Zalo, Viber or a text message, or read out, in Vietnamese.

    :param links: roster unit's id -> its personal link, where some were just made.
    """
    given = links or {}
    units = [
        {"name": one.unit.name, "state": one.unit.state, "closes_at": one.unit.closes_at,
         "is_locked": one.unit.is_locked, "is_let_in": one.unit.is_let_in,
         "link": address("accounts:link", given[one.unit.pk]) if one.unit.pk in given else ""}
        for one in who.wanted
    ]  # fmt: skip
    context = {
        "campaign": campaign, "who": who.who, "units": units, "at": at, "has_links": bool(given),
        "all_locked": all(one.unit.is_locked for one in who.wanted),
        "ask_again": address("accounts:ask"),
    }  # fmt: skip
    with translation.override("vi"):
        text = render_to_string("notices/call.txt", context).strip()
    return text[:1].upper() + text[1:]
