"""Pure decisions about mail: which Week it is for, when it came, whether it is answered, the same content again."""

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from tuanhoc.activities.rules import ActivityDraft, canonical
from tuanhoc.lib.refusal import N_
from tuanhoc.lib.text import fold

#: How long a worker may be at one message.
LEASE = dt.timedelta(minutes=10)
#: A message whose reading ended this often without an end is left for a person. Files are read in a process apart, so
#: that workers that end at one are seldom its fault.
MOST_TRIES = 5

#: code -> words on why a message stands where it stands; "%s" takes what is quoted.
OUTCOMES = {
    "no_week": N_("Hiện không có đợt nào đang mở đăng ký: xin chọn đợt."),
    "several_weeks": N_("Có nhiều đợt đang mở, chưa rõ thư gửi cho đợt nào: xin chọn đợt."),
    "by_tag": N_("Theo địa chỉ nhận “%s”."),
    "by_subject": N_("Theo tiêu đề thư."),
    "only_week": "",
    "by_unit": N_("Theo đơn vị gửi: %s."),
    "by_deadline": N_("Theo hạn đăng ký: chỉ đợt này còn nhận."),
    "chosen": N_("%s đã chọn đợt này."),
    "dropped": "",
    "no_form": N_("Thư không kèm mẫu đăng ký."),
    "not_a_form": N_("%s cho biết đây không phải mẫu đăng ký."),
    "set_aside": N_("%s để sang một bên."),
    "unreadable": N_("Tệp thư không mở được: có quá nhiều phần, hoặc không phải một bức thư."),
    "failed": N_("Phần mềm chưa đọc được thư này (lỗi của phần mềm). Bản gốc vẫn được giữ; có thể đọc lại."),
    "quarantined": N_("Bản gốc của thư đang được cách ly. %s"),
    "not_kept": N_("Không giữ được bản gốc của thư, chỉ giữ các tệp kèm. %s"),
}
#: What a part of a message is, in words where it is no form.
PART_WORDS = {
    "file": "",
    "body": N_("Nội dung thư"),
    "picture": N_("Hình trong chữ ký hoặc nền thư, không phải mẫu"),
    "tnef": N_(
        "Tệp winmail.dat: Outlook của người gửi đã gói tệp kèm theo kiểu riêng, không mở được. "
        "Vui lòng đề nghị đơn vị gửi lại (trong Outlook chọn định dạng HTML hoặc văn bản thường)."
    ),
    "calendar": N_("Lời mời lịch, không phải mẫu"),
    "card": N_("Danh thiếp, không phải mẫu"),
    "signature": N_("Chữ ký số của thư, không phải mẫu"),
    "encrypted": N_("Thư được mã hóa, không đọc được. Vui lòng đề nghị đơn vị gửi lại không mã hóa."),
    "report": N_("Báo cáo của máy chủ thư"),
    "empty": N_("Tệp không có nội dung (0 byte)"),
    "outside": N_("Tệp nằm ngoài thư (liên kết tải về), vui lòng đề nghị đơn vị gửi kèm tệp"),
    "too_many": N_("Thư có quá nhiều tệp: từ đây trở đi chưa mở, bản gốc của thư vẫn được giữ"),
}
#: Names before the @ that are programs.
_PROGRAMS = re.compile(r"^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounce[s]?|listserv|majordomo)\b", re.I)
#: Domains where anybody has an address: they say nothing of a unit.
COMMON_DOMAINS = frozenset({
    "gmail.com", "yahoo.com", "yahoo.com.vn", "outlook.com", "outlook.com.vn", "hotmail.com", "live.com", "icloud.com",
    "zoho.com", "mail.com", "proton.me", "protonmail.com", "moet.edu.vn",
})  # fmt: skip


def outcome_words(why: Sequence[Sequence[str]], translated: Callable[[str], str] = str) -> str:
    """Return codes with what they quote as sentences."""
    said = [translated(OUTCOMES[code]).replace("%s", quoted) for code, quoted in why if OUTCOMES.get(code)]
    return " ".join(said)


@dataclass(frozen=True, slots=True)
class OpenWeek:
    """A Week a message may be for. ``takes_until``: the latest deadline of its units."""

    pk: int
    code: str
    year: int
    title: str
    takes_until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The Week a message is for, None when a person must say; and why."""

    pk: int | None
    code: str
    quoted: str = ""


def week_by_address(weeks: Sequence[OpenWeek], *, recipients: Iterable[str], subject: str) -> Choice | None:
    """Return the Week that the address (``dangky+ninh-thuan-2022@…``) or the subject names; None when neither does."""
    for address in recipients:
        tags = set(address.rpartition("@")[0].lower().split("+")[1:])
        tagged = [week for week in weeks if week.code.lower() in tags]
        if len(tagged) == 1:
            return Choice(tagged[0].pk, "by_tag", address)
    said = fold(subject)
    words = set(re.findall(r"[a-z0-9-]+", said))
    named = [w for w in weeks if w.code.lower() in words] or [w for w in weeks if fold(w.title) in said]
    named = named or [week for week in weeks if str(week.year) in words]
    if len(named) == 1 and len(weeks) > 1:
        return Choice(named[0].pk, "by_subject")
    return None


def week_of(weeks: Sequence[OpenWeek], *, units: dict[int, str], received_at: dt.datetime) -> Choice:
    """Return the Week a message without a name for one is for.

    :param units: the Weeks, by id, that expect the unit the message is from, with the unit's name.
    """
    if not weeks:
        return Choice(None, "no_week")
    if len(weeks) == 1:
        return Choice(weeks[0].pk, "only_week")
    expecting = [week for week in weeks if week.pk in units]
    if len(expecting) == 1:
        return Choice(expecting[0].pk, "by_unit", units[expecting[0].pk])
    in_time = [week for week in expecting or weeks if week.takes_until is None or received_at < week.takes_until]
    if len(in_time) == 1:
        return Choice(in_time[0].pk, "by_deadline")
    return Choice(None, "several_weeks")


def received_at(arrived_at: dt.datetime | None, sent_at: dt.datetime | None, *, at: dt.datetime) -> dt.datetime:
    """Return when a message counts as received: as the last server says, else its writer's date; never after now."""
    return min(arrived_at or sent_at or at, at)


def is_answered(sender: str, *, is_automatic: bool, own: Collection[str], asked: bool) -> bool:
    """Whether a message gets a receipt: never a program's, a list's or our own, so that no two machines write for ever.

    :param own: our own addresses. :param asked: whether receipts are switched on for its Week.
    """
    return asked and bool(sender) and not is_automatic and sender not in own and not _PROGRAMS.match(sender)


def content_sha256(rows: Iterable[ActivityDraft]) -> str:
    """Return what the rows of a form say as one digest, whatever kind of file they stood in; "" without rows.

    Their order and their place in the file say nothing of the content.
    """
    bare = sorted(canonical([replace(row, source="")]) for row in rows if not row.is_blank())
    return hashlib.sha256("\n".join(bare).encode("utf-8")).hexdigest() if bare else ""
