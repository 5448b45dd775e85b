"""``tuanhoc mail fetch [--once|--every N]``, ``mail receive --listen HOST:PORT``, ``mail drop FILE… --campaign C``."""

import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections, connections

from tuanhoc.campaigns.access import actor_named
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.intake.actions import drops, fetching
from tuanhoc.intake.actions.mail_reading import read_waiting, take_mail
from tuanhoc.intake.actions.mails import MAILBOX, Came
from tuanhoc.intake.actions.uploads import MOST_ZIP_BYTES, Upload
from tuanhoc.intake.mail import is_maildir, is_mbox, messages_in_maildir, messages_of
from tuanhoc.intake.mail.receiver import door
from tuanhoc.intake.models import MailMessage
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import Refusal
from tuanhoc.web import clock


class Command(BaseCommand):
    help = "Thư đến: lấy từ hộp thư (fetch), nhận từ máy chủ thư (receive), đưa tệp thư vào (drop)."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        fetch = verbs.add_parser("fetch", help="lấy thư mới từ hộp thư IMAP đã khai báo")
        how = fetch.add_mutually_exclusive_group()
        how.add_argument("--once", action="store_true", help="một lần rồi dừng (mặc định)")
        how.add_argument("--every", type=int, metavar="N", help="lặp lại sau mỗi N giây, đến khi được bảo dừng")
        receive = verbs.add_parser("receive", help="nhận thư qua SMTP từ máy chủ thư đứng trước")
        receive.add_argument("--listen", required=True, metavar="HOST:PORT", help="ví dụ 127.0.0.1:2525")
        drop = verbs.add_parser("drop", help="đưa tệp .eml, .mbox, .zip, hoặc thư mục Maildir vào một đợt")
        drop.add_argument("files", nargs="+", type=Path, metavar="FILE")
        drop.add_argument("--campaign", required=True, help="mã đợt")
        drop.add_argument("--as", dest="as_whom", default="", metavar="SEAT", help="địa chỉ thư hoặc số vai trò")

    def handle(self, *args: Any, **options: Any) -> None:
        verb = {"fetch": self._fetch, "receive": self._receive, "drop": self._drop}[options["verb"]]
        try:
            verb(options)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal

    def _fetch(self, options: dict[str, Any]) -> None:
        every = options["every"]
        stop = _told_to_stop()
        while True:
            close_old_connections()
            try:
                came = fetching.fetch_mail(fetching.account(), by=MAILBOX, at=clock.now(), machine=clock.machine())
                read = read_waiting(at=clock.now(), machine=clock.machine(), most=fetching.MOST)
                self.stdout.write(f"Thư mới: {len(came.new)}, đã có: {len(came.known)}, vừa đọc: {read}.")
            except Refusal as refusal:
                if not every:
                    raise
                self.stderr.write(str(refusal))
            if not every or stop.wait(every):
                return

    def _receive(self, options: dict[str, Any]) -> None:
        host, _, port = options["listen"].rpartition(":")
        if not host or not port.isdecimal() or not settings.MAIL_RECIPIENTS:
            why = (
                "--listen cần dạng HOST:PORT." if settings.MAIL_RECIPIENTS else "Chưa khai báo TUANHOC_MAIL_RECIPIENTS."
            )
            raise CommandError(why, returncode=2)
        stop = _told_to_stop()
        controller = door(
            keep_from_server, host=host, port=int(port), ours=settings.MAIL_RECIPIENTS,
            most_bytes=settings.MAX_MAIL_BYTES,
        )  # fmt: skip
        try:
            controller.start()
        except OSError as error:
            raise CommandError(f"Không mở được cổng {options['listen']}: {error.strerror}.") from error
        self.stdout.write(f"Đang nhận thư ở {options['listen']} cho {', '.join(settings.MAIL_RECIPIENTS)}.")
        self.stdout.flush()
        stop.wait()
        controller.stop()

    def _drop(self, options: dict[str, Any]) -> None:
        campaign = Campaign.objects.select_related("province", "coordinator").filter(code=options["campaign"]).first()
        if campaign is None:
            raise CommandError(f"Không có đợt “{options['campaign']}”.")
        by = actor_named(options["as_whom"])
        into = drops.Into(campaign, RosterUnit.objects.filter(campaign=campaign), None, clock.now())
        _may(by, campaign)
        came = drops.take_at_once(_uploads(options["files"]), into, by=by, at=clock.now(), machine=clock.machine())
        got = came.received
        self.stdout.write(
            f"Thư: {len(came.mails)} mới, {len(came.mails_known)} đã có. Tệp: {len(got.read)} đọc được, "
            f"{len(got.unreadable)} không đọc được, {len(got.known_before) + len(got.same_content)} đã có từ trước."
        )


def _may(by: Actor, campaign: Campaign) -> None:
    if not (by.is_operator or by.coordinates(campaign.pk)):
        raise CommandError("Người này không điều phối đợt.")


def keep_from_server(raw: bytes) -> None:
    """Keep a message handed over by a mail server, in a thread of its own; raises when it is not kept for good."""
    try:
        close_old_connections()
        take_mail(raw, Came(MailMessage.Via.SMTP, arrived_at=clock.now()), by=MAILBOX, at=clock.now())
    finally:
        connections.close_all()


def _uploads(paths: list[Path]) -> Iterator[Upload]:
    for path in paths:
        try:
            yield from _of(path)
        except OSError as error:
            raise CommandError(f"Không mở được “{path}”: {error.strerror}.") from error


def _of(path: Path) -> Iterator[Upload]:
    if is_maildir(path):
        for piece in messages_in_maildir(path):
            yield Upload(piece.name, piece.raw)
        return
    with path.open("rb") as file:
        start = file.read(1_000)
        file.seek(0)
        if is_mbox(start):
            for piece in messages_of(file, path.name):
                yield Upload(piece.name, piece.raw)
        else:
            yield Upload(path.name, file.read(MOST_ZIP_BYTES + 1))


def _told_to_stop() -> threading.Event:
    stop = threading.Event()
    if threading.current_thread() is threading.main_thread():
        for told in (signal.SIGINT, signal.SIGTERM):
            signal.signal(told, lambda *_: stop.set())
    return stop
