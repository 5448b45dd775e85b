"""What ``manage.py check`` says about the scanner."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - Django's own name

from . import clamd


def scanner_is_named_rightly(**_: Any) -> list[CheckMessage]:
    """Refuse to start with an address nobody could ask at: every file would wait."""
    if not settings.CLAMD or clamd.is_address(settings.CLAMD):
        return []
    return [Error("TUANHOC_CLAMD must be host:port or the absolute path of a socket.", id="files.E001")]


def scanner_answers(**_: Any) -> list[CheckMessage]:
    """Ask the scanner (``check --deploy``): with it away, files wait unread."""
    if not settings.CLAMD or clamd.answers(at=settings.CLAMD, seconds=5):
        return []
    return [Warning(f"clamd does not answer at {settings.CLAMD}: files wait until it does.", id="files.W001")]
