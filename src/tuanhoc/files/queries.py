"""What is asked about the scanner."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings

from . import clamd


@dataclass(frozen=True, slots=True)
class Scanner:
    """The virus scanner as it is now."""

    answers: bool
    #: the day of its signatures; None where it does not say
    signatures_of: dt.date | None = None


def scanner(*, seconds: float) -> Scanner | None:
    """Return how the scanner is; None where no scanner is set. :param seconds: for each step of the talk."""
    if not settings.CLAMD:
        return None
    if not clamd.answers(at=settings.CLAMD, seconds=seconds):
        return Scanner(answers=False)
    return Scanner(answers=True, signatures_of=clamd.signatures_of(at=settings.CLAMD, seconds=seconds))
