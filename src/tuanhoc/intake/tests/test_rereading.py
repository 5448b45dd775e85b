"""A file read once more: what changed is said, what somebody corrected is never lost."""

import pytest
from tests.builders import IN_TIME, coordinator, unit_of, week
from tests.form_files import GOOD

from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.intake.actions import confirming, forms, rereading
from tuanhoc.intake.actions.rereading import Reread
from tuanhoc.intake.actions.uploads import Upload
from tuanhoc.intake.models import FormFile
from tuanhoc.intake.tests.test_forms import correct, receive, received
from tuanhoc.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return week()


def again(form, campaign):
    among = RosterUnit.objects.filter(campaign=campaign)
    return rereading.read_once_more(form, among=among, by=coordinator(campaign), at=IN_TIME)


def as_an_older_reader_left_it(form, **changes):
    form.reading = form.reading | changes
    form.save()
    return FormFile.objects.get(pk=form.pk)


def test_the_same_reading_is_said_to_be_the_same(campaign):
    form = received(campaign, lines=[GOOD, GOOD])
    change = again(form, campaign)
    assert (change, change.is_same) == (Reread(2, 2, 0, 0, 0), True)
    assert form.version == 1


def test_what_is_read_better_is_counted(campaign):
    form = received(campaign, lines=[GOOD, ("04/10", "Sân vận động", "Hội thao", "")], foot=["Đề nghị cử diễn giả"])
    first = form.reading["rows"][0]
    older = as_an_older_reader_left_it(form, rows=[first | {"place": ""}], unplaced=[])
    assert again(older, campaign) == Reread(1, 2, 2, 0, 1)
    assert Entry.objects.get(what="intake.form.read_again").details == {
        "before": {"state": "read", "rows": 1}, "after": {"state": "read", "rows": 2},
    }  # fmt: skip


def test_how_sure_the_reader_is_makes_no_row_another(campaign):
    form = received(campaign)
    rows = [form.reading["rows"][0] | {"confidence": 0.1, "reasons": ["x"], "source": "đâu đó"}]
    assert again(as_an_older_reader_left_it(form, rows=rows), campaign).is_same


def test_a_form_somebody_corrected_is_left_alone(campaign):
    form = received(campaign, lines=[GOOD, GOOD])
    correct(form, campaign, rows=[])
    kept = form.corrected
    with pytest.raises(rereading.CorrectedByHand):
        again(form, campaign)
    form.refresh_from_db()
    assert form.corrected == kept


def test_the_unit_somebody_chose_stands(campaign):
    form = received(campaign, "Công ty TNHH Nắng Mới")
    correct(form, campaign, host=unit_of(campaign, "xa-lamson"))
    again(form, campaign)
    assert form.host == unit_of(campaign, "xa-lamson")


def test_a_unit_recognised_only_now_is_said_to_be_new(campaign):
    form = received(campaign)
    FormFile.objects.filter(pk=form.pk).update(host=None, match_score=0, match_because=[])
    older = FormFile.objects.get(pk=form.pk)
    change = again(older, campaign)
    assert (change.unit_changed, change.is_same, older.host) == (True, False, unit_of(campaign, "xa-lamson"))
    assert older.match_reason == "Tên trong mẫu “UBND xã Lâm Sơn” trùng với tên đơn vị."


def test_what_can_no_longer_be_read_keeps_its_earlier_reading(campaign, monkeypatch):
    form = received(campaign)
    monkeypatch.setattr("tuanhoc.files.actions.contents_in_quarantine", lambda _stored: b"PK\x03\x04 hong")
    with pytest.raises(rereading.WorseNow):
        again(form, campaign)
    form.refresh_from_db()
    assert (form.state, form.row_count) == (FormFile.State.READ, 1)


def test_an_unreadable_file_stays_unreadable_until_it_can_be_read(campaign):
    form = receive(campaign, Upload("a.docx", b"PK\x03\x04 hong")).unreadable[0]
    assert not again(form, campaign).is_read
    assert form.state == FormFile.State.UNREADABLE


def test_a_confirmed_form_is_not_read_again(campaign):
    form = received(campaign)
    confirming.confirm_form(form, by=coordinator(campaign), at=IN_TIME)
    form.refresh_from_db()
    with pytest.raises(forms.NotToConfirm):
        again(form, campaign)


def test_of_two_at_the_same_moment_the_second_is_told(campaign):
    form = received(campaign)
    stale = FormFile.objects.get(pk=form.pk)
    again(form, campaign)
    with pytest.raises(forms.CorrectedElsewhere):
        again(stale, campaign)
