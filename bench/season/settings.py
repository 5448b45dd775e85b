"""Production settings with a clock that can be moved, for the bench alone.

A working day passes here in about a minute, so the pauses that count the machine's time are divided by
``SEASON_HASTE`` (1: as shipped): else a letter of the 21st would leave on the 27th. What a lease and a lost task wait
is shortened only as far as a mail server's answer allows (``EMAIL_TIMEOUT`` is 20 s).
"""

import os

from tuanhoc.config.settings.base import *  # noqa: F403 - as a settings module does
from tuanhoc.intake.rules import mailing
from tuanhoc.notices import rules

HASTE = int(os.environ.get("SEASON_HASTE", "1"))
if HASTE > 1:
    rules.GRACE /= HASTE
    rules.REVIEW_PAUSE /= HASTE
    rules.PAUSES = tuple(pause / HASTE for pause in rules.PAUSES)
    rules.LEASE /= 8
    mailing.LEASE /= 8
    rules.FORGOTTEN /= 15
    IMAP_EVERY = max(1, 120 // HASTE)
