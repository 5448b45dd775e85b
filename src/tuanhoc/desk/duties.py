"""Duties as pages show them: each owner's, with how it stands today and when its owner was last reminded."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tuanhoc.campaigns.models import Assignment, Campaign, Duty
from tuanhoc.campaigns.rules import duty_standing
from tuanhoc.lib.dates import HANOI, day_start
from tuanhoc.lib.refusal import N_
from tuanhoc.lib.text import fold
from tuanhoc.notices.queries import DutyReminder
from tuanhoc.papers.values import Table
from tuanhoc.web.speech import last_minute, remaining, short

#: how a duty stands, in the order of the filter; ``blocked`` and ``unowned`` stand beside
STANDINGS: Mapping[str, str] = {
    "overdue": N_("Quá hạn"),
    "near": N_("Sắp đến hạn"),
    "open": N_("Còn thời gian"),
    "undated": N_("Chưa có hạn"),
    "done": N_("Đã xong"),
    "waived": N_("Không áp dụng"),
    "blocked": N_("Đang vướng"),
    "unowned": N_("Chưa có chủ trì"),
}


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty as one owner has it; without ``assignment`` nobody owns it yet."""

    duty: Duty
    owner: str
    standing: str
    assignment: Assignment | None = None
    reminder: DutyReminder | None = None

    @property
    def is_blocked(self) -> bool:
        """Whether its owner says that something keeps it, and it is not over."""
        return bool(self.assignment and self.assignment.obstacle and self.standing not in {"done", "waived"})

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do it."""
        return self.standing not in {"done", "waived"}

    @property
    def words(self) -> str:
        """Return how it stands, in words; with time left, how far its owner is."""
        if self.assignment and self.standing in {"open", "undated"}:
            return str(self.assignment.get_state_display())
        return _(STANDINGS[self.standing])

    @property
    def code(self) -> str:
        """Return the name of the badge its words stand on."""
        is_calm = self.assignment and self.standing in {"open", "undated"}
        return str(self.assignment.state) if self.assignment and is_calm else self.standing

    @property
    def is_begun_under_pressure(self) -> bool:
        """Whether its owner is at it, which the words of how it stands do not say."""
        return self.standing in {"overdue", "near"} and bool(self.assignment and self.assignment.state == "doing")

    @property
    def may_remind(self) -> bool:
        """Whether there is a unit to remind and something to remind it of."""
        return self.is_open and self.assignment is not None and self.assignment.host_id is not None

    def is_like(self, wanted: str) -> bool:
        """Whether a filter finds it."""
        return self.is_blocked if wanted == "blocked" else self.standing == wanted


def lines_of(
    campaign: Campaign,
    duties: Sequence[Duty],
    owned: Sequence[Assignment],
    reminders: Mapping[int, DutyReminder],
    *,
    at: dt.datetime,
) -> list[DutyLine]:
    """Return one line a duty and owner, clause by clause; a duty without an owner has a line too. No query."""
    today = at.astimezone(HANOI).date()
    of_duty: dict[int, list[Assignment]] = {}
    for one in owned:
        of_duty.setdefault(one.duty_id, []).append(one)
    lines = []
    for duty in duties:
        lines += [
            DutyLine(
                duty=duty, owner=one.host.name if one.host else campaign.coordinator.name,
                standing=duty_standing(one.state, duty.due_on, today=today), assignment=one,
                reminder=reminders.get(one.pk),
            )
            for one in of_duty.get(duty.pk, ())
        ] or [DutyLine(duty, "", "unowned")]  # fmt: skip
    return lines


def counts(lines: Sequence[DutyLine]) -> list[tuple[str, str, int]]:
    """Return how many lines each filter finds: code, words, count; only what there is."""
    counted = Counter(line.standing for line in lines)
    counted["blocked"] = sum(line.is_blocked for line in lines)
    return [(code, _(words), counted[code]) for code, words in STANDINGS.items() if counted[code]]


def sought(lines: Sequence[DutyLine], *, words: str, standing: str, clause: str) -> list[DutyLine]:
    """Return the lines that hold these words, stand so, and are of this clause; blank asks nothing."""
    folded = fold(words)
    return [
        line
        for line in lines
        if (not standing or line.is_like(standing))
        and (not clause or line.duty.clause == clause)
        and (not folded or folded in fold(f"{line.owner} {line.duty.unit_words} {line.duty.text}"))
    ]


def due_words(duty: Duty, *, at: dt.datetime) -> str:
    """Return ``đến hết 23:59 ngày 30/9/2022, còn 3 ngày``; blank where no day is set."""
    if duty.due_on is None:
        return ""
    closes_at = day_start(duty.due_on + dt.timedelta(days=1))
    return f"{last_minute(closes_at)}, {remaining(closes_at, at=at)}"


def table_of(lines: Sequence[DutyLine]) -> Table:
    """Return the lines as a table to take away."""
    columns = (
        _("TT"), _("Mục"), _("Nhiệm vụ"), _("Chủ trì theo kế hoạch"), _("Chủ trì"), _("Hạn"), _("Tình trạng"),
        _("Chủ trì báo"), _("Vướng mắc"), _("Minh chứng"), _("Báo lúc"), _("Nhắc lần cuối"),
    )  # fmt: skip
    widths = (10.0, 14.0, 80.0, 50.0, 50.0, 22.0, 26.0, 50.0, 40.0, 40.0, 28.0, 36.0)
    return Table(columns, widths, tuple(_cells(number, line) for number, line in enumerate(lines, 1)))


def _cells(number: int, line: DutyLine) -> tuple[str, ...]:
    one, told = line.assignment, line.reminder
    evidence = [one.evidence_link, _("có tệp") if one.evidence_file_id else ""] if one else []
    return (
        str(number), line.duty.clause, line.duty.text, line.duty.unit_words, line.owner,
        short(line.duty.due_on) if line.duty.due_on else "", line.words, one.words if one else "",
        one.obstacle if one else "", "\n".join(filter(None, evidence)),
        _minute(one.said_at) if one and one.said_at else "",
        f"{_minute(told.queued_at)} ({told.words})" if told else "",
    )  # fmt: skip


def _minute(moment: dt.datetime) -> str:
    return f"{moment.astimezone(HANOI):%H:%M %d/%m/%Y}"
