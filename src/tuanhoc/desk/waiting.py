"""The queue as a page shows it: what waits, how long, which rows want a look, and whose queue it is."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tuanhoc.activities import rules
from tuanhoc.activities.access import Queues
from tuanhoc.activities.actions import LOOKING_FOR
from tuanhoc.activities.models import Activity, Looking, ReasonTemplate, Registration
from tuanhoc.campaigns.models import Campaign, RosterUnitQuerySet
from tuanhoc.findings.models import Finding
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_
from tuanhoc.lib.text import fold
from tuanhoc.web.speech import grouped

#: What a warning asks for, in a few words: code -> words.
WARNED: Mapping[str, str] = {
    "no_place": N_("Thiếu địa điểm"),
    "no_date": N_("Chưa có ngày"),
    "wrong_year": N_("Sai năm"),
    "outside_week": N_("Ngoài Tuần lễ"),
    "no_content": N_("Thiếu nội dung"),
    "bad_time": N_("Giờ chưa đúng"),
    "no_link": N_("Thiếu đường dẫn"),
    "old_link": N_("Đường dẫn năm trước"),
    "unread": N_("Có ô chưa đọc được"),
}
#: In an address: every line, those without a warning.
CLEAN = "khong"
#: In an address: the coordinator's own queue.
OWN = "dieu-phoi"


@dataclass(frozen=True, slots=True)
class Line:
    """One registration that waits."""

    registration: Registration
    #: how many rows have each warning
    warned: Mapping[str, int]
    activity_count: int
    needs_look: int
    #: the reviewing unit it should be with, where nobody is seated
    instead_of: str = ""
    waited: str = ""
    #: who else has it open
    looking: Looking | None = None
    #: comments on its rows that nobody settled
    talks: int = 0
    mine: bool = True
    #: one of its rows is in a pair that nobody has decided
    is_found: bool = False


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One queue of a campaign. ``instead``: who looks, where the unit itself has nobody."""

    key: str
    name: str
    count: int
    oldest_at: dt.datetime | None = None
    waited: str = ""
    instead: str = ""


@dataclass(slots=True)
class Asked:
    """What the reader asked to see."""

    words: str = ""
    warned: str = ""
    queue: str = ""
    everything: bool = False
    #: the same as an address
    address: str = field(default="")


def lines_of(
    over: RosterUnitQuerySet, campaign: Campaign, queues: Queues, actor: Actor, *, at: dt.datetime
) -> list[Line]:
    """Return everything of a Week that waits within ``over``, oldest first. Two queries, whatever their number."""
    waiting = (
        Registration.objects.awaiting_review()
        .filter(host__in=over, host__campaign=campaign)
        .select_related("host", "looking")
        .annotate(talks=Count("comments", filter=Q(comments__resolved_at=None)), is_found=Exists(_found_of(campaign)))
    )
    registrations = list(waiting)
    found = _warned([r.pk for r in registrations], campaign)
    mine = queues.mine(actor, campaign.pk)
    lines = []
    for registration in registrations:
        registration.host.campaign = campaign
        warned = found.get(registration.pk, _Rows())
        lines.append(
            Line(
                registration, warned.by_code, warned.rows, warned.flagged,
                instead_of=_instead_of(registration, queues),
                waited=waited(registration.submitted_at, at=at),
                looking=_looking(registration, actor, at=at),
                talks=vars(registration)["talks"],
                mine=registration.host.reviewer_id in mine, is_found=vars(registration)["is_found"],
            )
        )  # fmt: skip
    return lines


def _found_of(campaign: Campaign) -> QuerySet[Finding]:
    of_unit = Q(first_host=OuterRef("host")) | Q(second_host=OuterRef("host"))
    return Finding.objects.open().filter(of_unit, campaign=campaign)


@dataclass(slots=True)
class _Rows:
    rows: int = 0
    flagged: int = 0
    by_code: Counter[str] = field(default_factory=Counter)


#: What the warnings are read from; a thousand registrations are some ten thousand rows, so nothing else is.
_READ = ("held_on", "ends_on", "starts_at", "ends_at", "place", "content", "form", "link", "unread")


def _warned(pks: Sequence[int], campaign: Campaign) -> dict[int, _Rows]:
    windows = campaign.windows
    found: dict[int, _Rows] = {}
    for pk, *values in Activity.objects.filter(registration__in=pks).values_list("registration", *_READ):
        given = dict(zip(_READ, values, strict=True))
        given["unread"] = tuple((str(name), str(words)) for name, words in given["unread"])
        rows = found.setdefault(pk, _Rows())
        codes = {w.code for w in rules.warnings(rules.ActivityDraft(**given), windows=windows)}
        rows.rows += 1
        rows.flagged += bool(codes)
        rows.by_code.update(codes)
    return found


def _instead_of(registration: Registration, queues: Queues) -> str:
    reviewer_id = registration.host.reviewer_id
    if reviewer_id is None or reviewer_id not in queues.units or queues.of(reviewer_id) == reviewer_id:
        return ""
    return queues.units[reviewer_id].name


def _looking(registration: Registration, actor: Actor, *, at: dt.datetime) -> Looking | None:
    looking: Looking | None = getattr(registration, "looking", None)
    if looking is None or looking.by_user_id == actor.user_id or looking.seen_at <= at - LOOKING_FOR:
        return None
    return looking


def waited(since: dt.datetime | None, *, at: dt.datetime) -> str:
    """Return how long something has waited: ``chờ 3 ngày``."""
    if since is None:
        return ""
    hours = int((at - since).total_seconds()) // 3600
    if hours >= 24:
        return ngettext("chờ %(n)s ngày", "chờ %(n)s ngày", hours // 24) % {"n": grouped(hours // 24)}
    if hours >= 1:
        return ngettext("chờ %(n)s giờ", "chờ %(n)s giờ", hours) % {"n": hours}
    return _("chờ chưa đầy 1 giờ")


def shown(lines: Iterable[Line], asked: Asked, queues: Queues) -> list[Line]:
    """Return the lines that were asked for."""
    words = fold(asked.words)
    of_queue = _queue_filter(asked.queue, queues)
    return [
        line
        for line in lines
        if (asked.everything or of_queue is not None or line.mine)
        and (of_queue is None or line.registration.host.reviewer_id in of_queue)
        and (not words or words in fold(line.registration.host.name))
        and _has(line, asked.warned)
    ]


def _queue_filter(key: str, queues: Queues) -> set[int | None] | None:
    if key == OWN:
        return {None}
    return {int(key)} if key.isdecimal() and int(key) in queues.units else None


def _has(line: Line, code: str) -> bool:
    if code == CLEAN:
        return not line.needs_look
    return code not in WARNED or line.warned.get(code, 0) > 0


def tallied(lines: Iterable[Line]) -> list[tuple[str, str, int]]:
    """Return how many registrations have rows with each warning: code, words, number; then those without any."""
    counts: Counter[str] = Counter()
    clean = 0
    for line in lines:
        counts.update(code for code, n in line.warned.items() if n)
        clean += not line.needs_look
    found = [(code, _(words), counts[code]) for code, words in WARNED.items() if counts[code]]
    return [*found, (CLEAN, _("Không có lời nhắc"), clean)] if found and clean else found


def with_counts(templates: Iterable[ReasonTemplate], lines: Iterable[Line]) -> list[tuple[ReasonTemplate, int | None]]:
    """Return each reason template with how many of the registrations have rows it is about; None: about none."""
    counts: Counter[str] = Counter(code for line in lines for code, n in line.warned.items() if n)
    return [(one, counts[one.marks] if one.marks else None) for one in templates]


def queue_rows(lines: Iterable[Line], campaign: Campaign, queues: Queues, *, at: dt.datetime) -> list[QueueRow]:
    """Return every queue of a Week with what waits in it, the coordinator's first; units with nobody say who looks."""
    by_reviewer: dict[int | None, list[dt.datetime]] = {}
    for line in lines:
        moment = line.registration.submitted_at
        if moment is not None:
            by_reviewer.setdefault(line.registration.host.reviewer_id, []).append(moment)
    own = [QueueRow(OWN, campaign.coordinator.name, *_age(by_reviewer.get(None, []), at=at))]
    units = [unit for unit in queues.units.values() if unit.campaign_id == campaign.pk]
    return own + [
        QueueRow(
            str(unit.pk), unit.name, *_age(by_reviewer.get(unit.pk, []), at=at),
            instead=_looks(queues, unit.pk, campaign),
        )
        for unit in units
    ]  # fmt: skip


def _age(moments: Sequence[dt.datetime], *, at: dt.datetime) -> tuple[int, dt.datetime | None, str]:
    oldest = min(moments, default=None)
    return len(moments), oldest, waited(oldest, at=at)


def _looks(queues: Queues, pk: int, campaign: Campaign) -> str:
    first = queues.of(pk)
    if first == pk:
        return ""
    return campaign.coordinator.name if first is None else queues.units[first].name
