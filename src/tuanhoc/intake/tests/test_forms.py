"""Word forms taken in: read, matched, recognised when they come twice, kept when they cannot be read."""

import datetime as dt

import pytest
from tests.builders import IN_TIME, OPENED_AT, coordinator, registered, row, someone, unit_of, week
from tests.form_files import GOOD, word_form, zipped

from tuanhoc.activities import actions as activities
from tuanhoc.activities.models import Registration, State
from tuanhoc.activities.queries import drafts_of
from tuanhoc.activities.rules import ActivityDraft, frozen
from tuanhoc.campaigns import actions as campaigns
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.intake.actions import confirming, forms
from tuanhoc.intake.actions.confirming import Joining
from tuanhoc.intake.actions.uploads import Upload, file_name
from tuanhoc.intake.models import FormFile
from tuanhoc.intake.queries.forms import confirmable_unseen
from tuanhoc.intake.rules import proposals, thawed
from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import Role
from tuanhoc.lib.dates import HANOI
from tuanhoc.outbox.models import Event

pytestmark = pytest.mark.django_db

LATER = dt.datetime(2022, 10, 3, 9, tzinfo=HANOI)


@pytest.fixture
def campaign():
    return week()


def receive(campaign, *uploads, received_at=IN_TIME, at=IN_TIME):
    return forms.receive_forms(
        campaign, uploads, among=RosterUnit.objects.filter(campaign=campaign), taken_in_by=None,
        received_at=received_at, by=coordinator(campaign), at=at,
    )  # fmt: skip


def received(campaign, organisation="UBND xã Lâm Sơn", lines=(GOOD,), *, name="mau.docx", **more):
    """Take in one good form and return it."""
    foot = more.pop("foot", ())
    return receive(campaign, Upload(name, word_form(organisation, lines, foot=foot)), **more).read[0]


def rows_of(form):
    return [(row.key, row.draft) for row in proposals.proposals(form.reading, form.corrected)]


def correct(form, campaign, **changes):
    given = {"host": form.host, "rows": rows_of(form), "pieces": {}} | changes
    forms.correct_form(form, by=coordinator(campaign), at=IN_TIME, **given)


def confirm(form, campaign, joining=Joining.ASK, at=IN_TIME):
    return confirming.confirm_form(form, joining=joining, by=coordinator(campaign), at=at)


def events():
    return list(Event.objects.exclude(name="campaigns.call.opened").order_by("pk").values_list("name", flat=True))


def contents_of(registration):
    return [draft.content for draft in drafts_of(registration)]


# taken in


def test_each_form_is_read_and_matched_to_its_unit(campaign):
    came = receive(
        campaign,
        Upload("a.docx", word_form("UBND xã Lâm Sơn")),
        Upload("b.docx", word_form("Huyện Ninh Hải")),
        Upload("Thư viện tỉnh.docx", word_form(None)),
        Upload("c.docx", word_form("Công ty TNHH Nắng Mới")),
    )
    assert [(form.host.name if form.host else None, form.is_unsure, form.row_count) for form in came.read] == [
        ("UBND xã Lâm Sơn", False, 1),
        ("UBND huyện Ninh Hải", False, 1),
        ("Thư viện tỉnh", False, 1),
        (None, True, 1),
    ]
    assert came.read[2].match_reason == "Theo tên tệp “Thư viện tỉnh.docx”."
    assert Entry.objects.filter(what="intake.form.receive").count() == 4


def test_a_zip_is_opened_folders_debris_and_lock_files_left_out(campaign):
    packed = zipped({
        "xa/UBND xã Lâm Sơn.docx": word_form("UBND xã Lâm Sơn"),
        "../../etc/passwd.docx": word_form("UBND xã Nhơn Hải"),
        "__MACOSX/._UBND xã Lâm Sơn.docx": b"junk",
        "xa/~$mau.docx": b"lock",
        "trong.zip": zipped({"x.docx": b"x"}),
    })  # fmt: skip
    came = receive(campaign, Upload("tat ca.zip", packed))
    assert [form.name for form in came.read] == ["UBND xã Lâm Sơn.docx", "passwd.docx"]
    assert [(form.name, form.refused_because) for form in came.unreadable] == [
        ("trong.zip", "Đây là tệp nén bên trong một tệp nén. Vui lòng giải nén rồi tải lên."),
    ]


def test_a_zip_over_its_limits_is_refused_whole(campaign, monkeypatch):
    monkeypatch.setattr("tuanhoc.intake.actions.uploads.MOST_IN_ZIP", 1)
    came = receive(campaign, Upload("hai.zip", zipped({"a.docx": word_form("Huyện Ninh Sơn"), "b.docx": b"b"})))
    assert (len(came.read), [form.name for form in came.unreadable]) == (0, ["hai.zip"])


def test_a_zip_that_expands_beyond_measure_is_stopped_while_it_expands(campaign, monkeypatch):
    monkeypatch.setattr("tuanhoc.intake.actions.uploads.MOST_EXPANDED_BYTES", 100_000)
    came = receive(campaign, Upload("to.zip", zipped({"a.docx": b"0" * 5_000_000})))
    assert [form.name for form in came.unreadable] == ["to.zip"]


def test_the_same_content_is_recognised_and_not_doubled(campaign):
    data = word_form("UBND xã Lâm Sơn")
    first = receive(campaign, Upload("mot.docx", data)).read[0]
    again = receive(campaign, Upload("mot (1).docx", data), Upload("hai.docx", data))
    assert [form.pk for form in again.known_before] == [first.pk, first.pk]
    assert FormFile.objects.count() == 1


def test_what_cannot_be_read_is_kept_with_its_reason(campaign):
    broken = receive(campaign, Upload("hong.docx", word_form("Huyện Ninh Sơn")[:900]), Upload("trong.docx", b""))
    assert [(form.name, form.stored is None, bool(form.refused_because)) for form in broken.unreadable] == [
        ("hong.docx", False, True),
        ("trong.docx", True, True),
    ]
    assert not broken.read


def test_a_day_in_the_future_and_an_empty_upload_are_refused(campaign):
    with pytest.raises(forms.ReceivedInFuture):
        receive(campaign, Upload("a.docx", b"x"), received_at=LATER)
    with pytest.raises(forms.NothingUploaded):
        receive(campaign)
    assert not FormFile.objects.exists()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\may\\Mẫu.docx", "Mẫu.docx"),
        ("../../a.docx", "a.docx"),
        ("", "tep"),
        (f"{'ă' * 300}.docx", f"{'ă' * 246}….docx"),
    ],
)
def test_names_lose_their_folders_and_keep_their_ending(given, kept):
    assert file_name(given) == kept


# corrected


def test_what_is_asked_of_a_row_ends_when_the_row_is_mended(campaign):
    form = received(campaign, lines=[("04/10", "", "Tập huấn", ""), GOOD])
    assert form.open_points == 1
    key, draft = rows_of(form)[0]
    correct(form, campaign, rows=[(key, thawed(frozen(draft) | {"place": "Hội trường"})), rows_of(form)[1]])
    assert (form.open_points, form.version) == (0, 1)
    assert [row.draft.place for row in proposals.proposals(form.reading, form.corrected)] == [
        "Hội trường",
        "Nhà văn hóa xã",
    ]


def test_words_in_no_row_go_into_a_note_or_are_set_aside(campaign):
    form = received(campaign, foot=["Đề nghị tỉnh cử diễn giả", "Xe đón lúc 6 giờ tại trụ sở"])
    assert form.open_points == 2
    correct(form, campaign, pieces={0: rows_of(form)[0][0], 1: "", 7: ""})
    assert (form.settled, form.open_points) == ([0, 1], 0)
    assert rows_of(form)[0][1].note == "200 học sinh\nĐề nghị tỉnh cử diễn giả"


def test_choosing_the_unit_by_hand_says_who_chose(campaign):
    form = received(campaign, "Công ty TNHH Nắng Mới")
    correct(form, campaign, host=unit_of(campaign, "tv-58"))
    assert (form.host.name, form.is_unsure, form.match_reason) == (
        "Thư viện tỉnh",
        False,
        "Điều phối đã chọn đơn vị này.",
    )


def test_a_second_window_overwrites_nothing(campaign):
    form = received(campaign)
    correct(form, campaign, version=0)
    with pytest.raises(forms.CorrectedElsewhere):
        correct(form, campaign, version=0, rows=[("0", ActivityDraft(content="Khác"))])
    form.refresh_from_db()
    assert (form.version, form.corrected) == (1, None)


def test_an_unsafe_link_becomes_words_in_the_note(campaign):
    form = received(campaign)
    form.reading["rows"][0] |= {"link": "javascript:alert(1)", "place": "x" * 600}
    draft = rows_of(form)[0][1]
    assert (draft.link, draft.place) == ("", "x" * 499 + "…")
    assert draft.note == "200 học sinh\n" + "x" * 600 + "\njavascript:alert(1)"


# confirmed


def test_confirming_makes_the_registration_on_behalf_with_its_source(campaign):
    form = received(campaign)
    registration = confirm(form, campaign)
    activity = registration.activities.get()
    assert (registration.state, registration.entered_on_behalf, registration.submissions.count()) == (
        State.SUBMITTED,
        True,
        1,
    )
    assert (activity.content, activity.starts_at, activity.source) == (
        "Ngày hội đọc sách",
        dt.time(7, 30),
        "bảng 1, dòng 2",
    )
    assert (form.state, form.registration_id, form.decided_at) == ("confirmed", registration.pk, IN_TIME)
    assert events() == ["activities.registration.submitted", "intake.form.confirmed"]


@pytest.mark.parametrize(("day", "late"), [(30, False), (None, True)])
def test_the_day_it_was_received_decides_whether_it_is_late(campaign, day, late):
    came_at = dt.datetime(2022, 9, day, tzinfo=HANOI) if day else LATER
    form = received(campaign, received_at=came_at, at=LATER)
    assert confirm(form, campaign, at=LATER).is_late is late


def test_a_form_is_confirmed_whole_or_not_at_all(campaign):
    without_unit = received(campaign, "Công ty TNHH Nắng Mới")
    with_words_left = received(campaign, foot=["Đề nghị tỉnh cử diễn giả"])
    empty = received(campaign, "UBND xã Nhơn Hải", lines=[])
    for form, refusal in (
        (without_unit, confirming.NoUnit), (with_words_left, confirming.PiecesLeft), (empty, confirming.NoRows),
    ):  # fmt: skip
        with pytest.raises(refusal):
            confirm(form, campaign)
    assert not Registration.objects.exists()
    assert events() == []
    assert set(FormFile.objects.values_list("state", flat=True)) == {"read"}


def test_a_week_that_is_over_takes_nothing_and_leaves_no_trace(campaign):
    form = received(campaign)
    type(campaign).objects.update(state="closed")
    form = FormFile.objects.select_related("host__campaign").get(pk=form.pk)
    with pytest.raises(activities.CallNotOpen):
        confirm(form, campaign)
    form.refresh_from_db()
    assert (form.state, Registration.objects.count()) == ("read", 0)


# under the lock


LATE = dt.datetime(2022, 10, 2, 9, tzinfo=HANOI)


@pytest.fixture
def locking(campaign):
    """The Week locks who is over its deadline; a day has passed since."""
    campaigns.switch_lock(campaign, True, by=coordinator(campaign), at=IN_TIME)
    return campaign


def district_confirms(form, campaign, at=LATE):
    by = someone(Role.OFFICER, at=unit_of(campaign, "ubnd-585"))
    return confirming.confirm_form(FormFile.objects.get(pk=form.pk), by=by, at=at)


def test_a_form_that_came_in_time_is_confirmed_after_the_lock_by_whoever_reviews(locking):
    registration = district_confirms(received(locking), locking)
    assert (registration.state, registration.is_late) == ("submitted", False)


def test_a_form_that_came_after_the_lock_is_kept_and_only_the_coordinator_takes_it_in(locking):
    form = received(locking, received_at=LATE, at=LATE)
    with pytest.raises(confirming.KeptUnderLock) as refused:
        district_confirms(form, locking)
    assert "Tệp vẫn được giữ nguyên" in str(refused.value)
    form.refresh_from_db()
    assert (form.state, Registration.objects.count()) == ("read", 0)
    registration = confirm(form, locking, at=LATE)
    assert (registration.state, registration.is_late, registration.entered_on_behalf) == ("submitted", True, True)


def test_a_form_kept_under_the_lock_is_confirmed_once_its_unit_is_unlocked_and_is_late(locking):
    form = received(locking, received_at=LATE, at=LATE)
    campaigns.give_exceptions(
        RosterUnit.objects.filter(pk=unit_of(locking, "xa-lamson").pk), ends_at=LATER, reason="Mưa lũ",
        moves_deadline=False, by=coordinator(locking), at=LATE.replace(hour=12),
    )  # fmt: skip
    registration = district_confirms(form, locking, at=LATE.replace(hour=13))
    assert (registration.state, registration.is_late, registration.submitted_at) == ("submitted", True, LATE)


def test_a_confirmation_is_taken_back_under_the_lock_by_who_could_confirm(locking):
    form = received(locking)
    district_confirms(form, locking)
    by = someone(Role.OFFICER, at=unit_of(locking, "ubnd-585"))
    confirming.undo_confirmation(FormFile.objects.get(pk=form.pk), by=by, at=LATE)
    assert Registration.objects.get().state == State.DRAFT


def test_two_clicks_confirm_once(campaign):
    form = received(campaign)
    confirm(FormFile.objects.get(pk=form.pk), campaign)
    with pytest.raises(forms.NotToConfirm):
        confirm(form, campaign)
    assert Registration.objects.get().submissions.count() == 1


def drafted(campaign, key="xa-lamson"):
    host = unit_of(campaign, key)
    registration = activities.begin_registration(host, by=coordinator(campaign), at=OPENED_AT)
    activities.save_rows(registration, [row("Đang soạn dở")], by=coordinator(campaign), at=OPENED_AT)
    return registration


@pytest.mark.parametrize(
    ("joining", "contents"),
    [(Joining.REPLACE, ["Ngày hội đọc sách"]), (Joining.APPEND, ["Đang soạn dở", "Ngày hội đọc sách"])],
)
def test_a_draft_the_unit_began_asks_to_be_replaced_or_continued(campaign, joining, contents):
    registration, form = drafted(campaign), received(campaign)
    with pytest.raises(confirming.AddOrReplace):
        confirm(form, campaign)
    confirm(form, campaign, joining)
    assert contents_of(registration) == contents


def test_what_was_handed_in_stands_until_it_is_returned(campaign):
    registration = registered(unit_of(campaign, "xa-lamson"), accepted=False)
    form = received(campaign)
    with pytest.raises(confirming.HandedInAlready):
        confirm(form, campaign, Joining.REPLACE)
    activities.return_registration(registration, reason="Có bản mới", by=coordinator(campaign), at=IN_TIME)
    confirm(form, campaign, Joining.REPLACE)
    assert contents_of(registration) == ["Ngày hội đọc sách"]


def test_a_unit_that_said_it_has_nothing_is_asked_again_by_a_person(campaign):
    host = unit_of(campaign, "xa-lamson")
    activities.declare_nil(
        activities.begin_registration(host, by=coordinator(campaign), at=IN_TIME), by=coordinator(campaign), at=IN_TIME
    )
    with pytest.raises(confirming.SaysNil):
        confirm(received(campaign), campaign)


# many at once


def test_only_forms_that_leave_nothing_to_ask_are_confirmed_unseen(campaign):
    good = received(campaign, "UBND xã Lâm Sơn")
    received(campaign, "UBND xã Nhơn Hải", lines=[("04/10", "", "Tập huấn", "")])
    received(campaign, "Công ty TNHH Nắng Mới")
    received(campaign, "Ninh Hải")
    drafted(campaign, "tv-58")
    received(campaign, "Thư viện tỉnh")
    received(campaign, "Huyện Ninh Sơn", name="lan1.docx")
    received(campaign, "Huyện Ninh Sơn", lines=[GOOD, GOOD], name="lan2.docx")

    unseen = confirmable_unseen(FormFile.objects.all())
    assert [form.pk for form in unseen] == [good.pk]
    result = confirming.confirm_all(unseen, by=coordinator(campaign), at=IN_TIME)

    assert ([form.pk for form in result.done], result.left) == ([good.pk], ())
    assert list(Registration.objects.filter(state=State.SUBMITTED).values_list("host__name", flat=True)) == [
        "UBND xã Lâm Sơn"
    ]


def test_one_refusal_among_many_leaves_the_others_confirmed(campaign):
    one, two = received(campaign, "UBND xã Lâm Sơn"), received(campaign, "UBND xã Nhơn Hải")
    registered(two.host, accepted=False)
    result = confirming.confirm_all([one, two], by=coordinator(campaign), at=IN_TIME)
    assert [form.pk for form in result.done] == [one.pk]
    assert [(form.pk, type(why)) for form, why in result.left] == [(two.pk, confirming.HandedInAlready)]


# set aside, undone


def test_set_aside_and_taken_up_again(campaign):
    form = received(campaign)
    forms.set_aside(form, by=coordinator(campaign), at=IN_TIME)
    assert form.state == FormFile.State.SET_ASIDE
    with pytest.raises(forms.NotToConfirm):
        confirm(form, campaign)
    forms.take_up_again(form, by=coordinator(campaign), at=IN_TIME)
    assert (form.state, form.decided_at) == (FormFile.State.READ, None)


def undo(form, campaign):
    confirming.undo_confirmation(FormFile.objects.get(pk=form.pk), by=coordinator(campaign), at=LATER)
    form.refresh_from_db()


def test_an_undo_puts_form_and_registration_back_as_they_were(campaign):
    registration, form = drafted(campaign), received(campaign)
    confirm(form, campaign, Joining.REPLACE)
    undo(form, campaign)
    registration.refresh_from_db()
    assert (registration.state, registration.submitted_at, registration.entered_on_behalf) == (State.DRAFT, None, False)
    assert contents_of(registration) == ["Đang soạn dở"]
    assert (form.state, form.registration, form.before) == (FormFile.State.READ, None, None)
    assert registration.submissions.get().withdrawn_at == LATER


def test_an_undone_form_may_be_confirmed_again_under_a_new_number(campaign):
    form = received(campaign)
    registration = confirm(form, campaign)
    undo(form, campaign)
    confirm(FormFile.objects.get(pk=form.pk), campaign)
    first, second = registration.submissions.order_by("pk")
    assert first.number != second.number
    assert (bool(first.withdrawn_at), bool(second.withdrawn_at)) == (True, False)


def test_an_undo_gives_a_returned_registration_back_as_returned(campaign):
    registration = registered(unit_of(campaign, "xa-lamson"), accepted=False)
    activities.return_registration(registration, reason="Thiếu", by=coordinator(campaign), at=IN_TIME)
    form = received(campaign)
    confirm(form, campaign, Joining.REPLACE)
    undo(form, campaign)
    registration.refresh_from_db()
    assert (registration.state, registration.submitted_at) == (State.RETURNED, IN_TIME)
    assert contents_of(registration) == ["Lớp kỹ năng số cho người cao tuổi"]


def test_once_reviewed_a_confirmation_is_not_undone(campaign):
    form = received(campaign)
    registration = confirm(form, campaign)
    activities.accept_registration(registration, by=coordinator(campaign), at=IN_TIME)
    with pytest.raises(activities.LookedAtAlready):
        undo(form, campaign)
    registration.refresh_from_db()
    form.refresh_from_db()
    assert (registration.state, form.state) == (State.ACCEPTED, FormFile.State.CONFIRMED)
    with pytest.raises(confirming.NothingToUndo):
        undo(received(campaign, "UBND xã Nhơn Hải"), campaign)


# a unit's own form


def test_a_units_own_form_goes_into_its_draft_and_not_to_the_coordinator(campaign):
    host = unit_of(campaign, "th-lamson")
    upload = Upload("lich.docx", word_form("Trường Tiểu học Lâm Sơn"))
    form = forms.receive_own_form(host, upload, by=coordinator(campaign), at=IN_TIME)
    assert not FormFile.objects.to_confirm().exists()
    registration = confirm(form, campaign)
    assert (registration.state, registration.entered_on_behalf) == (State.DRAFT, False)
    undo(form, campaign)
    assert contents_of(registration) == []


def test_an_own_form_that_names_somebody_else_says_so(campaign):
    host = unit_of(campaign, "th-lamson")
    form = forms.receive_own_form(
        host, Upload("lich.docx", word_form("UBND xã Nhơn Hải")), by=coordinator(campaign), at=IN_TIME
    )
    assert form.host == host
    assert form.match_reason == "Tên ghi trong tệp giống một đơn vị khác: xin kiểm tra đúng tệp của đơn vị mình."


def test_an_own_form_is_refused_once_the_schedule_is_handed_in(campaign):
    host = unit_of(campaign, "th-lamson")
    registered(host, accepted=False)
    with pytest.raises(forms.SheetNotOpen):
        forms.receive_own_form(host, Upload("a.docx", word_form(None)), by=coordinator(campaign), at=IN_TIME)
    assert not FormFile.objects.exists()
