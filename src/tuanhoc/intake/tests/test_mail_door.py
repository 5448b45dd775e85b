"""A real exchange by SMTP on loopback: what is ours is kept before it is answered, the rest is refused."""

import smtplib
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections
from tests.builders import IN_TIME, week
from tests.form_files import word_form
from tests.imap_server import free_port
from tests.mails import eml

from tuanhoc.intake.actions.mail_reading import read_waiting
from tuanhoc.intake.mail.receiver import door
from tuanhoc.intake.management.commands import mail as command
from tuanhoc.intake.models import FormFile, MailMessage
from tuanhoc.web import clock

OURS = ["dangky@so.example"]


@contextmanager
def opened(keep, *, most_bytes=1_000_000):
    port = free_port()
    controller = door(keep, host="127.0.0.1", port=port, ours=OURS, most_bytes=most_bytes)
    controller.start()
    try:
        with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
            yield client
    finally:
        controller.stop(no_assert=True)


def send(client, raw, to="dangky@so.example", sender="lan@lamson.example"):
    return client.sendmail(sender, [to], raw)


def test_our_addresses_are_taken_whatever_their_tag_and_their_letters():
    kept = []
    with opened(kept.append) as client:
        send(client, b"Subject: x\r\n\r\nxin chao", to="DangKy+ninh-thuan-2022@so.example")
    assert kept == [
        b"Return-Path: <lan@lamson.example>\r\nX-Original-To: DangKy+ninh-thuan-2022@so.example\r\n"
        b"Subject: x\r\n\r\nxin chao\r\n"
    ]


def lines(raw):
    """Return a message as it goes over the wire."""
    return raw.replace(b"\n", b"\r\n")


def test_long_lines_of_other_mail_programs_are_borne():
    kept = []
    with opened(kept.append) as client:
        send(client, b"Subject: x\r\n\r\n" + b"x" * 20_000)
    assert len(kept) == 1


@pytest.mark.parametrize("to", ["ai@noi-khac.example", "so.example@dangky", "dangky@so.example.evil.example"])
def test_nothing_is_relayed(to):
    kept = []
    with opened(kept.append) as client, pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        send(client, b"Subject: x\r\n\r\nx", to=to)
    assert (refused.value.recipients[to][0], kept) == (550, [])


def test_a_message_too_large_is_refused_before_it_is_sent():
    kept = []
    with opened(kept.append, most_bytes=1_000) as client:
        with pytest.raises((smtplib.SMTPSenderRefused, smtplib.SMTPDataError)) as refused:
            send(client, b"Subject: x\r\n\r\n" + b"x" * 5_000)
        assert client.esmtp_features["size"] == "1000"
    assert (refused.value.smtp_code, kept) == (552, [])


def test_while_the_database_is_away_the_sender_keeps_the_message():
    def away(_):
        raise DatabaseError("away")

    with opened(away) as client, pytest.raises(smtplib.SMTPDataError) as put_off:
        send(client, b"Subject: x\r\n\r\nx")
    assert put_off.value.smtp_code == 451


@pytest.mark.django_db(transaction=True)
def test_what_was_answered_with_250_is_in_the_database(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)
    if connections["default"].vendor == "sqlite":
        # In memory a connection closed is a database lost.
        monkeypatch.setattr(command, "connections", SimpleNamespace(close_all=lambda: None))
        monkeypatch.setattr(command, "close_old_connections", lambda: None)
    campaign = week()
    raw = lines(eml(("a.docx", word_form("UBND xã Lâm Sơn"))))
    with opened(_keeper()) as client:
        assert send(client, raw, to="dangky+ninh-thuan-2022@so.example") == {}
    message = MailMessage.objects.get()
    assert (message.via, message.state, message.received_at) == ("smtp", MailMessage.State.KEPT, IN_TIME)
    read_waiting(at=IN_TIME, machine=clock.machine())
    form = FormFile.objects.get()
    assert (form.campaign, form.host.name, form.mail.why[0][0]) == (campaign, "UBND xã Lâm Sơn", "by_tag")


def _keeper():
    """Return what keeps: where the tests' database lies in memory, its one connection is lent to the door's thread."""
    real = connections["default"]
    if real.vendor != "sqlite":
        return command.keep_from_server
    real.inc_thread_sharing()

    def keep(raw):
        connections["default"] = real
        command.keep_from_server(raw)

    return keep


@pytest.mark.parametrize(("recipients", "listen"), [([], "127.0.0.1:2525"), (OURS, "2525"), (OURS, "127.0.0.1:smtp")])
def test_the_door_stays_shut_without_settings(settings, recipients, listen):
    settings.MAIL_RECIPIENTS = recipients
    with pytest.raises(CommandError) as refused:
        call_command("mail", "receive", "--listen", listen)
    assert refused.value.returncode == 2
