"""The coordinator's pages about deadlines, and what a locked unit sees."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import IN_TIME, TOO_LATE, coordinator, prepared, registered, row, someone, unit_of

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import User
from tuanhoc.activities import actions as activities
from tuanhoc.activities.models import Registration
from tuanhoc.campaigns import actions as campaigns
from tuanhoc.campaigns.models import DeadlineException, RosterUnit, UnlockRequest
from tuanhoc.desk.tests.seats import signed_in
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.lib.dates import HANOI
from tuanhoc.units.models import Contact, Unit
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
LATE = TOO_LATE + DAY


@pytest.fixture
def at(monkeypatch):
    """Give a function that sets the clock; it stands in time."""

    def stand(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    stand(IN_TIME)
    return stand


@pytest.fixture
def locked(campaign, at):
    """The Week locks, and its deadline was yesterday."""
    campaigns.switch_lock(campaign, True, by=coordinator(campaign), at=IN_TIME)
    at(LATE)
    return campaign


def page(client, name, *args, **query):
    return client.get(reverse(f"desk:{name}", args=args), query)


def text(answer):
    return answer.content.decode()


def post(client, name, *args, query="", **data):
    return client.post(reverse(f"desk:{name}", args=args) + query, data)


def by_link(campaign, key, at=IN_TIME):
    """Return the browser of a unit that opened its personal link: no account."""
    signed = accounts.make_link(
        unit_of(campaign, key).unit, campaign_id=campaign.pk, expires_at=LATE + 30 * DAY, by=SYSTEM, at=at
    )
    client = Client()
    client.post(reverse("accounts:link", args=[signed]))
    return client


# --- deadlines of levels --------------------------------------------------------------------------------------------


def test_levels_are_looked_at_first_then_moved_then_put_back(officer, campaign, at):
    registered(unit_of(campaign, "xa-lamson"))
    typed = {"all_day": "30/9/2022", "all_time": "", "commune_day": "2/10", "commune_time": "17:00", "reason": "Mưa"}
    looked = post(officer, "deadlines", campaign.code, do="preview", **typed)
    assert "1 đơn vị chưa nộp có hạn mới" in text(looked)  # one commune has handed in
    assert "1 đơn vị đã nộp" in text(looked)
    assert "trước 17:00 ngày 2/10/2022" in text(looked)
    assert unit_of(campaign, "xa-nhonhai").closes_at == TOO_LATE

    post(officer, "deadlines", campaign.code, do="move", **typed)
    assert unit_of(campaign, "xa-nhonhai").closes_at == dt.datetime(2022, 10, 2, 17, tzinfo=HANOI)
    move = campaign.deadline_moves.get()
    listed = text(page(officer, "deadlines", campaign.code))
    assert f'value="{move.pk}"' in listed
    assert "theo hạn chung → <strong>trước 17:00 ngày 2/10/2022</strong>" in listed
    post(officer, "deadlines", campaign.code, do="undo", lan=str(move.pk))
    assert unit_of(campaign, "xa-nhonhai").closes_at == TOO_LATE


def test_a_deadline_after_the_week_is_said_in_the_preview(officer, campaign, at):
    said = "Hạn mới đến sau khi Tuần lễ kết thúc, ngày 7/10/2022"
    assert said not in text(post(officer, "deadlines", campaign.code, do="extend", to_day="07/10/2022"))
    assert said in text(post(officer, "deadlines", campaign.code, do="extend", to_day="08/10/2022"))


def test_an_extension_for_all_is_shown_with_who_is_moved_and_who_keeps_its_own(officer, campaign, at):
    campaigns.give_exceptions(
        RosterUnit.objects.filter(campaign=campaign, unit__key="tv-58"), ends_at=LATE + 20 * DAY, reason="Sửa nhà",
        moves_deadline=True, by=SYSTEM, at=IN_TIME,
    )  # fmt: skip
    looked = post(officer, "deadlines", campaign.code, do="extend", to_day="05/10/2022", to_time="", reason="Bão")
    assert "6 đơn vị chưa nộp có hạn mới" in text(looked)
    assert "1 đơn vị có hạn riêng dài hơn, được giữ." in text(looked)
    assert 'name="all_day" value="05/10/2022"' in text(looked)


def test_a_preview_counts_only_what_the_change_concerns_and_says_whom_no_letter_reaches(officer, campaign, at):
    campaigns.give_exceptions(
        RosterUnit.objects.filter(campaign=campaign, unit__key="tv-58"), ends_at=LATE, reason="Sửa nhà",
        moves_deadline=True, by=SYSTEM, at=IN_TIME,
    )  # fmt: skip
    Contact.objects.create(unit=Unit.objects.get(key="xa-lamson"), name="Chị Lan", email="lan@xa.example")
    typed = {"all_day": "30/9/2022", "commune_day": "10/10/2022"}
    looked = text(post(officer, "deadlines", campaign.code, do="preview", **typed))
    assert "2 đơn vị chưa nộp có hạn mới" in looked
    assert "1 đơn vị có địa chỉ, được báo qua thư; 1 đơn vị chưa có địa chỉ thư" in looked
    assert "Đổi hạn và báo 1 đơn vị" in looked
    # The library's exception is of another level, and ends before the communes' new deadline.
    assert "có hạn riêng dài hơn" not in looked


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"do": "preview", "all_day": "hôm nào đó"}, "Có ngày chưa đọc được"),
        ({"do": "preview", "all_day": "20/9/2022"}, "Hạn đăng ký mới đã qua"),
        ({"do": "preview", "all_day": "30/9/2022"}, "Các hạn vẫn như cũ"),
        ({"do": "preview", "all_day": ""}, "Chưa có hạn đăng ký"),
        ({"do": "extend", "to_day": ""}, "Vui lòng điền ngày mới của hạn chung"),
        ({"do": "extend", "to_day": "31/02"}, "Lịch không có ngày này"),
        ({"do": "extend", "to_day": "hôm nào đó"}, "Ngày chưa đọc được"),
        ({"do": "extend", "to_day": "20/9/2022"}, "Hạn đăng ký mới đã qua"),
        *(
            ({"do": "extend", "to_day": "5/10/2022", "to_time": time}, "Giờ chưa đọc được, ví dụ 17:00.")
            for time in ("99", "25:00", "chiều")
        ),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(officer, campaign, at, typed, said):
    answer = post(officer, "deadlines", campaign.code, reason="Mưa to", **typed)
    assert answer.status_code == 409
    assert said in text(answer)
    assert 'value="Mưa to"' in text(answer)
    # Of the two forms on the page each keeps its own.
    assert f'name="all_day" value="{typed.get("all_day", "30/09/2022")}"' in text(answer)
    assert f'name="to_day" value="{typed.get("to_day", "")}"' in text(answer)
    assert f'name="to_time" value="{typed.get("to_time", "")}"' in text(answer)
    assert text(answer).count('value="Mưa to"') == 1


@pytest.mark.parametrize("do", ["preview", "move"])
def test_a_reason_too_long_is_said_with_its_count_and_kept_whole(officer, campaign, at, do):
    reason = "Mưa lũ. " * 40
    answer = post(officer, "deadlines", campaign.code, do=do, all_day="05/10/2022", reason=reason)
    assert answer.status_code == 409
    assert "“Lý do” dài 319 ký tự, nhiều nhất là 300" in text(answer)
    assert f'value="{reason.strip()}"' in text(answer)


def test_before_the_call_opens_levels_are_saved_at_once_and_shown_where_it_is_opened(officer, at):
    with_levels = prepared("ninh-thuan-2023")
    accounts.give_seat(accounts_user(officer), Role.COORDINATOR, campaign_id=with_levels.pk, by=SYSTEM, at=IN_TIME)
    post(officer, "deadlines", with_levels.code, do="move", all_day="30/9/2022", school_day="25/9/2022")
    assert "đến hết 23:59 ngày 25/9/2022" in text(page(officer, "open_call", with_levels.code))


def accounts_user(client):
    return User.objects.get(pk=client.session["_auth_user_id"])


def test_the_lock_is_switched_on_and_off(officer, campaign, at):
    post(officer, "deadlines", campaign.code, do="lock")
    campaign.refresh_from_db()
    assert campaign.locks_from == IN_TIME
    registered(unit_of(campaign, "tv-58"))
    at(LATE)
    assert "6 đơn vị chưa nộp đang khóa" in text(page(officer, "deadlines", campaign.code))
    post(officer, "deadlines", campaign.code, do="unlock")
    campaign.refresh_from_db()
    assert campaign.locks_from is None


# --- exceptions -----------------------------------------------------------------------------------------------------


def test_units_are_chosen_looked_at_and_given_more_time(officer, campaign, at):
    school, commune = unit_of(campaign, "th-lamson"), unit_of(campaign, "xa-lamson")
    registered(commune)
    typed = {
        "don-vi": [str(school.pk), str(commune.pk)], "end_day": "3/10", "end_time": "", "how": "in_time",
        "reason": "Mưa lũ",
    }  # fmt: skip
    looked = post(officer, "exceptions", campaign.code, do="preview", **typed)
    assert "1 đơn vị được nộp đến hết 23:59 ngày 3/10/2022?" in text(looked)
    assert "1 đơn vị đã nộp được bỏ qua." in text(looked)
    assert not DeadlineException.objects.exists()
    post(officer, "exceptions", campaign.code, do="give", **typed)
    [leave] = DeadlineException.objects.all()
    assert (leave.host, leave.moves_deadline, leave.reason) == (school, True, "Mưa lũ")


def test_all_that_match_are_taken_other_pages_too(officer, campaign, at):
    inside = unit_of(campaign, "ubnd-585").pk
    query = f"?trong={inside}&trang-thai=chua-nop"
    typed = {"tat-ca": "1", "end_day": "3/10", "how": "late", "reason": "Mưa lũ"}
    post(officer, "exceptions", campaign.code, query=query, do="give", **typed)
    assert set(DeadlineException.objects.values_list("host__unit__key", flat=True)) == {
        "ubnd-585", "xa-lamson", "th-lamson",
    }  # fmt: skip


def test_all_that_are_locked_are_let_in_and_who_had_asked_is_answered_by_it(officer, locked):
    host = unit_of(locked, "th-lamson")
    campaigns.ask_unlock(host, "Xin mở", by=someone(Role.OFFICER, at=host), at=LATE)
    typed = {"tat-ca": "1", "end_day": "3/10", "how": "late", "reason": "Mưa lũ"}
    post(officer, "exceptions", locked.code, query="?trang-thai=khoa", do="give", **typed)
    assert DeadlineException.objects.count() == 7
    asked = UnlockRequest.objects.get()
    assert (asked.answer, asked.exception.host) == ("Mưa lũ", host)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"don-vi": []}, "Vui lòng chọn ít nhất một đơn vị"),
        ({"reason": " "}, "Vui lòng ghi lý do"),
        ({"reason": "Mưa lũ. " * 40}, "“Lý do” dài 319 ký tự, nhiều nhất là 300"),
        ({"end_day": ""}, "Vui lòng điền ngày cuối được nộp"),
        ({"end_day": "xyz"}, "Ngày hoặc giờ kết thúc chưa đọc được"),
        ({"end_day": "20/9"}, "Thời điểm kết thúc đã qua"),
        ({"end_day": "30/9"}, "Không có gì để thêm"),
    ],
)
def test_a_choice_that_cannot_be_is_said_and_nothing_typed_is_lost(officer, campaign, at, changed, said):
    school = str(unit_of(campaign, "th-lamson").pk)
    typed = {"don-vi": [school], "end_day": "3/10", "how": "in_time", "reason": "Mưa lũ"} | changed
    answer = post(officer, "exceptions", campaign.code, do="preview", **typed)
    assert answer.status_code == 409
    assert said in text(answer)
    assert f'name="end_day" value="{typed["end_day"]}"' in text(answer)
    assert f'name="reason" value="{typed["reason"].strip()}"' in text(answer)
    assert ('checked aria-label="Chọn Trường Tiểu học Lâm Sơn"' in text(answer)) == bool(typed["don-vi"])


def test_the_list_is_narrowed_by_words_level_and_state(officer, locked):
    def listed(**query):
        return [line.host.unit.key for line in page(officer, "exceptions", locked.code, **query).context["rows"]]

    assert len(listed()) == 7
    assert listed(q="nhon hai") == ["xa-nhonhai"]
    assert listed(cap="school") == ["th-lamson"]
    campaigns.give_exceptions(
        RosterUnit.objects.filter(pk=unit_of(locked, "tv-58").pk), ends_at=LATE + DAY, reason="Sửa nhà",
        moves_deadline=False, by=SYSTEM, at=LATE,
    )  # fmt: skip
    assert listed(**{"trang-thai": "rieng"}) == ["tv-58"]
    assert "tv-58" not in listed(**{"trang-thai": "khoa"})
    assert page(officer, "exceptions", locked.code, q="không có").context["rows"] == []


def test_one_unit_s_exception_is_given_seen_and_ended(officer, locked):
    school = unit_of(locked, "th-lamson")
    post(officer, "unit_deadline", school.pk, do="give", end_day="3/10", how="late", reason="Máy hỏng")
    shown = text(page(officer, "unit_deadline", school.pk))
    assert "đang có hiệu lực" in shown
    assert "Máy hỏng" in shown
    leave = DeadlineException.objects.get()
    post(officer, "unit_deadline", school.pk, do="end", han=str(leave.pk))
    assert "kết thúc sớm lúc" in text(page(officer, "unit_deadline", school.pk))
    answer = post(officer, "unit_deadline", school.pk, do="end", han=str(leave.pk))
    assert "đã được kết thúc trước đó" in text(answer)


# --- the unit -------------------------------------------------------------------------------------------------------


def test_a_locked_unit_reads_its_sheet_and_asks_from_its_link_to_be_let_in(officer, campaign, at):
    host = unit_of(campaign, "th-lamson")
    registration = activities.begin_registration(host, by=SYSTEM, at=IN_TIME)
    activities.save_rows(registration, [row("Ngày hội đọc sách")], by=SYSTEM, at=IN_TIME)
    unit = by_link(campaign, "th-lamson")
    campaigns.switch_lock(campaign, True, by=coordinator(campaign), at=IN_TIME)
    assert "Hết hạn, lịch tự khóa" in text(page(unit, "sheet", host.pk))
    at(LATE)
    shown = text(page(unit, "sheet", host.pk))
    assert "Hạn của đơn vị là đến hết 23:59 ngày 30/9/2022" in shown
    assert "Ngày hội đọc sách" in shown
    assert "Nộp lịch đăng ký" not in shown

    post(unit, "ask_unlock", host.pk, words="Máy hỏng")
    post(unit, "ask_unlock", host.pk, words="Máy hỏng, xin đến 5/10")
    assert "đang chờ trả lời" in text(page(unit, "sheet", host.pk))
    asked = UnlockRequest.objects.get()
    assert "1 đơn vị đề nghị mở khóa" in text(page(officer, "home"))
    assert "Xem lịch, đề nghị mở khóa" in text(page(unit, "home"))
    listed = text(page(officer, "unlock_requests", campaign.code))
    assert "Máy hỏng, xin đến 5/10" in listed

    post(officer, "unlock_requests", campaign.code, do="yes", end_day="5/10", how="late", words="Đã mở", **{
        "de-nghi": str(asked.pk)
    })  # fmt: skip
    opened = text(page(unit, "sheet", host.pk))
    assert "Đơn vị được mở riêng <strong>đến hết 23:59 ngày 5/10/2022</strong>" in opened
    assert "Nộp lịch đăng ký" in opened
    # The head of the page says the deadline that is the unit's now, not the one that is past.
    assert opened.index("đến hết 23:59 ngày 5/10/2022") < opened.index("đến hết 23:59 ngày 30/9/2022")
    assert "quá hạn" not in opened
    at(dt.datetime(2022, 10, 6, tzinfo=HANOI))
    assert "Nộp lịch đăng ký" not in text(page(unit, "sheet", host.pk))


def test_a_no_in_words_is_read_on_the_sheet(officer, locked):
    host = unit_of(locked, "th-lamson")
    unit = by_link(locked, "th-lamson", at=LATE)
    post(unit, "ask_unlock", host.pk, words="Xin mở")
    asked = UnlockRequest.objects.get()
    bare = post(officer, "unlock_requests", locked.code, do="no", words=" ", **{"de-nghi": str(asked.pk)})
    assert bare.status_code == 409
    assert "xin ghi vài lời" in text(bare)
    post(officer, "unlock_requests", locked.code, do="no", words="Lịch đã in", **{"de-nghi": str(asked.pk)})
    assert "Lịch đã in" in text(page(unit, "sheet", host.pk))
    answered = page(officer, "unlock_requests", locked.code, **{"trang-thai": "da-tra-loi", "q": "lam son"})
    assert [item.pk for item, *_ in answered.context["rows"]] == [asked.pk]
    assert page(officer, "unlock_requests", locked.code).context["rows"] == []


def test_what_was_typed_while_the_lock_fell_stays_on_the_screen(campaign, locked):
    host = unit_of(locked, "th-lamson")
    unit = by_link(locked, "th-lamson", at=LATE)
    data = {"r-0-held_on": "04/10/2022", "r-0-content": "Vừa gõ xong", "version": "0", "do": "save"}
    answer = unit.post(reverse("desk:sheet", args=[host.pk]), data)
    assert answer.status_code == 409
    assert "Vừa gõ xong" in text(answer)
    assert "đã khóa" in text(answer)
    by_fetch = unit.post(reverse("desk:sheet", args=[host.pk]), data, headers={"X-Requested-With": "fetch"})
    assert by_fetch.status_code == 409
    assert "đã khóa" in by_fetch.json()["message"]
    assert not Registration.objects.exists()


def test_the_coordinator_writes_on_a_locked_unit_s_sheet_and_is_told_so(officer, locked):
    host = unit_of(locked, "th-lamson")
    shown = text(page(officer, "sheet", host.pk))
    assert "Người điều phối vẫn ghi và nộp thay được" in shown
    data = {"r-0-held_on": "04/10/2022", "r-0-content": "Đọc sách", "version": "0", "do": "save"}
    officer.post(reverse("desk:sheet", args=[host.pk]), data)
    registration = Registration.objects.select_related("host__campaign").get()
    by = coordinator(locked)
    activities.enter_on_behalf(registration, caller_name="Cô Hoa", called_at=LATE, by=by, at=LATE)
    officer.post(reverse("desk:sheet", args=[host.pk]), data | {"version": str(registration.version), "do": "submit"})
    registration.refresh_from_db()
    assert (registration.state, registration.entered_on_behalf, registration.is_late) == ("submitted", True, True)


def test_a_unit_asks_only_for_itself(campaign, locked, district):
    unit = by_link(locked, "th-lamson", at=LATE)
    assert post(unit, "ask_unlock", unit_of(locked, "tv-58").pk, words="Xin mở").status_code == 404
    for name in ("deadlines", "exceptions", "unlock_requests"):
        assert page(unit, name, locked.code).status_code == 404
    assert page(unit, "unit_deadline", unit_of(locked, "th-lamson").pk).status_code == 403


def test_a_district_gives_time_to_those_it_reviews_and_the_coordinator_sees_who_gave_it(locked, district, officer):
    own, strange = unit_of(locked, "th-lamson"), unit_of(locked, "tv-58")
    given = {"end_day": "5/10/2022", "how": "in_time", "reason": "Bão", "do": "give"}
    assert reverse("desk:exceptions", args=[locked.code]) in text(page(district, "board", locked.code))
    listed = text(page(district, "exceptions", locked.code))
    assert own.name in listed
    assert strange.name not in listed

    post(district, "exceptions", locked.code, **given, **{"don-vi": [own.pk, strange.pk]})

    exception = DeadlineException.objects.get()
    assert exception.host == own
    assert exception.by_name in text(page(officer, "exceptions", locked.code))
    assert page(district, "unit_deadline", own.pk).status_code == 200
    assert page(district, "unit_deadline", strange.pk).status_code == 404
    assert page(district, "deadlines", locked.code).status_code == 404


def test_a_viewer_of_a_district_gives_no_time(locked):
    viewer = signed_in(Role.VIEWER, at=unit_of(locked, "ubnd-585"))
    assert page(viewer, "exceptions", locked.code).status_code == 404
    assert page(viewer, "unit_deadline", unit_of(locked, "th-lamson").pk).status_code == 403


def test_a_district_answers_its_own_school_and_no_other_unit(locked, district):
    for key in ("th-lamson", "tv-58"):
        host = unit_of(locked, key)
        campaigns.ask_unlock(host, "Mất điện", by=someone(Role.OFFICER, at=host), at=LATE)
    mine, other = UnlockRequest.objects.order_by("pk")
    answer = {"end_day": "5/10/2022", "words": "Đồng ý", "do": "yes"}
    assert post(district, "unlock_requests", locked.code, **answer, **{"de-nghi": other.pk}).status_code == 404
    post(district, "unlock_requests", locked.code, **answer, **{"de-nghi": mine.pk})
    assert list(UnlockRequest.objects.exclude(answered_at=None)) == [mine]
    assert "Đề nghị mở khóa" in text(page(district, "exceptions", locked.code))


# --- cost -----------------------------------------------------------------------------------------------------------


def many(campaign, count):
    """Add schools to the roster, every second one asking to be let in."""
    first = unit_of(campaign, "th-lamson")
    for n in range(count):
        unit = Unit.objects.create(key=f"th-{n}", kind="school_primary", name=f"Trường Tiểu học số {n}")
        host = RosterUnit.objects.create(
            campaign=campaign, unit=unit, name=unit.name, kind=unit.kind, rank=5, name_order=100 + n,
            name_key=f"truong tieu hoc so {n}", path=f"{first.path}{unit.pk}/", closes_at=TOO_LATE,
        )  # fmt: skip
        UnlockRequest.objects.create(host=host, words="Xin mở", asked_at=LATE, by_name="Cô Hoa")
        DeadlineException.objects.create(
            host=host, reason="Mưa", given_at=IN_TIME, ends_at=LATE, moves_deadline=False, by_name="Sở"
        )


@pytest.mark.parametrize("name", ["deadlines", "exceptions", "unlock_requests"])
def test_pages_cost_the_same_for_few_and_for_many(officer, locked, name, django_assert_max_num_queries):
    def cost():
        with django_assert_max_num_queries(30) as counted:
            assert page(officer, name, locked.code).status_code == 200
        return len(counted)

    many(locked, 2)
    few = cost()
    many_more = 20
    for n in range(many_more):
        Unit.objects.filter(key=f"th-{n}").update(key=f"cu-{n}")
    many(locked, many_more)
    assert cost() == few


def test_a_units_extension_is_its_deadline_on_every_page_and_nothing_handed_in_is_overdue(officer, campaign, at):
    host = unit_of(campaign, "th-lamson")
    registration = activities.begin_registration(host, by=SYSTEM, at=IN_TIME)
    activities.save_rows(registration, [row("Ngày hội đọc sách")], by=SYSTEM, at=IN_TIME)
    campaigns.give_exceptions(
        RosterUnit.objects.filter(pk=host.pk), ends_at=dt.datetime(2022, 10, 4, tzinfo=HANOI), reason="Mất điện",
        moves_deadline=False, by=coordinator(campaign), at=IN_TIME,
    )  # fmt: skip
    at(LATE)
    unit = by_link(campaign, "th-lamson", at=LATE)
    signed = accounts.make_link(
        host.unit, campaign_id=campaign.pk, expires_at=campaign.links_close_at, holder="", by=SYSTEM, at=LATE
    )
    before = [
        text(page(unit, "sheet", host.pk)), text(page(unit, "home")), text(page(unit, "hand_up", host.pk)),
        text(page(officer, "unit_deadline", host.pk)), text(Client().get(reverse("accounts:link", args=[signed]))),
        text(post(officer, "links", host.pk)),
    ]  # fmt: skip
    for shown in before:
        assert "đến hết 23:59 ngày 3/10/2022" in shown
        assert "quá hạn" not in shown

    registration.refresh_from_db()
    activities.submit_registration(registration, by=SYSTEM, at=LATE)
    for moment in (LATE, LATE + 9 * DAY):
        at(moment)
        for name, args in (("sheet", [host.pk]), ("home", [])):
            assert "quá hạn" not in text(page(unit, name, *args))
