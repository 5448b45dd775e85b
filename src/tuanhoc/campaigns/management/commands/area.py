"""``tuanhoc area load FILE …``: areas and their dated official codes."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from tuanhoc.lib.refusal import Refusal
from tuanhoc.units import actions


class Command(BaseCommand):
    help = "Địa bàn: nạp danh mục hành chính có ngày hiệu lực (load)."

    def add_arguments(self, parser: CommandParser) -> None:
        load = parser.add_subparsers(dest="verb", required=True).add_parser("load", help="nạp danh mục địa bàn")
        load.add_argument("files", type=Path, nargs="+", metavar="FILE", help="tệp .csv, cấp trên trước cấp dưới")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            for path in options["files"]:
                self.stdout.write(f"{path.name}: {actions.load_areas(path.read_text(encoding='utf-8'))} địa bàn mới")
        except (Refusal, OSError, UnicodeDecodeError) as refused:
            raise CommandError(str(refused)) from refused
