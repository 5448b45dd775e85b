"""A season in one zip: every paper is in it or told of, and the index tells the truth."""

import csv
import datetime as dt
import hashlib
import io
import zipfile

import pytest
from django.core.files.storage import default_storage
from docx import Document
from tests.builders import IN_TIME, coordinator, registered, row, unit_of, week
from tests.form_files import word_form

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import User
from tuanhoc.activities import actions as activities
from tuanhoc.activities.models import AnnexArchive
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.files.actions import keep, keep_in_quarantine
from tuanhoc.intake.models import FormFile
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.office import actions, documents
from tuanhoc.office.jobs import write_season
from tuanhoc.office.models import Scope
from tuanhoc.outbox.actions import deliver_waiting
from tuanhoc.schedule.actions import release_schedule
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db
MACHINE = dt.datetime(2022, 9, 28, 2, 30, tzinfo=dt.UTC)
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def campaign(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)
    monkeypatch.setattr(clock, "machine", lambda: MACHINE)
    settings.DATA_DIR = tmp_path
    return week()


@pytest.fixture
def desk(campaign, client):
    user = User.objects.create_user("a@so.vn")
    accounts.give_seat(user, Role.COORDINATOR, campaign_id=campaign.pk, by=SYSTEM, at=IN_TIME)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def form(campaign, stored, name, host=None):
    return FormFile.objects.create(
        campaign=campaign, stored=stored, name=name, state="read", host=host, received_at=IN_TIME,
        uploaded_at=IN_TIME, uploaded_by="Chị Lan",
    )  # fmt: skip


def season(campaign):
    archive = activities.ask_for_season(campaign, by=coordinator(campaign), at=IN_TIME, machine=MACHINE)
    write_season.func(archive.pk)
    archive.refresh_from_db()
    assert archive.state == "done"
    return zipfile.ZipFile(activities.path_of(archive))


def index_of(packed):
    return list(csv.DictReader(io.StringIO(packed.read("MỤC LỤC.csv").decode("utf-8-sig"))))


def test_every_paper_of_the_week_is_in_it_under_the_name_people_look_for(campaign):
    school = unit_of(campaign, "th-lamson")
    registration = registered(school, [row("Ngày hội đọc sách")])
    activities.attach_scan(registration, keep(PDF, at=IN_TIME), by=coordinator(campaign), at=IN_TIME)
    release_schedule(campaign, by=coordinator(campaign), at=IN_TIME)
    drafted = documents.drafted(Scope(campaign), "plan", at=IN_TIME)
    actions.issue_paper(
        Scope(campaign), "plan", drafted, number="5/KH-UBND", issued_on=dt.date(2022, 9, 5),
        by=coordinator(campaign), at=IN_TIME,
    )  # fmt: skip
    form(campaign, keep(word_form(None), at=IN_TIME), "lich truong.docx", school)

    packed = season(campaign)

    assert sorted(packed.namelist()) == sorted([
        "1 Kế hoạch và văn bản/5 KH-UBND plan.docx",
        "1 Kế hoạch và văn bản/5 KH-UBND plan.pdf",
        *(f"2 Lịch tổng hợp/lan-1.{ending}" for ending in ("csv", "docx", "pdf", "xlsx")),
        "3 Phụ lục/UBND huyện Ninh Sơn/Trường Tiểu học Lâm Sơn.docx",
        "4 Bản quét đã ký/UBND huyện Ninh Sơn/Trường Tiểu học Lâm Sơn.pdf",
        "5 Tệp đã nhận/UBND huyện Ninh Sơn/lich truong.docx",
        "6 Biên nhận/bien-nhan.csv",
        "MỤC LỤC.csv", "MỤC LỤC.xlsx", "SHA256SUMS",
    ])  # fmt: skip
    word = Document(io.BytesIO(packed.read("3 Phụ lục/UBND huyện Ninh Sơn/Trường Tiểu học Lâm Sơn.docx")))
    assert word.tables[0].rows[1].cells[3].text == "Ngày hội đọc sách"
    assert "Trường Tiểu học Lâm Sơn" in packed.read("6 Biên nhận/bien-nhan.csv").decode("utf-8-sig")


def test_the_index_names_every_file_with_its_digest(campaign):
    registered(unit_of(campaign, "th-lamson"))
    packed = season(campaign)
    told = {line["Tệp"]: line["SHA-256"] for line in index_of(packed)}
    files = [name for name in packed.namelist() if not name.startswith(("MỤC LỤC", "SHA256SUMS"))]
    assert told == {name: hashlib.sha256(packed.read(name)).hexdigest() for name in files}
    sums = dict(reversed(line.split("  ", 1)) for line in packed.read("SHA256SUMS").decode().splitlines())
    assert sums == told


def test_what_is_in_quarantine_or_gone_is_told_of_and_not_in_it(campaign):
    form(campaign, keep_in_quarantine(PDF + b"x", because="Có macro", at=IN_TIME), "hong.pdf")
    gone = keep(PDF + b"y", at=IN_TIME)
    form(campaign, gone, "mat.pdf")
    default_storage.delete(gone.path)
    packed = season(campaign)
    told = {line["Tệp"].split(" ")[-1]: line["Ghi chú"] for line in index_of(packed) if "5 Tệp" in line["Tệp"]}
    assert "đang cách ly" in told["hong.pdf"]
    assert "không còn trong kho" in told["mat.pdf"]
    assert not any(name.startswith("5 ") for name in packed.namelist())


def test_page_index_and_zip_count_the_same_files(campaign, desk):
    registered(unit_of(campaign, "th-lamson"))
    form(campaign, keep_in_quarantine(PDF + b"x", because="Có macro", at=IN_TIME), "hong.pdf")
    packed = season(campaign)
    inside, told = len(packed.namelist()), [line for line in index_of(packed) if line["SHA-256"]]
    archive = AnnexArchive.objects.get()
    assert archive.done == inside == len(told) + 3
    assert archive.total == inside + 1  # what is in quarantine was counted on
    page = desk.get(f"/lam-viec/ho-so/{campaign.code}/").text
    assert f"{inside} tệp," in page
    assert f"Gồm {len(told)} tệp hồ sơ và 3 tệp kèm theo" in page


def test_agencies_of_the_province_lie_together_whatever_units_they_have(campaign):
    library, department = unit_of(campaign, "tv-58"), unit_of(campaign, "so-tttt")
    RosterUnit.objects.filter(pk=library.pk).update(path=f"{department.path}{library.unit_id}/")
    for key in ("tv-58", "so-tttt", "xa-lamson", "th-lamson", "ubnd-585"):
        registered(unit_of(campaign, key))
    folders = {name.split("/")[1] for name in season(campaign).namelist() if name.startswith("3 ")}
    assert folders == {"Cấp tỉnh", "UBND huyện Ninh Sơn"}


def test_a_season_and_the_annexes_are_asked_for_side_by_side_each_once(campaign):
    ask = {"by": coordinator(campaign), "at": IN_TIME, "machine": MACHINE}
    first = activities.ask_for_season(campaign, **ask)
    assert activities.ask_for_season(campaign, **ask) == first
    assert activities.ask_for_annexes(campaign, **ask) != first
    deliver_waiting(at=IN_TIME)
    assert AnnexArchive.objects.filter(state="waiting").count() == 2


def test_a_formula_in_a_name_stays_a_word(campaign):
    form(campaign, keep(PDF + b"z", at=IN_TIME), "=cmd|calc.pdf")
    lines = index_of(season(campaign))
    assert not any(cell.startswith(("=", "+", "@")) for line in lines for cell in line.values())


def test_the_page_asks_for_it_and_gives_it(campaign, desk):
    client, page = desk, f"/lam-viec/ho-so/{campaign.code}/"
    assert "Làm hồ sơ của đợt" in client.get(page).text
    client.post(page)
    assert "Đang chờ tới lượt" in client.get(page).text
    archive = AnnexArchive.objects.get()
    write_season.func(archive.pk)
    assert "Tải tệp nén" in client.get(page).text
    given = client.get(f"/lam-viec/phu-luc/{campaign.code}/{archive.pk}.zip")
    assert given.headers["Content-Disposition"] == f'attachment; filename="ho-so-{campaign.code}.zip"'
