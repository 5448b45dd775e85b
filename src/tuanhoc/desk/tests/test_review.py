"""The reviewer's desk: queues, strokes, two officers at once, words about rows."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from lxml import html
from tests.builders import IN_TIME, SYSTEM, coordinator, registered, row, someone, unit_of

from tuanhoc.accounts import actions as accounts
from tuanhoc.activities import actions
from tuanhoc.activities.models import (
    Activity,
    Looking,
    ReasonTemplate,
    Registration,
    Review,
    ReviewBatch,
    RowComment,
    State,
    Submission,
)  # fmt: skip
from tuanhoc.activities.reasons import DEFAULTS
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.desk.tests.seats import signed_in
from tuanhoc.lib.actor import Role
from tuanhoc.schedule.actions import release_schedule
from tuanhoc.units.models import Unit
from tuanhoc.web import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_time")]
QUEUE = "/lam-viec/hang-doi/"


def waiting(campaign, key="th-lamson", rows=None):
    return registered(unit_of(campaign, key), rows, accepted=False)


def many_waiting(campaign, n):
    """Let ``n`` schools wait, written in few statements: what the page costs is asked, not how they came."""
    district = unit_of(campaign, "ubnd-585")
    units = Unit.objects.bulk_create(Unit(key=f"s{i}", kind="school_primary", name=f"Trường {i:04}") for i in range(n))
    hosts = RosterUnit.objects.bulk_create(
        RosterUnit(
            campaign=campaign, unit=unit, name=unit.name, kind=unit.kind, rank=9, name_order=100 + i,
            name_key=unit.key, path=f"{district.path}{unit.pk}/", reviewer=district, closes_at=district.closes_at,
        )
        for i, unit in enumerate(units)
    )  # fmt: skip
    registrations = Registration.objects.bulk_create(
        Registration(host=host, state=State.SUBMITTED, submitted_at=IN_TIME, version=2) for host in hosts
    )
    Submission.objects.bulk_create(
        Submission(
            registration=r, number=f"2022-{r.pk}-1", submitted_at=IN_TIME, is_late=False, rows=[], sha256="", by_name=""
        )
        for r in registrations
    )
    Activity.objects.bulk_create(
        Activity(registration=r, position=0, content="Ngày hội", held_on=dt.date(2022, 10, 4), changed_at=IN_TIME)
        for r in registrations
    )
    return registrations


def pick(text, name):
    return re.search(rf'name="{name}" value="([^"]*)"', text)[1]


def opened(client, registration, **typed):
    """Return what the form of the page holds once it is open: version, submission, last review."""
    page = client.get(reverse("desk:look", args=[registration.pk])).content.decode()
    return {name: pick(page, name) for name in ("version", "ban", "lan")} | typed


# Queues per level


def test_the_coordinator_sees_every_queue_how_long_it_waits_and_who_looks_instead(campaign, officer, monkeypatch):
    waiting(campaign)
    waiting(campaign, "tv-58")
    monkeypatch.setattr(clock, "now", lambda: IN_TIME + dt.timedelta(days=3, hours=1))
    rows = {r.name: r for r in officer.get(reverse("desk:queues", args=[campaign.code])).context["rows"]}
    department = "Sở Giáo dục và Đào tạo"
    assert [(r.count, r.waited, r.instead) for r in (rows[department], rows["UBND huyện Ninh Sơn"])] == [
        (1, "chờ 3 ngày", ""),
        (1, "chờ 3 ngày", department),
    ]
    assert (rows["UBND huyện Ninh Hải"].count, rows["UBND huyện Ninh Hải"].waited) == (0, "")
    page = officer.get(f"{QUEUE}?dot={campaign.code}&hang={rows['UBND huyện Ninh Sơn'].key}")
    assert [line.registration.host.name for line in page.context["page"]] == ["Trường Tiểu học Lâm Sơn"]
    assert f"UBND huyện Ninh Sơn chưa có người xem: chuyển lên {department}." in page.content.decode()


def test_a_line_whose_unit_has_nobody_says_so_until_somebody_is_seated(campaign, officer):
    waiting(campaign)
    assert "UBND huyện Ninh Sơn chưa có người xem" in officer.get(QUEUE).content.decode()
    signed_in(at=unit_of(campaign, "ubnd-585"))
    page = officer.get(QUEUE)
    assert "chưa có người xem" not in page.content.decode()
    assert (page.context["mine_count"], page.context["all_count"]) == (0, 1)


def test_the_first_page_says_how_many_units_have_nobody_to_look(campaign, officer):
    assert "2 đơn vị chưa có người xem" in officer.get("/lam-viec/").content.decode()
    signed_in(at=unit_of(campaign, "ubnd-585"))
    assert "1 đơn vị chưa có người xem" in officer.get("/lam-viec/").content.decode()


def test_only_who_coordinates_sees_the_queues_of_all_levels(campaign, district):
    assert district.get(reverse("desk:queues", args=[campaign.code])).status_code == 404


@pytest.mark.parametrize("n", [3, 1000])
def test_the_queue_asks_no_more_when_a_thousand_wait(campaign, officer, n, django_assert_max_num_queries):
    many_waiting(campaign, n)
    with django_assert_max_num_queries(12):
        page = officer.get(f"{QUEUE}?dot={campaign.code}&nhac=no_place")
    assert page.context["page"].paginator.count == n
    with django_assert_max_num_queries(12):
        officer.get(reverse("desk:queues", args=[campaign.code]))


def test_what_waits_is_found_by_what_is_wrong_with_it(campaign, officer):
    waiting(campaign, "tv-58")
    waiting(campaign, "th-lamson", [row(place="")])
    assert officer.get(QUEUE).context["kinds"] == [
        ("no_place", "Thiếu địa điểm", 1), ("khong", "Không có lời nhắc", 1),
    ]  # fmt: skip

    def names(address):
        return [line.registration.host.name for line in officer.get(address).context["page"]]

    assert names(f"{QUEUE}?nhac=no_place") == ["Trường Tiểu học Lâm Sơn"]
    assert names(f"{QUEUE}?nhac=khong") == ["Thư viện tỉnh"]
    assert names(f"{QUEUE}?q=thu vien") == ["Thư viện tỉnh"]
    assert names(f"{QUEUE}?q=khong co") == []


# Strokes


class Presses:
    """An officer on the queue: every press counted, each form sent as it stands on the page."""

    def __init__(self, client):
        self.client, self.count = client, 0
        self.answer = client.get(QUEUE)
        self.ticked = {}

    def tick(self, name):
        self.count += 1
        self.ticked[name] = "on"

    def press(self, name, value):
        """Press a button of the page; one that does not stand there cannot be pressed."""
        self.count += 1
        form = next(
            form
            for form in html.fromstring(self.answer.content).forms
            if form.xpath(f".//button[@name='{name}' and @value='{value}']")
        )
        fields = {**dict(form.form_values()), **self.ticked, name: value}
        self.ticked = {}
        self.answer = self.client.post(form.action or QUEUE, fields, follow=True)


NO_ROW, SOME_ROWS = "sai-nam", "thieu-dia-diem"


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (("do", f"return:{SOME_ROWS}"), ("xac-nhan", "1")),
        (("do", f"return:{NO_ROW}"), ("xac-nhan", "1")),
        (("do", "return"), ("xac-nhan", f"mau:{SOME_ROWS}")),
    ],
)
def test_two_hundred_beyond_the_page_are_given_back_in_three_presses_whatever_rows_there_are(
    campaign, officer, first, then
):
    many_waiting(campaign, 200)
    desk = Presses(officer)
    desk.tick("tat-ca-khop")
    desk.press(*first)
    assert not Review.objects.exists()
    desk.press(*then)
    assert desk.count == 3
    assert Registration.objects.filter(state=State.RETURNED).count() == 200
    code = then[1].partition(":")[2] or first[1].partition(":")[2]
    words = next(text for known, _, text, _ in DEFAULTS if known == code).partition("{")[0]
    reviews = list(Review.objects.all())
    assert all(review.reason.startswith(words.partition("{nam}")[0]) for review in reviews)
    assert {len(review.lines) for review in reviews} == ({1} if code == SOME_ROWS else {0})
    assert ReasonTemplate.objects.get(code=code).used == 1
    assert "Đã trả lại 200 bản đăng ký kèm lý do." in desk.answer.content.decode()
    officer.post(desk.answer.request["PATH_INFO"])
    assert Registration.objects.filter(state=State.SUBMITTED).count() == 200


def test_a_template_retired_while_its_button_was_on_screen_costs_no_press_more(campaign, officer):
    many_waiting(campaign, 2)
    desk = Presses(officer)
    actions.retire_reason(campaign, SOME_ROWS, by=SYSTEM, at=IN_TIME)
    desk.tick("tat-ca-khop")
    desk.press("do", f"return:{SOME_ROWS}")
    desk.press("xac-nhan", "1")
    assert Review.objects.filter(reason__startswith="Một số hoạt động chưa ghi địa điểm").count() == 2


def test_the_officer_reads_how_many_rows_a_template_is_about_before_and_after_choosing_it(campaign, officer):
    many_waiting(campaign, 2)
    waiting(campaign)
    desk = Presses(officer)
    assert {one.code: n for one, n in desk.answer.context["templates"] if n} == {SOME_ROWS: 2}
    desk.tick("tat-ca-khop")
    desk.press("do", "return")
    page = desk.answer.content.decode()
    assert "2 trong 3 bản có dòng như vậy" in page
    # Those it is true of come first; a template that is true of none returns nobody in one press.
    assert page.index(f'value="mau-dong:{SOME_ROWS}"') < page.index(f'value="mau:{SOME_ROWS}"')
    assert f':{NO_ROW}"' in page
    assert f'value="mau:{NO_ROW}"' not in page
    desk.press("do", f"return:{NO_ROW}")
    assert "Cả 3 bản không có dòng nào như vậy." in desk.answer.content.decode()
    assert not Review.objects.exists()


def test_a_template_returns_first_those_that_have_such_rows_and_the_page_of_the_stroke_is_in_words(campaign, officer):
    many_waiting(campaign, 2)
    fine = waiting(campaign)
    for name, value in (("do", "return"), ("do", f"return:{SOME_ROWS}")):
        desk = Presses(officer)
        desk.tick("tat-ca-khop")
        desk.press(name, value)
    page = desk.answer.content.decode()
    assert page.index('value="marked"') < page.index('name="xac-nhan" value="1"')
    desk = Presses(officer)
    desk.tick("tat-ca-khop")
    desk.press("do", "return")
    desk.press("xac-nhan", f"mau-dong:{SOME_ROWS}")
    assert desk.count == 3
    fine.refresh_from_db()
    assert fine.state == State.SUBMITTED
    assert Registration.objects.filter(state=State.RETURNED).count() == 2
    page = desk.answer.content.decode()
    assert "Nộp lại [hạn của từng đơn vị]." in page
    assert "{han}" not in page


def test_all_that_match_are_accepted_after_one_more_question(campaign, officer):
    many_waiting(campaign, 3)
    khop = pick(officer.get(QUEUE).content.decode(), "khop")
    asked = officer.post(QUEUE, {"tat-ca-khop": "1", "khop": khop, "do": "accept"})
    assert "Chấp nhận 3 bản đăng ký?" in asked.content.decode()
    officer.post(QUEUE, {"tat-ca-khop": "1", "khop": khop, "viec": "accept", "xac-nhan": "1"})
    assert ReviewBatch.objects.get().decided_count == 3


def test_accepting_all_says_how_many_have_remarks_and_can_leave_them_out(campaign, officer):
    many_waiting(campaign, 2)
    fine = waiting(campaign)
    desk = Presses(officer)
    desk.tick("tat-ca-khop")
    desk.press("do", "accept")
    page = desk.answer.content.decode()
    assert "2 trong 3 bản có dòng cần xem:" in page
    assert "Chỉ chấp nhận 1 bản không có lời nhắc" in page
    assert "Chấp nhận cả 3 bản" in page
    assert not Review.objects.exists()
    desk.press("xac-nhan", "clean")
    assert [r.pk for r in Registration.objects.filter(state=State.ACCEPTED)] == [fine.pk]
    assert Registration.objects.filter(state=State.SUBMITTED).count() == 2


def test_accepting_all_without_remarks_offers_no_more_than_before(campaign, officer):
    waiting(campaign)
    desk = Presses(officer)
    desk.tick("tat-ca-khop")
    desk.press("do", "accept")
    page = desk.answer.content.decode()
    assert "có dòng cần xem" not in page
    assert 'value="clean"' not in page
    desk.press("xac-nhan", "1")
    assert Registration.objects.filter(state=State.ACCEPTED).count() == 1


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("Xin ghi {dia_diem} và {Hạn}. Nộp lại {han}.", "Không có gì để điền vào {dia_diem}, {Hạn}"),
        ("Xin ghi rõ. " * 200, "dài 2.399 ký tự, nhiều nhất là 2.000"),
    ],
)
def test_words_that_would_go_out_wrong_to_all_are_refused_and_kept(campaign, officer, reason, said):
    many_waiting(campaign, 2)
    khop = pick(officer.get(QUEUE).content.decode(), "khop")
    for more in ({"do": "return"}, {"viec": "return", "xac-nhan": "1"}):
        answer = officer.post(QUEUE, {"tat-ca-khop": "1", "khop": khop, "reason": reason, **more})
        page = html.fromstring(answer.content.decode()).text_content()
        assert said in page
        assert reason in page
        assert answer.status_code == 409
    assert not Review.objects.exists()
    assert not ReviewBatch.objects.exists()


def test_a_stroke_says_what_it_left_and_who_was_first(campaign, officer):
    school = waiting(campaign)
    seen = {"chon": [f"{school.pk}-{school.version}"]}
    lan = someone(Role.HEAD, at=unit_of(campaign, "ubnd-585"))
    actions.accept_registration(school, by=lan, at=IN_TIME)
    page = officer.post(QUEUE, seen, follow=True).content.decode()
    assert "head UBND huyện Ninh Sơn đã chấp nhận lúc 09:30 28/09" in page
    assert Review.objects.count() == 1


def test_a_stroke_is_not_taken_back_once_the_schedule_is_out(campaign, officer):
    library = waiting(campaign, "tv-58")
    officer.post(QUEUE, {"chon": [f"{library.pk}-{library.version}"]})
    release_schedule(campaign, by=SYSTEM, at=IN_TIME)
    stroke = reverse("desk:decided", args=[ReviewBatch.objects.get().pk])
    assert "Lịch tổng hợp đã ban hành sau lượt này" in officer.post(stroke, follow=True).content.decode()
    library.refresh_from_db()
    assert library.state == State.ACCEPTED


def test_a_page_that_says_not_what_it_had_shown_overturns_nothing(campaign, officer):
    school = waiting(campaign)
    actions.accept_registration(school, by=someone(Role.HEAD, at=unit_of(campaign, "ubnd-585")), at=IN_TIME)
    look = reverse("desk:look", args=[school.pk])
    answer = officer.post(look, {"do": "return", "reason": "Thiếu địa điểm"})
    assert answer.status_code == 409
    assert "Thiếu địa điểm" in answer.content.decode()
    school.refresh_from_db()
    assert school.state == State.ACCEPTED


def test_a_stroke_is_shown_to_who_made_it_and_to_the_coordinator_only(campaign, officer, district):
    school = waiting(campaign)
    district.post(QUEUE, {"chon": [f"{school.pk}-{school.version}"]})
    stroke = reverse("desk:decided", args=[ReviewBatch.objects.get().pk])
    other = signed_in(at=unit_of(campaign, "ubnd-586"))
    assert [client.get(stroke).status_code for client in (district, officer, other)] == [200, 200, 404]


@pytest.mark.parametrize("given", [
    {"chon": ["x", "1", "-", "9" * 30 + "-1"]}, {"khop": "a-b,,,", "tat-ca-khop": "1"},
    {"do": "return:nope", "chon": []},
])  # fmt: skip
def test_nonsense_from_a_form_decides_nothing_and_breaks_nothing(campaign, officer, given):
    waiting(campaign)
    assert officer.post(QUEUE, given).status_code in {200, 302}
    assert not Review.objects.exists()


# Two officers at once


def test_the_second_officer_sees_who_decided_and_keeps_the_words(campaign, officer, district):
    school = waiting(campaign)
    mine = opened(officer, school, do="return", reason="Xin ghi rõ phòng.")
    district.post(reverse("desk:look", args=[school.pk]), opened(district, school, do="accept"))

    answer = officer.post(reverse("desk:look", args=[school.pk]), mine)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert re.search(r"đã chấp nhận</strong> lúc 09:30 28/09/2022", page)
    assert "Người khác đã xem và quyết định trước, trong lúc bạn đang xem." in page
    assert "Xin ghi rõ phòng." in page
    assert "Các dòng hoạt động vẫn như bạn đã xem." in page
    school.refresh_from_db()
    assert school.state == State.ACCEPTED


def test_the_second_officer_sees_the_rows_that_changed_old_and_new(campaign, officer):
    school = waiting(campaign, "th-lamson", [row("Khai mạc"), row("Hội thi", place="Sân <b>A</b>")])
    mine = opened(officer, school, do="accept")
    actions.return_registration(school, reason="Thiếu giờ", by=coordinator(campaign), at=IN_TIME)
    rows = [row("Hội thi", place="Sân B"), row("Bế mạc", held_on=dt.date(2022, 10, 7))]
    actions.save_rows(school, rows, by=SYSTEM, at=IN_TIME)
    actions.submit_registration(school, by=SYSTEM, at=IN_TIME)

    answer = officer.post(reverse("desk:look", args=[school.pk]), mine)

    between = answer.context["meanwhile"]
    assert [review.reason for review in between.reviews] == ["Thiếu giờ"]
    assert between.submission.number.endswith("-2")
    told = [(r.number, r.kind, [(c.before, c.after) for c in r.cells if c.differs]) for r in between.rows]
    assert told == [
        (1, "Đã sửa", [("Sân <b>A</b>", "Sân B")]),
        (2, "Dòng mới", [
            ("", "07/10/2022"), ("", "Nhà văn hóa xã"), ("", "Bế mạc"),
        ]),
        (None, "Đã bỏ", [("04/10/2022", ""), ("Nhà văn hóa xã", ""), ("Khai mạc", "")]),
    ]  # fmt: skip
    assert "Sân <b>A</b>" not in answer.content.decode()
    # Seen and decided anew, it goes through.
    page = answer.content.decode()
    again = {name: pick(page, name) for name in ("version", "ban", "lan")} | {"do": "accept"}
    assert officer.post(reverse("desk:look", args=[school.pk]), again).status_code == 302


def test_who_has_it_open_is_named_to_the_other_until_they_are_away(campaign, officer, district, monkeypatch):
    school = waiting(campaign)
    district.get(reverse("desk:look", args=[school.pk]))
    by = Looking.objects.get().by_name
    assert f"đang được {by} xem từ 09:30" in officer.get(f"{QUEUE}?tat-ca=1").content.decode()
    assert f"{by} đang xem bản này từ 09:30" in officer.get(reverse("desk:look", args=[school.pk])).content.decode()
    assert "đang được" not in district.get(QUEUE).content.decode()
    monkeypatch.setattr(clock, "now", lambda: IN_TIME + dt.timedelta(minutes=20))
    assert "đang được" not in officer.get(f"{QUEUE}?tat-ca=1").content.decode()


# One registration: templates into rows


@pytest.mark.parametrize(
    ("ticked", "marked"), [({}, {"1"}), ({"dong": ["0"]}, {"0"}), ({"moi-dong": "on"}, {"0", "1"})]
)
def test_a_template_fills_the_ticked_rows_or_those_it_is_about_and_nothing_is_decided_yet(
    campaign, officer, ticked, marked
):
    school = waiting(campaign, "th-lamson", [row("Khai mạc"), row("Hội thi", place="")])
    given = opened(officer, school, do="fill:thieu-dia-diem", reason="Chào trường.", **ticked)
    page = officer.post(reverse("desk:look", args=[school.pk]), given)
    shown = {r.key for day in page.context["days"] for r in day.rows if r.comment}
    assert shown == marked
    assert page.context["reason"].startswith("Chào trường.\nMột số hoạt động chưa ghi địa điểm")
    assert not Review.objects.exists()


def test_the_words_at_a_row_stay_with_it_while_the_unit_mends(campaign, officer):
    school = waiting(campaign, "th-lamson", [row("Khai mạc"), row("Hội thi", place="")])
    officer.post(
        reverse("desk:look", args=[school.pk]), opened(officer, school, do="return", **{"d-1": "Thiếu địa điểm"})
    )
    actions.save_rows(school, [row("Hội thi", place="Sân A")], by=SYSTEM, at=IN_TIME)
    page = signed_in(at=school.host).get(reverse("desk:sheet", args=[school.host_id]))
    assert [(r.typed["content"], r.comment) for day in page.context["days"] for r in day.rows] == [
        ("Hội thi", "Thiếu địa điểm")
    ]


# Words about rows


def test_unit_and_reviewer_talk_about_a_row_on_their_own_pages(campaign, officer):
    school = waiting(campaign)
    uid, unit = school.activities.get().uid, signed_in(at=school.host)
    look, sheet = reverse("desk:look", args=[school.pk]), reverse("desk:sheet", args=[school.host_id])
    officer.post(look, {"do": f"comment:{uid}", f"c-{uid}": "Ở <script>phòng</script> nào?"})
    page = unit.get(sheet).content.decode()
    assert "Ở &lt;script&gt;phòng&lt;/script&gt; nào?" in page
    assert "chưa xong" in page

    unit.post(reverse("desk:comment", args=[school.host_id]), {"do": f"comment:{uid}", f"c-{uid}": "Phòng 2"})
    assert "Phòng 2" in officer.get(look).content.decode()
    assert "2 trao đổi" in officer.get(QUEUE).content.decode()
    assert list(RowComment.objects.order_by("pk").values_list("by_reviewer", flat=True)) == [True, False]
    officer.post(look, {"do": f"settle:{uid}"})
    assert "trao đổi</span>" not in officer.get(QUEUE).content.decode()


def test_a_unit_answers_from_the_sheet_it_mends_and_its_rows_are_saved_with_it(campaign):
    school = waiting(campaign)
    actions.return_registration(school, reason="Thiếu giờ", by=coordinator(campaign), at=IN_TIME)
    uid, unit = school.activities.get().uid, signed_in(at=school.host)
    sheet = reverse("desk:sheet", args=[school.host_id])
    version = pick(unit.get(sheet).content.decode(), "version")
    unit.post(sheet, {
        "version": version, "do": f"comment:{uid}", f"c-{uid}": "Giờ này được chưa?", "r-0-held_on": "04/10/2022",
        "r-0-content": "Lớp kỹ năng số cho người cao tuổi", "r-0-place": "Nhà văn hóa xã", "r-0-starts_at": "7h30",
    })  # fmt: skip
    comment = RowComment.objects.get()
    activity = school.activities.get()
    assert (comment.text, comment.by_reviewer, comment.activity_uid) == ("Giờ này được chưa?", False, activity.uid)
    assert activity.starts_at == dt.time(7, 30)


def test_words_typed_for_the_decision_stay_when_something_is_said_about_a_row(campaign, officer):
    school = waiting(campaign)
    uid = school.activities.get().uid
    given = opened(officer, school, do=f"comment:{uid}", reason="Còn thiếu giờ", **{f"c-{uid}": "Ở đâu?"})
    page = officer.post(reverse("desk:look", args=[school.pk]), given).content.decode()
    assert "Còn thiếu giờ" in page
    assert page.count("Ở đâu?") == 1


@pytest.mark.parametrize(("who", "status"), [("viewer", 403), ("neighbour", 404), ("link", 302)])
def test_who_may_talk_about_a_row(client, campaign, who, status):
    school = waiting(campaign)
    uid = school.activities.get().uid
    if who == "link":
        signed = accounts.make_link(
            school.host.unit, campaign_id=campaign.pk, expires_at=IN_TIME + dt.timedelta(days=900), by=SYSTEM,
            at=IN_TIME,
        )  # fmt: skip
        client.post(reverse("accounts:link", args=[signed]))
    elif who == "viewer":
        client = signed_in(Role.VIEWER, at=school.host)
    else:
        client = signed_in(at=unit_of(campaign, "xa-nhonhai"))
    answer = client.post(reverse("desk:comment", args=[school.host_id]), {"do": f"comment:{uid}", f"c-{uid}": "Ở đâu?"})
    assert answer.status_code == status
    assert RowComment.objects.count() == (status == 302)


def test_what_is_said_about_rows_is_never_public(client, campaign, officer):
    library = waiting(campaign, "tv-58")
    uid = library.activities.get().uid
    officer.post(reverse("desk:look", args=[library.pk]), {"do": f"comment:{uid}", f"c-{uid}": "CHUYENRIENG"})
    actions.accept_registration(library, by=SYSTEM, at=IN_TIME)
    activity = library.activities.get()
    for address in (
        reverse("portal:activity", args=[campaign.code, activity.pk]),
        reverse("portal:schedule", args=[campaign.code]),
        reverse("portal:unit", args=[campaign.code, "tv-58"]),
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "CHUYENRIENG" not in answer.content.decode()


# Reasons


def test_the_coordinator_keeps_the_reasons_and_nothing_typed_is_lost(campaign, officer, district):
    page = reverse("desk:reasons", args=[campaign.code])
    assert district.get(page).status_code == 404
    assert "Thiếu địa điểm" in officer.get(page).content.decode()
    refused = officer.post(page, {"do": "write", "code": "sai-nam", "label": "", "text": "Năm {nam} mới đúng"})
    assert refused.status_code == 409
    assert "Năm {nam} mới đúng" in refused.content.decode()
    officer.post(page, {"do": "write", "code": "", "label": "Thiếu giờ", "text": "Xin ghi giờ.", "marks": "bad_time"})
    assert "Thiếu giờ" in district_queue(campaign, district)
    officer.post(page, {"do": "retire", "code": "sai-nam"})
    assert "Sai năm" not in district_queue(campaign, district)


def district_queue(campaign, district):
    if not Registration.objects.exists():
        waiting(campaign)
    return district.get(QUEUE).content.decode()
