"""The page of what may be wrong: who reaches it, what its buttons do, what it asks of the database."""

import datetime as dt

import pytest
from django.urls import reverse
from lxml import html
from tests.builders import IN_TIME, registered, row, unit_of

from tuanhoc.activities.models import Activity
from tuanhoc.desk.tests.seats import signed_in
from tuanhoc.findings.actions import look_again
from tuanhoc.findings.models import Finding
from tuanhoc.findings.rules import CLEAR
from tuanhoc.lib.actor import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_time")]

MORNING = dt.time(8)


def opening(place, **more):
    return row("Lễ phát động Tuần lễ học tập suốt đời", place=place, starts_at=MORNING, **more)


@pytest.fixture
def found(campaign):
    """Return what is found when a school and its commune register one opening."""
    registered(unit_of(campaign, "xa-lamson"), [opening("Hội trường UBND xã")])
    registered(unit_of(campaign, "th-lamson"), [opening("Hội trường UBND xã Lâm Sơn")])
    look_again(campaign, at=IN_TIME)
    return Finding.objects.get()


@pytest.fixture
def address(campaign):
    return reverse("desk:findings", args=[campaign.code])


def answer(client, address, finding, do, **more):
    page = client.post(address, {"cap": finding.pk, "version": finding.version, "do": do, **more}, follow=True)
    finding.refresh_from_db()
    return page.content.decode()


def test_two_rows_stand_side_by_side_with_what_differs_marked(officer, found, address):
    page = officer.get(address).content.decode()
    assert "UBND xã Lâm Sơn" in page
    assert "Trường Tiểu học Lâm Sơn" in page
    assert "<mark> Lâm Sơn</mark>" in page
    assert "Cùng ngày, cùng giờ, cùng địa điểm, nội dung như nhau." in page


@pytest.mark.parametrize(("score", "first"), [(0.9, "together"), (0.55, "ask")])
def test_what_is_offered_first_fits_how_sure_the_program_is(officer, found, address, score, first):
    Finding.objects.update(score=score)
    page = html.fromstring(officer.get(address).content)
    primary = page.xpath("//article[contains(@class, 'likeness')]//button[contains(@class, 'btn-primary')]")
    assert [button.get("value") for button in primary] == [first]
    assert ("Chưa chắc: cũng có thể là hai hoạt động khác nhau" in page.text_content()) is (first == "ask")
    assert {"together", "different", "ask"} <= set(page.xpath("//article//button/@value"))


@pytest.mark.parametrize("score", [0.5, 0.749, 0.75, 0.99])
@pytest.mark.parametrize(
    ("kind", "clear", "open_"),
    [
        ("twice", "Giống nhau rõ", "Có thể là một"), ("hall", "Giờ chồng nhau rõ", "Có thể chồng giờ"),
        ("speaker", "Giờ chồng nhau rõ", "Có thể chồng giờ"),
    ],
)  # fmt: skip
def test_page_table_and_filter_say_of_every_score_what_its_band_is_called(
    campaign, officer, found, address, kind, score, clear, open_
):
    Finding.objects.update(kind=kind, score=score)
    said, other = (clear, open_) if score >= CLEAR else (open_, clear)
    page = html.fromstring(officer.get(address).content).xpath("//article")[0].text_content()
    assert said in page
    assert other not in page
    file = officer.get(reverse("desk:findings_file", args=[campaign.code])).content.decode()
    assert said in file
    listed = {band: len(officer.get(address, {"muc": band}).context["shown"]) for band in ("ro", "co-the")}
    assert listed == {"ro": int(score >= CLEAR), "co-the": int(score < CLEAR)}


@pytest.mark.parametrize("verdict", ["together", "different"])
def test_a_verdict_is_written_by_a_button_and_taken_back_by_another(officer, found, address, verdict):
    answer(officer, address, found, verdict)
    assert found.verdict == verdict
    assert "Đã xem hết các cặp." in officer.get(address).content.decode()
    assert "Hoàn tác" in officer.get(f"{address}?trang-thai={verdict}").content.decode()
    answer(officer, address, found, "reopen")
    assert found.verdict == "open"


def press_undo(client, address, page):
    """Press the one button of the notice, as a browser would; return the page it leads to."""
    (form,) = html.fromstring(page).xpath("//form[contains(@class, 'notice')]")
    (button,) = form.xpath(".//button")
    assert "Hoàn tác" in button.text_content()
    assert form.get("method") == "post"
    sent = [(f.get("name"), f.get("value")) for f in [*form.xpath(".//input"), button]]
    assert "csrfmiddlewaretoken" in dict(sent)
    body = {name: [value for other, value in sent if other == name] for name, _value in sent}
    return client.post(address + form.get("action"), body, follow=True).content.decode()


@pytest.mark.parametrize("verdict", ["together", "different", "replaced"])
def test_the_notice_of_a_verdict_takes_it_back_by_one_press(officer, found, address, verdict):
    said = answer(officer, address, found, verdict, cancel=found.first_id, note="Gộp một buổi")
    assert "UBND xã Lâm Sơn và Trường Tiểu học Lâm Sơn." in said
    after = press_undo(officer, address, said)
    found.refresh_from_db()
    assert (found.verdict, found.cancelled) == ("open", None)
    assert not Activity.objects.exclude(cancelled_at=None).exists()
    assert "Đã hoàn tác" in after
    assert not html.fromstring(after).xpath("//form[contains(@class, 'notice')]")


def test_the_notice_overturns_nothing_another_officer_wrote_meanwhile(officer, found, address):
    said = answer(officer, address, found, "together")
    Finding.objects.update(verdict="different", version=7, decided_by="Anh Minh")
    assert "vừa được Anh Minh xem" in press_undo(officer, address, said)
    assert Finding.objects.get().verdict == "different"


def test_no_notice_of_what_is_not_there_or_not_ones_own_to_decide(campaign, officer, district, found, address):
    registered(unit_of(campaign, "so-tttt"), [opening("Hội trường UBND xã Lâm Sơn")])
    look_again(campaign, at=IN_TIME)
    crossing = Finding.objects.get(first_host__unit__key="xa-lamson", second_host__unit__key="so-tttt")
    answer(officer, address, crossing, "different")
    for client, numbers in [(officer, "x.999999.."), (officer, str(found.pk)), (district, str(crossing.pk))]:
        page = client.get(f"{address}?vua={numbers}")
        assert not html.fromstring(page.content).xpath("//form[contains(@class, 'notice')]")


def test_replacing_cancels_the_chosen_one_after_a_reason(officer, found, address):
    said = answer(officer, address, found, "replaced", cancel=found.second_id)
    assert "Vui lòng ghi lý do" in said
    assert found.verdict == "open"
    answer(officer, address, found, "replaced", cancel=found.second_id, note="Gộp với buổi của xã")
    assert Activity.objects.get(pk=found.second_id).change_reason == "Gộp với buổi của xã"
    assert "Không tổ chức" in officer.get(f"{address}?trang-thai=replaced").content.decode()


def test_the_second_of_two_officers_is_told_what_the_first_decided(officer, found, address):
    stale = Finding.objects.get()
    answer(officer, address, found, "together")
    assert "Cùng tổ chức. Vui lòng xem lại" in answer(officer, address, stale, "different")
    assert Finding.objects.get().verdict == "together"


def test_chosen_pairs_are_written_as_different_at_once(campaign, officer, found, address):
    registered(unit_of(campaign, "ubnd-585"), [opening("Hội trường UBND xã Lâm Sơn")])
    look_again(campaign, at=IN_TIME)
    assert Finding.objects.count() == 3
    chosen = [f"{one.pk}-{one.version}" for one in Finding.objects.order_by("pk")[:2]]
    page = officer.post(address, {"do": "all_different", "chon": [*chosen, "x-1", "999999-0"]}, follow=True)
    assert "Đã ghi 2 cặp là khác nhau." in page.content.decode()
    assert sorted(Finding.objects.values_list("verdict", flat=True)) == ["different", "different", "open"]
    assert "Đã hoàn tác: 2 cặp" in press_undo(officer, address, page.content.decode())
    assert set(Finding.objects.values_list("verdict", flat=True)) == {"open"}
    assert "2 cặp vừa được người khác xem trước" in press_undo(officer, address, page.content.decode())


def test_units_are_asked_and_see_on_their_sheet_that_they_are(campaign, officer, found, address):
    school = signed_in(Role.OFFICER, at=unit_of(campaign, "th-lamson"))
    sheet = reverse("desk:sheet", args=[unit_of(campaign, "th-lamson").pk])
    assert "nhờ xem giúp" not in school.get(sheet).content.decode()
    answer(officer, address, found, "ask")
    assert "nhờ xem giúp hai hoạt động này" in school.get(sheet).content.decode()
    assert "đã được hỏi" in answer(officer, address, found, "ask")


def test_a_district_decides_between_its_own_units_and_only_looks_on_when_one_is_elsewhere(
    campaign, district, officer, found, address
):
    registered(unit_of(campaign, "so-tttt"), [opening("Hội trường UBND xã Lâm Sơn")])
    registered(unit_of(campaign, "tv-58"), [opening("Hội trường UBND xã Lâm Sơn")])
    look_again(campaign, at=IN_TIME)
    assert district.get(address).content.decode().count('class="card likeness"') == 5
    answer(district, address, found, "together")
    assert found.verdict == "together"

    crossing = Finding.objects.get(first_host__unit__key="xa-lamson", second_host__unit__key="so-tttt")
    body = {"cap": crossing.pk, "version": 0, "do": "different"}
    assert district.post(address, body).status_code == 403
    far = Finding.objects.get(first_host__unit__key="so-tttt", second_host__unit__key="tv-58")
    assert district.post(address, body | {"cap": far.pk}).status_code == 404
    assert set(Finding.objects.exclude(pk=found.pk).values_list("verdict", flat=True)) == {"open"}


def test_a_district_sees_no_contact_of_the_other_side_that_is_not_public(campaign, district, officer, address):
    registered(unit_of(campaign, "so-tttt"), [opening("Hội trường UBND xã Lâm Sơn", contact="0912345678")])
    registered(unit_of(campaign, "th-lamson"), [opening("Hội trường UBND xã Lâm Sơn", contact="0987654321")])
    look_again(campaign, at=IN_TIME)
    assert "0912345678" in officer.get(address).content.decode()
    seen = district.get(address).content.decode()
    assert "0912345678" not in seen
    assert "0987654321" in seen
    Activity.objects.filter(contact="0912345678").update(contact_is_public=True)
    assert "0912345678" in district.get(address).content.decode()


def test_a_school_finds_no_such_page(campaign, found, address):
    other = signed_in(Role.OFFICER, at=unit_of(campaign, "th-lamson"))
    assert other.get(address).status_code == 404


@pytest.mark.parametrize(
    ("asked", "count"),
    [("q=lam+son", 1), ("q=thu+vien", 0), ("loai=hall", 0), ("loai=twice", 1), ("muc=ro", 1), ("muc=co-the", 0)],
)
def test_filters_narrow_the_list(officer, found, address, asked, count):
    assert officer.get(f"{address}?{asked}").content.decode().count('class="card likeness"') == count


def test_what_is_on_screen_is_taken_away_as_a_table(campaign, officer, found):
    file = officer.get(reverse("desk:findings_file", args=[campaign.code]))
    lines = file.content.decode("utf-8-sig").splitlines()
    assert file["Content-Disposition"] == 'attachment; filename="can-xem-lai-ninh-thuan-2022.csv"'
    assert lines[0].startswith("Loại,Mức,Vì sao,Kết luận")
    assert lines[1].startswith('Có thể trùng,Giống nhau rõ,"Cùng ngày, cùng giờ')
    assert len(lines) == 2


def test_the_page_asks_no_more_when_there_are_more_pairs(
    campaign, officer, found, address, django_assert_max_num_queries
):
    for key in ("ubnd-585", "ubnd-586", "so-tttt", "tv-58", "xa-nhonhai"):
        registered(unit_of(campaign, key), [opening("Hội trường UBND xã Lâm Sơn")])
    look_again(campaign, at=IN_TIME)
    assert Finding.objects.count() > 10
    with django_assert_max_num_queries(12):
        officer.get(address)


def test_the_merged_schedule_says_how_many_wait(campaign, officer, found):
    page = officer.get(reverse("desk:schedule", args=[campaign.code])).content.decode()
    assert "1 cặp có thể trùng" in page


def test_a_line_of_the_queue_leads_to_what_may_be_registered_twice(officer, campaign, address):
    hall, other = opening("Hội trường UBND xã"), opening("Hội trường UBND xã Lâm Sơn")
    for key, wanted in [("xa-lamson", hall), ("th-lamson", other), ("tv-58", row("Đọc sách", place="Thư viện tỉnh"))]:
        registered(unit_of(campaign, key), [wanted], accepted=False)
    look_again(campaign, at=IN_TIME)
    page = officer.get(reverse("desk:queue"), {"dot": campaign.code, "tat-ca": "1"}).content.decode()
    assert page.count("có thể trùng</a>") == page.count(f'href="{address}?q=') == 2
