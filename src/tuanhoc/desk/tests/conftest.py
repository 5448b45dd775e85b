"""The Week of 2022 in the desk, while there is time, and who sits there."""

import pytest
from tests.builders import IN_TIME, unit_of, week

from tuanhoc.desk.tests.seats import signed_in
from tuanhoc.lib.actor import Role
from tuanhoc.web import clock


@pytest.fixture
def in_time(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)


@pytest.fixture
def campaign():
    return week()


@pytest.fixture
def officer(campaign):
    """Return the browser of the coordinator's officer."""
    return signed_in(Role.COORDINATOR, campaign=campaign)


@pytest.fixture
def district(campaign):
    """Return the browser of an officer of a district, which reviews its communes and schools."""
    return signed_in(Role.OFFICER, at=unit_of(campaign, "ubnd-585"))
