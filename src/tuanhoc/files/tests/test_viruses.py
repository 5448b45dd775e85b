"""A real clamd with one signature of its own: found, clean, away, slow."""

import datetime as dt
import shutil
import socket
import subprocess
import threading
import time

import pytest
from django.core.checks import run_checks
from django.core.files.storage import default_storage
from tests.programs import SERVERS

from tuanhoc.files import actions, clamd, viruses
from tuanhoc.files.models import StoredFile
from tuanhoc.lib.dates import HANOI

pytestmark = pytest.mark.django_db
AT = dt.datetime(2022, 9, 28, 9, tzinfo=HANOI)
#: The test file every scanner knows, put together here so that none takes this source for it.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture(autouse=True)
def nothing_remembered():
    viruses._CLEAN.clear()


@pytest.fixture(scope="module")
def daemon(tmp_path_factory):
    """Yield the socket of a clamd that knows one signature and asks nobody for more."""
    folder = tmp_path_factory.mktemp("clamd")
    (folder / "db").mkdir()
    (folder / "db" / "own.ndb").write_text(f"Eicar-Test:0:*:{EICAR.hex()}\n")
    at = folder / "clamd.sock"
    config = folder / "clamd.conf"
    config.write_text(
        f"LocalSocket {at}\nDatabaseDirectory {folder / 'db'}\nForeground yes\nTemporaryDirectory {folder}\n"
        "StreamMaxLength 1M\nMaxThreads 2\nConcurrentDatabaseReload no\n"
    )
    program = shutil.which("clamd", path=SERVERS)
    running = subprocess.Popen([program, "-c", config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            if at.exists() and clamd.answers(at=str(at), seconds=5):
                break
            assert running.poll() is None, "clamd did not start"
            time.sleep(0.05)
        yield str(at)
    finally:
        running.terminate()
        running.wait(10)


@pytest.mark.clamd
def test_what_the_scanner_finds_is_not_kept_and_said_in_words(daemon, settings):
    settings.CLAMD = daemon
    with pytest.raises(actions.Infected, match="Eicar-Test"):
        actions.keep(b"hoc " + EICAR, at=AT)
    assert not StoredFile.objects.exists()
    kept = actions.keep("Lịch hoạt động".encode(), at=AT)
    assert not kept.is_quarantined


@pytest.mark.clamd
def test_a_letter_with_a_virus_is_kept_apart_and_lost_to_nobody(daemon, settings):
    settings.CLAMD = daemon
    stored, refusal = actions.keep_or_quarantine(EICAR, at=AT)
    assert (stored.is_quarantined, stored.virus) == (True, "Eicar-Test.UNOFFICIAL")
    assert isinstance(refusal, actions.Infected)
    with pytest.raises(actions.InQuarantine):
        actions.contents(stored)
    assert actions.contents_in_quarantine(stored) == EICAR
    with pytest.raises(actions.Infected):
        actions.keep(EICAR, at=AT)


@pytest.mark.clamd
def test_a_stream_longer_than_the_scanner_takes_is_not_taken_for_clean(daemon, settings):
    settings.CLAMD = daemon
    with pytest.raises(actions.NotScanned):
        actions.keep(b"a" * 3_000_000, at=AT)


def test_without_a_scanner_files_are_kept_unscanned(settings):
    settings.CLAMD = ""
    assert not actions.keep(EICAR, at=AT).is_quarantined


def test_a_scanner_that_is_away_makes_files_wait(settings, tmp_path):
    settings.CLAMD = str(tmp_path / "nobody.sock")
    with pytest.raises(actions.NotScanned, match="Xin thử lại sau"):
        actions.keep(b"a", at=AT)
    assert not StoredFile.objects.exists()
    stored, _why = actions.keep_or_quarantine(b"a", at=AT)
    assert stored.is_quarantined
    settings.CLAMD = ""
    assert actions.keep(b"a", at=AT) == stored
    stored.refresh_from_db()
    assert not stored.is_quarantined, "looked at since"


@pytest.fixture
def strange_scanner():
    """Yield a way to have something else answer at the scanner's place; it gives the address."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answering(said):
            def serve():
                line, _ = server.accept()
                with line:
                    line.recv(1 << 16)
                    line.sendall(said)
                    time.sleep(0.3 if not said else 0)

            threading.Thread(target=serve, daemon=True).start()
            return f"127.0.0.1:{server.getsockname()[1]}"

        yield answering


@pytest.mark.parametrize("said", [b"", b"stream: OK FOUND?\0", b"HTTP/1.1 200 OK\r\n\0", b"stream: lstat() ERROR\0"])
def test_only_a_verdict_is_a_verdict(strange_scanner, said):
    with pytest.raises(clamd.NoAnswer):
        clamd.virus_in(b"a", at=strange_scanner(said), seconds=0.2)


def test_a_verdict_over_the_network_counts_and_clean_files_are_asked_about_once(strange_scanner, settings):
    settings.CLAMD = strange_scanner(b"stream: OK\0")
    viruses.check_for_viruses(b"a")
    viruses.check_for_viruses(b"a")  # nobody answers any more
    settings.CLAMD_SECONDS = 0.2
    with pytest.raises(actions.NotScanned):
        viruses.check_for_viruses(b"b")


@pytest.mark.parametrize(
    ("address", "found"),
    [("", []), ("/run/clamd.sock", []), ("127.0.0.1:3310", []), ("[::1]:3310", []), ("clamd", ["files.E001"])],
)
def test_the_scanners_address_is_checked(settings, address, found):
    settings.CLAMD = address
    assert [message.id for message in run_checks() if message.id and message.id.startswith("files.")] == found


def test_a_deployment_is_told_that_its_scanner_is_away(settings, tmp_path):
    settings.CLAMD = str(tmp_path / "nobody.sock")
    said = [message.id for message in run_checks(include_deployment_checks=True)]
    assert "files.W001" in said


def test_a_letter_whose_attachment_lies_in_quarantine_already_keeps_it():
    first = actions.keep_in_quarantine(b"PK\x03\x04 macro", because="Tệp có macro.", at=AT)
    stored, refusal = actions.keep_or_quarantine(b"PK\x03\x04 macro", at=AT)
    assert (stored, type(refusal)) == (first, actions.InQuarantine)


def test_a_file_taken_out_of_the_folder_is_said_to_be_gone():
    stored = actions.keep_in_quarantine(b"PK\x03\x04", because="Tệp mở ra lớn bất thường.", at=AT)
    default_storage.delete(stored.path)
    with pytest.raises(actions.FileGone):
        actions.contents_in_quarantine(stored)


def test_quarantine_needs_a_reason_and_ends_with_a_good_look():
    stored = actions.keep_in_quarantine(b"PK\x03\x04 bomb", because="Tệp mở ra lớn bất thường.", at=AT)
    assert (stored.content_type, stored.quarantined_at) == ("application/octet-stream", AT)
    with pytest.raises(actions.InQuarantine):
        actions.keep(b"PK\x03\x04 bomb", at=AT)
    actions.take_out_of_quarantine(stored)
    assert actions.contents(stored) == b"PK\x03\x04 bomb"
    assert actions.keep(b"PK\x03\x04 bomb", at=AT) == stored
