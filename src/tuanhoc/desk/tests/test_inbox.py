"""The inbox of Word forms, one form's page, and a unit's own form on its sheet."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.builders import IN_TIME, UNITS, province, registered, row, unit_of, week
from tests.form_files import GOOD, word_form, zipped

from tuanhoc.accounts import actions as accounts
from tuanhoc.activities.models import Registration, State
from tuanhoc.desk.tests.seats import signed_in
from tuanhoc.intake.actions.drops import read_drop
from tuanhoc.intake.models import Drop, FormFile
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.lib.dates import HANOI

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_time")]


def upload(client, campaign, files, *, day="28/09/2022"):
    sent = [SimpleUploadedFile(name, data) for name, data in files.items()]
    return client.post(
        reverse("desk:receive_forms", args=[campaign.code]), {"tep": sent, "nhan_ngay": day}, follow=True
    )


def sent(client, campaign, organisation="UBND xã Lâm Sơn", lines=(GOOD,), **more):
    """Upload one form and return it."""
    upload(client, campaign, {f"{FormFile.objects.count()}.docx": word_form(organisation, lines, **more)})
    return FormFile.objects.order_by("-pk")[0]


def page_of(form):
    return reverse("desk:form_file", args=[form.pk])


def posted(client, form, do, **changes):
    """Post the form's page as the browser would, with some fields changed."""
    page = client.get(page_of(form)).content.decode()
    fields = dict(re.findall(r'name="((?:r-|version|don_vi")[^"]*)" value="([^"]*)"', page))
    fields |= dict(re.findall(r'<textarea name="(r-[^"]+)"[^>]*>([^<]*)</textarea>', page))
    fields |= dict.fromkeys(re.findall(r'type="checkbox" name="(r-[^"]+)" checked', page), "on")
    if form.host_id:
        fields["don_vi"] = str(form.host_id)
    return client.post(page_of(form), fields | changes | {"do": do}, follow=True)


def notices(answer):
    return [str(message) for message in answer.context["messages"]] if answer.context else []


def test_strangers_find_nothing_and_districts_only_what_they_took_in(campaign, officer, district):
    form, own = sent(officer, campaign), sent(district, campaign, "UBND xã Lâm Sơn", [GOOD, GOOD])
    addresses = [
        reverse("desk:inbox", args=[campaign.code]), page_of(form), reverse("desk:form_original", args=[form.pk]),
        page_of(own),
    ]  # fmt: skip
    seen = {
        name: [client.get(address).status_code for address in addresses]
        for name, client in {
            "coordinator": officer,
            "district": district,
            "neighbour": signed_in(at=unit_of(campaign, "ubnd-586")),
            "commune": signed_in(at=unit_of(campaign, "xa-lamson")),
            "viewer": signed_in(Role.VIEWER, at=unit_of(campaign, "ubnd-585")),
            "stranger": signed_in(None),
            "unknown": Client(),
        }.items()
    }
    assert seen == {
        "coordinator": [200, 200, 200, 200],
        "district": [200, 404, 404, 200],
        "neighbour": [200, 404, 404, 404],
        "commune": [404] * 4,
        "viewer": [404] * 4,
        "stranger": [404] * 4,
        "unknown": [302] * 4,
    }


def test_a_stranger_changes_nothing(campaign, officer):
    form, stranger = sent(officer, campaign), signed_in(None)
    for address in (
        page_of(form), reverse("desk:receive_forms", args=[campaign.code]),
        reverse("desk:confirm_forms", args=[campaign.code]),
        reverse("desk:bring_form", args=[unit_of(campaign, "th-lamson").pk]),
    ):  # fmt: skip
        assert stranger.post(address, {"do": "confirm"}).status_code == 404
    assert (FormFile.objects.count(), Registration.objects.count()) == (1, 0)


def test_a_districts_link_opens_its_own_sheet_and_not_the_forms_its_officers_took_in(campaign, district):
    form, host = sent(district, campaign, "UBND xã Lâm Sơn"), unit_of(campaign, "ubnd-585")
    signed = accounts.make_link(
        host.unit, campaign_id=campaign.pk, expires_at=IN_TIME.replace(month=12), by=SYSTEM, at=IN_TIME
    )
    by_link = Client()
    by_link.post(reverse("accounts:link", args=[signed]))
    answers = [
        by_link.get(reverse("desk:sheet", args=[host.pk])), by_link.get(page_of(form)),
        by_link.get(reverse("desk:form_original", args=[form.pk])), by_link.post(page_of(form), {"do": "aside"}),
    ]  # fmt: skip
    form.refresh_from_db()
    assert ([answer.status_code for answer in answers], form.state) == ([200, 404, 404, 404], FormFile.State.READ)


def test_a_district_takes_no_confirmation_back_for_a_unit_outside_it(campaign, officer, district):
    form = sent(district, campaign, "UBND xã Nhơn Hải")
    posted(officer, form, "confirm", don_vi=str(unit_of(campaign, "xa-nhonhai").pk))
    assert district.post(page_of(form), {"do": "undo"}).status_code == 404
    form.refresh_from_db()
    assert form.state == FormFile.State.CONFIRMED


def test_a_district_confirms_only_units_it_reviews_and_itself(campaign, district):
    form = sent(district, campaign, "UBND xã Nhơn Hải")
    assert form.host is None
    answer = posted(district, form, "save", don_vi_khac="UBND xã Nhơn Hải")
    assert "Chưa tìm thấy đơn vị nào có “UBND xã Nhơn Hải” trong tên hoặc mã" in answer.content.decode()
    posted(district, form, "confirm", don_vi=str(unit_of(campaign, "xa-nhonhai").pk))
    assert not Registration.objects.exists()
    posted(district, form, "confirm", don_vi_khac="xã Lâm Sơn")
    assert Registration.objects.get().host.name == "UBND xã Lâm Sơn"


def test_an_upload_says_in_words_what_became_of_each_file(campaign, officer):
    good = word_form("UBND xã Lâm Sơn")
    answer = upload(officer, campaign, {
        "a.docx": good, "b.docx": word_form("Công ty Nắng Mới"), "c.docx": b"PK\x03\x04 hong", "d.docx": good,
        "e.zip": zipped({"UBND xã Nhơn Hải.docx": word_form("UBND xã Nhơn Hải")}),
    })  # fmt: skip
    assert notices(answer) == [
        "Đã đọc 3 tệp: 2 tệp nhận ra đơn vị, 1 tệp cần chọn đơn vị.",
        "1 tệp không đọc được, tệp gốc vẫn được giữ: c.docx.",
        "1 tệp đã có từ trước, không nhận lần nữa: a.docx.",
    ]
    assert [tab.count for tab in answer.context["tabs"]] == [3, 0, 1, 0]
    assert answer.context["good"] == 2


def test_the_day_of_receipt_is_what_the_officer_says(campaign, officer):
    upload(officer, campaign, {"a.docx": word_form("UBND xã Lâm Sơn")}, day="26/9")
    received_at = FormFile.objects.get().received_at.astimezone(HANOI)
    assert f"{received_at:%d/%m/%Y %H:%M}" == "26/09/2022 00:00"
    assert notices(upload(officer, campaign, {"b.docx": b"x"}, day="hôm kia")) == [
        "Ngày nhận chưa đọc được, ví dụ 29/09/2022. Chưa nhận tệp nào."
    ]
    assert notices(upload(officer, campaign, {"b.docx": b"x"}, day="29/9")) == ["Ngày nhận không thể sau hôm nay."]
    assert FormFile.objects.count() == 1


def test_an_empty_upload_asks_for_a_file(campaign, officer):
    assert notices(upload(officer, campaign, {})) == ["Vui lòng chọn ít nhất một tệp."]


def test_one_cell_is_mended_and_the_form_confirmed(campaign, officer):
    form = sent(officer, campaign, lines=[("04/10", "", "Tập huấn kỹ năng số", ""), GOOD])
    assert form.open_points == 1
    answer = posted(officer, form, "confirm", **{"r-0-place": "Hội trường xã"})
    assert notices(answer) == ["Đã xác nhận tệp của UBND xã Lâm Sơn; lịch đang chờ xem."]
    places = list(Registration.objects.get().activities.order_by("held_on").values_list("place", flat=True))
    assert places == ["Nhà văn hóa xã", "Hội trường xã"]


def test_a_cell_that_cannot_be_read_stays_on_screen_and_nothing_is_confirmed(campaign, officer):
    form = sent(officer, campaign)
    answer = posted(officer, form, "confirm", **{"r-0-starts_at": "sáng sớm"})
    assert answer.status_code == 409
    assert "sáng sớm" in answer.content.decode()
    assert not Registration.objects.exists()


def test_words_left_over_hold_the_confirmation_until_they_have_a_place(campaign, officer):
    form = sent(officer, campaign, foot=["Đề nghị tỉnh cử diễn giả", "Xe đón lúc 6 giờ tại trụ sở"])
    held = posted(officer, form, "confirm")
    assert held.status_code == 409
    assert "Còn 2 đoạn chữ trong tệp" in held.content.decode()
    posted(officer, form, "aside_rest", **{"u-0": "0"})
    posted(officer, form, "confirm")
    assert Registration.objects.get().activities.get().note == "200 học sinh\nĐề nghị tỉnh cử diễn giả"


def test_rows_are_added_and_removed(campaign, officer):
    form = sent(officer, campaign, lines=[GOOD, GOOD])
    posted(officer, form, "remove:0")
    answer = posted(officer, form, "add")
    assert answer.request["QUERY_STRING"] == "them=1"
    new = re.findall(r'name="r-(\d+)-content"', answer.content.decode())
    posted(officer, form, "save", **{f"r-{new[-1]}-content": "Thêm tay", f"r-{new[-1]}-held_on": "5/10"})
    form.refresh_from_db()
    assert [(kept["key"], kept["content"]) for kept in form.corrected] == [
        ("1", "Ngày hội đọc sách"),
        ("2", "Thêm tay"),
    ]


def test_a_second_window_is_told(campaign, officer):
    form = sent(officer, campaign)
    assert posted(officer, form, "save", version="7").status_code == 409


def test_all_good_forms_are_confirmed_at_once_but_only_those_the_page_had_counted(campaign, officer):
    first = sent(officer, campaign, "UBND xã Lâm Sơn")
    page = officer.get(reverse("desk:inbox", args=[campaign.code]))
    sent(officer, campaign, "UBND xã Nhơn Hải")
    assert page.context["good"] == 1
    answer = officer.post(
        reverse("desk:confirm_forms", args=[campaign.code]), {"den": page.context["good_until"]}, follow=True
    )
    assert notices(answer) == ["Đã xác nhận 1 tệp; lịch của các đơn vị đang chờ xem."]
    assert [r.host_id for r in Registration.objects.all()] == [first.host_id]


def test_a_unit_that_has_handed_in_is_shown_and_holds_the_confirmation(campaign, officer):
    registered(unit_of(campaign, "xa-lamson"), accepted=False)
    form = sent(officer, campaign)
    page = officer.get(page_of(form)).content.decode()
    assert "Đơn vị đã có bản đăng ký: Chờ xem" in page
    assert 'value="confirm"' not in page
    assert posted(officer, form, "confirm").status_code == 409


def test_a_draft_offers_to_replace_or_to_append(campaign, officer):
    host = unit_of(campaign, "xa-lamson")
    sheet = reverse("desk:sheet", args=[host.pk])
    officer.post(sheet, {"version": "0", "do": "save", "r-0-content": "Đang soạn", "r-0-held_on": "02/10/2022"})
    form = sent(officer, campaign)
    page = officer.get(page_of(form)).content.decode()
    assert "Thay 1 dòng đang có" in page
    posted(officer, form, "append")
    assert [a.content for a in Registration.objects.get().activities.order_by("position")] == [
        "Đang soạn",
        "Ngày hội đọc sách",
    ]


def test_a_confirmation_is_taken_back_while_nobody_has_looked(campaign, officer):
    form = sent(officer, campaign)
    posted(officer, form, "confirm")
    assert "Hoàn tác xác nhận" in officer.get(page_of(form)).content.decode()
    answer = officer.post(page_of(form), {"do": "undo"}, follow=True)
    assert notices(answer) == ["Đã hoàn tác: lịch của đơn vị trở về như trước khi xác nhận tệp này."]
    registration = Registration.objects.get()
    assert (registration.state, registration.activities.count()) == (State.DRAFT, 0)
    posted(officer, form, "confirm")
    registration.refresh_from_db()
    officer.post(reverse("desk:queue"), {"chon": [f"{registration.pk}-{registration.version}"]})
    assert "Hoàn tác xác nhận" not in officer.get(page_of(form)).content.decode()
    assert "đã được xem" in notices(officer.post(page_of(form), {"do": "undo"}, follow=True))[0]


def test_a_withdrawn_receipt_says_so(campaign, officer):
    form = sent(officer, campaign)
    posted(officer, form, "confirm")
    officer.post(page_of(form), {"do": "undo"})
    submission = Registration.objects.get().submissions.get()
    page = officer.get(reverse("desk:receipt", args=[submission.pk])).content.decode()
    assert "đã được rút lại" in page


def test_set_aside_and_back(campaign, officer):
    form = sent(officer, campaign)
    officer.post(page_of(form), {"do": "aside"})
    aside = officer.get(reverse("desk:inbox", args=[campaign.code]) + "?trang-thai=set_aside")
    assert [line.pk for line in aside.context["lines"]] == [form.pk]
    officer.post(page_of(form), {"do": "take_up"})
    form.refresh_from_db()
    assert form.state == FormFile.State.READ


def test_an_unreadable_file_is_shown_with_its_reason_and_given_back(campaign, officer):
    upload(officer, campaign, {"hỏng.docx": b"PK\x03\x04 khong phai zip"})
    form = FormFile.objects.get()
    page = officer.get(page_of(form)).content.decode()
    assert form.refused_because in page
    original = officer.get(reverse("desk:form_original", args=[form.pk]))
    assert original.content == b"PK\x03\x04 khong phai zip"
    assert original["Content-Disposition"] == "attachment; filename*=utf-8''h%E1%BB%8Fng.docx"
    assert notices(officer.post(page_of(form), {"do": "again"}, follow=True)) == ["Vẫn chưa đọc được tệp này."]


def test_search_finds_by_unit_or_file_name_marks_or_not(campaign, officer):
    sent(officer, campaign, "UBND xã Lâm Sơn")
    sent(officer, campaign, "Thư viện tỉnh")
    address = reverse("desk:inbox", args=[campaign.code])
    found = officer.get(address, {"q": "thu vien"}).context["lines"]
    assert [form.host.name for form in found] == ["Thư viện tỉnh"]
    assert "Không có tệp nào khớp" in officer.get(address, {"q": "zzz"}).content.decode()


def test_home_counts_the_forms_that_wait(campaign, officer, district):
    sent(officer, campaign)
    assert "1 tệp Word chờ xác nhận" in officer.get("/lam-viec/").content.decode()
    assert "Tải lên tệp Word các đơn vị đã gửi" in district.get("/lam-viec/").content.decode()
    commune = signed_in(at=unit_of(campaign, "xa-nhonhai")).get("/lam-viec/").content.decode()
    assert "tệp Word" not in commune


@pytest.mark.parametrize("more", [0, 30])
def test_the_inbox_asks_no_more_when_there_are_more_forms(more, django_assert_max_num_queries):
    province(UNITS + "".join(f"th-{n},xa-lamson,school_primary,Trường Tiểu học số {n},22846,0\n" for n in range(more)))
    campaign = week()
    officer = signed_in(Role.COORDINATOR, campaign=campaign)
    files = {f"{n}.docx": word_form(f"Trường Tiểu học số {n}") for n in range(more)}
    upload(officer, campaign, files | {"x.docx": word_form("UBND xã Lâm Sơn"), "y.docx": word_form("Thư viện tỉnh")})
    for drop in Drop.objects.all():  # many are read by the worker
        read_drop.call(drop.pk)
    with django_assert_max_num_queries(16):
        page = officer.get(reverse("desk:inbox", args=[campaign.code]))
    assert (len(page.context["lines"]), page.context["good"]) == (2 + more, 2 + more)


# a unit's own form


def test_a_school_brings_its_own_form_to_its_sheet_by_link(campaign):
    host = unit_of(campaign, "th-lamson")
    signed = accounts.make_link(
        host.unit, campaign_id=campaign.pk, expires_at=IN_TIME.replace(month=12), by=SYSTEM, at=IN_TIME
    )
    unit = Client()
    unit.post(reverse("accounts:link", args=[signed]))
    assert "Đưa tệp Word vào lịch" in unit.get(reverse("desk:sheet", args=[host.pk])).content.decode()

    data = word_form("Trường Tiểu học Lâm Sơn", [("04/10", "", "Tập huấn", "")])
    shown = unit.post(
        reverse("desk:bring_form", args=[host.pk]), {"tep": SimpleUploadedFile("lich.docx", data)}, follow=True
    )
    form = FormFile.objects.get()
    assert shown.request["PATH_INFO"] == page_of(form)
    answer = posted(unit, form, "confirm", **{"r-0-place": "Sân trường"})

    assert answer.request["PATH_INFO"] == reverse("desk:sheet", args=[host.pk])
    registration = Registration.objects.get()
    assert (registration.state, registration.entered_on_behalf) == (State.DRAFT, False)
    assert registration.activities.get().place == "Sân trường"
    assert unit.get(reverse("desk:inbox", args=[campaign.code])).status_code == 404


def test_an_own_form_that_cannot_be_read_is_said_on_the_sheet(campaign):
    host = unit_of(campaign, "th-lamson")
    unit = signed_in(at=host)
    address = reverse("desk:bring_form", args=[host.pk])
    assert notices(unit.post(address, follow=True)) == ["Vui lòng chọn tệp Word."]
    answer = unit.post(address, {"tep": SimpleUploadedFile("a.docx", b"PK\x03\x04 hong")}, follow=True)
    assert notices(answer) == [FormFile.objects.get().refused_because]
    registered(host, [row()], accepted=False)
    refused = unit.post(address, {"tep": SimpleUploadedFile("b.docx", word_form(None))}, follow=True)
    assert "Lịch của đơn vị đã được nộp" in notices(refused)[0]


def test_what_a_form_says_is_text_on_the_page(campaign, officer):
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(1)> {{ 7*7 }}'
    form = sent(officer, campaign, hostile, [("04/10", hostile, hostile, hostile)], foot=[hostile])
    for address in (page_of(form), reverse("desk:inbox", args=[campaign.code])):
        page = officer.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
