"""Invitations in bulk: whom a list names, and the sheet a mail merge is made from."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.intake.queries.forms import roster_of
from tuanhoc.intake.rules.matching import Signs
from tuanhoc.lib.dates import last_minute
from tuanhoc.lib.text import fold, name_key
from tuanhoc.papers.values import Table
from tuanhoc.papers.xlsx import to_xlsx
from tuanhoc.units.queries import rows_of_list

#: what a list heads its columns with, folded
_HEADS = {
    "unit": ("don vi", "ten don vi", "co quan, don vi", "co quan", "ten"),
    "key": ("ma", "ma don vi", "key"),
    "holder": ("nguoi nhan", "ho va ten", "ho ten", "nguoi lien he", "dau moi", "dau moi lien he", "can bo"),
    "email": ("email", "e-mail", "thu dien tu", "dia chi thu", "thu", "dia chi email"),
    "phone": ("dien thoai", "so dien thoai", "sdt", "di dong", "zalo"),
}
_FIELD_OF = {head: field for field, heads in _HEADS.items() for head in heads}
_HEADER_WITHIN = 15
#: rows looked at closely, and units offered for each
MOST_SUGGESTED, MOST_MEANT = 100, 4
#: rows of one list
MOST = 3000


@dataclass(frozen=True, slots=True)
class Invited:
    """One row of a list that names a unit of the roster, and whom there."""

    host_pk: int
    unit: str
    holder: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A row that names no unit for certain; ``meant``: what it may mean, for a person to confirm."""

    number: int
    words: str
    meant: tuple[Invited, ...] = ()
    #: what stands where its e-mail address should, when no letter could be sent there
    bad_email: str = ""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A row whose e-mail address is none: ``invited`` without it, for a person to take all the same."""

    number: int
    bad_email: str
    invited: Invited


@dataclass(frozen=True, slots=True)
class ReadList:
    """A list as understood.

    ``unknown`` are its rows that name no unit, or several; ``unreachable`` those that name one, and an e-mail address
    to which nothing can be sent. Neither gets a link unless a person says so.
    """

    invited: tuple[Invited, ...]
    unknown: tuple[Unknown, ...]
    unreachable: tuple[Unreachable, ...] = ()

    @property
    def without_email(self) -> int:
        """How many of the invited have no e-mail address."""
        return sum(not one.email for one in self.invited)


def read_list(data: bytes, campaign: Campaign) -> ReadList | None:
    """Read a list of units and people; None when no column names units. Three queries at most.

    What a unit's name almost says is never taken silently: such a row is unknown, with the units it may mean.

    :raises Refusal: not a spreadsheet, or too long.
    """
    rows = rows_of_list(data)
    found = _header(rows)
    if found is None:
        return None
    at, fields = found
    by_key, by_name = _roster(campaign)
    invited, unknown, unreachable = [], [], []
    for number, row in enumerate(rows[at + 1 : at + 1 + MOST], start=at + 2):
        given = dict(zip(fields, row, strict=False))
        if not (given.get("unit") or given.get("key")):
            continue
        hosts = by_key.get(given.get("key", "").lower()) or by_name.get(name_key(given.get("unit", "")), [])
        if len(hosts) != 1:
            unknown.append((number, given, hosts))
            continue
        one = Invited(hosts[0].pk, hosts[0].name, **_people(given))
        if bad := _bad_email(given):
            unreachable.append(Unreachable(number, bad, one))
        else:
            invited.append(one)
    return ReadList(tuple(invited), tuple(_with_suggestions(campaign, unknown)), tuple(unreachable))


def _people(given: Mapping[str, str]) -> dict[str, str]:
    people = {field: given.get(field, "")[:120] for field in ("holder", "email", "phone")}
    return {**people, "email": ""} if _bad_email(given) else people


def _bad_email(given: Mapping[str, str]) -> str:
    """Return what stands where the e-mail address should when it is none; blank when all is well."""
    email = given.get("email", "")
    try:
        if email:
            validate_email(email)
    except ValidationError:
        return email[:120]
    return ""


def _with_suggestions(
    campaign: Campaign, unknown: Sequence[tuple[int, Mapping[str, str], Sequence[RosterUnit]]]
) -> Iterator[Unknown]:
    """Return the rows that name nobody for certain with the units they may mean, as forms are matched. Two queries."""
    if not unknown:
        return
    known = roster_of(campaign, campaign.roster.all())
    names = {entry.unit.pk: entry.unit.name for entry in known.entries}
    for place, (number, given, hosts) in enumerate(unknown):
        said = given.get("unit") or given.get("key", "")
        found = [host.pk for host in hosts]
        if not found and given.get("unit") and place < MOST_SUGGESTED:
            match = known.match(Signs(organisation=given["unit"]))
            found = [pk for pk in (match.pk, *match.others) if pk is not None]
        meant = (Invited(pk, names[pk], **_people(given)) for pk in found[:MOST_MEANT])
        yield Unknown(number, said, tuple(meant), _bad_email(given))


def _header(rows: Sequence[Sequence[str]]) -> tuple[int, list[str]] | None:
    for at, row in enumerate(rows[:_HEADER_WITHIN]):
        fields = [_FIELD_OF.get(fold(cell).strip(" *:"), "") for cell in row]
        fields = [field if field not in fields[:n] else "" for n, field in enumerate(fields)]
        if {"unit", "key"} & set(fields):
            return at, fields
    return None


def _roster(campaign: Campaign) -> tuple[dict[str, list[RosterUnit]], dict[str, list[RosterUnit]]]:
    by_key: dict[str, list[RosterUnit]] = {}
    by_name: dict[str, list[RosterUnit]] = {}
    for host in campaign.roster.select_related("unit"):
        by_key.setdefault(host.unit.key.lower(), []).append(host)
        by_name.setdefault(host.name_key, []).append(host)
    return by_key, by_name


@dataclass(frozen=True, slots=True)
class Addressed:
    """A row of the sheet: whom, and their link."""

    invited: Invited
    closes_at: dt.datetime
    address: str


def merge_sheet(rows: Iterable[Addressed], *, title: str) -> bytes:
    """Return the .xlsx that Word merges letters from: one row a person, its headings the names of the fields."""
    table = Table(
        columns=("Đơn vị", "Người nhận", "Thư điện tử", "Điện thoại", "Tuần lễ", "Hạn đăng ký", "Liên kết"),
        widths_mm=(60.0, 40.0, 45.0, 28.0, 60.0, 45.0, 90.0),
        rows=tuple(
            (
                row.invited.unit, row.invited.holder, row.invited.email, row.invited.phone, title,
                last_minute(row.closes_at), row.address,
            )
            for row in rows
        ),
    )  # fmt: skip
    return to_xlsx(table)
