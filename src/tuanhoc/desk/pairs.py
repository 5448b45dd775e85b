"""Two activities side by side: the words that differ marked, the reasons said, the buttons there are."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tuanhoc.activities.models import Activity, State
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.desk.edits import Piece, marked
from tuanhoc.findings.access import may_decide, sees_contacts
from tuanhoc.findings.models import Finding
from tuanhoc.findings.rules import CLEAR, REASONS
from tuanhoc.lib.actor import Actor
from tuanhoc.papers.values import Table
from tuanhoc.web.speech import short


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a row; words the other row has not are marked."""

    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two activities. ``activity`` None: its row is no longer there."""

    host: RosterUnit
    activity: Activity | None
    cells: tuple[Cell, ...]

    @property
    def may_be_cancelled(self) -> bool:
        """Whether it stands in an accepted registration: only then is there something to cancel."""
        one = self.activity
        return one is not None and one.cancelled_at is None and one.registration.state == State.ACCEPTED

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.activity is not None and self.activity.cancelled_at is not None


@dataclass(frozen=True, slots=True)
class Earlier:
    """The verdict of the pair before one of its rows changed."""

    words: str
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class ShownPair:
    """One finding with everything its card says."""

    finding: Finding
    sides: tuple[Side, Side]
    sureness: str
    is_clear: bool
    reasons: str
    earlier: Earlier | None
    may_decide: bool

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided."""
        return self.finding.verdict == Finding.Verdict.OPEN

    @property
    def may_replace(self) -> bool:
        """Whether one may be cancelled for the other."""
        return self.finding.kind == Finding.Kind.TWICE and any(side.may_be_cancelled for side in self.sides)

    @property
    def different(self) -> str:
        """What the button says when there is nothing in it."""
        return _("Khác nhau") if self.finding.kind == Finding.Kind.TWICE else _("Không vướng")


def shown(findings: Iterable[Finding], actor: Actor) -> list[ShownPair]:
    """Lay out findings that came ``in_full``. No query."""
    return [_shown(finding, actor) for finding in findings]


def _shown(finding: Finding, actor: Actor) -> ShownPair:
    one = _said(finding.first, contact=sees_contacts(actor, finding, finding.first_host))
    other = _said(finding.second, contact=sees_contacts(actor, finding, finding.second_host))
    left, right = [], []
    for name, a, b in zip(_names(), one, other, strict=True):
        if a or b:
            pieces = _differing(a, b, whole=name == _names()[0])
            left.append(Cell(name, tuple(p for p in pieces if p.tag != "ins") or (Piece("", a or "—"),)))
            right.append(Cell(name, tuple(p for p in pieces if p.tag != "del") or (Piece("", b or "—"),)))
    sides = (
        Side(finding.first_host, finding.first, tuple(left)), Side(finding.second_host, finding.second, tuple(right)),
    )  # fmt: skip
    return ShownPair(
        finding=finding,
        sides=sides,
        sureness=sureness(finding),
        is_clear=finding.score >= CLEAR,
        reasons=reasons(finding),
        earlier=_earlier(finding),
        may_decide=may_decide(actor, finding),
    )


def _differing(a: str, b: str, *, whole: bool) -> list[Piece]:
    """Mark what differs, word by word, of hours and days as a whole; nothing when one side says nothing."""
    if not a or not b:
        return []
    return [Piece("del", a), Piece("ins", b)] if whole and a != b else marked(a, b)


def sureness(finding: Finding) -> str:
    """Return how sure the program is, in words."""
    if finding.kind == Finding.Kind.TWICE:
        return _("Giống nhau rõ") if finding.score >= CLEAR else _("Có thể là một")
    return _("Giờ chồng nhau rõ") if finding.score >= CLEAR else _("Có thể chồng giờ")


def reasons(finding: Finding) -> str:
    """Return why it was found: ``Cùng ngày, cùng giờ, nội dung gần giống``."""
    said = [_(REASONS[code]) for code in finding.reasons if code in REASONS]
    if finding.kind == Finding.Kind.SPEAKER:
        said.insert(0, _("cùng mời %(name)s") % {"name": finding.about.title()})
    elif finding.kind == Finding.Kind.HALL:
        said.insert(0, _("cùng một nơi"))
    text = ", ".join(said)
    return text[:1].upper() + text[1:]


def _earlier(finding: Finding) -> Earlier | None:
    kept = finding.earlier
    if not kept or kept.get("verdict") not in Finding.Verdict.values:
        return None
    words = str(Finding.Verdict(kept["verdict"]).label)
    return Earlier(words, kept.get("by", ""), dt.datetime.fromisoformat(kept["at"]))


def _names() -> Sequence[str]:
    return _("Thời gian"), _("Địa điểm"), _("Nội dung"), _("Chủ trì"), _("Ghi chú"), _("Liên hệ")


def _said(activity: Activity | None, *, contact: bool) -> tuple[str, ...]:
    if activity is None:
        return ("",) * len(_names())
    reached = activity.contact if contact or activity.contact_is_public else ""
    return when(activity), activity.place, activity.content, activity.host, activity.note, reached


def when(activity: Activity) -> str:
    """Return ``07:30 - 09:00, 03/10/2022``; a last day when there is one."""
    if activity.starts_at:
        hours = f"{activity.starts_at:%H:%M}" + (f" - {activity.ends_at:%H:%M}" if activity.ends_at else "")
    else:
        hours = str(activity.get_part_of_day_display()) if activity.part_of_day else ""
    days = short(activity.held_on) if activity.held_on else ""
    if activity.ends_on and activity.ends_on != activity.held_on:
        days += f" - {short(activity.ends_on)}"
    return ", ".join(filter(None, (hours, days)))


def as_table(findings: Iterable[Finding]) -> Table:
    """Return findings that came ``in_full`` as a table to take away."""
    columns = (
        _("Loại"), _("Mức"), _("Vì sao"), _("Kết luận"), _("Ghi chú"), _("Người xem"), _("Lúc"),
        _("Đơn vị 1"), _("Thời gian 1"), _("Địa điểm 1"), _("Nội dung 1"),
        _("Đơn vị 2"), _("Thời gian 2"), _("Địa điểm 2"), _("Nội dung 2"),
    )  # fmt: skip
    rows = []
    for one in findings:
        decided = f"{one.decided_at:%H:%M %d/%m/%Y}" if one.decided_at else ""
        rows.append(
            (
                str(one.get_kind_display()), sureness(one), reasons(one), str(one.get_verdict_display()), one.note,
                one.decided_by, decided,
                one.first_host.name, *_said(one.first, contact=False)[:3],
                one.second_host.name, *_said(one.second, contact=False)[:3],
            )
        )  # fmt: skip
    return Table(columns=columns, widths_mm=(11.0,) * len(columns), rows=tuple(rows))
