"""Many forms confirmed at one stroke, and the stroke taken back as far as nobody has looked."""

import pytest
from tests.builders import IN_TIME, coordinator, unit_of, week

from tuanhoc.activities import actions as activities
from tuanhoc.activities.models import Registration, State
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.intake.actions import batches, confirming
from tuanhoc.intake.models import ConfirmationBatch, FormFile
from tuanhoc.intake.queries import clearing
from tuanhoc.intake.tests.test_forms import LATER, received
from tuanhoc.journal.models import Entry

UNITS_SENT = ("UBND xã Lâm Sơn", "UBND xã Nhơn Hải", "Thư viện tỉnh")


pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return week()


@pytest.fixture
def three(campaign):
    return [received(campaign, unit) for unit in UNITS_SENT]


def together(campaign, forms):
    return batches.confirm_together(campaign, forms, taken_in_by=None, by=coordinator(campaign), at=IN_TIME)


def undo(batch, campaign, among=None):
    reached = RosterUnit.objects.filter(campaign=campaign) if among is None else among
    return batches.undo_batch(batch, among=reached, by=coordinator(campaign), at=LATER)


def states():
    return list(FormFile.objects.order_by("pk").values_list("state", flat=True))


def test_forms_confirmed_together_are_one_stroke(campaign, three):
    batch, result = together(campaign, three)
    assert (batch.form_count, batch.confirmed_at, len(result.done)) == (3, IN_TIME, 3)
    assert set(FormFile.objects.values_list("batch", flat=True)) == {batch.pk}
    assert Entry.objects.get(what="intake.batch.confirm").details == {
        "forms": 3, "left": 0, "before": {"state": "read"}, "after": {"state": "confirmed"},
    }  # fmt: skip


def test_when_nothing_could_be_confirmed_there_is_no_stroke(campaign):
    unknown = received(campaign, "Công ty TNHH Nắng Mới")
    batch, result = together(campaign, [unknown])
    assert (batch, [type(why) for _, why in result.left]) == (None, [confirming.NoUnit])
    assert not ConfirmationBatch.objects.exists()


def test_a_stroke_is_taken_back_whole(campaign, three):
    batch, _ = together(campaign, three)
    result = undo(batch, campaign)
    batch.refresh_from_db()
    assert (len(result.done), result.left, batch.undone_at) == (3, (), LATER)
    assert states() == [FormFile.State.READ] * 3
    assert set(Registration.objects.values_list("state", flat=True)) == {State.DRAFT}
    assert Entry.objects.filter(what="intake.form.undo").count() == 3
    assert Entry.objects.get(what="intake.batch.undo").details["left"] == 0


def test_what_was_looked_at_since_stays_and_is_named_with_its_reason(campaign, three):
    batch, _ = together(campaign, three)
    accepted = Registration.objects.get(host=unit_of(campaign, "xa-nhonhai"))
    activities.accept_registration(accepted, by=coordinator(campaign), at=IN_TIME)

    result = undo(batch, campaign)

    assert [form.host.name for form in result.done] == ["Thư viện tỉnh", "UBND xã Lâm Sơn"]
    assert [(form.host.name, type(why)) for form, why in result.left] == [
        ("UBND xã Nhơn Hải", activities.LookedAtAlready)
    ]
    batch.refresh_from_db()
    assert (batch.undone_at, [form.pk for form in clearing.standing_in(batch)]) == (None, [result.left[0][0].pk])


def test_a_unit_that_is_no_longer_ones_own_stays(campaign, three):
    batch, _ = together(campaign, three)
    result = undo(batch, campaign, RosterUnit.objects.filter(pk=unit_of(campaign, "xa-lamson").pk))
    assert [form.host.name for form in result.done] == ["UBND xã Lâm Sơn"]
    assert {type(why) for _, why in result.left} == {batches.UnitElsewhere}


def test_a_stroke_is_taken_back_once(campaign, three):
    batch, _ = together(campaign, three)
    undo(batch, campaign)
    with pytest.raises(confirming.NothingToUndo):
        undo(batch, campaign)


def test_a_form_taken_back_alone_belongs_to_the_stroke_no_more(campaign, three):
    batch, _ = together(campaign, three)
    first = FormFile.objects.get(pk=three[0].pk)
    confirming.undo_confirmation(first, by=coordinator(campaign), at=LATER)
    confirming.confirm_form(FormFile.objects.get(pk=first.pk), by=coordinator(campaign), at=LATER)
    assert [form.pk for form in undo(batch, campaign).done] == [three[2].pk, three[1].pk]
    assert FormFile.objects.get(pk=first.pk).state == FormFile.State.CONFIRMED


def test_the_latest_strokes_come_first_and_say_what_still_stands(campaign, three):
    first, _ = together(campaign, three[:2])
    second, _ = together(campaign, three[2:])
    confirming.undo_confirmation(FormFile.objects.get(pk=three[0].pk), by=coordinator(campaign), at=LATER)
    shown = clearing.strokes(FormFile.objects.all(), of=None)
    assert [(stroke.batch.pk, stroke.standing) for stroke in shown] == [(second.pk, 1), (first.pk, 1)]
    assert clearing.strokes(FormFile.objects.all(), of=unit_of(campaign, "ubnd-585")) == []
