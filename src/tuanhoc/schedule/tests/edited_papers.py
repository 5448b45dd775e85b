"""The merged schedule as printed, and hands that edit it in Word: seeded, each edit's meaning written down."""

import copy
import datetime as dt
import io
import random

from docx import Document as WordDocument
from docx.oxml.ns import qn

from tuanhoc.lib.dates import short, weekday
from tuanhoc.lib.text import name_key, words
from tuanhoc.papers.docx import to_docx
from tuanhoc.papers.reading import read
from tuanhoc.schedule.comeback import FIELDS, Kind, known
from tuanhoc.schedule.documents import Edition, schedule_letter
from tuanhoc.schedule.documents.edited import compared
from tuanhoc.schedule.rules import Issuer, Line

YEAR = 2022
UNITS = [
    "Thư viện tỉnh",
    "Sở Thông tin và Truyền thông",
    "UBND xã Lâm Sơn",
    "Trường Tiểu học Lâm Sơn",
    "Hội Khuyến học",
]
KEYS = frozenset(map(name_key, UNITS))
PLACES = ["Hội trường", "Nhà văn hóa xã", "Sân trường; khu B", "Trực tuyến", "Thư viện tỉnh, số 5 Lê Lợi"]
WORDS = words("ngày hội đọc sách lớp kỹ năng số tập huấn chuyên đề giao lưu thi kể trưng bày triển lãm")
WEEK = [dt.date(2022, 10, day) for day in range(1, 8)]
COLUMNS = {"when": 1, "place": 2, "content": 3, "unit": 4, "note": 5}
AT = dt.datetime(2022, 9, 28, 3, tzinfo=dt.UTC)


def lines(count, chance):
    """Return lines of different contents; some days, hours, places and units repeat, as they do in a Week."""
    found = []
    for pk in range(1, count + 1):
        day = chance.choice(WEEK)
        start = chance.choice([None, dt.time(7, 30), dt.time(14)])
        found.append(
            Line(
                activity_id=pk, held_on=day, starts_at=start, place=chance.choice(PLACES),
                content=f"{_sentence(chance)} {pk}", unit_name=chance.choice(UNITS), unit_rank=chance.randrange(3),
                note=chance.choice(["", "", "Mời phụ huynh", "https://meet.example.vn/abc"]),
                ends_on=chance.choice([None, None, None, day + dt.timedelta(days=2)]),
                ends_at=dt.time(start.hour + 2) if start and chance.random() < 0.5 else None,
                part_of_day="" if start else chance.choice(["", "morning", "evening"]),
            )
        )  # fmt: skip
    return found


def _sentence(chance):
    return " ".join(chance.sample(WORDS, 7)).capitalize()


def edition(of):
    issuer = Issuer("UBND tỉnh Ninh Thuận", "Sở Giáo dục và Đào tạo", signature=("GIÁM ĐỐC",), signer="Nguyễn Văn A")
    return Edition(
        "Tuần lễ hưởng ứng học tập suốt đời năm 2022", YEAR, "tỉnh Ninh Thuận", issuer, "Sở Giáo dục và Đào tạo",
        tuple(of), ((WEEK[0], WEEK[-1]),), AT, number=1, origin="ninh-thuan-2022/lan-1",
    )  # fmt: skip


def printed(of):
    return to_docx(schedule_letter(edition(of)))


class Hand:
    """Somebody at the printed schedule in Word. ``cells`` is what each row on the paper says by now."""

    def __init__(self, of, chance, data=None):
        self.chance, self.word = chance, WordDocument(io.BytesIO(data or printed(of)))
        self.cells, self.ids, self.news = {}, {}, 0
        base = {line.activity_id: dict(known(line, year=YEAR).cells) for line in of}
        for table in self.tables():
            for row in self._rows(table):
                mark = row.find(f".//{qn('w:bookmarkStart')}")
                pk = int(mark.get(qn("w:name")).removeprefix("th_"))
                self.cells[row], self.ids[row] = base[pk], pk
        self.columns = dict(COLUMNS)

    def tables(self):
        return [t._tbl for t in self.word.tables if len(t.columns) == 6]

    def _rows(self, table):
        return [r for r in table.findall(qn("w:tr")) if len(r.findall(qn("w:tc"))) == 6 and r.find(
            f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None]  # fmt: skip

    def rows(self):
        return [row for table in self.tables() for row in self._rows(table)]

    def any_row(self):
        return self.chance.choice(self.rows())

    def write(self, row, name, text):
        """Type over the text of a cell."""
        tc = row.findall(qn("w:tc"))[self.columns[name]]
        for extra in tc.findall(qn("w:p"))[1:]:
            tc.remove(extra)
        paragraph = tc.find(qn("w:p"))
        for child in list(paragraph):
            if child.tag != qn("w:pPr"):
                paragraph.remove(child)
        run = paragraph.makeelement(qn("w:r"), {})
        paragraph.append(run)
        run.append(_text(text))
        self.cells[row][name] = text

    # what hands do, each a method that begins with "do_"

    def do_reword(self):
        row, new = self.any_row(), _sentence(self.chance).split()
        said = self.cells[row]["content"].split()
        said[self.chance.randrange(len(said)) : None] = [*new[:3], said[-1]]
        self.write(row, "content", " ".join(said))

    def do_write_a_new_content_over(self):
        self.write(self.any_row(), "content", f"{_sentence(self.chance)} hoàn toàn mới")

    def do_another_place(self):
        self.write(self.any_row(), "place", f"Nhà thi đấu số {self.chance.randrange(90)}")

    def do_another_hour(self):
        hour = self.chance.randrange(6, 20)
        self.write(self.any_row(), "when", f"{hour:02d}:15 - {hour + 2:02d}:00")

    def do_another_note(self):
        self.write(self.any_row(), "note", self.chance.choice(["", f"Liên hệ 09{self.chance.randrange(10**8):08d}"]))

    def do_take_out(self):
        table = self.chance.choice([t for t in self.tables() if self._rows(t)])
        row = self.chance.choice(self._rows(table))
        table.remove(row)
        del self.cells[row]

    def do_put_in(self):
        like = self.any_row()
        row = copy.deepcopy(like)
        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            for mark in list(row.iter(qn(tag))):
                mark.getparent().remove(mark)
        like.addnext(row)
        self.news += 1
        self.cells[row] = {"day": self.cells[like]["day"]}
        for name, text in (
            ("when", "08:00"), ("place", f"Nơi mới {self.news}"),
            ("content", f"Hoạt động thêm vào lần thứ {self.news}"),
            ("unit", self.chance.choice(UNITS)), ("note", ""),
        ):  # fmt: skip
            self.write(row, name, text)

    def do_cut_to_another_day(self):
        row, table = self.any_row(), self.chance.choice([t for t in self.tables() if self._rows(t)])
        goal = self.chance.choice(self._rows(table))
        if goal is not row:
            goal.addnext(row)
            self.cells[row]["day"] = self.cells[goal]["day"]

    def do_reorder(self):
        table = self.chance.choice(self.tables())
        rows = self._rows(table)
        self.chance.shuffle(rows)
        for row in rows:
            table.append(row)

    def do_retype_a_day(self):
        tables = [t for t in self.tables() if self._rows(t)]
        table, day = self.chance.choice(tables), dt.date(2022, 10, self.chance.randrange(10, 28))
        text = f"{weekday(day).capitalize()}, ngày {day.day}/{day.month}"
        band = table.findall(qn("w:tr"))[1]
        for position, part in enumerate(list(band.iter(qn("w:t")))):
            part.text = "" if position else text
        for row in self._rows(table):
            self.cells[row]["day"] = short(day)

    def do_renumber(self):
        for number, row in enumerate(self.rows(), start=1):
            next(row.iter(qn("w:t"))).text = str(number)

    def do_type_over_numbers(self):
        """As Word does it: what is typed over a whole bookmark takes it away."""
        for row in self.chance.sample(self.rows(), min(3, len(self.rows()))):
            for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
                for mark in list(row.iter(qn(tag))):
                    mark.getparent().remove(mark)

    def do_another_unit(self):
        row = self.any_row()
        others = [unit for unit in UNITS if unit != self.cells[row]["unit"]]
        if row not in self.ids:
            return  # back to its first unit, it would be its first activity
        self.write(row, "unit", self.chance.choice(others))
        del self.ids[row]  # the activity of one unit goes, another unit's comes

    def do_split_runs(self):
        for run in list(self.any_row().iter(qn("w:r"))):
            text = run.find(qn("w:t"))
            whole = text is not None and len(run.findall(qn("w:t"))) == 1 and run.find(qn("w:br")) is None
            if whole and text.text and len(text.text) > 2:
                twin, half = copy.deepcopy(run), len(text.text) // 2
                twin.find(qn("w:t")).text, text.text = text.text[half:], text.text[:half]
                run.addnext(twin)

    def do_loosen_spaces(self):
        for text in self.any_row().iter(qn("w:t")):
            text.text = text.text.replace(" ", "  ")

    def do_bold_and_widen(self):
        for width in self.any_row().iter(qn("w:tcW")):
            width.set(qn("w:w"), str(int(width.get(qn("w:w"))) + 90))
        for properties in self.any_row().iter(qn("w:rPr")):
            properties.insert(0, properties.makeelement(qn("w:b"), {}))

    def do_track_a_change(self):
        row = self.any_row()
        tc = row.findall(qn("w:tc"))[self.columns["place"]]
        run = tc.find(f".//{qn('w:r')}")
        if run is None:
            return
        gone, come = run.makeelement(qn("w:del"), {qn("w:id"): "9"}), run.makeelement(qn("w:ins"), {qn("w:id"): "8"})
        new = copy.deepcopy(run)
        for one in list(tc.iter(qn("w:r"))):
            one.getparent().remove(one)
        text = f"Sân vận động {self.chance.randrange(90)}"
        for child in [c for c in new if c.tag != qn("w:rPr")]:
            new.remove(child)
        new.append(_text(text))
        for one in run.findall(qn("w:t")):
            one.tag = qn("w:delText")
        gone.append(run)
        come.append(new)
        paragraph = tc.find(qn("w:p"))
        for part in list(paragraph.iter(qn("w:del"), qn("w:ins"))):
            part.getparent().remove(part)
        paragraph.extend([gone, come])
        self.cells[row]["place"] = text

    # what is done to the whole paper

    def type_over_heads(self):
        for table in self.tables():
            for number, text in enumerate(table.find(qn("w:tr")).iter(qn("w:t"))):
                text.text = ["Số", "Lúc nào", "Ở đâu", "Làm gì", "Ai làm", "Khác"][number]

    def swap_columns(self):
        for table in self.tables():
            for row in table.findall(qn("w:tr")):
                cells = row.findall(qn("w:tc"))
                if len(cells) == 6:
                    cells[2].addprevious(cells[4])
        self.columns = {"when": 1, "unit": 2, "place": 3, "content": 4, "note": 5}

    def delete_notes(self):
        for row in [r for table in self.tables() for r in table.findall(qn("w:tr"))]:
            cells = row.findall(qn("w:tc"))
            if len(cells) == 6:
                row.remove(cells[-1])
        for cells in self.cells.values():
            cells.pop("note")

    def join_tables(self):
        first, *others = self.tables()
        for table in others:
            for row in table.findall(qn("w:tr")):
                first.append(row)
            table.getparent().remove(table)

    def lose_marks(self):
        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            for mark in list(self.word.element.body.iter(qn(tag))):
                mark.getparent().remove(mark)

    def saved(self):
        out = io.BytesIO()
        self.word.save(out)
        return out.getvalue()

    def meant(self, of):
        """Return the changes made, as (kind, activity, fields as they are now)."""
        base = {line.activity_id: known(line, year=YEAR).cells for line in of}
        standing = {self.ids[row]: cells for row, cells in self.cells.items() if row in self.ids}
        changed = [
            (Kind.CHANGED, pk, tuple((n, cells[n]) for n in FIELDS if n in cells and cells[n] != base[pk][n]))
            for pk, cells in standing.items()
            if any(n in cells and cells[n] != base[pk][n] for n in FIELDS)
        ]
        added = [
            (Kind.ADDED, None, tuple((n, cells.get(n, "")) for n in FIELDS))
            for row, cells in self.cells.items()
            if row not in self.ids
        ]
        return sorted([*changed, *added, *((Kind.REMOVED, pk, ()) for pk in base if pk not in standing)], key=repr)


def _text(text):
    from docx.oxml import OxmlElement

    made = OxmlElement("w:t")
    made.set(qn("xml:space"), "preserve")
    made.text = text
    return made


def come_back(of, data, name="lich.docx"):
    """Return what the edited paper proposes."""
    return compared(read(data, name), edition(of), units=KEYS)


def proposed(comparison):
    """Return the proposals like :meth:`Hand.meant` gives them."""
    return sorted(
        ((p.kind, p.activity_id, tuple((n, p.after[n]) for n in FIELDS if n in p.after)) for p in comparison.proposals),
        key=repr,
    )


EDITS = sorted(name for name in dir(Hand) if name.startswith("do_"))


def edited(seed, *, count, edits):
    """Return lines and the hand that made ``edits`` random edits on their paper."""
    chance = random.Random(seed)
    of = lines(count, chance)
    hand = Hand(of, chance)
    for _ in range(edits):
        getattr(hand, chance.choice(EDITS))()
    return of, hand
