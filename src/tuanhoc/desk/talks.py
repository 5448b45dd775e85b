"""Words about rows, as they come in from a page: said, or settled."""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.utils.translation import gettext as _

from tuanhoc.activities import actions
from tuanhoc.activities.models import Registration
from tuanhoc.activities.queries import Thread
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.text import without_controls

#: What a button of a thread may be called: ``comment:UID`` and ``settle:UID``.
DOES = frozenset({"comment", "settle"})


def take(
    registration: Registration, given: Mapping[str, str], *, by_reviewer: bool, by: Actor, at: dt.datetime
) -> str | None:
    """Do what a page's button asks about a thread; return what to say of it, None when it asks nothing of the kind.

    :raises Refusal: nothing was said, or the row is gone.
    """
    do, _sep, text = given.get("do", "").partition(":")
    uid = _uid(text)
    if do not in DOES or uid is None:
        return None
    if do == "settle":
        actions.settle_thread(registration, uid, by=by, at=at)
        return _("Đã đánh dấu là xong.")
    words = without_controls(given.get(f"c-{uid}", ""))
    actions.write_comment(registration, uid, words, by_reviewer=by_reviewer, by=by, at=at)
    return _("Đã ghi trao đổi; bên kia được báo qua thư, nhiều nhất mỗi giờ một lần.")


def typed(given: Mapping[str, str]) -> dict[str, str]:
    """Return what is written about rows and not sent, by the activity's uid as text."""
    return {name[2:]: text for name, text in given.items() if name.startswith("c-") and text.strip()}


def _uid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def anchor(given: Mapping[str, str]) -> str:
    """Return where on the page the row stands that a button is about, as the end of an address."""
    uid = _uid(given.get("do", "").partition(":")[2])
    return f"#dong-{uid}" if uid else ""


def without_row(threads: Mapping[uuid.UUID, Thread], standing: set[uuid.UUID]) -> list[Thread]:
    """Return what was said about rows that were taken out since, newest first."""
    gone = [thread for uid, thread in threads.items() if uid not in standing]
    return sorted(gone, key=lambda thread: (thread.last.written_at, thread.last.pk), reverse=True)
