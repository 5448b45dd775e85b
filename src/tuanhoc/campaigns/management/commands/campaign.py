"""``tuanhoc campaign list|deadline|lock|unlock|close|reopen``."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tuanhoc.campaigns.models import Campaign

from . import _deadlines


class Command(BaseCommand):
    help = (
        "Các đợt Tuần lễ: danh sách (list), hạn (deadline), khóa (lock), mở cho đơn vị (unlock), đóng (close), "
        "mở lại (reopen)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        listing = verbs.add_parser("list", help="liệt kê các đợt")
        listing.add_argument("--json", action="store_true", help="in JSON")
        _deadlines.add_verbs(verbs)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] != "list":
            _deadlines.run(options, self.stdout)
            return
        campaigns = Campaign.objects.order_by("-starts_on", "pk")
        if options["json"]:
            rows = [{"code": c.code, "year": c.year, "title": c.title, "state": c.state} for c in campaigns]
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for campaign in campaigns:
            self.stdout.write(
                f"{campaign.code:<24} {campaign.year}  {campaign.get_state_display():<20} {campaign.title}"
            )
