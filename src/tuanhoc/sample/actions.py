"""Building the sample, and jumping in time."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from tuanhoc.accounts import actions as accounts
from tuanhoc.campaigns.models import Campaign
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import SYSTEM
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.units.models import Unit
from tuanhoc.web import clock

from . import gate, rules, snapshots
from .building import play

Say = Callable[[str], None]


class NoTimeBar(Refusal):
    message = N_("Thanh thời gian của dữ liệu mẫu cần cơ sở dữ liệu SQLite.")


class NotBuilt(Refusal):
    message = N_("Dữ liệu mẫu chưa được dựng xong. Vui lòng dừng rồi chạy lại scripts/run.")


class OtherContents(Refusal):
    message = N_(
        "Cơ sở dữ liệu này đã có dữ liệu khác nên không dựng dữ liệu mẫu đè lên. "
        "Vui lòng chọn thư mục khác bằng TUANHOC_DATA, hoặc tắt dữ liệu mẫu bằng TUANHOC_SAMPLE=0."
    )


def jump_to(stage: rules.Stage) -> None:
    """Put the stage's snapshot in the place of the database and let the clock run from its moment.

    What a visitor changed since is gone: the page that asks for this says so first. Waits for requests
    under way, then holds new ones for the moment it takes.

    :raises NoTimeBar: the database is not SQLite.
    :raises NotBuilt: there is no such snapshot.
    """
    if not snapshots.is_possible():
        raise NoTimeBar
    if not snapshots.are_current():
        raise NotBuilt
    with gate.alone(snapshots.folder()):
        # The database first: a page made in between from the new one is kept under the old turn, and forgotten.
        snapshots.put_back(stage)
        clock.move_to(stage.at)


def ensure(say: Say, *, every: int = 1) -> None:
    """Build the sample unless it stands; ``say`` tells in words how far it is.

    :param every: only each n-th unit takes part: a smaller sample for tests.
    :raises OtherContents: somebody works on something else in this database.
    """
    holds_something = Campaign.objects.exists()
    if not snapshots.is_possible():
        _ensure_without_stages(say, holds_something=holds_something)
        return
    if snapshots.are_current():
        if not holds_something:
            jump_to(rules.FIRST_SHOWN)
        return
    if holds_something:
        _set_old_sample_aside(say)
    say("Dựng Tuần lễ mẫu Ninh Thuận 2022 (chỉ lần đầu) …")
    snapshots.unseal()
    empty = _emptied if holds_something else _as_it_is
    with snapshots.workshop():
        empty()
        play(say, at_stage=snapshots.take, every=every)
    snapshots.seal()
    jump_to(rules.FIRST_SHOWN)


def _set_old_sample_aside(say: Say) -> None:
    if snapshots.built_as() is None or Campaign.objects.exclude(code=rules.CODE).exists():
        raise OtherContents
    kept = snapshots.set_aside("truoc-khi-dung-lai.sqlite3")
    say(f"Chương trình có phiên bản mới: dữ liệu mẫu được dựng lại. Bản trước được giữ ở {kept}.")


def _as_it_is() -> None:
    """A database without a Week needs no emptying."""


def _emptied() -> None:
    """Empty the copy in the workshop: tables stay, rows go."""
    from django.core.management import call_command

    with journal.unlocked():
        call_command("flush", verbosity=0, interactive=False)


def _ensure_without_stages(say: Say, *, holds_something: bool) -> None:
    if holds_something:
        if Campaign.objects.exclude(code=rules.CODE).exists():
            raise OtherContents
        return
    say("Dựng Tuần lễ mẫu Ninh Thuận 2022 …")
    with transaction.atomic():
        play(say, until=rules.FIRST_SHOWN)
    clock.move_to(rules.FIRST_SHOWN.at)


def school_link(*, at: dt.datetime) -> str:
    """Return the signed token of the school's personal link.

    The one made while building, so that whoever opened it stays signed in over a jump; a new one when
    that has gone (a visitor revoked it, or the secret key is another).
    """
    kept = snapshots.folder() / "school-link"
    token = kept.read_text(encoding="ascii") if kept.exists() else ""
    if token and accounts.link_of(token, at=at) is not None:
        return token
    campaign = Campaign.objects.get(code=rules.CODE)
    return accounts.make_link(
        Unit.objects.get(key=rules.SCHOOL_KEY),
        campaign_id=campaign.pk,
        expires_at=rules.link_closes_at(at),
        by=SYSTEM,
        at=at,
    )
