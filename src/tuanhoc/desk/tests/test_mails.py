"""Mail that came in, as the desk shows it: dropped, chosen, put aside; large drops read by the worker."""

import io
import re
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from tests.builders import IN_TIME, unit_of
from tests.form_files import GOOD, word_form, zipped
from tests.mails import eml, mbox

from tuanhoc.activities.models import Registration, State
from tuanhoc.desk.tests.seats import signed_in
from tuanhoc.intake.actions import drops
from tuanhoc.intake.models import Drop, FormFile, MailMessage
from tuanhoc.lib.actor import Role
from tuanhoc.web import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_time")]
UNITS_OF = ("UBND xã Lâm Sơn", "UBND xã Nhơn Hải", "Trường Tiểu học Lâm Sơn")


def drop(client, campaign, files):
    sent = [SimpleUploadedFile(name, data) for name, data in files.items()]
    address = reverse("desk:receive_forms", args=[campaign.code])
    return client.post(address, {"tep": sent, "nhan_ngay": "28/09/2022"}, follow=True)


def listed(client, campaign, **query):
    page = client.get(reverse("desk:mails", args=[campaign.code]), query).content.decode()
    return [re.sub(r"<[^>]+>", "", title).strip() for title in re.findall(r"<h2>(.*?)</h2>", page)]


def decided(client, campaign, message, **posted):
    return client.post(reverse("desk:mail", args=[campaign.code, message.pk]), posted, follow=True)


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def test_a_message_is_dropped_like_a_form_and_listed_with_its_attachments(officer, campaign):
    answer = drop(officer, campaign, {"thu.eml": eml(("lich.docx", word_form("UBND xã Lâm Sơn")), subject="Xã gửi")})
    assert answer.redirect_chain[-1][0] == reverse("desk:mails", args=[campaign.code])
    assert listed(officer, campaign) == ["Xã gửi"]
    assert "lich.docx" in answer.content.decode()


def test_the_queue_holds_what_a_person_is_asked_about(officer, campaign):
    for n, unit in enumerate(("UBND xã Lâm Sơn", "Công ty Nắng Mới", None)):
        drop(officer, campaign, {f"{n}.eml": eml((f"{n}.docx", word_form(unit)), subject=f"Thư {n}")})
    assert sorted(listed(officer, campaign)) == ["Thư 1", "Thư 2"]
    assert len(listed(officer, campaign, **{"trang-thai": "da-doc"})) == 3
    assert listed(officer, campaign, **{"trang-thai": "da-doc", "q": "lâm sơn"}) == ["Thư 0"]


def test_a_unit_is_chosen_and_its_form_confirmed_in_one_step(officer, campaign):
    drop(officer, campaign, {"a.eml": eml(("a.docx", word_form("Công ty Nắng Mới")))})
    form, message = FormFile.objects.get(), MailMessage.objects.get()
    answer = decided(
        officer, campaign, message, do=f"confirm:{form.pk}", tu="cho", **{f"ten-{form.pk}": "UBND xã Lâm Sơn"}
    )
    assert said(answer) == ["Đã xác nhận “a.docx” cho UBND xã Lâm Sơn; lịch đang chờ xem."]
    registration = Registration.objects.get(host=unit_of(campaign, "xa-lamson"))
    assert (registration.state, registration.entered_on_behalf) == (State.SUBMITTED, True)
    assert not MailMessage.objects.waiting().exists()


def test_a_unit_nobody_knows_is_refused_and_nothing_changes(officer, campaign):
    drop(officer, campaign, {"a.eml": eml(("a.docx", word_form(None)))})
    form, message = FormFile.objects.get(), MailMessage.objects.get()
    for typed, words in (
        (
            "Xã Không Có",
            "Chưa tìm thấy đơn vị nào có “Xã Không Có” trong tên hoặc mã. "
            "Vui lòng gõ ít chữ hơn, hoặc một phần khác của tên.",
        ),
        ("", "Vui lòng chọn đơn vị gửi tệp này trước khi xác nhận."),
    ):
        answer = decided(officer, campaign, message, do=f"confirm:{form.pk}", **{f"ten-{form.pk}": typed})
        assert said(answer) == [words]
    form.refresh_from_db()
    assert (form.host, form.state) == (None, FormFile.State.READ)


def test_giving_a_form_to_a_unit_that_sent_the_same_puts_it_beside_that(officer, campaign):
    drop(officer, campaign, {"a.eml": eml(("a.docx", word_form("UBND xã Lâm Sơn")))})
    drop(officer, campaign, {"b.eml": eml(("b.docx", word_form(None, head=["Kính gửi Sở"])))})
    first, second = FormFile.objects.order_by("pk")
    decided(officer, campaign, second.mail, do=f"unit:{second.pk}", **{f"ten-{second.pk}": "UBND xã Lâm Sơn"})
    second.refresh_from_db()
    assert (second.same_as, second.state) == (first, FormFile.State.SET_ASIDE)


def test_a_message_is_put_aside_and_brought_back(officer, campaign):
    drop(officer, campaign, {"a.eml": eml(("a.docx", word_form(None)), subject="Thư lạ")})
    message = MailMessage.objects.get()
    decided(officer, campaign, message, do="not_a_form", tu="cho")
    assert listed(officer, campaign, **{"trang-thai": "khong"}) == ["Thư lạ"]
    decided(officer, campaign, message, do="take_up")
    assert listed(officer, campaign) == ["Thư lạ"]


def test_one_message_shows_its_words_and_gives_itself_back(officer, campaign):
    raw = eml(("a.docx", word_form("UBND xã Lâm Sơn")), text="Xin gửi <b>lịch</b>")
    drop(officer, campaign, {"a.eml": raw})
    message = MailMessage.objects.get()
    page = officer.get(reverse("desk:mail", args=[campaign.code, message.pk])).content.decode()
    assert "Xin gửi &lt;b&gt;lịch&lt;/b&gt;" in page
    answer = officer.get(reverse("desk:mail_original", args=[campaign.code, message.pk]))
    assert (answer.content, answer["Content-Type"]) == (raw, "application/octet-stream")


def test_a_message_with_something_in_quarantine_is_not_given_back(officer, campaign):
    with_macro = io.BytesIO(word_form("UBND xã Lâm Sơn"))
    with zipfile.ZipFile(with_macro, "a") as opened:
        opened.writestr("word/vbaProject.bin", b"macro")
    drop(officer, campaign, {"a.eml": eml(("a.docx", with_macro.getvalue()))})
    message = MailMessage.objects.get()
    assert FormFile.objects.get().stored.is_quarantined
    answer = officer.get(reverse("desk:mail_original", args=[campaign.code, message.pk]), follow=True)
    assert said(answer) == [
        "Trong thư có tệp đang được cách ly, nên không giao cả thư: vui lòng mở từng tệp.",
    ]  # fmt: skip
    assert b"vbaProject" not in answer.content
    drop(officer, campaign, {"b.eml": eml(("b.docx", with_macro.getvalue()))})
    assert FormFile.objects.count() == 1


def test_a_district_sees_the_mail_it_dropped_and_no_other(officer, campaign):
    district = signed_in(Role.OFFICER, at=unit_of(campaign, "ubnd-585"))
    drop(officer, campaign, {"a.eml": eml(("a.docx", word_form("UBND xã Lâm Sơn")), subject="Của Sở")})
    drop(district, campaign, {"b.eml": eml(("b.docx", word_form("Trường Tiểu học Lâm Sơn")), subject="Của huyện")})
    assert listed(district, campaign) == ["Của huyện"]
    assert sorted(listed(officer, campaign)) == ["Của Sở", "Của huyện"]
    others = MailMessage.objects.get(subject="Của Sở")
    assert district.get(reverse("desk:mail", args=[campaign.code, others.pk])).status_code == 404


def test_a_thousand_messages_cost_as_many_queries_as_one(officer, campaign, django_assert_max_num_queries):
    drop(officer, campaign, {"a.eml": eml(("a.docx", word_form(None)))})
    one = MailMessage.objects.get()
    MailMessage.objects.bulk_create(
        MailMessage(
            campaign=campaign, identity=f"x{n}", raw_sha256="", via="drop", state="read", subject=f"Thư {n}",
            received_at=IN_TIME, taken_at=IN_TIME, parts=one.parts,
        )
        for n in range(1_000)
    )  # fmt: skip
    with django_assert_max_num_queries(20):
        page = officer.get(reverse("desk:mails", args=[campaign.code]), {"trang-thai": "da-doc"})
    assert page.context["page"].paginator.count == 1_001


# large drops


def worked_off():
    call_command("work", once=True)


@pytest.fixture
def large(officer, campaign):
    """Twelve forms of three units dropped as one zip; the answer of the desk and the drop it kept."""
    files = {
        f"{n} {UNITS_OF[n % 3]}.docx": word_form(UNITS_OF[n % 3], [("03/10/2022", "Hội trường", f"Buổi {n}", "")])
        for n in range(12)
    }
    return drop(officer, campaign, {"tat ca.zip": zipped(files)}), Drop.objects.get()


@pytest.mark.django_db(transaction=True)
def test_many_files_are_kept_first_and_read_by_the_worker(large, officer, campaign):
    answer, kept = large
    address = reverse("desk:drop", args=[campaign.code, kept.pk])
    assert answer.redirect_chain[-1][0] == address
    assert (FormFile.objects.count(), kept.state, kept.total) == (0, Drop.State.WAITING, 12)
    assert "0 trên 12 tệp hoặc thư" in answer.content.decode()
    path = kept.files[0]["path"]
    assert default_storage.exists(path)

    worked_off()
    kept.refresh_from_db()
    assert (kept.state, kept.done, kept.came, kept.files) == (Drop.State.DONE, 12, {"read": 12}, [])
    assert (FormFile.objects.count(), default_storage.exists(path)) == (12, False)
    assert FormFile.objects.first().uploaded_by == kept.dropped_by
    assert "12 trên 12 tệp hoặc thư" in officer.get(address).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_at_a_drop_is_followed_by_one_that_goes_on(large, monkeypatch):
    kept = large[1]
    seen = []

    def dies(thing, *given, **more):
        if len(seen) == 5:
            raise KeyboardInterrupt
        seen.append(thing.name)
        return take(thing, *given, **more)

    take = drops._take_one
    with monkeypatch.context() as killed:
        killed.setattr(drops, "_take_one", dies)
        with pytest.raises(KeyboardInterrupt):
            drops.read_drop.call(kept.pk)
    kept.refresh_from_db()
    assert (kept.state, kept.done) == (Drop.State.READING, 5)
    assert drops.pick_up_drops(machine=clock.machine()) == 0
    assert drops.pick_up_drops(machine=clock.machine() + 2 * drops.LEASE) == 1
    worked_off()
    kept.refresh_from_db()
    assert (kept.state, kept.done, kept.came, FormFile.objects.count()) == (Drop.State.DONE, 12, {"read": 12}, 12)


@pytest.mark.django_db(transaction=True)
def test_a_worker_thought_dead_writes_nothing_more_when_it_comes_back(large, monkeypatch):
    kept = large[1]
    taken, take = [], drops._take_one

    def slow(thing, *given, **more):
        taken.append(thing.name)
        if len(taken) == 5:
            # So long at one file that another worker was given the drop, and finished it.
            Drop.objects.update(claimed_until=clock.machine() - drops.LEASE)
            assert drops.pick_up_drops(machine=clock.machine()) == 1
            assert drops.read_drop.call(kept.pk) == Drop.State.DONE
        return take(thing, *given, **more)

    monkeypatch.setattr(drops, "_take_one", slow)
    assert drops.read_drop.call(kept.pk) == "given to another worker"
    kept.refresh_from_db()
    assert (kept.state, kept.done, kept.came, kept.files) == (Drop.State.DONE, 12, {"read": 12}, [])
    assert FormFile.objects.count() == 12


@pytest.mark.django_db(transaction=True)
def test_a_large_box_is_read_message_by_message(officer, campaign):
    box = mbox(
        eml((f"{n}.docx", word_form(UNITS_OF[n % 3], [("03/10/2022", "Sân", f"Buổi {n}", "")]))) for n in range(11)
    )
    drop(officer, campaign, {"hop thu.mbox": box})
    worked_off()
    assert (Drop.objects.get().came, MailMessage.objects.count()) == ({"mail": 11}, 11)
    assert MailMessage.objects.filter(state="read", campaign=campaign).count() == 11


@pytest.mark.django_db(transaction=True)
def test_a_drop_whose_files_are_gone_says_so_and_can_go_on(large, officer, campaign):
    kept = large[1]
    with default_storage.open(kept.files[0]["path"]) as file:
        data = file.read()
    default_storage.delete(kept.files[0]["path"])
    worked_off()
    kept.refresh_from_db()
    assert (kept.state, kept.failed_because) == (Drop.State.FAILED, "Tệp đã tải lên không còn trong kho.")
    default_storage.save(kept.files[0]["path"], ContentFile(data))
    officer.post(reverse("desk:drop_go_on", args=[campaign.code, kept.pk]))
    worked_off()
    kept.refresh_from_db()
    assert (kept.state, kept.done) == (Drop.State.DONE, 12)


def test_few_files_are_read_while_the_person_waits(officer, campaign):
    drop(officer, campaign, {f"{n}.docx": word_form(unit, [GOOD]) for n, unit in enumerate(UNITS_OF)})
    assert (FormFile.objects.count(), Drop.objects.count()) == (3, 0)
