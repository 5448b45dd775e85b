"""Units hear of their deadline: whom it changes, and nobody else."""

import datetime as dt

import pytest
from tests.builders import IN_TIME, OPENED_AT, TOO_LATE, coordinator, province, registered, someone, unit_of, week

from tuanhoc.campaigns import actions as campaigns
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.campaigns.rules.deadlines import COMMON
from tuanhoc.lib.actor import Role
from tuanhoc.notices.models import Message
from tuanhoc.notices.rules import LINK_MARK
from tuanhoc.notices.tests.conftest import contact
from tuanhoc.outbox.actions import deliver_waiting
from tuanhoc.outbox.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_time")]
DAY = dt.timedelta(days=1)
LATE = TOO_LATE + DAY


@pytest.fixture
def campaign():
    """A Week whose call is told; school, district, library and coordinator have a contact each."""
    province()
    for key, email in (
        ("th-lamson", "truong@example.vn"), ("ubnd-585", "huyen@example.vn"), ("tv-58", "thuvien@example.vn"),
        ("so-gddt", "so@example.vn"),
    ):  # fmt: skip
        contact(key, email)
    opened = week()
    deliver_waiting(at=OPENED_AT)
    return opened


def delivered():
    """Deliver what waits, twice over; return the messages it made, as (to, subject)."""
    before = set(Message.objects.values_list("pk", flat=True))
    waiting = list(Event.objects.filter(delivered_at=None).values_list("pk", flat=True))
    for _ in range(2):  # a handler must bear a second run
        Event.objects.filter(pk__in=waiting).update(delivered_at=None)
        deliver_waiting(at=IN_TIME)
    assert not Event.objects.filter(delivered_at=None).exists()
    return sorted(Message.objects.exclude(pk__in=before).values_list("to", "subject"))


def hosts(campaign, *keys):
    return RosterUnit.objects.filter(campaign=campaign, unit__key__in=keys)


def give(campaign, *keys, until=LATE + DAY, in_time=True, at=IN_TIME):
    return campaigns.give_exceptions(
        hosts(campaign, *keys), ends_at=until, reason="Mưa lũ", moves_deadline=in_time, by=coordinator(campaign), at=at
    )


def test_a_move_reaches_those_it_changes_who_have_still_to_hand_in(campaign):
    registered(unit_of(campaign, "ubnd-585"))
    give(campaign, "tv-58", until=LATE + 9 * DAY)
    delivered()
    campaigns.move_deadlines(campaign, {COMMON: LATE}, reason="Bão số 5", by=coordinator(campaign), at=IN_TIME)

    assert delivered() == [
        ("truong@example.vn", "Hạn đăng ký lịch hoạt động của Trường Tiểu học Lâm Sơn: đến hết 23:59 ngày 1/10/2022")
    ]
    body = Message.objects.latest("pk").body
    assert "Lý do: Bão số 5" in body
    assert LINK_MARK in body


def test_moved_put_back_and_moved_again_is_told_each_time(campaign):
    for _ in range(2):
        move = campaigns.move_deadlines(campaign, {COMMON: LATE}, by=coordinator(campaign), at=IN_TIME)
        assert len(delivered()) == 3
        campaigns.undo_move(move, by=coordinator(campaign), at=IN_TIME)
        assert delivered()[0] == (
            "huyen@example.vn", "Hạn đăng ký lịch hoạt động của UBND huyện Ninh Sơn: đến hết 23:59 ngày 30/9/2022",
        )  # fmt: skip


def test_an_exception_says_until_when_why_and_whether_that_is_in_time(campaign):
    give(campaign, "th-lamson", "xa-lamson")  # the commune has no address
    assert delivered() == [
        ("truong@example.vn", "Gia hạn riêng cho Trường Tiểu học Lâm Sơn: đến hết 23:59 ngày 2/10/2022")
    ]
    body = Message.objects.latest("pk").body
    assert "được tính là đúng hạn.\nLý do: Mưa lũ" in body

    give(campaign, "tv-58", in_time=False)
    assert delivered() == [("thuvien@example.vn", "Mở khóa đăng ký cho Thư viện tỉnh: đến hết 23:59 ngày 2/10/2022")]
    assert "ghi là nộp sau hạn.\nLý do: Mưa lũ" in Message.objects.latest("pk").body


def test_an_exception_taken_back_is_told_to_the_unit(campaign):
    [leave] = give(campaign, "th-lamson")
    delivered()
    campaigns.take_back_exception(leave, by=coordinator(campaign), at=IN_TIME)
    assert delivered() == [("truong@example.vn", "Thời gian mở riêng cho Trường Tiểu học Lâm Sơn đã kết thúc")]
    assert "Hạn của đơn vị là đến hết 23:59 ngày 30/9/2022." in Message.objects.latest("pk").body


def ask(campaign, key, words="Máy hỏng"):
    host = unit_of(campaign, key)
    return campaigns.ask_unlock(host, words, by=someone(Role.OFFICER, at=host), at=LATE)


def test_the_coordinator_hears_once_an_hour_who_asks_and_the_unit_hears_the_answer(campaign):
    campaigns.switch_lock(campaign, True, by=coordinator(campaign), at=IN_TIME)
    asked = ask(campaign, "th-lamson")
    assert delivered() == [("so@example.vn", "1 đơn vị đề nghị mở khóa")]
    other = ask(campaign, "tv-58")
    ask(campaign, "tv-58", "Xin đến hết ngày 5/10")
    assert delivered() == []
    digest = Message.objects.get(about__startswith="unlock_asked:")
    assert digest.subject == "2 đơn vị đề nghị mở khóa"
    assert "- Thư viện tỉnh\n- Trường Tiểu học Lâm Sơn\n" in digest.body

    campaigns.answer_unlock(asked, ends_at=LATE + DAY, words="", by=coordinator(campaign), at=LATE)
    campaigns.answer_unlock(other, ends_at=None, words="Lịch đã in", by=coordinator(campaign), at=LATE)
    assert delivered() == [
        ("thuvien@example.vn", "Trả lời đề nghị mở khóa của Thư viện tỉnh"),
        ("truong@example.vn", "Đã mở khóa cho Trường Tiểu học Lâm Sơn: đến hết 23:59 ngày 2/10/2022"),
    ]
    no = Message.objects.get(to="thuvien@example.vn", subject__startswith="Trả lời")
    assert "Trả lời: Lịch đã in\n\nĐơn vị đã đề nghị: “Xin đến hết ngày 5/10”" in no.body
