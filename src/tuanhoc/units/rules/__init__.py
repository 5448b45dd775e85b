"""Pure decisions about trees of units and rows of a units file."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from tuanhoc.lib.refusal import N_
from tuanhoc.lib.sentences import Sentence
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
    text: Sentence
    #: what stands in the row, when its line alone does not find it
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """A units file after checking: rows to take (parents before children) and rows refused."""

    rows: tuple[UnitRow, ...]
    problems: tuple[RowProblem, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to reach at a unit; ``preferred`` is one of ``Contact.Way``, blank when nobody said.

    ``language`` is that of the letters written to this person; blank leaves it as it is.
    """

    name: str
    role: str = ""
    phone: str = ""
    email: str = ""
    zalo: str = ""
    preferred: str = ""
    is_in_charge: bool = False
    is_head: bool = False
    note: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One row of an areas file."""

    level: str
    code: str
    name: str
    parent_code: str
    begins: dt.date | None
    ends: dt.date | None
    successors: str


def check_rows(
    rows: Iterable[UnitRow],
    *,
    kinds: frozenset[str],
    known_keys: frozenset[str],
    known_parents: Mapping[str, str] = MappingProxyType({}),
    within: frozenset[str] | None = None,
) -> Checked:
    """Sort rows into good and bad; every bad row has its reason, and none is dropped silently.

    :param known_parents: who the units already there report to, by key.
    :param within: keys of units already there under which rows may change something; None: anywhere.
    """
    good: dict[str, UnitRow] = {}
    problems: list[RowProblem] = []
    for row in rows:
        reason = _reason(row, good, kinds)
        if reason:
            problems.append(RowProblem(row.line, reason))
        else:
            good[row.key] = row
    ordered, orphans = _parents_first(good, known_keys)
    for row in orphans:
        problems.append(RowProblem(row.line, _no_parent(row)))
    placing = _Placing(dict(known_parents), known_keys, set(within) if within is not None else None)
    kept: list[UnitRow] = []
    for row in ordered:
        if reason := placing.reason(row):
            problems.append(RowProblem(row.line, reason))
        else:
            placing.take(row)
            kept.append(row)
    return Checked(tuple(kept), tuple(sorted(problems, key=lambda p: p.line)))


def _no_parent(row: UnitRow) -> Sentence:
    words = N_("Không tìm thấy đơn vị cấp trên “%(parent)s”, hoặc các đơn vị báo cáo vòng tròn.")
    return Sentence(words, {"parent": row.parent_key})


def _reason(row: UnitRow, good: Mapping[str, UnitRow], kinds: frozenset[str]) -> Sentence | None:
    return _key_reason(row.key, good) or _words_reason(row, kinds) or _length_reason(row)


def _key_reason(key: str, good: Mapping[str, UnitRow]) -> Sentence | None:
    if key in good:
        return Sentence(N_("Mã “%(key)s” đã có ở dòng %(line)s."), {"key": key, "line": good[key].line})
    return key_reason(key)


def key_reason(key: str) -> Sentence | None:
    """Return why a word cannot be a unit's key, None when it can."""
    if not key:
        return Sentence(N_("Thiếu mã đơn vị (key)."))
    if not _KEY.fullmatch(key):
        words = N_("Mã “%(key)s” chỉ được gồm chữ không dấu, số và dấu gạch ngang, không quá 60 ký tự.")
        return Sentence(words, {"key": key})
    return None


def _words_reason(row: UnitRow, kinds: frozenset[str]) -> Sentence | None:
    if not clean(row.name):
        return Sentence(N_("Thiếu tên đơn vị."))
    if row.kind not in kinds:
        return no_such_kind(row.kind)
    if row.email and not _EMAIL.fullmatch(row.email):
        return Sentence(N_("Địa chỉ thư “%(email)s” không đúng."), {"email": row.email})
    return None


def no_such_kind(kind: str) -> Sentence:
    """Return that this is no kind of unit we know."""
    return Sentence(N_("Loại đơn vị “%(kind)s” không có trong danh mục."), {"kind": kind})


def _length_reason(row: UnitRow) -> Sentence | None:
    for value, longest, words in (
        (row.name, 200, N_("Tên đơn vị")),
        (row.contact_name, 120, N_("Người liên hệ")),
        (row.contact_role, 120, N_("Chức vụ")),
        (row.phone, 40, N_("Điện thoại")),
        (row.zalo, 60, N_("Zalo")),
    ):
        if len(value) > longest:
            filled = {"what": Sentence(words), "longest": longest}
            return Sentence(N_("%(what)s dài quá %(longest)s ký tự."), filled)
    return None


_KEY = re.compile(r"[A-Za-z0-9_-]{1,60}")
_EMAIL = re.compile(r"[^@\s,;]{1,64}@[\w-]+(?:\.[\w-]+)+")


@dataclass(slots=True)
class _Placing:
    """The tree as it grows row by row: who reports to whom, and which keys may be changed or hung under."""

    parents: dict[str, str]
    known: frozenset[str]
    inside: set[str] | None
    taken: set[str] = field(default_factory=set)

    def reason(self, row: UnitRow) -> Sentence | None:
        if row.parent_key and row.parent_key not in self.known and row.parent_key not in self.taken:
            return _no_parent(row)
        if self._runs_in_a_circle(row):
            return _no_parent(row)
        stays = row.key in self.known and row.parent_key in {"", self.parents.get(row.key, "")}
        below = row.key not in self.known or row.key in (self.inside or ())
        if self.inside is not None and not (below and (stays or row.parent_key in self.inside)):
            return Sentence(N_("Đơn vị này ở ngoài phạm vi của bạn nên được giữ nguyên."))
        return None

    def take(self, row: UnitRow) -> None:
        self.taken.add(row.key)
        if row.parent_key:
            self.parents[row.key] = row.parent_key
        if self.inside is not None:
            self.inside.add(row.key)

    def _runs_in_a_circle(self, row: UnitRow) -> bool:
        seen, step = {row.key}, row.parent_key
        while step:
            if step in seen:
                return True
            seen.add(step)
            step = self.parents.get(step, "")
        return False


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
