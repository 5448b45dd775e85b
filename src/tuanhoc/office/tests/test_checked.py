"""Every paper of a Week held against Decree 30, with and without a template of the province's."""

import datetime as dt

import pytest
from tests.builders import IN_TIME, TOO_LATE, coordinator, registered, row, unit_of, week

from tuanhoc.activities.documents import receipt, registration_annex
from tuanhoc.activities.queries import drafts_of
from tuanhoc.campaigns import actions as campaigns
from tuanhoc.campaigns.documents import form_for
from tuanhoc.lib.actor import SYSTEM
from tuanhoc.office.documents import paper_of
from tuanhoc.office.queries import Scope
from tuanhoc.papers.decree30 import check
from tuanhoc.papers.docx import to_docx
from tuanhoc.schedule.actions import release_schedule
from tuanhoc.schedule.documents import edition_of_release, schedule_letter, standing_edition

LATE = TOO_LATE + dt.timedelta(days=2)
SIGNED = {"signature": ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], "signer": "Nguyễn Văn A", "symbol": "SGDĐT-GDTX"}
OF_THE_PLAN = {"signature": ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], "signer": "Trần Thị B", "symbol": "KH-UBND"}
NARROW = {"top_mm": 25, "bottom_mm": 25, "left_mm": 35, "right_mm": 20, "head_points": 12, "body_points": 13,
          "first_line_mm": 10, "line_spacing": 1.5}  # fmt: skip


@pytest.fixture(params=[{}, NARROW], ids=["usual", "narrow"])
def campaign(request, db):
    made = week()
    for kind, values in (("", SIGNED), ("plan", OF_THE_PLAN)):
        given = {**values, "layout": request.param} if request.param else values
        campaigns.set_paper_template(made, kind, given, by=coordinator(made), at=IN_TIME)
    return made


def papers(campaign):
    """Give every paper of the Week."""
    scope, typed = Scope(campaign), {"starts_at": "07:30", "place": "Hội trường", "guests": "Ông A\nBà B"}
    registration = registered(unit_of(campaign, "th-lamson"), [row("Ngày hội đọc sách")])
    for kind in ("plan", "invitation", "reminder"):
        yield kind, paper_of(scope, kind, typed if kind == "invitation" else {}, at=LATE)
    yield "draft of the schedule", schedule_letter(standing_edition(campaign, at=LATE))
    release_schedule(campaign, by=SYSTEM, at=IN_TIME)
    registered(unit_of(campaign, "xa-nhonhai"), [row("Lễ phát động")])
    again = release_schedule(campaign, by=SYSTEM, at=IN_TIME)
    yield "second release", schedule_letter(edition_of_release(again))
    submission = registration.submissions.get()
    yield "receipt", receipt(submission, host=registration.host, form=form_for(campaign, "receipt"))
    yield (
        "annex of a unit",
        registration_annex(
            unit_name=registration.host.name, year=2022, rows=drafts_of(registration), submission=submission
        ),
    )


def test_no_paper_of_the_week_breaks_the_decree(campaign):
    found = {name: [f.rule for f in check(to_docx(paper))] for name, paper in papers(campaign)}
    # A receipt is the software's: nobody signs it, it is sent nowhere, and its number is made of several.
    assert found.pop("receipt") == ["number.joined", "authority.there", "recipients.there"]
    assert [name for name, rules in found.items() if rules] == []
    assert len(found) == 6
