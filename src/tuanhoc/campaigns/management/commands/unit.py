"""``tuanhoc unit load FILE [--areas FILE …] [--on DAY] [--dry-run] [--as SEAT] [--json]``."""

import dataclasses
import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from tuanhoc.campaigns import access
from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.refusal import Refusal
from tuanhoc.units import actions, queries, rules
from tuanhoc.web import clock


class Command(BaseCommand):
    help = "Đơn vị: nạp danh sách từ .csv hoặc .xlsx (load)."

    def add_arguments(self, parser: CommandParser) -> None:
        load = parser.add_subparsers(dest="verb", required=True).add_parser("load", help="nạp danh sách đơn vị")
        load.add_argument("file", type=Path, help="tệp .csv hoặc .xlsx")
        load.add_argument("--areas", type=Path, action="append", default=[], help="tệp địa bàn nạp trước")
        load.add_argument("--on", type=dt.date.fromisoformat, help="ngày mà mã địa bàn có hiệu lực, ví dụ 2022-10-01")
        load.add_argument("--dry-run", action="store_true", help="chỉ xem trước, không ghi")
        load.add_argument("--as", dest="as_whom", default="", metavar="SEAT", help="địa chỉ thư hoặc số vai trò")
        load.add_argument("--json", action="store_true", help="in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        at = clock.now()
        day = options["on"] or at.astimezone(HANOI).date()
        try:
            with transaction.atomic():
                found = self._load(options, at=at, day=day)
        except (Refusal, OSError) as refused:
            raise CommandError(str(refused)) from refused
        self._print(found, as_json=options["json"])
        if found["problems"]:
            raise CommandError(f"{len(found['problems'])} dòng chưa nhận được.")

    def _load(self, options: dict[str, Any], *, at: dt.datetime, day: dt.date) -> dict[str, Any]:
        by = access.actor_named(options["as_whom"])
        if not access.may_prepare(by):
            raise access.NobodyByThatName(name=options["as_whom"])
        for areas in options["areas"]:
            actions.load_areas(areas.read_text(encoding="utf-8"))
        rows = actions.rows_of_file(options["file"].read_bytes()).rows
        checked = actions.check(rows, within=access.unit_keys_within(by, day))
        told = _told(queries.compare(checked.rows, day=day), checked)
        if options["dry_run"]:
            transaction.set_rollback(True)
        else:
            actions.load_units(checked, by=by, at=at, day=day)
        return told

    def _print(self, told: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write(f"Mới {told['new']}, thay đổi {len(told['changed'])}, giữ nguyên {told['same']}")
        for change in told["changed"]:
            self.stdout.write(f"dòng {change['line']}: {change['before']} → {change['after']}")
        for row in told["no_area"]:
            self.stdout.write(f"dòng {row['line']}: mã địa bàn “{row['place_code']}” không có hiệu lực vào ngày này")
        for problem in told["problems"]:
            self.stdout.write(f"dòng {problem['line']}: {problem['text']}")


def _told(found: queries.Comparison, checked: rules.Checked) -> dict[str, Any]:
    return {
        "new": len(found.new),
        "changed": [
            {"line": c.row.line, "key": c.row.key, "before": c.before, "after": c.after} for c in found.changed
        ],
        "same": len(found.same),
        "no_area": [{"line": r.line, "key": r.key, "place_code": r.place_code} for r in found.no_area],
        "problems": [dataclasses.asdict(p) for p in checked.problems],
    }
