"""Read answers about trees."""

import datetime as dt

from django.db.models import Q

from .models import ReportingEdge


def edges_on(day: dt.date, *, tree: str = ReportingEdge.Tree.ADMINISTRATIVE) -> dict[int, int]:
    """Return unit id -> id of the unit it reports to on ``day``. One query."""
    return dict(
        ReportingEdge.objects.filter(
            Q(valid_from=None) | Q(valid_from__lte=day),
            Q(valid_to=None) | Q(valid_to__gte=day),
            tree=tree,
        ).values_list("unit_id", "reports_to_id")
    )
