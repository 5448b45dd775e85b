"""The letter that sends a release, first and amended, held against Decree 30/2020/NĐ-CP line by line."""

import datetime as dt

import pytest
from tests.builders import IN_TIME, registered, unit_of, week
from tests.decree_lines import wrong_lines

from tuanhoc.lib.actor import SYSTEM
from tuanhoc.papers.metadata import metadata
from tuanhoc.schedule.actions import number_release, release_schedule
from tuanhoc.schedule.documents import edition_of_release, schedule_letter, standing_edition

pytestmark = pytest.mark.django_db

PARENT = "Công văn số 2108/SGDĐT-GDTX ngày 30/9/2022 của Sở Giáo dục và Đào tạo"


@pytest.fixture
def campaign():
    campaign = week()
    campaign.issue_place, campaign.signature_lines = "Ninh Thuận", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC"
    campaign.signer_name = "Nguyễn Văn A"
    campaign.save()
    registered(unit_of(campaign, "th-lamson"))
    return campaign


def test_a_first_release_has_one_annex_and_keeps_the_decree(campaign):
    release = release_schedule(campaign, by=SYSTEM, at=IN_TIME)
    letter = schedule_letter(edition_of_release(release))
    assert [annex.title[0] for annex in letter.annexes] == ["LỊCH HOẠT ĐỘNG"]
    assert wrong_lines(letter) == []


def test_an_amended_release_says_only_what_changed_in_a_second_annex_and_keeps_the_decree(campaign):
    release_schedule(campaign, by=SYSTEM, at=IN_TIME)
    registered(unit_of(campaign, "tv-58"))
    release = release_schedule(campaign, by=SYSTEM, at=IN_TIME)
    number_release(release, number="2108/SGDĐT-GDTX", parent_document=PARENT, by=SYSTEM, at=IN_TIME)
    letter = schedule_letter(edition_of_release(release))
    schedule, changed = letter.annexes
    assert (len(schedule.table.rows), len(changed.table.rows)) == (2, 1)
    assert letter.letterhead.issued_on == dt.date(2022, 9, 30)
    assert wrong_lines(letter) == []
    assert metadata(letter)["CodeNumber"] == "2108"


def test_a_draft_keeps_the_decree_with_number_and_date_open(campaign):
    assert wrong_lines(schedule_letter(standing_edition(campaign, at=IN_TIME))) == []
