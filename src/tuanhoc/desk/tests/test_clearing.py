"""Clearing an inbox: sorted, chosen, confirmed at one stroke, the stroke taken back; the text of a letter pasted."""

import pytest
from django.urls import reverse
from tests.builders import unit_of

from tuanhoc.activities.models import Registration
from tuanhoc.desk.tests.test_form_page import NO_PLACE
from tuanhoc.desk.tests.test_inbox import notices, page_of, posted, sent
from tuanhoc.files import actions as files
from tuanhoc.intake.models import ConfirmationBatch, FormFile

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_time")]

LETTER = """Kính gửi Sở GDĐT,
UBND xã Lâm Sơn gửi lịch hoạt động:
- Ngày 03/10: Nhà văn hóa xã, ngày hội đọc sách
"""
TABLE = (
    "TT\tNgày\tĐịa điểm\tNội dung hoạt động\tGhi chú\n"
    '1\t03/10\tSân trường\tLễ phát động\t200 em\n2\t04/10\tThư viện\t"Đọc sách\nKể chuyện"\t\n'
)


def inbox(client, campaign, **query):
    return client.get(reverse("desk:inbox", args=[campaign.code]), query)


def confirm(client, campaign, *forms, **more):
    chosen = [f"{form.pk}-{form.version}" for form in forms]
    address = reverse("desk:confirm_forms", args=[campaign.code])
    return client.post(address, {"chon": chosen} | more, follow=True)


def paste(client, campaign, text, **more):
    return client.post(reverse("desk:paste_form", args=[campaign.code]), {"noi_dung": text} | more, follow=True)


def confirmed():
    return sorted(Registration.objects.filter(state="submitted").values_list("host__name", flat=True))


# the list


def test_the_list_is_sorted_by_what_needs_a_look_by_unit_or_by_age(campaign, officer):
    first = sent(officer, campaign, "UBND xã Nhơn Hải")
    asks = sent(officer, campaign, "UBND xã Lâm Sơn", [NO_PLACE])
    last = sent(officer, campaign, "Thư viện tỉnh")
    orders = {
        sort: [form.pk for form in inbox(officer, campaign, **{"sap-xep": sort}).context["lines"]]
        for sort in ("can-xem", "don-vi", "moi", "gì khác")
    }
    assert orders == {
        "can-xem": [asks.pk, first.pk, last.pk],
        "don-vi": [last.pk, asks.pk, first.pk],
        "moi": [last.pk, asks.pk, first.pk],
        "gì khác": [asks.pk, first.pk, last.pk],
    }


def test_the_list_leads_to_the_first_form_to_look_at(campaign, officer):
    sent(officer, campaign, "UBND xã Nhơn Hải")
    asks = sent(officer, campaign, "UBND xã Lâm Sơn", [NO_PLACE])
    context = inbox(officer, campaign).context
    assert (context["first"], context["to_look"], context["good"]) == (asks.pk, 1, 1)


# chosen and confirmed


def test_forms_chosen_are_confirmed_at_one_stroke(campaign, officer):
    one, two = sent(officer, campaign, "UBND xã Lâm Sơn"), sent(officer, campaign, "UBND xã Nhơn Hải", [NO_PLACE])
    sent(officer, campaign, "Thư viện tỉnh")
    answer = confirm(officer, campaign, one, two)
    batch = ConfirmationBatch.objects.get()
    assert answer.request["PATH_INFO"] == reverse("desk:batch", args=[campaign.code, batch.pk])
    assert "Lượt xác nhận 09:30, 2 tệp" in answer.content.decode()
    assert confirmed() == ["UBND xã Lâm Sơn", "UBND xã Nhơn Hải"]


def test_what_cannot_be_confirmed_is_named_and_the_rest_goes_on(campaign, officer):
    left = sent(officer, campaign, "UBND xã Nhơn Hải", foot=["Đề nghị cử diễn giả"])
    unknown, good = sent(officer, campaign, "Công ty TNHH Nắng Mới"), sent(officer, campaign)
    corrected = sent(officer, campaign, "Thư viện tỉnh")
    posted(officer, corrected, "save", **{"r-0-note": "khác"})
    said = notices(confirm(officer, campaign, left, unknown, corrected, good))
    assert (said[0], len(said), confirmed()) == (
        "Đã xác nhận 1 tệp; lịch của các đơn vị đang chờ xem.",
        4,
        ["UBND xã Lâm Sơn"],
    )
    assert said[1].startswith(f"{left.name}: Còn 1 đoạn chữ")


def test_nothing_chosen_asks_to_choose(campaign, officer):
    sent(officer, campaign)
    assert notices(confirm(officer, campaign)) == ["Vui lòng chọn ít nhất một tệp."]
    assert notices(confirm(officer, campaign, chon=["x-y", "9-", "-", "999-0"])) == ["Vui lòng chọn ít nhất một tệp."]


def test_a_district_confirms_no_forms_it_did_not_take_in(campaign, officer, district):
    form = sent(officer, campaign)
    confirm(district, campaign, form)
    assert confirmed() == []


# a stroke taken back


def test_a_stroke_is_listed_and_taken_back_with_one_button(campaign, officer):
    confirm(officer, campaign, sent(officer, campaign), sent(officer, campaign, "Thư viện tỉnh"))
    batch = ConfirmationBatch.objects.get()
    page = inbox(officer, campaign, **{"trang-thai": "confirmed"}).content.decode()
    assert "Lượt xác nhận 09:30, 2 tệp" in page
    answer = officer.post(reverse("desk:batch", args=[campaign.code, batch.pk]), follow=True)
    assert notices(answer) == ["Đã hoàn tác 2 tệp: lịch của các đơn vị trở về như trước."]
    assert (confirmed(), answer.context["standing"]) == ([], [])


def test_a_stroke_names_what_stays_and_why(campaign, officer):
    confirm(officer, campaign, sent(officer, campaign), sent(officer, campaign, "Thư viện tỉnh"))
    registration = Registration.objects.get(host=unit_of(campaign, "tv-58"))
    officer.post(reverse("desk:queue"), {"chon": [f"{registration.pk}-{registration.version}"]})
    address = reverse("desk:batch", args=[campaign.code, ConfirmationBatch.objects.get().pk])
    assert "Hoàn tác 1 tệp chưa ai xem" in officer.get(address).content.decode()
    said = notices(officer.post(address, follow=True))
    assert said[:2] == ["Đã hoàn tác 1 tệp: lịch của các đơn vị trở về như trước.", "1 tệp giữ nguyên."]
    assert said[2].startswith("Thư viện tỉnh: Bản đăng ký đã được xem")
    assert notices(officer.post(address, follow=True))[0] == "1 tệp giữ nguyên."


def test_strokes_belong_to_the_inbox_they_were_made_in(campaign, officer, district):
    confirm(officer, campaign, sent(officer, campaign, "UBND xã Nhơn Hải"))
    confirm(district, campaign, sent(district, campaign))
    coordinators, districts = ConfirmationBatch.objects.order_by("pk")
    addresses = [reverse("desk:batch", args=[campaign.code, one.pk]) for one in (coordinators, districts)]
    assert [officer.get(address).status_code for address in addresses] == [200, 200]
    assert [district.get(address).status_code for address in addresses] == [404, 200]
    assert [district.post(address).status_code for address in addresses] == [404, 302]
    assert confirmed() == ["UBND xã Nhơn Hải"]


# pasted


def test_the_pasted_text_of_a_letter_is_kept_and_read_like_a_file(campaign, officer):
    answer = paste(officer, campaign, LETTER, nguoi_gui="UBND xã Lâm Sơn")
    form = FormFile.objects.get()
    assert answer.request["PATH_INFO"] == page_of(form)
    assert (form.name, form.host.name, form.row_count) == ("UBND xã Lâm Sơn.txt", "UBND xã Lâm Sơn", 1)
    assert files.contents(form.stored).decode() == LETTER.rstrip("\n")


def test_a_pasted_table_keeps_its_columns_and_the_lines_of_its_cells(campaign, officer):
    paste(officer, campaign, TABLE.replace("\n", "\r\n"))
    form = FormFile.objects.get()
    assert form.name == "Thư dán lúc 09.30.00 ngày 28-09-2022.tsv"
    assert [(row["place"], row["content"]) for row in form.reading["rows"]] == [
        ("Sân trường", "Lễ phát động"),
        ("Thư viện", "Đọc sách"),
        ("Thư viện", "Kể chuyện"),
    ]


def test_the_same_letter_pasted_twice_is_recognised_and_an_empty_one_asked_for(campaign, officer):
    paste(officer, campaign, LETTER)
    assert "1 tệp đã có từ trước" in notices(paste(officer, campaign, LETTER))[0]
    assert notices(paste(officer, campaign, " \r\n ")) == ["Vui lòng dán nội dung thư hoặc bảng cần đọc."]
    assert FormFile.objects.count() == 1


def test_a_pasted_letter_has_a_day_of_receipt(campaign, officer):
    said = notices(paste(officer, campaign, LETTER, nhan_ngay="hôm kia"))
    assert said == ["Ngày nhận chưa đọc được, ví dụ 29/09/2022. Chưa nhận tệp nào."]
    assert not FormFile.objects.exists()
