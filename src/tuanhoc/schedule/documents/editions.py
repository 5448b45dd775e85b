"""An edition of the schedule: its lines and what its letter must know."""

import datetime as dt
from dataclasses import dataclass, replace

from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.lib.actor import Actor
from tuanhoc.schedule import queries, rules
from tuanhoc.schedule.actions import keep_draft
from tuanhoc.schedule.models import Release
from tuanhoc.schedule.rules import Changes, Issuer, Line, changes


@dataclass(frozen=True, slots=True)
class Edition:
    """What one letter sends: a numbered release, or what stands at a moment (``number`` None)."""

    #: ``Tuần lễ hưởng ứng học tập suốt đời năm 2022``
    title: str
    year: int
    #: whose activities these are, in words: ``tỉnh Ninh Thuận``
    territory: str
    issuer: Issuer
    #: the issuer as a sentence names it
    issuer_words: str
    lines: tuple[Line, ...]
    #: first and last days of the Week, then of its phases
    windows: tuple[tuple[dt.date, dt.date], ...]
    at: dt.datetime
    number: int | None = None
    #: against the release before; None for the first, and for what no release goes before
    changes: Changes | None = None
    help_line: str = ""
    #: which kept lines a paper of it is compared with when it comes back (``rules.origin_of_release``)
    origin: str = ""

    @property
    def standing(self) -> list[Line]:
        """The lines that take place."""
        return [line for line in self.lines if not line.is_cancelled]


def standing_edition(campaign: Campaign, *, at: dt.datetime) -> Edition:
    """Return what stands now, and what it changes against the last release: the next release before it is made."""
    lines, last = queries.standing_lines(campaign), queries.last_release(campaign)
    compared = changes(queries.released_lines(last), lines) if last else None
    return _edition(campaign, lines, queries.next_issuer(campaign), at=at, compared=compared)


def edition_of_release(release: Release) -> Edition:
    """Return a release as it was frozen, with its changes against the one before."""
    lines, compared = queries.released_lines(release), queries.changes_of(release)
    edition = _edition(
        release.campaign, lines, queries.issuer_of_release(release), at=release.released_at, number=release.number,
        compared=compared, windows=queries.windows_of_release(release),
    )  # fmt: skip
    return replace(edition, origin=rules.origin_of_release(release.campaign.code, release.number))


def edition_of_unit(host: RosterUnit, *, at: dt.datetime) -> Edition:
    """Return what stands now of a unit and those under it, issued by that unit."""
    issuer = Issuer(superior="", name=host.name, signature=("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",))
    campaign = host.campaign
    return Edition(
        title=campaign.title, year=campaign.year, territory=_territory(host.name), issuer=issuer,
        issuer_words=host.name, lines=tuple(queries.standing_lines(campaign, within=host)),
        windows=campaign.windows, at=at,
    )  # fmt: skip


def kept_as_printed(
    edition: Edition, campaign: Campaign, *, host: RosterUnit | None = None, by: Actor, at: dt.datetime
) -> Edition:
    """Return a draft that says what it was printed from, its lines kept."""
    draft = keep_draft(campaign, edition.lines, host=host, by=by, at=at)
    return replace(edition, origin=rules.origin_of_draft(campaign.code, draft.pk))


def _edition(
    campaign: Campaign,
    lines: list[Line],
    issuer: Issuer,
    *,
    at: dt.datetime,
    number: int | None = None,
    compared: Changes | None = None,
    windows: tuple[tuple[dt.date, dt.date], ...] = (),
) -> Edition:
    return Edition(
        title=campaign.title, year=campaign.year, territory=_territory(campaign.province.name), issuer=issuer,
        issuer_words=campaign.coordinator.name, lines=tuple(lines), windows=windows or campaign.windows, at=at,
        number=number, changes=compared,
        help_line=", ".join(filter(None, (campaign.help_name, campaign.help_phone))),
    )  # fmt: skip


def _territory(name: str) -> str:
    """Return the territory a committee's name ends in; any other body's name as it is.

    >>> _territory("UBND tỉnh Ninh Thuận")
    'tỉnh Ninh Thuận'
    """
    return name.removeprefix("UBND ").removeprefix("Ủy ban nhân dân ")
