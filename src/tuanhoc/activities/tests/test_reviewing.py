"""Many decided at one stroke and taken back; reasons; words about a row."""

import datetime as dt

import pytest
from tests.builders import IN_TIME, TOO_LATE, UNITS, coordinator, province, registered, row, someone, unit_of, week

from tuanhoc.activities import actions
from tuanhoc.activities.commenting import NoSuchRow, NothingSaid
from tuanhoc.activities.keeping_reasons import NoWords
from tuanhoc.activities.models import ReasonTemplate, Registration, Review, State
from tuanhoc.activities.queries import chosen_reason, filled_reason, free_of, standing_reasons, threads_of
from tuanhoc.activities.reviewing import NothingToTakeBack, PrintedSince
from tuanhoc.campaigns import actions as campaigns
from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.outbox.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return week()


@pytest.fixture
def office(campaign):
    return coordinator(campaign)


def waiting(campaign, *keys, rows=None):
    return [registered(unit_of(campaign, key), rows, accepted=False) for key in keys]


def versions(registrations):
    return {r.pk: Registration.objects.get(pk=r.pk).version for r in registrations}


def states(registrations):
    return [Registration.objects.get(pk=r.pk).state for r in registrations]


def together(campaign, asked, by, **given):
    given = {"accept": True, "at": IN_TIME, **given}
    return actions.review_together(campaign, asked, among=campaign.roster.all(), by=by, **given)


def test_what_stands_as_it_was_on_screen_is_decided_and_the_rest_is_left_and_named(campaign, office):
    good, decided, anew, back = waiting(campaign, "tv-58", "th-lamson", "xa-lamson", "so-tttt")
    asked = versions([good, decided, anew, back])
    lan = someone(Role.HEAD, at=unit_of(campaign, "ubnd-585"))
    actions.return_registration(decided, reason="Thiếu giờ", by=lan, at=IN_TIME)
    for registration in (anew, back):
        registration.refresh_from_db()
        by = someone(Role.OFFICER, at=registration.host)
        actions.withdraw_submission(registration, version=registration.version, on_behalf=False, by=by, at=IN_TIME)
    actions.submit_registration(anew, by=SYSTEM, at=IN_TIME)

    batch = together(campaign, {**asked, 99999: 1}, office)

    assert states([good, decided, anew, back]) == [State.ACCEPTED, State.RETURNED, State.SUBMITTED, State.DRAFT]
    assert batch.decided_count == 1
    assert [(left.get("unit"), left["why"], left.get("by")) for left in batch.left] == [
        ("Trường Tiểu học Lâm Sơn", "returned", "head UBND huyện Ninh Sơn"),
        ("UBND xã Lâm Sơn", "handed_in_anew", None),
        ("Sở Thông tin và Truyền thông", "changed", None),
        (None, "out_of_reach", None),
    ]
    assert Event.objects.filter(name="activities.registration.reviewed").count() == 2
    assert Entry.objects.filter(what="activities.registration.accept", unit_path=good.host.path).count() == 1


def test_who_does_not_look_at_a_unit_decides_nothing_about_it(campaign, office):
    [school] = waiting(campaign, "th-lamson")
    none = campaign.roster.filter(unit__key="ubnd-586")
    batch = actions.review_together(campaign, versions([school]), accept=True, among=none, by=office, at=IN_TIME)
    assert states([school]) == [State.SUBMITTED]
    assert batch.left == [{"why": "out_of_reach"}]


def test_many_given_back_with_one_template_say_each_units_deadline_and_mark_the_rows(campaign, office):
    full, bare = waiting(campaign, "tv-58", "th-lamson", rows=[row(), row("Ngày hội đọc sách", place="")])
    template = chosen_reason(standing_reasons(campaign), "thieu-dia-diem")
    batch = together(campaign, versions([full, bare]), office, accept=False, reason=template.text, marks=template.marks)
    review = Review.objects.get(submission__registration=bare)
    assert review.reason.endswith("Nộp lại đến hết 23:59 ngày 30/9/2022.")
    assert [(line["position"], line["uid"]) for line in review.lines] == [(1, str(bare.activities.get(position=1).uid))]
    assert review.lines[0]["text"] == (
        "Một số hoạt động chưa ghi địa điểm: xin ghi rõ hội trường, phòng học hoặc thôn, khu phố."
    )
    assert (batch.decided_count, states([full, bare])) == (2, [State.RETURNED, State.RETURNED])


def test_many_given_back_without_words_is_refused_and_leaves_no_trace(campaign, office):
    [library] = waiting(campaign, "tv-58")
    with pytest.raises(actions.NoReason):
        together(campaign, versions([library]), office, accept=False, reason="  ")
    assert states([library]) == [State.SUBMITTED]
    assert not Review.objects.exists()


@pytest.mark.parametrize("schools", [2, 12])
def test_a_stroke_costs_the_same_however_many_it_is_about(schools, django_assert_max_num_queries):
    province(UNITS + "".join(f"th-{n},xa-lamson,school_primary,Trường số {n},22846,0\n" for n in range(schools)))
    campaign = week()
    asked = versions(waiting(campaign, *(f"th-{n}" for n in range(schools)), rows=[row(place="")]))
    by = coordinator(campaign)
    with django_assert_max_num_queries(16):
        batch = together(campaign, asked, by, accept=False, reason="Thiếu {han}", marks="no_place")
    assert batch.decided_count == schools
    with django_assert_max_num_queries(16):
        assert (
            actions.take_back(batch, among=campaign.roster.all(), released_at=None, by=by, at=IN_TIME).done == schools
        )


def test_a_stroke_taken_back_leaves_everything_waiting_as_before(campaign, office):
    both = waiting(campaign, "tv-58", "th-lamson")
    batch = together(campaign, versions(both), office)
    assert free_of(batch) == 2

    result = actions.take_back(batch, among=campaign.roster.all(), released_at=None, by=office, at=IN_TIME)

    batch.refresh_from_db()
    assert (result.done, result.left, batch.withdrawn_at) == (2, 0, IN_TIME)
    assert states(both) == [State.SUBMITTED, State.SUBMITTED]
    assert Entry.objects.filter(what="activities.registration.take_back").count() == 2
    assert together(campaign, versions(both), office).decided_count == 2
    with pytest.raises(NothingToTakeBack):
        actions.take_back(batch, among=campaign.roster.all(), released_at=None, by=office, at=IN_TIME)


def test_what_hangs_on_a_decision_keeps_it(campaign, office):
    library, school, department = waiting(campaign, "tv-58", "th-lamson", "so-tttt")
    batch = together(campaign, versions([library, school, department]), office)
    later = TOO_LATE
    actions.change_activity(library.activities.get(), reason="Mưa bão", cancel=True, by=SYSTEM, at=later)
    actions.return_registration(school, reason="Thiếu giờ", by=office, at=later)

    result = actions.take_back(batch, among=campaign.roster.all(), released_at=None, by=office, at=later)

    batch.refresh_from_db()
    assert (result.done, result.left, batch.withdrawn_at) == (1, 2, None)
    assert states([library, school, department]) == [State.ACCEPTED, State.RETURNED, State.SUBMITTED]


def test_a_return_of_what_was_accepted_taken_back_is_accepted_again(campaign, office):
    library = registered(unit_of(campaign, "tv-58"))
    review = actions.return_registration(library, reason="Thiếu giờ", undoable=True, by=office, at=IN_TIME)
    actions.take_back(review.batch, among=campaign.roster.all(), released_at=None, by=office, at=IN_TIME)
    assert states([library]) == [State.ACCEPTED]


# Reasons


def test_a_week_begins_with_reasons_of_its_own_and_the_most_used_stand_first(campaign):
    assert [t.label for t in standing_reasons(campaign)][:3] == ["Thiếu địa điểm", "Sai năm", "Ngày ngoài Tuần lễ"]
    assert not ReasonTemplate.objects.exists()  # reading writes nothing
    actions.count_use(campaign, "sai-nam", times=2)
    assert [t.label for t in standing_reasons(campaign)][:2] == ["Sai năm", "Thiếu địa điểm"]


def test_a_reason_is_added_changed_taken_out_and_put_back(campaign):
    by, at = SYSTEM, IN_TIME
    own = actions.write_reason(campaign, label="Thiếu giờ", text="Xin ghi giờ. {han}", by=by, at=at)
    actions.write_reason(campaign, code=own.code, label="Thiếu giờ", text="Xin ghi rõ giờ.", by=by, at=at)
    assert [t.text for t in standing_reasons(campaign) if t.code == own.code] == ["Xin ghi rõ giờ."]
    actions.retire_reason(campaign, own.code, by=by, at=at)
    assert own.code not in {t.code for t in standing_reasons(campaign)}
    actions.retire_reason(campaign, own.code, back=True, by=by, at=at)
    assert own.code in {t.code for t in standing_reasons(campaign)}
    with pytest.raises(NoWords):
        actions.write_reason(campaign, label="Trống", text=" ", by=by, at=at)


def test_placeholders_are_filled_and_other_braces_are_left_alone(campaign):
    host = unit_of(campaign, "tv-58")
    given = {"host": host, "campaign": campaign}
    assert filled_reason("{don_vi} {nam} {x} {0} {{han}}", **given, at=IN_TIME) == (
        "Thư viện tỉnh 2022 {x} {0} {đến hết 23:59 ngày 30/9/2022}"
    )
    assert filled_reason("Nộp lại {han}.", **given, at=TOO_LATE) == "Nộp lại trong thời gian sớm nhất."
    until = TOO_LATE + dt.timedelta(days=3)
    assert filled_reason("Nộp lại {han}.", **given, at=TOO_LATE, until=until) == (
        "Nộp lại đến hết 23:59 ngày 3/10/2022."
    )


# Words about a row


def test_what_is_said_about_a_row_stays_with_it_when_rows_around_it_change(campaign, office):
    registration = registered(
        unit_of(campaign, "th-lamson"), [row("Khai mạc"), row("Hội thi"), row("Tập huấn")], accepted=False
    )
    contest = registration.activities.get(content="Hội thi")
    actions.write_comment(registration, contest.uid, "Ở sân nào?", by_reviewer=True, by=office, at=IN_TIME)
    unit = someone(Role.OFFICER, at=registration.host)
    actions.return_registration(
        registration, reason="", lines=[{"position": 1, "text": "Thiếu sân"}], by=office, at=IN_TIME
    )
    actions.save_rows(registration, [row("Hội thi", place="Sân A"), row("Tập huấn")], by=unit, at=IN_TIME)

    moved = registration.activities.get(content="Hội thi")
    assert (moved.position, moved.uid) == (0, contest.uid)
    [thread] = threads_of(registration).values()
    assert (thread.uid, thread.row_words, thread.is_open) == (moved.uid, "Hội thi", True)

    actions.write_comment(registration, moved.uid, "Sân A", by_reviewer=False, by=unit, at=IN_TIME)
    actions.settle_thread(registration, moved.uid, by=office, at=IN_TIME)
    [thread] = threads_of(registration).values()
    assert (len(thread.comments), thread.is_open, thread.last.resolved_by) == (2, False, "Điều phối")


def test_words_about_a_row_that_was_taken_out_are_kept_and_nothing_is_added(campaign, office):
    registration = registered(unit_of(campaign, "th-lamson"), [row("Khai mạc"), row("Hội thi")], accepted=False)
    gone = registration.activities.get(content="Hội thi")
    with pytest.raises(NothingSaid):
        actions.write_comment(registration, gone.uid, "  ", by_reviewer=True, by=office, at=IN_TIME)
    actions.write_comment(registration, gone.uid, "Ở sân nào?", by_reviewer=True, by=office, at=IN_TIME)
    actions.return_registration(registration, reason="Thiếu", by=office, at=IN_TIME)
    actions.save_rows(registration, [row("Khai mạc")], by=SYSTEM, at=IN_TIME)
    with pytest.raises(NoSuchRow):
        actions.write_comment(registration, gone.uid, "Còn không?", by_reviewer=True, by=office, at=IN_TIME)
    assert [thread.row_words for thread in threads_of(registration).values()] == ["Hội thi"]


def test_each_of_many_is_told_until_when_an_exception_lets_it_in(campaign, office):
    late = TOO_LATE + dt.timedelta(hours=1)
    both = [registered(unit_of(campaign, key), accepted=False) for key in ("tv-58", "xa-lamson")]
    campaigns.give_exceptions(
        campaign.roster.filter(unit__key="tv-58"), ends_at=TOO_LATE + dt.timedelta(days=3), reason="Bão",
        moves_deadline=False, by=office, at=late,
    )  # fmt: skip
    asked = versions(both)
    batch = actions.review_together(
        campaign, asked, accept=False, among=campaign.roster.all(), reason="Nộp lại {han}.", by=office, at=late
    )
    assert {review.reason for review in batch.reviews.all()} == {
        "Nộp lại đến hết 23:59 ngày 3/10/2022.", "Nộp lại trong thời gian sớm nhất.",
    }  # fmt: skip


def test_what_stands_in_a_released_schedule_is_not_taken_back(campaign, office):
    batch = together(campaign, versions([registered(unit_of(campaign, "tv-58"), accepted=False)]), office)
    with pytest.raises(PrintedSince):
        actions.take_back(batch, among=campaign.roster.all(), released_at=IN_TIME, by=office, at=IN_TIME)
    before = batch.decided_at - dt.timedelta(minutes=1)
    assert actions.take_back(batch, among=campaign.roster.all(), released_at=before, by=office, at=IN_TIME).done == 1
