"""A proposal beside what stands now: what changed here since the paper was printed is never undone by it."""

import datetime as dt
import enum
from collections.abc import Mapping

from tuanhoc.lib.text import fold

from .moments import moment_in
from .values import Kind


class Now(enum.StrEnum):
    """What became of a proposal's line since the paper was printed."""

    OPEN = "open"  # it stands as it was printed: the proposal can be taken as it is
    SETTLED = "settled"  # it stands as the paper wants it
    CONFLICT = "conflict"  # it was changed here too, in another way
    GONE = "gone"  # cancelled, or given back to its unit


def now(kind: Kind, before: Mapping[str, str], after: Mapping[str, str], current: Mapping[str, str] | None) -> Now:
    """Compare three: as printed, as the paper is now, as it stands here.

    :param current: the line's fields here; None: it does not take place. Of an added line, None: not here yet.
    """
    if kind is Kind.ADDED:
        return Now.OPEN if current is None else Now.SETTLED
    if current is None:
        return Now.SETTLED if kind is Kind.REMOVED else Now.GONE
    if kind is Kind.REMOVED:
        return Now.OPEN if all(current[name] == text for name, text in before.items()) else Now.CONFLICT
    open_fields = {name for name, text in after.items() if current[name] != text}
    if not open_fields:
        return Now.SETTLED
    return Now.CONFLICT if any(current[name] != before[name] for name in open_fields) else Now.OPEN


def fields_of(after: Mapping[str, str], *, form: str, year: int) -> dict[str, object]:
    """Return what the words of a paper write into an activity; words that say no hour are left for a person.

    :param form: of the activity: what is no longer said to be held online is held in person.
    """
    fields: dict[str, object] = {name: after[name] for name in ("content", "note") if name in after}
    if after.get("day"):
        day, month, of_year = map(int, after["day"].split("/"))
        fields["held_on"] = dt.date(of_year, month, day)
    moment = moment_in(after["when"], year=year) if "when" in after else None
    if moment is not None:
        fields |= {
            "starts_at": moment.starts_at, "ends_at": moment.ends_at, "part_of_day": moment.part_of_day,
            "ends_on": moment.ends_on,
        }  # fmt: skip
    if "place" in after:
        fields["place"] = after["place"]
        if form in {"online", "both"} and "truc tuyen" not in fold(after["place"]):
            fields["form"] = "in_person"
    return fields
