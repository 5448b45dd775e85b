"""Two spellings of one body made one: rights, links, contacts, rosters and registrations go over, nothing is lost."""

import datetime as dt
import enum
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db import IntegrityError, models, transaction

from tuanhoc.accounts.models import PersonalLink, Seat
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.units import queries
from tuanhoc.units.actions.ledger import Ledger, pointing_at
from tuanhoc.units.actions.timelines import Timelines
from tuanhoc.units.models import Contact, KnownApart, Reform, ReportingEdge, Succession, Unit, UnitName
from tuanhoc.units.rules.reforms import Doing
from tuanhoc.units.rules.trees import first_circle


class SameAlready(Refusal):
    message = N_("“%(name)s” đã được gộp trước đó.")


class OneAboveTheOther(Refusal):
    message = N_("“%(first)s” và “%(second)s” là cấp trên và cấp dưới của nhau nên không thể là một đơn vị.")


class InRoster(enum.StrEnum):
    """What becomes of the two units' places in one Week."""

    MOVED = "moved"  # only the other spelling was expected: its place, registration and all, goes over
    FOLDED = "folded"  # both were expected, one of them silent: one place stays, with what the two had
    BOTH = "both"  # both answered, or the Week is over: both stay as they were, the kept unit reaches both


@dataclass(frozen=True, slots=True)
class MadeOne:
    """What was done, or would be."""

    reform: Reform | None
    rosters: list[tuple[Campaign, InRoster]]
    #: table -> rows that went over
    moved: Counter[str]


def preview_same(kept: Unit, other: Unit, *, by: Actor, at: dt.datetime) -> MadeOne:
    """Make the two one, look at what came of it, and take it back: nothing is written."""
    with transaction.atomic():
        made = make_one(kept, other, by=by, at=at)
        transaction.set_rollback(True)
    return MadeOne(None, made.rosters, made.moved)


@transaction.atomic
def make_one(kept: Unit, other: Unit, *, by: Actor, at: dt.datetime) -> MadeOne:
    """Let ``other`` be only another spelling of ``kept``. It stays, closed, with a pointer; it can be undone.

    Whatever hangs on it is found by the database's own keys, so that a table made later is not forgotten.

    :raises SameAlready: one of them was made one with some unit before.
    :raises OneAboveTheOther: one reports to the other.
    """
    locked = {u.pk: u for u in Unit.objects.select_for_update(no_key=True).filter(pk__in=[kept.pk, other.pk])}
    kept, other = locked[kept.pk], locked[other.pk]
    for unit in (kept, other):
        if unit.same_as_id is not None or kept.pk == other.pk:
            raise SameAlready(name=unit.name)
    work = _Merging(kept, other, at.astimezone(HANOI).date())
    work.rosters_over()
    work.rows_over()
    work.close()
    title = f"{other.name} = {kept.name}"
    reform = Reform.objects.create(
        title=title[:300], on=work.today, counts={Doing.SAME.value: 1}, steps=work.ledger.steps, made_at=at,
        told=[{"what": Doing.SAME.value, "unit": kept.pk, "before": other.name, "after": kept.name}],
        by_name=by.name[:200],
    )  # fmt: skip
    details = {
        "before": other.name, "after": kept.name, "reform": reform.pk, "moved": dict(work.moved),
        "rosters": {campaign.code: outcome.value for campaign, outcome in work.rosters},
    }  # fmt: skip
    for unit in (kept, other):
        journal.write("units.unit.same", by=by, on=unit, at=at, details=details)
    for place in RosterUnit.objects.filter(unit=kept, campaign__in=[c for c, _outcome in work.rosters]):
        told: dict[str, object] = {"before": other.name, "after": kept.name, "reform": reform.pk}
        journal.write("campaigns.roster.same", by=by, on=place, at=at, unit_path=place.path, details=told)
    return MadeOne(reform, work.rosters, work.moved)


#: What stays with the other spelling: its own past, and who said what of it.
_STAYS: Collection[tuple[type[models.Model], str]] = (
    (RosterUnit, "unit"), (ReportingEdge, "unit"), (UnitName, "unit"), (KnownApart, "first"), (KnownApart, "second"),
    (Contact, "unit"), (Seat, "unit"), (PersonalLink, "unit"), (Campaign, "province"), (Campaign, "coordinator"),
)  # fmt: skip


class _Merging:
    def __init__(self, kept: Unit, other: Unit, today: dt.date) -> None:
        self.kept, self.other, self.today = kept, other, today
        self.ledger = Ledger()
        self.rosters: list[tuple[Campaign, InRoster]] = []
        self.moved: Counter[str] = Counter()

    # Places in Weeks.

    def rosters_over(self) -> None:
        """Bring the other's place in every Week to the kept one's, and all paths with it."""
        mine = {row.campaign_id: row for row in RosterUnit.objects.filter(unit=self.kept)}
        theirs = RosterUnit.objects.filter(unit=self.other).select_related("campaign").order_by("campaign_id")
        handled = set()
        for row in theirs:
            handled.add(row.campaign_id)
            own = mine.get(row.campaign_id)
            self.rosters.append((row.campaign, self._place(row, own)))
        for row in RosterUnit.objects.filter(path__contains=f"/{self.other.pk}/").exclude(campaign__in=handled):
            self._re_path(row, f"/{self.other.pk}/", f"/{self.kept.pk}/")

    def _place(self, row: RosterUnit, own: RosterUnit | None) -> InRoster:
        below = list(RosterUnit.objects.within(row).exclude(pk=row.pk))
        if own is None:
            self.ledger.change(row, unit_id=self.kept.pk)
            for one in [row, *below]:
                self._re_path(one, f"/{self.other.pk}/", f"/{self.kept.pk}/")
            return InRoster.MOVED
        if row.path.startswith(own.path) or own.path.startswith(row.path):
            raise OneAboveTheOther(first=self.kept.name, second=self.other.name)
        if row.campaign.state == Campaign.State.OPEN and self._folded(row, own):
            for one in below:
                self._re_path(one, row.path, own.path)
            return InRoster.FOLDED
        # Under the kept unit's own place: whoever has rights there has them here.
        before, after = row.path, f"{own.path}{self.other.pk}/"
        for one in [row, *below]:
            self._re_path(one, before, after)
        return InRoster.BOTH

    def _re_path(self, row: RosterUnit, before: str, after: str) -> None:
        self.ledger.change(row, path=row.path.replace(before, after, 1))

    def _folded(self, row: RosterUnit, own: RosterUnit) -> bool:
        """Hang all that hangs on ``row`` on ``own`` and take ``row`` away; False where the database keeps them apart.

        Two registrations cannot stand at one place: then both stay.
        """
        steps = len(self.ledger.steps)
        try:
            with transaction.atomic():
                for model, field in pointing_at(RosterUnit):
                    for hanging in model._base_manager.filter(**{field: row}).order_by("pk"):
                        self._re_hang(hanging, field, own.pk)
                self.ledger.remove(row)
        except IntegrityError:
            del self.ledger.steps[steps:]
            return False
        return True

    def _re_hang(self, hanging: models.Model, field: str, to: int) -> None:
        name = hanging._meta.get_field(field).name
        if hanging._meta.auto_created:
            # A row of a many-to-many table says nothing twice.
            others = {f.name: getattr(hanging, f.attname) for f in hanging._meta.concrete_fields if not f.primary_key}
            if type(hanging)._base_manager.filter(**(others | {name: to})).exists():
                self.ledger.remove(hanging)
                return
        self.ledger.change(hanging, **{f"{name}_id": to})

    # Everything else that points to the unit.

    def rows_over(self) -> None:
        """Hang seats, links, contacts, edges from below and all other rows on the kept unit."""
        self._seats_over()
        self._contacts_over()
        kept_apart = {campaign.pk for campaign, outcome in self.rosters if outcome is InRoster.BOTH}
        for link in PersonalLink.objects.filter(unit=self.other).exclude(campaign_id__in=kept_apart):
            self._over(link, "unit")
        for model, field in pointing_at(Unit):
            if (model, field) not in _STAYS:
                for row in model._base_manager.filter(**{field: self.other}).order_by("pk"):
                    self._over(row, field)

    def _over(self, row: models.Model, field: str) -> None:
        """Hang one row on the kept unit; one the database would not take there stays where it is."""
        steps = len(self.ledger.steps)
        try:
            with transaction.atomic():
                self.ledger.change(row, **{f"{field}_id": self.kept.pk})
        except IntegrityError:
            del self.ledger.steps[steps:]
            if isinstance(row, ReportingEdge | Succession):
                # It would lead from the kept unit to itself.
                self.ledger.remove(type(row)._base_manager.get(pk=row.pk))
            return
        self.moved[row._meta.label_lower] += 1

    def _seats_over(self) -> None:
        had = {(seat.user_id, seat.role): seat for seat in Seat.objects.filter(unit=self.kept)}
        for seat in Seat.objects.filter(unit=self.other).order_by("pk"):
            if twin := had.get((seat.user_id, seat.role)):
                # Who loses the one that stays has lost both: undoing must not give one back.
                self.ledger.rely_on(twin)
                self.ledger.remove(seat)
            else:
                self._over(seat, "unit")

    def _contacts_over(self) -> None:
        names = set(self.kept.contacts.values_list("name", flat=True))
        for contact in self.other.contacts.order_by("pk"):
            if contact.name in names:
                # One unit has one entry of a name; the second keeps its own ways to be reached under its number.
                self.ledger.change(contact, name=f"{contact.name[:110]} ({contact.pk})")
            self._over(contact, "unit")

    def close(self) -> None:
        """Close the other spelling with a pointer; its own edges end, and no circle may have come of it."""
        Timelines(self.ledger, [self.other.pk]).end(self.other.pk, day=self.today)
        ends = self.other.valid_to is None and (self.other.valid_from is None or self.other.valid_from < self.today)
        self.ledger.change(
            self.other,
            same_as_id=self.kept.pk,
            valid_to=self.today - dt.timedelta(days=1) if ends else self.other.valid_to,
        )
        if self.kept.area_id is None and self.other.area_id is not None:
            self.ledger.change(self.kept, area_id=self.other.area_id)
        for tree in ReportingEdge.Tree.values:
            if first_circle(queries.edge_spans(tree), since=dt.date(1900, 1, 1)):
                raise OneAboveTheOther(first=self.kept.name, second=self.other.name)


@transaction.atomic
def keep_apart(first: Unit, second: Unit, *, by: Actor, at: dt.datetime) -> None:
    """Remember that two units that look alike are different bodies; they are not flagged again."""
    low, high = sorted((first, second), key=lambda unit: unit.pk)
    _row, made = KnownApart.objects.get_or_create(
        first=low, second=high, defaults={"said_at": at, "by_name": by.name[:200]}
    )
    if made:
        details = {"units": [low.name, high.name], **journal.change("likeness", "unsaid", "apart")}
        journal.write("units.unit.apart", by=by, on=low, at=at, units=[low.pk, high.pk], details=details)


@transaction.atomic
def look_again(first: Unit, second: Unit, *, by: Actor, at: dt.datetime) -> None:
    """Take back that two units are different: they may be flagged again."""
    low, high = sorted((first, second), key=lambda unit: unit.pk)
    gone, _rows = KnownApart.objects.filter(first=low, second=high).delete()
    details = {"units": [low.name, high.name], **journal.change("likeness", "apart", "unsaid")}
    if gone:
        journal.write("units.unit.apart_undone", by=by, on=low, at=at, units=[low.pk, high.pk], details=details)
