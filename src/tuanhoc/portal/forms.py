"""The visitor's question: never wrong, at worst wider than meant."""

import datetime as dt

from django.http import QueryDict

from tuanhoc.activities.models import Activity
from tuanhoc.activities.rules import AUDIENCES
from tuanhoc.lib.text import clean

from .rules import Wanted


def wanted(query: QueryDict) -> Wanted:
    """Return what was asked; parts that make no sense are left out."""
    area = query.get("dia-ban", "")
    return Wanted(
        words=clean(query.get("q", "").replace("\0", ""))[:100],
        day=_day(query.get("ngay", "")),
        area_id=int(area) if area.isascii() and area.isdecimal() and len(area) < 10 else None,
        form=_one_of(query.get("hinh-thuc", ""), Activity.Form.values),
        audience=_one_of(query.get("doi-tuong", ""), list(AUDIENCES)),
        part=_one_of(query.get("buoi", ""), Activity.PartOfDay.values),
        by_day=query.get("xep") == "ngay",
    )


def page_number(query: QueryDict) -> str:
    """Return the page asked for; what is no number is the first page to the paginator."""
    return query.get("trang", "1")


def asks_for_whole_week(query: QueryDict) -> bool:
    """Whether all days are wanted where today would come first."""
    return query.get("ngay") == "ca-tuan"


def _one_of(given: str, known: list[str]) -> str:
    return given if given in known else ""


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
