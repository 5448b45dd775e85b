"""``tuanhoc sample ensure`` builds the sample Week when it is not there; ``tuanhoc sample stage SLUG`` jumps."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from tuanhoc.lib.refusal import Refusal
from tuanhoc.sample import actions, rules


class Command(BaseCommand):
    help = "Tuần lễ mẫu: dựng khi chưa có (ensure), nhảy tới một thời điểm (stage)."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("ensure", help="dựng dữ liệu mẫu nếu chưa có")
        stage = verbs.add_parser("stage", help="nhảy tới một thời điểm; những gì đã thử sẽ mất")
        stage.add_argument("slug", choices=[stage.slug for stage in rules.STAGES])

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["verb"] == "ensure":
                actions.ensure(self._say)
                return
            stage = next(stage for stage in rules.STAGES if stage.slug == options["slug"])
            actions.jump_to(stage)
        except Refusal as refusal:
            raise CommandError(_(refusal.message)) from refusal
        except KeyboardInterrupt:
            raise CommandError(_("Đã dừng theo yêu cầu. Nếu đang dựng dở, lần chạy sau sẽ dựng lại từ đầu.")) from None
        self.stdout.write(f"{_(stage.title)}: {stage.at:%H:%M %d/%m/%Y} ({settings.DATA_DIR})")

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
