"""Messages taken in: kept once, read into forms, given to a Week and a unit, decided by a person."""

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command
from tests.builders import IN_TIME, OPENED_AT, coordinator, prepared, province, unit_of, week
from tests.form_files import GOOD, word_form, zipped
from tests.mails import eml, mail, mbox

from tuanhoc.campaigns import actions as campaigns
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.intake.actions import drops, mail_reading, mails
from tuanhoc.intake.actions.mails import MAILBOX, Came
from tuanhoc.intake.actions.uploads import Upload
from tuanhoc.intake.models import FormFile, MailMessage
from tuanhoc.intake.queries.forms import earlier_version
from tuanhoc.intake.queries.mails import open_weeks
from tuanhoc.intake.rules import mailing, proposals
from tuanhoc.intake.rules.versions import differences
from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import SYSTEM
from tuanhoc.lib.dates import HANOI
from tuanhoc.outbox.models import Event
from tuanhoc.units.models import Contact, Unit
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db
MACHINE = dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)
LAN = "lan@lamson.example"


@pytest.fixture
def campaign():
    return week()


def contact(key, email):
    return Contact.objects.create(unit=Unit.objects.get(key=key), name="Chị Lan", email=email)


def taken(raw, *, campaign=None, at=IN_TIME, via="imap"):
    """Take a message in from the mailbox (or a drop into a Week) and read it; return it."""
    message, _ = mails.keep_mail(raw, Came(via, campaign), by=MAILBOX, at=at)
    if claimed := mails.claim(message.pk, machine=MACHINE):
        mail_reading.read_mail(claimed, by=MAILBOX, at=at)
    message.refresh_from_db()
    return message


def forms_of(message):
    return list(message.forms.order_by("pk"))


def told(message):
    return [(f.name, f.host.name if f.host else None, f.state) for f in forms_of(message)]


# kept and read


def test_an_attachment_becomes_a_form_received_when_the_message_was(campaign):
    message = taken(eml(("lich.docx", word_form("UBND xã Lâm Sơn"))))
    assert (message.campaign, message.state, message.sender) == (campaign, MailMessage.State.READ, LAN)
    assert told(message) == [("lich.docx", "UBND xã Lâm Sơn", FormFile.State.READ)]
    assert forms_of(message)[0].received_at == dt.datetime(2022, 9, 28, 9, tzinfo=HANOI)
    assert [e.what for e in Entry.objects.filter(what__startswith="intake.mail").order_by("pk")] == [
        "intake.mail.keep", "intake.mail.read",
    ]  # fmt: skip
    assert Event.objects.get(name="intake.mail.taken").payload == {"mail_id": message.pk}


def test_a_message_from_tomorrow_is_received_now(campaign):
    message = taken(eml(("a.docx", word_form("UBND xã Lâm Sơn")), sent="Sat, 1 Oct 2022 08:00:00 +0700"))
    assert (message.received_at, forms_of(message)[0].received_at) == (IN_TIME, IN_TIME)


def test_the_same_message_by_another_way_is_taken_once(campaign):
    raw = eml(("lich.docx", word_form("UBND xã Lâm Sơn")), message_id="<1@x.example>")
    first = taken(raw)
    again = taken(b"Received: from a by b; Wed, 28 Sep 2022 10:00:00 +0700\r\n" + raw.replace(b"\n", b"\r\n"))
    assert (again.pk, MailMessage.objects.count(), FormFile.objects.count()) == (first.pk, 1, 1)
    assert Event.objects.filter(name="intake.mail.taken").count() == 1


def test_messages_that_share_an_id_but_not_their_files_are_two(campaign):
    taken(eml(("a.docx", word_form("UBND xã Lâm Sơn")), message_id="<same@broken.example>"))
    taken(eml(("b.docx", word_form("UBND xã Nhơn Hải")), message_id="<same@broken.example>"))
    assert (MailMessage.objects.count(), FormFile.objects.count()) == (2, 2)


def test_without_an_id_the_whole_message_is_what_it_is(campaign):
    raw = eml(("a.docx", word_form("UBND xã Lâm Sơn")), message_id=None)
    assert taken(raw).pk == taken(raw).pk


def test_a_message_kept_by_a_worker_that_was_killed_is_read_later_and_once(campaign):
    message, _ = mails.keep_mail(eml(("a.docx", word_form("UBND xã Lâm Sơn"))), Came("imap"), by=MAILBOX, at=IN_TIME)
    assert mails.claim(message.pk, machine=MACHINE) is not None
    assert mail_reading.read_waiting(at=IN_TIME, machine=MACHINE) == 0
    assert mail_reading.read_waiting(at=IN_TIME, machine=MACHINE + mailing.LEASE + dt.timedelta(seconds=1)) == 1
    assert mail_reading.read_waiting(at=IN_TIME, machine=MACHINE + 3 * mailing.LEASE) == 0
    assert FormFile.objects.count() == 1


def test_a_worker_killed_at_one_message_takes_no_try_from_those_behind_it(campaign, monkeypatch):
    for name in ("a", "b", "c"):
        mails.keep_mail(eml((f"{name}.docx", word_form(f"UBND xã {name}"))), Came("imap"), by=MAILBOX, at=IN_TIME)

    def killed(*_args, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr(mail_reading, "read_mail", killed)
    with pytest.raises(KeyboardInterrupt):
        mail_reading.read_waiting(at=IN_TIME, machine=MACHINE)
    assert list(MailMessage.objects.order_by("pk").values_list("tries", flat=True)) == [1, 0, 0]
    monkeypatch.undo()
    assert mail_reading.read_waiting(at=IN_TIME, machine=MACHINE) == 2


def test_a_message_that_kills_its_worker_every_time_is_left_to_a_person(campaign):
    message, _ = mails.keep_mail(eml(("a.docx", word_form("UBND xã Lâm Sơn"))), Came("imap"), by=MAILBOX, at=IN_TIME)
    for n in range(mailing.MOST_TRIES + 1):
        mails.claim(message.pk, machine=MACHINE + n * 2 * mailing.LEASE)
    message.refresh_from_db()
    assert (message.state, message.why) == (MailMessage.State.UNREADABLE, [["failed", ""]])


def test_what_is_no_message_is_kept_and_said_to_be_none(campaign):
    message = taken(b"\x00\x01" * 50)
    assert (message.state, message.stored.size_bytes) == (MailMessage.State.UNREADABLE, 100)
    assert message.why_in_words == "Tệp thư không mở được: có quá nhiều phần, hoặc không phải một bức thư."


def test_a_message_larger_than_a_file_may_be_keeps_its_attachments(campaign, settings):
    form = word_form("UBND xã Lâm Sơn")
    settings.MAX_UPLOAD_BYTES = len(form) + 10
    message = taken(eml(("a.docx", form)))
    assert (message.stored, told(message)) == (None, [("a.docx", "UBND xã Lâm Sơn", FormFile.State.READ)])


def test_a_zip_in_a_message_is_opened_and_a_forwarded_message_too(campaign):
    outer = mail(("tat ca.zip", zipped({"Lâm Sơn.docx": word_form("UBND xã Lâm Sơn")})))
    outer.add_attachment(
        mail(("nhon hai.docx", word_form("UBND xã Nhơn Hải")), sender="nh@x.example", subject="Xã gửi")
    )
    assert [name for name, _, _ in told(taken(outer.as_bytes()))] == ["Lâm Sơn.docx", "nhon hai.docx"]


def test_the_words_of_a_message_are_a_form_when_they_hold_the_schedule(campaign):
    text = "Đơn vị: UBND xã Lâm Sơn\n\n- 7h30 ngày 03/10/2022: Ngày hội đọc sách tại Nhà văn hóa xã\n"
    message = taken(eml(text=text, subject="Lịch hoạt động"))
    assert told(message) == [("Lịch hoạt động.txt", "UBND xã Lâm Sơn", FormFile.State.READ)]


def test_a_table_in_the_page_of_a_message_is_a_form(campaign):
    rows = "".join(
        f"<tr><td>{n}</td><td><p>0{n + 2}/10/2022</p></td><td>Hội trường xã</td><td>7h30: Buổi {n}</td></tr>"
        for n in (1, 2)
    )
    page = (
        "<p>Đơn vị: UBND xã Lâm Sơn</p><table><tr><th>TT</th><th>Ngày</th><th>Địa điểm</th><th>Nội dung</th></tr>"
        f"{rows}</table>"
    )
    message = taken(eml(text="TT\nNgày\nĐịa điểm\nNội dung\n1\n03/10/2022", html=page, subject="Lịch"))
    form = forms_of(message)[0]
    assert (form.host.name, [(r["date_from"], r["place"], r["content"]) for r in form.reading["rows"]]) == (
        "UBND xã Lâm Sơn", [("2022-10-03", "Hội trường xã", "Buổi 1"), ("2022-10-04", "Hội trường xã", "Buổi 2")],
    )  # fmt: skip


def test_a_message_without_a_form_is_listed_as_that(campaign):
    message = taken(eml(text="Xin hỏi hạn nộp là ngày nào ạ?"))
    assert (message.state, forms_of(message), message.why_in_words) == (
        MailMessage.State.NO_FORM, [], "Thư không kèm mẫu đăng ký.",
    )  # fmt: skip


# which Week


@pytest.fixture
def two_weeks():
    """Two Weeks of one province at once; the second expects the school no more."""
    province()
    first = prepared("ninh-thuan-2022")
    campaigns.open_call(first, by=SYSTEM, at=OPENED_AT)
    second = prepared("doc-sach-2022")
    campaigns.open_call(second, by=SYSTEM, at=OPENED_AT)
    RosterUnit.objects.filter(campaign=second, unit__key="th-lamson").delete()
    return first, second


def test_the_address_names_the_week(two_weeks):
    message = taken(eml(("a.docx", word_form("UBND xã Lâm Sơn")), to="dangky+doc-sach-2022@so.example"))
    assert (message.campaign, message.why) == (
        two_weeks[1], [["by_tag", "dangky+doc-sach-2022@so.example"]],
    )  # fmt: skip


def test_the_subject_names_the_week(two_weeks):
    assert taken(eml(("a.docx", word_form("UBND xã Lâm Sơn")), subject="[doc-sach-2022] lịch")).campaign == two_weeks[1]


def test_the_unit_tells_the_week_when_only_one_expects_it(two_weeks):
    contact("th-lamson", "truong@lamson.example")
    by_sender = taken(eml(("a.docx", word_form("UBND xã Lâm Sơn")), sender="truong@lamson.example"))
    by_paper = taken(eml(("b.docx", word_form("Trường Tiểu học Lâm Sơn")), sender="ai@do.example"))
    assert (by_sender.campaign, by_paper.campaign) == (two_weeks[0], two_weeks[0])
    assert by_paper.why_in_words == "Theo đơn vị gửi: Trường Tiểu học Lâm Sơn."


def test_the_deadline_tells_the_week_when_only_one_still_takes(two_weeks):
    RosterUnit.objects.filter(campaign=two_weeks[0]).update(closes_at=IN_TIME - dt.timedelta(days=2))
    assert taken(eml(("a.docx", word_form("UBND xã Lâm Sơn")))).campaign == two_weeks[1]


def test_otherwise_it_waits_and_a_person_says_which(two_weeks):
    message = taken(eml(("a.docx", word_form("UBND xã Lâm Sơn"))))
    assert (message.campaign, message.state, forms_of(message)) == (None, MailMessage.State.READ, [])
    assert set(message.may_be_for.all()) == set(two_weeks)
    assert list(MailMessage.objects.waiting()) == [message]
    assert not Event.objects.filter(name="intake.mail.taken").exists()

    mails.choose_week(message, two_weeks[1], by=coordinator(two_weeks[1]), at=IN_TIME)
    mail_reading.read_mail(mails.claim(message.pk, machine=MACHINE), by=MAILBOX, at=IN_TIME)
    message.refresh_from_db()
    assert (told(message), message.why_in_words) == (
        [("a.docx", "UBND xã Lâm Sơn", FormFile.State.READ)], "Điều phối đã chọn đợt này.",
    )  # fmt: skip
    with pytest.raises(mails.MailDecided):
        mails.choose_week(message, two_weeks[0], by=coordinator(two_weeks[0]), at=IN_TIME)


def test_without_an_open_week_it_waits():
    province()
    message = taken(eml(("a.docx", word_form("UBND xã Lâm Sơn"))))
    assert (message.campaign, message.why, open_weeks()) == (None, [["no_week", ""]], [])


# whose it is


def test_the_units_own_contact_makes_a_near_name_certain(campaign):
    contact("xa-lamson", LAN)
    form = forms_of(taken(eml(("a.docx", word_form("UBND xã Lâm Sợn")))))[0]
    assert (form.host.name, form.is_unsure, form.from_contact) == ("UBND xã Lâm Sơn", False, True)
    assert form.match_because == [["similar", "UBND xã Lâm Sợn"], ["sender_agrees", LAN]]


def test_a_form_of_one_unit_sent_by_the_contact_of_another_is_not_sure(campaign):
    contact("xa-nhonhai", LAN)
    form = forms_of(taken(eml(("a.docx", word_form("UBND xã Lâm Sơn")))))[0]
    assert (form.host.name, form.is_unsure, form.from_contact) == ("UBND xã Lâm Sơn", True, False)
    assert RosterUnit.objects.get(pk=form.match_others[0]).name == "UBND xã Nhơn Hải"
    assert form.match_reason == (
        "Tên trong mẫu “UBND xã Lâm Sơn” trùng với tên đơn vị. "
        "Nhưng người gửi là đầu mối của UBND xã Nhơn Hải: xin kiểm tra."
    )


def test_a_district_sends_for_its_communes(campaign):
    contact("ubnd-585", LAN)
    message = taken(
        eml(("a.docx", word_form("UBND xã Lâm Sơn")), ("b.docx", word_form("Trường Tiểu học Lâm Sơn"))),
    )  # fmt: skip
    assert [(f.host.name, f.is_unsure, f.from_contact) for f in forms_of(message)] == [
        ("UBND xã Lâm Sơn", False, False), ("Trường Tiểu học Lâm Sơn", False, False),
    ]  # fmt: skip


def test_a_form_without_a_name_is_proposed_to_its_senders_unit_and_looked_at(campaign):
    contact("xa-lamson", LAN)
    form = forms_of(taken(eml(("lich.docx", word_form(None)))))[0]
    assert (form.host.name, form.is_unsure, form.match_because) == (
        "UBND xã Lâm Sơn", True, [["sender_only", "UBND xã Lâm Sơn"]],
    )  # fmt: skip


def test_the_subject_names_the_unit_where_the_form_does_not(campaign):
    form = forms_of(taken(eml(("lich.docx", word_form(None)), subject="UBND xã Lâm Sơn gửi lịch", sender="a@b.vn")))[0]
    assert (form.host.name, form.is_unsure, form.match_reason) == (
        "UBND xã Lâm Sơn", True, "Theo tiêu đề thư “UBND xã Lâm Sơn gửi lịch”: xin kiểm tra.",
    )  # fmt: skip
    contact("xa-lamson", LAN)
    data = word_form(None, [("04/10", "Sân", "Hội thao", "")])
    known = forms_of(taken(eml(("lich.docx", data), subject="UBND xã Lâm Sơn gửi lịch")))[0]
    assert (known.host.name, known.is_unsure) == ("UBND xã Lâm Sơn", False)


def test_a_domain_alone_only_puts_its_unit_among_the_choices(campaign):
    contact("xa-lamson", "vanthu@lamson.example")
    form = forms_of(taken(eml(("lich.docx", word_form(None)), sender="ai-do@lamson.example")))[0]
    assert (form.host, [RosterUnit.objects.get(pk=pk).name for pk in form.match_others]) == (None, ["UBND xã Lâm Sơn"])


# again, and corrected


def test_the_same_file_in_another_message_is_recognised(campaign):
    data = word_form("UBND xã Lâm Sơn")
    first = forms_of(taken(eml(("lich.docx", data))))[0]
    again = taken(eml(("lich (1).docx", data)))
    [file] = [part for part in again.parts if part["what"] == "file"]
    assert (forms_of(again), file["forms"]) == ([], [{"form": first.pk, "pile": "known", "name": "lich (1).docx"}])


def test_the_same_rows_in_another_file_are_put_aside_beside_the_first(campaign):
    first = forms_of(taken(eml(("a.docx", word_form("UBND xã Lâm Sơn")))))[0]
    again = forms_of(taken(eml(("b.docx", word_form("UBND xã Lâm Sơn", foot=["Nơi nhận: như trên"])))))[0]
    assert (again.same_as, again.state) == (first, FormFile.State.SET_ASIDE)
    other = forms_of(taken(eml(("c.docx", word_form("UBND xã Nhơn Hải")))))[0]
    assert (other.same_as, other.state) == (None, FormFile.State.READ)


def test_a_corrected_form_stands_beside_the_one_before_with_what_changed(campaign):
    first = forms_of(taken(eml(("a.docx", word_form("UBND xã Lâm Sơn", [GOOD, ("04/10", "Trường", "Thi vẽ", "")])))))[0]
    moved = ("04/10/2022", *GOOD[1:])
    new = forms_of(taken(eml(("a2.docx", word_form("UBND xã Lâm Sơn", [moved, ("05/10", "Sân", "Hội thao", "")])))))[0]
    assert (earlier_version(new), earlier_version(first)) == (first, None)
    before, after = ([row.draft for row in proposals.proposals(f.reading, None)] for f in (first, new))
    assert [
        (c.before.content if c.before else None, c.after.content if c.after else None, c.fields)
        for c in differences(before, after)
    ] == [
        ("Ngày hội đọc sách", "Ngày hội đọc sách", ("held_on",)), (None, "Hội thao", ()), ("Thi vẽ", None, ()),
    ]  # fmt: skip


# decided by a person


def test_a_message_is_put_aside_with_its_forms_and_taken_up_again(campaign):
    message = taken(eml(("a.docx", word_form("UBND xã Lâm Sơn"))))
    by = coordinator(campaign)
    mails.put_aside(message, not_a_form=True, by=by, at=IN_TIME)
    assert (message.state, forms_of(message)[0].state, message.why_in_words) == (
        MailMessage.State.NO_FORM, FormFile.State.SET_ASIDE, "Điều phối cho biết đây không phải mẫu đăng ký.",
    )  # fmt: skip
    with pytest.raises(mails.MailDecided):
        mails.put_aside(message, not_a_form=True, by=by, at=IN_TIME)

    mails.take_up_mail(message, by=by, at=IN_TIME)
    mail_reading.read_mail(mails.claim(message.pk, machine=MACHINE), by=by, at=IN_TIME)
    message.refresh_from_db()
    assert (message.state, told(message)) == (
        MailMessage.State.READ, [("a.docx", "UBND xã Lâm Sơn", FormFile.State.READ)],
    )  # fmt: skip


def test_a_file_that_could_not_be_kept_is_said_once_however_often_it_is_read(campaign, settings):
    form = word_form("UBND xã Lâm Sơn")
    settings.MAX_UPLOAD_BYTES = len(form) - 10
    message = taken(eml(("lon.docx", form)))
    assert [(f.name, f.state, f.stored) for f in forms_of(message)] == [("lon.docx", FormFile.State.UNREADABLE, None)]
    by = coordinator(campaign)
    mails.put_aside(message, not_a_form=False, by=by, at=IN_TIME)
    mails.take_up_mail(message, by=by, at=IN_TIME)
    mail_reading.read_mail(mails.claim(message.pk, machine=MACHINE), by=by, at=IN_TIME)
    assert [f.state for f in forms_of(message)] == [FormFile.State.UNREADABLE]


# dropped


def dropped(campaign, *uploads):
    into = drops.Into(campaign, RosterUnit.objects.filter(campaign=campaign), None, IN_TIME)
    return drops.take_at_once(uploads, into, by=coordinator(campaign), at=IN_TIME, machine=MACHINE)


def test_a_drop_takes_messages_boxes_archives_and_forms_alike(campaign):
    box = mbox([eml((f"{n}.docx", word_form(n))) for n in ("UBND xã Lâm Sơn", "UBND xã Nhơn Hải")])
    packed = zipped({"thu.eml": eml(("x.docx", word_form("Huyện Ninh Hải"))), "y.docx": word_form("Huyện Ninh Sơn")})
    came = dropped(
        campaign, Upload("hop.mbox", box), Upload("tat ca.zip", packed), Upload("z.docx", word_form("Sở TT&TT"))
    )
    assert (len(came.mails), [form.host.name for form in came.received.read]) == (
        3, ["UBND xã Lâm Sơn", "UBND xã Nhơn Hải", "UBND huyện Ninh Hải", "UBND huyện Ninh Sơn",
            "Sở Thông tin và Truyền thông"],
    )  # fmt: skip
    assert not Event.objects.filter(name="intake.mail.taken").exists()
    again = dropped(campaign, Upload("hop.mbox", box))
    assert (len(again.mails), len(again.mails_known), FormFile.objects.count()) == (0, 2, 5)


def test_a_districts_drop_is_matched_to_the_units_it_looks_after(campaign):
    district = unit_of(campaign, "ubnd-585")
    raw = eml(("a.docx", word_form("UBND xã Nhơn Hải")), ("b.docx", word_form("Trường Tiểu học Lâm Sơn")))
    message, _ = mails.keep_mail(raw, Came("drop", campaign, district), by=MAILBOX, at=IN_TIME)
    mail_reading.read_mail(mails.claim(message.pk, machine=MACHINE), by=MAILBOX, at=IN_TIME)
    assert [(form.host.name if form.host else None, form.taken_in_by) for form in forms_of(message)] == [
        (None, district), ("Trường Tiểu học Lâm Sơn", district),
    ]  # fmt: skip


def test_the_command_drops_files_boxes_and_maildirs(campaign, tmp_path, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)
    names = ("UBND xã Lâm Sơn", "UBND xã Nhơn Hải", "Huyện Ninh Hải", "Huyện Ninh Sơn")
    one, two, three, four = (eml((f"{n}.docx", word_form(n))) for n in names)
    for folder in ("cur", "new", "tmp"):
        (tmp_path / "Maildir" / folder).mkdir(parents=True)
    (tmp_path / "Maildir" / "new" / "1664331000.M1.host").write_bytes(one)
    (tmp_path / "Maildir" / "cur" / "1664331001.M2.host:2,S").write_bytes(two)
    (tmp_path / "hop.mbox").write_bytes(mbox([three]))
    (tmp_path / "thu.eml").write_bytes(four)
    out = io.StringIO()
    paths = [str(tmp_path / name) for name in ("Maildir", "hop.mbox", "thu.eml")]
    call_command("mail", "drop", *paths, "--campaign", campaign.code, stdout=out)
    assert out.getvalue() == "Thư: 4 mới, 0 đã có. Tệp: 4 đọc được, 0 không đọc được, 0 đã có từ trước.\n"
    assert MailMessage.objects.filter(campaign=campaign, state=MailMessage.State.READ).count() == 4
    for wrong in (["khong-co.eml", "--campaign", campaign.code], [paths[2], "--campaign", "khong-co"]):
        with pytest.raises(CommandError):
            call_command("mail", "drop", *wrong)
