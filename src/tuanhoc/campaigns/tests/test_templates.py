"""What a province changes in its papers without code, edition by edition."""

import datetime as dt
from dataclasses import replace

import pytest
from tests.builders import IN_TIME, coordinator, prepared, province

from tuanhoc.campaigns import actions, queries
from tuanhoc.campaigns.models import Campaign
from tuanhoc.campaigns.rules import CampaignDraft, PaperForm, laid_over
from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import SYSTEM
from tuanhoc.papers.values import Layout

OWN = {
    "issuer": "Phòng Giáo dục thường xuyên",
    "signature": ["TL. GIÁM ĐỐC", "TRƯỞNG PHÒNG"],
    "layout": {"left_mm": 35},
}


@pytest.fixture
def campaign(db):
    province()
    made = prepared()
    actions.correct_campaign(
        made,
        {"issuer_name": "Sở Giáo dục và Đào tạo", "issue_place": "Ninh Thuận", "issue_number": "/SGDĐT-GDTX",
         "signature_lines": "GIÁM ĐỐC", "signer_name": "Nguyễn Văn A"},
        by=SYSTEM, at=IN_TIME,
    )  # fmt: skip
    return made


def set_to(campaign, kind, values):
    return actions.set_paper_template(campaign, kind, values, by=coordinator(campaign), at=IN_TIME)


def test_without_a_template_a_paper_is_headed_by_the_weeks_own_settings(campaign):
    assert queries.paper_form(campaign, "reminder") == PaperForm(
        issuer="Sở Giáo dục và Đào tạo", place="Ninh Thuận", symbol="SGDĐT-GDTX", signature=("GIÁM ĐỐC",),
        signer="Nguyễn Văn A", recipients=("Lưu: VT",),
    )  # fmt: skip


def test_a_kinds_template_lies_over_the_common_one_which_lies_over_the_weeks_settings(campaign):
    plain = queries.paper_form(campaign, "reminder")
    set_to(campaign, "", {"recipients": ["Như Điều 3", "Lưu: VT, GDTX"], "signer": "Trần Thị B"})
    set_to(campaign, "reminder", OWN)
    common = replace(plain, recipients=("Như Điều 3", "Lưu: VT, GDTX"), signer="Trần Thị B")
    assert queries.paper_form(campaign, "schedule") == common
    assert queries.paper_form(campaign, "reminder") == replace(
        common, issuer=OWN["issuer"], signature=("TL. GIÁM ĐỐC", "TRƯỞNG PHÒNG"), layout=Layout(left_mm=35)
    )


def test_the_plan_is_the_committees_and_takes_nothing_of_the_coordinators_head(campaign):
    form = queries.paper_form(campaign, "plan")
    assert (form.issuer, form.superior, form.signature, form.signer, form.symbol) == (
        "Ủy ban nhân dân tỉnh Ninh Thuận", "", (), "", "",
    )  # fmt: skip
    assert form.place == "Ninh Thuận"
    set_to(campaign, "plan", {"signature": ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], "signer": "Lê Văn C"})
    assert queries.paper_form(campaign, "plan").signer == "Lê Văn C"


def test_a_dash_takes_away_what_the_common_template_has():
    assert laid_over(PaperForm(superior="UBND tỉnh", signer="A"), {"superior": "-", "signer": ""}) == PaperForm(
        signer="A"
    )


def test_every_change_is_an_edition_and_an_earlier_one_can_stand_again(campaign):
    set_to(campaign, "reminder", OWN)
    set_to(campaign, "reminder", {"signer": "Trần Thị B"})
    assert set_to(campaign, "reminder", {"signer": "Trần Thị B"}) is None
    actions.restore_paper_template(campaign, "reminder", 1, by=coordinator(campaign), at=IN_TIME)
    editions = queries.template_editions(campaign, "reminder")
    assert [(e.number, e.values) for e in editions] == [(3, OWN), (2, {"signer": "Trần Thị B"}), (1, OWN)]
    assert queries.current_templates(campaign) == {"reminder": OWN}
    assert Entry.objects.filter(what="campaigns.template.set").count() == 3


def test_a_reset_prints_the_kind_as_if_nothing_had_been_set(campaign):
    plain = queries.paper_form(campaign, "reminder")
    set_to(campaign, "reminder", OWN)
    actions.restore_paper_template(campaign, "reminder", 0, by=coordinator(campaign), at=IN_TIME)
    assert queries.paper_form(campaign, "reminder") == plain
    assert queries.current_templates(campaign) == {}


def test_an_edition_that_never_was_is_refused_and_leaves_no_trace(campaign):
    with pytest.raises(actions.NoSuchEdition):
        actions.restore_paper_template(campaign, "reminder", 7, by=SYSTEM, at=IN_TIME)
    assert not campaign.paper_templates.exists()


def test_the_next_week_is_headed_like_the_last_one_but_has_its_own_number(campaign):
    actions.correct_campaign(campaign, {"issue_number": "2108/SGDĐT-GDTX"}, by=SYSTEM, at=IN_TIME)
    set_to(campaign, "reminder", OWN)
    following = actions.prepare_campaign(
        CampaignDraft(
            code="ninh-thuan-2023", title="Tuần lễ năm 2023", year=2023, theme="", starts_on=dt.date(2023, 10, 1),
            ends_on=dt.date(2023, 10, 7),
        ),
        province=campaign.province, coordinator=campaign.coordinator, by=SYSTEM, at=IN_TIME,
    )  # fmt: skip
    following = Campaign.objects.get(pk=following.pk)
    assert queries.current_templates(following) == {"reminder": OWN}
    assert (following.issuer_name, following.signer_name, following.issue_number) == (
        "Sở Giáo dục và Đào tạo", "Nguyễn Văn A", "/SGDĐT-GDTX",
    )  # fmt: skip
