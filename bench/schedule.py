"""The merged schedule of 7,000 lines written as files, beside bare lxml writing the same table.

    PYTHONPATH=src python bench/schedule.py [--rows 7000] [--rounds 5]

Each writer runs in a process of its own: the median processor time of its rounds (other work on the machine
does not count), and how much its peak of memory
stands above that of a process that only built the lines. The floor is the least a Word table can be: its cells'
text in ``w:tbl/w:tr/w:tc/w:p/w:r/w:t``, no type, no widths, no borders, streamed by ``lxml.etree.xmlfile`` into
the same kind of archive ("bare lxml"); the same as a tree of elements is given beside it ("lxml tree").
"""

import argparse
import datetime as dt
import io
import json
import os
import random
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).resolve().parents[1]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FLOOR = "bare lxml"
WRITERS = (FLOOR, "lxml tree", "docx", "docx from lines", "xlsx", "csv", "ics", "pdf")
CONTENTS = (
    "Lớp tập huấn kỹ năng số cho người cao tuổi",
    "Ngày hội đọc sách “Thắp sáng tri thức”, trưng bày 500 đầu sách mới và giới thiệu thư viện số",
    "Tuyên truyền về Tuần lễ trên hệ thống truyền thanh cơ sở",
    "Chuyên đề ứng dụng công nghệ trong dạy học; giao lưu, chia sẻ kinh nghiệm tự học của học sinh",
)
PLACES = (
    "Nhà văn hóa xã Lâm Sơn",
    "Thư viện tỉnh",
    "Hội trường UBND huyện Ninh Sơn, số 12 đường Lê Duẩn",
    "Trực tuyến",
)


def edition(rows: int):
    """Return an edition of ``rows`` lines by 400 units over seven days, always the same."""
    from tuanhoc.schedule.documents import Edition
    from tuanhoc.schedule.rules import Issuer, Line

    chance = random.Random(2022)
    lines = []
    for number in range(rows):
        unit = chance.randrange(400)
        lines.append(
            Line(
                activity_id=number,
                held_on=dt.date(2022, 10, 1 + number % 7),
                starts_at=chance.choice((None, dt.time(7, 30), dt.time(14))),
                place=chance.choice(PLACES),
                content=chance.choice(CONTENTS),
                unit_name=f"Trường Tiểu học số {unit}",
                unit_rank=7,
                note=chance.choice(("", "", "Mời phụ huynh tham gia")),
                uid=f"{number:032x}",
            )
        )
    issuer = Issuer("UBND tỉnh Ninh Thuận", "Sở Giáo dục và Đào tạo", "Ninh Thuận", signer="Nguyễn Văn A")
    at = dt.datetime(2022, 9, 28, tzinfo=dt.UTC)
    week = ((dt.date(2022, 10, 1), dt.date(2022, 10, 7)),)
    title = "Tuần lễ hưởng ứng học tập suốt đời năm 2022"
    return Edition(title, 2022, "tỉnh Ninh Thuận", issuer, "Sở Giáo dục và Đào tạo", tuple(lines), week, at, number=1)


def work(name: str, of) -> Callable[[], bytes]:
    """Return what is measured; its values are laid out beforehand, except for "docx from lines"."""
    from tuanhoc.papers.docx import to_docx
    from tuanhoc.papers.pdf import to_pdf
    from tuanhoc.schedule.documents import WRITERS as FILES
    from tuanhoc.schedule.documents import schedule_letter

    letter = schedule_letter(of)
    table = letter.annexes[0].table
    return {
        "nothing": lambda: b"",
        FLOOR: lambda: streamed(table),
        "lxml tree": lambda: tree(table),
        "docx": lambda: to_docx(letter),
        "docx from lines": lambda: FILES["docx"](of),
        "pdf": lambda: to_pdf(letter),
        "xlsx": lambda: FILES["xlsx"](of),
        "csv": lambda: FILES["csv"](of),
        "ics": lambda: FILES["ics"](of),
    }[name]


def streamed(table) -> bytes:
    """Write the table's text as the barest Word table, row by row."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as parts:
        part = parts.open("word/document.xml", "w")
        with part, etree.xmlfile(part, encoding="utf-8") as xml, xml.element(f"{{{W}}}tbl", nsmap={"w": W}):
            for row in (table.columns, *table.rows):
                xml.write(_row(row))
    return out.getvalue()


def tree(table) -> bytes:
    """Write the same from one tree of elements."""
    whole = etree.Element(f"{{{W}}}tbl", nsmap={"w": W})
    for row in (table.columns, *table.rows):
        whole.append(_row(row))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as parts:
        parts.writestr("word/document.xml", etree.tostring(whole, xml_declaration=True, encoding="utf-8"))
    return out.getvalue()


def _row(cells):
    row = etree.Element(f"{{{W}}}tr")
    for cell in cells:
        run = etree.SubElement(etree.SubElement(etree.SubElement(row, f"{{{W}}}tc"), f"{{{W}}}p"), f"{{{W}}}r")
        etree.SubElement(run, f"{{{W}}}t").text = cell
    return row


def measure_here(name: str, rows: int, rounds: int) -> None:
    """Measure one writer in this process and print JSON."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tuanhoc.config.settings.test"
    import django

    django.setup()
    run = work(name, edition(rows))
    seconds = []
    for _ in range(rounds):
        begun = time.process_time()
        size = len(run())
        seconds.append(time.process_time() - begun)
    print(json.dumps({"seconds": statistics.median(seconds), "peak_kb": _peak_kb(), "bytes": size}))


def _peak_kb() -> int:
    # Not getrusage: its peak is handed down to a child by the process that started it.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0])


def measured(name: str, rows: int, rounds: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--one", name, "--rows", str(rows), "--rounds", str(rounds)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    answer = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return json.loads(answer.stdout)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--rows", type=int, default=7000)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--one", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.one:
        measure_here(given.one, given.rows, given.rounds)
        return
    base = measured("nothing", given.rows, 1)["peak_kb"]
    found = {name: measured(name, given.rows, given.rounds) for name in WRITERS}
    floor = found[FLOOR]["seconds"]
    print(
        f"{given.rows} rows, median of {given.rounds}; memory above the {base / 1024:.0f} MB of the lines themselves\n"
    )
    print(f"| writer | time / {FLOOR} | seconds | memory, MB | file, KB |\n|---|---|---|---|---|")
    for name, one in found.items():
        ratio, above = one["seconds"] / floor, (one["peak_kb"] - base) / 1024
        print(f"| {name} | {ratio:.2f} | {one['seconds']:.3f} | {above:.1f} | {one['bytes'] / 1024:.0f} |")


if __name__ == "__main__":
    main()
