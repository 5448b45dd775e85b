"""``tuanhoc schedule export --campaign C [--release N] --format docx|pdf|xlsx|csv|ics [--metadata] -o FILE``,
``tuanhoc schedule compare FILE --campaign C [--json]``.
"""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tuanhoc.campaigns.models import Campaign
from tuanhoc.lib.actor import SYSTEM
from tuanhoc.lib.refusal import Refusal
from tuanhoc.papers.metadata import metadata
from tuanhoc.papers.reading import read_apart
from tuanhoc.schedule.documents import (
    WRITERS,
    Edition,
    edition_of_release,
    kept_as_printed,
    schedule_letter,
    standing_edition,
)
from tuanhoc.schedule.documents.edited import understood
from tuanhoc.schedule.documents.edited_words import as_json, as_lines
from tuanhoc.schedule.models import Release
from tuanhoc.web import clock


class Command(BaseCommand):
    help = "Lịch tổng hợp: xuất ra tệp (export), so bản Word đã sửa (compare)."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        compare = verbs.add_parser("compare", help="cho biết bản Word đã sửa đổi gì, không ghi gì vào lịch")
        compare.add_argument("file", type=Path, help="lịch tổng hợp đã sửa: .docx (hoặc .doc, .odt, .rtf)")
        compare.add_argument("--campaign", required=True, help="mã đợt")
        compare.add_argument("--json", action="store_true", help="in JSON")
        export = verbs.add_parser("export", help="xuất lịch tổng hợp")
        export.add_argument("--campaign", required=True, help="mã đợt")
        export.add_argument("--format", required=True, choices=sorted(WRITERS), help="định dạng tệp")
        export.add_argument("--release", type=int, help="lần ban hành; không ghi là lịch hiện tại (dự thảo)")
        export.add_argument("--metadata", action="store_true", help="ghi thêm TỆP.json: dữ liệu đặc tả của văn bản")
        export.add_argument("-o", "--output", required=True, type=Path, help="tệp ghi ra")

    def handle(self, *args: Any, **options: Any) -> None:
        campaign = Campaign.objects.select_related("province", "coordinator").filter(code=options["campaign"]).first()
        if campaign is None:
            raise CommandError(f"Không có đợt nào mang mã “{options['campaign']}”.")
        if options["verb"] == "compare":
            self._compare(options["file"], campaign, as_text=not options["json"])
        else:
            self._export(campaign, options)

    def _compare(self, path: Path, campaign: Campaign, *, as_text: bool) -> None:
        try:
            found = understood(read_apart(path.read_bytes(), path.name), campaign, at=clock.now())
        except OSError as error:
            raise CommandError(f"Không mở được tệp “{path}”.") from error
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        said = as_json(found)
        self.stdout.write(as_lines(said) if as_text else json.dumps(said, ensure_ascii=False))

    def _export(self, campaign: Campaign, options: dict[str, Any]) -> None:
        edition = self._edition(campaign, options.get("release"), options["format"])
        output: Path = options["output"]
        try:
            output.write_bytes(WRITERS[options["format"]](edition))
            if options.get("metadata"):
                said = json.dumps(metadata(schedule_letter(edition)), ensure_ascii=False, indent=2)
                output.with_name(f"{output.name}.json").write_text(f"{said}\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"Không ghi được tệp {output}: {error.strerror}.") from error
        self.stdout.write(f"{len(edition.standing)} hoạt động → {output}")

    def _edition(self, campaign: Campaign, number: int | None, kind: str) -> Edition:
        if number is None:
            edition = standing_edition(campaign, at=clock.now())
            return kept_as_printed(edition, campaign, by=SYSTEM, at=edition.at) if kind == "docx" else edition
        release = Release.objects.select_related("campaign__province", "campaign__coordinator").filter(
            campaign=campaign, number=number
        )
        found = release.first()
        if found is None:
            raise CommandError(f"Đợt “{campaign.code}” chưa có lần ban hành {number}.")
        return edition_of_release(found)
