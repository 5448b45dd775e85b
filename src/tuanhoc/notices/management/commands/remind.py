"""``tuanhoc remind --campaign CODE --dry-run|--send [--as SEAT] [--json]``: today's reminders, as the button sends."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import Http404

from tuanhoc.campaigns.access import actor_named, campaign_for
from tuanhoc.campaigns.models import Campaign
from tuanhoc.lib.refusal import Refusal
from tuanhoc.notices.actions import reminding
from tuanhoc.notices.events import RoundPart
from tuanhoc.notices.queries import reminding as queries
from tuanhoc.notices.rules import ladder
from tuanhoc.outbox.actions import deliver_waiting
from tuanhoc.web import clock


class Command(BaseCommand):
    help = "Nhắc đăng ký: xem trước danh sách hôm nay (--dry-run) hoặc xếp thư để gửi (--send)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--campaign", required=True, help="mã đợt")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--dry-run", action="store_true", help="chỉ xem trước, không gửi")
        what.add_argument("--send", action="store_true", help="xếp các thư vào hàng đợi")
        parser.add_argument("--as", dest="as_whom", default="", metavar="SEAT", help="địa chỉ thư hoặc số vai trò")
        parser.add_argument("--json", action="store_true", help="in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        at = clock.now()
        try:
            by = actor_named(options["as_whom"])
            campaign = self._campaign(by, options["campaign"])
            plan = queries.today(campaign, at=at).plan
            if options["send"]:
                reminding.send_round(campaign, by=by, at=at, due_at=clock.machine())
                # Nobody waits for a page here: what is printed as queued is queued.
                deliver_waiting(at=at, kind=RoundPart)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self._print(plan, sent=options["send"], as_json=options["json"])

    def _campaign(self, by: Any, code: str) -> Campaign:
        try:
            return campaign_for(by, code)
        except Http404 as error:
            raise CommandError(f"Không có đợt nào mang mã “{code}” mà vai trò này điều phối.") from error

    def _print(self, plan: ladder.DayPlan, *, sent: bool, as_json: bool) -> None:
        letters = [
            {
                "to": one.to.email, "name": one.to.name,
                "units": [{"name": due.unit.name, "step": due.step.code, "state": due.unit.state} for due in one.own],
                "below": [due.unit.name for due in one.below],
            }
            for one in plan.digests
        ]  # fmt: skip
        unreached = [due.unit.name for due in plan.unreached]
        if as_json:
            told = {"sent": sent, "units": len(plan.units), "letters": letters, "unreached": unreached}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for one in plan.digests:
            units = ", ".join(f"{due.unit.name} ({due.step.code})" for due in one.own)
            below = f"nhờ hỗ trợ {len(one.below)} đơn vị" if one.below else ""
            self.stdout.write(f"{one.to.email:<36} {'; '.join(filter(None, (units, below)))}")
        for name in unreached:
            self.stdout.write(f"{'(thư không đến được)':<36} {name}")
        done = "đã xếp để gửi" if sent else "sẽ gửi"
        self.stdout.write(f"{len(plan.units)} đơn vị, {len(letters)} thư {done}; {len(unreached)} đơn vị cần gọi.")
