"""What is missing, in words: each check one line, each with what to do, none waits long."""

from collections.abc import Callable, Iterator

from django.db import DatabaseError
from django.utils.translation import gettext as _

from . import database, folder, given, network, program, work
from .finding import SIGNS, Finding, Level, bad

__all__ = ["SIGNS", "Finding", "Level", "examined"]

_BESIDE = (
    program.python, program.furniture, program.helpers, given.secrets, given.addresses, given.names,
    folder.data, folder.last_backup, network.post, network.mailbox, network.scanner,
)  # fmt: skip
_IN_THE_DATABASE = (
    database.protection,
    database.clocks,
    work.worker,
    work.waiting,
    work.failures,
    work.people,
    work.holidays,
)


def examined(*, send_to: str = "") -> Iterator[Finding]:
    """Give all findings, in the order of what rests on what. ``send_to``: an address one trial mail is sent to."""
    for check in _BESIDE:
        yield from _looked(check)
    if send_to:
        yield from network.trial_mail(send_to)
    if why := database.silence():
        # The same sentence nine times helps nobody.
        yield bad(_("Cơ sở dữ liệu"), _("không trả lời: %(why)s") % {"why": why}, "TUANHOC_DATABASE_URL")
        return
    yield from _looked(database.engine)
    tables = list(_looked(database.migrations))
    yield from tables
    if tables[0].level is not Level.BAD:
        for check in _IN_THE_DATABASE:
            yield from _looked(check)


def _looked(check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """Give a check's findings; one that breaks off is a finding too."""
    try:
        yield from check()
    except (DatabaseError, OSError) as error:
        subject = _("Cơ sở dữ liệu") if isinstance(error, DatabaseError) else _("Máy này")
        yield bad(subject, database.first_line(error), _("Xem nhật ký chương trình."))
