"""What the sign-in package tells of: tries to sign in are noted, a first second factor signs out other browsers."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from tuanhoc.web import clock

from . import actions
from .models import User
from .queries import actor_of

#: by the page on which somebody came in
_METHODS = {
    "account_login": "password", "account_confirm_login_code": "code", "mfa_authenticate": "second_factor",
    "mfa_login_webauthn": "passkey",
}  # fmt: skip


@receiver(user_logged_in)
def note_success(request: HttpRequest, user: User, **_told: Any) -> None:
    """Note who came in, how and on which machine, whatever page let them in: the framework tells of every one.

    A request without anybody on it came through no page: a program's own, with no machine to list.
    """
    if not hasattr(request, "user"):
        return
    if not request.session.session_key:
        request.session.save()
    UserSession.objects.create_from_request(request)
    match = request.resolver_match
    _note(request, user, user.email, succeeded=True, method=_METHODS.get(match.url_name or "" if match else "", ""))


@receiver(user_login_failed)
def note_failure(credentials: dict[str, Any], request: HttpRequest | None = None, **_told: Any) -> None:
    """Note who did not; the password that was typed is never looked at."""
    email = str(credentials.get("email") or credentials.get("username") or "").lower()
    if request is not None:
        _note(request, User.objects.filter(email=email).first(), email, succeeded=False, method="")


@receiver(authenticator_added)
def sign_out_elsewhere(request: HttpRequest, user: User, authenticator: Authenticator, **_told: Any) -> None:
    """End every other session with the first factor: none of them ever proved one, and from now on all would pass."""
    factors = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    if authenticator.type != Authenticator.Type.RECOVERY_CODES and factors.count() == 1:
        actions.end_sessions(user, but=request.session.session_key, by=actor_of(user), at=clock.now())


def _note(request: HttpRequest, user: User | None, email: str, *, succeeded: bool, method: str) -> None:
    actions.note_sign_in(
        user, email, succeeded=succeeded, method=method, address=get_adapter().get_client_ip(request),
        browser=request.headers.get("User-Agent", ""), machine=clock.machine(),
    )  # fmt: skip
