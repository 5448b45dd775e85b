"""Search in the journal: whatever a person sees on the page is found, with or without marks."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from tests.builders import IN_TIME, coordinator, registered, row, unit_of, week

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import User
from tuanhoc.activities import actions as activities
from tuanhoc.campaigns import actions as campaigns
from tuanhoc.desk.journalled import told
from tuanhoc.journal import actions as journal
from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.lib.dates import HANOI

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return week()


@pytest.fixture
def page(client, campaign):
    user = User.objects.create_user("dieuphoi@so.vn", name="Chị Điều Phối")
    accounts.give_seat(user, Role.COORDINATOR, campaign_id=campaign.pk, by=SYSTEM, at=IN_TIME)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    school, commune = (unit_of(campaign, key) for key in ("th-lamson", "xa-nhonhai"))
    registered(school, [row("Đọc sách", place="Sân trường")])
    registered(commune, [row("Hội thi", place="Nhà văn hóa")])

    def found(words, **more):
        return client.get(f"/lam-viec/nhat-ky/{campaign.code}/", {"q": words, **more}).text

    return found


def differences_of(what):
    """Return field, before and after of the newest entry of a happening."""
    entry = Entry.objects.filter(what=what).latest("pk")
    return [(one.field, one.before, one.after) for one in told(entry, {}).differences]


@pytest.mark.parametrize(
    "words",
    [
        "Lâm Sơn",
        "lam son",
        "san truong",
        "SÂN TRƯỜNG",
        "lam son doc sach",
        "nộp bản đăng ký lâm sơn",
        "cho xem lam son",
    ],
)
def test_what_is_seen_of_a_unit_is_found_with_or_without_marks(page, words):
    shown = page(words)
    assert "Trường Tiểu học Lâm Sơn" in shown
    assert "Xã Nhơn Hải" not in shown
    assert "Nhà văn hóa" not in shown


def test_the_words_of_a_state_find_the_change_and_what_was_typed_stays(page, campaign):
    shown = page("đã chấp nhận nhơn hải")
    assert "<del>Chờ xem</del> → <ins>Đã chấp nhận</ins>" in shown
    assert "Sân trường" not in shown
    assert 'value="đã chấp nhận nhơn hải"' in shown
    assert "Không có việc nào khớp" in page("không đâu như thế")
    assert "Không có việc nào khớp" in page("100%")


def test_a_word_is_found_at_its_beginning_and_in_no_name_of_ours(page, campaign):
    # "reason" is a key of ours: whoever looks for Sơn does not mean it.
    shown = page("son")
    assert "Trường Tiểu học Lâm Sơn" in shown
    assert "Nhà văn hóa" not in shown


def test_a_day_is_found_as_people_write_it(page, campaign):
    by = coordinator(campaign)
    [activity] = activities.begin_registration(unit_of(campaign, "th-lamson"), by=by, at=IN_TIME).activities.all()
    activities.change_activity(activity, reason="Mưa", held_on=dt.date(2022, 10, 5), by=by, at=IN_TIME)
    assert "Dời một hoạt động" in page("05/10/2022")


def test_as_many_queries_for_any_words(page, client, campaign):
    counts = []
    for words in ("x", "lam son doc sach da chap nhan hoi thi"):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page(words)
        counts.append(len(seen))
    assert counts[1] <= counts[0] + 2


def test_what_was_written_before_there_were_words_is_told_still(campaign):
    with transaction.atomic():
        journal.write("desk.gone", by=SYSTEM, on=campaign, at=IN_TIME, details={"old_key": "old_value", "before": "a"})
    entry = Entry.objects.latest("pk")
    entry.on_kind = "gone.room"
    shown = told(entry, {})
    assert (shown.what, shown.details) == ("desk.gone", (("old_key", "old_value"),))
    assert [(d.before, d.after) for d in shown.differences] == [("a", "")]


def test_a_decision_and_a_beginning_say_what_stood_before_and_after(page, campaign):
    of = differences_of
    assert of("activities.registration.begin") == [("Trạng thái", "chưa có", "Đang soạn")]
    assert of("activities.registration.submit") == [("Trạng thái", "Đang soạn", "Chờ xem")]
    assert of("activities.registration.accept") == [("Trạng thái", "Chờ xem", "Đã chấp nhận")]


def test_a_deadline_is_told_with_the_last_minute_in_time_and_found_by_its_day(page, campaign):
    by, until = coordinator(campaign), dt.datetime(2022, 10, 4, tzinfo=HANOI)
    hosts = campaign.roster.filter(unit__key="th-lamson")
    [given] = campaigns.give_exceptions(hosts, ends_at=until, reason="Mưa lũ", moves_deadline=True, by=by, at=IN_TIME)
    campaigns.take_back_exception(given, by=by, at=IN_TIME)
    moved = {"": dt.datetime(2022, 10, 3, 17, tzinfo=HANOI)}
    campaigns.move_deadlines(campaign, moved, reason="Bão", by=by, at=IN_TIME)

    first, own = "đến hết 23:59 ngày 30/9/2022", "đến hết 23:59 ngày 3/10/2022"
    assert differences_of("campaigns.exception.give") == [("Được nộp", first, own)]
    assert differences_of("campaigns.exception.take_back") == [("Được nộp", own, first)]
    assert differences_of("campaigns.deadlines.move") == [("Hạn chung", first, "trước 17:00 ngày 3/10/2022")]
    with translation.override("en"):
        [(_field, _before, after)] = differences_of("campaigns.exception.give")
    assert after == "until 23:59 on 3 October 2022"
    for typed in ("3/10/2022", "03/10/2022", "30/9/2022"):
        assert "Gia hạn hoặc mở khóa cho đơn vị" in page(typed)
    assert "Gia hạn hoặc mở khóa cho đơn vị" not in page("5/10/2022")
