"""From what the plan says, or a campaign has, to typed fields; and from typed fields to a draft."""

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from tuanhoc.campaigns.models import Campaign
from tuanhoc.campaigns.rules import BasisDraft, CampaignDraft, DutyDraft, PhaseDraft, week_name
from tuanhoc.intake.rules import stale_warning
from tuanhoc.lib.dates import short
from tuanhoc.lib.refusal import N_
from tuanhoc.lib.text import clean, fold
from tuanhoc.units.models import Unit

from .fields import AFTER_OPENING, CLOSING, HELP, PLACE, ROWS, WEEK, Reader, as_day_and_time, row_numbers

_DAYS = ("starts_on", "ends_on", "opening_on")
_WORDS = ("title", "theme", "report_to", "help_name", "help_phone", "help_hours")


def typed_of_reading(reading: Mapping[str, Any]) -> dict[str, str]:
    """Return what the plan says as the page's fields; what it does not say stays blank."""
    said = {name: found["value"] for name, found in reading.items() if isinstance(found, dict)}
    typed = {name: str(said.get(name) or "") for name in ("title", "theme", "year", "report_to")}
    typed["title"] = week_name(typed["title"])
    typed |= {name: short(dt.date.fromisoformat(said[name])) if said.get(name) else "" for name in _DAYS}
    for name in ("registration", "report"):
        closes_at = said.get(f"{name}_closes_at")
        moment = dt.datetime.fromisoformat(closes_at) if closes_at else None
        typed[f"{name}_day"], typed[f"{name}_time"] = as_day_and_time(moment)
    for n, duty in enumerate(_values(reading, "duties")):
        due = short(dt.date.fromisoformat(duty["due_on"])) if duty["due_on"] else ""
        typed |= row_fields("d", n, clause=duty["clause"], unit=duty["unit"] or "", text=duty["text"], due=due)
    for n, basis in enumerate(_values(reading, "legal_bases")):
        dated = short(dt.date.fromisoformat(basis["date"])) if basis["date"] else ""
        symbol, normalized = basis["symbol"], basis["normalized"]
        typed |= row_fields("b", n, symbol=symbol, normalized=normalized, dated=dated, issuer=basis["issuer"] or "")
    for n, direction in enumerate(_values(reading, "directions")):
        typed |= row_fields("t", n, clause=direction["clause"], text=direction["text"])
    return typed


def _values(reading: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    return [found["value"] for found in reading.get(name) or []]


def row_fields(kind: str, n: int, **cells: str) -> dict[str, str]:
    """Return the cells of one row as the page's fields."""
    return {f"{kind}-{n}-{part}": value for part, value in cells.items()}


def suggested_code(province: Unit | None, year: str) -> str:
    """Return ``ninh-thuan-2022``, with a number behind where that is taken.

    Provinces are named "UBND tỉnh Ninh Thuận", "Ủy ban nhân dân thành phố Huế".
    """
    if province is None or not year.isdecimal():
        return ""
    words = re.sub(r"^(?:ubnd|uy ban nhan dan)?\s*(?:tinh|thanh pho|tp\.?)?\s*", "", fold(province.name))
    code = "-".join([*re.findall(r"[a-z0-9]+", words), year])[:55]
    taken = set(Campaign.objects.filter(code__startswith=code).values_list("code", flat=True))
    free = (f"{code}-{n}" if n > 1 else code for n in range(1, len(taken) + 2))
    return next(name for name in free if name not in taken)


def typed_of_campaign(campaign: Campaign) -> dict[str, str]:
    """Return a campaign as the page's fields."""
    typed = {name: str(getattr(campaign, name)) for name in (*_WORDS, "year", "code")}
    typed |= {name: short(day) if (day := getattr(campaign, name)) else "" for name in _DAYS}
    typed |= {"province": str(campaign.province_id), "coordinator": str(campaign.coordinator_id)}
    for name in ("registration", "report"):
        typed[f"{name}_day"], typed[f"{name}_time"] = as_day_and_time(getattr(campaign, f"{name}_closes_at"))
    for n, duty in enumerate(campaign.duties.order_by("pk")):
        due = short(duty.due_on) if duty.due_on else ""
        typed |= row_fields("d", n, clause=duty.clause, unit=duty.unit_words, text=duty.text, due=due)
    for n, basis in enumerate(campaign.legal_bases.order_by("pk")):
        dated = short(basis.dated_on) if basis.dated_on else ""
        typed |= row_fields("b", n, symbol=basis.symbol, normalized=basis.normalized, dated=dated, issuer=basis.issuer)
    for n, direction in enumerate(campaign.directions.order_by("pk")):
        typed |= row_fields("t", n, clause=direction.clause, text=direction.text)
    return typed


def draft_of(
    typed: Mapping[str, str], *, code: str | None = None, said_stale: Mapping[str, str] | None = None
) -> tuple[CampaignDraft | None, dict[str, str]]:
    """Return the draft, or None where something needed is missing or unreadable; and what is wrong, by field.

    :param code: of a campaign there already; None: it is typed, and so are its province and coordinator.
    :param said_stale: by symbol, why the reader found a legal basis stale.
    """
    read = Reader(typed)
    read.require((*WEEK, *CLOSING, *HELP, *(PLACE if code is None else ())))
    starts_on, ends_on = read.day("starts_on"), read.day("ends_on")
    if starts_on and ends_on and ends_on < starts_on:
        read.errors["ends_on"] = N_("Ngày kết thúc đứng trước ngày bắt đầu.")
    draft = CampaignDraft(
        code=read.code() if code is None else code,
        title=read.given("title"),
        year=read.year(),
        theme=read.given("theme"),
        starts_on=starts_on or dt.date.min,
        ends_on=ends_on or dt.date.min,
        opening_on=read.day("opening_on"),
        registration_closes_at=read.closing("registration"),
        report_closes_at=read.closing("report"),
        report_to=read.address("report_to"),
        help_name=read.given("help_name"),
        help_phone=read.phone("help_phone"),
        help_hours=read.given("help_hours"),
        duties=_duties(read),
        bases=_bases(read, said_stale or {}),
        directions=_directions(read),
        phases=_phases(read),
    )
    return (None if read.errors else draft), read.errors


def _standing_rows(read: Reader, kind: str) -> list[str]:
    """Return the prefixes of rows that hold something and are not dropped, checked for length."""
    found = []
    for n in row_numbers(read.typed, kind):
        prefix = f"{kind}-{n}-"
        if read.given(f"{prefix}drop") or not any(read.given(prefix + spec.name) for spec in ROWS[kind]):
            continue
        read.require(ROWS[kind], prefix)
        found.append(prefix)
    return found


def _duties(read: Reader) -> list[DutyDraft]:
    return [
        DutyDraft(
            read.given(f"{row}clause"), read.given(f"{row}unit"), lines(read.typed, f"{row}text"), read.day(f"{row}due")
        )
        for row in _standing_rows(read, "d")
    ]


def _bases(read: Reader, said_stale: Mapping[str, str]) -> list[BasisDraft]:
    out = []
    for row in _standing_rows(read, "b"):
        normalized, dated_on = read.given(f"{row}normalized"), read.day(f"{row}dated")
        stale = said_stale.get(normalized) or stale_warning(normalized, dated_on=dated_on, year=read.of_year)
        symbol = (read.given(f"{row}symbol") or normalized)[:120]
        out.append(BasisDraft(symbol, normalized, dated_on, read.given(f"{row}issuer"), stale))
    return out


def _directions(read: Reader) -> list[tuple[str, str]]:
    return [(read.given(f"{row}clause"), lines(read.typed, f"{row}text")) for row in _standing_rows(read, "t")]


def _phases(read: Reader) -> list[PhaseDraft]:
    out = []
    for row in _standing_rows(read, "p"):
        first, last = read.day(f"{row}first"), read.day(f"{row}last")
        if first and last and last < first:
            read.errors[f"{row}last"] = N_("Ngày kết thúc đứng trước ngày bắt đầu.")
        elif first and last:
            out.append(PhaseDraft(read.given(f"{row}name"), first, last))
    return out


def lines(typed: Mapping[str, str], name: str) -> str:
    """Return a long text, each line clean: sub-bullets of a duty stand on lines of their own."""
    return "\n".join(filter(None, map(clean, typed.get(name, "").splitlines())))


def changes(campaign: Campaign, draft: CampaignDraft) -> dict[str, object]:
    """Return what differs between a campaign and its corrected draft, contents aside."""
    names = {field.name for field in dataclasses.fields(CampaignDraft)} - {
        "code",
        "bases",
        "duties",
        "directions",
        "phases",
    }
    if campaign.state != Campaign.State.PREPARING:
        names &= {*AFTER_OPENING, "registration_closes_at", "report_closes_at"}
    return {name: value for name in sorted(names) if (value := getattr(draft, name)) != getattr(campaign, name)}


def contents_differ(campaign: Campaign, draft: CampaignDraft) -> bool:
    """Whether duties, legal bases or directions were changed."""
    duties = [DutyDraft(d.clause, d.unit_words, d.text, d.due_on) for d in campaign.duties.order_by("pk")]
    bases = [
        BasisDraft(b.symbol, b.normalized, b.dated_on, b.issuer, b.stale) for b in campaign.legal_bases.order_by("pk")
    ]
    directions = [(d.clause, d.text) for d in campaign.directions.order_by("pk")]
    return (duties, bases, directions) != (list(draft.duties), list(draft.bases), list(draft.directions))
