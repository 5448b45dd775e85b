"""All units' annexes as one zip: who is in it, where each lies, and what happens when a worker dies."""

import datetime as dt
import io
import zipfile

import pytest
from django_tasks_db.models import DBTaskResult
from docx import Document
from tests.builders import IN_TIME, coordinator, registered, row, someone, unit_of, week

from tuanhoc.activities import actions, archives
from tuanhoc.activities.documents import file_name
from tuanhoc.activities.jobs import write_archive
from tuanhoc.activities.models import AnnexArchive
from tuanhoc.lib.actor import Role
from tuanhoc.outbox.actions import deliver_waiting
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db
MACHINE = dt.datetime(2022, 9, 28, 2, 30, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clocks(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)
    monkeypatch.setattr(clock, "machine", lambda: MACHINE)
    settings.DATA_DIR = tmp_path


@pytest.fixture
def campaign():
    campaign = week()
    registered(unit_of(campaign, "th-lamson"), [row("Ngày hội đọc sách")])
    registered(unit_of(campaign, "ubnd-585"))
    school = unit_of(campaign, "xa-nhonhai")
    by = someone(Role.OFFICER, at=school)
    actions.save_rows(actions.begin_registration(school, by=by, at=IN_TIME), [row("Đang soạn")], by=by, at=IN_TIME)
    return campaign


def asked(campaign, machine=MACHINE, **options):
    return actions.ask_for_annexes(campaign, by=coordinator(campaign), at=IN_TIME, machine=machine, **options)


def written(archive):
    write_archive.func(archive.pk)
    archive.refresh_from_db()
    return zipfile.ZipFile(archives.path_of(archive))


def test_every_unit_that_wrote_something_has_its_annex_in_its_districts_folder(campaign):
    archive = asked(campaign)
    packed = written(archive)
    assert sorted(packed.namelist()) == [
        "UBND huyện Ninh Hải/UBND xã Nhơn Hải.docx",
        "UBND huyện Ninh Sơn/Trường Tiểu học Lâm Sơn.docx",
        "UBND huyện Ninh Sơn/UBND huyện Ninh Sơn.docx",
    ]
    assert (archive.state, archive.done, archive.total) == ("done", 3, 3)
    word = Document(io.BytesIO(packed.read("UBND huyện Ninh Sơn/Trường Tiểu học Lâm Sơn.docx")))
    assert word.tables[0].rows[1].cells[3].text == "Ngày hội đọc sách"
    said = [paragraph.text for paragraph in word.paragraphs]
    assert any(text.startswith("Biên nhận số 2022-") for text in said)


def test_with_blank_forms_every_expected_unit_is_in_it(campaign):
    packed = written(asked(campaign, with_blanks=True))
    assert len(packed.namelist()) == campaign.roster.count()
    assert "Cấp tỉnh/Thư viện tỉnh.docx" in packed.namelist()
    word = Document(io.BytesIO(packed.read("Cấp tỉnh/Thư viện tỉnh.docx")))
    assert len(word.tables[0].rows) == 1 + 7 * 3


def test_two_units_of_one_name_do_not_lie_on_each_other(campaign):
    campaign.roster.update(name="Trường Mầm non Hoa Sen")
    names = written(asked(campaign)).namelist()
    assert len(names) == len(set(names)) == 3


def test_asking_twice_is_asking_once_and_the_event_begins_the_task(campaign):
    assert asked(campaign) == asked(campaign)
    assert deliver_waiting(at=IN_TIME) > 0
    assert DBTaskResult.objects.filter(task_path="tuanhoc.activities.jobs.write_archive").count() == 1


def test_a_second_worker_finds_nothing_to_do(campaign):
    archive = asked(campaign)
    begun = archives.begin(archive.pk, total=3, machine=MACHINE)
    assert begun is not None
    assert write_archive.func(archive.pk) == "nothing to do"


def test_what_a_dead_worker_left_is_begun_anew_and_its_late_words_count_nothing(campaign):
    archive = asked(campaign)
    dead = archives.begin(archive.pk, total=3, machine=MACHINE - dt.timedelta(minutes=9))
    assert actions.pick_up_stalled(machine=MACHINE) == 1
    assert actions.pick_up_stalled(machine=MACHINE) == 0

    written(archive)

    assert not archives.go_on(dead, done=1, machine=MACHINE)
    archive.refresh_from_db()
    assert (archive.state, archive.turn) == ("done", 2)
    assert [path.name for path in archives.path_of(archive).parent.iterdir()] == [archives.path_of(archive).name]


def test_what_killed_several_workers_is_given_up(campaign):
    archive = asked(campaign)
    AnnexArchive.objects.update(state="running", turn=archives.MOST_TURNS, alive_at=MACHINE - dt.timedelta(hours=1))
    assert actions.pick_up_stalled(machine=MACHINE) == 0
    archive.refresh_from_db()
    assert archive.state == "failed"


def test_a_finished_zip_is_kept_for_a_day(campaign):
    archive = asked(campaign)
    written(archive)
    assert actions.drop_expired(at=IN_TIME + dt.timedelta(hours=23)) == 0
    assert actions.drop_expired(at=IN_TIME + dt.timedelta(hours=25)) == 1
    archive.refresh_from_db()
    assert (archive.state, archives.path_of(archive).exists()) == ("expired", False)


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../etc/passwd", "etc passwd"), ('A "B": C?', "A B C"), ("...", "don-vi"), ("x" * 300, "x" * 120)],
)
def test_a_name_is_one_any_system_can_write(name, kept):
    assert file_name(name) == kept
