"""People are let in, given and taken seats, shut out and let in again. A part of ``accounts.actions``."""

import datetime as dt

from allauth.usersessions.models import UserSession
from django.db import transaction

from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_, Refusal

from .models import Seat, SignIn, User

#: How long tries to sign in are kept.
SIGN_INS_KEPT = dt.timedelta(days=180)


class NotYourself(Refusal):
    message = N_("Không thể tự ngừng tài khoản hay tự bỏ vai trò của chính mình. Vui lòng nhờ người khác có quyền.")


class LastOperator(Refusal):
    message = N_("Đây là người quản trị hệ thống cuối cùng, nên không ngừng được.")


@transaction.atomic
def invite_user(email: str, name: str, *, by: Actor, at: dt.datetime) -> tuple[User, bool]:
    """Return the person with this address, and whether an account was made for them just now."""
    user = User.objects.filter(email=email.lower()).first()
    if user is not None:
        return user, False
    user = User.objects.create_user(email, name=name[:120])
    journal.write(
        "accounts.user.invite", by=by, on=user, at=at,
        details={"email": user.email, "name": name, **journal.change("state", journal.ABSENT, "active")},
    )  # fmt: skip
    return user, True


@transaction.atomic
def take_seat(seat: Seat, *, by: Actor, at: dt.datetime) -> None:
    """Take a seat away. What was done from it stays done.

    :raises NotYourself: it is the actor's own.
    """
    if seat.user_id == by.user_id:
        raise NotYourself
    details: dict[str, object] = {
        "user": seat.user.email, "unit": seat.unit.name if seat.unit else "",
        **journal.change("role", seat.role, journal.GONE),
    }  # fmt: skip
    journal.write("accounts.seat.take", by=by, on=seat, at=at, details=details)
    seat.delete()


@transaction.atomic
def deactivate(user: User, *, by: Actor, at: dt.datetime) -> None:
    """Shut a person out at once, on every browser. Seats stay, for when they come back.

    :raises NotYourself: who does it would be shut out. :raises LastOperator: nobody could let anybody in again.
    """
    if user.pk == by.user_id:
        raise NotYourself
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    if user.is_superuser and not others.exists():
        raise LastOperator
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        journal.write(
            "accounts.user.deactivate", by=by, on=user, at=at,
            details={"email": user.email, **journal.change("state", "active", "inactive")},
        )  # fmt: skip
    for session in UserSession.objects.filter(user=user):
        session.end()


@transaction.atomic
def reactivate(user: User, *, by: Actor, at: dt.datetime) -> None:
    """Let a person in again."""
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        journal.write(
            "accounts.user.reactivate", by=by, on=user, at=at,
            details={"email": user.email, **journal.change("state", "inactive", "active")},
        )  # fmt: skip


@transaction.atomic
def end_sessions(user: User, *, but: str | None = None, by: Actor, at: dt.datetime) -> int:
    """Sign a person out of every browser; return how many. :param but: key of a session that stays."""
    sessions = list(UserSession.objects.filter(user=user).exclude(session_key=but or ""))
    for session in sessions:
        session.end()
    if sessions:
        journal.write(
            "accounts.user.sign_out", by=by, on=user, at=at, details=journal.change("sessions", len(sessions), 0)
        )
    return len(sessions)


def note_sign_in(
    user: User | None,
    email: str,
    *,
    succeeded: bool,
    method: str,
    address: str | None,
    browser: str,
    machine: dt.datetime,
) -> None:
    """Keep one try to sign in. A fact of its own, not a change: no journal."""
    SignIn.objects.create(
        user=user, email=email[:254], at=machine, succeeded=succeeded, method=method[:40], address=address or None,
        browser=browser[:200],
    )  # fmt: skip


def drop_old_sign_ins(*, machine: dt.datetime) -> int:
    """Forget tries to sign in past their time; return how many."""
    return SignIn.objects.filter(at__lt=machine - SIGN_INS_KEPT).delete()[0]
