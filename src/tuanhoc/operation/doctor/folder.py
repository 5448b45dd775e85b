"""The data folder, and the last backup."""

import datetime as dt
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from tuanhoc.operation.backup import marker
from tuanhoc.web import clock

from .finding import Finding, bad, good, note

GIGABYTE = 1024**3
#: Below the first nothing works for long, below the second a Week of scans may not fit.
LEAST, LITTLE = GIGABYTE // 2, 5 * GIGABYTE
BACKUP_IS_OLD = dt.timedelta(days=2)


def data() -> Iterator[Finding]:
    """The folder is there, is ours alone, and has room."""
    folder, subject = Path(settings.DATA_DIR), "TUANHOC_DATA"
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        yield bad(subject, _("%(folder)s: không có, hoặc không ghi được") % {"folder": folder}, f"chown … {folder}")
        return
    files = folder / "files"
    if files.is_dir() and not os.access(files, os.W_OK | os.X_OK):
        yield bad(subject, _("%(folder)s: không ghi được") % {"folder": files}, f"chown -R … {files}")
    if folder.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH):
        yield note(
            subject, _("%(folder)s: người dùng khác trên máy đọc được") % {"folder": folder}, f"chmod 700 {folder}"
        )
    free = shutil.disk_usage(folder).free
    words = _("%(folder)s, còn trống %(free).1f GB") % {"folder": folder, "free": free / GIGABYTE}
    if free < LEAST:
        yield bad(subject, words, _("Dọn đĩa ngay: sắp không nhận được tệp."))
    elif free < LITTLE:
        yield note(subject, words, _("Nên có trên 5 GB."))
    else:
        yield good(subject, words)


def last_backup() -> Iterator[Finding]:
    """A backup was made lately; told by the mark each leaves."""
    subject, made = _("Sao lưu"), marker.last()
    if made is None:
        yield note(
            subject, _("chưa có lần nào ghi nhận được"), _("tuanhoc backup FILE, hằng đêm bằng tuanhoc-backup.timer")
        )
        return
    age = clock.machine() - made.at
    words = _("lần cuối %(at)s: %(file)s") % {"at": made.at.astimezone().strftime("%H:%M %d/%m/%Y"), "file": made.file}
    yield (note(subject, words, _("Đã quá hai ngày.")) if age > BACKUP_IS_OLD else good(subject, words))
