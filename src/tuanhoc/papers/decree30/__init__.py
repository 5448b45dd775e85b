"""A Word file, ours or anybody's, held against Decree 30/2020/NĐ-CP line by line.

``reading`` gives what the file prints with every property in effect, ``anatomy`` tells its parts apart, ``rules`` is
the decree as a table of pure functions. Source: Phụ lục I, Phần I.
"""

from collections.abc import Callable

from tuanhoc.lib.refusal import N_
from tuanhoc.papers.reading import limits
from tuanhoc.papers.reading.apart import done_apart

from .anatomy import Paper, take_apart
from .reading import Sheet, read_sheet
from .rules import RULES
from .values import Finding, Weight

__all__ = ["Finding", "NotWord", "Weight", "check", "check_paper", "read_paper", "read_sent"]


#: what a child of ``papers.reading.apart`` is asked for
_SHEET = "tuanhoc.papers.decree30.reading:read_sheet"


class NotWord(limits.Unreadable):
    message = N_("Chỉ kiểm tra được tệp Word dạng .docx. Vui lòng mở tệp bằng Word, lưu lại dạng .docx rồi gửi.")


def check(data: bytes) -> tuple[Finding, ...]:
    """Return what a .docx breaks, one finding a rule, in the order of the decree; nothing: it keeps all that is told.

    A rule that the file does not let decide is given too, as ``Weight.UNSURE``.

    :raises Unreadable: it is no Word file that can be read.
    """
    return check_paper(read_paper(data))


def read_paper(data: bytes) -> Paper:
    """Read a .docx and tell its parts apart. :raises Unreadable: as :func:`check`."""
    return _told(data, read_sheet)


def read_sent(data: bytes, name: str) -> Paper:
    """Read what somebody sent, like :func:`read_paper`, in a process of its own within limits.

    :raises Unreadable: as :func:`check`, and as ``papers.reading.apart``.
    """
    return _told(data, lambda sent: done_apart(_SHEET, sent, name, Sheet), name)


def _told(data: bytes, read: Callable[[bytes], Sheet], name: str = "") -> Paper:
    # Whoever sent a .docx is not told to send a .docx.
    no_word = limits.Broken if name.lower().endswith(".docx") else NotWord
    if not data:
        raise limits.Empty
    if len(data) > limits.MAX_BYTES:
        raise limits.TooLarge
    if not data.startswith(b"PK"):
        raise no_word
    try:
        return take_apart(read(data))
    except limits.UnknownKind as error:
        raise no_word from error


def check_paper(paper: Paper) -> tuple[Finding, ...]:
    """Hold a document told apart against every rule."""
    found = []
    for rule in RULES:
        breaches = list(rule.check(paper))
        if not breaches:
            continue
        sure = [breach for breach in breaches if breach.sure]
        weight = rule.weight if sure else Weight.UNSURE
        told = sure or breaches
        places = tuple(dict.fromkeys(breach.where for breach in told))
        found.append(Finding(rule.code, places, told[0].said, str(rule.expected), rule.clause, weight))
    return tuple(found)
