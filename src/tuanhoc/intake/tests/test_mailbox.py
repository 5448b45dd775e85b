"""A real mailbox on a real IMAP server: fetched, marked only after the commit, taken once whatever happens between."""

import datetime as dt
import io

import pytest
from django.core import mail as django_mail
from django.core.management import CommandError, call_command
from imap_tools import MailBox, MailMessageFlags
from tests.builders import IN_TIME, week
from tests.form_files import word_form
from tests.imap_server import imap_server
from tests.mails import eml

from tuanhoc.intake.actions import fetching
from tuanhoc.intake.actions.mails import MAILBOX
from tuanhoc.intake.checks import mailbox_is_reached_safely
from tuanhoc.intake.mail import imap
from tuanhoc.intake.models import FormFile, MailMessage
from tuanhoc.web import clock

pytestmark = [pytest.mark.django_db, pytest.mark.mailbox]


@pytest.fixture(scope="module")
def server():
    with imap_server() as running:
        yield running


@pytest.fixture(autouse=True)
def mailbox(server, settings, monkeypatch):
    """An empty mailbox, named in the settings."""
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)
    settings.IMAP_HOST, settings.IMAP_PORT, settings.IMAP_CA_FILE = "localhost", server.tls, server.ca_file
    settings.IMAP_USER, settings.IMAP_PASSWORD = server.user, server.password
    with box(server) as opened:
        for folder in ("INBOX", *(f.name for f in opened.folder.list() if f.name != "INBOX")):
            opened.folder.set(folder)
            opened.delete(opened.uids())
    return server


def box(server):
    import ssl

    context = ssl.create_default_context(cafile=server.ca_file)
    return MailBox("localhost", server.tls, ssl_context=context).login(server.user, server.password)


def put(server, *messages):
    with box(server) as opened:
        for raw in messages:
            opened.append(raw, "INBOX", dt=IN_TIME)


def lan(n=1, unit="UBND xã Lâm Sơn"):
    return eml((f"lich {n}.docx", word_form(unit)), message_id=f"<{n}@lamson.example>", subject=f"Lịch {n}")


def fetched():
    return fetching.fetch_mail(fetching.account(), by=MAILBOX, at=IN_TIME, machine=clock.machine())


def test_new_messages_are_kept_over_tls_and_left_unread_for_people(server):
    week()
    put(server, lan(1), lan(2, "UBND xã Nhơn Hải"))
    came = fetched()
    assert [(m.subject, m.via, m.received_at) for m in came.new] == [
        ("Lịch 1", "imap", IN_TIME), ("Lịch 2", "imap", IN_TIME),
    ]  # fmt: skip
    with box(server) as opened:
        flags = [message.flags for message in opened.fetch(mark_seen=False)]
    assert flags == [("TuanHoc",), ("TuanHoc",)]
    assert fetched() == fetching.Fetched((), ())


@pytest.mark.parametrize(("is_on", "taken"), [(True, 1), (False, 0)])
def test_a_week_long_over_that_nobody_closed_does_not_have_the_mailbox_read_from_its_days(server, is_on, taken):
    week()
    put(server, lan())
    at = IN_TIME + dt.timedelta(days=10 if is_on else 500)
    came = fetching.fetch_mail(fetching.account(), by=MAILBOX, at=at, machine=IN_TIME + dt.timedelta(days=500))
    assert len(came.new) == taken


def test_a_message_somebody_has_read_in_the_mailbox_is_taken_too(server):
    week()
    put(server, lan())
    with box(server) as opened:
        opened.flag(opened.uids(), [MailMessageFlags.SEEN], True)
    assert len(fetched().new) == 1


def test_killed_between_the_commit_and_the_mark_it_is_taken_once(server, monkeypatch):
    week()
    put(server, lan())

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(imap, "mark", killed)
        with pytest.raises(KeyboardInterrupt):
            fetched()
    again = fetched()
    assert (len(again.new), len(again.known), MailMessage.objects.count()) == (0, 1, 1)
    assert fetched() == fetching.Fetched((), ())


def test_when_it_cannot_be_kept_the_mailbox_is_as_it_was(server, monkeypatch):
    week()
    put(server, lan())

    def away(*_, **__):
        raise OSError("no database")

    with monkeypatch.context() as broken:
        broken.setattr(fetching, "take_mail", away)
        with pytest.raises(OSError, match="no database"):
            fetched()
    with box(server) as opened:
        assert [message.flags for message in opened.fetch(mark_seen=False)] == [()]
    assert len(fetched().new) == 1


def test_a_message_that_breaks_its_reader_holds_up_none_behind_it(server, monkeypatch):
    week()
    put(server, lan(1), lan(2, "UBND xã Nhơn Hải"))

    def breaks(raw, came, *, by, at, take_mail=fetching.take_mail):
        if b"<1@" in raw:
            raise RecursionError
        return take_mail(raw, came, by=by, at=at)

    monkeypatch.setattr(fetching, "take_mail", breaks)
    assert [mail.subject for mail in fetched().new] == ["Lịch 2"]
    with box(server) as opened:
        assert [message.flags for message in opened.fetch(mark_seen=False)] == [(), ("TuanHoc",)]


def test_kept_messages_move_to_a_folder_where_one_is_named(server, settings):
    week()
    settings.IMAP_MOVE_TO = "Da nhan"
    put(server, lan())
    fetched()
    with box(server) as opened:
        assert opened.uids() == []
        opened.folder.set("Da nhan")
        assert [message.subject for message in opened.fetch(mark_seen=False)] == ["Lịch 1"]


def test_mail_from_before_the_call_is_not_looked_at(server):
    week()
    with box(server) as opened:
        opened.append(lan(), "INBOX", dt=IN_TIME.replace(month=8))
    assert fetched() == fetching.Fetched((), ())


@pytest.mark.django_db(transaction=True)
def test_the_command_fetches_reads_and_says_so(server):
    week()
    put(server, lan())
    out = io.StringIO()
    call_command("mail", "fetch", "--once", stdout=out)
    assert out.getvalue() == "Thư mới: 1, đã có: 0, vừa đọc: 1.\n"
    assert FormFile.objects.get().host.name == "UBND xã Lâm Sơn"


@pytest.mark.django_db(transaction=True)
def test_the_worker_looks_reads_and_answers_by_itself(server, settings):
    week()
    put(server, lan())
    settings.IMAP_EVERY = 60
    call_command("work", once=True)
    assert FormFile.objects.get().host.name == "UBND xã Lâm Sơn"
    assert [sent.to for sent in django_mail.outbox] == [["lan@lamson.example"]]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("every", [0, 60])
def test_a_worker_without_a_mailbox_looks_nowhere(server, settings, every):
    week()
    put(server, lan())
    settings.IMAP_EVERY = every
    settings.IMAP_HOST = "" if every else settings.IMAP_HOST
    call_command("work", once=True)
    assert MailMessage.objects.count() == 0


@pytest.mark.parametrize(
    ("setting", "value"), [("IMAP_PASSWORD", "sai"), ("IMAP_CA_FILE", ""), ("IMAP_PORT", 1), ("IMAP_HOST", "")]
)
def test_a_mailbox_that_does_not_open_is_said_in_words(settings, setting, value):
    if setting == "IMAP_PASSWORD":
        settings.IMAP_USER = ""
    setattr(settings, setting, value)
    with pytest.raises(CommandError, match="hộp thư"):
        call_command("mail", "fetch")


@pytest.mark.parametrize(
    ("host", "security", "said"),
    [
        ("", "none", []), ("mail.so.example", "tls", []), ("127.0.0.1", "none", []), ("localhost", "none", []),
        ("mail.so.example", "none", ["intake.E002"]), ("mail.so.example", "ssl", ["intake.E001"]),
    ],
)  # fmt: skip
def test_a_mailbox_whose_password_would_go_in_the_clear_is_refused(settings, host, security, said):
    settings.IMAP_HOST, settings.IMAP_SECURITY = host, security
    assert [one.id for one in mailbox_is_reached_safely()] == said
