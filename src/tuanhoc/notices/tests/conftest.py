"""What tests of letters share: the two clocks, and people in charge of units of the small province."""

import datetime as dt

import pytest
from tests.builders import IN_TIME

from tuanhoc.units.models import Contact, Unit
from tuanhoc.web import clock

#: the machine's own clock, years from the Week's: what is due to be sent, and when, is told by it
MACHINE = dt.datetime(2026, 3, 1, 8, 20, tzinfo=dt.UTC)


@pytest.fixture
def in_time(monkeypatch):
    """Let the Week's clock stand before the deadline, and the machine's at ``MACHINE``."""
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)
    monkeypatch.setattr(clock, "machine", lambda: MACHINE)


def contact(key, email, name="Chị Lan"):
    """Let somebody be in charge of a unit."""
    return Contact.objects.create(unit=Unit.objects.get(key=key), name=name, email=email)
