"""What the sender's address adds to what the paper says of its unit."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from .signs import SURE, Known, Match, Sender, Signs

#: What a confirmed name near enough, or one of several alike, is worth once its own contact sent it.
_CONFIRMED = 0.92
#: What the address is worth without a word on the paper: proposed, and looked at by a person.
_ALONE = 0.8
_DOUBTED = 0.75
_MOST_OTHERS = 6


def weighed(match: Match, signs: Signs, known: Mapping[int, Known]) -> Match:
    """Return the match after the sender was heard.

    The unit's own contact confirms it. A superior forwarding its units' forms is the normal way and changes
    nothing. A contact of any other unit makes it unsure. An address nobody knows says nothing: officers change.
    One that a mail server finds forged is a contact of nobody, and a person looks.
    """
    sender = signs.sender
    if sender is None:
        return match
    if sender.is_doubted:
        because = (*match.because, ("sender_doubted", sender.address))
        return replace(match, score=min(match.score, _DOUBTED), because=because)
    units = [known[pk] for pk in sender.contact_of if pk in known]
    if not units:
        return _by_domain(match, sender, known)
    if match.pk is None:
        return _without_a_name(match, signs, units)
    return _beside_a_name(match, known[match.pk], sender, units)


def _beside_a_name(match: Match, named: Known, sender: Sender, units: Sequence[Known]) -> Match:
    if named in units:
        contradicted = any(code in {"elsewhere", "line_unknown"} for code, _ in match.because)
        score = match.score if contradicted else max(match.score, _CONFIRMED)
        return replace(match, score=score, because=(*match.because, ("sender_agrees", sender.address)))
    above = [unit.name for unit in units if unit.name in named.above]
    if above:
        return replace(match, because=(*match.because, ("sender_above", above[0])))
    return replace(
        match,
        score=min(match.score, _DOUBTED),
        because=(*match.because, ("sender_other", units[0].name)),
        others=_first(units, match.others),
    )


def _without_a_name(match: Match, signs: Signs, units: Sequence[Known]) -> Match:
    meant = [unit for unit in units if unit.pk in match.others]
    several = any(code == "several" for code, _ in match.because)
    if several and len(meant) == 1:
        others = tuple(pk for pk in match.others if pk != meant[0].pk)
        return Match(meant[0].pk, _CONFIRMED, (("sender_decides", meant[0].name),), others)
    nameless = not (signs.organisation or signs.named_elsewhere or match.others)
    if nameless and len(units) == 1:
        return Match(units[0].pk, _ALONE, (("sender_only", units[0].name),))
    return replace(match, others=_first(units, match.others))


def _by_domain(match: Match, sender: Sender, known: Mapping[int, Known]) -> Match:
    """A domain alone only puts its units among those to choose from, and never where the paper is sure."""
    units = [known[pk] for pk in sender.domain_of if pk in known and pk != match.pk]
    if not units or match.score >= SURE:
        return match
    because = match.because if match.pk is not None else (*match.because, ("sender_domain", units[0].name))
    return replace(match, because=because, others=_first(units, match.others))


def _first(units: Sequence[Known], others: Sequence[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys((*(unit.pk for unit in units), *others)))[:_MOST_OTHERS]
