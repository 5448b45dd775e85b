"""The doctor says in words what is missing and what to do; and is content with what is well."""

import datetime as dt
import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from tests.builders import week

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import User
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.notices.models import Message
from tuanhoc.notices.tests.mail_server import free_port, mail_server
from tuanhoc.operation.backup import marker
from tuanhoc.operation.doctor import Level, database, examined, folder, given, network, program, work
from tuanhoc.outbox import actions as outbox
from tuanhoc.outbox.models import Event
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db
LONG_KEY = "Zr8-qT1vN4xWc7LpYd0sHf3gKj6mBa9eUi2oRtXyQw5uVzCnMlDk"


@pytest.fixture(autouse=True)
def house(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def levels(check, *args) -> dict[str, Level]:
    """Return the worst of each subject."""
    found: dict[str, Level] = {}
    for one in check(*args):
        order = list(Level)
        found[one.subject] = max(found.get(one.subject, Level.GOOD), one.level, key=order.index)
    return found


def test_every_finding_is_a_line_in_words_and_what_is_bad_says_what_to_do(capsys):
    with pytest.raises(CommandError, match="cần sửa"):
        call_command("doctor")
    said = capsys.readouterr().out
    assert re.search(r"^✓ Bảng: đúng phiên bản$", said, re.MULTILINE)
    assert re.search(r"^✗ Quản trị: chưa có ai\n    → tuanhoc user invite", said, re.MULTILINE)
    assert [one for one in examined() if one.level is Level.BAD and not one.advice] == []


def test_the_same_as_json(capsys):
    with pytest.raises(CommandError):
        call_command("doctor", "--json")
    found = json.loads(capsys.readouterr().out)["findings"]
    assert {"level": "bad", "subject": "Quản trị", "words": "chưa có ai"}.items() <= next(
        one.items() for one in found if one["subject"] == "Quản trị"
    )


def test_a_database_that_is_away_is_said_once(monkeypatch):
    def away(*_):
        raise DatabaseError("connection refused\nmore")

    monkeypatch.setattr(connection, "cursor", away)
    last = list(examined())[-1]
    assert (last.level, last.subject) == (Level.BAD, "Cơ sở dữ liệu")
    assert "connection refused" in last.words
    assert "more" not in last.words


@pytest.mark.parametrize(
    ("changed", "subject", "level"),
    [
        ({}, "TUANHOC_SITE_URL", Level.GOOD),
        ({"SITE_URL": "http://tuanhoc.example.vn"}, "TUANHOC_SITE_URL", Level.BAD),
        ({"SITE_URL": "tuanhoc.example.vn"}, "TUANHOC_SITE_URL", Level.BAD),
        ({"SITE_URL": "http://localhost:8000"}, "TUANHOC_SITE_URL", Level.NOTE),
        ({"ALLOWED_HOSTS": ["khac.example.vn"]}, "TUANHOC_HOSTS", Level.BAD),
        ({"ALLOWED_HOSTS": ["*"]}, "TUANHOC_HOSTS", Level.BAD),
        ({"SECURE_PROXY_SSL_HEADER": None}, "TUANHOC_BEHIND_PROXY", Level.BAD),
    ],
)
def test_addresses_fit_together(settings, changed, subject, level):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://tuanhoc.example.vn", ["tuanhoc.example.vn"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert set(levels(given.addresses).values()) == {Level.GOOD}
    for name, value in changed.items():
        setattr(settings, name, value)
    assert levels(given.addresses)[subject] is level


@pytest.mark.parametrize("key", ["short", "a" * 80, "django-insecure-" + LONG_KEY])
def test_a_weak_key_is_bad(settings, key):
    settings.SECRET_KEY = LONG_KEY
    assert levels(given.secrets) == {"Khóa bí mật": Level.GOOD}
    settings.SECRET_KEY = key
    assert levels(given.secrets) == {"Khóa bí mật": Level.BAD}


def test_a_misspelt_setting_and_the_sample_are_noted(settings):
    settings.UNKNOWN_SETTINGS, settings.SAMPLE = ["TUANHOC_SIET_URL"], True
    assert levels(given.names) == {"TUANHOC_SIET_URL": Level.NOTE, "TUANHOC_SAMPLE": Level.NOTE}


def test_a_mail_server_is_spoken_to_and_nothing_is_sent_unless_asked(settings):
    settings.DEFAULT_FROM_EMAIL = "tuanhoc@example.vn"
    with mail_server(settings) as server:
        assert levels(network.post) == {"SMTP": Level.GOOD}
        assert server.taken == []
        assert levels(network.trial_mail, "lan@example.vn") == {"Thư thử": Level.GOOD}
        assert [mail["To"] for mail in server.taken] == ["lan@example.vn"]


def test_servers_that_are_away_are_bad(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.IMAP_HOST, settings.IMAP_PORT = "127.0.0.1", free_port()
    settings.CLAMD = f"127.0.0.1:{free_port()}"
    found = levels(network.post) | levels(network.mailbox) | levels(network.scanner)
    assert found == {"SMTP": Level.BAD, "IMAP": Level.BAD, "clamd": Level.BAD}


def test_a_worker_that_is_silent_is_bad():
    now = clock.machine()
    assert levels(work.worker) == {"Tiến trình nền": Level.BAD}
    outbox.beat("a:1", started_at=now, machine=now - dt.timedelta(hours=1))
    assert levels(work.worker) == {"Tiến trình nền": Level.BAD}
    outbox.beat("b:2", started_at=now, machine=now)
    assert levels(work.worker) == {"Tiến trình nền": Level.GOOD}
    outbox.leave("b:2", machine=now)
    assert levels(work.worker) == {"Tiến trình nền": Level.BAD}


def test_what_waits_too_long_and_what_was_given_up_is_told():
    now = clock.machine()
    assert set(levels(work.waiting).values()) == {Level.GOOD}
    Message.objects.create(
        about="x", to="a@b.example", subject="s", body="b", queued_at=now, due_at=now - dt.timedelta(hours=1)
    )
    Event.objects.create(name="x", payload={}, at=now, tries=outbox.MOST_TRIES)
    found = levels(work.waiting)
    assert (found["Thư đang chờ"], found["Sự kiện"]) == (Level.BAD, Level.BAD)
    Message.objects.update(state=Message.State.FAILED)
    assert levels(work.failures)["Thư hỏng"] is Level.NOTE


def test_coordinators_without_a_second_factor_are_counted():
    user = User.objects.create_superuser("lan@example.vn")
    accounts.give_seat(user, Role.COORDINATOR, campaign_id=week().pk, by=SYSTEM, at=clock.machine())
    assert levels(work.people) == {"Quản trị": Level.GOOD, "Bước xác thực thứ hai": Level.NOTE}
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    assert set(levels(work.people).values()) == {Level.GOOD}


def test_a_backup_that_is_old_or_was_never_made_is_noted(tmp_path):
    assert levels(folder.last_backup) == {"Sao lưu": Level.NOTE}
    marker.leave(tmp_path / "b.zip", sha256="0", at=clock.machine() - dt.timedelta(days=3))
    assert levels(folder.last_backup) == {"Sao lưu": Level.NOTE}
    marker.leave(tmp_path / "b.zip", sha256="0", at=clock.machine())
    assert levels(folder.last_backup) == {"Sao lưu": Level.GOOD}
    (tmp_path / "last-backup.json").write_text("{")
    assert levels(folder.last_backup) == {"Sao lưu": Level.NOTE}


def test_a_data_folder_that_is_not_there_is_bad(settings, tmp_path):
    assert Level.BAD not in levels(folder.data).values()
    settings.DATA_DIR = tmp_path / "gone"
    assert levels(folder.data) == {"TUANHOC_DATA": Level.BAD}


def test_libraries_other_than_the_locks_are_noted(tmp_path):
    lock = tmp_path / "run.txt"
    lock.write_text("django==1.0 \\\n    --hash=sha256:0\nnot-for-this-system==3 ; sys_platform == 'win32'\n")
    found = program._libraries(lock)
    assert found.level is Level.NOTE
    assert found.words.startswith("django ")
    assert "not-for-this-system" not in found.words


def test_a_journal_without_protection_is_bad():
    assert levels(database.protection)["Nhật ký"] is not Level.BAD
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TRIGGER journal_no_change ON journal_entry"
            if connection.vendor == "postgresql"
            else "DROP TRIGGER journal_no_update"
        )
    assert levels(database.protection) == {"Nhật ký": Level.BAD}


@pytest.mark.parametrize(
    ("now", "level", "words"),
    [
        (dt.datetime(2022, 9, 28, tzinfo=dt.UTC), "good", "2022"),
        (dt.datetime(2026, 10, 1, tzinfo=dt.UTC), "good", "2026"),
        # The next year's notice is due, and this program does not have it.
        (dt.datetime(2026, 11, 2, tzinfo=dt.UTC), "note", "2027"),
        (dt.datetime(2031, 5, 2, tzinfo=dt.UTC), "note", "2031"),
    ],
)
def test_a_year_whose_days_off_are_only_reckoned_is_noted(monkeypatch, now, level, words):
    monkeypatch.setattr(clock, "now", lambda: now)
    (found,) = work.holidays()
    assert (found.level, words in found.words, bool(found.advice)) == (level, True, level == "note")
