"""The letter that asks, politely, for the schedules that have not come (công văn đôn đốc)."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from tuanhoc.activities.rules import GIVEN_BACK
from tuanhoc.campaigns.documents import ended, letterhead, numbered
from tuanhoc.campaigns.rules import PaperForm
from tuanhoc.lib.dates import HANOI, in_words
from tuanhoc.lib.numbers import in_prose
from tuanhoc.office.rules import Waiting, days_late
from tuanhoc.papers.values import Annex, OfficialDocument, Paragraph, Table

#: up to this many units are addressed by name; more stand in an annex
NAMED = 10
COLUMNS = ("TT", "Cơ quan, đơn vị", "Hạn đăng ký", "Quá hạn", "Tình trạng")
WIDTHS_MM = (12.0, 64.0, 27.0, 20.0, 42.0)
#: what the list says of a unit; never that it is at fault
_STATES = {"": "Chưa nhận được lịch", "draft": "Đang soạn, chưa gửi", "returned": "Đã trả lại để bổ sung"}


def reminder(
    late: Sequence[Waiting],
    *,
    replied: int,
    title: str,
    year: int,
    sender: str,
    at: dt.datetime,
    form: PaperForm,
    reply_by: dt.date | None = None,
    plan: str = "",
    help_line: str = "",
) -> OfficialDocument | None:
    """Lay out the letter; None when no unit is late: then there is nobody to write to.

    :param replied: how many units have answered.
    :param reply_by: the last day now asked for; None stays open on paper.
    :param plan: what the letter calls the plan, blank while it has no number.
    """
    if not late:
        return None
    by_name = len(late) <= NAMED
    document = OfficialDocument(
        letterhead=letterhead(form, year=year),
        kind="",
        subject=f"đôn đốc đăng ký lịch hoạt động {title}",
        addressees=tuple(unit.name for unit in late) if by_name else ("Các cơ quan, đơn vị có tên trong Phụ lục",),
        body=tuple(map(Paragraph, _sentences(
            late, replied=replied, title=title, sender=sender, at=at, reply_by=reply_by, plan=plan, help_line=help_line,
            form=form,
        ))),
        signature=form.signature,
        signer=form.signer,
        recipients=form.recipients,
        annexes=() if by_name else (_list(late, title=title, at=at),),
        due_on=reply_by,
        layout=form.layout,
    )  # fmt: skip
    return numbered(document, number="", issued_on=None)


def named_in(document: OfficialDocument) -> frozenset[str]:
    """Return the units a letter names: those it is addressed to, or those of its annex."""
    listed = [row[1] for annex in document.annexes if isinstance(annex, Annex) for row in annex.table.rows]
    return frozenset(listed or document.addressees)


def _sentences(
    late: Sequence[Waiting],
    *,
    replied: int,
    title: str,
    sender: str,
    at: dt.datetime,
    reply_by: dt.date | None,
    plan: str,
    help_line: str,
    form: PaperForm,
) -> list[str]:
    moment, by_name = at.astimezone(HANOI), len(late) <= NAMED
    until = in_words(reply_by) if reply_by else "ngày ..... tháng ..... năm ........"
    again = sum(unit.state == GIVEN_BACK for unit in late)
    mended = f", trong đó {in_prose(again)} đơn vị đã được trả lại để bổ sung" if again and not by_name else ""
    first = (
        f"Thực hiện {plan}, các cơ quan, đơn vị đăng ký lịch hoạt động {title} về {sender}."
        if plan
        else f"{sender} trân trọng cảm ơn các cơ quan, đơn vị đã quan tâm, phối hợp tổ chức {title}."
    )
    many = f"{in_prose(len(late))} cơ quan, đơn vị đã đến hạn"
    got = f"đã nhận được lịch đăng ký hoặc phản hồi của {in_prose(replied)} cơ quan, đơn vị; " if replied else ""
    said = f"Tính đến {moment:%H} giờ {moment:%M} phút, {in_words(moment.date())}, {sender} {got}"
    said += f"còn chờ lịch đăng ký của {many}"
    last = (
        f"Nếu cần hỗ trợ, xin liên hệ {help_line}. Trân trọng cảm ơn sự phối hợp của các cơ quan, đơn vị./."
        if help_line
        else f"{sender} trân trọng cảm ơn sự phối hợp của các cơ quan, đơn vị./."
    )
    # Asked, never blamed; and what may have crossed in the post is thought of.
    return [
        *((form.opening,) if form.opening else ()),
        first,
        f"{said} ({_by_level(late)}){mended}{'' if by_name else ', danh sách tại Phụ lục kèm theo'}.",
        *(_each(late, at=at) if by_name else ()),
        f"Để kịp tổng hợp lịch hoạt động chung, {sender} kính đề nghị các cơ quan, đơn vị nêu trên quan tâm, gửi "
        f"{'hoặc gửi lại ' if again else ''}lịch đăng ký chậm nhất {until}; cơ quan, đơn vị không có hoạt động xin "
        "báo lại để tiện theo dõi. Trường hợp lịch đã gửi trước khi nhận được văn bản này, xin bỏ qua đề nghị trên.",
        ended(form.closing) if form.closing else last,
    ]


def _by_level(late: Sequence[Waiting]) -> str:
    """Return ``02 sở, ban, ngành; 03 trường tiểu học``, in the order of the list."""
    counts = Counter(unit.level for unit in late)
    return "; ".join(f"{in_prose(number)} {_lower(level)}" for level, number in counts.items())


def _lower(level: str) -> str:
    return level if level.startswith(("UBND", "Hội Khuyến học")) else f"{level[0].lower()}{level[1:]}"


def _each(late: Sequence[Waiting], *, at: dt.datetime) -> list[str]:
    lines = []
    for unit in late:
        state = _lower(_STATES.get(unit.state, _STATES[""]))
        lines.append(f"- {unit.name}: {state}, quá hạn {in_prose(days_late(unit.closes_at, at=at))} ngày")
    return [f"{line}{'.' if n == len(lines) else ';'}" for n, line in enumerate(lines, start=1)]


def _list(late: Sequence[Waiting], *, title: str, at: dt.datetime) -> Annex:
    rows, bands, above = list[tuple[str, ...]](), list[tuple[int, str]](), ""
    counts = Counter(unit.level for unit in late)
    for number, unit in enumerate(late, start=1):
        if unit.level != above:
            bands.append((len(rows), f"{unit.level}: {in_prose(counts[unit.level])} đơn vị"))
            above = unit.level
        last = unit.closes_at.astimezone(HANOI) - dt.timedelta(minutes=1)
        rows.append((
            str(number), unit.name, f"{last:%d/%m/%Y}", f"{in_prose(days_late(unit.closes_at, at=at))} ngày",
            _STATES.get(unit.state, _STATES[""]),
        ))  # fmt: skip
    moment = at.astimezone(HANOI)
    return Annex(
        title=("DANH SÁCH CƠ QUAN, ĐƠN VỊ ĐỀ NGHỊ GỬI LỊCH ĐĂNG KÝ", title),
        attached_to="",
        organisation=f"Tính đến {moment:%H:%M} ngày {moment:%d/%m/%Y}: {in_prose(len(late))} cơ quan, đơn vị.",
        table=Table(COLUMNS, WIDTHS_MM, tuple(rows), bands=tuple(bands), centred=(0, 2, 3), points=12),
    )
