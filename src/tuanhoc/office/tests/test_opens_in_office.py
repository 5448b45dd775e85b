"""LibreOffice opens every paper without mending it, and lays it out on as many pages as we say it has."""

import datetime as dt

import pytest
from pypdf import PdfReader
from tests.builders import registered, row, unit_of, week

from tuanhoc.activities.documents import receipt
from tuanhoc.campaigns.documents import addressed_to_each, form_for, numbered
from tuanhoc.campaigns.models import Direction
from tuanhoc.lib.actor import SYSTEM
from tuanhoc.lib.dates import HANOI
from tuanhoc.office.documents import paper_of, reminder
from tuanhoc.office.models import Scope
from tuanhoc.office.rules import Waiting
from tuanhoc.papers.docx import to_docx
from tuanhoc.papers.pdf import page_count
from tuanhoc.schedule.actions import release_schedule
from tuanhoc.schedule.documents import edition_of_release, schedule_letter

pytestmark = [pytest.mark.django_db, pytest.mark.office]

AT = dt.datetime(2022, 10, 3, 9, 30, tzinfo=HANOI)


def test_every_paper_opens_with_its_pages_and_words(libreoffice, tmp_path):
    papers = everything()
    for name, document in papers.items():
        (tmp_path / f"{name}.docx").write_bytes(to_docx(document))
    folder = libreoffice("pdf", *(tmp_path / f"{name}.docx" for name in papers))
    laid = {name: PdfReader(folder / f"{name}.pdf") for name in papers}
    assert {name: len(read.pages) for name, read in laid.items()} == {
        name: page_count(document) for name, document in papers.items()
    }
    for name, read in laid.items():
        assert all(len(page.extract_text()) > 20 for page in read.pages), f"{name}: a blank page"
        first = " ".join(read.pages[0].extract_text().split())
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in first, name
        assert "Độc lập - Tự do - Hạnh phúc" in first, name


def everything():
    """Return one of each paper of a small Week."""
    campaign = week()
    campaign.signature_lines, campaign.signer_name = "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", "Nguyễn Văn A"
    campaign.issue_number = "2108/SGDĐT-GDTX"
    campaign.save()
    long = "Triển khai các chương trình học tập trực tuyến, đẩy mạnh ứng dụng công nghệ thông tin. " * 12
    Direction.objects.bulk_create(Direction(campaign=campaign, clause=f"4.{n}", text=long.strip()) for n in "abc")
    school = registered(unit_of(campaign, "th-lamson"), [row(f"Lớp kỹ năng số {n}") for n in range(30)])
    first = release_schedule(campaign, by=SYSTEM, at=AT)
    registered(unit_of(campaign, "tv-58"))
    second = release_schedule(campaign, by=SYSTEM, at=AT)
    scope, form = Scope(campaign), form_for(campaign, "reminder")
    invited = paper_of(scope, "invitation", {"place": "Hội trường tỉnh", "starts_at": "07:30"}, at=AT)
    many = [Waiting(f"Trường Tiểu học xã Phước Thuận {n}", "Trường tiểu học", 7, n, AT) for n in range(90)]
    return {
        "plan": numbered(paper_of(scope, "plan", {}, at=AT), number="5/KH-UBND", issued_on=dt.date(2022, 9, 5)),
        "invitation": invited,
        "each": addressed_to_each(invited, ["Thư viện tỉnh", "Sở Thông tin và Truyền thông"]),
        "reminder": paper_of(scope, "reminder", {"reply_by": "2022-10-05"}, at=AT),
        "many": reminder(many, replied=3, title=campaign.title, year=2022, sender="Sở GDĐT", at=AT, form=form),
        "receipt": receipt(
            school.submissions.get(),
            host=school.host,
            form=form,
            address="https://tuanhoc.example/lam-viec/bien-nhan/1/",
        ),
        "first": schedule_letter(edition_of_release(first)),
        "second": schedule_letter(edition_of_release(second)),
    }
