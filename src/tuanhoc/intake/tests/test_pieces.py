"""Words of a form in no row: put into a row or set aside by hand, and out again; none is ever lost or said twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import IN_TIME, coordinator, week

from tuanhoc.activities.rules import ActivityDraft
from tuanhoc.intake.actions import confirming, correcting, forms
from tuanhoc.intake.models import FormFile
from tuanhoc.intake.rules.pieces import NEW, Placement, placed, taken_out
from tuanhoc.intake.tests.test_forms import received, rows_of
from tuanhoc.journal.models import Entry

SPEAKER, CAR = "Đề nghị tỉnh cử diễn giả", "Xe đón lúc 6 giờ"
TEXTS = [("đoạn 4", SPEAKER), ("đoạn 5", CAR)]


pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return week()


@pytest.fixture
def form(campaign):
    return received(campaign, foot=[SPEAKER, CAR])


def keep(form, campaign, **more):
    given = {"host": form.host, "rows": rows_of(form), "version": form.version} | more
    return correcting.keep_corrections(form, by=coordinator(campaign), at=IN_TIME, **given)


def row_of(form, key="0"):
    return dict(rows_of(form))[key]


@pytest.mark.parametrize(
    ("field", "then"),
    [
        ("note", {"note": f"200 học sinh\n{SPEAKER}"}),
        ("content", {"content": f"Ngày hội đọc sách\n{SPEAKER}"}),
        ("place", {"place": f"Nhà văn hóa xã, {SPEAKER}"}),
    ],
)
def test_a_piece_goes_into_the_cell_it_is_put_into_and_comes_out_again(form, campaign, field, then):
    before = row_of(form)
    keep(form, campaign, place={0: Placement("0", field)})
    assert {name: getattr(row_of(form), name) for name in then} == then
    assert (form.settled, form.open_points) == ([0], 1)

    assert keep(form, campaign, back=[0]) == []
    assert (row_of(form), form.settled, form.placed) == (before, [], {})


def test_a_piece_becomes_a_row_of_its_own_that_knows_where_it_stood(form, campaign):
    keep(form, campaign, place={1: Placement(NEW)})
    assert row_of(form, "1") == ActivityDraft(content=CAR, source="đoạn 5")
    keep(form, campaign, back=[1])
    assert [key for key, _ in rows_of(form)] == ["0"]


def test_a_new_row_that_was_filled_in_stays_when_its_words_are_taken_out(form, campaign):
    keep(form, campaign, place={1: Placement(NEW)})
    rows = [(key, draft if key == "0" else ActivityDraft(content=CAR, place="Bến xe")) for key, draft in rows_of(form)]
    keep(form, campaign, rows=rows, back=[1])
    assert row_of(form, "1") == ActivityDraft(place="Bến xe")


def test_words_that_were_rewritten_in_their_row_stay_there_and_wait_again(form, campaign):
    keep(form, campaign, place={0: Placement("0", "note")})
    rows = [("0", ActivityDraft(content="Ngày hội đọc sách", note="Cử diễn giả"))]
    assert keep(form, campaign, rows=rows, back=[0]) == [0]
    assert (row_of(form).note, form.settled) == ("Cử diễn giả", [])


def test_a_row_thrown_away_does_not_take_words_along_that_were_put_into_it(form, campaign):
    keep(form, campaign, place={0: Placement(NEW), 1: Placement()})
    keep(form, campaign, rows=[pair for pair in rows_of(form) if pair[0] == "0"])
    assert (form.settled, form.open_points) == ([1], 1)


def test_nothing_is_confirmed_while_a_piece_has_no_place(form, campaign):
    keep(form, campaign, place={0: Placement()})
    with pytest.raises(confirming.PiecesLeft):
        confirming.confirm_form(form, by=coordinator(campaign), at=IN_TIME)
    keep(form, campaign, place={1: Placement()})
    confirming.confirm_form(form, by=coordinator(campaign), at=IN_TIME)
    form.refresh_from_db()
    assert form.state == FormFile.State.CONFIRMED


def test_what_was_done_with_words_is_in_the_journal(form, campaign):
    keep(form, campaign, place={0: Placement("0"), 1: Placement()})
    keep(form, campaign, back=[1])
    written = list(Entry.objects.filter(what="intake.form.place").order_by("pk").values_list("details", flat=True))
    assert written == [
        {"placed": {"0": "0", "1": "aside"}, "back": [], "before": {"unplaced": 2}, "after": {"unplaced": 0}},
        {"placed": {}, "back": [1], "before": {"unplaced": 0}, "after": {"unplaced": 1}},
    ]


def test_somebody_faster_is_not_written_over(form, campaign):
    with pytest.raises(forms.CorrectedElsewhere):
        keep(form, campaign, place={0: Placement()}, version=form.version - 1 if form.version else 7)
    form.refresh_from_db()
    assert (form.settled, form.version) == ([], 0)


def test_a_piece_that_does_not_exist_or_a_row_that_is_gone_changes_nothing(form, campaign):
    before = rows_of(form)
    keep(form, campaign, place={7: Placement("0"), 0: Placement("99")}, back=[5])
    assert (rows_of(form), form.settled) == (before, [])


words = st.text("abc đê\n", min_size=1, max_size=12).filter(str.strip)
drafts = st.builds(
    ActivityDraft, content=words, note=st.one_of(st.just(""), words), place=st.one_of(st.just(""), words)
)


@given(st.lists(drafts, min_size=1, max_size=3), words, st.sampled_from(["note", "content", "place"]), st.data())
def test_taken_out_at_once_every_row_is_as_it_was(rows, text, field, data):
    keyed = [(str(n), draft) for n, draft in enumerate(rows)]
    to = data.draw(st.sampled_from([key for key, _ in keyed]))
    more, settled = placed(keyed, {0: Placement(to, field)}, [("đoạn 1", text)], first_free=len(keyed))
    assert taken_out(more, [0], settled, [("đoạn 1", text)]) == (keyed, [])
