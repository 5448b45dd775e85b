"""Duties find their owners and due days, and each owner says how far it is."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import F

from tuanhoc.campaigns.models import Assignment, Duty, RosterUnit
from tuanhoc.files.models import StoredFile
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_, Refusal


class AlreadyOwned(Refusal):
    message = N_("Các đơn vị này đã được giao nhiệm vụ từ trước.")


class DutyNotOfWeek(Refusal):
    message = N_("Đơn vị “%(unit)s” không có trong danh sách của đợt này.")


class SpokenOfAlready(Refusal):
    message = N_(
        "Đơn vị đã báo cáo về nhiệm vụ này nên không bỏ khỏi danh sách chủ trì. Có thể ghi “Không áp dụng” kèm lý do."
    )


class WaivedWithoutWords(Refusal):
    message = N_("Vui lòng ghi vì sao nhiệm vụ không áp dụng cho đơn vị.")


class NotAWebLink(Refusal):
    message = N_(
        "Liên kết minh chứng chưa đúng, ví dụ https://snv.example.vn/bai-viet. Các nội dung khác vẫn còn trên màn hình."
    )


class NotEvidence(Refusal):
    message = N_("Tệp minh chứng phải là PDF, JPG, PNG, Word (.docx) hoặc Excel (.xlsx), không có macro.")


class SaidInBetween(Refusal):
    message = N_(
        "Vừa có người khác báo về nhiệm vụ này. Nội dung mới hiện ra dưới đây: vui lòng xem rồi báo lại nếu cần."
    )


@dataclass(frozen=True, slots=True)
class Said:
    """What an owner says of a duty: how far, in words, what keeps it, what shows it."""

    state: str
    words: str = ""
    obstacle: str = ""
    evidence_link: str = ""


@transaction.atomic
def assign_duty(
    duty: Duty, hosts: Collection[RosterUnit], *, coordinator: bool = False, by: Actor, at: dt.datetime
) -> int:
    """Give a duty to these units as well, and to the coordinator itself; return how many are new.

    :raises DutyNotOfWeek: a unit of another Week. :raises AlreadyOwned: nobody is new.
    """
    for host in hosts:
        if host.campaign_id != duty.campaign_id:
            raise DutyNotOfWeek(unit=host.name)
    # The row of the duty is held, so that two who give it to the same unit make one owner.
    Duty.objects.select_for_update().get(pk=duty.pk)
    there = set(Assignment.objects.filter(duty=duty).values_list("host_id", flat=True))
    new = [Assignment(duty=duty, host=host) for host in hosts if host.pk not in there]
    if coordinator and None not in there:
        new.append(Assignment(duty=duty))
    if not new:
        raise AlreadyOwned
    Assignment.objects.bulk_create(new)
    names = [made.host.name if made.host else "" for made in new]
    journal.write(
        "campaigns.duty.assign", by=by, on=duty, at=at, units=[made.host.unit_id for made in new if made.host],
        details={"duty": duty.text, "units": names, **journal.change("owners", len(there), len(there) + len(new))}
    )  # fmt: skip
    return len(new)


@transaction.atomic
def take_duty_back(assignment: Assignment, *, by: Actor, at: dt.datetime) -> None:
    """Take a unit off the owners of a duty. :raises SpokenOfAlready: it has said something of it."""
    gone, _each = Assignment.objects.filter(pk=assignment.pk, said_at=None).delete()
    if not gone:
        raise SpokenOfAlready
    name = assignment.host.name if assignment.host else ""
    journal.write(
        "campaigns.duty.take_back", by=by, on=assignment.duty, at=at,
        unit_path=assignment.host.path if assignment.host else "",
        details={"duty": assignment.duty.text, "unit": name, **journal.change("owner", "present", journal.GONE)},
    )  # fmt: skip


@transaction.atomic
def set_due_day(duty: Duty, due_on: dt.date | None, *, by: Actor, at: dt.datetime) -> None:
    """Set the last day that is in time; None: the plan names no day."""
    before = duty.due_on
    if due_on == before:
        return
    duty.due_on = due_on
    duty.save(update_fields=["due_on"])
    journal.write(
        "campaigns.duty.due", by=by, on=duty, at=at,
        units=duty.assignments.exclude(host=None).values_list("host__unit_id", flat=True),
        details={"duty": duty.text, "before": str(before or ""), "after": str(due_on or "")},
    )  # fmt: skip


@transaction.atomic
def report_duty(
    assignment: Assignment,
    said: Said,
    *,
    evidence: StoredFile | None = None,
    version: int | None = None,
    by: Actor,
    at: dt.datetime,
) -> None:
    """Keep what an owner says of its duty; what it said before is in the journal.

    :param evidence: a file that shows it; None keeps the one there.
    :param version: the version the writer had on screen; None skips the comparison.
    :raises WaivedWithoutWords: it says that the duty is not its own, but not why.
    :raises NotAWebLink: the evidence's link leads nowhere.
    :raises SaidInBetween: somebody said something since; nothing is kept.
    """
    link = _web_link(said.evidence_link)
    if said.state == Assignment.State.NOT_APPLICABLE and not said.words.strip():
        raise WaivedWithoutWords
    row = Assignment.objects.filter(pk=assignment.pk)
    if version is not None:
        row = row.filter(version=version)
    before = _told(assignment)
    kept = {"evidence_file": evidence} if evidence else {}
    moved = row.update(
        state=said.state, words=said.words.strip(), obstacle=said.obstacle.strip()[:300], evidence_link=link,
        said_at=at, said_by=by.name[:200], version=F("version") + 1, **kept,
    )  # fmt: skip
    if not moved:
        raise SaidInBetween
    assignment.refresh_from_db()
    journal.write(
        "campaigns.duty.report", by=by, on=assignment, unit_path=assignment.host.path if assignment.host else "",
        at=at, details={"before": before, "after": _told(assignment)},
    )  # fmt: skip


def _told(assignment: Assignment) -> dict[str, str]:
    names = ("state", "words", "obstacle", "evidence_link")
    told = {name: str(getattr(assignment, name)) for name in names}
    return {**told, "evidence_file": str(assignment.evidence_file_id or "")}


def _web_link(link: str) -> str:
    link = link.strip()
    if not link:
        return ""
    whole = link if "://" in link else f"https://{link}"
    try:
        URLValidator(schemes=["http", "https"])(whole)
    except ValidationError as wrong:
        raise NotAWebLink from wrong
    if len(whole) > 500:
        raise NotAWebLink
    return whole
