"""Seats given, links made and revoked."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence

from django.core import signing
from django.db import transaction

from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor, Role
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.outbox import actions as outbox
from tuanhoc.units.models import Unit

from .events import LinkSpokenOf
from .models import LinkRequest, PersonalLink, Seat, User
from .people import LastOperator as LastOperator  # noqa: PLC0414 - given on through this door
from .people import NotYourself as NotYourself  # noqa: PLC0414 - as above
from .people import deactivate as deactivate  # noqa: PLC0414 - as above
from .people import drop_old_sign_ins as drop_old_sign_ins  # noqa: PLC0414 - as above
from .people import end_sessions as end_sessions  # noqa: PLC0414 - as above
from .people import invite_user as invite_user  # noqa: PLC0414 - as above
from .people import note_sign_in as note_sign_in  # noqa: PLC0414 - as above
from .people import reactivate as reactivate  # noqa: PLC0414 - as above
from .people import take_seat as take_seat  # noqa: PLC0414 - as above

_SALT = "tuanhoc.personal-link"


class AlreadyAnswered(Refusal):
    message = N_("Đề nghị này đã được giải quyết.")


def digest(token: str) -> str:
    """Return what is kept of a link's token."""
    return hashlib.sha256(token.encode("ascii")).hexdigest()


@transaction.atomic
def give_seat(
    user: User,
    role: Role,
    *,
    unit: Unit | None = None,
    campaign_id: int | None = None,
    by: Actor,
    at: dt.datetime,
) -> Seat:
    """Seat ``user`` at a unit, or as coordinator on a campaign. Giving it twice changes nothing."""
    seat, made = Seat.objects.get_or_create(user=user, role=role.value, unit=unit, campaign_id=campaign_id)
    if made:
        journal.write(
            "accounts.seat.give",
            by=by,
            on=seat,
            at=at,
            details={
                "user": user.email,
                "unit": unit.name if unit else "",
                **journal.change("role", journal.ABSENT, role.value),
            },
        )
    return seat


def choose_language(user_id: int, language: str) -> None:
    """Remember in which language somebody reads. A taste, not a happening: no journal."""
    User.objects.filter(pk=user_id).update(language=language)


@transaction.atomic
def make_link(
    unit: Unit,
    *,
    campaign_id: int,
    expires_at: dt.datetime,
    by: Actor,
    at: dt.datetime,
    role: Role = Role.OFFICER,
    holder: str = "",
) -> str:
    """Make a personal link for ``unit`` and return its signed token: shown once, never kept."""
    [signed] = make_links([(unit, holder)], campaign_id=campaign_id, expires_at=expires_at, by=by, at=at, role=role)
    return signed


@transaction.atomic
def make_links(
    wanted: Sequence[tuple[Unit, str]],
    *,
    campaign_id: int,
    expires_at: dt.datetime,
    by: Actor,
    at: dt.datetime,
    role: Role = Role.OFFICER,
) -> list[str]:
    """Make a personal link for each unit and holder; return their signed tokens in this order. Two statements."""
    tokens = [secrets.token_urlsafe(18) for _ in wanted]
    links = PersonalLink.objects.bulk_create(
        PersonalLink(
            unit=unit, campaign_id=campaign_id, role=role.value, holder=holder, token_digest=digest(token),
            made_at=at, expires_at=expires_at,
        )
        for (unit, holder), token in zip(wanted, tokens, strict=True)
    )  # fmt: skip
    told = journal.change("state", journal.ABSENT, "usable")
    journal.write_each(
        "accounts.link.make", [journal.Thing(link, {"unit": link.unit.name, **told}) for link in links], by=by, at=at
    )
    signer = signing.Signer(salt=_SALT)
    return [signer.sign(token) for token in tokens]


@transaction.atomic
def revoke_links(unit: Unit, *, campaign_id: int, role: Role | None = None, by: Actor, at: dt.datetime) -> int:
    """Close every open link of ``unit`` for a campaign, or those of one role; return how many."""
    closed = 0
    links = PersonalLink.objects.filter(unit=unit, campaign_id=campaign_id, revoked_at=None)
    for link in links if role is None else links.filter(role=role.value):
        link.revoked_at = at
        link.save(update_fields=["revoked_at"])
        journal.write(
            "accounts.link.revoke", by=by, on=link, at=at,
            details={
                "unit": unit.name, **journal.change("state", "usable" if link.expires_at > at else "expired", "revoked")
            },
        )  # fmt: skip
        closed += 1
    return closed


def end_links(campaign_id: int, *, at: dt.datetime) -> int:
    """End every open link of a campaign now, inside the caller's transaction; return how many. One statement.

    Unlike a revoked one, an ended link can be resumed (:func:`resume_links`).
    """
    return PersonalLink.objects.filter(campaign_id=campaign_id, revoked_at=None, expires_at__gt=at).update(
        expires_at=at
    )


def resume_links(campaign_id: int, *, ended_at: dt.datetime, until: dt.datetime) -> int:
    """Let the links of a campaign that were ended at that moment open again until ``until``; return how many."""
    return PersonalLink.objects.filter(campaign_id=campaign_id, revoked_at=None, expires_at=ended_at).update(
        expires_at=until
    )


def link_of(signed: str, *, at: dt.datetime) -> PersonalLink | None:
    """Return the open link a signed token belongs to; None when forged, expired or revoked."""
    try:
        token = signing.Signer(salt=_SALT).unsign(signed)
    except signing.BadSignature:
        return None
    return PersonalLink.objects.filter(token_digest=digest(token), revoked_at=None, expires_at__gt=at).first()


def use_link(link: PersonalLink, *, at: dt.datetime) -> None:
    """Note that the link was opened."""
    PersonalLink.objects.filter(pk=link.pk).update(last_used_at=at)


def was_ours(signed: str) -> bool:
    """Whether a signed token was made here, open or not."""
    try:
        return PersonalLink.objects.filter(token_digest=digest(signing.Signer(salt=_SALT).unsign(signed))).exists()
    except signing.BadSignature:
        return False


@transaction.atomic
def say(
    kind: LinkRequest.Kind,
    *,
    campaign_id: int,
    unit: Unit | None = None,
    unit_words: str = "",
    link: PersonalLink | None = None,
    name: str = "",
    phone: str = "",
    email: str = "",
    words: str = "",
    by: Actor,
    at: dt.datetime,
) -> LinkRequest:
    """Keep what somebody says about a unit's link. Said again while unanswered, it is kept once, in its last words."""
    request, made = LinkRequest.objects.update_or_create(
        kind=kind,
        campaign_id=campaign_id,
        unit=unit,
        unit_words=unit_words[:200],
        email=email,
        phone=phone[:40],
        answered_at=None,
        defaults={"link": link, "name": name[:120], "words": words[:500], "made_at": at},
    )
    if made:
        journal.write(
            "accounts.request.make", by=by, on=request, at=at,
            details={"kind": str(kind), **journal.change("state", journal.ABSENT, "waiting")},
        )  # fmt: skip
        outbox.record(LinkSpokenOf(request_id=request.pk, campaign_id=campaign_id), at=at)
    return request


@transaction.atomic
def answer_request(request: LinkRequest, *, by: Actor, at: dt.datetime) -> None:
    """Mark what was said as settled.

    :raises AlreadyAnswered: by an earlier click.
    """
    moved = LinkRequest.objects.filter(pk=request.pk, answered_at=None).update(
        answered_at=at, answered_by=by.name[:200]
    )
    if not moved:
        raise AlreadyAnswered
    journal.write(
        "accounts.request.answer", by=by, on=request, at=at,
        details={"kind": request.kind, **journal.change("state", "waiting", "answered")},
    )  # fmt: skip
