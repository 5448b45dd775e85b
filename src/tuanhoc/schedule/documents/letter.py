"""The letter that sends the merged schedule, and its annexes: the schedule, and what changed since the last one."""

from collections import Counter

from tuanhoc.lib.dates import HANOI, short, weekday
from tuanhoc.lib.numbers import grouped
from tuanhoc.papers.values import Annex, Letterhead, OfficialDocument, Paragraph, Table
from tuanhoc.schedule.rules import Kind, Line, by_day, counts, issued_on, listed, when_in_words

from .editions import Edition

COLUMNS = ("TT", "Ngày", "Thời gian", "Địa điểm", "Nội dung", "Đơn vị", "Ghi chú")
WIDTHS_MM = (10.0, 19.0, 17.0, 29.0, 43.0, 27.0, 20.0)
CHANGED_COLUMNS = ("Thay đổi", "TT", "Đơn vị", "Nội dung", "Đã ban hành", "Nay là")
CHANGED_WIDTHS_MM = (18.0, 10.0, 29.0, 40.0, 34.0, 34.0)
#: A day of many lines says its date again after as many: fewer than one page holds, so that every page has it.
_ROWS_OF_A_PAGE = 8


def schedule_letter(edition: Edition) -> OfficialDocument:
    """Lay out the letter (công văn) with the schedule as its annex; from the second release on, a second
    annex lists what changed. Number and date stay blank until the letter has them.
    """
    issuer = edition.issuer
    annexes = [schedule_annex(edition)]
    if edition.changes:
        annexes.append(amendments_annex(edition))
    again = edition.number is not None and edition.number > 1
    subject = f"{'điều chỉnh, bổ sung ' if again else ''}lịch hoạt động {edition.title}"
    return OfficialDocument(
        letterhead=Letterhead(
            superior=issuer.superior,
            issuer=_in_full(issuer.name),
            number=issuer.number,
            place=issuer.place,
            issued_on=issued_on(issuer.parent_document),
            year=edition.year,
        ),
        kind="",
        subject=subject + (f" (lần {edition.number})" if again else ""),
        addressees=("Các cơ quan, đơn vị tham gia Tuần lễ",),
        body=tuple(Paragraph(text) for text in _sentences(edition)),
        signature=issuer.signature,
        signer=issuer.signer,
        recipients=("Lưu: VT",),
        annexes=tuple(annexes),
    )


def _sentences(edition: Edition) -> list[str]:
    standing = edition.standing
    units = len({line.unit_name for line in standing})
    first = "Phụ lục\u00a0I" if edition.changes else "Phụ lục"
    said = f"{edition.issuer_words} gửi lịch hoạt động {edition.title} trên địa bàn {edition.territory}, "
    said += f"tổng hợp từ bản đăng ký của {_count(units)} cơ quan, đơn vị, gồm {_count(len(standing))} hoạt động"
    if standing:
        days = [line.held_on for line in standing]
        last = max(line.ends_on or line.held_on for line in standing)
        said += f", từ ngày {short(min(days))} đến ngày {short(last)}"
    sentences = [f"{said} ({first} kèm theo)."]
    if edition.changes:
        what = ", ".join(f"{_count(n)} hoạt động {word}" for word, n in _counts(edition))
        sentences.append(f"So với lần ban hành trước, lịch có {what} (Phụ lục\u00a0II kèm theo).")
    sentences.append(
        f"Đề nghị các cơ quan, đơn vị tổ chức hoạt động theo lịch và báo về {edition.issuer_words}"
        f"{f' ({edition.help_line})' if edition.help_line else ''} khi có thay đổi./."
    )
    return sentences


def _counts(edition: Edition) -> list[tuple[str, int]]:
    found = counts(edition.changes) if edition.changes else {}
    words = {"added": "bổ sung", "moved": "dời ngày, giờ hoặc địa điểm", "cancelled": "hủy", "reworded": "sửa nội dung"}
    return [(words[code], number) for code, number in found.items() if number]


def schedule_annex(edition: Edition) -> Annex:
    """Lay out the schedule like the annex of the plan: number and date once a day, as in the paper form."""
    rows = []
    for number, (day, of_the_day) in enumerate(by_day(edition.standing).items(), start=1):
        named = weekday(day)
        date = f"{named[0].upper()}{named[1:]}\n{f'{day:%d/%m}' if day.year == edition.year else short(day)}"
        rows += [
            (str(number), date, _when(line), line.place, line.content, line.unit_name, line.note) for line in of_the_day
        ]
    table = Table(COLUMNS, WIDTHS_MM, tuple(rows), merged=2, merged_rows=_ROWS_OF_A_PAGE, centred=(2,), points=12)
    return Annex(
        title=("LỊCH HOẠT ĐỘNG", edition.title),
        attached_to=_attached_to(edition),
        organisation=_standing_in_words(edition),
        table=table,
    )


#: words of the kinds of change on paper, which is Vietnamese whatever language the screen speaks
_KINDS = {Kind.ADDED: "Bổ sung", Kind.MOVED: "Dời lịch", Kind.CANCELLED: "Hủy", Kind.REWORDED: "Sửa nội dung"}


def amendments_annex(edition: Edition) -> Annex:
    """Lay out what changed against the release before: added, moved, cancelled, reworded, each counted from 1."""
    numbers: Counter[Kind] = Counter()
    rows = []
    for change in listed(edition.changes) if edition.changes else ():
        numbers[change.kind] += 1
        now = ("Không tổ chức",) if change.kind is Kind.CANCELLED else change.after
        why = (f"({change.line.reason})",) if change.line.reason and change.kind in _EXPLAINED else ()
        rows.append((
            _KINDS[change.kind], str(numbers[change.kind]), change.line.unit_name, change.line.content,
            "\n".join(change.before), "\n".join(now + why),
        ))  # fmt: skip
    return Annex(
        title=("NỘI DUNG THAY ĐỔI SO VỚI LẦN BAN HÀNH TRƯỚC", edition.title),
        attached_to=_attached_to(edition),
        organisation=_standing_in_words(edition),
        table=Table(
            CHANGED_COLUMNS, CHANGED_WIDTHS_MM, tuple(rows), merged=1, merged_rows=_ROWS_OF_A_PAGE, centred=(1,),
            points=12,
        ),
    )  # fmt: skip


#: A unit gives its reason when it moves or cancels.
_EXPLAINED = {Kind.MOVED, Kind.CANCELLED}


def _when(line: Line) -> str:
    until = f"đến {line.ends_on:%d/%m}" if line.ends_on and line.ends_on != line.held_on else ""
    return "\n".join(filter(None, (when_in_words(line), until)))


def _attached_to(edition: Edition) -> str:
    """Return the line under an annex's title; blank where the letter has no number and date yet."""
    named = edition.issuer.parent_document.strip(" ().")
    if not named:
        symbol = edition.issuer.number if edition.issuer.number.startswith("/") else ""
        number = edition.issuer.number if not symbol else f"{' ' * 8}{symbol}"
        named = f"Công văn số {number or ' ' * 20} ngày      tháng      năm {edition.year} của {edition.issuer_words}"
    return f"(Kèm theo {named})"


def _standing_in_words(edition: Edition) -> str:
    standing = edition.standing
    many = f"{_count(len(standing))} hoạt động của {_count(len({x.unit_name for x in standing}))} cơ quan, đơn vị"
    if edition.number is not None:
        return f"Ban hành lần {edition.number}: {many}."
    at = edition.at.astimezone(HANOI)
    return f"Dự thảo, tính đến {at:%H:%M} ngày {short(at.date())}: {many}."


def _count(number: int) -> str:
    """Return a count in prose: ``03``, ``1.234``."""
    return f"{number:02d}" if 0 < number < 10 else grouped(number)


def _in_full(name: str) -> str:
    """Return a committee's name as its letterhead must give it: official and in full."""
    return f"Ủy ban nhân dân {name.removeprefix('UBND ')}" if name.startswith("UBND ") else name
