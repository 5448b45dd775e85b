"""The database: there, at this version, set so that nothing is lost, and the journal out of the application's reach."""

import datetime as dt
import sqlite3
import zoneinfo
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from tuanhoc.journal import actions as journal
from tuanhoc.operation.readiness import waiting_migrations
from tuanhoc.web import clock

from .finding import Finding, bad, good, note

#: PostgreSQL's first version with all we use; Django says so too.
OLDEST_POSTGRESQL = 14_00_00
SKEW = dt.timedelta(seconds=5)


def silence() -> str:
    """Return why the database does not answer, blank when it does."""
    try:
        _asked("SELECT 1")
    except (DatabaseError, OSError) as error:
        return first_line(error)
    return ""


def first_line(error: Exception) -> str:
    """Return the first line of what went wrong."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def engine() -> Iterator[Finding]:
    """The database answers, and keeps what it took."""
    if connection.vendor == "sqlite":
        yield from _sqlite()
    else:
        yield from _postgresql()


def _sqlite() -> Iterator[Finding]:
    journal_mode, synchronous = _asked("PRAGMA journal_mode"), int(_asked("PRAGMA synchronous"))
    words = f"SQLite {sqlite3.sqlite_version}, {journal_mode}, synchronous={synchronous}"
    if journal_mode not in {"wal", "memory"}:
        yield bad(_("Cơ sở dữ liệu"), words, _("Cần WAL: tệp phải nằm trên đĩa của chính máy này, không phải ổ mạng."))
    elif synchronous < 2:
        yield bad(_("Cơ sở dữ liệu"), words, _("Cần synchronous=FULL: mất điện có thể mất lần nộp vừa xác nhận."))
    else:
        yield good(_("Cơ sở dữ liệu"), words)
    if (wrong := _asked("PRAGMA quick_check(1)")) != "ok":
        yield bad(_("Cơ sở dữ liệu"), _("tệp bị hỏng: %(what)s") % {"what": wrong}, _("Khôi phục từ bản sao lưu."))


def _postgresql() -> Iterator[Finding]:
    version = int(_asked("SHOW server_version_num"))
    whose = _asked("SELECT current_user || '@' || current_database()")
    words = f"PostgreSQL {_asked('SHOW server_version')}, {whose}"
    if version < OLDEST_POSTGRESQL:
        yield bad(_("Cơ sở dữ liệu"), words, _("Cần PostgreSQL 14 trở lên."))
    elif _asked("SHOW server_encoding") != "UTF8":
        yield bad(_("Cơ sở dữ liệu"), _("%(words)s: không phải UTF8") % {"words": words}, "createdb -E UTF8")
    else:
        yield good(_("Cơ sở dữ liệu"), words)
    if _asked("SHOW fsync") != "on" or _asked("SHOW synchronous_commit") == "off":
        yield bad(_("Cơ sở dữ liệu"), _("fsync hoặc synchronous_commit đang tắt: mất điện có thể mất dữ liệu"),
                  "fsync = on, synchronous_commit = on")  # fmt: skip
    if _asked("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
        yield note(
            _("Vai trò"),
            _("ứng dụng dùng vai trò có mọi quyền (superuser)"),
            _("Dùng vai trò riêng: docs/operate/postgresql.md"),
        )


def migrations() -> Iterator[Finding]:
    """The tables are those of this version."""
    waiting = waiting_migrations()
    if waiting:
        names = ", ".join(waiting[:3]) + (" …" if len(waiting) > 3 else "")
        yield bad(_("Bảng"), _("chưa nâng cấp: %(names)s") % {"names": names}, "tuanhoc migrate")
    else:
        yield good(_("Bảng"), _("đúng phiên bản"))


def protection() -> Iterator[Finding]:
    """The journal cannot be changed by the application."""
    subject, how = _("Nhật ký"), journal.protection_of_journal()
    if not how.has_triggers:
        yield bad(subject, _("cơ sở dữ liệu không chặn sửa, xóa"), "tuanhoc protect")
    elif how.vendor == "sqlite":
        yield good(subject, _("chặn sửa, xóa; ai ghi được tệp SQLite thì vẫn gỡ được"))
    elif how.owns:
        yield note(subject, _("chặn sửa, xóa; nhưng ứng dụng dùng vai trò sở hữu bảng nên gỡ được"),
                   _("Dùng vai trò riêng: docs/operate/postgresql.md"))  # fmt: skip
    elif how.may:
        yield bad(subject, _("vai trò của ứng dụng có quyền %(rights)s") % {"rights": ", ".join(sorted(how.may))},
                  "tuanhoc protect --role …")  # fmt: skip
    else:
        yield good(subject, _("vai trò của ứng dụng chỉ đọc và ghi thêm được"))


def clocks() -> Iterator[Finding]:
    """The database's clock and this machine's agree; time zones are known."""
    try:
        zoneinfo.ZoneInfo(settings.TIME_ZONE)
    except zoneinfo.ZoneInfoNotFoundError:
        yield bad(_("Múi giờ"), _("không có dữ liệu múi giờ"), "apt install tzdata")
    if connection.vendor == "sqlite":
        yield good(
            _("Đồng hồ"),
            clock.machine().astimezone(zoneinfo.ZoneInfo(settings.TIME_ZONE)).strftime("%H:%M:%S %d/%m/%Y"),
        )
        return
    theirs = _asked("SELECT clock_timestamp()")
    apart = abs(clock.machine() - theirs)
    if apart > SKEW:
        words = _("máy này và cơ sở dữ liệu lệch nhau %(seconds).0f giây") % {"seconds": apart.total_seconds()}
        yield bad(_("Đồng hồ"), words, _("Bật đồng bộ giờ (chrony, systemd-timesyncd) trên cả hai máy."))
    else:
        yield good(_("Đồng hồ"), _("khớp với cơ sở dữ liệu"))


def _asked(question: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
