"""An edited merged schedule is taken in, and its changes are accepted one by one."""

import copy
import datetime as dt
import io
import json

import pytest
from django.core.management import CommandError, call_command
from docx import Document as WordDocument
from tests.builders import IN_TIME, coordinator, registered, row, someone, unit_of, week

from tuanhoc.activities import actions as activities
from tuanhoc.activities.models import Activity, State
from tuanhoc.files.actions import keep
from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import Role
from tuanhoc.outbox.models import Event
from tuanhoc.papers.docx import to_docx
from tuanhoc.papers.reading import read
from tuanhoc.schedule import actions
from tuanhoc.schedule.documents import edition_of_release, kept_as_printed, schedule_letter, standing_edition
from tuanhoc.schedule.documents.edited import NoScheduleInIt, OfAnotherWeek, understood
from tuanhoc.schedule.models import PrintedDraft, ProposedChange

pytestmark = pytest.mark.django_db
LATER = IN_TIME + dt.timedelta(days=1)


@pytest.fixture
def campaign():
    campaign = week()
    rows = [row("Ngày hội đọc sách", starts_at=dt.time(7, 30)), row("Thi kể chuyện", form="online", place="")]
    registered(unit_of(campaign, "th-lamson"), rows)
    registered(unit_of(campaign, "so-tttt"), [row("Bản tin truyền thanh", note="Cả tỉnh")])
    return campaign


@pytest.fixture
def by(campaign):
    return coordinator(campaign)


def draft_of(campaign):
    edition = standing_edition(campaign, at=IN_TIME)
    return to_docx(schedule_letter(kept_as_printed(edition, campaign, by=coordinator(campaign), at=IN_TIME)))


def edited(data, edit):
    """Return the paper after ``edit`` was given its rows as {content: cells}."""
    word = WordDocument(io.BytesIO(data))
    rows = {r.cells[3].text: r for t in word.tables if len(t.columns) == 6 for r in t.rows}
    edit(rows)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def taken_in(campaign, data, by, at=LATER):
    found = understood(read(data, "lich.docx"), campaign, at=at)
    stored = keep(data, at=at)
    return actions.take_in_edited(
        campaign, found.comparison, stored=stored, name="Lịch (sửa).docx", source=found.source, by=by, at=at
    )


def everything(rows):
    rows["Ngày hội đọc sách"].cells[1].text = "8h - 9h30"
    rows["Ngày hội đọc sách"].cells[2].text = "Sân trường"
    rows["Thi kể chuyện"].cells[2].text = "Thư viện tỉnh"
    gone = rows["Bản tin truyền thanh"]._tr
    gone.getparent().remove(gone)


def test_the_printed_draft_taken_in_again_changes_nothing(campaign, by):
    taken = taken_in(campaign, draft_of(campaign), by)
    assert (taken.unchanged, taken.loose, taken.changes.count()) == (3, [], 0)
    assert taken.draft == PrintedDraft.objects.get()


def test_each_change_is_proposed_to_its_unit_and_accepted_it_stands(campaign, by):
    taken = taken_in(campaign, edited(draft_of(campaign), everything), by)
    told = [(c.kind, c.host.unit.key, c.before, c.after) for c in taken.changes.order_by("kind", "number")]
    assert told[:2] == [
        ("changed", "th-lamson", {"when": "07:30", "place": "Nhà văn hóa xã"},
         {"when": "8h - 9h30", "place": "Sân trường"}),
        ("changed", "th-lamson", {"place": "Trực tuyến"}, {"place": "Thư viện tỉnh"}),
    ]  # fmt: skip
    assert told[2][0:2] == ("removed", "so-tttt")

    result = actions.accept_changes(list(taken.changes.all()), by=by, at=LATER)

    assert (result.done, result.left) == (3, ())
    day = Activity.objects.get(content="Ngày hội đọc sách")
    assert (day.starts_at, day.ends_at, day.place) == (dt.time(8), dt.time(9, 30), "Sân trường")
    assert day.change_reason == "sửa trong bản Word “Lịch (sửa).docx” đưa lên ngày 29/09/2022"
    assert (Activity.objects.get(content="Thi kể chuyện").form, day.registration.state) == ("in_person", State.ACCEPTED)
    assert Activity.objects.get(content="Bản tin truyền thanh").cancelled_at == LATER
    events = Event.objects.filter(name="activities.activity.changed")
    assert [event.payload["by_office"] for event in events] == [True, True, True]
    assert Entry.objects.filter(what="schedule.change.accept").count() == 3
    assert taken_in(campaign, edited(draft_of(campaign), lambda rows: None), by).changes.count() == 0


def test_what_was_changed_here_since_is_not_undone_by_the_upload(campaign, by):
    data = edited(draft_of(campaign), lambda rows: setattr(rows["Ngày hội đọc sách"].cells[5], "text", "Mời phụ huynh"))
    day = Activity.objects.get(content="Ngày hội đọc sách")
    school = someone(Role.OFFICER, at=unit_of(campaign, "th-lamson"))
    activities.change_activity(day, reason="Mưa", place="Nhà đa năng", by=school, at=LATER)
    registered(unit_of(campaign, "tv-58"), [row("Đăng ký sau khi in")])

    taken = taken_in(campaign, data, by)

    assert [(c.kind, c.after) for c in taken.changes.all()] == [("changed", {"note": "Mời phụ huynh"})]
    actions.accept_change(taken.changes.get(), by=by, at=LATER)
    day.refresh_from_db()
    assert (day.place, day.note) == ("Nhà đa năng", "Mời phụ huynh")


def test_a_line_changed_on_both_sides_is_a_conflict_until_somebody_chooses(campaign, by):
    data = edited(draft_of(campaign), lambda rows: setattr(rows["Ngày hội đọc sách"].cells[2], "text", "Sân trường"))
    day = Activity.objects.get(content="Ngày hội đọc sách")
    activities.change_activity(day, reason="Mưa", place="Nhà đa năng", by=by, at=LATER)
    change = taken_in(campaign, data, by).changes.get()

    with pytest.raises(actions.ChangedHere):
        actions.accept_change(change, by=by, at=LATER)

    change.refresh_from_db()
    day.refresh_from_db()
    assert (change.state, day.place) == ("waiting", "Nhà đa năng")
    actions.accept_change(change, seen=day.sequence, by=by, at=LATER)
    day.refresh_from_db()
    assert day.place == "Sân trường"


def test_an_added_row_goes_to_the_unit_it_names_or_waits_for_one(campaign, by):
    def add(rows):
        for unit, content in (("Trường TH không có", "Không rõ đơn vị"), ("Sở Thông tin và Truyền thông", "Thêm")):
            new = copy.deepcopy(rows["Bản tin truyền thanh"]._tr)
            rows["Bản tin truyền thanh"]._tr.addnext(new)
            texts = [[t for t in tc.iter() if t.tag.endswith("}t")] for tc in new.tc_lst]
            texts[3][0].text, texts[4][0].text = content, unit
            for mark in [m for m in new.iter() if m.tag.endswith(("}bookmarkStart", "}bookmarkEnd"))]:
                mark.getparent().remove(mark)

    taken = taken_in(campaign, edited(draft_of(campaign), add), by)
    named, unnamed = taken.changes.order_by("number")
    assert (named.host.unit.key, named.codes) == ("so-tttt", [])
    assert (unnamed.host, unnamed.codes) == (None, ["unit_unknown"])

    actions.accept_change(named, by=by, at=LATER)
    with pytest.raises(actions.NoUnit):
        actions.accept_change(unnamed, by=by, at=LATER)
    actions.accept_change(unnamed, host=unit_of(campaign, "th-lamson"), by=by, at=LATER)

    added = Activity.objects.get(content="Thêm")
    assert (added.held_on, added.place, added.registration.host.unit.key) == (
        dt.date(2022, 10, 4), "Nhà văn hóa xã", "so-tttt",
    )  # fmt: skip
    assert Activity.objects.get(content="Không rõ đơn vị").registration.host.unit.key == "th-lamson"


def test_what_was_accepted_is_undone_as_long_as_nobody_changed_it_since(campaign, by):
    taken = taken_in(campaign, edited(draft_of(campaign), everything), by)
    changes = list(taken.changes.order_by("number"))
    actions.accept_changes(changes, by=by, at=LATER)
    after = Activity.objects.get(content="Thi kể chuyện")
    activities.change_activity(after, reason="Trùng lịch", held_on=dt.date(2022, 10, 5), by=by, at=LATER)

    for change in changes:
        if change.activity_id == after.pk:
            with pytest.raises(actions.NotUndone):
                actions.undo_change(change, by=by, at=LATER)
        else:
            actions.undo_change(change, by=by, at=LATER)

    day = Activity.objects.get(content="Ngày hội đọc sách")
    assert (day.starts_at, day.ends_at, day.place) == (dt.time(7, 30), None, "Nhà văn hóa xã")
    assert Activity.objects.get(content="Bản tin truyền thanh").cancelled_at is None
    states = dict(ProposedChange.objects.values_list("activity__content", "state"))
    assert states == {"Ngày hội đọc sách": "waiting", "Thi kể chuyện": "accepted", "Bản tin truyền thanh": "waiting"}


def test_a_second_click_is_refused_and_writes_nothing(campaign, by):
    data = edited(draft_of(campaign), everything)
    change = taken_in(campaign, data, by).changes.first()
    twin = ProposedChange.objects.get(pk=change.pk)
    actions.accept_change(change, by=by, at=LATER)
    written = Entry.objects.count()
    with pytest.raises(actions.DecidedAlready):
        actions.accept_change(twin, by=by, at=LATER)
    assert Entry.objects.count() == written


def test_a_release_is_known_by_its_property_and_without_it_by_its_line(campaign, by):
    release = actions.release_schedule(campaign, by=by, at=IN_TIME)
    data = to_docx(schedule_letter(edition_of_release(release)))
    assert understood(read(data, "a.docx"), campaign, at=LATER).source == actions.Source(release=release)
    word = WordDocument(io.BytesIO(data))
    copied = WordDocument()
    for element in list(word.element.body)[:-1]:
        copied.element.body.append(element)
    out = io.BytesIO()
    copied.save(out)
    found = understood(read(out.getvalue(), "chép.docx"), campaign, at=LATER)
    assert (found.source, found.comparison.proposals) == (actions.Source(release=release), ())


def test_a_draft_copied_into_a_new_file_is_known_by_its_minute(campaign, by):
    data = draft_of(campaign)
    copied = read(data, "a.docx")
    bare = type(copied)(copied.name, copied.blocks)
    assert understood(bare, campaign, at=LATER).source == actions.Source(draft=PrintedDraft.objects.get())


def test_another_weeks_paper_and_any_other_file_are_refused_in_words(campaign):
    with pytest.raises(NoScheduleInIt):
        understood(read(b"Xin chao cac ban", "a.txt"), campaign, at=LATER)
    data = draft_of(campaign)
    campaign.code = "ninh-thuan-2023"
    campaign.save()
    with pytest.raises(OfAnotherWeek):
        understood(read(data, "a.docx"), campaign, at=LATER)


def test_compare_prints_the_changes_and_writes_nothing(campaign, tmp_path, capsys):
    path = tmp_path / "lich.docx"
    path.write_bytes(edited(draft_of(campaign), everything))
    call_command("schedule", "compare", str(path), campaign=campaign.code, json=True)
    said = json.loads(capsys.readouterr().out)
    assert (said["rows"], said["unchanged"], len(said["changes"]), said["unplaced"]) == (2, 0, 3, [])
    assert not ProposedChange.objects.exists()
    call_command("schedule", "compare", str(path), campaign=campaign.code)
    assert "Thời gian: 07:30 → 8h - 9h30" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("schedule", "compare", str(tmp_path / "none.docx"), campaign=campaign.code)
