"""Servers beside: mail out, mail in, the virus scanner. Each waited for a few seconds, nothing sent unless asked."""

import datetime as dt
import smtplib
from collections.abc import Iterator

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from tuanhoc.files import queries as files
from tuanhoc.intake.actions import fetching
from tuanhoc.lib.refusal import Refusal
from tuanhoc.web import clock

from .finding import PATIENCE, Finding, bad, good, note

SIGNATURES_ARE_OLD = dt.timedelta(days=3)


def post() -> Iterator[Finding]:
    """The mail server answers and lets us in; nothing is sent."""
    subject = "SMTP"
    if not settings.EMAIL_BACKEND.endswith(".smtp.EmailBackend"):
        yield note(
            subject, _("thư không được gửi đi thật (%(backend)s)") % {"backend": settings.EMAIL_BACKEND.split(".")[-2]}
        )
        return
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=PATIENCE) as server:
            server.ehlo()
            if settings.EMAIL_USE_TLS:
                server.starttls()
                server.ehlo()
            if settings.EMAIL_HOST_USER:
                server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    except smtplib.SMTPAuthenticationError:
        yield bad(
            subject,
            _("%(where)s: sai tên hoặc mật khẩu") % {"where": where},
            "TUANHOC_SMTP_USER, TUANHOC_SMTP_PASSWORD_FILE",
        )
        return
    except (OSError, smtplib.SMTPException) as error:
        yield bad(subject, _("%(where)s: không kết nối được (%(why)s)") % {"where": where, "why": error},
                  "TUANHOC_SMTP_HOST, TUANHOC_SMTP_PORT, TUANHOC_SMTP_TLS")  # fmt: skip
        return
    yield good(subject, where)
    if (
        settings.EMAIL_HOST_USER
        and not settings.EMAIL_USE_TLS
        and settings.EMAIL_HOST not in {"localhost", "127.0.0.1"}
    ):
        yield bad(subject, _("mật khẩu đi không mã hóa"), "TUANHOC_SMTP_TLS=1")
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        yield bad("TUANHOC_MAIL_FROM", _("%(from)s: máy chủ khác sẽ từ chối") % {"from": settings.DEFAULT_FROM_EMAIL},
                  "tuanhoc@so.example.vn")  # fmt: skip


def trial_mail(to: str) -> Iterator[Finding]:
    """Send one mail to somebody who asked for it."""
    try:
        EmailMessage(
            subject=_("Thư thử của Tuần Học"),
            body=_("Thư này do quản trị hệ thống gửi để kiểm tra đường gửi thư. Không cần trả lời."),
            to=[to],
            headers={"Auto-Submitted": "auto-generated"},
        ).send()
    except (OSError, smtplib.SMTPException) as error:
        yield bad(_("Thư thử"), _("không gửi được tới %(to)s: %(why)s") % {"to": to, "why": error})
        return
    yield good(_("Thư thử"), _("máy chủ đã nhận, gửi tới %(to)s") % {"to": to})


def mailbox() -> Iterator[Finding]:
    """The mailbox opens, where one is named."""
    if not fetching.is_set():
        yield good("IMAP", _("không dùng"))
        return
    try:
        fetching.look(seconds=PATIENCE)
    except Refusal as refused:
        yield bad("IMAP", _(refused.message) % refused.params, "TUANHOC_IMAP_*")
        return
    yield good("IMAP", f"{settings.IMAP_HOST}:{settings.IMAP_PORT}, {settings.IMAP_FOLDER}")


def scanner() -> Iterator[Finding]:
    """The scanner answers, and its signatures are fresh."""
    state = files.scanner(seconds=PATIENCE)
    if state is None:
        yield note(
            "clamd", _("không dùng: tệp gửi lên không được quét vi-rút"), "apt install clamav-daemon; TUANHOC_CLAMD"
        )
    elif not state.answers:
        words = _("%(where)s không trả lời: bản đăng ký gửi lên nằm chờ, tệp khác bị từ chối") % {
            "where": settings.CLAMD
        }
        yield bad("clamd", words, "systemctl status clamav-daemon")
    elif state.signatures_of is None:
        yield note("clamd", _("không cho biết ngày của mẫu nhận dạng"), "systemctl status clamav-freshclam")
    else:
        words = _("mẫu nhận dạng ngày %(day)s") % {"day": f"{state.signatures_of:%d/%m/%Y}"}
        old = clock.machine().date() - state.signatures_of > SIGNATURES_ARE_OLD
        yield note("clamd", words, "systemctl status clamav-freshclam") if old else good("clamd", words)
