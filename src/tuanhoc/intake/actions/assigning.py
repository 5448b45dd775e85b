"""A form is given to a unit from the list, without opening it; and an older version makes room for a newer one."""

import datetime as dt

from django.db import transaction
from django.db.models import F

from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.intake.models import FormFile
from tuanhoc.intake.queries.forms import same_content
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor

from .forms import NotToConfirm


@transaction.atomic
def give_to_unit(form: FormFile, host: RosterUnit, *, by: Actor, at: dt.datetime) -> None:
    """Say whose form it is; its rows stay as they are. What the unit has sent already is put aside beside that.

    :raises NotToConfirm: it is confirmed or set aside, or somebody was faster.
    """
    before = form.host.name if form.host else journal.ABSENT
    moved = FormFile.objects.filter(pk=form.pk, state=FormFile.State.READ, version=form.version).update(
        host=host, match_score=1.0, match_because=[["chosen", by.name]], from_contact=False, version=F("version") + 1
    )
    if not moved:
        raise NotToConfirm
    form.refresh_from_db()
    if form.corrected is None and (twin := same_content(form)) is not None:
        form.same_as, form.state, form.decided_at = twin, FormFile.State.SET_ASIDE, at
        form.save(update_fields=["same_as", "state", "decided_at"])
    journal.write(
        "intake.form.give",
        by=by,
        on=form,
        unit_path=host.path,
        at=at,
        details=journal.change("unit", before, host.name),
    )
