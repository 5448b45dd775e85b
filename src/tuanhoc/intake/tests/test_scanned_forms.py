"""Forms that come as photos and scans: kept with their pages, suggested at most, never confirmed unseen."""

import io
import json

import pytest
from django.core.management import call_command
from PIL import Image
from tests.builders import IN_TIME, coordinator, unit_of, week

from tuanhoc.activities.models import Registration
from tuanhoc.activities.queries import drafts_of
from tuanhoc.activities.rules import ActivityDraft
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.files.actions import contents
from tuanhoc.intake.actions import confirming, forms, rereading
from tuanhoc.intake.actions.plans import receive_plan
from tuanhoc.intake.actions.uploads import Upload
from tuanhoc.intake.form import marked
from tuanhoc.intake.models import FormFile, FormPage, PlanFile
from tuanhoc.intake.plan.scanned import PlanIsAScan
from tuanhoc.intake.queries.forms import confirmable_unseen
from tuanhoc.lib.actor import SYSTEM
from tuanhoc.papers.reading import Cell, Document, Grid, Region, Scan, apart, ocr
from tuanhoc.papers.tests.drawn_pdf import form_pdf, saved, scanned

pytestmark = pytest.mark.django_db
ROW = ("1", "01/10", "Hội trường xã", "Lễ khai mạc Tuần lễ", "200 người")
NO_TESSERACT = (
    "Tệp là ảnh chụp hoặc bản quét, và máy chủ chưa có tesseract (tiếng Việt) để gợi ý chữ: "
    "xin nhìn ảnh từng trang và gõ vào bảng."
)


@pytest.fixture
def no_tesseract(monkeypatch, tmp_path):
    """Read by children that find no program at all."""
    apart.close()
    monkeypatch.setenv("PATH", str(tmp_path))
    yield
    apart.close()


@pytest.fixture
def campaign():
    return week()


def received(campaign, name, data):
    came = forms.receive_forms(
        campaign, [Upload(name, data)], among=RosterUnit.objects.filter(campaign=campaign), taken_in_by=None,
        received_at=IN_TIME, by=coordinator(campaign), at=IN_TIME,
    )  # fmt: skip
    return (*came.read, *came.unreadable, *came.known_before)[0]


def photo(**more):
    return saved(scanned(ROW), **more)


# PDF with text


def test_a_pdf_with_text_is_read_like_the_word_file_it_was_made_from(campaign):
    form = received(campaign, "a.pdf", form_pdf(("1", "01/10", "Hội trường xã", "Lễ khai mạc Tuần lễ", "200 người")))
    assert (form.state, form.host, form.open_points) == (FormFile.State.READ, unit_of(campaign, "xa-lamson"), 0)
    (row,) = form.reading["rows"]
    assert (row["place"], row["content"], row["note"]) == ("Hội trường xã", "Lễ khai mạc Tuần lễ", "200 người")
    assert row["source"] == "trang 1, bảng 1, dòng 2"
    assert ("scan" in form.reading, form.pages.count()) == (False, 0)


# kept with its pages


def test_a_photo_waits_for_a_person_with_its_page_and_without_rows(no_tesseract, campaign):
    form = received(campaign, "anh.jpg", photo())
    assert (form.state, form.refused_because, form.row_count) == (FormFile.State.READ, "", 0)
    assert form.reading == {
        "organisation": None, "rows": [], "unplaced": [], "scan": True,
        "problems": [{"code": "unreadable", "row": None, "text": NO_TESSERACT}],
    }  # fmt: skip
    page = form.pages.get()
    assert (page.number, page.is_suggested, page.stored.content_type) == (1, False, "image/webp")
    assert Image.open(io.BytesIO(contents(page.stored))).size == (1100, 620)


def test_the_same_photo_sent_again_is_recognised(no_tesseract, campaign):
    first = received(campaign, "anh.jpg", photo())
    assert received(campaign, "anh (1).jpg", photo()) == first
    assert FormPage.objects.count() == 1


def test_a_form_read_again_has_its_pages_once(no_tesseract, campaign):
    form = received(campaign, "anh.jpg", photo())
    FormFile.objects.update(state=FormFile.State.UNREADABLE)
    form.refresh_from_db()
    among = RosterUnit.objects.filter(campaign=campaign)
    rereading.read_once_more(form, among=among, by=coordinator(campaign), at=IN_TIME)
    assert [page.number for page in form.pages.all()] == [1]


# never confirmed unseen


def typed(form, campaign, **changes):
    rows = [("0", ActivityDraft(held_on=campaign.starts_on, place="Hội trường xã", content="Lễ khai mạc"))]
    given = {"host": unit_of(campaign, "xa-lamson"), "rows": rows, "pieces": {}} | changes
    forms.correct_form(form, by=coordinator(campaign), at=IN_TIME, **given)


def test_a_scan_is_never_among_those_confirmed_at_once_even_when_every_row_was_typed(no_tesseract, campaign):
    form = received(campaign, "anh.jpg", photo())
    typed(form, campaign)
    assert form.open_points == 1
    assert list(confirmable_unseen(FormFile.objects.filter(campaign=campaign))) == []


def test_what_a_person_typed_from_the_picture_becomes_the_registration(no_tesseract, campaign):
    form = received(campaign, "anh.jpg", photo())
    typed(form, campaign)
    registration = confirming.confirm_form(form, by=coordinator(campaign), at=IN_TIME)
    assert [draft.content for draft in drafts_of(registration)] == ["Lễ khai mạc"]


def test_a_scan_without_a_row_is_not_confirmed(no_tesseract, campaign):
    form = received(campaign, "anh.jpg", photo())
    typed(form, campaign, rows=[])
    with pytest.raises(confirming.NoRows):
        confirming.confirm_form(form, by=coordinator(campaign), at=IN_TIME)
    assert not Registration.objects.exists()


# a suggestion, never a value


def said(*sources, confidence=0.98):
    rows = [{"source": source, "confidence": confidence, "reasons": ["year_of_week"]} for source in sources]
    return {"organisation": None, "rows": rows, "problems": [], "unplaced": []}


def test_only_rows_off_a_picture_are_suggestions_and_none_is_sure():
    document = Document("a.pdf", (), scans=(Scan(1, b"", "text"), Scan(2, b"", "guess"), Scan(3, b"")))
    reading = marked(said("trang 1, bảng 1, dòng 2", "trang 2, bảng 1, dòng 2"), document)
    assert reading["scan"] is True
    assert [(row["confidence"], row["reasons"]) for row in reading["rows"]] == [
        (0.98, ["year_of_week"]), (0.6, ["year_of_week", "from_ocr"]),
    ]  # fmt: skip
    assert [(problem["code"], problem["row"]) for problem in reading["problems"]] == [
        ("from_ocr", None), ("unreadable", None),
    ]  # fmt: skip
    assert reading["problems"][1]["text"] == "Trang 3 chưa được máy đọc gợi ý: xin nhìn ảnh và gõ thêm vào bảng."


def test_a_suggested_row_knows_the_boxes_of_its_cells_on_the_picture_merged_ones_too():
    cells = (
        Cell(1, 0, ("01/10",), "trang 1, bảng 1, dòng 2, cột 1", row_span=2, region=Region(1, 5, 10, 10, 8)),
        Cell(1, 1, ("Khai mạc",), "trang 1, bảng 1, dòng 2, cột 2", region=Region(1, 15, 10, 60, 4)),
        Cell(2, 1, ("Thi vẽ",), "trang 1, bảng 1, dòng 3, cột 2", region=Region(1, 15, 14, 60, 4)),
        Cell(2, 2, (), "trang 1, bảng 1, dòng 3, cột 3", region=Region(1, 75, 14, 20, 4)),
    )
    document = Document("a.jpg", (Grid(cells, 3, 3, "trang 1, bảng 1"),), scans=(Scan(1, b"", "guess"),))
    reading = said("trang 1, bảng 1, dòng 3, mục 1")
    reading["rows"][0] |= {"content": "Thi vẽ", "place": "", "note": ""}
    (row,) = marked(reading, document)["rows"]
    assert row["boxes"] == [
        {"page": 1, "x": 5, "y": 10, "w": 10, "h": 8, "holds": ""},
        {"page": 1, "x": 15, "y": 14, "w": 60, "h": 4, "holds": "content"},
    ]


def test_a_file_without_pictures_stays_as_it_is_read():
    reading = said("bảng 1, dòng 2")
    assert marked(reading, Document("a.docx", ())) is reading


@pytest.mark.ocr
def test_where_tesseract_is_present_its_rows_stand_as_suggestions(campaign):
    form = received(campaign, "anh.jpg", photo())
    (row,) = form.reading["rows"]
    assert (row["date_from"], row["place"], row["content"], row["note"]) == (
        "2022-10-01", "Hội trường xã", "Lễ khai mạc Tuần lễ", "200 người"
    )  # fmt: skip
    assert row["confidence"] == 0.6
    assert [box["holds"] for box in row["boxes"]] == ["", "", "place", "content", "note"]
    assert (form.host, form.pages.get().is_suggested) == (unit_of(campaign, "xa-lamson"), True)
    # What is said of the file, that it is a scan, and the row, which nobody may take unseen.
    assert form.open_points == 3


# the command line


def read_by_command(path):
    out = io.StringIO()
    code = 0
    try:
        call_command("form", "read", str(path), "--from", "2022-10-01", "--to", "2022-10-07", "--json", stdout=out)
    except SystemExit as ended:
        code = ended.code
    return code, json.loads(out.getvalue())


def test_the_command_says_what_is_missing_to_read_a_picture(no_tesseract, tmp_path):
    path = tmp_path / "anh.jpg"
    path.write_bytes(photo())
    code, answer = read_by_command(path)
    assert (code, answer["rows"], answer["scan"]) == (1, [], True)
    assert answer["problems"] == [{"code": "unreadable", "row": None, "text": NO_TESSERACT}]


def test_the_command_reads_a_pdf_with_text(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(form_pdf(("1", "01/10", "Hội trường xã", "Lễ khai mạc", "")))
    code, answer = read_by_command(path)
    assert (code, answer["organisation"], len(answer["rows"])) == (0, "UBND xã Lâm Sơn", 1)


# plans


def test_a_scanned_plan_is_asked_for_as_text_and_leaves_no_trace(no_tesseract):
    with pytest.raises(PlanIsAScan):
        receive_plan(photo(), "ke-hoach.jpg", by=SYSTEM, at=IN_TIME)
    assert not PlanFile.objects.exists()
