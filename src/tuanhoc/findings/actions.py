"""Searching, deciding, asking: nothing found is merged or deleted by itself."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import F

from tuanhoc.activities import actions as activities
from tuanhoc.campaigns.models import Campaign
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.outbox import actions as outbox

from . import queries
from .events import UnitsAsked
from .models import Finding, Search
from .rules import Found, Looked, look

Verdict = Finding.Verdict
#: rows written by one statement
CHUNK = 250


class DecidedElsewhere(Refusal):
    message = N_("Cặp này vừa được %(who)s xem: %(verdict)s. Vui lòng xem lại rồi quyết định.")


class NotThatKind(Refusal):
    message = N_("Chỉ hai hoạt động có thể trùng nhau mới thay thế cho nhau được.")


class WhichOne(Refusal):
    message = N_("Vui lòng chọn hoạt động không tổ chức nữa.")


class AskedAlready(Refusal):
    message = N_("Hai đơn vị đã được hỏi về cặp này.")


class NothingToUndo(Refusal):
    message = N_("Cặp này chưa ai quyết định.")


def look_again(campaign: Campaign, *, at: dt.datetime) -> Search:
    """Search the Week's activities when they changed since the last search, else answer at once.

    The first look at 20,000 activities takes some seconds, a later one a fraction of it: only what changed and what
    could pair with it is searched (``bench/finding``). What was decided stays decided.
    """
    kept, _ = Search.objects.defer("memory").get_or_create(campaign=campaign)
    while kept.stamp != (stamp := queries.stamp(campaign)):
        before = kept.stamp
        rows = queries.rows_of(campaign)
        looked = look(rows, queries.areas_of(campaign), str(queries.RULES), bytes(kept.memory))
        with transaction.atomic():
            kept = Search.objects.select_for_update().get(campaign=campaign)
            # Another window may have looked meanwhile: what is kept is of its look, not of the one begun from here.
            if kept.stamp == before:
                _keep(campaign, looked)
                kept.stamp, kept.searched_at, kept.activity_count = stamp, at, len(rows)
                kept.memory = looked.memory
                kept.save()
                return kept
    return kept


def _keep(campaign: Campaign, looked: Looked) -> None:
    there = {(one.kind, one.pair): one for one in Finding.objects.filter(campaign=campaign)}
    decided = {
        (one.kind, one.first_id, one.second_id): one
        for one in there.values()
        if one.first_id and one.second_id and (one.verdict != Verdict.OPEN or one.earlier)
    }
    now = {(one.kind, one.pair): one for one in reversed(looked.found)}
    new = [_new(campaign, one, decided) for key, one in now.items() if key not in there]
    renewed = [_renewed(one, now[key]) for key, one in there.items() if key in now]
    gone = [
        one.pk
        for key, one in there.items()
        if key not in now and one.is_standing and not {one.first_id, one.second_id} <= looked.still
    ]
    Finding.objects.bulk_create(new, batch_size=CHUNK)
    fields = ["first", "second", "first_host", "second_host", "score", "reasons", "about", "is_standing"]
    Finding.objects.bulk_update([one for one, differs in renewed if differs], fields, batch_size=CHUNK)
    for start in range(0, len(gone), CHUNK):
        Finding.objects.filter(pk__in=gone[start : start + CHUNK]).update(is_standing=False)


def _values(found: Found) -> dict[str, object]:
    return {
        "first_id": found.one.activity_id, "second_id": found.other.activity_id, "first_host_id": found.one.unit_id,
        "second_host_id": found.other.unit_id, "score": found.score, "reasons": list(found.reasons),
        "about": found.about[:200], "is_standing": True,
    }  # fmt: skip


def _new(campaign: Campaign, found: Found, decided: Mapping[tuple[str, int, int], Finding]) -> Finding:
    before = decided.get((found.kind, found.one.activity_id, found.other.activity_id))
    return Finding(
        campaign=campaign, kind=found.kind, pair=found.pair, earlier=_told(before) if before else {}, **_values(found)
    )


def _told(before: Finding) -> dict[str, str]:
    """Return a verdict as the next finding of the same two activities shows it."""
    if before.verdict == Verdict.OPEN or before.decided_at is None:
        return dict(before.earlier)
    return {"verdict": before.verdict, "by": before.decided_by, "at": before.decided_at.isoformat()}


def _renewed(finding: Finding, found: Found) -> tuple[Finding, bool]:
    differs = False
    for name, value in _values(found).items():
        differs = differs or getattr(finding, name) != value
        setattr(finding, name, value)
    return finding, differs


@transaction.atomic
def decide(
    finding: Finding,
    verdict: str,
    *,
    version: int,
    note: str = "",
    cancel: int | None = None,
    by: Actor,
    at: dt.datetime,
) -> None:
    """Write down what two activities are to each other; of a replaced pair one is cancelled, with ``note`` as reason.

    :param version: the version the officer had on screen.
    :param cancel: of a replaced pair, the activity that does not take place.
    :raises DecidedElsewhere: somebody decided in between; the refusal says who and what.
    :raises NotThatKind: a hall or a speaker cannot be replaced. :raises WhichOne: neither was chosen.
    :raises Refusal: those of ``activities.actions.change_activity``.
    """
    if verdict == Verdict.REPLACED and finding.kind != Finding.Kind.TWICE:
        raise NotThatKind
    before = _hold(finding, version)
    cancelled = None
    if verdict == Verdict.REPLACED:
        cancelled = next((a for a in (finding.first, finding.second) if a is not None and a.pk == cancel), None)
        if cancelled is None:
            raise WhichOne
        activities.change_activity(cancelled, reason=note, cancel=True, by_office=True, by=by, at=at)
    Finding.objects.filter(pk=finding.pk).update(
        verdict=verdict, note=note.strip()[:300], decided_at=at, decided_by=by.name, cancelled=cancelled
    )
    _write("decide", finding, by=by, at=at, note=note.strip()[:300], **journal.change("verdict", before, verdict))


@transaction.atomic
def reopen(finding: Finding, *, version: int, by: Actor, at: dt.datetime, reason: str) -> None:
    """Take a verdict back; what was cancelled for it takes place again.

    :param reason: what the unit is told of the activity that takes place again.
    :raises NothingToUndo: nobody decided. :raises DecidedElsewhere: as above.
    """
    if finding.verdict == Verdict.OPEN:
        raise NothingToUndo
    before = _hold(finding, version)
    if finding.verdict == Verdict.REPLACED and finding.cancelled is not None:
        activities.restore_activity(finding.cancelled, reason=reason, by=by, at=at)
    Finding.objects.filter(pk=finding.pk).update(
        verdict=Verdict.OPEN, note="", decided_at=None, decided_by="", cancelled=None
    )
    _write("reopen", finding, by=by, at=at, **journal.change("verdict", before, Verdict.OPEN))


@transaction.atomic
def decide_all_different(findings: Iterable[tuple[Finding, int]], *, by: Actor, at: dt.datetime) -> list[int]:
    """Write down that each pair is two events; return the ids of those, without what somebody else decided before."""
    done = []
    for finding, version in findings:
        try:
            with transaction.atomic():
                decide(finding, Verdict.DIFFERENT, version=version, by=by, at=at)
            done.append(finding.pk)
        except DecidedElsewhere:
            continue
    return done


@transaction.atomic
def reopen_all(findings: Iterable[tuple[Finding, int]], *, reason: str, by: Actor, at: dt.datetime) -> int:
    """Take several verdicts back; return how many were, without what somebody else decided or took back before."""
    done = 0
    for finding, version in findings:
        try:
            with transaction.atomic():
                reopen(finding, version=version, by=by, at=at, reason=reason)
            done += 1
        except (DecidedElsewhere, NothingToUndo):
            continue
    return done


@transaction.atomic
def ask_units(finding: Finding, *, by: Actor, at: dt.datetime) -> None:
    """Ask both units, politely and once; their pages say that they are asked.

    :raises AskedAlready: they were.
    """
    if not Finding.objects.filter(pk=finding.pk, asked_at=None).update(asked_at=at, asked_by=by.name):
        raise AskedAlready
    _write("ask", finding, by=by, at=at, **journal.change("asked", False, True))
    outbox.record(UnitsAsked(finding_id=finding.pk), at=at)


def _hold(finding: Finding, version: int) -> str:
    """Count one decision more, or refuse; return the verdict before it."""
    if not Finding.objects.filter(pk=finding.pk, version=version).update(version=F("version") + 1):
        finding.refresh_from_db()
        raise DecidedElsewhere(who=finding.decided_by or "…", verdict=finding.get_verdict_display())
    return finding.verdict


def _in_words(finding: Finding) -> list[str]:
    """Return both activities as the journal names them: whose, and what; one that is gone by its unit alone."""
    both = ((finding.first_host, finding.first), (finding.second_host, finding.second))
    return [f"{host.name}: {activity.content[:120]}" if activity else host.name for host, activity in both]


def _write(what: str, finding: Finding, *, by: Actor, at: dt.datetime, **details: object) -> None:
    told = {"first": finding.first_id, "second": finding.second_id, "pair": _in_words(finding), **details}
    for host in (finding.first_host, finding.second_host):
        journal.write(f"findings.finding.{what}", by=by, on=finding, unit_path=host.path, at=at, details=dict(told))
