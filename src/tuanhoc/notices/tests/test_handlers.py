"""Who is told what, and how often."""

import datetime as dt

import pytest
from tests.builders import (
    IN_TIME,
    OPENED_AT,
    TOO_LATE,
    UNITS,
    coordinator,
    prepared,
    province,
    registered,
    row,
    unit_of,
    week,
)

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import LinkRequest, User
from tuanhoc.activities import actions as activities
from tuanhoc.campaigns import actions as campaigns
from tuanhoc.findings import actions as findings
from tuanhoc.findings.models import Finding
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.notices.models import Message
from tuanhoc.notices.rules import LINK_MARK, REVIEW_PAUSE
from tuanhoc.notices.tests.conftest import MACHINE, contact
from tuanhoc.outbox.actions import deliver_waiting
from tuanhoc.outbox.models import Event
from tuanhoc.schedule.actions import release_schedule
from tuanhoc.units.models import Contact
from tuanhoc.web import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_time")]


def delivered():
    """Deliver what waits; return the messages it made, as (to, subject)."""
    before = set(Message.objects.values_list("pk", flat=True))
    deliver_waiting(at=IN_TIME)
    assert not Event.objects.filter(delivered_at=None).exists()
    return sorted(Message.objects.exclude(pk__in=before).values_list("to", "subject"))


@pytest.fixture
def campaign():
    """A Week whose call is open and told; the school, its district and the department have a contact each."""
    province()
    contact("th-lamson", "truong@example.vn")
    contact("ubnd-585", "huyen@example.vn", "Anh Huyện")
    contact("so-gddt", "so@example.vn", "Chị Sở")
    opened = week()
    deliver_waiting(at=OPENED_AT)
    return opened


def test_an_open_call_reaches_every_contact_of_every_expected_unit_with_a_link_of_its_own():
    province()
    contact("th-lamson", "truong@example.vn")
    contact("th-lamson", "TRUONG@example.vn")  # the same mailbox, written twice
    contact("th-lamson", "pho@example.vn", "Anh Bình")
    contact("ubnd-585", "huyen@example.vn", "Anh Huyện")
    contact("xa-lamson", "", "Không có thư")
    contact("so-gddt", "so@example.vn")  # coordinates: asks, is not asked
    prepared_week = prepared()
    campaigns.correct_campaign(
        prepared_week, {"help_name": "Phòng GDTX", "help_phone": "0259 3822 222"}, by=SYSTEM, at=OPENED_AT
    )
    campaigns.open_call(prepared_week, by=SYSTEM, at=OPENED_AT)

    school = "Đăng ký lịch hoạt động Tuần lễ học tập suốt đời năm 2022 – Trường Tiểu học Lâm Sơn"
    district = "Đăng ký lịch hoạt động Tuần lễ học tập suốt đời năm 2022 – UBND huyện Ninh Sơn"
    assert delivered() == [("huyen@example.vn", district), ("pho@example.vn", school), ("truong@example.vn", school)]
    assert Message.objects.get(to="huyen@example.vn").body == (
        "Kính gửi Anh Huyện,\n\n"
        "Tuần lễ hưởng ứng học tập suốt đời năm 2022 đã mở đăng ký. Đề nghị UBND huyện Ninh Sơn đăng ký lịch hoạt động "
        "đến hết 23:59 ngày 30/9/2022.\n\n"
        f"Liên kết riêng của đơn vị (không cần tài khoản):\n{LINK_MARK}\n\n"
        "Liên kết chỉ dành cho đơn vị, xin không chuyển cho nơi khác.\n\n"
        "Kế hoạch giao đơn vị:\n- Xây dựng kế hoạch (mục 5.đ.1)\n\n"
        "Nếu mất liên kết, xin lại tại: http://testserver/l/xin-lai/\n\n"
        "Cần hỗ trợ: Phòng GDTX, điện thoại 0259 3822 222\n\n"
        "Trân trọng,\nSở Giáo dục và Đào tạo\n"
    )


def test_a_call_opened_after_its_deadline_says_that_it_has_passed_and_what_can_be_done(monkeypatch):
    province()
    contact("ubnd-585", "huyen@example.vn", "Anh Huyện")
    late = TOO_LATE
    campaigns.open_call(prepared(), by=SYSTEM, at=late)
    monkeypatch.setattr(clock, "now", lambda: late)
    delivered()
    assert "Hạn đăng ký đến hết 23:59 ngày 30/9/2022 đã qua; đề nghị" in Message.objects.get().body


def test_an_event_delivered_twice_makes_no_second_message(campaign):
    made = Message.objects.count()
    Event.objects.update(delivered_at=None)
    assert delivered() == []
    assert Message.objects.count() == made


@pytest.fixture
def district(campaign):
    """Somebody at the district who signs in and reviews, and reads the same mailbox."""
    user = User.objects.create_user("huyen@example.vn", name="Anh Huyện")
    accounts.give_seat(user, Role.OFFICER, unit=unit_of(campaign, "ubnd-585").unit, by=SYSTEM, at=OPENED_AT)
    return user


@pytest.mark.usefixtures("district")
def test_a_unit_gets_its_receipt_and_its_reviewer_one_digest_an_hour(campaign):
    first = registered(unit_of(campaign, "th-lamson"), accepted=False)
    number = first.submissions.get().number
    assert delivered() == [
        ("huyen@example.vn", "1 bản đăng ký đang chờ xem"),
        ("truong@example.vn", f"Đã nhận lịch đăng ký, biên nhận số {number}"),
    ]
    digest = Message.objects.get(about__startswith="waiting:")
    assert digest.due_at == dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)

    registered(unit_of(campaign, "xa-lamson"), accepted=False)
    assert delivered() == []
    digest.refresh_from_db()
    assert digest.subject == "2 bản đăng ký đang chờ xem"
    assert "- Trường Tiểu học Lâm Sơn\n- UBND xã Lâm Sơn\n" in digest.body


def test_where_nobody_is_seated_to_look_the_coordinator_is_told_and_reads_why(campaign, district):
    district.is_active = False
    district.save()
    registered(unit_of(campaign, "th-lamson"), accepted=False)
    registered(unit_of(campaign, "ubnd-586"), accepted=False)
    assert ("so@example.vn", "2 bản đăng ký đang chờ xem") in delivered()
    body = Message.objects.get(to="so@example.vn", about__startswith="waiting:").body
    assert "Gồm cả phần của các đơn vị chưa có người xem: UBND huyện Ninh Sơn.\n" in body


@pytest.mark.usefixtures("district")
def test_when_this_hours_digest_has_left_the_next_one_carries_it(campaign):
    registered(unit_of(campaign, "th-lamson"), accepted=False)
    delivered()
    Message.objects.filter(about__startswith="waiting:").update(state=Message.State.SENT, sent_at=IN_TIME)
    registered(unit_of(campaign, "xa-lamson"), accepted=False)
    assert delivered() == [("huyen@example.vn", "2 bản đăng ký đang chờ xem")]


def test_a_seated_coordinator_is_told_instead_of_the_departments_mailbox(campaign):
    user = User.objects.create_user("dieu.phoi@example.vn")
    accounts.give_seat(user, Role.COORDINATOR, campaign_id=campaign.pk, by=SYSTEM, at=OPENED_AT)
    registered(unit_of(campaign, "ubnd-586"), accepted=False)
    assert delivered() == [("dieu.phoi@example.vn", "1 bản đăng ký đang chờ xem")]


def test_a_late_receipt_says_so_without_blame(campaign):
    registered(unit_of(campaign, "th-lamson"), accepted=False, at=TOO_LATE)
    delivered()
    body = Message.objects.get(to="truong@example.vn", about__startswith="receipt").body
    assert "Lịch đến sau hạn, vẫn được nhận và được đánh dấu như vậy." in body


def test_what_was_returned_names_the_lines_and_the_reason(campaign):
    registration = registered(unit_of(campaign, "th-lamson"), accepted=False)
    delivered()
    activities.return_registration(
        registration, reason="Xin bổ sung & gửi lại", lines=[{"position": 0, "text": "Thiếu địa điểm"}],
        by=SYSTEM, at=IN_TIME,
    )  # fmt: skip
    assert delivered() == [("truong@example.vn", "Đề nghị bổ sung lịch đăng ký – Trường Tiểu học Lâm Sơn")]
    body = Message.objects.get(about__startswith="review:").body
    assert "Ý kiến: Xin bổ sung & gửi lại\n\n- Dòng 1: Thiếu địa điểm\n" in body


def test_an_acceptance_is_told_to_the_unit(campaign):
    registration = registered(unit_of(campaign, "th-lamson"), accepted=False)
    delivered()
    activities.accept_registration(registration, by=SYSTEM, at=IN_TIME)
    assert delivered() == [("truong@example.vn", "Đã chấp nhận lịch đăng ký – Trường Tiểu học Lâm Sơn")]


def test_a_decision_is_told_after_a_pause_and_one_taken_back_within_it_reaches_nobody(campaign):
    registration = registered(unit_of(campaign, "th-lamson"), accepted=False)
    delivered()
    by = coordinator(campaign)
    review = activities.return_registration(registration, reason="Thiếu giờ", undoable=True, by=by, at=IN_TIME)
    delivered()
    letter = Message.objects.get(about__startswith="review:")
    assert letter.due_at == MACHINE + REVIEW_PAUSE

    activities.take_back(review.batch, among=campaign.roster.all(), released_at=None, by=by, at=IN_TIME)
    assert delivered() == []
    letter.refresh_from_db()
    assert letter.state == Message.State.DROPPED
    assert letter.failed_because == "Việc nói trong thư đã được lấy lại nên thư không gửi nữa."


@pytest.mark.parametrize("became", ["given back", "cut off"])
def test_a_decision_taken_back_leaves_what_became_of_its_letter_in_the_row(campaign, became):
    registration = registered(unit_of(campaign, "th-lamson"), accepted=False)
    delivered()
    review = activities.accept_registration(registration, undoable=True, by=coordinator(campaign), at=IN_TIME)
    delivered()
    letter = Message.objects.get(about__startswith="review:")
    letter.state, letter.failed_because, letter.sent_at = Message.State.FAILED, "Thư bị trả về. 5.1.1", IN_TIME
    if became == "cut off":
        letter.state, letter.failed_because, letter.may_have_left = Message.State.QUEUED, "", True
    letter.save()

    activities.take_back(review.batch, among=campaign.roster.all(), released_at=None, by=SYSTEM, at=IN_TIME)
    # Who may have the letter hears that it no longer holds; who certainly has not, hears nothing.
    assert [to for to, _ in delivered()] == ([] if became == "given back" else ["truong@example.vn"])
    letter.refresh_from_db()
    assert letter.state == Message.State.DROPPED
    assert "đã được lấy lại" in letter.failed_because
    assert ("Thư bị trả về. 5.1.1" if became == "given back" else "có thể đã đi") in letter.failed_because


def test_a_unit_that_heard_of_a_decision_hears_that_it_was_taken_back(campaign):
    registration = registered(unit_of(campaign, "th-lamson"), accepted=False)
    delivered()
    by = coordinator(campaign)
    review = activities.accept_registration(registration, undoable=True, by=by, at=IN_TIME)
    delivered()
    Message.objects.filter(about__startswith="review:").update(state=Message.State.SENT, sent_at=IN_TIME)

    activities.take_back(review.batch, among=campaign.roster.all(), released_at=None, by=by, at=IN_TIME)
    assert delivered() == [("truong@example.vn", "Lịch đăng ký đang được xem lại – Trường Tiểu học Lâm Sơn")]


def test_comments_on_rows_go_to_the_other_side_once_an_hour(campaign, district):
    registration = registered(unit_of(campaign, "th-lamson"), accepted=False)
    delivered()
    uid = registration.activities.get().uid
    for words in ("Ở phòng nào?", "Mấy giờ <b>bắt đầu</b>?"):
        activities.write_comment(registration, uid, words, by_reviewer=True, by=coordinator(campaign), at=IN_TIME)
    assert delivered() == [("truong@example.vn", "Trao đổi về lịch đăng ký – Trường Tiểu học Lâm Sơn")]
    told = Message.objects.get(about__startswith="commented:")
    assert told.due_at == dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
    assert "Ở phòng nào?" in told.body
    assert "Điều phối: Mấy giờ <b>bắt đầu</b>?" in told.body

    activities.write_comment(registration, uid, "Phòng 2", by_reviewer=False, by=SYSTEM, at=IN_TIME)
    assert delivered() == [("huyen@example.vn", "Trường Tiểu học Lâm Sơn trả lời về lịch đăng ký")]


@pytest.mark.usefixtures("district")
def test_a_cancelled_activity_is_told_to_who_coordinates_and_to_who_reviews(campaign):
    registration = registered(unit_of(campaign, "th-lamson"))
    delivered()
    activities.change_activity(registration.activities.get(), reason="Mưa bão", cancel=True, by=SYSTEM, at=IN_TIME)
    subject = "Hủy một hoạt động – Trường Tiểu học Lâm Sơn"
    assert delivered() == [("huyen@example.vn", subject), ("so@example.vn", subject)]


def test_the_first_release_goes_to_the_units_in_it_and_the_next_to_those_it_changes(campaign):
    registered(unit_of(campaign, "th-lamson"))
    registered(unit_of(campaign, "xa-lamson"))
    delivered()
    release_schedule(campaign, by=coordinator(campaign), at=IN_TIME)
    first = "Lịch tổng hợp lần 1, Tuần lễ học tập suốt đời năm 2022"
    assert delivered() == [("truong@example.vn", first)]

    registered(unit_of(campaign, "ubnd-585"), [row("Khai mạc")])
    delivered()
    release_schedule(campaign, by=coordinator(campaign), at=IN_TIME)
    assert delivered() == [("huyen@example.vn", first.replace("lần 1", "lần 2"))]


@pytest.mark.parametrize("more", [0, 40])
def test_opening_a_call_asks_the_database_for_each_message_once(more, django_assert_max_num_queries):
    extra = "".join(f"th-{n},xa-lamson,school_primary,Trường số {n},22846,0\n" for n in range(more))
    province(UNITS + extra)
    for n in range(more):
        contact(f"th-{n}", f"th-{n}@example.vn")
    week()
    with django_assert_max_num_queries(20 + more):
        deliver_waiting(at=OPENED_AT)
    assert Message.objects.count() == more


def test_what_is_said_about_links_reaches_the_coordinator_once_an_hour(campaign):
    host = unit_of(campaign, "th-lamson")
    for phone in ("0912 1", "0912 2"):
        accounts.say(LinkRequest.Kind.LOST, campaign_id=campaign.pk, unit=host.unit, phone=phone, by=SYSTEM, at=IN_TIME)
    assert delivered() == [("so@example.vn", "2 lời báo về liên kết chờ trả lời")]


def test_a_moved_deadline_is_told_to_those_who_have_still_to_hand_in(campaign):
    registered(unit_of(campaign, "th-lamson"))
    deliver_waiting(at=IN_TIME)
    later = TOO_LATE + dt.timedelta(days=2)
    campaigns.correct_campaign(campaign, {"registration_closes_at": later}, by=SYSTEM, at=IN_TIME)

    assert delivered() == [
        ("huyen@example.vn", "Hạn đăng ký lịch hoạt động của UBND huyện Ninh Sơn: đến hết 23:59 ngày 2/10/2022"),
    ]


def test_a_deadline_moved_before_the_call_opens_is_told_to_nobody():
    province()
    contact("th-lamson", "truong@example.vn")
    later = TOO_LATE + dt.timedelta(days=2)
    campaigns.correct_campaign(prepared(), {"registration_closes_at": later}, by=SYSTEM, at=OPENED_AT)
    assert delivered() == []


def test_a_unit_hears_once_an_hour_of_what_the_office_changed_and_the_office_hears_nothing(campaign):
    registration = registered(unit_of(campaign, "th-lamson"), [row("Ngày hội đọc sách"), row("Thi kể chuyện")])
    delivered()
    first, second = registration.activities.order_by("pk")
    by, reason = coordinator(campaign), "sửa trong bản Word “Lịch.docx”"
    activities.amend_activity(first, {"place": "Sân trường"}, reason=reason, by=by, at=IN_TIME)
    activities.change_activity(second, reason=reason, cancel=True, by_office=True, by=by, at=IN_TIME)

    told = delivered()

    school = unit_of(campaign, "th-lamson")
    assert told == [("truong@example.vn", f"Lịch hoạt động của đơn vị có thay đổi – {school.name}")]
    body = Message.objects.latest("pk").body
    assert "- Ngày hội đọc sách\n  04/10/2022, Sân trường" in body
    assert "- Không tổ chức: Thi kể chuyện" in body
    assert f"Lý do: {reason}" in body


def test_both_units_are_asked_about_one_event_registered_twice(campaign):
    opening = row("Lễ phát động Tuần lễ", place="Hội trường UBND xã Lâm Sơn", starts_at=dt.time(8))
    registered(unit_of(campaign, "th-lamson"), [opening])
    registered(unit_of(campaign, "ubnd-585"), [opening])
    delivered()
    findings.look_again(campaign, at=IN_TIME)
    findings.ask_units(Finding.objects.get(), by=coordinator(campaign), at=IN_TIME)

    subject = "Nhờ xem giúp một hoạt động trong lịch – "
    assert delivered() == [
        ("huyen@example.vn", f"{subject}UBND huyện Ninh Sơn"),
        ("truong@example.vn", f"{subject}Trường Tiểu học Lâm Sơn"),
    ]
    body = Message.objects.get(to="truong@example.vn", subject__startswith=subject).body
    assert "- UBND huyện Ninh Sơn: Lễ phát động Tuần lễ\n  04/10/2022, 08:00, Hội trường UBND xã Lâm Sơn" in body
    assert "Nếu lịch đã đúng thì không cần làm gì." in body


def test_a_letter_is_written_in_the_language_of_who_gets_it(campaign):
    Contact.objects.filter(email="truong@example.vn").update(language="en", name="Ms Lan")
    registered(unit_of(campaign, "th-lamson"), [row()], accepted=False)
    delivered()
    mail = Message.objects.get(to="truong@example.vn", about__startswith="receipt:")
    assert mail.subject.startswith("Your registration has arrived")
    assert mail.body.startswith("Dear Ms Lan,")
    assert "activities: 1" in mail.body
