"""Pure decisions about trees of units and rows of a units file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tuanhoc.lib.refusal import N_
from tuanhoc.lib.text import clean

#: 0 is the province: within a day of the merged schedule higher units come first.
RANKS: Mapping[str, int] = {
    "ministry": 0, "province_committee": 0,
    "department": 1, "association": 2, "union": 2, "media": 2,
    "library": 3, "museum": 3, "culture_centre": 3, "university": 3, "school_upper": 3, "company": 3,
    "district_committee": 4, "district_office": 5, "continuing_centre": 5,
    "commune_committee": 6, "community_centre": 7, "school_lower": 7, "school_primary": 7, "school_pre": 7, "other": 8,
}  # fmt: skip

#: Kinds that are asked for nothing: they receive.
NOT_EXPECTED = frozenset({"ministry", "province_committee"})


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One row of a units file: as it came, cleaned."""

    line: int
    key: str
    parent_key: str
    kind: str
    name: str
    place_code: str = ""
    is_fictional: bool = False
    contact_name: str = ""
    contact_role: str = ""
    phone: str = ""
    email: str = ""
    zalo: str = ""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row of a units file cannot be taken."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A units file after checking: rows to take (parents before children) and rows refused."""

    rows: tuple[UnitRow, ...]
    problems: tuple[RowProblem, ...] = field(default=())


def check_rows(rows: Iterable[UnitRow], *, kinds: frozenset[str], known_keys: frozenset[str]) -> Checked:
    """Sort rows into good and bad; every bad row has its reason, and none is dropped silently."""
    good: dict[str, UnitRow] = {}
    problems: list[RowProblem] = []
    for row in rows:
        reason = _reason(row, good, kinds)
        if reason:
            problems.append(RowProblem(row.line, reason))
        else:
            good[row.key] = row
    ordered, orphans = _parents_first(good, known_keys)
    problems += [
        RowProblem(
            row.line,
            N_("Không tìm thấy đơn vị cấp trên “%s”, hoặc các đơn vị báo cáo vòng tròn.") % row.parent_key,
        )
        for row in orphans
    ]
    return Checked(tuple(ordered), tuple(sorted(problems, key=lambda p: p.line)))


def _reason(row: UnitRow, good: Mapping[str, UnitRow], kinds: frozenset[str]) -> str:
    if not row.key:
        return N_("Thiếu mã đơn vị (key).")
    if not clean(row.name):
        return N_("Thiếu tên đơn vị.")
    if row.key in good:
        return N_("Mã “%(key)s” đã có ở dòng %(line)s.") % {
            "key": row.key,
            "line": good[row.key].line,
        }
    if row.kind not in kinds:
        return N_("Loại đơn vị “%s” không có trong danh mục.") % row.kind
    if row.email and "@" not in row.email:
        return N_("Địa chỉ thư “%s” không đúng.") % row.email
    return ""


def _parents_first(good: Mapping[str, UnitRow], known: frozenset[str]) -> tuple[list[UnitRow], list[UnitRow]]:
    placed: dict[str, UnitRow] = {}
    waiting = list(good.values())
    while waiting:
        ready = [
            r
            for r in waiting
            if not r.parent_key or r.parent_key in placed or (r.parent_key in known and r.parent_key not in good)
        ]
        if not ready:
            break
        placed.update((r.key, r) for r in ready)
        waiting = [r for r in waiting if r.key not in placed]
    return list(placed.values()), waiting


def path_of(unit_id: int, reports_to: Mapping[int, int]) -> str:
    """Return the unit ids from the root down to ``unit_id``, each between slashes: ``/1/17/1021/``.

    :raises ValueError: the edges run in a circle.
    """
    steps = [unit_id]
    while (above := reports_to.get(steps[-1])) is not None:
        if above in steps:
            raise ValueError(f"unit {unit_id} reports to itself through {above}")
        steps.append(above)
    return "/" + "/".join(str(step) for step in reversed(steps)) + "/"


@dataclass(frozen=True, slots=True)
class TilePlace:
    """Where a territory stands on its province's tile map; columns and rows count from 0 at the north-west."""

    short: str
    column: int
    row: int
