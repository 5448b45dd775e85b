"""Rows of an earlier Week are copied into a draft, marked until somebody has looked. A part of ``activities.actions``.

The mark stands in a row's ``source`` ("chép từ 2022"), where a row read from a file says which cell it came from.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import F

from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.shifts import Shift

from . import rules
from .locking import refuse_when_locked
from .models import Activity, Registration, State
from .queries import Lasting, draft_of


class NothingChosen(Refusal):
    message = N_("Vui lòng đánh dấu ít nhất một hoạt động để chép.")


class NotBeingWritten(Refusal):
    message = N_("Lịch đã nộp nên không chép thêm được.")


@transaction.atomic
def copy_rows(
    registration: Registration, chosen: Sequence[tuple[Lasting, Shift]], *, by: Actor, at: dt.datetime
) -> int:
    """Put rows of the unit's last accepted registration behind those of the draft; return how many.

    One that was copied before is not copied again. Last year's link is left out, and its contact is not public.

    :param chosen: rows with how each is moved into this Week.
    :raises NothingChosen: none. :raises NotBeingWritten: it was handed in. :raises UnitLocked: the unit is locked.
    """
    if not chosen:
        raise NothingChosen
    refuse_when_locked(registration.host, state=registration.state, by=by, at=at)
    editable = Registration.objects.editable().filter(pk=registration.pk)
    if not editable.update(version=F("version") + 1, saved_at=at):
        raise NotBeingWritten
    standing = [draft_of(a) for a in registration.activities.order_by("position", "pk")]
    there = {_likeness(row) for row in standing if rules.copied_from(row.source)}
    rows = [row for lasting, shift in chosen if _likeness(row := lasting.shifted(shift)) not in there]
    for position, row in enumerate(rows, start=len(standing)):
        _create(registration, row, position, at=at)
    registration.refresh_from_db()
    journal.write(
        "activities.registration.copy", by=by, on=registration, unit_path=registration.host.path, at=at,
        details={
            "from": sorted({lasting.year for lasting, _shift in chosen}),
            **journal.change("activities", len(standing), len(standing) + len(rows)),
        },
    )  # fmt: skip
    return len(rows)


def _likeness(row: rules.ActivityDraft) -> tuple[object, ...]:
    return (row.held_on, row.content, row.place, row.starts_at)


def _create(registration: Registration, row: rules.ActivityDraft, position: int, *, at: dt.datetime) -> None:
    host = registration.host
    row = replace(row, area_id=row.area_id or host.area_id)
    groups = row.audience_groups or rules.audience_groups(row.audience, row.content, row.note)
    folded, marked = rules.search_texts(row, host.name)
    Activity.objects.create(
        registration=registration, position=position, held_on=row.held_on, ends_on=row.ends_on,
        starts_at=row.starts_at, ends_at=row.ends_at, part_of_day=row.part_of_day, place=row.place,
        content=row.content, note=row.note, form=row.form, audience=row.audience,
        audience_groups=f",{','.join(groups)}," if groups else "", expected_people=row.expected_people,
        host=row.host, contact=row.contact, contact_is_public=False, area_id=row.area_id, fee=row.fee,
        is_public=row.is_public, source=row.source, changed_at=at, search_folded=folded, search_marked=marked,
    )  # fmt: skip


def _copied(registration: Registration) -> list[Activity]:
    rows = registration.activities.filter(source__startswith=rules.COPIED)
    return [row for row in rows.order_by("position", "pk") if rules.copied_from(row.source)]


@transaction.atomic
def take_copies_out(registration: Registration, *, by: Actor, at: dt.datetime) -> int:
    """Take out the copied rows nobody has changed or confirmed yet: the way back. Returns how many.

    :raises NotBeingWritten: it was handed in.
    """
    return _settle(registration, "uncopy", by=by, at=at)


@transaction.atomic
def confirm_copies(registration: Registration, *, by: Actor, at: dt.datetime) -> int:
    """Say that the copied rows are right as they stand: their mark goes. Returns how many.

    :raises NotBeingWritten: it was handed in.
    """
    return _settle(registration, "checked", by=by, at=at)


def _settle(registration: Registration, what: str, *, by: Actor, at: dt.datetime) -> int:
    refuse_when_locked(registration.host, state=registration.state, by=by, at=at)
    editable = Registration.objects.filter(pk=registration.pk, state__in=[State.DRAFT, State.RETURNED])
    if not editable.update(version=F("version") + 1, saved_at=at):
        raise NotBeingWritten
    copied = _copied(registration)
    chosen = Activity.objects.filter(pk__in=[row.pk for row in copied])
    if what == "uncopy":
        chosen.delete()
        # The sheet counts rows without gaps.
        for position, row in enumerate(registration.activities.order_by("position", "pk")):
            Activity.objects.filter(pk=row.pk).update(position=position)
    else:
        chosen.update(source="")
    registration.refresh_from_db()
    journal.write(
        f"activities.registration.{what}", by=by, on=registration, unit_path=registration.host.path, at=at,
        details=journal.change("to_check", len(copied), 0),
    )  # fmt: skip
    return len(copied)
