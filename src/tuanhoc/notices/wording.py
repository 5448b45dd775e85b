"""What a message says: a text template, its first line the subject."""

import re

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from tuanhoc.campaigns.models import Campaign, RosterUnit

from .queries import Receiver
from .rules import LINK_MARK, Letter


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
    context = {
        "campaign": campaign,
        "host": host,
        "to": to,
        "desk": address("desk:home"),
        "ask_again": address("accounts:ask"),
        "link": LINK_MARK,
        **told,
    }
    with translation.override(to.language):
        # Parts left out must not leave a hole.
        text = re.sub(r"\n{3,}", "\n\n", render_to_string(f"notices/{template}.txt", context).strip())
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
    return settings.SITE_URL + reverse(name, args=args)
