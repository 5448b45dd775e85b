"""``tuanhoc restore FILE``: a backup into an empty database, or, its name typed, in the place of one that is not."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils.translation import gettext as _

from tuanhoc.lib.numbers import grouped
from tuanhoc.lib.refusal import Refusal
from tuanhoc.operation.backup import archive, restoring


class Command(BaseCommand):
    help = "Khôi phục bản sao lưu vào cơ sở dữ liệu trống (SQLite hoặc PostgreSQL), được tất cả hoặc không gì cả."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="bản sao lưu")
        parser.add_argument(
            "--replace", metavar="NAME", nargs="?", const="", help="thay dữ liệu đang có; NAME là tên cơ sở dữ liệu"
        )

    def handle(self, *args: Any, file: Path, replace: str | None = None, **options: Any) -> None:
        if replace == "":
            replace = self._asked()
        try:
            with archive.opened(file) as read:
                restoring.restore(read, say=self._say, replace=replace)
                manifest = read.manifest
        except Refusal as refused:
            raise CommandError(_(refused.message) % refused.params) from refused
        except OSError as error:
            raise CommandError(
                _("%(name)s: %(why)s. Không có gì thay đổi.") % {"name": file, "why": error.strerror}
            ) from error
        self.stdout.write(
            _("Đã khôi phục %(rows)s dòng của %(tables)s bảng và %(files)s tệp, số lượng và mã băm khớp.")
            % {
                "rows": grouped(sum(part.count for part in manifest.tables.values())),
                "tables": len(manifest.tables),
                "files": grouped(manifest.files.count),
            }
        )
        self.stdout.write(_("Mọi người cần đăng nhập lại. Kiểm tra máy chủ bằng “tuanhoc doctor”."))

    def _asked(self) -> str:
        name = restoring.name_of(connection)
        self.stderr.write(_("Toàn bộ dữ liệu trong “%(name)s” sẽ bị thay. Gõ lại tên đó để đồng ý:") % {"name": name})
        return input().strip()

    def _say(self, words: str) -> None:
        self.stderr.write(words)
