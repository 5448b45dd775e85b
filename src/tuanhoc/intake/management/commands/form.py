"""``tuanhoc form read FILE --from D --to D [--json]``, ``tuanhoc form blank --campaign C --unit KEY -o FILE``,
``tuanhoc form import FILE… --campaign C [--as SEAT] [--confirm] [--json]``.
"""

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tuanhoc.intake.form import Window, form_apart, unreadable
from tuanhoc.intake.management import importing
from tuanhoc.lib.dates import short, span
from tuanhoc.papers.reading import Unreadable


class Command(BaseCommand):
    help = "Mẫu đăng ký của đơn vị: đọc (read), nhận vào đợt (import), xuất mẫu trống (blank)."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        reading = verbs.add_parser("read", help="đọc một mẫu đã điền, không ghi vào cơ sở dữ liệu")
        reading.add_argument(
            "file", type=Path, help="tệp .docx, .xlsx, .pdf, ảnh, .txt, .csv (hoặc .doc, .odt, .rtf, .xls, .ods)"
        )
        reading.add_argument("--from", dest="first", required=True, type=dt.date.fromisoformat, help="ngày đầu")
        reading.add_argument("--to", dest="last", required=True, type=dt.date.fromisoformat, help="ngày cuối")
        reading.add_argument("--json", action="store_true", help="in JSON")
        importing.add_arguments(verbs.add_parser("import", help="nhận tệp, thư hoặc tệp nén vào một đợt"))
        blank = verbs.add_parser("blank", help="mẫu trống của một đơn vị")
        blank.add_argument("--campaign", required=True, help="mã đợt")
        blank.add_argument("--unit", required=True, help="mã đơn vị")
        blank.add_argument("-o", "--output", required=True, type=Path, help="tệp .docx ghi ra")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "blank":
            # The annex is the activities room's paper, and its command prints it.
            of = {name: options[name] for name in ("campaign", "unit", "output")}
            call_command("annex", "blank", stdout=self.stdout, **of)
            return
        if options["verb"] == "import":
            importing.run(self, options)
            return
        self._read(options["file"], Window(options["first"], options["last"]), as_text=not options["json"])

    def _read(self, path: Path, window: Window, *, as_text: bool) -> None:
        if window.last < window.first:
            raise CommandError("Ngày cuối (--to) đứng trước ngày đầu (--from).", returncode=2)
        try:
            document, said = form_apart(path.read_bytes(), path.name, window)
        except OSError as refused:
            raise CommandError(f"Không mở được tệp “{path}”.") from refused
        except Unreadable as refused:
            if as_text:
                raise CommandError(str(refused)) from refused
            self.stdout.write(json.dumps(unreadable(str(refused)), ensure_ascii=False))
            sys.exit(1)
        self.stdout.write(_as_text(said) if as_text else json.dumps(said, ensure_ascii=False))
        if document.scans and not any(scan.says for scan in document.scans):
            # Pictures that nothing here can read: a person can, on the form's page.
            sys.exit(1)


def _as_text(said: dict[str, Any]) -> str:
    lines = [f"Đơn vị: {said['organisation'] or '(tệp không nêu)'}"]
    for number, row in enumerate(said["rows"], start=1):
        time = "-".join(t for t in (row["start_time"], row["end_time"]) if t) or row["part_of_day"] or ""
        lines.append(
            f"{number:>3}. {_days(row)} {time} | {row['place']} | {row['content']} | {row['note']}".rstrip(" |")
        )
    for problem in said["problems"]:
        at = "Tệp" if problem["row"] is None else f"Dòng {problem['row'] + 1}"
        lines.append(f"Cần xem: {at}: {problem['text']}")
    lines += [f"Chưa xếp được: {loose['where']}: {loose['text']}" for loose in said["unplaced"]]
    return "\n".join(lines)


def _days(row: dict[str, Any]) -> str:
    if row["date_from"] is None:
        return "(chưa rõ ngày)"
    first = dt.date.fromisoformat(row["date_from"])
    return span(first, dt.date.fromisoformat(row["date_to"])) if row["date_to"] else short(first)
