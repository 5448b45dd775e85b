"""Hostile files through the door a person uses: sentences, a living process, nothing half kept."""

import gc
import os
import re
import socket
import tempfile
import threading
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests import hostile
from tests.builders import IN_TIME, unit_of
from tests.form_files import GOOD, word_form

from tuanhoc.desk.tests.seats import signed_in
from tuanhoc.files.models import StoredFile
from tuanhoc.intake.actions import drops, mail_reading, mails, quarantine
from tuanhoc.intake.models import Drop, FormFile
from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.papers.reading import apart

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_time")]


@pytest.fixture
def temporary(monkeypatch, tmp_path):
    """Yield the folder every temporary file of this test goes to."""
    apart.close()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield tmp_path
    apart.close()


def send(client, campaign, name, data):
    return client.post(
        reverse("desk:receive_forms", args=[campaign.code]), {"tep": [SimpleUploadedFile(name, data)]}, follow=True
    )


def sent(client, campaign, name, data):
    send(client, campaign, name, data)
    return FormFile.objects.order_by("-pk")[0]


def held_bytes():
    gc.collect()
    found = re.search(r"VmRSS:\s*(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) * 1024


def the_hostile_set(secret):
    """Yield every hostile file by name. Those of a zip come as the zip."""
    whole = word_form("UBND xã Lâm Sơn", [GOOD])
    yield from ((name, make()) for name, make in hostile.BOMBS.items())
    yield from hostile.pointing_outside(secret.as_uri())
    yield from hostile.damaged(whole)
    yield from hostile.strangely_named(whole).items()
    yield "macro.docm", hostile.with_macros()
    yield "ole.docx", hostile.with_object()
    yield "mau-noi-khac.docx", hostile.with_template_elsewhere("http://127.0.0.1:9/a.dotm")
    yield "dung-may.xls", hostile.xls(last_row=0x7FFFFFFF)


def test_the_whole_hostile_set_gives_sentences_and_leaves_nothing_behind(campaign, officer, temporary):
    secret = temporary / "secret.txt"
    secret.write_text("BI-MAT")
    held_before, uploads = held_bytes(), 0
    for name, data in the_hostile_set(secret):
        before = FormFile.objects.count()
        answer = send(officer, campaign, name, data)
        said = [str(message) for message in answer.context["messages"]]
        for waiting in Drop.objects.filter(state=Drop.State.WAITING):
            # Many files in one archive are the worker's.
            said.append(drops.read_drop.call(waiting.pk))
        assert (answer.status_code, bool(said)) == (200, True), name
        came = FormFile.objects.count() - before
        # The same form in seven strangely named zips is taken in once.
        assert came == 1 or (came == 0 and "đã có từ trước" in " ".join(said)), name
        uploads += 1
    good = sent(officer, campaign, "tot.docx", word_form("UBND xã Nhơn Hải", [GOOD]))

    assert good.state == FormFile.State.READ
    forms = list(FormFile.objects.select_related("stored"))
    assert [f.name for f in forms if (f.state == FormFile.State.UNREADABLE) != bool(f.refused_because)] == []
    assert [f.name for f in forms if f.state == FormFile.State.READ and not f.reading] == []
    assert [f.name for f in forms if "/" in f.name or "\\" in f.name or "\0" in f.name] == []
    assert {f.name for f in forms if f.stored is None} == {"trong.docx", "qua-lon.docx"}
    assert [f.name for f in forms if "BI-MAT" in str(f.reading)] == []
    apart_now = {f.name for f in forms if f.stored is not None and f.stored.is_quarantined}
    assert apart_now >= {"bom.docx", "bom.xlsx", "bom.zip", "cuoi.docx", "long.docx", "macro.docm", "dung-may.xls"}
    assert not apart_now & {"tot.docx", "mau-noi-khac.docx", "cut.docx"}
    apart.close()
    assert [path.name for path in temporary.iterdir()] == ["secret.txt"]
    assert not Path("/etc/thoat.docx").exists()
    assert held_bytes() - held_before < 250 * 1024 * 1024
    assert (uploads, StoredFile.objects.count()) == (52, len({f.stored_id for f in forms if f.stored_id}))


def test_a_request_longer_than_anything_is_refused_before_it_is_read(campaign, officer):
    address = reverse("desk:receive_forms", args=[campaign.code])
    answer = officer.generic(
        "POST", address, b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(200 << 20)
    )
    assert answer.status_code == 413
    assert "110 MB" in answer.content.decode()
    assert not FormFile.objects.exists()


def test_a_large_file_is_named_too_large_and_not_kept(campaign, officer):
    form = sent(officer, campaign, "to.docx", b"PK\x03\x04" + bytes(30 * 1024 * 1024))
    assert (form.state, form.stored, "20 MB" in form.refused_because) == (FormFile.State.UNREADABLE, None, True)


def test_an_original_in_quarantine_is_handed_out_on_a_second_yes_under_a_name_nothing_opens(campaign, officer):
    data = hostile.laughing()
    form = sent(officer, campaign, "bẫy.docx", data)
    first = officer.get(reverse("desk:form_original", args=[form.pk]))
    address = reverse("desk:form_quarantined", args=[form.pk])
    assert (first.status_code, first["Location"]) == (302, address)
    page = officer.get(address)
    assert form.refused_because in page.content.decode()
    answer = officer.post(address)
    assert answer.content == data
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Disposition"].endswith(".docx.cach-ly")
    assert answer["Cache-Control"] == "no-store"
    assert Entry.objects.filter(what="intake.form.hand_out_of_quarantine").count() == 1


def test_strangers_and_ordinary_files_find_nothing_there(campaign, officer):
    form = sent(officer, campaign, "bẫy.docx", hostile.laughing())
    address = reverse("desk:form_quarantined", args=[form.pk])
    for client in (signed_in(None), signed_in(Role.OFFICER, at=unit_of(campaign, "ubnd-586"))):
        assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)
    assert Client().post(address).status_code == 302
    good = sent(officer, campaign, "tot.docx", word_form("UBND xã Lâm Sơn", [GOOD]))
    answer = officer.post(reverse("desk:form_quarantined", args=[good.pk]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("desk:form_file", args=[good.pk]))


@pytest.fixture
def scanner():
    """Yield a scanner that finds something in every file, and its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            while True:
                try:
                    line, _ = server.accept()
                except OSError:
                    return
                with line:
                    said = b""
                    while not said.endswith(bytes(4)):
                        said += line.recv(1 << 16)
                    line.sendall(b"stream: Xau-Test FOUND\0")

        threading.Thread(target=serve, daemon=True).start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)


def test_an_infected_form_is_kept_and_given_to_nobody(campaign, officer, scanner, settings):
    settings.CLAMD = scanner
    form = sent(officer, campaign, "nhiem.docx", word_form("UBND xã Lâm Sơn", [GOOD]))
    assert "Xau-Test" in form.refused_because
    assert (form.state, form.reading, form.stored.virus) == (FormFile.State.UNREADABLE, {}, "Xau-Test")
    answer = officer.post(reverse("desk:form_quarantined", args=[form.pk]))
    assert answer.status_code == 409
    assert quarantine.NeverHandedOut.message in answer.content.decode()
    assert not Entry.objects.filter(what="intake.form.hand_out_of_quarantine").exists()


def test_while_the_scanner_is_away_forms_wait_and_are_read_when_it_is_back(campaign, officer, settings):
    settings.CLAMD = "/nowhere/clamd.sock"
    form = sent(officer, campaign, "cho.docx", word_form("UBND xã Lâm Sơn", [GOOD]))
    assert "Xin thử lại sau" in form.refused_because
    assert form.stored.is_quarantined
    settings.CLAMD = ""
    officer.post(reverse("desk:form_file", args=[form.pk]), {"do": "again"})
    form = FormFile.objects.select_related("stored").get(pk=form.pk)
    assert (form.state, form.host.name, form.refused_because) == (FormFile.State.READ, "UBND xã Lâm Sơn", "")
    assert not form.stored.is_quarantined
    assert officer.get(reverse("desk:form_original", args=[form.pk])).status_code == 200


def test_a_form_with_macros_is_read_and_its_original_kept_apart(campaign, officer):
    data = word_form("UBND xã Lâm Sơn", [GOOD])
    form = sent(officer, campaign, "macro.docm", hostile.with_part(data, "word/vbaProject.bin", b"macro"))
    assert (form.state, form.row_count, form.stored.quarantined_because) == (FormFile.State.READ, 1, quarantine.ACTIVE)
    page = officer.get(reverse("desk:form_file", args=[form.pk])).content.decode()
    assert (quarantine.ACTIVE in page, "Trong tệp" in page) == (True, True)


def test_the_readers_child_knows_no_secret_of_this_process(campaign, officer, monkeypatch):
    monkeypatch.setitem(os.environ, "TUANHOC_SECRET_KEY", "bi-mat")
    apart.close()
    sent(officer, campaign, "a.docx", word_form("UBND xã Lâm Sơn", [GOOD]))
    (child,) = apart._IDLE
    assert "bi-mat" not in Path(f"/proc/{child.process.pid}/environ").read_text()


def test_a_letter_waits_for_the_scanner_with_all_that_hangs_on_it(campaign, settings):
    raw = letter(word_form("UBND xã Lâm Sơn", [GOOD]))
    settings.CLAMD = "/nowhere/clamd.sock"
    message, _new = mails.keep_mail(raw, mails.Came("drop", campaign), by=SYSTEM, at=IN_TIME)
    assert message.stored.is_quarantined
    settings.CLAMD = ""
    mail_reading.read_mail(mails.claim(message.pk, machine=IN_TIME), by=SYSTEM, at=IN_TIME)
    form = FormFile.objects.select_related("stored", "host").get()
    assert (form.host.name, form.state, form.stored.is_quarantined) == ("UBND xã Lâm Sơn", FormFile.State.READ, False)


def letter(form):
    """Return a message that brings a form."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "xa@lamson.example", "so@example.vn", "Lịch đăng ký"
    message["Message-ID"] = "<1@lamson.example>"
    message.set_content("Kính gửi Sở.")
    message.add_attachment(form, maintype="application", subtype="octet-stream", filename="lich.docx")
    return message.as_bytes()
