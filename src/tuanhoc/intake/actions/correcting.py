"""What a person corrects in a form, and where the words go that were in no row. Kept whole, at one stroke."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from django.db import transaction

from tuanhoc.activities.rules import ActivityDraft
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.intake.models import FormFile
from tuanhoc.intake.rules import pieces, proposals
from tuanhoc.intake.rules.pieces import Placement
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor

from .forms import CorrectedElsewhere, NotToConfirm, correct_form


@transaction.atomic
def keep_corrections(
    form: FormFile,
    *,
    host: RosterUnit | None,
    rows: Sequence[tuple[str, ActivityDraft]],
    place: Mapping[int, Placement] | None = None,
    back: Collection[int] = (),
    version: int | None,
    by: Actor,
    at: dt.datetime,
) -> list[int]:
    """Keep the unit, the rows, and what becomes of words in no row: put somewhere, set aside, or taken out again.

    :param place: number in ``unplaced`` -> where it goes.
    :param back: numbers of pieces that stand again among those to be placed.
    :param version: the version the writer had on screen.
    :returns: of ``back``, those whose words somebody has rewritten in their row, which was left as it is.
    :raises NotToConfirm: it is confirmed or set aside. :raises CorrectedElsewhere: somebody was faster.
    """
    # Held before anything is worked out from it: of two officers the second works on what the first kept.
    form.refresh_from_db(from_queryset=FormFile.objects.select_for_update())
    if form.state != FormFile.State.READ:
        raise NotToConfirm
    if version is not None and form.version != version:
        raise CorrectedElsewhere
    texts = [(piece["where"], piece["text"]) for piece in form.reading.get("unplaced", [])]
    stand = standing_pieces(form)
    asked = {n: to for n, to in (place or {}).items() if 0 <= n < len(texts) and n not in form.settled}
    again = {n for n in back if n in form.settled and n < len(texts)}
    less, rewritten = pieces.taken_out(rows, again, stand, texts)
    free = proposals.first_free_key(form.reading, (key for key, _ in (*rows, *proposals_of(form))))
    more, settled = pieces.placed(less, asked, texts, first_free=free)
    # Words whose row was thrown away are not thrown away with it: they wait for a place again.
    rows_left = {key for key, draft in more if not draft.is_blank()}
    now = {n: to for n, to in (stand | settled).items() if n not in again and (to.aside or to.key in rows_left)}
    form.settled = sorted(now)
    form.placed = {str(n): [to.key, to.field] for n, to in sorted(now.items()) if not to.aside}
    form.save(update_fields=["settled", "placed"])
    if again or settled:
        journal.write(
            "intake.form.place", by=by, on=form, unit_path=host.path if host else "", at=at,
            details={
                "placed": {str(n): to.key or "aside" for n, to in settled.items()}, "back": sorted(again),
                **journal.change("unplaced", len(texts) - len(stand), len(texts) - len(now)),
            },
        )  # fmt: skip
    correct_form(form, host=host, rows=more, pieces={}, version=form.version, by=by, at=at)
    return rewritten


def standing_pieces(form: FormFile) -> dict[int, Placement]:
    """Return where each settled piece stands now."""
    at = {int(n): Placement(key, field) for n, (key, field) in form.placed.items()}
    return {n: at.get(n, Placement()) for n in form.settled}


def proposals_of(form: FormFile) -> list[tuple[str, ActivityDraft]]:
    """Return the rows of a form with their keys, as they stand."""
    return [(row.key, row.draft) for row in proposals.proposals(form.reading, form.corrected)]
