"""What a handler has worded and is to be written: letters queued at once, or told once an hour."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.notices import actions, queries, rules
from tuanhoc.notices.rules import Letter
from tuanhoc.notices.wording import letter
from tuanhoc.outbox.actions import Write
from tuanhoc.web import clock


def queued(letters: Iterable[Letter]) -> Write:
    """Return what queues these letters, worded now; they leave at once."""
    return partial(actions.queue, list(letters), at=clock.now(), due_at=clock.machine())


def in_the_digest(
    template: str,
    receivers: Iterable[queries.Receiver],
    *,
    campaign: Campaign,
    host: RosterUnit | None = None,
    **told: Any,
) -> Write:
    """Return what queues for each what is told once an hour, or renews the words of the one that waits."""
    at, first = clock.now(), rules.slot(clock.machine())
    about = f"{template}:{campaign.pk}{f':{host.pk}' if host else ''}"
    letters = [(to, letter(template, about, to, campaign=campaign, host=host, **told)) for to in receivers]

    def write() -> None:
        for to, said in letters:
            leaves_at = first
            # One that left already is not written again: the next one carries it.
            while not actions.add_to(
                replace(said, about=f"{about}:{leaves_at:%Y%m%d%H}:{to.key}"), at=at, due_at=leaves_at
            ):
                leaves_at += rules.DIGEST_EVERY

    return write
