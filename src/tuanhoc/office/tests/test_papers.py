"""Papers are drafted, numbered once signed, kept as signed, and given to those who work on them."""

import datetime as dt
import io
import json
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from docx import Document
from pypdf import PdfReader
from tests.builders import IN_TIME, coordinator, registered, unit_of, week

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import User
from tuanhoc.campaigns.actions import set_paper_template
from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.lib.dates import HANOI
from tuanhoc.office import actions, documents, queries
from tuanhoc.office.models import OfficialPaper, Scope
from tuanhoc.papers.decree30 import Weight, check
from tuanhoc.papers.docx import to_docx
from tuanhoc.papers.keeping import kept, thawed
from tuanhoc.papers.tests.samples import LETTER, REPORT
from tuanhoc.papers.values import Layout
from tuanhoc.schedule.actions import number_release, release_schedule
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db

AT = dt.datetime(2022, 10, 3, 9, 30, tzinfo=HANOI)
SIGNED_ON = dt.date(2022, 9, 5)


@pytest.fixture
def campaign(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    return week()


def issue(campaign, kind="plan", number="5/KH-UBND"):
    scope = Scope(campaign)
    return actions.issue_paper(
        scope, kind, documents.drafted(scope, kind, at=AT), number=number, issued_on=SIGNED_ON,
        by=coordinator(campaign), at=AT,
    )  # fmt: skip


WIDE = replace(LETTER, layout=Layout(left_mm=35, body_points=13), due_on=dt.date(2022, 10, 5))


@pytest.mark.parametrize("document", [LETTER, REPORT, WIDE])
def test_a_document_is_kept_and_comes_back_the_same(document):
    assert thawed(json.loads(json.dumps(kept(document)))) == document


def test_a_signed_plan_stays_as_it_was_whatever_the_week_becomes(campaign):
    paper = issue(campaign)
    before = documents.reprinted(paper)
    campaign.theme = "Chủ đề khác"
    campaign.save()
    paper.refresh_from_db()
    assert documents.reprinted(paper) == before
    assert (before.letterhead.number, before.letterhead.issued_on) == ("5/KH-UBND", SIGNED_ON)
    assert [(e.what, e.details["number"]) for e in Entry.objects.filter(what="office.paper.issue")] == [
        ("office.paper.issue", "5/KH-UBND")
    ]


def test_its_number_can_be_corrected_and_is_journalled_with_before_and_after(campaign):
    paper = issue(campaign)
    actions.correct_number(paper, number="6/KH-UBND", issued_on=dt.date(2022, 9, 6), by=coordinator(campaign), at=AT)
    assert documents.reprinted(paper).annexes[0].attached_to == (
        "(Kèm theo Kế hoạch số 06/KH-UBND ngày 06 tháng 9 năm 2022 của Ủy ban nhân dân tỉnh Ninh Thuận)"
    )
    assert Entry.objects.get(what="office.paper.number").details == {
        "before": {"number": "5/KH-UBND", "issued_on": "2022-09-05"},
        "after": {"number": "6/KH-UBND", "issued_on": "2022-09-06"},
    }  # fmt: skip


def test_a_number_is_given_once_in_a_week_and_a_refusal_leaves_no_trace(campaign):
    issue(campaign)
    with pytest.raises(actions.NumberTaken):
        issue(campaign, "invitation")
    assert OfficialPaper.objects.count() == 1
    assert Entry.objects.filter(what="office.paper.issue").count() == 1


def test_the_letter_of_a_release_has_its_number_for_itself_and_two_districts_may_have_the_same(campaign):
    registered(unit_of(campaign, "th-lamson"))
    release = release_schedule(campaign, by=SYSTEM, at=AT)
    number_release(release, number="12/UBND-VX", parent_document="", by=SYSTEM, at=AT)
    with pytest.raises(actions.NumberTaken):
        issue(campaign, "reminder", "12/UBND-VX")
    for key in ("ubnd-585", "ubnd-586"):
        scope = Scope(campaign, unit_of(campaign, key))
        listed = documents.drafted(scope, "reminder", at=AT)
        actions.issue_paper(scope, "reminder", listed, number="12/UBND-VX", issued_on=SIGNED_ON, by=SYSTEM, at=AT)
    assert OfficialPaper.objects.filter(number="12/UBND-VX").count() == 2


def test_nobody_late_nothing_to_send(campaign):
    scope = Scope(campaign)
    with pytest.raises(actions.NothingToSend):
        actions.issue_paper(
            scope, "reminder", documents.drafted(scope, "reminder", at=IN_TIME), number="1/X", issued_on=SIGNED_ON,
            by=SYSTEM, at=AT,
        )  # fmt: skip
    assert not OfficialPaper.objects.exists()


@pytest.mark.parametrize("kind", ["plan", "invitation", "reminder"])
@pytest.mark.parametrize("is_signed", [False, True])
def test_the_checker_of_papers_finds_nothing_in_any_of_them(campaign, kind, is_signed):
    campaign.signature_lines, campaign.signer_name = "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", "Nguyễn Văn A"
    campaign.issue_number = "/SGDĐT-GDTX"
    campaign.save()
    own = {"signature": ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], "signer": "Nguyễn Văn B"}
    set_paper_template(campaign, "plan", own, by=coordinator(campaign), at=AT)
    document = documents.drafted(Scope(campaign), kind, at=AT)
    if is_signed:
        document = documents.reprinted(issue(campaign, kind, f"5{document.letterhead.number}"))
    assert [(f.rule, f.said) for f in check(to_docx(document)) if f.weight is Weight.BROKEN] == []


def test_a_template_heads_signs_opens_and_closes_them(campaign):
    own = {"issuer": "Ban Tổ chức", "opening": "Theo chương trình năm học.", "closing": "Trân trọng"}
    own["layout"] = {"left_mm": 35}
    for kind in ("plan", "reminder"):
        set_paper_template(campaign, kind, own, by=coordinator(campaign), at=AT)
    reminded, planned = (documents.drafted(Scope(campaign), kind, at=AT) for kind in ("reminder", "plan"))
    assert (reminded.body[0].text, reminded.body[-1].text) == ("Theo chương trình năm học.", "Trân trọng./.")
    assert planned.body[-1].text == "Trân trọng./."
    assert {reminded.layout.left_mm, planned.layout.left_mm} == {35}
    assert {reminded.letterhead.issuer, planned.letterhead.issuer} == {"Ban Tổ chức"}


def test_the_list_of_a_reminder_stands_from_printing_to_signing_and_the_next_one_is_new(campaign):
    scope = Scope(campaign)
    listed = documents.paper_of(scope, "reminder", {}, at=AT)
    actions.keep_draft(scope, "reminder", {}, listed=listed, by=SYSTEM, at=AT)
    registered(unit_of(campaign, "th-lamson"))
    assert documents.drafted(scope, "reminder", at=AT) == listed
    issue(campaign, "reminder", "7/SGDĐT")
    now = documents.drafted(scope, "reminder", at=AT)
    assert (len(listed.addressees), len(now.addressees)) == (7, 6)
    assert queries.draft(scope, "reminder") is None


def test_a_reminder_names_the_plan_once_it_has_a_number(campaign):
    issue(campaign)
    said = documents.drafted(Scope(campaign), "reminder", at=AT).body[0].text
    assert said.startswith("Thực hiện Kế hoạch số 05/KH-UBND ngày 05 tháng 9 năm 2022 của Ủy ban nhân dân tỉnh")


def test_what_was_typed_for_the_ceremony_is_printed(campaign):
    scope = Scope(campaign)
    typed = {"starts_at": "07:30:00", "place": "Hội trường", "guests": "Lãnh đạo Sở\nHội Khuyến học"}
    actions.keep_draft(scope, "invitation", typed, by=SYSTEM, at=AT)
    texts = [block.text for block in documents.drafted(scope, "invitation", at=AT).body]
    assert texts[1:3] == ["- Lãnh đạo Sở;", "- Hội Khuyến học."]
    assert "Thời gian: 07 giờ 30 phút, thứ Bảy, ngày 01 tháng 10 năm 2022." in texts
    each = documents.invitations(documents.drafted(scope, "invitation", at=AT), scope)
    assert len(each.documents) == 7


@pytest.fixture
def office(client, campaign):
    user = User.objects.create_user("dieuphoi@ninhthuan.example")
    accounts.give_seat(user, Role.COORDINATOR, campaign_id=campaign.pk, by=SYSTEM, at=AT)
    client.force_login(user)
    return client


@pytest.mark.parametrize("kind", ["ke-hoach", "giay-moi", "don-doc"])
def test_each_paper_comes_as_word_pdf_and_metadata(office, campaign, kind):
    given = {e: office.get(reverse("office:draft", args=[campaign.code, kind, e])) for e in ("docx", "pdf", "json")}
    head = Document(io.BytesIO(given["docx"].content)).tables[0].cell(0, 1).text
    pages = PdfReader(io.BytesIO(given["pdf"].content)).pages
    assert head.split("\n")[0] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert "Độc lập - Tự do - Hạnh phúc" in pages[0].extract_text()
    assert json.loads(given["json"].content)["PageAmount"] == len(pages)
    assert office.get(reverse("office:draft", args=[campaign.code, kind, "exe"])).status_code == 404
    assert office.get(reverse("office:draft", args=[campaign.code, "la", "docx"])).status_code == 404


def test_a_signed_paper_says_its_number_in_the_metadata_and_in_the_files_name(office, campaign):
    paper = issue(campaign)
    answer = office.get(reverse("office:issued", args=[paper.pk, "json"]))
    told = json.loads(answer.content)
    assert (told["CodeNumber"], told["CodeNotation"], told["IssuedDate"]) == ("5", "KH-UBND", "2022-09-05")
    assert answer["Content-Disposition"] == 'attachment; filename="van-ban-5-KH-UBND.json"'


def test_one_file_holds_an_invitation_for_each_unit(office, campaign):
    answer = office.get(reverse("office:to_each", args=[campaign.code, "pdf"]))
    pages = PdfReader(io.BytesIO(answer.content)).pages
    assert len(pages) == 7
    assert "kính mời: Thư viện tỉnh" in " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_the_letter_of_a_release_has_its_metadata_too(office, campaign):
    registered(unit_of(campaign, "th-lamson"))
    release_schedule(campaign, by=SYSTEM, at=AT)
    for number in (0, 1):
        told = json.loads(office.get(reverse("office:schedule_metadata", args=[campaign.code, number])).content)
        assert told["Subject"] == "lịch hoạt động Tuần lễ hưởng ứng học tập suốt đời năm 2022"


@pytest.mark.parametrize(
    ("role", "key", "answer"),
    [
        (Role.OFFICER, "ubnd-585", 200), (Role.HEAD, "ubnd-585", 200), (Role.VIEWER, "ubnd-585", 404),
        (Role.OFFICER, "ubnd-586", 404), (Role.OFFICER, "th-lamson", 404),
    ],
)  # fmt: skip
def test_a_district_prints_its_own_reminder_and_nobody_elses(client, campaign, role, key, answer):
    user = User.objects.create_user("huyen@ninhthuan.example")
    accounts.give_seat(user, role, unit=unit_of(campaign, key).unit, by=SYSTEM, at=AT)
    client.force_login(user)
    ninh_son = unit_of(campaign, "ubnd-585")
    assert client.get(reverse("office:unit_draft", args=[ninh_son.pk, "docx"])).status_code == answer
    assert client.get(reverse("desk:unit_paper", args=[ninh_son.pk])).status_code == answer
    assert client.get(reverse("office:draft", args=[campaign.code, "don-doc", "docx"])).status_code == 404


def test_a_unit_without_others_to_review_sends_no_reminders(office, campaign):
    library = unit_of(campaign, "tv-58")
    assert office.get(reverse("office:unit_draft", args=[library.pk, "docx"])).status_code == 404


def run(*words):
    out, err = io.StringIO(), io.StringIO()
    call_command("paper", *words, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.mark.parametrize("kind", ["plan", "invitation", "reminder", "schedule"])
def test_the_command_prints_each_kind(campaign, tmp_path, kind):
    registered(unit_of(campaign, "th-lamson"))
    word, pdf, told = tmp_path / "a.docx", tmp_path / "a.pdf", tmp_path / "a.json"
    run("print", kind, "--campaign", campaign.code, "-o", str(word), "--metadata", str(told))
    run("print", kind, "--campaign", campaign.code, "-o", str(pdf))
    assert len(Document(word).tables) > 0
    assert len(PdfReader(pdf).pages) == json.loads(told.read_text("utf-8"))["PageAmount"]


def test_the_command_prints_an_invitation_for_each_unit_in_one_file(campaign, tmp_path):
    pdf = tmp_path / "a.pdf"
    run("print", "invitation", "--campaign", campaign.code, "--each", "-o", str(pdf))
    assert len(PdfReader(pdf).pages) == 7


@pytest.mark.parametrize("kind", ["receipt", "annex"])
def test_the_command_prints_a_units_papers(campaign, tmp_path, kind):
    word = tmp_path / "a.docx"
    with pytest.raises(CommandError, match="chưa nộp"):
        run("print", kind, "--campaign", campaign.code, "--unit", "th-lamson", "-o", str(word))
    registered(unit_of(campaign, "th-lamson"))
    run("print", kind, "--campaign", campaign.code, "--unit", "th-lamson", "-o", str(word))
    assert word.exists()


def test_the_command_lists_kinds_and_numbers_and_prints_a_signed_paper_again(campaign, tmp_path):
    issue(campaign)
    said = json.loads(run("list", "--campaign", campaign.code, "--json")[0])
    assert said["kinds"] == ["plan", "schedule", "invitation", "reminder", "receipt", "annex"]
    assert said["papers"] == [
        {"kind": "plan", "number": "5/KH-UBND", "issued_on": "2022-09-05", "unit": "Sở Giáo dục và Đào tạo"}
    ]
    word = tmp_path / "a.docx"
    run("print", "plan", "--campaign", campaign.code, "--number", "5/KH-UBND", "-o", str(word))
    assert Document(word).tables[0].cell(1, 0).text == "Số: 05/KH-UBND"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["plan", "--campaign", "khong-co", "-o", "a.docx"], "Không có đợt nào"),
        (["plan", "--campaign", "ninh-thuan-2022"], "Vui lòng ghi"),
        (["plan", "--campaign", "ninh-thuan-2022", "-o", "a.txt"], "Chỉ ghi được"),
        (["plan", "--campaign", "ninh-thuan-2022", "--number", "1/X", "-o", "a.docx"], "không có văn bản số"),
        (["reminder", "--campaign", "ninh-thuan-2022", "--unit", "tv-58", "-o", "a.docx"], "không có văn bản loại này"),
        (["schedule", "--campaign", "ninh-thuan-2022", "--release", "3", "-o", "a.docx"], "chưa có lần ban hành"),
        (["plan", "--campaign", "ninh-thuan-2022", "-o", "khong/co/a.docx"], "Không ghi được"),
    ],
)
def test_the_command_says_what_it_cannot_do(campaign, words, said):
    with pytest.raises(CommandError, match=said):
        run("print", *words)


def test_the_command_says_that_nobody_is_late(campaign, monkeypatch, tmp_path):
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)
    with pytest.raises(CommandError, match="Không có đơn vị nào trễ"):
        run("print", "reminder", "--campaign", campaign.code, "-o", str(tmp_path / "a.docx"))
