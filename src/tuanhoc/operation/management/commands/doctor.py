"""``tuanhoc doctor``: what is missing, a line each, with what to do. Exit 1 when something does not work."""

import json
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from tuanhoc.operation.doctor import SIGNS, Finding, Level, examined


class Command(BaseCommand):
    help = "Kiểm tra máy chủ: thiếu gì, nói bằng lời, cách làm."
    #: It says itself what is wrong, in Vietnamese.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
        parser.add_argument("--send-to", default="", metavar="ADDRESS", help="gửi thật một thư thử tới địa chỉ này")

    def handle(self, *args: Any, send_to: str = "", **options: Any) -> None:
        if send_to:
            try:
                validate_email(send_to)
            except ValidationError as wrong:
                raise CommandError(_("“%(to)s” không phải là địa chỉ thư.") % {"to": send_to}, returncode=2) from wrong
        found = []
        for finding in examined(send_to=send_to):
            found.append(finding)
            if not options["json"]:
                self._show(finding)
        wrong_count = sum(finding.level is Level.BAD for finding in found)
        noted_count = sum(finding.level is Level.NOTE for finding in found)
        if options["json"]:
            self.stdout.write(json.dumps({"findings": [asdict(finding) for finding in found]}, ensure_ascii=False))
        else:
            self.stdout.write("")
        said = {"wrong": wrong_count, "noted": noted_count}
        if wrong_count:
            raise CommandError(_("%(wrong)s chỗ cần sửa, %(noted)s chỗ nên xem.") % said)
        if not options["json"]:
            self.stdout.write(_("Không có chỗ nào cần sửa, %(noted)s chỗ nên xem.") % said)

    def _show(self, finding: Finding) -> None:
        self.stdout.write(f"{SIGNS[finding.level]} {finding.subject}: {finding.words}")
        if finding.advice:
            self.stdout.write(f"    → {finding.advice}")
        self.stdout.flush()
