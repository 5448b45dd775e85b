"""Pure decisions about messages: when to try again, and until when a mailed link opens."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

_T = TypeVar("_T")

#: Pauses after the first, second, … failure. The last one over, a person looks at it: about a day in all.
PAUSES = tuple(dt.timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720))
#: How long a worker may be at one message; longer than any exchange with a mail server may last.
LEASE = dt.timedelta(minutes=5)
#: A message this long over its time has lost its task.
FORGOTTEN = dt.timedelta(minutes=30)
#: Where the body of a stored message has no link yet.
LINK_MARK = "[liên kết riêng, chỉ có trong thư gửi đi]"
#: Where a stored reminder has no way yet to ask for no more.
DECLINE_MARK = "[liên kết thôi nhận, chỉ có trong thư gửi đi]"
#: Stands in the row of a letter for what was in the letter alone: a code, a link to a new password.
HIDDEN_MARK = "[chỉ có trong thư gửi đi]"
#: How what a letter of the sign-in pages is about begins.
SIGN_IN = "sign-in:"
#: Reminders wait so long before they leave: time to stop a round pressed too early.
GRACE = dt.timedelta(minutes=1)
#: Whoever took a call and wrote nothing down has it so long.
CALL_LEASE = dt.timedelta(minutes=30)
#: One address is told of so many messages in this time: two machines that answer each other come to an end.
MOST_ACKS = 10
#: Nobody knows whether strangers wrote what bears their address: so many are told in that time, whoever they are.
MOST_ACKS_TO_STRANGERS = 200
ACK_DAY = dt.timedelta(days=1)
#: Reviewers hear of new registrations together, at most once in this time.
DIGEST_EVERY = dt.timedelta(hours=1)
#: A decision is told after this pause: a slip of the hand taken back within it reaches nobody. Short enough that
#: a unit with days left loses none of them, long enough to read the summary of a stroke over 200 registrations.
REVIEW_PAUSE = dt.timedelta(minutes=5)


_ENDINGS = frozenset({"doc", "docx", "xls", "xlsx", "ods", "odt", "rtf", "csv", "txt", "pdf", "jpg", "jpeg", "png"})
_MOST_NAME = 80


def plain_name(name: str) -> str:
    """Return a file's name as it may stand in a letter of ours: whoever named it writes no address into it.

    >>> plain_name("Lịch.xã Lâm Sơn.docx"), plain_name("Mời vào www.a.example"), plain_name("hỏi a@b.vn.docx")
    ('Lịch xã Lâm Sơn.docx', 'Mời vào www a example', 'hỏi a b vn.docx')
    """
    stem, dot, ending = name.rpartition(".")
    if not dot or ending.lower() not in _ENDINGS:
        stem, ending = name, ""
    stem = re.sub(r"[.@:]+", " ", stem).strip()
    stem = stem if len(stem) <= _MOST_NAME else f"{stem[:_MOST_NAME]}…"
    return f"{stem}.{ending}" if ending else stem


@dataclass(frozen=True, slots=True)
class Letter:
    """A message before it is queued. ``about`` names the happening and the receiver: one message for both, ever."""

    about: str
    to: str
    subject: str
    body: str
    receiver: str = ""
    campaign_id: int | None = None
    host_id: int | None = None
    carries_link: bool = False
    is_reminder: bool = False
    link_role: str = "officer"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for a link again, and for which unit, as typed."""

    unit_words: str = ""
    email: str = ""
    name: str = ""
    phone: str = ""


#: Letters queued in one transaction: a tenth of a second on a busy machine.
PART = 40


def parted(sized: Iterable[tuple[_T, int]], *, most: int = PART) -> list[list[_T]]:
    """Divide things in order into parts of ``most`` letters; one that is larger is a part of its own.

    :param sized: each with the number of its letters.

    >>> parted([("a", 2), ("b", 2), ("c", 9), ("d", 1)], most=4)
    [['a', 'b'], ['c'], ['d']]
    """
    parts: list[list[_T]] = []
    room = 0
    for one, size in sized:
        if size > room:
            parts.append([])
            room = most
        parts[-1].append(one)
        room -= size
    return parts


#: Duties named in the name of one letter; a name has 120 letters.
MOST_DUTIES = 12


def duty_about(assignment_ids: Sequence[int], day: dt.date) -> str:
    """Return what a letter of that day about these duties is named after; :func:`duties_in` reads it back."""
    return f"duty:{','.join(str(pk) for pk in assignment_ids[:MOST_DUTIES])}:{day:%Y%m%d}"


def duties_in(about: str) -> list[int]:
    """Return the duties a letter was about.

    >>> duties_in("duty:4,17:20220928:c3")
    [4, 17]
    """
    parts = about.split(":")
    return [int(pk) for pk in parts[1].split(",") if pk.isdecimal()] if parts[0] == "duty" and len(parts) > 1 else []


def next_try(tries: int, *, at: dt.datetime) -> dt.datetime | None:
    """Return when to try again after ``tries`` failures; None when it has been tried enough."""
    return at + PAUSES[tries - 1] if tries <= len(PAUSES) else None


def is_final(code: int) -> bool:
    """Test whether a mail server's answer about one message will not change by waiting.

    5yz is a permanent refusal (RFC 5321, 4.2.1), except 530, 534, 535 and 538: they ask the
    operator, not the receiver, to mend something.
    """
    return 500 <= code < 600 and code not in {530, 534, 535, 538}


def slot(at: dt.datetime) -> dt.datetime:
    """Return the end of the digest's time that ``at`` falls in."""
    since = int(at.timestamp()) // int(DIGEST_EVERY.total_seconds())
    return dt.datetime.fromtimestamp((since + 1) * DIGEST_EVERY.total_seconds(), tz=dt.UTC)
