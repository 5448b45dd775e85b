"""A paper is drafted, and written down with its number once it is signed."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from tuanhoc.campaigns.models import Campaign
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.sentences import Day
from tuanhoc.papers.keeping import kept
from tuanhoc.papers.values import OfficialDocument
from tuanhoc.schedule.models import Release

from .models import OfficialPaper, Scope
from .queries import draft


class NumberTaken(Refusal):
    message = N_("Số %(number)s đã ghi cho một văn bản khác của đợt này. Vui lòng xem lại.")


class ReplyDayIsPast(Refusal):
    message = N_("Ngày %(day)s đã qua. Vui lòng chọn từ hôm nay trở đi, để đơn vị còn kịp gửi lịch.")


class NothingToSend(Refusal):
    message = N_("Không có đơn vị nào trễ: không cần công văn đôn đốc.")


@transaction.atomic
def keep_draft(
    scope: Scope,
    kind: str,
    typed: Mapping[str, str],
    *,
    listed: OfficialDocument | None = None,
    by: Actor,
    at: dt.datetime,
) -> OfficialPaper:
    """Keep what was typed for the next paper of a kind; there is one draft of each.

    :param listed: the paper itself, where what it lists must not move between printing and signing.
    :raises ReplyDayIsPast: the last day it asks for has passed.
    """
    if (reply_by := typed.get("reply_by")) and (day := dt.date.fromisoformat(reply_by)) < at.astimezone(HANOI).date():
        raise ReplyDayIsPast(day=Day(day))
    _hold(scope.campaign)
    paper = draft(scope, kind) or OfficialPaper(campaign=scope.campaign, host=scope.host, kind=kind)
    before = dict(paper.typed)
    paper.typed, paper.contents = dict(typed), kept(listed) if listed else {}
    paper.save()
    if before != paper.typed or listed:
        journal.write(
            "office.paper.draft", by=by, on=paper, at=at, unit_path=_path(scope),
            details={"kind": kind, "before": before, "after": paper.typed},
        )  # fmt: skip
    return paper


@transaction.atomic
def issue_paper(
    scope: Scope,
    kind: str,
    document: OfficialDocument | None,
    *,
    number: str,
    issued_on: dt.date,
    by: Actor,
    at: dt.datetime,
) -> OfficialPaper:
    """Write down the number and day a paper got when it was signed, and keep the paper as it stood.

    :param document: as it was printed for signing; None: there was nothing to send.
    :raises NothingToSend: no unit is late.
    :raises NumberTaken: another paper of the Week has this number of the same symbol.
    """
    if document is None:
        raise NothingToSend
    _hold(scope.campaign)
    _refuse_taken(scope, number)
    typed = draft(scope, kind)
    paper = typed or OfficialPaper(campaign=scope.campaign, host=scope.host, kind=kind)
    paper.contents = kept(document)
    _write_number(paper, number=number, issued_on=issued_on, by=by, at=at)
    journal.write(
        "office.paper.issue", by=by, on=paper, at=at, unit_path=_path(scope),
        details={
            "kind": kind, "number": number, "issued_on": issued_on.isoformat(),
            **journal.change("state", "draft" if typed else journal.ABSENT, "issued"),
        },
    )  # fmt: skip
    return paper


@transaction.atomic
def correct_number(paper: OfficialPaper, *, number: str, issued_on: dt.date, by: Actor, at: dt.datetime) -> None:
    """Correct the number or day of a paper that has them; what it says stays.

    :raises NumberTaken: another paper of the Week has this number.
    """
    _hold(paper.campaign)
    _refuse_taken(Scope(paper.campaign, paper.host), number, but=paper)
    before = {"number": paper.number, "issued_on": paper.issued_on.isoformat() if paper.issued_on else ""}
    _write_number(paper, number=number, issued_on=issued_on, by=by, at=at)
    journal.write(
        "office.paper.number", by=by, on=paper, at=at, unit_path=paper.host.path if paper.host else "",
        details={"before": before, "after": {"number": number, "issued_on": issued_on.isoformat()}},
    )  # fmt: skip


def _hold(campaign: Campaign) -> None:
    # The campaign row is held, so that of two clicks one makes the draft or takes the number.
    Campaign.objects.select_for_update().get(pk=campaign.pk)


def _refuse_taken(scope: Scope, number: str, *, but: OfficialPaper | None = None) -> None:
    """Refuse a number that its sender has given to another paper of the Week; two districts may have the same."""
    others = OfficialPaper.objects.filter(campaign=scope.campaign, host=scope.host, number=number)
    if but is not None:
        others = others.exclude(pk=but.pk)
    letters = Release.objects.filter(campaign=scope.campaign, issuer__number=number)
    if others.exists() or (scope.host is None and letters.exists()):
        raise NumberTaken(number=number)


def _write_number(paper: OfficialPaper, *, number: str, issued_on: dt.date, by: Actor, at: dt.datetime) -> None:
    paper.number, paper.issued_on = number, issued_on
    paper.numbered_by, paper.numbered_at = by.name, at
    paper.save()


def _path(scope: Scope) -> str:
    return scope.host.path if scope.host else ""
