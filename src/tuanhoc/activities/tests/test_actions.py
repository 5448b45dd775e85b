import datetime as dt

import pytest
from tests.builders import IN_TIME, TOO_LATE, coordinator, registered, row, someone, unit_of, week

from tuanhoc.activities import access, actions, queries, rules
from tuanhoc.activities.access import To, may
from tuanhoc.activities.models import Activity, Registration, State
from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import Actor, Role, SeatValue
from tuanhoc.outbox.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return week()


@pytest.fixture
def ninh_son(campaign):
    return unit_of(campaign, "ubnd-585")


@pytest.fixture
def draft(ninh_son):
    by = someone(Role.OFFICER, at=ninh_son)
    registration = actions.begin_registration(ninh_son, by=by, at=IN_TIME)
    actions.save_rows(registration, [row(), row("Ngày hội đọc sách")], by=by, at=IN_TIME)
    return registration


def submit(registration, at=IN_TIME):
    return actions.submit_registration(registration, by=someone(Role.HEAD, at=registration.host), at=at)


def test_an_empty_schedule_is_refused_and_leaves_no_trace(draft):
    draft.activities.all().delete()
    told_before = Event.objects.count()

    with pytest.raises(actions.NothingToSubmit):
        submit(draft)

    draft.refresh_from_db()
    assert draft.state == State.DRAFT
    assert Event.objects.count() == told_before


def test_the_receipt_is_the_digest_of_the_rows_as_they_stood(draft):
    rows = queries.drafts_of(draft)

    submission = submit(draft)

    assert submission.sha256 == rules.receipt_digest(rows)
    assert submission.rows == [rules.frozen(r) for r in rows]
    assert submission.number == f"2022-{draft.pk:05d}-1"


def test_the_second_of_two_clicks_is_refused(draft):
    same = Registration.objects.get(pk=draft.pk)
    submit(draft)

    with pytest.raises(actions.AlreadySubmitted):
        submit(same)

    assert draft.submissions.count() == 1


@pytest.mark.parametrize(
    ("at", "late"),
    [(TOO_LATE - dt.timedelta(seconds=1), False), (TOO_LATE, True)],
    ids=["23:59:59", "00:00"],
)
def test_before_1_october_means_until_the_end_of_30_september(draft, at, late):
    assert submit(draft, at=at).is_late is late
    draft.refresh_from_db()
    assert draft.is_late is late


def test_a_returned_schedule_names_the_line_and_can_be_handed_in_again(draft, campaign):
    submit(draft)
    uid = str(draft.activities.get(position=1).uid)
    review = actions.return_registration(
        draft,
        reason="Bổ sung địa điểm",
        lines=[{"position": 1, "text": "Thiếu địa điểm"}],
        by=coordinator(campaign),
        at=IN_TIME,
    )
    actions.save_rows(draft, [row()], by=someone(Role.OFFICER, at=draft.host), at=IN_TIME)
    again = submit(draft)

    assert review.lines == [{"position": 1, "text": "Thiếu địa điểm", "uid": uid}]
    assert again.number.endswith("-2")
    assert draft.submissions.count() == 2


def test_a_return_without_words_is_refused(draft, campaign):
    submit(draft)
    with pytest.raises(actions.NoReason):
        actions.return_registration(draft, reason=" ", by=coordinator(campaign), at=IN_TIME)
    draft.refresh_from_db()
    assert draft.state == State.SUBMITTED


def test_only_one_of_two_reviewers_decides(draft, campaign):
    submit(draft)
    actions.accept_registration(draft, by=coordinator(campaign), at=IN_TIME)
    with pytest.raises(actions.NotWaiting):
        actions.accept_registration(draft, by=coordinator(campaign), at=IN_TIME)


def test_a_reviewer_decides_only_on_what_was_on_screen(draft, campaign):
    submit(draft)
    draft.refresh_from_db()
    seen, by = draft.version, coordinator(campaign)
    actions.return_registration(draft, reason="Thiếu địa điểm", by=by, at=IN_TIME)
    actions.save_rows(draft, [row("Một nội dung khác hẳn")], by=someone(Role.OFFICER, at=draft.host), at=IN_TIME)
    submit(draft)

    with pytest.raises(actions.LookedAtAnother):
        actions.accept_registration(draft, version=seen, by=by, at=IN_TIME)
    with pytest.raises(actions.LookedAtAnother):
        actions.return_registration(draft, reason="Thiếu giờ", version=seen, by=by, at=IN_TIME)

    draft.refresh_from_db()
    assert draft.state == State.SUBMITTED


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", " JaVaScRiPt:alert(1)", "data:text/html,x", "//lua-dao.example"]
)
def test_only_an_address_of_a_page_is_kept_as_a_link_other_words_stand_in_the_note(draft, link):
    rows = [row(link=link, note="Mang theo sổ"), row(link="https://hoc.vn/1")]
    actions.save_rows(draft, rows, by=someone(Role.OFFICER, at=draft.host), at=IN_TIME)
    assert [(a.link, a.note) for a in draft.activities.order_by("position")] == [
        ("", f"Mang theo sổ\n{link}"), ("https://hoc.vn/1", ""),
    ]  # fmt: skip


def test_a_second_window_never_overwrites_the_first_unseen(draft):
    by = someone(Role.OFFICER, at=draft.host)
    seen = draft.version
    actions.save_rows(draft, [row("Của cửa sổ thứ nhất")], by=by, at=IN_TIME, version=seen)

    with pytest.raises(actions.ChangedElsewhere):
        actions.save_rows(draft, [row("Của cửa sổ thứ hai")], by=by, at=IN_TIME, version=seen)

    assert [a.content for a in draft.activities.all()] == ["Của cửa sổ thứ nhất"]


def test_saving_again_keeps_the_identity_of_rows_that_calendars_know(draft):
    before = list(draft.activities.order_by("position").values_list("uid", flat=True))
    actions.save_rows(draft, queries.drafts_of(draft), by=someone(Role.OFFICER, at=draft.host), at=IN_TIME)
    assert list(draft.activities.order_by("position").values_list("uid", flat=True)) == before


def test_an_accepted_activity_is_cancelled_with_a_reason_and_stays_in_the_history(ninh_son):
    registered(ninh_son)
    activity = Activity.objects.get()

    actions.change_activity(activity, reason="Mưa bão", cancel=True, by=someone(Role.OFFICER, at=ninh_son), at=IN_TIME)

    activity.refresh_from_db()
    assert (activity.cancelled_at, activity.change_reason, activity.sequence) == (
        IN_TIME,
        "Mưa bão",
        1,
    )
    assert Entry.objects.filter(what="activities.activity.cancel", on_id=activity.pk).count() == 1


def test_a_move_in_another_window_does_not_undo_a_cancellation(ninh_son):
    registered(ninh_son)
    first, second = Activity.objects.get(), Activity.objects.get()
    by = someone(Role.OFFICER, at=ninh_son)
    actions.change_activity(first, reason="Mưa bão", cancel=True, by=by, at=IN_TIME)

    for again in ({"cancel": True}, {"place": "Sân trường"}):
        with pytest.raises(actions.CancelledAlready):
            actions.change_activity(second, reason="Trùng lịch", by=by, at=TOO_LATE, **again)

    kept = Activity.objects.get()
    assert (kept.cancelled_at, kept.change_reason, kept.place, kept.sequence) == (
        IN_TIME, "Mưa bão", "Nhà văn hóa xã", 1,
    )  # fmt: skip


def test_an_activity_given_back_meanwhile_is_not_changed(ninh_son, campaign):
    registration = registered(ninh_son)
    seen = Activity.objects.select_related("registration").get()
    actions.return_registration(registration, reason="Thiếu giờ", by=coordinator(campaign), at=IN_TIME)
    with pytest.raises(actions.NotAccepted):
        actions.change_activity(seen, reason="Mưa", cancel=True, by=someone(Role.OFFICER, at=ninh_son), at=IN_TIME)


def test_moving_keeps_the_length_of_an_activity_of_several_days(ninh_son):
    registered(ninh_son, [row(ends_on=dt.date(2022, 10, 5))])
    activity = Activity.objects.get()

    actions.change_activity(
        activity,
        reason="Trùng lịch",
        held_on=dt.date(2022, 10, 6),
        by=someone(Role.OFFICER, at=ninh_son),
        at=IN_TIME,
    )

    activity.refresh_from_db()
    assert (activity.held_on, activity.ends_on) == (dt.date(2022, 10, 6), dt.date(2022, 10, 7))


def test_a_call_that_is_over_takes_nothing(draft, campaign):
    campaign.state = campaign.State.CLOSED
    campaign.save()
    draft.host.campaign.refresh_from_db()
    with pytest.raises(actions.CallNotOpen):
        submit(draft)
    with pytest.raises(actions.CallNotOpen):
        actions.declare_nil(draft, by=someone(Role.HEAD, at=draft.host), at=IN_TIME)
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_a_unit_with_nothing_to_register_says_why_and_may_begin_after_all(ninh_son):
    by = someone(Role.OFFICER, at=ninh_son)
    nothing = actions.begin_registration(ninh_son, by=by, at=IN_TIME)
    actions.declare_nil(nothing, reason="  Đang sửa chữa trụ sở ", by=by, at=IN_TIME)
    assert (nothing.state, nothing.nil_reason) == (State.NIL, "Đang sửa chữa trụ sở")
    actions.withdraw_nil(nothing, by=by, at=IN_TIME)
    assert (nothing.state, nothing.nil_reason, nothing.submitted_at) == (State.DRAFT, "", None)
    assert Entry.objects.latest("pk").details == {
        "reason": "Đang sửa chữa trụ sở", "before": {"state": "nil"}, "after": {"state": "draft"},
    }  # fmt: skip
    with pytest.raises(actions.NotNil):
        actions.withdraw_nil(nothing, by=by, at=IN_TIME)


def test_a_registration_answers_when_it_was_first_handed_in_unless_it_was_taken_back(draft):
    by = someone(Role.HEAD, at=draft.host)
    roster = draft.host.campaign.roster.filter(pk=draft.host_id)

    def answered():
        return queries.board(roster)[0].answered_at

    submit(draft)
    actions.withdraw_submission(draft, version=draft.version, on_behalf=False, by=by, at=IN_TIME)
    assert answered() is None
    later = IN_TIME + dt.timedelta(hours=2)
    submit(draft, later)
    actions.return_registration(draft, reason="Xin ghi rõ phòng.", by=by, at=later)
    assert answered() is None  # asked for again
    submit(draft, TOO_LATE)
    assert answered() == later


def _who(campaign, name):
    return {
        "own officer": someone(Role.OFFICER, at=unit_of(campaign, "xa-lamson")),
        "district officer": someone(Role.OFFICER, at=unit_of(campaign, "ubnd-585")),
        "district next door": someone(Role.OFFICER, at=unit_of(campaign, "ubnd-586")),
        "own viewer": someone(Role.VIEWER, at=unit_of(campaign, "xa-lamson")),
        "coordinator": coordinator(campaign),
        "coordinator elsewhere": Actor(seats=(SeatValue(Role.COORDINATOR, campaign_id=campaign.pk + 1),)),
        "link of the district": Actor(
            seats=(
                SeatValue(
                    Role.OFFICER,
                    unit_id=unit_of(campaign, "ubnd-585").unit_id,
                    only_campaign_id=campaign.pk,
                    alone=True,
                ),
            ),
            link_id=1,
        ),
        "stranger": Actor(),
    }[name]


@pytest.mark.parametrize(
    ("who", "view", "edit", "review"),
    [
        ("own officer", True, True, False),
        ("district officer", True, True, True),
        ("district next door", False, False, False),
        ("own viewer", True, False, False),
        ("coordinator", True, True, True),
        ("coordinator elsewhere", False, False, False),
        ("link of the district", False, False, False),
        ("stranger", False, False, False),
    ],
)
def test_who_may_do_what_with_the_registration_of_a_commune(campaign, who, view, edit, review):
    commune = unit_of(campaign, "xa-lamson")
    actor = _who(campaign, who)
    assert (
        may(actor, To.VIEW, commune),
        may(actor, To.EDIT, commune),
        may(actor, To.REVIEW, commune),
    ) == (view, edit, review)
    assert access.reachable(actor).filter(pk=commune.pk).exists() is view
    assert access.to_review(actor).filter(pk=commune.pk).exists() is review


@pytest.mark.parametrize("silent", [1, 3])
def test_the_board_lists_silent_units_too_in_two_queries(campaign, ninh_son, silent, django_assert_num_queries):
    registered(ninh_son)
    with django_assert_num_queries(2):
        lines = queries.board(campaign.roster.all())
    assert len(lines) == 7
    assert queries.tally(lines) == {State.ACCEPTED: 1, None: 6}


def test_audience_is_read_from_the_rows_own_words():
    assert rules.audience_groups("Lớp kỹ năng số cho người cao tuổi và phụ huynh") == (
        "parents",
        "elderly",
    )
    assert rules.audience_groups("Treo băng rôn") == ()
