"""From what a reader says (JSON values) to drafts that actions take."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tuanhoc.activities.rules import ActivityDraft
from tuanhoc.campaigns.rules import BasisDraft, CampaignDraft, DutyDraft, week_name
from tuanhoc.intake.plan.standing import stale_because

#: Parts of day as the paper says them -> as activities keeps them.
PARTS = {"sáng": "morning", "chiều": "afternoon", "tối": "evening"}
#: Characters the columns of an activity take; what is longer goes on in the note, nothing is lost.
_LENGTHS = {"place": 500, "host": 300, "audience": 300, "contact": 300}
_WEB = re.compile(r"^https?://[^\s<>\"]+$")
_BARE_WEB = re.compile(r"^(?:www\.)?[\w-]+(?:\.[\w-]+)+(?:/[^\s<>\"]*)?$")


def activity_draft(row: Mapping[str, Any]) -> ActivityDraft:
    """Return one read row as a draft. A last day equal to the first is no range."""
    first, last = _day(row["date_from"]), _day(row["date_to"])
    draft = ActivityDraft(
        held_on=first,
        ends_on=last if first and last and last > first else None,
        starts_at=_time(row["start_time"]),
        ends_at=_time(row["end_time"]),
        part_of_day=PARTS.get(row["part_of_day"] or "", row["part_of_day"] or ""),
        place=row["place"],
        content=row["content"],
        note=row["note"],
        host=row["host"] or "",
        audience=row["audience"] or "",
        contact=row["contact"] or "",
        link=row["link"] or "",
        form="online" if row["link"] and not row["place"] else "",
        source=(row["source"] or "")[:120],
    )
    return _fitted(draft)


def _fitted(draft: ActivityDraft) -> ActivityDraft:
    """Bring a row to what its columns take; what does not fit stands whole in the note.

    A contact never goes there: notes are public. It is kept whole among what is still to be mended.
    A link is kept as a link only when it is a web address: the portal makes it one to press.
    """
    too_long = {name: text for name, most in _LENGTHS.items() if len(text := getattr(draft, name)) > most}
    unread = (("contact", too_long.pop("contact")),) if "contact" in too_long else ()
    spilled = list(too_long.values())
    link = f"https://{draft.link}" if _BARE_WEB.match(draft.link) else draft.link
    if link and (not _WEB.match(link) or len(link) > 500):
        spilled.append(draft.link)
        link = ""
    return replace(
        draft,
        link=link,
        note="\n".join([part for part in (draft.note, *spilled) if part]),
        place=_cut(draft.place, _LENGTHS["place"]),
        host=_cut(draft.host, _LENGTHS["host"]),
        audience=_cut(draft.audience, _LENGTHS["audience"]),
        contact=_cut(draft.contact, _LENGTHS["contact"]),
        unread=(*draft.unread, *unread),
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def thawed(kept: Mapping[str, Any]) -> ActivityDraft:
    """Return the row that ``activities.rules.frozen`` made plain values of."""
    values = dict(kept)
    values |= {name: _day(values[name]) for name in ("held_on", "ends_on")}
    values |= {name: _time(values[name]) for name in ("starts_at", "ends_at")}
    # Rows kept before there was such a field have none.
    values["unread"] = tuple((name, words) for name, words in values.get("unread", ()))
    return ActivityDraft(**values | {"audience_groups": tuple(values["audience_groups"])})


def activity_drafts(reading: Mapping[str, Any]) -> list[ActivityDraft]:
    """Return every row of a reading, in order."""
    return [activity_draft(row) for row in reading["rows"]]


def missing(plan: Mapping[str, Any]) -> list[str]:
    """Name what a Week cannot be set up without and the plan does not say."""
    return [name for name in ("title", "year", "theme", "starts_on", "ends_on") if not plan[name]]


def campaign_draft(plan: Mapping[str, Any], *, code: str) -> CampaignDraft:
    """Return a read plan as a campaign's draft.

    :raises ValueError: something of :func:`missing` is not there: the coordinator fills it in first.
    """
    if lacking := missing(plan):
        raise ValueError(f"the plan does not say {', '.join(lacking)}")
    return CampaignDraft(
        code=code,
        title=week_name(plan["title"]),
        year=int(plan["year"]),
        theme=plan["theme"],
        starts_on=dt.date.fromisoformat(plan["starts_on"]),
        ends_on=dt.date.fromisoformat(plan["ends_on"]),
        opening_on=_day(plan["opening_on"]),
        registration_closes_at=_moment(plan["registration_closes_at"]),
        report_closes_at=_moment(plan["report_closes_at"]),
        report_to=plan["report_to"] or "",
        bases=_bases(plan["legal_bases"]),
        duties=[DutyDraft(d["clause"], d["unit"] or "", d["text"], _day(d["due_on"])) for d in plan["duties"]],
        directions=[(d["clause"], d["text"]) for d in plan["directions"]],
    )


def _bases(bases: Sequence[Mapping[str, Any]]) -> list[BasisDraft]:
    return [
        BasisDraft(b["symbol"], b["normalized"] or b["symbol"], _day(b["date"]), b["issuer"] or "", b["stale"] or "")
        for b in bases
    ]


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _time(text: str | None) -> dt.time | None:
    return dt.time.fromisoformat(text) if text else None


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def stale_warning(normalized: str, *, dated_on: dt.date | None, year: int) -> str:
    """Say why a legal basis no longer stood in ``year``; blank when it did, as far as we know."""
    return stale_because(normalized, issued_on=dated_on, made_on=None, year=year) or ""
