import datetime as dt

import pytest
from icalendar import Calendar
from tests.builders import IN_TIME, registered, row, someone, unit_of, week

from tuanhoc.activities import actions
from tuanhoc.activities.models import Activity
from tuanhoc.lib.actor import Role

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


def found(client, query):
    return [a.content for a in client.get(f"{WEEK}lich/", query).context["page"]]


def test_before_any_week_is_open_the_front_page_says_so(client):
    assert "Chưa có đợt nào được mở" in text(client.get("/"))


def test_search_finds_vietnamese_typed_without_marks_and_ranks_exact_marks_first(client, ninh_son):
    registered(ninh_son, [row("Chuyện đói sổ"), row("Chuyển đổi số trong nhà trường"), row("Ngày hội đọc sách")])
    assert found(client, {"q": "chuyen doi so"}) == ["Chuyện đói sổ", "Chuyển đổi số trong nhà trường"]
    assert found(client, {"q": "chuyển đổi số"})[0] == "Chuyển đổi số trong nhà trường"
    assert found(client, {"q": "không có gì như vậy"}) == []


def test_filters_narrow_by_day_form_and_audience(client, ninh_son):
    registered(
        ninh_son,
        [
            row("Một", held_on=dt.date(2022, 10, 1), ends_on=dt.date(2022, 10, 3)),
            row("Hai", form="online", link="https://example.vn/hai"),
            row("Lớp cho người cao tuổi"),
        ],
    )
    assert found(client, {"ngay": "2022-10-02"}) == ["Một"]
    assert found(client, {"hinh-thuc": "online"}) == ["Hai"]
    assert found(client, {"doi-tuong": "elderly"}) == ["Lớp cho người cao tuổi"]
    assert len(found(client, {"ngay": "hôm qua", "hinh-thuc": "?", "dia-ban": "x"})) == 3


@pytest.mark.parametrize("address", ["", "lich/", "ngay/2022-10-04/", "lich.ics", "don-vi/ubnd-585/"])
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


def test_a_cancelled_activity_is_cancelled_in_subscribers_calendars_under_the_same_uid(client, ninh_son):
    registered(ninh_son, [row(starts_at=dt.time(7, 30))])
    activity = Activity.objects.get()

    def event():
        return Calendar.from_ical(client.get(f"{WEEK}lich.ics").content).walk("VEVENT")[0]

    before = event()
    actions.change_activity(activity, reason="Mưa", cancel=True, by=someone(Role.OFFICER, at=ninh_son), at=IN_TIME)
    after = event()

    assert before["UID"] == after["UID"]
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert before["DTSTART"].dt == dt.datetime(2022, 10, 4, 0, 30, tzinfo=dt.UTC)


def test_no_hour_is_invented_in_a_calendar(client, ninh_son):
    registered(ninh_son, [row(part_of_day="morning")])
    activity = Activity.objects.get()
    event = Calendar.from_ical(client.get(f"{WEEK}hoat-dong/{activity.pk}.ics").content).walk("VEVENT")[0]
    assert event["DTSTART"].dt == dt.date(2022, 10, 4)


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("address", ["", "lich/", "ngay/2022-10-04/", "lich/?q=lop"])
def test_a_page_costs_at_most_eight_queries_and_sets_no_cookie(
    client, ninh_son, django_assert_max_num_queries, address, count
):
    registered(ninh_son, [row(f"Lớp {n}") for n in range(count)])
    with django_assert_max_num_queries(8):
        response = client.get(WEEK + address)
    assert response.status_code == 200
    assert not response.cookies


@pytest.mark.parametrize("address", ["ngay/2022-10-09/", "ngay/2022-99-99/", "hoat-dong/999/", "don-vi/khong-co/"])
def test_what_is_not_there_is_404(client, campaign, address):
    assert client.get(WEEK + address).status_code == 404
