"""The visitor's question: never wrong, at worst wider than meant."""

import datetime as dt

from django.http import QueryDict

from tuanhoc.activities.models import Activity
from tuanhoc.activities.rules import AUDIENCES
from tuanhoc.lib.text import clean

from .queries import Wanted


def wanted(query: QueryDict) -> Wanted:
    """Return what was asked; parts that make no sense are left out."""
    form, audience = query.get("hinh-thuc", ""), query.get("doi-tuong", "")
    area = query.get("dia-ban", "")
    return Wanted(
        words=clean(query.get("q", "").replace("\0", ""))[:100],
        day=_day(query.get("ngay", "")),
        area_id=int(area) if area.isascii() and area.isdecimal() and len(area) < 10 else None,
        form=form if form in Activity.Form.values else "",
        audience=audience if audience in AUDIENCES else "",
    )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
