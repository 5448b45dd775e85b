"""The page of an edited schedule: who reaches it, what it asks of the database, what its buttons do."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document as WordDocument
from tests.builders import IN_TIME, coordinator, registered, row, unit_of, week

from tuanhoc.activities.models import Activity
from tuanhoc.desk.edits import Piece, marked
from tuanhoc.desk.tests.seats import signed_in
from tuanhoc.desk.tests.test_schedule import coordinating
from tuanhoc.lib.actor import Role
from tuanhoc.schedule.actions import release_schedule
from tuanhoc.schedule.models import EditedSchedule, ProposedChange

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_time")]


@pytest.fixture
def campaign():
    campaign = week()
    registered(unit_of(campaign, "th-lamson"), [row(f"Hoạt động {n}") for n in range(6)])
    registered(unit_of(campaign, "so-tttt"), [row("Bản tin truyền thanh")])
    return campaign


def brought(client, print_at, bring_at, place="Sân trường", *, unit="", by=None):
    """Print the schedule, give every row another place (and unit), bring it back; return where that leads."""
    word = WordDocument(io.BytesIO(client.get(print_at).content))
    for table in word.tables:
        for line in table.rows if len(table.columns) == 6 else ():
            if line.cells[0].text.isdecimal():
                line.cells[2].text = place
                if unit:
                    line.cells[4].text = unit
    out = io.BytesIO()
    word.save(out)
    return (by or client).post(bring_at, {"tep": SimpleUploadedFile("lich.docx", out.getvalue())})["Location"]


def whole(campaign):
    return reverse("schedule:standing", args=[campaign.code, "docx"]), reverse("schedule:bring", args=[campaign.code])


def test_what_comes_back_is_accepted_declined_and_taken_back_by_buttons(campaign):
    client = coordinating(campaign)
    page = brought(client, *whole(campaign))
    assert "7 thay đổi ở 2 đơn vị." in client.get(page).content.decode()
    change = ProposedChange.objects.get(activity__content="Bản tin truyền thanh")

    client.post(page, {"do": "decline", "change": change.pk})
    client.post(page, {"do": "accept_many"})

    places = dict(Activity.objects.values_list("content", "place"))
    assert places.pop("Bản tin truyền thanh") == "Nhà văn hóa xã"
    assert set(places.values()) == {"Sân trường"}
    client.post(page, {"do": "undo", "change": change.pk})
    change.refresh_from_db()
    assert change.state == "waiting"


def test_the_page_asks_no_more_when_there_are_more_changes(campaign, django_assert_max_num_queries):
    client = coordinating(campaign)
    page = brought(client, *whole(campaign))
    with django_assert_max_num_queries(12):
        client.get(page)


def test_a_district_brings_its_own_schedule_and_reaches_no_other(campaign):
    district = unit_of(campaign, "ubnd-585")
    client = signed_in(Role.OFFICER, at=district)
    own = [reverse(f"schedule:{name}", args=[district.pk, *more]) for name, more in (("of_unit", ["docx"]),)]
    page = brought(client, *own, reverse("schedule:bring_of_unit", args=[district.pk]))
    assert "6 thay đổi ở 1 đơn vị" in client.get(page).content.decode()
    client.post(page, {"do": "accept_many"})
    assert Activity.objects.filter(place="Sân trường").count() == 6

    theirs = brought(coordinating(campaign), *whole(campaign), place="Nhà đa năng")
    assert client.get(theirs).status_code == 404
    viewer = signed_in(Role.VIEWER, at=district)
    assert viewer.post(reverse("schedule:bring_of_unit", args=[district.pk])).status_code == 403


def test_a_district_writes_into_no_unit_elsewhere_whatever_file_it_brings(campaign):
    everywhere = coordinating(campaign)
    release_schedule(campaign, by=coordinator(campaign), at=IN_TIME)
    district = unit_of(campaign, "ubnd-585")
    client = signed_in(Role.OFFICER, at=district)
    bring = reverse("schedule:bring_of_unit", args=[district.pk])

    released = reverse("schedule:release", args=[campaign.code, 1, "docx"])
    page = brought(everywhere, released, bring, by=client)
    client.post(page, {"do": "accept_many"})
    for change in ProposedChange.objects.all():
        client.post(page, {"do": "accept", "change": change.pk, "seen": 0})
    own = brought(client, reverse("schedule:of_unit", args=[district.pk, "docx"]), bring, unit="Thư viện tỉnh")
    client.post(own, {"do": "accept_many"})
    for change in ProposedChange.objects.filter(edited__pk=EditedSchedule.objects.latest("pk").pk, kind="added"):
        client.post(own, {"do": "accept", "change": change.pk})

    elsewhere = Activity.objects.exclude(registration__host__path__startswith=district.path)
    assert [(one.content, one.place, one.sequence) for one in elsewhere] == [
        ("Bản tin truyền thanh", "Nhà văn hóa xã", 0)
    ]
    assert set(ProposedChange.objects.exclude(host=None).values_list("host__unit__key", flat=True)) <= {"th-lamson"}


def test_a_file_that_is_no_schedule_is_refused_in_words_and_kept_nowhere(campaign):
    client = coordinating(campaign)
    bring = reverse("schedule:bring", args=[campaign.code])
    answer = client.post(bring, {"tep": SimpleUploadedFile("a.txt", b"Xin chao")}, follow=True)
    assert "Không tìm thấy bảng lịch trong tệp này." in answer.content.decode()
    for name, said in (("a.bin", "Vui lòng gửi bản Word của lịch tổng hợp"), ("a.docx", "Tệp bị hỏng")):
        answer = client.post(bring, {"tep": SimpleUploadedFile(name, b"\xff\xfe\x00\x01" * 50)}, follow=True)
        assert said in answer.content.decode()
        assert "Excel" not in next(iter(answer.context["messages"])).message
    assert "Vui lòng chọn bản Word đã sửa." in client.post(bring, follow=True).content.decode()
    assert not EditedSchedule.objects.exists()


def test_what_changed_between_two_texts_is_marked_in_phrases():
    assert marked("07:30", "") == [Piece("del", "07:30")]
    assert marked("Thi kể chuyện", "Thi kể chuyện theo sách") == [
        Piece("", "Thi kể chuyện"),
        Piece("ins", " theo sách"),
    ]
