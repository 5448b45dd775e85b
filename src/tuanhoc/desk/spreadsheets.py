"""Lists to take away: one table as Excel or CSV."""

from collections.abc import Collection

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from tuanhoc.papers.csv import to_csv
from tuanhoc.papers.values import Table
from tuanhoc.papers.xlsx import to_xlsx

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def spreadsheet(
    table: Table, name: str, ending: str, *, numbers: Collection[int] = (), dates: Collection[int] = ()
) -> HttpResponse:
    """Return the table as a file to download, called ``name`` without its ending.

    :param numbers: columns whose cells are whole numbers; ``dates``: days.
    :raises Http404: no such ending.
    """
    if ending not in _TYPES:
        raise Http404
    data = to_xlsx(table, numbers=tuple(numbers), dates=tuple(dates)) if ending == "xlsx" else to_csv(table)
    response = HttpResponse(data, content_type=_TYPES[ending])
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.{ending}") or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
