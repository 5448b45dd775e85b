"""The letter that sends the merged schedule, and its annexes: the schedule, and what changed since the last one."""

import datetime as dt
from collections import Counter

from tuanhoc.lib.dates import HANOI, short, weekday
from tuanhoc.lib.numbers import grouped
from tuanhoc.papers.values import Annex, Letterhead, OfficialDocument, Paragraph, Table
from tuanhoc.schedule.comeback.values import mark_of
from tuanhoc.schedule.rules import Kind, by_day, counts, is_within, issued_on, listed, time_in_words

from .editions import Edition

COLUMNS = ("TT", "Thời gian", "Địa điểm", "Nội dung", "Đơn vị", "Ghi chú")
WIDTHS_MM = (11.0, 17.0, 30.0, 47.0, 28.0, 32.0)
CHANGED_COLUMNS = ("TT", "Đơn vị", "Nội dung", "Đã ban hành", "Nay là")
CHANGED_WIDTHS_MM = (11.0, 32.0, 46.0, 38.0, 38.0)
OUTSIDE = "Hoạt động ngoài các ngày của Tuần lễ"


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
        addressees=issuer.addressees or ("Các cơ quan, đơn vị tham gia Tuần lễ",),
        body=tuple(Paragraph(text) for text in _sentences(edition)),
        signature=issuer.signature,
        signer=issuer.signer,
        recipients=issuer.recipients,
        annexes=tuple(annexes),
        origin=edition.origin,
        layout=issuer.layout,
    )


def _sentences(edition: Edition) -> list[str]:
    standing = edition.standing
    units = len({line.unit_name for line in standing})
    first = "Phụ lục\u00a0I" if edition.changes else "Phụ lục"
    # The Week's own days: those of the lines would say the year that one unit typed wrong.
    first_day, last_day = edition.windows[0]
    said = f"{edition.issuer_words} gửi lịch hoạt động {edition.title} (từ ngày {short(first_day)} đến ngày "
    said += f"{short(last_day)}) trên địa bàn {edition.territory}, tổng hợp từ bản đăng ký của {_count(units)} "
    said += f"cơ quan, đơn vị, gồm {_count(len(standing))} hoạt động"
    if beyond := sum(not is_within(line, edition.windows) for line in standing):
        said += f", trong đó {_count(beyond)} hoạt động ngoài các ngày của Tuần lễ"
    sentences = [f"{said} ({first} kèm theo)."]
    if edition.changes:
        what = ", ".join(f"{_count(n)} hoạt động {word}" for word, n in _counts(edition))
        sentences.append(f"So với lần ban hành trước, lịch có {what} (Phụ lục\u00a0II kèm theo).")
    if edition.issuer.opening:
        sentences.insert(0, edition.issuer.opening)
    if edition.issuer.closing:
        return [*sentences, f"{edition.issuer.closing.rstrip(' ./')}./."]
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
    """Lay out the schedule day by day, each under its date in full, the lines counted through.

    What the Week and its phases do not hold comes last, under a heading of its own.
    """
    rows: list[tuple[str, ...]] = []
    marks: list[str] = []
    bands: list[tuple[int, str]] = []
    within = [line for line in edition.standing if is_within(line, edition.windows)]
    beyond = [line for line in edition.standing if not is_within(line, edition.windows)]
    for heading, lines in (("", within), (OUTSIDE, beyond)):
        if heading and lines:
            bands.append((len(rows), heading))
        for day, of_the_day in by_day(lines).items():
            bands.append((len(rows), _day_in_full(day)))
            for line in of_the_day:
                when = time_in_words(line, year=edition.year)
                rows.append((str(len(rows) + 1), when, line.place, line.content, line.unit_name, line.note))
                marks.append(mark_of(line.activity_id))
    table = Table(
        COLUMNS, WIDTHS_MM, tuple(rows), bands=tuple(bands), centred=(0, 1), points=12, marks=tuple(marks)
    )  # fmt: skip
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
    rows: list[tuple[str, ...]] = []
    bands: list[tuple[int, str]] = []
    for change in listed(edition.changes) if edition.changes else ():
        if not numbers[change.kind]:
            bands.append((len(rows), _KINDS[change.kind]))
        numbers[change.kind] += 1
        now = ("Không tổ chức",) if change.kind is Kind.CANCELLED else change.after
        why = (f"({change.line.reason})",) if change.line.reason and change.kind in _EXPLAINED else ()
        rows.append((
            str(numbers[change.kind]), change.line.unit_name, change.line.content,
            "\n".join(change.before), "\n".join(now + why),
        ))  # fmt: skip
    return Annex(
        title=("NỘI DUNG THAY ĐỔI SO VỚI LẦN BAN HÀNH TRƯỚC", edition.title),
        attached_to=_attached_to(edition),
        organisation=_standing_in_words(edition),
        table=Table(CHANGED_COLUMNS, CHANGED_WIDTHS_MM, tuple(rows), bands=tuple(bands), centred=(0,), points=12),
    )


#: A unit gives its reason when it moves or cancels.
_EXPLAINED = {Kind.MOVED, Kind.CANCELLED}


def _day_in_full(day: dt.date) -> str:
    named = weekday(day)
    return f"{named[0].upper()}{named[1:]}, ngày {short(day)}"


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
