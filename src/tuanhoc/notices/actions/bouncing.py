"""A letter that a server took and gave back later: its row says so, and reminders go another way."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from tuanhoc.lib.refusal import N_
from tuanhoc.lib.sentences import stored
from tuanhoc.notices.models import ClosedAddress, Message
from tuanhoc.notices.post import message_id_of
from tuanhoc.notices.rules import bounces

CAME_BACK = stored(N_("Thư bị trả về. %(said)s"))
#: Letters to one address that are held against a report; more is nobody's.
MOST = 500
#: Letters that a server may have taken.
_TAKEN = Q(state__in=[Message.State.SENT, Message.State.SENDING]) | Q(may_have_left=True)
#: States in which a worker has still to write down what it did, or to try again.
_UNDERWAY = frozenset({Message.State.QUEUED, Message.State.SENDING})


class StillBeingSent(Exception):
    """The server's report is faster than we are: that the letter was taken is not written down yet."""


@transaction.atomic
def note_bounces(raw: bytes, *, at: dt.datetime) -> int:
    """Write down which of our letters came back, as a server's report says; return how many.

    Anybody can write such a report: it counts only for a letter whose Message-ID we made and whose receiver it names.

    :raises StillBeingSent: a worker is at the letter, or was killed at it: the report is to be looked at again.
    """
    report = bounces.report_in(raw)
    found = 0
    for bounce in report.bounces if report else ():
        letters = Message.objects.filter(_TAKEN, to__iexact=bounce.address).order_by("-pk")[:MOST]
        ours = [letter for letter in letters if report and message_id_of(letter) in report.message_ids]
        if any(letter.state in _UNDERWAY for letter in ours):
            raise StillBeingSent
        for letter in ours:
            letter.state = Message.State.FAILED
            letter.failed_because = CAME_BACK % {"said": bounce.said}
            letter.may_have_left = False
            letter.save(update_fields=["state", "failed_because", "may_have_left"])
            ClosedAddress.objects.update_or_create(
                address=bounce.address, campaign=None,
                defaults={"why": ClosedAddress.Why.BOUNCED, "said": bounce.said, "closed_at": at},
            )  # fmt: skip
        found += len(ours)
    return found
