import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.builders import IN_TIME, registered, row, someone, unit_of, week

from tuanhoc.activities import actions
from tuanhoc.activities.models import Activity
from tuanhoc.campaigns import actions as campaigns
from tuanhoc.findings import actions as findings
from tuanhoc.findings.models import Finding
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.lib.dates import HANOI
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db
WEEK = "/tuan-le/ninh-thuan-2022/"


@pytest.fixture
def campaign():
    return week()


@pytest.fixture
def ninh_son(campaign):
    return unit_of(campaign, "ubnd-585")


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def test_before_any_week_is_open_the_front_page_says_so(client):
    assert "Chưa có đợt nào được mở" in text(client.get("/"))


@pytest.mark.parametrize("address", ["", "lich/", "ngay/2022-10-04/", "ca-tuan/", "lich.ics", "don-vi/ubnd-585/"])
def test_what_is_not_accepted_or_not_public_is_nowhere(client, campaign, ninh_son, address):
    registered(ninh_son, [row("Hoạt động nội bộ", is_public=False)])
    registered(unit_of(campaign, "tv-58"), [row("Chưa duyệt")], accepted=False)
    page = text(client.get(WEEK + address))
    assert "Hoạt động nội bộ" not in page
    assert "Chưa duyệt" not in page


def test_a_private_contact_is_never_shown_and_a_ticked_one_is(client, ninh_son):
    registered(
        ninh_son,
        [row("A", contact="Cô Lan 0900 000 001"), row("B", contact="Thầy Ba 0900 000 002", contact_is_public=True)],
    )
    a, b = Activity.objects.order_by("position")
    assert "0900 000 001" not in text(client.get(f"{WEEK}hoat-dong/{a.pk}/"))
    assert "0900 000 002" in text(client.get(f"{WEEK}hoat-dong/{b.pk}/"))


@pytest.mark.parametrize("count", [3, 30])
def test_a_page_costs_at_most_eight_queries_and_sets_no_cookie(client, ninh_son, count):
    registered(ninh_son, [row(f"Lớp {n}") for n in range(count)])
    one = f"hoat-dong/{Activity.objects.first().pk}"
    addresses = (
        "", "lich/", "lich/?q=lop&buoi=morning&doi-tuong=elderly", "ngay/2022-10-04/", "ngay/2022-10-04/?dia-ban=1",
        "ca-tuan/", "gan-toi/", "don-vi/ubnd-585/", f"{one}/", f"{one}.ics", "lich.ics", "don-vi/ubnd-585.ics",
        "/nhung/ninh-thuan-2022/don-vi/ubnd-585/", "/", "/gioi-thieu/", "/sitemap.xml",
    )  # fmt: skip
    dear = {}
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address if address.startswith("/") else WEEK + address)
        assert (response.status_code, dict(response.cookies)) == (200, {})
        if len(queries) > 8:
            dear[address] = len(queries)
    assert dear == {}


@pytest.mark.parametrize(
    "address", ["ngay/2022-10-09/", "ngay/2022-99-99/", "hoat-dong/999/", "hoat-dong/999.ics", "don-vi/khong-co/"]
)
def test_what_is_not_there_is_404(client, campaign, address):
    assert client.get(WEEK + address).status_code == 404


NOON_OF_THE_FOURTH = dt.datetime(2022, 10, 4, 12, tzinfo=HANOI)


@pytest.fixture
def stands_at(monkeypatch):
    """Return what stands the clock at a moment."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


def test_the_poster_shows_today_and_what_is_still_to_come_first(client, ninh_son, stands_at):
    registered(
        ninh_son,
        [
            row("Sáng đã qua", starts_at=dt.time(7), ends_at=dt.time(9)),
            row("Chiều nay", starts_at=dt.time(14)),
            row("Đang diễn ra", starts_at=dt.time(11), ends_at=dt.time(13)),
            row("Ngày khác", held_on=dt.date(2022, 10, 5)),
        ],
    )
    stands_at(NOON_OF_THE_FOURTH)
    context = client.get("/").context
    assert [card.content for card in context["cards"]] == ["Đang diễn ra", "Chiều nay", "Sáng đã qua"]
    assert [day for day, _, is_today, _ in context["leaves"] if is_today] == [dt.date(2022, 10, 4)]
    assert [day for day, _, _, is_opening in context["leaves"] if is_opening] == [dt.date(2022, 10, 1)]
    assert [count for _, count, _, _ in context["leaves"]] == [0, 0, 0, 3, 1, 0, 0]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2022, 9, 28), "Còn 3 ngày đến Tuần lễ"),
        (dt.date(2022, 10, 7), "Hôm nay có gì?"),
        (dt.date(2022, 10, 8), "Tuần lễ đã khép lại với 1 hoạt động"),
    ],
)
def test_the_poster_knows_whether_the_week_is_to_come_or_over(client, ninh_son, stands_at, day, words):
    registered(ninh_son)
    stands_at(dt.datetime.combine(day, dt.time(9), HANOI))
    assert words in text(client.get("/"))


def test_before_the_week_a_day_without_activities_has_no_number(client, campaign, ninh_son, stands_at):
    stands_at(dt.datetime(2022, 9, 28, 9, tzinfo=HANOI))
    for address in ("", "lich/"):
        assert "0 hoạt động" not in text(client.get(WEEK + address))
    registered(ninh_son)
    counts = [count for _, count, _, _ in client.get("/").context["leaves"]]
    assert counts == [None, None, None, 1, None, None, None]


def test_the_poster_says_the_name_of_the_week_above_its_theme(client, campaign):
    page = text(client.get("/"))
    name = page.index('<p class="of-week">Tuần lễ hưởng ứng học tập suốt đời năm 2022</p>')
    assert name < page.index('<h1 class="theme">')


def test_an_activity_is_read_from_its_title_over_its_facts_to_its_buttons(client, ninh_son):
    registered(ninh_son)
    page = text(client.get(f"{WEEK}hoat-dong/{Activity.objects.get().pk}/"))
    parts = ["<h1", 'class="leaf', 'class="facts"', 'class="do"', 'id="share"']
    assert sorted(parts, key=page.index) == parts


@pytest.mark.parametrize(("day", "times"), [(4, 1), (5, 0)])
def test_the_room_of_a_past_activity_is_not_offered(client, ninh_son, stands_at, day, times):
    registered(ninh_son, [row(form="online", link="https://example.vn/lop")])
    stands_at(dt.datetime(2022, 10, day, 9, tzinfo=HANOI))
    page = text(client.get(f"{WEEK}hoat-dong/{Activity.objects.get().pk}/"))
    assert page.count("Vào phòng trực tuyến") == times
    assert page.count("Hoạt động này đã diễn ra.") == 1 - times


def test_a_day_goes_from_morning_to_evening_and_what_has_no_hour_comes_last(client, ninh_son):
    registered(
        ninh_son,
        [
            row("Không giờ"),
            row("Tối", part_of_day="evening"),
            row("Hai giờ chiều", starts_at=dt.time(14)),
            row("Sáng không giờ", part_of_day="morning"),
            row("Bảy giờ", starts_at=dt.time(7)),
        ],
    )
    parts = client.get(f"{WEEK}ngay/2022-10-04/").context["parts"]
    assert [(words, [card.content for card in cards]) for words, cards in parts] == [
        ("Buổi sáng", ["Bảy giờ", "Sáng không giờ"]),
        ("Buổi chiều", ["Hai giờ chiều"]),
        ("Buổi tối", ["Tối"]),
        ("Cả ngày hoặc chưa rõ giờ", ["Không giờ"]),
    ]


def test_an_activity_of_several_days_stands_on_each_of_them(client, ninh_son):
    registered(ninh_son, [row("Triển lãm", held_on=dt.date(2022, 10, 2), ends_on=dt.date(2022, 10, 5))])
    for day, times in (("01", 0), ("02", 1), ("05", 1), ("06", 0)):
        assert len(client.get(f"{WEEK}ngay/2022-10-{day}/").context["page"]) == times


def test_an_activity_leads_to_others_of_its_unit_and_of_its_day(client, campaign, ninh_son):
    registered(ninh_son, [row("Một"), row("Hai", held_on=dt.date(2022, 10, 5))])
    registered(unit_of(campaign, "tv-58"), [row("Cùng ngày"), row("Hôm sau", held_on=dt.date(2022, 10, 5))])
    one = Activity.objects.get(content="Một")
    context = client.get(f"{WEEK}hoat-dong/{one.pk}/").context
    assert [card.content for card in context["of_the_unit"]] == ["Hai"]
    assert [card.content for card in context["of_the_day"]] == ["Cùng ngày"]


def test_a_cancelled_activity_stays_marked_with_its_reason_but_counts_no_more(client, ninh_son):
    registered(ninh_son, [row("A"), row("B")])
    a = Activity.objects.get(content="A")
    actions.change_activity(a, reason="Mưa lớn", cancel=True, by=someone(Role.OFFICER, at=ninh_son), at=IN_TIME)
    assert "Hoạt động này đã hủy. Lý do: Mưa lớn" in text(client.get(f"{WEEK}hoat-dong/{a.pk}/"))
    assert client.get(WEEK).context["totals"].activities == 1
    assert "Đã hủy" in text(client.get(f"{WEEK}ngay/2022-10-04/"))


def test_the_help_line_stands_on_every_page_and_takes_reports_of_mistakes(client, campaign, ninh_son):
    given = {"help_name": "Phòng GDTX", "help_phone": "0259 000 000"}
    campaigns.correct_campaign(campaign, given, by=SYSTEM, at=IN_TIME)
    registered(ninh_son)
    pk = Activity.objects.get().pk
    for address in ("", "lich/", f"hoat-dong/{pk}/"):
        assert 'href="tel:0259000000"' in text(client.get(WEEK + address))
    assert f"Báo Phòng GDTX, nêu mã hoạt động {pk}:" in text(client.get(f"{WEEK}hoat-dong/{pk}/"))


def test_a_long_week_is_read_page_by_page(client, ninh_son):
    registered(ninh_son, [row(f"Lớp {n:03d}", starts_at=dt.time(8)) for n in range(70)])
    days = [client.get(f"{WEEK}lich/", {"trang": n}).context["days"] for n in (1, 2)]
    assert [[len(cards) for _, cards in of_page] for of_page in days] == [[60], [10]]
    assert "Trang 1 trên 2" in text(client.get(f"{WEEK}lich/"))
    assert len(client.get(f"{WEEK}ca-tuan/").context["page"]) == 70


@pytest.mark.parametrize(
    ("link", "is_a_link"),
    [("https://example.vn/lop", True), ("javascript:alert(1)", False), ("Zalo nhóm lớp", False)],
)
def test_only_an_address_of_a_page_becomes_a_link(client, ninh_son, link, is_a_link):
    registered(ninh_son, [row(form="online", link=link)])
    page = text(client.get(f"{WEEK}hoat-dong/{Activity.objects.get().pk}/"))
    assert (f'href="{link}"' in page) is is_a_link
    assert link in page


def test_units_that_hold_one_event_together_are_named_beside_each_others_row(client, campaign):
    for key, place in [("xa-lamson", "Hội trường UBND xã"), ("th-lamson", "Hội trường UBND xã Lâm Sơn")]:
        opening = row("Lễ phát động Tuần lễ học tập suốt đời", place=place, starts_at=dt.time(8))
        registered(unit_of(campaign, key), [opening])
    findings.look_again(campaign, at=IN_TIME)
    found = Finding.objects.get()
    address = f"{WEEK}hoat-dong/{found.first_id}/"
    assert "Cùng tổ chức với" not in text(client.get(address))
    findings.decide(found, "together", version=found.version, by=SYSTEM, at=IN_TIME)
    with CaptureQueriesContext(connection) as asked:
        page = text(client.get(address))
    assert f'Cùng tổ chức với <a href="{WEEK}hoat-dong/{found.second_id}/">{found.second_host.name}</a>' in page
    assert len(asked) <= 8
    Activity.objects.filter(pk=found.second_id).update(is_public=False)
    assert "Cùng tổ chức với" not in text(client.get(address))
