"""A form before it is printed: its letterhead, its table, its signature, and what it says in truth."""

import datetime as dt
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from . import words

DAYS = [dt.date(2022, 10, 1) + dt.timedelta(days=n) for n in range(7)]
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


@dataclass
class Cell:
    """Paragraphs, each one line or several with a break between; ``down`` and ``across`` merge it."""

    lines: list[str]
    down: int = 1
    across: int = 1
    bold: bool = False
    centred: bool = False
    #: its lines are one paragraph with breaks, not paragraphs
    breaks: bool = False

    @property
    def wide(self) -> int:
        return sum(map(len, self.lines))


@dataclass
class Printed:
    """A form: ``rows`` are the cells that begin in each row of the table, with the column they begin in."""

    name: str
    unit: tuple[str, str, str]
    title: list[str]
    line: str
    heads: list[str]
    widths: list[int]
    rows: list[list[tuple[int, Cell]]]
    foot: list[list[str]]
    truth: list[tuple[str, str, str]]
    after: list[str] = field(default_factory=list)


@dataclass
class Activity:
    day: dt.date
    last: dt.date
    hour: str
    place: str
    content: str
    note: str
    host: str
    audience: str

    @property
    def days(self) -> str:
        return f"{self.day:%d/%m}" + (f"-{self.last:%d/%m}" if self.last != self.day else "")


def papers(count: int, seed: int) -> list[Printed]:
    return [_paper(random.Random(f"pdf {seed}/{n}"), n) for n in range(count)]


def _paper(chance: random.Random, number: int) -> Printed:
    shape = chance.choice([annexed, annexed, wide, several, several, banded])
    unit = chance.choice(words.UNITS)
    heads, widths, rows, truth = shape(chance, _activities(chance))
    title = ["LỊCH ĐĂNG KÝ HOẠT ĐỘNG", "HƯỞNG ỨNG TUẦN LỄ HỌC TẬP SUỐT ĐỜI NĂM 2022"]
    foot = [["Nơi nhận:", "- Như trên;", "- Lưu: VT."], ["THỦ TRƯỞNG ĐƠN VỊ", "", "", chance.choice(words.SIGNERS)]]
    line = f"{chance.choice(['Đơn vị', 'Tên cơ quan, đơn vị'])}: {unit[2]}"
    return Printed(f"{shape.__name__}-{number}", unit, title, line, heads, widths, rows, foot, truth)


def _activities(chance: random.Random) -> list[Activity]:
    made = []
    for content in chance.sample(words.CONTENTS, chance.choice([3, 5, 8, 12, 18])):
        day = last = chance.choice(DAYS)
        if chance.random() < 0.12:
            day, last = sorted(chance.sample(DAYS, 2))
        hour = chance.choice(["", "7h30", "08 giờ 00", "13h30", "19h00"])
        note = chance.choice(["", "", *words.NOTES])
        made.append(Activity(day, last, hour, chance.choice(words.PLACES), content, note,
                             chance.choice(words.HOSTS), chance.choice(words.AUDIENCES)))  # fmt: skip
    return sorted(made, key=lambda a: (a.day, a.last))


def _said(chance: random.Random, one: Activity) -> list[str]:
    if one.last != one.day:
        return [chance.choice([f"Từ {one.day:%d/%m} đến {one.last:%d/%m}", f"{one.day:%d/%m} - {one.last:%d/%m/%Y}"])]
    weekday = _WEEKDAYS[one.day.weekday()]
    return chance.choice([[f"{one.day:%d/%m/%Y}"], [f"{one.day:%d/%m}"], [weekday, f"({one.day:%d/%m/%Y})"],
                          [f"{weekday}, ngày {one.day:%d/%m}"]])  # fmt: skip


_Table = tuple[list[str], list[int], list[list[tuple[int, Cell]]], list[tuple[str, str, str]]]


def annexed(chance: random.Random, activities: list[Activity]) -> _Table:
    """The annex as it came: a line an activity, the day merged over its lines or not."""
    rows: list[list[tuple[int, Cell]]] = []
    merge = chance.random() < 0.5
    for _, of_days in itertools.groupby(activities, key=lambda a: (a.day, a.last)):
        same = list(of_days)
        said = _said(chance, same[0])
        for n, one in enumerate(same):
            row = [(0, Cell([str(len(rows) + 1)], centred=True))]
            if not merge or not n:
                row.append((1, Cell(said, down=len(same) if merge else 1, centred=True)))
            row += [(2, Cell([one.place])), (3, Cell([one.content])), (4, Cell([one.note] if one.note else []))]
            rows.append(row)
    heads = [chance.choice(["TT", "STT"]), "Ngày", "Địa điểm", "Nội dung hoạt động", "Ghi chú"]
    return heads, [6, 14, 24, 40, 16], rows, _truth(activities)


def wide(chance: random.Random, activities: list[Activity]) -> _Table:
    """More columns than fit: narrow ones, often on a page laid across."""
    rows = []
    for n, one in enumerate(activities, start=1):
        texts = [[str(n)], [one.content], [one.hour] if one.hour else [], _said(chance, one), [one.place], [one.host],
                 [one.audience], [one.note] if one.note else []]  # fmt: skip
        rows.append([(c, Cell(text)) for c, text in enumerate(texts)])
    heads = ["TT", "Nội dung", "Giờ", "Thời gian", "Địa điểm", "Chủ trì", "Thành phần", "Ghi chú"]
    return heads, [5, 25, 8, 12, 16, 12, 13, 9], rows, _truth(activities)


def several(chance: random.Random, activities: list[Activity]) -> _Table:
    """A line a day, its activities in one cell: bulleted, numbered, or only one under the other."""
    singles = [a for a in activities if a.day == a.last]
    bullet = chance.choice(["- ", "- ", "+ ", "• ", "{n}. ", ""])
    rows: list[list[tuple[int, Cell]]] = []
    told: list[Activity] = []
    for day, of_day in itertools.groupby(singles, key=lambda a: a.day):
        same = list(of_day)
        for one in same:
            one.place = same[0].place
        told += same
        lines = [(bullet.format(n=n) if len(same) > 1 else "") + a.content for n, a in enumerate(same, start=1)]
        texts = [[str(len(rows) + 1)], [f"{day:%d/%m/%Y}"], [same[0].place], lines, []]
        breaks = chance.random() < 0.4
        rows.append([(c, Cell(text, breaks=breaks and c == 3, centred=c < 2)) for c, text in enumerate(texts)])
    return ["TT", "Ngày", "Địa điểm", "Nội dung", "Ghi chú"], [6, 15, 24, 42, 13], rows, _truth(told)


def banded(chance: random.Random, activities: list[Activity]) -> _Table:
    """A line across the table for each day, its activities below."""
    singles = [a for a in activities if a.day == a.last]
    rows: list[list[tuple[int, Cell]]] = []
    number = 0
    for day, of_day in itertools.groupby(singles, key=lambda a: a.day):
        rows.append([(0, Cell([f"{_WEEKDAYS[day.weekday()]}, ngày {day:%d/%m/%Y}"], across=4, bold=True))])
        for one in of_day:
            number += 1
            texts = [[str(number)], [one.hour] if one.hour else [], [one.content], [one.place]]
            rows.append([(c, Cell(text)) for c, text in enumerate(texts)])
    return ["TT", "Giờ", "Nội dung", "Địa điểm"], [7, 13, 50, 30], rows, _truth(singles)


def _truth(activities: list[Activity]) -> list[tuple[str, str, str]]:
    return [(a.days, a.place, a.content) for a in activities]


SHAPES: tuple[Callable[..., _Table], ...] = (annexed, wide, several, banded)
