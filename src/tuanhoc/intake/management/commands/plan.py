"""``tuanhoc plan read FILE [--json]``: what a plan says, without touching the database."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tuanhoc.intake.plan import as_json, read_plan
from tuanhoc.papers.reading import Unreadable, read_apart

#: What a person reads first, and its words.
HEAD = {
    "title": "Tên", "year": "Năm", "theme": "Chủ đề", "starts_on": "Từ ngày", "ends_on": "Đến ngày",
    "opening_on": "Khai mạc", "registration_closes_at": "Hạn đăng ký", "report_closes_at": "Hạn báo cáo",
    "report_to": "Nơi nhận báo cáo",
}  # fmt: skip


class Command(BaseCommand):
    help = "Kế hoạch của tỉnh: đọc (read)."

    def add_arguments(self, parser: CommandParser) -> None:
        reading = parser.add_subparsers(dest="verb", required=True).add_parser("read", help="đọc một kế hoạch")
        reading.add_argument("file", type=Path, help="tệp .docx, .pdf có chữ, .txt; .doc nếu có LibreOffice")
        reading.add_argument("--json", action="store_true", help="in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            said = as_json(read_plan(read_apart(path.read_bytes(), path.name)))
        except (Unreadable, OSError) as refused:
            raise CommandError(str(refused)) from refused
        if options["json"]:
            self.stdout.write(json.dumps(said, ensure_ascii=False))
            return
        for name, words in HEAD.items():
            value = said[name]
            self.stdout.write(f"{words:<18} {'(kế hoạch không nêu)' if value is None else value}")
        for basis in said["legal_bases"]:
            self.stdout.write(f"Căn cứ             {basis['normalized']}  {basis['stale'] or ''}")
        for duty in said["duties"]:
            self.stdout.write(f"{duty['clause']:<18} {duty['unit']}: {duty['text']}")
