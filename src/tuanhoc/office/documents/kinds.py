"""Each kind of paper from what the Week is and what was typed for it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from tuanhoc.activities.documents import blank_annex
from tuanhoc.campaigns.documents import (
    Invitation,
    PlanContents,
    addressed_to_each,
    cited_though_stale,
    contents_of,
    dressed,
    form_for,
    invitation,
    left_out,
    name_in_full,
    named,
    numbered,
    plan,
)
from tuanhoc.campaigns.models import Campaign
from tuanhoc.campaigns.queries import paper_form
from tuanhoc.campaigns.rules import PaperForm
from tuanhoc.office import queries
from tuanhoc.office.models import OfficialPaper, Scope
from tuanhoc.papers.keeping import thawed
from tuanhoc.papers.values import Annex, Letters, OfficialDocument

from .reminder import reminder

Typed = Mapping[str, str]
#: whose name stands in the plan's form until a unit writes its own
_ANY_UNIT = "." * 40


def paper_of(scope: Scope, kind: str, typed: Typed, *, at: dt.datetime) -> OfficialDocument | None:
    """Return the paper as it would be printed now, number and date open; None: there is nothing to send."""
    makers = {
        OfficialPaper.Kind.PLAN: _plan,
        OfficialPaper.Kind.INVITATION: _invitation,
        OfficialPaper.Kind.REMINDER: _reminder,
    }
    made = makers[OfficialPaper.Kind(kind)](scope, typed, at)
    # A unit that writes to those under it has no template of the province's.
    return dressed(made, paper_form(scope.campaign, kind)) if made is not None and not scope.host else made


def drafted(scope: Scope, kind: str, *, at: dt.datetime) -> OfficialDocument | None:
    """Return the next paper of a kind: as its draft holds it, else as the Week gives it now. None: nothing to send."""
    kept = queries.draft(scope, kind)
    if kept is not None and kept.contents:
        return reprinted(kept)
    return paper_of(scope, kind, kept.typed if kept else {}, at=at)


def reprinted(paper: OfficialPaper) -> OfficialDocument:
    """Return a paper as it is kept, with its number and date once it has them."""
    return numbered(thawed(paper.contents), number=paper.number, issued_on=paper.issued_on)


def invitations(document: OfficialDocument, scope: Scope) -> Letters:
    """Return the invitation for each unit of the roster by name. One query."""
    names = [name_in_full(name) for name in scope.expected.in_reading_order().values_list("name", flat=True)]
    return addressed_to_each(document, names)


def notes_on(scope: Scope, kind: str, typed: Typed) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return what an officer should know before the paper is signed.

    :returns: of the plan, (symbol, why) of the bases it leaves out, and (clause, symbol) where its sentences still
        cite one of them; nothing for other kinds.
    """
    if kind != OfficialPaper.Kind.PLAN:
        return [], []
    contents = _contents(scope.campaign, typed)
    stale = [(basis.normalized or basis.symbol, basis.stale) for basis in left_out(contents)]
    return stale, [(clause, basis.normalized or basis.symbol) for clause, basis in cited_though_stale(contents)]


def _contents(campaign: Campaign, typed: Typed) -> PlanContents:
    return contents_of(campaign, purpose=_lines(typed.get("purpose", "")))


def _plan(scope: Scope, typed: Typed, at: dt.datetime) -> OfficialDocument:
    campaign = scope.campaign
    return plan(_contents(campaign, typed), form=form_for(campaign, "plan"), annexes=(sample_form(campaign),))


def sample_form(campaign: Campaign) -> Annex:
    """Return the form units register on, as the plan's annex."""
    return blank_annex(
        unit_name=_ANY_UNIT, year=campaign.year, starts_on=campaign.starts_on, ends_on=campaign.ends_on,
        closes_at=campaign.registration_closes_at, coordinator=campaign.coordinator.name,
    )  # fmt: skip


def _invitation(scope: Scope, typed: Typed, at: dt.datetime) -> OfficialDocument:
    campaign, hour = scope.campaign, typed.get("starts_at", "")
    asked = Invitation(
        held_on=campaign.opening_on,
        starts_at=dt.time.fromisoformat(hour) if hour else None,
        place=typed.get("place", ""),
        chaired_by=typed.get("chaired_by", ""),
        content=typed.get("content", ""),
        guests=_lines(typed.get("guests", "")),
        notes=_lines(typed.get("notes", "")),
    )
    return invitation(asked, title=campaign.title, year=campaign.year, form=form_for(campaign, "invitation"))


def _reminder(scope: Scope, typed: Typed, at: dt.datetime) -> OfficialDocument | None:
    campaign, found, day = scope.campaign, queries.replies(scope, at=at), typed.get("reply_by", "")
    signed = queries.plan_of(campaign)
    return reminder(
        found.overdue, replied=found.replied, title=campaign.title, year=campaign.year, sender=scope.sender, at=at,
        form=_own_form(scope) if scope.host else form_for(campaign, "reminder"),
        reply_by=dt.date.fromisoformat(day) if day else None,
        plan=named(reprinted(signed)) if signed else "",
        help_line=_help_line(campaign),
    )  # fmt: skip


def _own_form(scope: Scope) -> PaperForm:
    """Return the head of a unit that writes to those under it: its name; who signs is left open."""
    return replace(PaperForm(), issuer=name_in_full(scope.sender), recipients=("Lưu: VT",))


def _help_line(campaign: Campaign) -> str:
    hours = f" ({campaign.help_hours})" if campaign.help_hours else ""
    said = ", ".join(filter(None, (campaign.help_name, campaign.help_phone and f"điện thoại {campaign.help_phone}")))
    return f"{said}{hours}" if said else ""


def _lines(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (line.strip() for line in text.splitlines())))
