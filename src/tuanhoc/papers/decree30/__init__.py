"""A Word file, ours or anybody's, held against Decree 30/2020/NĐ-CP line by line.

``reading`` gives what the file prints with every property in effect, ``anatomy`` tells its parts apart, ``rules`` is
the decree as a table of pure functions. Source: Phụ lục I, Phần I.
"""

from .anatomy import Paper, take_apart
from .reading import read_sheet
from .rules import RULES
from .values import Finding, Weight

__all__ = ["Finding", "Weight", "check", "check_paper", "read_paper"]


def check(data: bytes) -> tuple[Finding, ...]:
    """Return what a .docx breaks, one finding a rule, in the order of the decree; nothing: it keeps all that is told.

    A rule that the file does not let decide is given too, as ``Weight.UNSURE``.

    :raises Unreadable: it is no Word file that can be read.
    """
    return check_paper(read_paper(data))


def read_paper(data: bytes) -> Paper:
    """Read a .docx and tell its parts apart. :raises Unreadable: as :func:`check`."""
    return take_apart(read_sheet(data))


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
