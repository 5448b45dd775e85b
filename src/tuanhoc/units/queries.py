"""Read answers about trees."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from django.db.models import Q

from .models import AreaCode, ReportingEdge
from .rules import TilePlace


def edges_on(day: dt.date, *, tree: str = ReportingEdge.Tree.ADMINISTRATIVE) -> dict[int, int]:
    """Return unit id -> id of the unit it reports to on ``day``. One query."""
    return dict(
        ReportingEdge.objects.filter(
            Q(valid_from=None) | Q(valid_from__lte=day),
            Q(valid_to=None) | Q(valid_to__gte=day),
            tree=tree,
        ).values_list("unit_id", "reports_to_id")
    )


@lru_cache(maxsize=64)
def tile_grid(province_code: str) -> Mapping[str, TilePlace]:
    """Return a province's tile map by official code of its districts; empty where none is drawn.

    Tiles, not outlines: a map that an authority shows of the country's edge has to show all of it.
    """
    path = Path(__file__).parent / "data" / "tilegrids" / f"{province_code}.json"
    if not province_code.isalnum() or not path.exists():
        return {}
    drawn = json.loads(path.read_text(encoding="utf-8"))
    return {tile["code"]: TilePlace(tile["short"], tile["col"], tile["row"]) for tile in drawn["tiles"]}


def codes_on(area_ids: Iterable[int], day: dt.date) -> dict[int, str]:
    """Return area id -> the official code it bore on ``day``. One query."""
    return dict(
        AreaCode.objects.filter(
            Q(valid_from=None) | Q(valid_from__lte=day),
            Q(valid_to=None) | Q(valid_to__gte=day),
            area__in=list(area_ids),
        ).values_list("area_id", "code")
    )
