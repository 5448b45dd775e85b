"""One form's page: rows to look at first, cells of origin, words put in their place, two officers on one file."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.builders import unit_of
from tests.form_files import GOOD, word_form

from tuanhoc.activities.models import Registration
from tuanhoc.desk.tests.seats import signed_in
from tuanhoc.desk.tests.test_inbox import notices, page_of, posted, sent
from tuanhoc.intake.models import FormFile
from tuanhoc.lib.actor import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_time")]

SPORTS = ("04/10", "Sân vận động", "Hội thao", "")
NO_PLACE = ("05/10", "", "Tập huấn", "")


def shown(client, form, **query):
    return client.get(page_of(form), query)


def numbers(lines):
    return [line.number for line in lines]


def read_as(form, *said):
    """Let the reader have said of each row how sure it is, and why not surer."""
    rows = [
        row | {"confidence": sure, "reasons": why} for row, (sure, why) in zip(form.reading["rows"], said, strict=True)
    ]
    form.reading = form.reading | {"rows": rows}
    form.save()


# what to look at


def test_rows_to_look_at_come_first_and_the_others_by_day(campaign, officer):
    form = sent(officer, campaign, lines=[GOOD, NO_PLACE, SPORTS])
    context = shown(officer, form).context
    assert numbers(context["to_look"]) == [2]
    assert [(f"{day.day:%d/%m}", numbers(day.lines)) for day in context["days"]] == [("03/10", [1]), ("04/10", [3])]


def test_how_sure_the_reader_is_stands_at_each_row_in_a_word_with_its_reasons(campaign, officer):
    form = sent(officer, campaign, lines=[GOOD, SPORTS, GOOD, SPORTS])
    read_as(form, (0.97, []), (0.7, ["bad_time"]), (0.3, ["weekday_mismatch", "không biết"]), (None, None))
    context = shown(officer, form).context
    said = {
        line.number: line.sureness for line in (*context["to_look"], *(x for d in context["days"] for x in d.lines))
    }
    assert {n: (s.level, s.words, s.reasons) if s else None for n, s in said.items()} == {
        1: ("sure", "chắc", ()),
        2: ("look", "nên xem", ("Giờ chưa hợp lý: xin kiểm tra lại.",)),
        3: ("doubt", "không chắc", ("Thứ không khớp với ngày: xin kiểm tra lại.",)),
        4: None,
    }
    assert numbers(context["to_look"]) == [2, 3]


def test_a_row_the_reader_is_unsure_of_is_not_confirmed_unseen(campaign, officer):
    form = sent(officer, campaign)
    read_as(form, (0.5, []))
    posted(officer, form, "save")
    form.refresh_from_db()
    assert form.open_points == 1


def test_a_row_mended_by_hand_is_no_longer_doubted(campaign, officer):
    form = sent(officer, campaign)
    read_as(form, (0.5, []))
    context = posted(officer, form, "save", **{"r-0-place": "Sân trường"}).context
    assert (context["to_look"], [(x.by_hand, x.sureness) for d in context["days"] for x in d.lines]) == (
        [],
        [(True, None)],
    )


def test_blank_rows_stand_ready_to_type_a_paper_off(campaign, officer):
    form = sent(officer, campaign)
    assert [line.row.key for line in shown(officer, form, them="3").context["new_lines"]] == ["1", "2", "3"]
    assert len(shown(officer, form, them="9999").context["new_lines"]) == 20
    assert shown(officer, form, them="x").context["new_lines"] == []


# the file beside the rows


def spots_of(answer):
    return {spot.text: spot for spot in answer.context["source"].spots()}


def test_a_row_knows_its_cells_and_each_cell_its_row(campaign, officer):
    form = sent(officer, campaign, lines=[GOOD, SPORTS])
    answer = shown(officer, form)
    spots, line = spots_of(answer), answer.context["days"][1].lines[0]
    texts = {spot.anchor: text for text, spot in spots.items()}
    assert [texts[anchor] for anchor in line.origin.cells] == ["2", "04/10", "Sân vận động", "Hội thao"]
    assert [texts[getattr(line.origin, name)] for name in ("day", "place", "content")] == [
        "04/10",
        "Sân vận động",
        "Hội thao",
    ]
    assert [(spots[text].mark, spots[text].rows) for text in ("Hội thao", "Ghi chú")] == [("used", ["1"]), ("", [])]
    page = answer.content.decode()
    content = spots["Hội thao"].anchor
    assert re.search(rf'id="{content}" class="spot-used" data-rows="1">Hội thao <a class="spot-go" href="#d-1"', page)
    assert re.search(rf'<a href="#{content}" data-show>bảng 1, dòng 3 ', page)


def test_words_without_a_place_are_marked_in_the_file_until_they_have_one(campaign, officer):
    form = sent(officer, campaign, foot=["Đề nghị cử diễn giả", "Xe đón lúc 6 giờ"])
    spots = spots_of(shown(officer, form))
    assert [spots[text].mark for text in ("Đề nghị cử diễn giả", "Xe đón lúc 6 giờ")] == ["left", "left"]
    posted(officer, form, "note:0:0")
    posted(officer, form, "aside:1")
    spots = spots_of(shown(officer, form))
    assert [spots[text].mark for text in ("Đề nghị cử diễn giả", "Xe đón lúc 6 giờ")] == ["aside", "aside"]


def test_the_cells_of_a_row_thrown_away_say_so(campaign, officer):
    form = sent(officer, campaign, lines=[GOOD, SPORTS])
    spots = spots_of(posted(officer, form, "remove:1"))
    assert (spots["Hội thao"].mark, spots["Nhà văn hóa xã"].mark) == ("aside", "used")


# words in no row


def test_a_piece_is_put_into_a_row_or_becomes_one_and_comes_out_again(campaign, officer):
    form = sent(officer, campaign, foot=["Đề nghị cử diễn giả", "Xe đón lúc 6 giờ"])
    posted(officer, form, "place", **{"u-0": "0", "o-0": "content", "u-1": "new"})
    form.refresh_from_db()
    assert [kept["content"] for kept in form.corrected] == [
        "Ngày hội đọc sách\nĐề nghị cử diễn giả",
        "Xe đón lúc 6 giờ",
    ]
    answer = shown(officer, form)
    assert [piece.now for piece in answer.context["settled"]] == ["nội dung của dòng 1", "nội dung của dòng 2"]
    posted(officer, form, "back:0")
    back = posted(officer, form, "back:1")
    assert [piece.text for piece in back.context["pieces"]] == ["Đề nghị cử diễn giả", "Xe đón lúc 6 giờ"]
    assert form.row_count == 2
    form.refresh_from_db()
    assert form.row_count == 1


# from one to the next


def test_after_a_confirmation_the_next_form_to_look_at_comes_with_a_way_back(campaign, officer):
    sent(officer, campaign, "Thư viện tỉnh")
    first = sent(officer, campaign, "UBND xã Lâm Sơn", [NO_PLACE, NO_PLACE])
    second = sent(officer, campaign, "UBND xã Nhơn Hải", [NO_PLACE])
    assert (shown(officer, first).context["round"].total, shown(officer, first).context["round"].after) == (
        2,
        second.pk,
    )
    answer = posted(officer, first, "confirm", **{"r-0-place": "Sân", "r-1-place": "Sân"})
    assert (answer.request["PATH_INFO"], answer.context["just"]) == (page_of(second), first)
    undone = officer.post(page_of(first), {"do": "undo"}, follow=True)
    assert undone.context["form"].state == FormFile.State.READ
    posted(officer, first, "confirm")
    last = posted(officer, second, "confirm", **{"r-0-place": "Sân"})
    assert last.request["PATH_INFO"] == reverse("desk:inbox", args=[campaign.code])


def test_other_files_of_the_same_unit_are_named(campaign, officer):
    first, second = sent(officer, campaign), sent(officer, campaign, lines=[GOOD, SPORTS])
    sent(officer, campaign, "Thư viện tỉnh")
    third = sent(officer, campaign, lines=[GOOD, NO_PLACE])
    answer = shown(officer, first)
    assert set(answer.context["same_unit"]) == {second, third}
    assert "Đơn vị này còn tệp khác đang chờ" in answer.content.decode()
    # The version before it stands in a place of its own, with what became different.
    assert shown(officer, third).context["same_unit"] == [first]


# two officers


def test_the_second_of_two_officers_sees_what_the_first_kept_and_loses_nothing(campaign, officer):
    form = sent(officer, campaign, lines=[GOOD, SPORTS])
    other = signed_in(Role.COORDINATOR, campaign=campaign)
    posted(other, form, "save", **{"r-1-place": "Nhà thi đấu"})
    answer = posted(officer, form, "confirm", version="0", **{"r-0-note": "300 em", "r-1-place": "Sân vận động"})

    assert answer.status_code == 409
    said = answer.context["said"]
    assert "đã lưu sửa tệp này lúc 09:30 28/09/2022." in said.notice
    assert [(one.number, one.field, one.theirs, one.mine) for one in said.differences] == [
        (1, "Ghi chú", "200 học sinh", "300 em"),
        (2, "Địa điểm", "Nhà thi đấu", "Sân vận động"),
    ]
    assert not Registration.objects.exists()
    posted(officer, form, "confirm", **{"r-0-note": "300 em"})
    assert Registration.objects.get().activities.filter(note="300 em").count() == 1


def test_who_confirmed_meanwhile_is_named(campaign, officer):
    form = sent(officer, campaign)
    posted(signed_in(Role.COORDINATOR, campaign=campaign), form, "confirm")
    answer = officer.post(page_of(form), {"do": "save", "version": "0"}, follow=True)
    assert "đã xác nhận tệp này lúc 09:30 28/09/2022. Tệp này không còn ở trạng thái chờ" in notices(answer)[0]


# read again


def test_a_form_read_again_says_what_changed(campaign, officer):
    form = sent(officer, campaign, lines=[GOOD, SPORTS])
    assert notices(posted(officer, form, "again")) == ["Đã đọc lại: kết quả như lần trước."]
    form.refresh_from_db()
    form.reading = form.reading | {"rows": form.reading["rows"][:1], "problems": []}
    form.save()
    assert notices(posted(officer, form, "again")) == ["Đã đọc lại: 2 dòng (lần trước 1). 1 dòng khác lần trước."]
    posted(officer, form, "save", **{"r-0-note": "khác"})
    assert "Đọc lại tệp" not in shown(officer, form).content.decode()
    assert "Tệp này đã có người sửa" in notices(posted(officer, form, "again"))[0]


# seen by others


def test_a_school_sees_the_same_page_without_the_inbox(campaign):
    host = unit_of(campaign, "th-lamson")
    school = signed_in(at=host)
    data = word_form("Trường Tiểu học Lâm Sơn", [NO_PLACE], foot=["Xe đón lúc 6 giờ"])
    answer = school.post(
        reverse("desk:bring_form", args=[host.pk]), {"tep": SimpleUploadedFile("lich.docx", data)}, follow=True
    )
    page = answer.content.decode()
    assert ("Đưa vào lịch" in page, "Đơn vị gửi:" in page, "trên" in page and "cần xem</span>" in page) == (
        True,
        False,
        False,
    )
    assert [piece.text for piece in answer.context["pieces"]] == ["Xe đón lúc 6 giờ"]


def test_a_district_walks_through_its_own_forms_only(campaign, officer, district):
    sent(officer, campaign, "UBND xã Nhơn Hải", [NO_PLACE])
    form = sent(district, campaign, "UBND xã Lâm Sơn", [NO_PLACE])
    assert shown(district, form).context["round"].total == 1
    assert shown(officer, form).context["round"].total == 2
