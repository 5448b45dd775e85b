"""``tuanhoc schedule export --campaign C [--release N] --format docx|pdf|xlsx|csv|ics [--metadata] -o FILE``."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tuanhoc.campaigns.models import Campaign
from tuanhoc.papers.metadata import metadata
from tuanhoc.schedule.documents import WRITERS, Edition, edition_of_release, schedule_letter, standing_edition
from tuanhoc.schedule.models import Release
from tuanhoc.web import clock


class Command(BaseCommand):
    help = "Lịch tổng hợp: xuất ra tệp (export)."

    def add_arguments(self, parser: CommandParser) -> None:
        export = parser.add_subparsers(dest="verb", required=True).add_parser("export", help="xuất lịch tổng hợp")
        export.add_argument("--campaign", required=True, help="mã đợt")
        export.add_argument("--format", required=True, choices=sorted(WRITERS), help="định dạng tệp")
        export.add_argument("--release", type=int, help="lần ban hành; không ghi là lịch hiện tại (dự thảo)")
        export.add_argument("--metadata", action="store_true", help="ghi thêm TỆP.json: dữ liệu đặc tả của văn bản")
        export.add_argument("-o", "--output", required=True, type=Path, help="tệp ghi ra")

    def handle(self, *args: Any, **options: Any) -> None:
        edition = self._edition(options["campaign"], options.get("release"))
        output: Path = options["output"]
        try:
            output.write_bytes(WRITERS[options["format"]](edition))
            if options.get("metadata"):
                said = json.dumps(metadata(schedule_letter(edition)), ensure_ascii=False, indent=2)
                output.with_name(f"{output.name}.json").write_text(f"{said}\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"Không ghi được tệp {output}: {error.strerror}.") from error
        self.stdout.write(f"{len(edition.standing)} hoạt động → {output}")

    def _edition(self, code: str, number: int | None) -> Edition:
        campaign = Campaign.objects.select_related("province", "coordinator").filter(code=code).first()
        if campaign is None:
            raise CommandError(f"Không có đợt nào mang mã “{code}”.")
        if number is None:
            return standing_edition(campaign, at=clock.now())
        release = Release.objects.select_related("campaign__province", "campaign__coordinator").filter(
            campaign=campaign, number=number
        )
        found = release.first()
        if found is None:
            raise CommandError(f"Đợt “{code}” chưa có lần ban hành {number}.")
        return edition_of_release(found)
