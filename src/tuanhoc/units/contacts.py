"""The people to reach at a unit are added, renewed, checked and taken off. A part of ``units.actions``.

The journal keeps who was changed and which ways, never a number or an address: personal data stands in one place,
and goes when the person is taken off.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from django.db import transaction
from django.db.models import Min

from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.refusal import N_, Refusal

from .contact_sheets import Row
from .models import Contact, Unit
from .rules import Person

_EMAIL = re.compile(r"[^@\s,;]{1,64}@[\w-]+(?:\.[\w-]+)+")
_LONGEST = {"name": 120, "role": 120, "phone": 40, "email": 254, "zalo": 60, "note": 300}


class ContactNeedsAWay(Refusal):
    message = N_("Vui lòng điền ít nhất một cách liên hệ: điện thoại, thư điện tử hoặc Zalo.")


class ContactHasNoName(Refusal):
    message = N_("Vui lòng điền họ tên.")


class BadAddress(Refusal):
    message = N_("Địa chỉ thư “%(email)s” chưa đúng, ví dụ vanthu@truong.edu.vn.")


class NoSuchWay(Refusal):
    message = N_("Cách liên hệ ưu tiên chưa có: vui lòng điền số hoặc địa chỉ của cách đó.")


class SameNameTwice(Refusal):
    message = N_("Đơn vị đã có đầu mối tên “%(name)s”. Vui lòng sửa đầu mối đó.")


class LastContact(Refusal):
    message = N_(
        "Đây là đầu mối cuối cùng: bỏ rồi thì không gửi được thư và liên kết cho đơn vị. "
        "Vui lòng thêm người thay, hoặc đánh dấu “vẫn bỏ”."
    )


@transaction.atomic
def keep_contact(unit: Unit, person: Person, *, contact: Contact | None = None, by: Actor, at: dt.datetime) -> Contact:
    """Add a person to reach at a unit, or renew one; what was just typed counts as checked on that day.

    :param contact: the one to renew, whose name may change; None: whoever has that name there, else a new one.
    :raises ContactHasNoName: nobody. :raises ContactNeedsAWay: neither telephone, e-mail nor Zalo.
    :raises BadAddress: no address of e-mail. :raises NoSuchWay: the preferred way is one that is not given.
    :raises SameNameTwice: another at the unit has the new name.
    """
    given = {**asdict(person), **{name: getattr(person, name)[:most] for name, most in _LONGEST.items()}}
    if not person.language:
        del given["language"]
    _refuse_what_reaches_nobody(person)
    # The unit's row is held, so that of two windows neither adds the same person twice.
    Unit.objects.select_for_update().get(pk=unit.pk)
    others = Contact.objects.filter(unit=unit, name=given["name"])
    if contact is not None and others.exclude(pk=contact.pk).exists():
        raise SameNameTwice(name=person.name)
    kept = contact or others.order_by("pk").first() or Contact(unit=unit)
    is_new = kept.pk is None
    told = _told(kept, given, is_new=is_new)
    for name, value in given.items():
        setattr(kept, name, value)
    kept.checked_on = at.astimezone(HANOI).date()
    kept.save()
    journal.write(
        "units.contact.add" if is_new else "units.contact.keep", by=by, on=unit, at=at,
        details={"name": kept.name, **told},
    )  # fmt: skip
    return kept


def _refuse_what_reaches_nobody(person: Person) -> None:
    if not person.name:
        raise ContactHasNoName
    if person.email and not _EMAIL.fullmatch(person.email):
        raise BadAddress(email=person.email[:60])
    if not (person.phone or person.email or person.zalo):
        raise ContactNeedsAWay
    if person.preferred and not getattr(person, person.preferred):
        raise NoSuchWay


@transaction.atomic
def remove_contact(contact: Contact, *, sure: bool = False, by: Actor, at: dt.datetime) -> None:
    """Take a person off a unit's list: the row goes, not only out of sight.

    :param sure: even if nobody is left to reach there.
    :raises LastContact: nobody would be left, and nobody said that this is meant.
    """
    # Held, so that of two windows that take off one each, the second finds itself at the last.
    Unit.objects.select_for_update().get(pk=contact.unit_id)
    is_last = not Contact.objects.filter(unit=contact.unit_id).exclude(pk=contact.pk).exists()
    if is_last and not sure:
        raise LastContact
    journal.write(
        "units.contact.remove", by=by, on=contact.unit, at=at,
        details={"name": contact.name, "last": is_last, **journal.change("contact", "present", journal.GONE)},
    )  # fmt: skip
    contact.delete()


@transaction.atomic
def check_contacts(unit: Unit, *, by: Actor, at: dt.datetime) -> int:
    """Say that everybody on a unit's list is still right; return how many."""
    today, standing = at.astimezone(HANOI).date(), Contact.objects.filter(unit=unit)
    oldest = standing.aggregate(oldest=Min("checked_on"))["oldest"]
    checked = standing.update(checked_on=today)
    told = journal.change("checked_on", oldest.isoformat() if oldest else journal.ABSENT, today.isoformat())
    journal.write("units.contact.check", by=by, on=unit, at=at, details={"people": checked, **told})
    return checked


@transaction.atomic
def take_contacts(rows: Sequence[Row], *, by: Actor, at: dt.datetime) -> tuple[int, int]:
    """Take the good rows of a contacts file; return (new, changed). Nobody is taken off.

    What a row leaves blank stays as it was.
    """
    there = {(c.unit_id, c.name): c for c in Contact.objects.filter(unit__in={row.unit_id for row in rows})}
    units = Unit.objects.in_bulk({row.unit_id for row in rows})
    new, changed = 0, 0
    for row in rows:
        known = there.get((row.unit_id, row.person.name))
        person = row.over(known)
        if known is not None and all(getattr(known, name) == value for name, value in asdict(person).items()):
            continue
        there[row.unit_id, person.name] = keep_contact(units[row.unit_id], person, contact=known, by=by, at=at)
        new, changed = new + (known is None), changed + (known is not None)
    return new, changed


def _told(kept: Contact, given: Mapping[str, object], *, is_new: bool) -> dict[str, object]:
    """Tell which fields of a person were written, and never what a phone or an address is: the journal is for ever."""
    changed = sorted(name for name, value in given.items() if getattr(kept, name) != value)
    if is_new:
        return journal.change("contact", journal.ABSENT, "present")
    return {
        "before": {name: "present" if getattr(kept, name) else journal.ABSENT for name in changed},
        "after": {
            name: (journal.GONE if not given[name] else "altered" if getattr(kept, name) else "present")
            for name in changed
        },
    }
