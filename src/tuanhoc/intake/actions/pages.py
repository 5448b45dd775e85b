"""The pages of a scanned form as pictures, kept beside it. A part of ``intake.actions.forms``."""

import datetime as dt
from collections.abc import Sequence

from tuanhoc.files import actions as files
from tuanhoc.intake.models import FormFile, FormPage
from tuanhoc.papers.reading import Scan


def keep_pages(form: FormFile, scans: Sequence[Scan], *, at: dt.datetime) -> None:
    """Keep a form's pages in place of those it had: it may have been read again."""
    form.pages.all().delete()
    FormPage.objects.bulk_create(
        FormPage(
            form=form, number=scan.number, stored=files.keep(scan.picture, at=at), is_suggested=scan.says == "guess"
        )
        for scan in scans
    )
