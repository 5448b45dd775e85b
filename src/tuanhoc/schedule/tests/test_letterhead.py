"""Who issues the schedule's letter is said by its template."""

import pytest
from tests.builders import IN_TIME, coordinator, prepared, province

from tuanhoc.campaigns import actions
from tuanhoc.papers.values import Layout, Paragraph
from tuanhoc.schedule.documents import schedule_letter, standing_edition
from tuanhoc.schedule.queries import issuer_of
from tuanhoc.schedule.rules import issuer_kept, kept_issuer

OWN = {
    "issuer": "Phòng Giáo dục thường xuyên", "symbol": "SGDĐT-VP", "addressees": ["Các sở"],
    "recipients": ["Lưu: VT, VP"],
    "opening": "Thực hiện Kế hoạch số 5/KH-UBND.", "closing": "Xin cảm ơn.", "layout": {"left_mm": 35},
}  # fmt: skip


@pytest.fixture
def campaign(db):
    province()
    made = prepared()
    actions.set_paper_template(made, "schedule", OWN, by=coordinator(made), at=IN_TIME)
    return made


def test_the_letter_is_headed_addressed_and_set_by_its_template(campaign):
    letter = schedule_letter(standing_edition(campaign, at=IN_TIME))
    assert (letter.letterhead.issuer, letter.letterhead.number) == ("Phòng Giáo dục thường xuyên", "/SGDĐT-VP")
    assert (letter.addressees, letter.recipients, letter.layout) == (("Các sở",), ("Lưu: VT, VP",), Layout(left_mm=35))
    assert letter.body[0] == Paragraph("Thực hiện Kế hoạch số 5/KH-UBND.")
    assert letter.body[-1] == Paragraph("Xin cảm ơn./.")


def test_a_number_that_was_given_keeps_its_own_symbol(campaign):
    actions.correct_campaign(campaign, {"issue_number": "2108/SGDĐT-GDTX"}, by=coordinator(campaign), at=IN_TIME)
    assert issuer_of(campaign).number == "2108/SGDĐT-GDTX"


def test_a_release_keeps_all_of_it(campaign):
    issuer = issuer_of(campaign)
    assert issuer_kept(kept_issuer(issuer)) == issuer
