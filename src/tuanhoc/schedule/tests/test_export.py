import csv
import datetime as dt
import io
import json

import pytest
from django.core.management import CommandError, call_command
from docx import Document
from icalendar import Calendar
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from tests.builders import IN_TIME, coordinator, registered, row, someone, unit_of, week

from tuanhoc.activities import actions as activities
from tuanhoc.activities.models import Activity
from tuanhoc.campaigns import actions as campaigns
from tuanhoc.lib.actor import Role
from tuanhoc.schedule import actions
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_time(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)


@pytest.fixture
def campaign():
    campaign = week()
    registered(unit_of(campaign, "tv-58"), [row("=Giới thiệu sách", starts_at=dt.time(8), ends_at=dt.time(9, 30))])
    registered(unit_of(campaign, "so-tttt"), [row("Bản tin", ends_on=dt.date(2022, 10, 5), note="Cả tỉnh")])
    return campaign


@pytest.fixture
def export(campaign, tmp_path):
    def run(kind, **options):
        call_command(
            "schedule", "export", campaign=campaign.code, format=kind, output=tmp_path / kind, verbosity=0, **options
        )
        return (tmp_path / kind).read_bytes()

    return run


def moved(campaign, content, **fields):
    activity = Activity.objects.get(content=content)
    by = someone(Role.OFFICER, at=unit_of(campaign, "so-tttt"))
    activities.change_activity(activity, reason="Mưa", by=by, at=IN_TIME, **fields)


def test_csv_and_excel_hold_the_same_rows_in_reading_order_and_no_formula(export):
    """Excel with numbers and days it can sort by, the last day apart."""
    rows = list(csv.reader(io.StringIO(export("csv").decode("utf-8-sig"))))
    assert rows[1:] == [
        ["1", "04/10/2022 - 05/10/2022", "", "Nhà văn hóa xã", "Bản tin", "Sở Thông tin và Truyền thông", "Cả tỉnh"],
        ["2", "04/10/2022", "08:00 - 09:30", "Nhà văn hóa xã", "'=Giới thiệu sách", "Thư viện tỉnh", ""],
    ]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(export("xlsx"))).get_sheet_by_index(0).to_python()
    assert sheet == [
        ["TT", "Ngày", "Đến ngày", "Thời gian", "Địa điểm", "Nội dung", "Đơn vị", "Ghi chú"],
        [1, dt.date(2022, 10, 4), dt.date(2022, 10, 5), *(cell.removeprefix("'") for cell in rows[1][2:])],
        [2, dt.date(2022, 10, 4), "", *(cell.removeprefix("'") for cell in rows[2][2:])],
    ]


def test_word_and_pdf_are_the_letter_with_the_schedule_as_its_annex(export):
    word = Document(io.BytesIO(export("docx")))
    assert [[cell.text for cell in line.cells] for line in word.tables[2].rows][1:] == [
        ["Thứ Ba, ngày 04/10/2022"] * 6,
        ["1", "đến 05/10", "Nhà văn hóa xã", "Bản tin", "Sở Thông tin và Truyền thông", "Cả tỉnh"],
        ["2", "08:00 - 09:30", "Nhà văn hóa xã", "=Giới thiệu sách", "Thư viện tỉnh", ""],
    ]
    head = word.tables[0].cell(0, 0).text.split("\n")
    assert head[:2] == ["UBND TỈNH NINH THUẬN", "SỞ GIÁO DỤC VÀ ĐÀO TẠO"]
    letter, annex = (page.extract_text() for page in PdfReader(io.BytesIO(export("pdf"))).pages)
    assert "SỞ GIÁO DỤC VÀ ĐÀO TẠO" in letter
    assert "LỊCH HOẠT ĐỘNG" in annex


def test_the_calendar_keeps_its_uids_and_marks_the_cancelled(campaign, export):
    def events():
        return {str(e["summary"]): e for e in Calendar.from_ical(export("ics")).walk("VEVENT")}

    before = events()
    moved(campaign, "Bản tin", cancel=True)
    after = events()
    assert {name: e["uid"] for name, e in before.items()} == {name: e["uid"] for name, e in after.items()}
    assert str(after["Bản tin"]["uid"]) == f"{Activity.objects.get(content='Bản tin').uid}@tuanhoc"
    assert [before["Bản tin"]["status"], after["Bản tin"]["status"]] == ["CONFIRMED", "CANCELLED"]
    assert after["Bản tin"]["sequence"] > before["Bản tin"]["sequence"]
    assert after["=Giới thiệu sách"]["dtstart"].dt == dt.datetime(2022, 10, 4, 1, tzinfo=dt.UTC)
    assert (after["Bản tin"]["dtstart"].dt, after["Bản tin"]["dtend"].dt) == (
        dt.date(2022, 10, 4), dt.date(2022, 10, 6),
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "docx", "pdf", "xlsx", "ics"])
def test_a_release_stays_what_it_was_when_the_schedule_moves_on(campaign, export, kind):
    actions.release_schedule(campaign, by=coordinator(campaign), at=IN_TIME)
    first = export(kind, release=1)
    moved(campaign, "=Giới thiệu sách", held_on=dt.date(2022, 10, 7))
    assert export(kind, release=1) == first
    assert export(kind) != first


def test_a_release_keeps_the_weeks_days_it_was_made_with(campaign, export):
    actions.release_schedule(campaign, by=coordinator(campaign), at=IN_TIME)
    first = export("docx", release=1)
    campaign.ends_on = dt.date(2022, 10, 9)
    campaign.save(update_fields=["ends_on"])
    assert export("docx", release=1) == first
    assert export("docx") != first


def test_a_release_keeps_its_issuer_and_the_next_letter_waits_for_its_own_number(campaign, export):
    def numbers(**options):
        word = Document(io.BytesIO(export("docx", **options)))
        return word.tables[0].cell(1, 0).paragraphs[0].text.replace(" ", "")

    by = coordinator(campaign)
    campaigns.correct_campaign(campaign, {"issue_number": "2108/SGDĐT-GDTX"}, by=by, at=IN_TIME)
    first = actions.release_schedule(campaign, by=by, at=IN_TIME)
    assert numbers(release=1) == "Số:2108/SGDĐT-GDTX"
    campaigns.correct_campaign(campaign, {"issuer_name": "Sở Khác"}, by=by, at=IN_TIME)
    assert numbers() == "Số:/SGDĐT-GDTX"
    moved(campaign, "Bản tin", cancel=True)
    second = actions.release_schedule(campaign, by=by, at=IN_TIME)
    assert numbers(release=2) == "Số:/SGDĐT-GDTX"
    actions.number_release(second, number="2155/SGDĐT-GDTX", parent_document="", by=by, at=IN_TIME)
    assert numbers(release=2) == "Số:2155/SGDĐT-GDTX"
    first.refresh_from_db()
    assert (first.issuer["name"], second.issuer["name"]) == ("Sở Giáo dục và Đào tạo", "Sở Khác")


def test_a_release_from_before_these_fields_still_prints(campaign, export):
    release = actions.release_schedule(campaign, by=coordinator(campaign), at=IN_TIME)
    new = {"uid", "sequence", "changed_at", "reason"}
    release.lines = json.loads(json.dumps([{k: v for k, v in line.items() if k not in new} for line in release.lines]))
    release.issuer, release.windows = {}, []
    release.save()
    assert b"BEGIN:VEVENT" in export("ics", release=1)
    assert export("docx", release=1)
    with pytest.raises(actions.NothingNew):
        actions.release_schedule(campaign, by=coordinator(campaign), at=IN_TIME)


@pytest.mark.parametrize("asked", [{"campaign": "x"}, {"campaign": "ninh-thuan-2022", "release": 9}])
def test_what_is_not_there_is_said_in_words(campaign, tmp_path, asked):
    with pytest.raises(CommandError, match=r"Không có đợt nào|chưa có lần ban hành 9"):
        call_command("schedule", "export", format="csv", output=tmp_path / "x", **asked)
    assert not (tmp_path / "x").exists()


def test_what_is_held_online_says_so_in_place_of_a_place(campaign, export):
    registered(
        unit_of(campaign, "th-lamson"), [row("Lớp học mở", place="", form="online", link="https://hoc.example.vn")]
    )
    rows = list(csv.reader(io.StringIO(export("csv").decode("utf-8-sig"))))
    assert rows[-1][3:5] == ["Trực tuyến", "Lớp học mở"]


def test_a_file_that_cannot_be_written_is_said_in_words(campaign, tmp_path):
    with pytest.raises(CommandError, match="Không ghi được tệp"):
        call_command("schedule", "export", campaign=campaign.code, format="csv", output=tmp_path / "no" / "x")


def test_the_metadata_of_the_document_stand_beside_the_file(export, tmp_path):
    export("docx", metadata=True)
    said = json.loads((tmp_path / "docx.json").read_text(encoding="utf-8"))
    assert (said["OrganName"], said["CodeNumber"], said["PageAmount"]) == ("Sở Giáo dục và Đào tạo", None, 2)
