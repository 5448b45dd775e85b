"""``tuanhoc schedule export --campaign C --format xlsx|csv -o FILE``."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tuanhoc.campaigns.models import Campaign
from tuanhoc.papers.csv import to_csv
from tuanhoc.papers.xlsx import to_xlsx
from tuanhoc.schedule.documents import merged_schedule
from tuanhoc.schedule.queries import standing_lines

WRITERS = {"xlsx": to_xlsx, "csv": to_csv}


class Command(BaseCommand):
    help = "Lịch tổng hợp: xuất ra tệp (export)."

    def add_arguments(self, parser: CommandParser) -> None:
        export = parser.add_subparsers(dest="verb", required=True).add_parser("export", help="xuất lịch tổng hợp")
        export.add_argument("--campaign", required=True, help="mã đợt")
        export.add_argument("--format", required=True, choices=sorted(WRITERS), help="định dạng tệp")
        export.add_argument("-o", "--output", required=True, type=Path, help="tệp ghi ra")

    def handle(self, *args: Any, **options: Any) -> None:
        campaign = Campaign.objects.filter(code=options["campaign"]).first()
        if campaign is None:
            raise CommandError(f"Không có đợt nào mang mã “{options['campaign']}”.")
        table = merged_schedule(standing_lines(campaign))
        options["output"].write_bytes(WRITERS[options["format"]](table))
        self.stdout.write(f"{len(table.rows)} dòng → {options['output']}")
