"""The shapes in which units write down what they mean to do. Each returns the paper with its truth."""

import itertools
import random
from collections.abc import Sequence
from typing import Any

from .paper import DAYS, LEFT, UP, Paper, Truth

_HEADS = ("TT", "Ngày", "Địa điểm", "Nội dung", "Ghi chú")
_LINES = (
    "UBND huyện, thành phố (hoặc Sở, ngành): {}", "UBND huyện, thành phố (hoặc Sở, ngành): ……{}……", "Đơn vị: {}",
    "Tên đơn vị: {}", "Tên cơ quan, đơn vị đăng ký: {}",
)  # fmt: skip
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_TITLES = {
    "number": ("TT", "STT", "Số TT"),
    "day": ("Ngày", "Thời gian", "Thời gian tổ chức", "Ngày, tháng", "Thời gian thực hiện"),
    "hour": ("Giờ", "Buổi", "Khung giờ"),
    "place": ("Địa điểm", "Địa điểm tổ chức", "Nơi tổ chức", "Địa điểm thực hiện"),
    "content": ("Nội dung", "Nội dung hoạt động", "Tên hoạt động", "Hoạt động", "Nội dung công việc"),
    "note": ("Ghi chú",),
    "host": ("Chủ trì", "Đơn vị thực hiện", "Đơn vị chủ trì"),
    "audience": ("Thành phần", "Đối tượng tham gia", "Thành phần tham dự"),
    "person": ("Người phụ trách", "Đầu mối liên hệ", "Phụ trách"),
}


def truth_of(activities: Sequence[Any]) -> list[Truth]:
    return [Truth(a.days, a.place, a.content) for a in activities]


def day_words(chance: random.Random, one: Any) -> str:
    """Write the days of an activity in one of the ways officers do."""
    first, last = one.first, one.last
    if first == last:
        weekday = _WEEKDAYS[first.weekday()]
        return chance.choice([
            f"{first:%d/%m}", f"{first:%d/%m}", f"{first:%d/%m/%Y}", f"{first.day}/{first.month}",
            f"{first.day}.{first.month}.{first.year}",
            f"{weekday.capitalize()}, ngày {first:%d} tháng {first:%m} năm {first.year}", f"Ngày {first:%d/%m}",
            f"{weekday.capitalize()} {first:%d/%m}", f"{weekday.capitalize()} ({first:%d/%m})", f"{first:%d-%m-%Y}",
        ])  # fmt: skip
    if (first.day, last.day) == (1, 7) and chance.random() < 0.6:
        return chance.choice(["Cả tuần", "Trong Tuần lễ", "Suốt tuần", "Từ 01 đến 07/10", "01/10 - 07/10"])
    return chance.choice([
        f"{first:%d}-{last:%d/%m}", f"Từ {first:%d/%m} đến {last:%d/%m}",
        f"Từ ngày {first:%d} đến ngày {last:%d/%m/%Y}",
        f"{first:%d/%m} - {last:%d/%m}", f"từ {first:%d} đến {last:%d/%m}",
    ])  # fmt: skip


def with_hour(chance: random.Random, one: Any, day: str) -> str:
    """Write an activity's hour beside its day."""
    if not one.hour:
        return day
    if one.hour in {"sáng", "chiều", "tối"}:
        return chance.choice(
            [f"{one.hour.capitalize()} {day}", f"{day} ({one.hour})", f"{day}\n{one.hour.capitalize()}"]
        )
    return chance.choice([f"{one.hour}, {day}", f"{one.hour} ngày {day}" if day[0].isdigit() else f"{one.hour}, {day}",
                          f"{day}\n{one.hour}", f"{day}, {one.hour}"])  # fmt: skip


def _framed(
    chance: random.Random, words: dict[str, Any], number: int, inside: list[Any], *, ends: Sequence[str] = ("docx",)
) -> Paper:
    """Put letterhead, title and the unit's line above, signatures below."""
    unit = chance.choice(words["units"])
    how = chance.choice(["line", "line", "both", "head", "table", "box", "file"])
    end = chance.choice(list(ends))
    how = "line" if end != "docx" and how in {"table", "box"} else how
    motto = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    top: list[Any] = []
    if how in {"both", "head"}:
        top += [*unit["head"], *(motto if chance.random() < 0.5 else [])]
    elif how == "table":
        top += [[["\n".join(unit["head"]), "\n".join(motto)]]]
    elif how == "box":
        top += ["{box:" + "\n".join(unit["head"]) + "}"]
    title = ["LỊCH ĐĂNG KÝ HOẠT ĐỘNG", "TUẦN LỄ HỌC TẬP HỌC SUỐT ĐỜI NĂM 2022"]
    top += title if chance.random() < 0.8 else ["ĐĂNG KÝ LỊCH HOẠT ĐỘNG HƯỞNG ỨNG TUẦN LỄ HỌC TẬP SUỐT ĐỜI NĂM 2022"]
    if chance.random() < 0.4:
        top += ["(Đính kèm theo Kế hoạch số          /KH-UBND ngày     /9/2022 của UBND tỉnh)"]
    if how in {"line", "both"}:
        top += [chance.choice(_LINES).format(unit["line"])]
    elif chance.random() < 0.5:
        top += ["UBND huyện, thành phố (hoặc Sở, ngành): …………………………"]
    foot: list[Any] = chance.choice([
        ["THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ"], ["THỦ TRƯỞNG ĐƠN VỊ", "(Ký, đóng dấu)", chance.choice(words["signers"])], [],
        ["THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ", "(Nộp về Sở GDĐT trước ngày 01/10/2022.)"],
        [[["Nơi nhận:\n- Sở GDĐT;\n- Lưu: VT.", f"HIỆU TRƯỞNG\n\n{chance.choice(words['signers'])}"]]],
    ])  # fmt: skip
    if end != "docx":
        foot = [line for line in foot if isinstance(line, str)]
    printed = {line for line in (*top, *foot) if isinstance(line, str)}
    printed |= {cell for block in (*top, *foot) if isinstance(block, list) for row in block for cell in row}
    name = f"{unit['line']} - đăng ký {number}.{end}" if how == "file" else f"lich dang ky {number}.{end}"
    named = unit["line"] if how in {"line", "both", "file"} else unit["name"]
    return Paper(name, [*top, *inside, *foot], [], named, printed=printed)


def _set(paper: Paper, truth: list[Truth], *heads: Sequence[str]) -> Paper:
    paper.truth = truth
    paper.printed |= {title for head in heads for title in head}
    return paper


def _marked(chance: random.Random, text: str) -> str:
    """Leave traces of changes in a text now and then."""
    drawn = chance.random()
    if drawn < 0.02:
        return f"{text}{{del: (dự kiến)}}"
    if drawn < 0.04:
        return f"{{hid:ghi nhớ riêng}}{text}"
    if drawn < 0.06 and " " in text:
        before, _, after = text.partition(" ")
        return f"{before} {{ins:{after}}}"
    return text


def printed_annex(chance: random.Random, activities: list[Any], words: dict[str, Any], number: int) -> Paper:
    """The annex of the plan: seven days, three lines each, days merged or not, lines added where three are too few."""
    singles = [a for a in activities if a.first == a.last]
    longs = [a for a in activities if a.first != a.last]
    merged = chance.random() < 0.5
    rows: list[list[str]] = [list(_HEADS)]
    told: list[Any] = []
    shared = chance.random() < 0.12
    for n, (day, of_day) in enumerate(_by_day(singles), start=1):
        lines = max(3, len(of_day)) if chance.random() < 0.85 else max(1, len(of_day))
        blank = chance.choice(["", "", "…", "........"])
        if shared and len(of_day) > 1:
            for one in of_day[1:]:
                one.place = of_day[0].place
        for k in range(lines):
            one = of_day[k] if k < len(of_day) else None
            above = UP if merged else ""
            head = [str(n), f"{day:%d/%m}"] if k == 0 else [above, above]
            if one is None:
                rows.append([*head, blank, blank, ""])
                continue
            told.append(one)
            place = UP if shared and k else _marked(chance, one.place)
            rows.append([*head, place, _hour_first(chance, one), _marked(chance, one.note)])
    for n, one in enumerate(longs, start=8):
        told.append(one)
        rows.append([str(n), day_words(chance, one), one.place, one.content, one.note])
    end = ("docx", "docx", "docx", "docx", "xlsx") if not merged else ("docx",)
    return _set(_framed(chance, words, number, [rows], ends=end), truth_of(told), _HEADS)


def _hour_first(chance: random.Random, one: Any) -> str:
    if not one.hour or chance.random() < 0.5:
        return _marked(chance, one.content)
    hour = one.hour if one.hour[0].isdigit() else one.hour.capitalize()
    return f"{hour}: {one.content}"


def _by_day(activities: list[Any]) -> list[tuple[Any, list[Any]]]:
    return [(day, [a for a in activities if a.first == day]) for day in DAYS]


def listed(chance: random.Random, activities: list[Any], words: dict[str, Any], number: int) -> Paper:
    """A table of the unit's own: columns in any order and wording, one line for each activity."""
    middle = ["day", "place", "content"] if chance.random() < 0.5 else ["day", "content", "place"]
    if chance.random() < 0.15:
        chance.shuffle(middle)
    if has_hour := chance.random() < 0.35:
        middle.insert(middle.index("day") + 1, "hour")
    extra = chance.sample(["host", "audience", "person"], chance.choice([0, 0, 1, 2]))
    columns = (
        (["number"] if chance.random() < 0.85 else []) + middle + extra + (["note"] if chance.random() < 0.7 else [])
    )
    heads = [chance.choice(_TITLES[c]) for c in columns]
    rows = [heads]
    real = chance.random() < 0.5
    end = chance.choice(["docx", "docx", "docx", "docx", "xlsx", "csv"])
    for n, one in enumerate(activities, start=1):
        day = day_words(chance, one)
        if end == "xlsx" and real and one.first == one.last:
            day = f"={one.first:%d/%m/%Y}"
        elif not has_hour and end != "csv":
            day = with_hour(chance, one, day)
        cells = {
            "number": str(n), "day": day, "hour": one.hour,
            "place": _marked(chance, one.place) if end == "docx" else one.place,
            "content": one.content, "note": one.note, "host": one.host, "audience": one.audience, "person": one.person,
        }  # fmt: skip
        rows.append([cells[c] for c in columns])
    if chance.random() < 0.25 and end == "docx":
        _merge_days(rows, columns.index("day"))
    tables = [rows]
    # Word repeats no head inside a merged cell.
    if end == "docx" and len(rows) > 5 and chance.random() < 0.3 and UP not in rows[len(rows) // 2]:
        rows.insert(len(rows) // 2, list(heads))
    return _set(_framed(chance, words, number, tables, ends=(end,)), truth_of(activities), heads)


def _merge_days(rows: list[list[str]], column: int) -> None:
    for above, below in itertools.pairwise(list(rows)):
        if below[column] == above[column]:
            below[column] = UP


def many_in_a_cell(chance: random.Random, activities: list[Any], words: dict[str, Any], number: int) -> Paper:
    """One line a day, its activities in one cell: bullets, dashes, numbers or automatic lists; one place or as many."""
    rows: list[list[str]] = [list(_HEADS)]
    told: list[Any] = []
    for day, of_day in _by_day([a for a in activities if a.first == a.last]):
        if not of_day:
            continue
        each = chance.random() < 0.4
        if not each:
            for one in of_day:
                one.place = of_day[0].place
        elif any(not one.place for one in of_day):
            continue
        told += of_day
        bullet = chance.choice(["- ", "+ ", "• ", "{n}. ", "list"])
        lines = (
            [_item(one, bullet, n) for n, one in enumerate(of_day, start=1)] if len(of_day) > 1 else [of_day[0].content]
        )
        places = (
            [(f"- {one.place}" if bullet != "list" else one.place) for one in of_day]
            if each and len(of_day) > 1
            else [of_day[0].place]
        )
        rows.append([str(len(rows)), f"{day:%d/%m}", "\n".join(places), chance.choice(["\n", "\n", "\v"]).join(lines)
                     if bullet != "list" else "\n".join(lines), ""])  # fmt: skip
    return _set(_framed(chance, words, number, [rows]), truth_of(told), _HEADS)


def _item(one: Any, bullet: str, n: int) -> str:
    if bullet == "list":
        return "{list:" + one.content + "}"
    return bullet.replace("{n}", str(n)) + one.content


def under_bands(chance: random.Random, activities: list[Any], words: dict[str, Any], number: int) -> Paper:
    """A line across the table for each day, its activities below."""
    heads = ["TT", "Giờ", "Nội dung", "Địa điểm"]
    rows = [heads]
    told = []
    for day, of_day in _by_day([a for a in activities if a.first == a.last]):
        if of_day:
            rows.append(
                [
                    chance.choice(
                        [f"Ngày {day:%d/%m/%Y}", f"{_WEEKDAYS[day.weekday()].capitalize()}, ngày {day:%d/%m}"]
                    ),
                    *[LEFT] * 3,
                ]
            )
        for one in of_day:
            told.append(one)
            rows.append([str(len(told)), one.hour, one.content, one.place])
    return _set(_framed(chance, words, number, [rows]), truth_of(told), heads)


def typed_with_bars(chance: random.Random, activities: list[Any], words: dict[str, Any], number: int) -> Paper:
    """A table that became text: columns between bars or tabs, with its head or under lines that name the day."""
    singles = [a for a in activities if a.first == a.last]
    bar = chance.choice([" | ", "\t"])
    lines: list[str] = []
    if chance.random() < 0.5:
        lines = [bar.join(["TT", "Ngày", "Địa điểm", "Nội dung"])]
        lines += [bar.join([str(n), f"{a.first:%d/%m}", a.place, a.content]) for n, a in enumerate(singles, start=1)]
    else:
        bar = " | "
        singles = [a for a in singles if a.hour and a.hour[0].isdigit() and a.place]
        for day, of_day in _by_day(singles):
            lines += [f"Ngày {day:%d/%m/%Y}"] if of_day else []
            lines += [bar.join([a.hour, a.place, a.content]) for a in of_day]
    paper = _framed(chance, words, number, lines, ends=("docx", "txt"))
    paper.printed |= {lines[0]} if lines else set()
    return _set(paper, truth_of(singles))


def lines_of_a_mail(chance: random.Random, activities: list[Any], words: dict[str, Any], number: int) -> Paper:
    """No table: a greeting, a line for each activity, a signature, perhaps the mail it answers."""
    unit = chance.choice(words["units"])
    told = [a for a in activities if a.first == a.last and a.place and ";" not in a.place and ":" not in a.content]
    lines = [chance.choice(["Kính gửi: Phòng Giáo dục thường xuyên", "Kính gửi Sở Giáo dục và Đào tạo,", "Chào chị,"]),
             f"{unit['line']} xin đăng ký các hoạt động như sau:", ""]  # fmt: skip
    dash = chance.choice(["- ", "", "+ "])
    for one in told:
        hour = f", {one.hour}" if one.hour and one.hour[0].isdigit() else ""
        lines.append(f"{dash}Ngày {one.first:%d/%m}{hour}: {one.content} tại {one.place}{chance.choice(['', '.'])}")
    signer = chance.choice(words["signers"])
    lines += [
        "",
        chance.choice(["Trân trọng!", "Trân trọng cảm ơn.", "Xin cảm ơn."]),
        chance.choice(["--", ""]),
        signer,
    ]
    if chance.random() < 0.4:
        lines += ["", "Vào Th 2, 19 thg 9, 2022 vào lúc 08:15 Phòng GDTX <gdtx@example.vn> đã viết:"]
        lines += ["> Kính gửi các đơn vị,", "> Tuần lễ bắt đầu ngày 01/10: khai mạc tại Quảng trường 16/4"]
    paper = Paper(f"thu {number}.txt", list(lines), truth_of(told), unit["line"])
    paper.printed = {line for line in lines if line.lstrip("> ").startswith("Kính gửi")}
    return paper


def labelled_lines(chance: random.Random, activities: list[Any], words: dict[str, Any], number: int) -> Paper:
    """Each activity a heading, with lines "Thời gian:", "Địa điểm:" below."""
    told = [a for a in activities if a.place and ":" not in a.content]
    lines = []
    for n, one in enumerate(told, start=1):
        hour = f"{one.hour}, " if one.hour and one.hour[0].isdigit() else ""
        lines += [f"{n}. {one.content}", f"- Thời gian: {hour}{day_words(chance, one)}", f"- Địa điểm: {one.place}"]
        lines += [f"- Thành phần: {one.audience}"] if chance.random() < 0.4 else []
    return _set(_framed(chance, words, number, lines, ends=("docx", "txt")), truth_of(told))


def week_across(chance: random.Random, activities: list[Any], words: dict[str, Any], number: int) -> Paper:
    """Days across the top, parts of the day down the side."""
    days = [day for day, of_day in _by_day([a for a in activities if a.first == a.last]) if of_day]
    if len(days) < 2:
        return listed(chance, activities, words, number)
    heads = ["Buổi", *(f"{_WEEKDAYS[day.weekday()].capitalize()}\n{day:%d/%m}" for day in days)]
    at: dict[tuple[str, Any], Any] = {}
    for one in activities:
        if one.first == one.last:
            at.setdefault((chance.choice(["Sáng", "Chiều"]), one.first), one)
    rows = [heads] + [
        [part, *(at[part, day].content if (part, day) in at else "" for day in days)] for part in ("Sáng", "Chiều")
    ]
    for one in at.values():
        one.place = ""
    return _set(_framed(chance, words, number, [rows]), truth_of(list(at.values())), heads)


def in_two_tables(chance: random.Random, activities: list[Any], words: dict[str, Any], number: int) -> Paper:
    """A table cut in two by a heading or by the page, its head repeated or not."""
    half = max(1, len(activities) // 2)
    heads = [chance.choice(_TITLES[c]) for c in ("number", "day", "place", "content", "note")]
    rows = [[str(n), day_words(chance, a), a.place, a.content, a.note] for n, a in enumerate(activities, start=1)]
    between = chance.choice([["II. Hoạt động tại các xã"], [""], ["(tiếp theo)"]])
    again = [heads] if chance.random() < 0.6 else []
    inside: list[Any] = [[heads, *rows[:half]], *between, *([[*again, *rows[half:]]] if rows[half:] else [])]
    return _set(_framed(chance, words, number, inside), truth_of(activities), heads)
