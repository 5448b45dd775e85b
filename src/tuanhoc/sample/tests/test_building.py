"""The Week is played by the product's own actions and comes out the same every time."""

import datetime as dt
import random

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult
from tests.builders import unit_of, week

from tuanhoc.activities.models import Registration, State, Submission
from tuanhoc.campaigns.models import Campaign
from tuanhoc.files.models import StoredFile
from tuanhoc.intake.models import FormFile
from tuanhoc.journal.models import Entry
from tuanhoc.notices.post import send_message
from tuanhoc.outbox.models import Event
from tuanhoc.sample import rules
from tuanhoc.sample.building import fates, play, pools, telling
from tuanhoc.schedule.models import Release
from tuanhoc.schedule.queries import released_lines
from tuanhoc.schedule.rules import changes
from tuanhoc.web import clock


def test_the_same_seed_draws_the_same_seasons():
    def drawn(seed):
        turn = random.Random(seed)
        return [fates.draw(turn) for _ in range(300)]

    assert drawn(7) == drawn(7)
    assert drawn(7) != drawn(8)


def test_a_season_goes_forward_in_time_and_nobody_begins_before_the_call():
    turn = random.Random(1)
    for fate in (fates.draw(turn) for _ in range(500)):
        moments = [
            m
            for m in (fate.begun_at, fate.handed_in_at, fate.reviewed_at, fate.corrected_at, fate.accepted_at)
            if m is not None
        ]
        assert moments == sorted(moments)
        assert all(m > rules.STAGES[0].at for m in moments)


def test_every_course_a_season_can_take_is_taken():
    turn = random.Random(20221001)
    assert {fates.draw(turn).course for _ in range(390)} == set(fates.Course)


@pytest.mark.django_db
def test_lines_name_the_unit_and_its_own_area_and_leave_no_slot_open():
    campaign = week()
    lines = pools.load()
    host = unit_of(campaign, "xa-lamson")
    turn = random.Random(3)
    drawn = [row for _ in range(40) for row in lines.draw(host, turn)]

    assert [row for row in drawn if "{" in row.content + row.place + row.note + row.link] == []
    assert all(campaign.starts_on <= row.held_on <= campaign.ends_on for row in drawn)
    assert all(row.ends_on is None or row.held_on < row.ends_on <= campaign.ends_on for row in drawn)
    assert any("UBND xã Lâm Sơn" in row.place for row in drawn)


def test_every_pool_can_fill_a_schedule_of_its_kind():
    lines = pools.load()
    named = {slot for pool in lines.lines.values() for line in pool for slot in pools._SLOT.findall(str(line))}
    assert named <= {"name", "area", "key", *lines.slots}
    assert {kind: most for kind, (_, most) in pools._HOW_MANY.items() if len(lines.lines[kind]) < most} == {}


def test_from_an_empty_database_to_two_releases(sample):
    assert_the_week_was_played()


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor == "sqlite", reason="the test above looks at the Week built once for all tests")
def test_from_an_empty_database_to_two_releases_without_snapshots(settings, tmp_path):
    settings.SAMPLE, settings.DATA_DIR = True, tmp_path

    play(lambda words: None, until=rules.FIRST_SHOWN, every=12)

    assert_the_week_was_played()


def assert_the_week_was_played():
    """What stands in the middle of the Week, whatever the database."""
    campaign = Campaign.objects.get()
    assert (campaign.code, campaign.theme) == (
        "ninh-thuan-2022",
        "Thúc đẩy chuyển đổi số phục vụ cho học tập suốt đời sau đại dịch COVID-19",
    )
    assert campaign.roster.count() == 390
    assert StoredFile.objects.filter(pk=campaign.plan_file_id).exists()
    first, second = Release.objects.order_by("number")
    changed = changes(released_lines(first), released_lines(second))
    assert bool(changed.moved)
    assert bool(changed.cancelled)
    # Nothing stands that no action wrote down.
    assert Entry.objects.filter(what="activities.registration.submit").count() == Submission.objects.count()
    assert Registration.objects.filter(state=State.ACCEPTED).count() <= Submission.objects.count()
    assert Event.objects.filter(delivered_at=None).count() == 0
    assert not Registration.objects.filter(host__unit__key=rules.SCHOOL_KEY).exists()
    # Word and web side by side: confirmed forms became registrations, handed in on the day they came.
    confirmed = FormFile.objects.filter(state=FormFile.State.CONFIRMED).select_related("registration")
    assert confirmed.count() >= 4
    assert [form.name for form in confirmed if form.registration.submitted_at != form.received_at] == []
    assert Registration.objects.filter(entered_on_behalf=False).count() > confirmed.count()


@pytest.mark.django_db
def test_letters_in_their_minute_of_grace_leave_at_once_and_later_tries_do_not():
    now = clock.machine()
    for later in (dt.timedelta(seconds=50), dt.timedelta(hours=1)):
        send_message.using(run_after=now + later).enqueue(0)
    assert DBTaskResult.objects.ready().count() == 0
    telling.let_grace_pass()
    assert DBTaskResult.objects.ready().count() == 1
