"""Forms whose file would do harm: kept apart, handed out with care. A part of ``intake.actions.forms``."""

import datetime as dt

from tuanhoc.files import actions as files
from tuanhoc.files.models import StoredFile
from tuanhoc.files.rules import has_active_content
from tuanhoc.intake.models import FormFile
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_, Refusal

from .understanding import Understood


class NeverHandedOut(Refusal):
    message = N_(
        "Phần mềm diệt vi-rút báo tệp này có mã độc nên hệ thống không giao lại. Vui lòng đề nghị đơn vị gửi tệp khác."
    )


class NotInQuarantine(Refusal):
    message = N_("Tệp này không bị cách ly: có thể tải về như mọi tệp khác.")


#: Said of a form that was read and carries what other programs would run.
ACTIVE = N_(
    "Tệp có macro hoặc đối tượng nhúng. Hệ thống chỉ đọc chữ, không chạy gì trong tệp; tệp gốc được cách ly để không "
    "ai mở nhầm."
)


def kept(data: bytes, understood: Understood, *, at: dt.datetime) -> StoredFile:
    """Keep a form's file: in quarantine when that is why it was not read, or when it carries macros or objects.

    :raises Refusal: too large, or nothing in it.
    """
    because = _because(data, understood)
    if because:
        return files.keep_in_quarantine(data, because=because, virus=_virus(understood.refusal), at=at)
    return files.keep(data, was_read=understood.refusal is None, at=at)


def settle(stored: StoredFile, understood: Understood, *, at: dt.datetime) -> None:
    """Put a file that was looked at again where it belongs now."""
    because = _because(files.contents_in_quarantine(stored), understood)
    if because:
        files.put_in_quarantine(stored, because=because, virus=_virus(understood.refusal), at=at)
    elif stored.is_quarantined:
        files.take_out_of_quarantine(stored)


def hand_out(form: FormFile, *, by: Actor, at: dt.datetime) -> bytes:
    """Give the original out of quarantine to somebody who asked for it by name; the journal knows who.

    :raises NeverHandedOut: a virus was found in it. :raises NotInQuarantine: it is an ordinary file, or gone.
    """
    stored = form.stored
    if stored is None or not stored.is_quarantined:
        raise NotInQuarantine
    if stored.virus:
        raise NeverHandedOut
    journal.write(
        "intake.form.hand_out_of_quarantine", by=by, on=form, unit_path=form.host.path if form.host else "", at=at,
        details={"name": form.name, "sha256": stored.sha256},
    )  # fmt: skip
    return files.contents_in_quarantine(stored)


def _because(data: bytes, understood: Understood) -> str:
    """Return why a file belongs into quarantine, blank when it does not."""
    if understood.refusal is not None and understood.refusal.is_hostile:
        return understood.refused_because
    return ACTIVE if has_active_content(data) else ""


def _virus(refusal: Refusal | None) -> str:
    return str(refusal.params["virus"]) if isinstance(refusal, files.Infected) else ""
