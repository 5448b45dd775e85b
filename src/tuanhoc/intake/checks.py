"""What ``manage.py check`` says about the mailbox."""

import ipaddress
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

_WAYS = frozenset({"tls", "starttls", "none"})


def mailbox_is_reached_safely(**_: Any) -> list[CheckMessage]:
    """Refuse to start when the mailbox's password would cross a network in the clear, or by a misspelt way."""
    if not settings.IMAP_HOST:
        return []
    if settings.IMAP_SECURITY not in _WAYS:
        return [Error("TUANHOC_IMAP_SECURITY must be tls, starttls or none.", id="intake.E001")]
    if settings.IMAP_SECURITY == "none" and not _is_here(settings.IMAP_HOST):
        return [Error("TUANHOC_IMAP_SECURITY=none is for a mailbox on this machine only.", id="intake.E002")]
    return []


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
