"""Read answers for clearing an inbox: which form comes next, what was confirmed together, who touched it last."""

import datetime as dt
from dataclasses import dataclass

from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.intake.models import ConfirmationBatch, FormFile, FormFileQuerySet
from tuanhoc.journal.models import Entry
from tuanhoc.lib.text import fold, vietnamese_key

from .forms import confirmable_unseen

#: Ways to sort the list: by what needs a look, by unit, newest first.
LOOK, UNIT, NEWEST = "can-xem", "don-vi", "moi"
ORDERS = (LOOK, UNIT, NEWEST)
#: What other officers may have done to a form that one is working on.
_TOUCHES = (
    "intake.form.correct", "intake.form.confirm", "intake.form.set_aside", "intake.form.take_up", "intake.form.undo",
    "intake.form.read_again",
)  # fmt: skip


def in_order(forms: FormFileQuerySet, order: str = LOOK, query: str = "") -> list[int]:
    """Return the forms to list, those that need a look most first. One query.

    :param query: words of the unit's or the file's name, marks or not.
    """
    rows = forms.order_by("-open_points", "match_score", "-uploaded_at", "pk")
    found = list(rows.values_list("pk", "name", "host__name", "uploaded_at"))
    if query:
        found = [row for row in found if fold(query) in fold(f"{row[1]} {row[2] or ''}")]
    if order == UNIT:
        # Forms of no unit yet come first: they need one.
        found.sort(key=lambda row: (row[2] is not None, vietnamese_key(row[2] or row[1]), row[0]))
    elif order == NEWEST:
        found.sort(key=lambda row: (row[3], row[0]), reverse=True)
    return [row[0] for row in found]


@dataclass(frozen=True, slots=True)
class Round:
    """Where one form stands among those a person has to look at. ``after`` None: it is the last."""

    number: int
    total: int
    before: int | None
    after: int | None


def round_of(forms: FormFileQuerySet, form: FormFile) -> Round:
    """Return the place of ``form`` among the waiting ones that need a person; the end leads on to the start.

    Forms that leave nothing to ask are not among them: they are confirmed together. Four queries.
    """
    unseen = set(confirmable_unseen(forms).values_list("pk", flat=True)) - {form.pk}
    ordered = [pk for pk in in_order(forms.to_confirm() | forms.filter(pk=form.pk)) if pk not in unseen]
    waiting = set(forms.to_confirm().values_list("pk", flat=True))
    at = ordered.index(form.pk) if form.pk in ordered else 0
    others = [pk for pk in (*ordered[at + 1 :], *ordered[:at]) if pk != form.pk and pk in waiting]
    total = len(others) + (form.pk in waiting)
    return Round(at + 1, total, others[-1] if others else None, others[0] if others else None)


def standing_in(batch: ConfirmationBatch) -> FormFileQuerySet:
    """Return the forms of a stroke that are still confirmed, by unit."""
    forms = FormFile.objects.filter(batch=batch, state=FormFile.State.CONFIRMED)
    return forms.select_related("host__campaign", "campaign", "registration__host").order_by("host__name", "pk")


@dataclass(frozen=True, slots=True)
class Stroke:
    """One confirmation of many, with how many of its forms still stand confirmed."""

    batch: ConfirmationBatch
    standing: int


def strokes(forms: FormFileQuerySet, *, of: RosterUnit | None, most: int = 10) -> list[Stroke]:
    """Return the latest strokes of an inbox that still stand, newest first. Two queries.

    :param of: the district whose own strokes are wanted; None: the coordinator sees everybody's.
    """
    standing: dict[int, int] = {}
    batched = forms.filter(state=FormFile.State.CONFIRMED, batch__isnull=False).values_list("batch_id", flat=True)
    for batch_id in batched:
        standing[batch_id or 0] = standing.get(batch_id or 0, 0) + 1
    batches = ConfirmationBatch.objects.filter(pk__in=standing)
    if of is not None:
        batches = batches.filter(taken_in_by=of)
    return [Stroke(batch, standing[batch.pk]) for batch in batches.order_by("-confirmed_at", "-pk")[:most]]


@dataclass(frozen=True, slots=True)
class Touch:
    """Who changed a form last, when, and how."""

    who: str
    at: dt.datetime
    what: str


def last_touch(form: FormFile) -> Touch | None:
    """Return who changed a form last, None when nobody has since it came. One query."""
    of_form = Entry.objects.filter(on_kind=FormFile._meta.label_lower, on_id=form.pk, what__in=_TOUCHES)
    entry = of_form.order_by("-at", "-pk").first()
    return Touch(entry.by_name, entry.at, entry.what.rsplit(".", 1)[-1]) if entry else None
