"""The one clock, and how the sample moves it."""

import datetime as dt

import pytest

from tuanhoc.lib.dates import HANOI
from tuanhoc.web import clock

MORNING = dt.datetime(2022, 9, 29, 9, tzinfo=HANOI)


@pytest.fixture
def in_the_sample(settings, tmp_path):
    settings.SAMPLE, settings.DATA_DIR = True, tmp_path


def test_outside_the_sample_time_is_never_moved(settings, tmp_path):
    settings.SAMPLE, settings.DATA_DIR = False, tmp_path
    with pytest.raises(RuntimeError):
        clock.move_to(MORNING)
    assert not (tmp_path / "sample").exists()


def test_the_moved_clock_runs_on(in_the_sample):
    clock.move_to(MORNING)
    first, second = clock.now(), clock.now()
    assert MORNING <= first < second < MORNING + dt.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("passed", "shown"),
    [
        (dt.timedelta(hours=3), MORNING + dt.timedelta(hours=3)),
        (dt.timedelta(days=4), dt.datetime(2022, 9, 29, 23, 59, tzinfo=HANOI)),
        (-dt.timedelta(hours=1), MORNING),
    ],
    ids=["three hours later", "left running for days", "machine set back"],
)
def test_it_waits_at_the_end_of_its_day_and_never_goes_back(passed, shown):
    moved = clock._Moved(MORNING, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    assert moved.now(dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + passed) == shown


def test_given_back_it_shows_the_real_time(in_the_sample):
    clock.move_to(MORNING)
    clock.move_to(None)
    assert abs(clock.now() - clock.machine()) < dt.timedelta(minutes=1)
