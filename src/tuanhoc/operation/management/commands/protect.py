"""``tuanhoc protect [--role ROLE]``: the journal's triggers, and what the application's role may do on PostgreSQL."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils.translation import gettext as _

from tuanhoc.journal import actions as journal
from tuanhoc.lib.refusal import Refusal
from tuanhoc.operation import roles


class Command(BaseCommand):
    help = "Bảo vệ nhật ký: cơ sở dữ liệu từ chối sửa, xóa; trên PostgreSQL cấp quyền cho vai trò của ứng dụng."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--role", default="", help="vai trò PostgreSQL mà ứng dụng dùng (không phải chủ sở hữu)")

    def handle(self, *args: Any, role: str = "", verbosity: int = 1, **options: Any) -> None:
        try:
            said = roles.let_work(role) if role else []
            if not role:
                journal.protect_journal()
        except Refusal as refused:
            raise CommandError(_(refused.message) % refused.params) from refused
        if verbosity:
            for statement in said:
                self.stdout.write(f"  {statement};")
            self.stdout.write(_("Nhật ký: chỉ ghi thêm được, không sửa, không xóa được."))
            if connection.vendor == "sqlite":
                self.stdout.write(
                    _("SQLite không phân quyền: ai ghi được tệp cơ sở dữ liệu thì vẫn gỡ được sự bảo vệ này.")
                )
