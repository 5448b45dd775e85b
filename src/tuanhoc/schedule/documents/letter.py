"""The letter that sends the merged schedule, and its annexes: the schedule, and what changed since the last one."""

from collections.abc import Iterable, Iterator

from tuanhoc.lib.dates import HANOI, short, weekday
from tuanhoc.lib.numbers import grouped
from tuanhoc.papers.values import Annex, Letterhead, OfficialDocument, Paragraph, Table
from tuanhoc.schedule.rules import Line, by_day, issued_on, when_in_words

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
    found = edition.changes
    if found is None:
        return []
    return [
        (word, len(lines))
        for word, lines in (
            ("bổ sung", found.added),
            ("dời ngày, giờ hoặc địa điểm", found.moved),
            ("hủy", found.cancelled),
            ("sửa nội dung", found.reworded),
        )
        if lines
    ]


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


def amendments_annex(edition: Edition) -> Annex:
    """Lay out what changed against the release before: added, moved, cancelled, reworded."""
    rows = [
        (kind, str(number), *cells) for kind, lines in _changed(edition) for number, cells in enumerate(lines, start=1)
    ]
    return Annex(
        title=("NỘI DUNG THAY ĐỔI SO VỚI LẦN BAN HÀNH TRƯỚC", edition.title),
        attached_to=_attached_to(edition),
        organisation=_standing_in_words(edition),
        table=Table(
            CHANGED_COLUMNS, CHANGED_WIDTHS_MM, tuple(rows), merged=1, merged_rows=_ROWS_OF_A_PAGE, centred=(1,),
            points=12,
        ),
    )  # fmt: skip


def _changed(edition: Edition) -> Iterator[tuple[str, list[tuple[str, str, str, str]]]]:
    found = edition.changes
    if found is None:
        return
    yield "Bổ sung", [(x.unit_name, x.content, "", _where_and_when(x)) for x in _in_order(found.added)]
    yield (
        "Dời lịch",
        [
            (new.unit_name, new.content, _where_and_when(old), _with_reason(_where_and_when(new), new))
            for old, new in _pairs(found.moved)
        ],
    )
    yield (
        "Hủy",
        [
            (x.unit_name, x.content, _where_and_when(x), _with_reason("Không tổ chức", x))
            for x in _in_order(found.cancelled)
        ],
    )
    yield (
        "Sửa nội dung",
        [
            (new.unit_name, new.content, "\n".join(_differing(old, new)), "\n".join(_differing(new, old)))
            for old, new in _pairs(found.reworded)
        ],
    )


def _in_order(lines: Iterable[Line]) -> list[Line]:
    return [line for day in by_day(lines).values() for line in day]


def _pairs(pairs: Iterable[tuple[Line, Line]]) -> list[tuple[Line, Line]]:
    before = {new.activity_id: old for old, new in pairs}
    return [(before[new.activity_id], new) for new in _in_order(new for _old, new in pairs)]


def _differing(one: Line, other: Line) -> Iterator[str]:
    """Yield the words of ``one`` that differ from ``other``'s: content, note, the unit's name."""
    if one.content != other.content:
        yield one.content
    if one.note != other.note:
        yield f"Ghi chú: {one.note or 'không'}"
    if one.unit_name != other.unit_name:
        yield one.unit_name


def _where_and_when(line: Line) -> str:
    time = when_in_words(line)
    days = short(line.held_on) + (f" - {short(line.ends_on)}" if line.ends_on and line.ends_on != line.held_on else "")
    return "\n".join(filter(None, (f"{time}, ngày {days}" if time else f"Ngày {days}", line.place)))


def _with_reason(text: str, line: Line) -> str:
    return f"{text}\n({line.reason})" if line.reason else text


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
    return f"{number:02d}" if number < 10 else grouped(number)


def _in_full(name: str) -> str:
    """Return a committee's name as its letterhead must give it: official and in full."""
    return f"Ủy ban nhân dân {name.removeprefix('UBND ')}" if name.startswith("UBND ") else name
