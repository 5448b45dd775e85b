"""``tuanhoc unit load | reform | tree | alike``: files of units, reforms, trees of a day, likely duplicates."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from tuanhoc.campaigns import access
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.refusal import Refusal
from tuanhoc.units import actions, queries, rules
from tuanhoc.units.actions import reform_files
from tuanhoc.units.actions.reforms import Order
from tuanhoc.units.models import ReportingEdge
from tuanhoc.web import clock

_DAY = dt.date.fromisoformat


class Command(BaseCommand):
    help = "Đơn vị: nạp danh sách (load), sắp xếp từ tệp (reform), in cây của một ngày (tree), tìm cặp trùng (alike)."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        load = verbs.add_parser("load", help="nạp danh sách đơn vị")
        load.add_argument("file", type=Path, help="tệp .csv hoặc .xlsx")
        load.add_argument("--areas", type=Path, action="append", default=[], help="tệp địa bàn nạp trước")
        load.add_argument("--on", type=_DAY, help="ngày mà mã địa bàn có hiệu lực, ví dụ 2022-10-01")
        reform = verbs.add_parser("reform", help="ghi một đợt sắp xếp: tệp các việc, hoặc danh mục địa bàn")
        reform.add_argument("files", type=Path, nargs="*", metavar="FILE", help="bỏ trống: từ danh mục đã nạp")
        reform.add_argument("--on", type=_DAY, required=True, help="ngày có hiệu lực, ví dụ 2025-07-01")
        reform.add_argument("--title", default="", help="tên đợt sắp xếp")
        reform.add_argument("--basis", default="", help="căn cứ, ví dụ 202/2025/QH15")
        for one in (load, reform):
            one.add_argument("--dry-run", action="store_true", help="chỉ xem trước, không ghi")
        tree = verbs.add_parser("tree", help="in cây đơn vị của một ngày")
        tree.add_argument("--on", type=_DAY, help="ngày, mặc định hôm nay")
        tree.add_argument("--tree", choices=ReportingEdge.Tree.values, default="administrative", help="cây nào")
        alike = verbs.add_parser("alike", help="các cặp đơn vị có thể trùng")
        for one in (load, reform, tree, alike):
            one.add_argument("--as", dest="as_whom", default="", metavar="SEAT", help="địa chỉ thư hoặc số vai trò")
            one.add_argument("--json", action="store_true", help="in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        at = clock.now()
        day = options.get("on") or at.astimezone(HANOI).date()
        doing = {"load": self._load, "reform": self._reform, "tree": self._tree, "alike": self._alike}
        try:
            by = access.actor_named(options["as_whom"])
            if not access.may_prepare(by):
                raise access.NobodyByThatName(name=options["as_whom"])
            with transaction.atomic():
                found, lines, problems = doing[options["verb"]](options, by=by, at=at, day=day)
        except (Refusal, OSError) as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(json.dumps(found, ensure_ascii=False) if options["json"] else "\n".join(lines))
        if problems:
            raise CommandError(f"{problems} dòng chưa nhận được.")

    def _load(self, options: dict[str, Any], *, by: Actor, at: dt.datetime, day: dt.date) -> tuple[Any, list[str], int]:
        for areas in options["areas"]:
            actions.load_areas(areas.read_text(encoding="utf-8"))
        rows = actions.rows_of_file(options["file"].read_bytes()).rows
        checked = actions.check(rows, within=access.unit_keys_within(by, day))
        told = _told(queries.compare(checked.rows, day=day), checked)
        if options["dry_run"]:
            transaction.set_rollback(True)
        else:
            actions.load_units(checked, by=by, at=at, day=day)
        return told, _load_lines(told), len(told["problems"])

    def _reform(
        self, options: dict[str, Any], *, by: Actor, at: dt.datetime, day: dt.date
    ) -> tuple[Any, list[str], int]:
        within = access.unit_ids_within(by, at.astimezone(HANOI).date())
        given = [reform_files.given_file(path.read_bytes()) for path in options["files"]]
        order = Order(day, options["title"], options["basis"])
        looked = reform_files.look(given, order, within=within, at=at)
        told: dict[str, Any] = {
            "counts": looked.seen.counts,
            "changes": [{"what": c.what.value, "before": c.before, "after": c.after} for c in looked.seen.told],
            "unclear": list(map(str, looked.unclear)),
            "problems": [{"line": p.line, "text": str(p.text)} for p in looked.problems],
        }
        if not options["dry_run"] and not looked.problems:
            told["reform"] = reform_files.carry_out_file(given, order, within=within, by=by, at=at).pk
        lines = [f"{c['what']}: {c['before'] or '–'} → {c['after'] or '–'}" for c in told["changes"]]
        lines += [f"chưa rõ: {words}" for words in looked.unclear]
        lines += [f"dòng {p.line}: {p.text}" for p in looked.problems]
        lines.append(", ".join(f"{what} {n}" for what, n in looked.seen.counts.items()))
        return told, lines, len(looked.problems)

    def _tree(self, options: dict[str, Any], *, by: Actor, at: dt.datetime, day: dt.date) -> tuple[Any, list[str], int]:
        within = access.unit_ids_within(by, at.astimezone(HANOI).date())
        found = queries.tree_on(day, tree=options["tree"], within=within)
        told = [{"key": x.unit.key, "name": x.name, "depth": x.depth, "below": x.below} for x in found]
        return told, [f"{'  ' * x.depth}{x.name} ({x.unit.key})" for x in found], 0

    def _alike(
        self, options: dict[str, Any], *, by: Actor, at: dt.datetime, day: dt.date
    ) -> tuple[Any, list[str], int]:
        found = queries.alike_pairs(day, within=access.unit_ids_within(by, day))
        told = [{"first": p.first.key, "second": p.second.key, "score": p.found.score} for p in found]
        lines = [
            f"{p.found.score:.2f}  {p.first.name} ({p.first.key}) · {p.second.name} ({p.second.key})" for p in found
        ]
        return told, lines, 0


def _load_lines(told: dict[str, Any]) -> list[str]:
    lines = [f"Mới {told['new']}, thay đổi {len(told['changed'])}, giữ nguyên {told['same']}"]
    lines += [f"dòng {change['line']}: {change['before']} → {change['after']}" for change in told["changed"]]
    lines += [
        f"dòng {row['line']}: mã địa bàn “{row['place_code']}” không có hiệu lực vào ngày này"
        for row in told["no_area"]
    ]
    return lines + [f"dòng {problem['line']}: {problem['text']}" for problem in told["problems"]]


def _told(found: queries.Comparison, checked: rules.Checked) -> dict[str, Any]:
    return {
        "new": len(found.new),
        "changed": [
            {"line": c.row.line, "key": c.row.key, "before": c.before, "after": c.after} for c in found.changed
        ],
        "same": len(found.same),
        "no_area": [{"line": r.line, "key": r.key, "place_code": r.place_code} for r in found.no_area],
        "problems": [{"line": p.line, "text": str(p.text)} for p in checked.problems],
    }
