"""Browsers of people who are signed in."""

from django.test import Client
from tests.builders import IN_TIME

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import User
from tuanhoc.lib.actor import SYSTEM, Role


def signed_in(role=Role.OFFICER, *, at=None, campaign=None):
    """Return the browser of somebody new with one seat: at a unit of the roster, on a campaign; None: with no seat."""
    user = User.objects.create_user(f"u{User.objects.count()}@example.vn")
    if role is not None:
        accounts.give_seat(
            user, role, unit=at.unit if at else None, campaign_id=campaign.pk if campaign else None,
            by=SYSTEM, at=IN_TIME,
        )  # fmt: skip
    client = Client()
    client.force_login(user)
    return client
