"""The leader's one page: six branches with their lights and the rule of each in words, and what to decide today."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tuanhoc.activities.models import State
from tuanhoc.activities.queries import BoardLine
from tuanhoc.campaigns.models import Campaign
from tuanhoc.desk.boards.pace import needed_share
from tuanhoc.desk.boards.rows import first_owed, owed_in_words
from tuanhoc.lib.dates import HANOI, days_left
from tuanhoc.lib.numbers import share
from tuanhoc.web.speech import grouped, last_minute, remaining, short

from . import rules
from .duties import DutyLine
from .rules import Light, Matter


@dataclass(frozen=True, slots=True)
class Facts:
    """What the page is made from, as it stood at ``at``."""

    campaign: Campaign
    lines: Sequence[BoardLine]
    duties: Sequence[DutyLine]
    #: state of a message -> how many
    mail: dict[str, int]
    release_number: int | None
    released_at: dt.datetime | None
    changes: int
    at: dt.datetime

    @property
    def replied(self) -> int:
        return sum(line.has_replied for line in self.lines)

    @property
    def missing(self) -> int:
        return len(self.lines) - self.replied

    @property
    def closes_at(self) -> dt.datetime:
        """Return the deadline that presses: the first of those of the units that owe, else the Week's."""
        return first_owed(self.lines, at=self.at) or self.campaign.registration_closes_at or self.at

    @property
    def waiting(self) -> list[BoardLine]:
        """Return what waits to be looked at, the oldest first."""
        waits = [line for line in self.lines if line.state is State.SUBMITTED and line.submitted_at]
        return sorted(waits, key=lambda line: line.submitted_at or self.at)

    @property
    def oldest_days(self) -> int | None:
        """Return on how many days before today's the oldest that waits came; None: none waits."""
        first = next(iter(self.waiting), None)
        if first is None or first.submitted_at is None:
            return None
        return (self.at.astimezone(HANOI).date() - first.submitted_at.astimezone(HANOI).date()).days

    @property
    def days_to_week(self) -> int:
        return (self.campaign.starts_on - self.at.astimezone(HANOI).date()).days

    def standing(self, code: str) -> list[DutyLine]:
        return [line for line in self.duties if line.is_like(code)]


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch of the work: its light, its figure, what it says, the rule of its colours, its page."""

    title: str
    light: Light
    figure: str
    words: str
    rule: str
    page: str

    @property
    def light_words(self) -> str:
        """Return the colour in words, so that it is never colour alone."""
        return in_words(self.light)


def in_words(light: Light) -> str:
    """Return what a light says."""
    return {Light.GREEN: _("Xanh: tốt"), Light.AMBER: _("Vàng: cần để ý"), Light.RED: _("Đỏ: cần xử lý")}[light]


def branches(facts: Facts) -> list[Branch]:
    """Return the six branches."""
    return [_registrations(facts), _deadline(facts), _review(facts), _duties(facts), _schedule(facts), _mail(facts)]


def _time_over(facts: Facts) -> float:
    """Return how much of their time for replying is over, in percent: each unit by its own deadline."""
    opened_at, common = facts.campaign.opened_at, facts.campaign.registration_closes_at
    if opened_at is None or common is None or not facts.lines:
        return 0.0
    units = Counter(line.closes_at or common for line in facts.lines)
    over = sum(n * needed_share(opened_at, closes_at, facts.at) for closes_at, n in units.items())
    return over / len(facts.lines)


def _registrations(facts: Facts) -> Branch:
    total, over = len(facts.lines), _time_over(facts)
    return Branch(
        title=_("Đăng ký của các đơn vị"),
        light=rules.registrations_light(replied=facts.replied, total=total, time_over=over),
        figure=f"{share(facts.replied, total)}%" if total else _("chưa có"),
        words=_(
            "%(n)s trên %(all)s đơn vị đã gửi, kể cả %(nil)s đơn vị báo không có hoạt động; "
            "thời gian đã qua %(over)s%%."
        )
        % {
            "n": grouped(facts.replied), "all": grouped(total), "over": int(over),
            "nil": grouped(sum(line.state is State.NIL for line in facts.lines)),
        },
        rule=_(
            "Xanh: tỷ lệ gửi kém phần thời gian đã qua không quá 10 điểm; vàng: không quá 25 điểm; đỏ: hơn nữa. "
            "Sau hạn lấy mốc 100%."
        ),
        page="desk:board",
    )  # fmt: skip


def _deadline(facts: Facts) -> Branch:
    return Branch(
        title=_("Hạn đăng ký"),
        light=_deadline_light(facts),
        figure=remaining(facts.closes_at, at=facts.at),
        words=_deadline_words(facts),
        rule=_(
            "Xanh: còn hơn 3 ngày hoặc đủ đơn vị; vàng: còn 2 hoặc 3 ngày mà chưa đủ; đỏ: còn 1 ngày trở xuống "
            "hoặc đã qua hạn mà chưa đủ."
        ),
        page="desk:board",
    )  # fmt: skip


def _deadline_words(facts: Facts) -> str:
    told = {"until": last_minute(facts.closes_at), "owed": owed_in_words(facts.lines)}
    same = sum(not line.has_replied and line.due_at(facts.at) in (None, facts.closes_at) for line in facts.lines)
    if same == facts.missing:
        return _("Nhận %(until)s; %(owed)s.") % told
    return _("%(owed)s; hạn gần nhất %(until)s, của %(n)s đơn vị.") % (told | {"n": grouped(same)})


def _deadline_light(facts: Facts) -> Light:
    return rules.deadline_light(days_left=days_left(facts.closes_at, at=facts.at), missing=facts.missing)


def _review(facts: Facts) -> Branch:
    oldest = facts.oldest_days
    return Branch(
        title=_("Bản đăng ký chờ xem"),
        light=rules.review_light(oldest_days=oldest),
        figure=grouped(len(facts.waiting)),
        words=_("Không có bản nào chờ.") if oldest is None else _of_the_oldest(facts, oldest),
        rule=_("Xanh: không bản nào chờ quá 1 ngày; vàng: không quá 3 ngày; đỏ: có bản chờ hơn 3 ngày."),
        page="desk:board",
    )


def _of_the_oldest(facts: Facts, days: int) -> str:
    unit = facts.waiting[0].unit_name
    if not days:
        return _("Bản chờ lâu nhất: %(unit)s, gửi hôm nay.") % {"unit": unit}
    words = ngettext("Bản chờ lâu nhất: %(unit)s, %(days)s ngày.", "Bản chờ lâu nhất: %(unit)s, %(days)s ngày.", days)
    return words % {"unit": unit, "days": grouped(days)}


def _duties(facts: Facts) -> Branch:
    overdue, blocked, unowned = (len(facts.standing(code)) for code in ("overdue", "blocked", "unowned"))
    done, undated = sum(not line.is_open for line in facts.duties), len(facts.standing("undated"))
    return Branch(
        title=_("Nhiệm vụ của kế hoạch"),
        light=rules.duties_light(
            overdue=overdue, blocked=blocked, unowned=unowned, undated=undated, total=len(facts.duties)
        ),
        figure=f"{grouped(done)}/{grouped(len(facts.duties))}",
        words=_(
            "Đã xong %(done)s; quá hạn %(overdue)s, đang vướng %(blocked)s, chưa có chủ trì %(unowned)s, "
            "chưa có hạn %(undated)s."
        )
        % {
            "done": grouped(done), "overdue": grouped(overdue), "blocked": grouped(blocked),
            "unowned": grouped(unowned), "undated": grouped(undated),
        },
        rule=_(
            "Xanh: không việc nào quá hạn, vướng hoặc chưa có chủ trì; vàng: có, hoặc quá nửa số việc chưa có hạn "
            "nên chưa biết nhanh chậm; đỏ: hơn 10% tổng số việc quá hạn."
        ),
        page="desk:duties",
    )  # fmt: skip


def _schedule(facts: Facts) -> Branch:
    released = facts.release_number is not None
    if facts.released_at and facts.release_number is not None:
        words = _("Lần %(n)s ngày %(day)s; %(changes)s hoạt động thay đổi từ đó.") % {
            "n": facts.release_number, "day": short(facts.released_at.astimezone(HANOI).date()),
            "changes": grouped(facts.changes),
        }  # fmt: skip
    else:
        words = _("Chưa phát hành lần nào.")
    return Branch(
        title=_("Lịch tổng hợp"),
        light=_schedule_light(facts),
        figure=_("lần %(n)s") % {"n": facts.release_number} if released else _("chưa có"),
        words=words,
        rule=_(
            "Xanh: đã phát hành và không đổi, hoặc còn hơn 3 ngày đến Tuần lễ; vàng: còn không quá 3 ngày mà chưa phát "
            "hành, hoặc có thay đổi chưa phát hành; đỏ: Tuần lễ đã bắt đầu mà chưa phát hành."
        ),
        page="desk:schedule",
    )  # fmt: skip


def _schedule_light(facts: Facts) -> Light:
    return rules.schedule_light(
        days_to_week=facts.days_to_week, is_released=facts.release_number is not None, changes=facts.changes
    )


def _mail(facts: Facts) -> Branch:
    failed, total = facts.mail.get("failed", 0), sum(facts.mail.values())
    return Branch(
        title=_("Thư gửi đơn vị"),
        light=rules.mail_light(failed=failed, total=total),
        figure=grouped(failed),
        words=_("%(n)s thư không đến nơi trong %(all)s thư.") % {"n": grouped(failed), "all": grouped(total)},
        rule=_("Xanh: mọi thư đều gửi được; vàng: có thư không gửi được; đỏ: hơn 2% tổng số thư."),
        page="desk:messages",
    )  # fmt: skip


def matters(facts: Facts) -> list[Matter]:
    """Return what needs a decision today, the most pressing first, five at most."""
    found = [*_of_duties(facts), *_of_units(facts), *_of_the_rest(facts)]
    return rules.first_matters(found)


def _of_duties(facts: Facts) -> list[Matter]:
    found = []
    for line in facts.standing("blocked")[:2]:
        one = line.assignment
        words = _("%(unit)s vướng ở mục %(clause)s: “%(obstacle)s”. Ai giúp gỡ?") % {
            "unit": line.owner, "clause": line.duty.clause, "obstacle": one.obstacle if one else "",
        }  # fmt: skip
        found.append(
            Matter(
                Light.RED if line.standing == "overdue" else Light.AMBER, words, "desk:duties", "?tinh-trang=blocked"
            )
        )
    if overdue := facts.standing("overdue"):
        first = min(overdue, key=lambda line: line.duty.due_on or dt.date.max)
        words = _("%(n)s việc quá hạn, lâu nhất: %(unit)s, mục %(clause)s, hạn %(day)s. Đôn đốc hoặc gia hạn?") % {
            "n": grouped(len(overdue)), "unit": first.owner, "clause": first.duty.clause,
            "day": short(first.duty.due_on) if first.duty.due_on else "",
        }  # fmt: skip
        found.append(Matter(max(Light.AMBER, _duties(facts).light), words, "desk:duties", "?tinh-trang=overdue"))
    if unowned := facts.standing("unowned"):
        words = _("%(n)s việc kế hoạch giao nhưng chưa rõ ai chủ trì. Giao cho đơn vị nào?") % {
            "n": grouped(len(unowned))
        }
        found.append(Matter(Light.AMBER, words, "desk:duties", "?tinh-trang=unowned"))
    if 2 * len(undated := facts.standing("undated")) > len(facts.duties):
        words = _("%(n)s việc của kế hoạch chưa có hạn nên chưa biết nhanh chậm. Đặt hạn?") % {
            "n": grouped(len(undated))
        }
        found.append(Matter(Light.AMBER, words, "desk:duties", "?tinh-trang=undated"))
    return found


def _of_units(facts: Facts) -> list[Matter]:
    found = []
    light = max(_deadline_light(facts), _registrations(facts).light)
    if facts.missing and light > Light.GREEN:
        late = [line for line in facts.lines if line.is_overdue(facts.at)]
        if late:
            found.append(_of_the_late(facts, late, light))
        else:
            left = remaining(facts.closes_at, at=facts.at)
            words = _("%(owed)s, %(left)s. Đôn đốc qua đơn vị cấp trên?") % {
                "owed": owed_in_words(facts.lines), "left": left,
            }  # fmt: skip
            found.append(Matter(light, words, "desk:board", "?trang-thai=chua-gui"))
    if (wait := rules.review_light(oldest_days=facts.oldest_days)) > Light.GREEN:
        days = facts.oldest_days or 0
        words = ngettext(
            "%(n)s bản đăng ký chờ xem, bản lâu nhất đã %(days)s ngày. Cử thêm người xem?",
            "%(n)s bản đăng ký chờ xem, bản lâu nhất đã %(days)s ngày. Cử thêm người xem?", days,
        ) % {"n": grouped(len(facts.waiting)), "days": grouped(days)}  # fmt: skip
        found.append(Matter(wait, words, "desk:board", "?trang-thai=submitted"))
    return found


def _of_the_late(facts: Facts, late: Sequence[BoardLine], light: Light) -> Matter:
    """Return what to do about those overdue: the letter itself is one click away from who may draft it."""
    coordinator = facts.campaign.coordinator.name
    return Matter(
        light,
        _("Quá hạn: %(owed)s. Ký công văn đôn đốc, gia hạn hay khóa đăng ký?") % {"owed": _late_in_words(facts, late)},
        "desk:paper", args=("don-doc",), link=_("Soạn công văn đôn đốc"),
        also=(("desk:deadlines", _("Gia hạn, khóa")),), instead="desk:board", instead_query="?can=qua-han",
        told=_("Công văn và hạn do %(unit)s soạn, trình ký.") % {"unit": coordinator},
    )  # fmt: skip


def _late_in_words(facts: Facts, late: Sequence[BoardLine]) -> str:
    """Say how many are overdue, and how many owe as well but have time: together they are the card's number."""
    n = facts.missing - len(late)
    if not n:
        return owed_in_words(late)
    common = facts.campaign.registration_closes_at
    if common is not None and common <= facts.at:
        more = ngettext("%(n)s đơn vị còn hạn riêng", "%(n)s đơn vị còn hạn riêng", n)
    else:
        more = ngettext("%(n)s đơn vị còn trong hạn", "%(n)s đơn vị còn trong hạn", n)
    return f"{owed_in_words(late)}; {more % {'n': grouped(n)}}"


def _of_the_rest(facts: Facts) -> list[Matter]:
    found = []
    if (light := _schedule_light(facts)) > Light.GREEN:
        day = short(facts.campaign.starts_on)
        if facts.release_number is None:
            words = _("Lịch tổng hợp chưa phát hành, Tuần lễ bắt đầu ngày %(day)s. Ký phát hành?") % {"day": day}
        else:
            words = _("%(n)s hoạt động thay đổi từ lần phát hành trước. Phát hành lần nữa?") % {
                "n": grouped(facts.changes)
            }
        found.append(Matter(light, words, "desk:schedule"))
    if failed := facts.mail.get("failed", 0):
        words = _("%(n)s thư không đến nơi. Ai gọi điện cho các đơn vị này?") % {"n": grouped(failed)}
        found.append(Matter(_mail(facts).light, words, "desk:messages", "?trang-thai=failed"))
    return found
