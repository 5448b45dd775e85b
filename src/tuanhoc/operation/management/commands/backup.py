"""``tuanhoc backup FILE``: database and files in one file, while the service runs; ``--check FILE`` reads one again."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _

from tuanhoc.lib.numbers import grouped
from tuanhoc.lib.refusal import Refusal
from tuanhoc.operation.backup import archive, marker, writing
from tuanhoc.web import clock

MEGABYTE = 1024 * 1024


class Command(BaseCommand):
    help = "Sao lưu cơ sở dữ liệu và tệp vào một tệp, trong lúc chương trình vẫn chạy."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="tệp .zip ghi ra, hoặc đọc lại với --check")
        parser.add_argument("--check", action="store_true", help="chỉ đọc lại bản sao lưu và đối chiếu, không ghi gì")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
        parser.add_argument("--quiet", action="store_true", help=argparse.SUPPRESS)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            if options["check"]:
                self._check(file, options)
            else:
                self._write(file, options)
        except Refusal as refused:
            raise CommandError(_(refused.message) % refused.params) from refused
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except DatabaseError as error:
            raise CommandError(_("Cơ sở dữ liệu từ chối: %(why)s") % {"why": str(error).splitlines()[0]}) from error

    def _say(self, words: str) -> None:
        self.stderr.write(words)

    def _write(self, file: Path, options: dict[str, Any]) -> None:
        silent = options["quiet"] or options["json"]
        written = writing.write(file, at=clock.machine(), say=(lambda words: None) if silent else self._say)
        marker.leave(file.resolve(), sha256=written.sha256, at=clock.machine())
        if options["json"]:
            self.stdout.write(json.dumps(asdict(written) | {"file": str(file)}))
        else:
            self.stdout.write(
                _("Đã sao lưu %(rows)s dòng của %(tables)s bảng và %(files)s tệp vào %(name)s (%(size)s MB).")
                % {
                    "rows": grouped(written.rows),
                    "tables": written.tables,
                    "files": grouped(written.files),
                    "name": file,
                    "size": grouped(-(-written.size // MEGABYTE)),
                }
            )
            self.stdout.write(f"SHA-256 {written.sha256}")
        if written.gone:
            self.stderr.write(
                _("Lưu ý: %(count)s tệp không còn trong thư mục lưu trữ, bản sao lưu ghi nhận như vậy: %(first)s")
                % {"count": len(written.gone), "first": written.gone[0]}
            )
        if written.damaged:
            raise CommandError(
                _("%(count)s tệp trên đĩa có nội dung khác mã băm của nó, có thể đĩa bị lỗi: %(first)s")
                % {"count": len(written.damaged), "first": written.damaged[0]}
            )

    def _check(self, file: Path, options: dict[str, Any]) -> None:
        with archive.opened(file) as read:
            read.check()
            manifest = read.manifest
        rows = sum(part.count for part in manifest.tables.values())
        if options["json"]:
            said = {"version": manifest.version, "made_at": manifest.made_at, "vendor": manifest.vendor}
            counts = {name: asdict(part) for name, part in manifest.tables.items()}
            self.stdout.write(json.dumps(said | {"tables": counts, "files": manifest.files.count}))
            return
        self.stdout.write(
            _(
                "Bản sao lưu nguyên vẹn: %(rows)s dòng của %(tables)s bảng, %(files)s tệp, "
                "phiên bản %(version)s, lúc %(at)s."
            )
            % {
                "rows": grouped(rows),
                "tables": len(manifest.tables),
                "files": grouped(manifest.files.count),
                "version": manifest.version,
                "at": manifest.made_at,
            }
        )
