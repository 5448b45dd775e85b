"""``tuanhoc annex blank --campaign C --unit KEY -o FILE.docx``: the form a unit fills in."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tuanhoc.activities.documents import blank_annex
from tuanhoc.campaigns.models import Campaign
from tuanhoc.papers.docx import to_docx
from tuanhoc.units.models import Unit


class Command(BaseCommand):
    help = "Phụ lục đăng ký: xuất mẫu trống (blank)."

    def add_arguments(self, parser: CommandParser) -> None:
        blank = parser.add_subparsers(dest="verb", required=True).add_parser("blank", help="mẫu trống của một đơn vị")
        blank.add_argument("--campaign", required=True, help="mã đợt")
        blank.add_argument("--unit", required=True, help="mã đơn vị")
        blank.add_argument("-o", "--output", required=True, type=Path, help="tệp .docx ghi ra")

    def handle(self, *args: Any, **options: Any) -> None:
        campaign = Campaign.objects.select_related("coordinator").filter(code=options["campaign"]).first()
        if campaign is None:
            raise CommandError(f"Không có đợt nào mang mã “{options['campaign']}”.")
        word = to_docx(
            blank_annex(
                unit_name=_name(campaign, options["unit"]),
                year=campaign.year,
                starts_on=campaign.starts_on,
                ends_on=campaign.ends_on,
                closes_at=campaign.registration_closes_at,
                coordinator=campaign.coordinator.name,
            )
        )
        try:
            options["output"].write_bytes(word)
        except OSError as refused:
            raise CommandError(f"Không ghi được tệp “{options['output']}”.") from refused
        self.stdout.write(f"Mẫu trống → {options['output']}")


def _name(campaign: Campaign, key: str) -> str:
    """Return the unit's name as the roster has it; before the call opens, as the list of units has it."""
    host = campaign.roster.filter(unit__key=key).first()
    if host is not None:
        return host.name
    unit = Unit.objects.filter(key=key).first()
    if unit is None or campaign.opened_at is not None:
        raise CommandError(f"Không có đơn vị nào mang mã “{key}” trong đợt “{campaign.code}”.")
    return str(unit)
