"""The door: accounts are given by the operator or the coordinator, nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in only; ``is_open_for_signup`` is always no."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: a seat comes with an invitation."""
        return False
