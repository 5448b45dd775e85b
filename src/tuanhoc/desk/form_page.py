"""Everything one form's page shows: its rows, those to look at first, its file beside them, where to go next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tuanhoc.accounts.access import ActorRequest
from tuanhoc.activities.models import Activity, Registration, State
from tuanhoc.desk import proposed, sheets
from tuanhoc.desk.choosing import Question
from tuanhoc.desk.conflicts import Difference
from tuanhoc.desk.marking import mark
from tuanhoc.intake import access
from tuanhoc.intake.actions.rereading import may_read_again
from tuanhoc.intake.models import FormFile
from tuanhoc.intake.queries import clearing
from tuanhoc.intake.queries import forms as queries
from tuanhoc.intake.rules import proposals
from tuanhoc.intake.rules.pieces import Placement
from tuanhoc.lib.numbers import whole

#: Other files of the same unit that a page names.
_SAME_UNIT = 5


@dataclass(frozen=True, slots=True)
class Said:
    """What the page says besides the form: why something was refused, and what another window kept meanwhile."""

    notice: str = ""
    typed_unit: str = ""
    #: what the words typed for the unit could mean
    questions: Sequence[Question] = ()
    #: where words in no row were to go
    places: Mapping[int, Placement] = field(default_factory=dict)
    differences: Sequence[Difference] = ()


def takes_in(request: ActorRequest, form: FormFile) -> bool:
    """Whether this page stands in an inbox: otherwise a unit looks at its own form."""
    return access.takes_in(request.actor, form)


def context_of(request: ActorRequest, form: FormFile, rows: list[sheets.ShownRow], said: Said) -> dict[str, Any]:
    """Return what the template prints. ``rows``: as they stand on screen, kept or not."""
    beside = proposed.source(form)
    origins = proposed.origins(form, beside)
    lines = proposed.shown_lines(form, rows, origins)
    left = proposed.pieces(form, beside, lines, said.places)
    settled = proposed.settled_pieces(form, beside)
    if beside:
        mark(beside, lines, origins, left=left, settled=settled)
    editable, in_inbox = form.state == FormFile.State.READ, takes_in(request, form)
    to_look = [line for line in lines if editable and line.needs_look]
    return {
        "form": form,
        "campaign": form.campaign,
        "editable": editable,
        "said": said,
        "takes_in": in_inbox,
        "to_look": to_look,
        "days": proposed.by_day([line for line in lines if line not in to_look and not line.is_new], form.campaign),
        "new_lines": [line for line in lines if line not in to_look and line.is_new],
        "row_count": len(rows),
        "of_file": proposals.about_the_file(form.reading) if form.corrected is None else (),
        "pieces": left if editable else [],
        "settled": settled,
        "choices": proposed.row_choices(rows),
        "source": beside,
        "forms": Activity.Form.choices,
        "parts": Activity.PartOfDay.choices,
        "may_read_again": may_read_again(form),
        **_unit(form, said, asking=editable and in_inbox),
        **_standing(form, editable=editable),
        **(_way(request, form) if in_inbox else {}),
    }


def _unit(form: FormFile, said: Said, *, asking: bool) -> dict[str, Any]:
    """Return whose form it is believed to be, and whose else it may be.

    :param asking: the page asks for the unit; a unit's own page does not.
    """
    return {
        "others": [unit for unit in queries.others_for(form) if unit.pk != form.host_id],
        "unit_is_sure": not asking or bool(form.host and not form.is_unsure and not said.typed_unit),
        "areas": sheets.areas_under(form.host) if form.state == FormFile.State.READ and form.host else [],
    }


def _standing(form: FormFile, *, editable: bool) -> dict[str, Any]:
    """Return what the unit has already, which may hold a confirmation, or its taking back."""
    standing = queries.standing_registration(form.host)
    return {
        "standing": standing,
        "standing_rows": standing.activities.count() if standing and editable else 0,
        "blocked": standing is not None and editable and standing.state not in {State.DRAFT, State.RETURNED},
        "may_undo": form.state == FormFile.State.CONFIRMED and _unseen(form, form.registration),
    }


def _unseen(form: FormFile, registration: Registration | None) -> bool:
    return registration is not None and form.before is not None and registration.version == form.before["version"]


def _way(request: ActorRequest, form: FormFile) -> dict[str, Any]:
    """Return the form's place in its inbox, and the form that was confirmed just before it."""
    box = access.inbox_for(request.actor, form.campaign.code)
    forms = access.forms_in(box)
    before = whole(request.GET.get("vua", ""))
    just = forms.filter(pk=before, state=FormFile.State.CONFIRMED).select_related("host").first() if before else None
    # The version before this one stands in a place of its own, with what became different.
    earlier = queries.earlier_version(form)
    told = {form.pk, earlier.pk if earlier else form.pk}
    same = forms.to_confirm().filter(host__isnull=False, host=form.host_id).exclude(pk__in=told)
    same = same.order_by("-received_at", "pk")
    return {"round": clearing.round_of(forms, form), "just": just, "same_unit": list(same[:_SAME_UNIT])}
