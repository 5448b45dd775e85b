"""The directory of contacts as a spreadsheet, and such a file read back into rows to look at first."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.conf import settings

from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.sentences import Sentence
from tuanhoc.lib.text import fold, name_key
from tuanhoc.papers.values import Table
from tuanhoc.papers.xlsx import to_xlsx
from tuanhoc.web.speech import codes_of, on_paper

from . import sheets
from .models import Contact, Unit
from .rules import Person

#: field, heading, width in mm; what is read back stands under the same headings
_COLUMNS = (
    ("key", "Mã", 22.0), ("unit", "Đơn vị", 52.0), ("name", "Họ và tên", 36.0), ("role", "Chức vụ", 28.0),
    ("phone", "Điện thoại", 26.0), ("email", "Thư điện tử", 44.0), ("zalo", "Zalo", 24.0),
    ("preferred", "Cách liên hệ", 22.0), ("is_in_charge", "Phụ trách Tuần lễ", 18.0), ("is_head", "Thủ trưởng", 18.0),
    ("note", "Ghi chú", 36.0), ("language", "Ngôn ngữ thư", 18.0), ("checked_on", "Kiểm tra ngày", 22.0),
)  # fmt: skip
_HEADS: Mapping[str, tuple[str, ...]] = {
    "key": ("ma", "ma don vi", "key"),
    "unit": ("don vi", "ten don vi", "unit"),
    "name": ("ho va ten", "ho ten", "nguoi lien he", "dau moi", "name"),
    "role": ("chuc vu", "chuc danh", "role"),
    "phone": ("dien thoai", "so dien thoai", "sdt", "di dong", "phone"),
    "email": ("thu dien tu", "e-mail", "email", "dia chi thu", "dia chi email"),
    "zalo": ("zalo", "so zalo"),
    "preferred": ("cach lien he", "uu tien"),
    "is_in_charge": ("phu trach tuan le", "phu trach"),
    "is_head": ("thu truong",),
    "note": ("ghi chu",),
    "language": ("ngon ngu thu", "ngon ngu"),
    "checked_on": ("kiem tra ngay",),
}
_FIELD_OF = {head: field for field, heads in _HEADS.items() for head in heads}
_YES = {"co", "x", "1", "yes", "true", "v", "dung"}
_EMAIL = re.compile(r"[^@\s,;]{1,64}@[\w-]+(?:\.[\w-]+)+")
_HEADER_WITHIN = 15


class NoContactColumns(Refusal):
    message = N_("Không thấy dòng tiêu đề có “Mã” hoặc “Đơn vị” và “Họ và tên”. Vui lòng dùng tệp xuất ra làm mẫu.")


@dataclass(frozen=True, slots=True)
class Row:
    """One good row: whom to reach at which unit; ``given`` names the cells that were not blank."""

    line: int
    unit_id: int
    unit_name: str
    person: Person
    given: frozenset[str]

    def over(self, known: Contact | None) -> Person:
        """Return the person with what the row leaves blank as it is known."""
        left = () if known is None else (name for name in Person.__slots__ if name not in self.given)
        person = replace(self.person, **{name: getattr(known, name) for name in left})
        # A way that is preferred but no longer given is nobody's wish.
        return person if not person.preferred or getattr(person, person.preferred) else replace(person, preferred="")


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that is not taken, and why, in words."""

    line: int
    reason: str
    cells: tuple[str, ...]

    @property
    def text(self) -> Sentence:
        """Why, as of the rows of other files."""
        return Sentence(self.reason)


@dataclass(frozen=True, slots=True)
class Looked:
    """A contacts file looked at before anything is written."""

    new: Sequence[Row]
    #: with the ways that change, as ``before → after`` per field
    changed: Sequence[tuple[Row, Sequence[tuple[str, str, str]]]]
    same: int
    problems: Sequence[Problem]
    unused: Sequence[str]

    @property
    def rows(self) -> list[Row]:
        """The rows that would change something."""
        return [*self.new, *(row for row, _before in self.changed)]


def contacts_file(contacts: Iterable[Contact], units: Mapping[int, Unit], *, empty: Iterable[Unit] = ()) -> bytes:
    """Return the directory as .xlsx, every cell text, so that no name becomes a formula; units without anybody too."""
    ways, languages = on_paper(Contact.Way.choices), dict(settings.LANGUAGES)
    rows: list[tuple[str, ...]] = [
        (
            (unit := units[c.unit_id]).key, unit.name, c.name, c.role, c.phone, c.email, c.zalo,
            ways.get(c.preferred, ""), "x" if c.is_in_charge else "",
            "x" if c.is_head else "", c.note, languages.get(c.language, ""),
            f"{c.checked_on:%d/%m/%Y}" if c.checked_on else "",
        )
        for c in contacts
    ]  # fmt: skip
    rows += [(unit.key, unit.name, *[""] * (len(_COLUMNS) - 2)) for unit in empty]
    table = Table(tuple(c[1] for c in _COLUMNS), tuple(c[2] for c in _COLUMNS), tuple(rows))
    return to_xlsx(table)


def read_contacts_file(data: bytes, *, within: set[int] | None = None) -> Looked:
    """Read a contacts file by its content and set it beside what stands. Two queries.

    :param within: ids of the units whose contacts may be changed; None: all.
    :raises Refusal: not such a file, or no header; each with what to do.
    """
    rows = sheets.rows_of_data(data)
    header_at, fields = _header(rows)
    units = [u for u in Unit.objects.all() if within is None or u.pk in within]
    finder = _Finder(units)
    good: dict[tuple[int, str], Row] = {}
    problems = []
    for number, cells in enumerate(rows[header_at + 1 :], start=header_at + 2):
        record = {field: cell for field, cell in zip(fields, cells, strict=False) if field}
        if not any(value for field, value in record.items() if field not in {"key", "unit", "checked_on"}):
            continue
        read = _read(number, record, finder)
        if isinstance(read, str):
            problems.append(Problem(number, read, tuple(cell for cell in cells if cell)[:6]))
        elif (read.unit_id, read.person.name) in good:
            problems.append(Problem(number, N_("Người này đã có ở một dòng trên."), tuple(cells[:6])))
        else:
            good[read.unit_id, read.person.name] = read
    unused = [head for head, field in zip(rows[header_at], fields, strict=False) if head and not field]
    return _compared(list(good.values()), problems, unused)


def _header(rows: Sequence[Sequence[str]]) -> tuple[int, list[str]]:
    for number, row in enumerate(rows[:_HEADER_WITHIN]):
        fields = [_FIELD_OF.get(fold(cell).strip(" *:"), "") for cell in row]
        fields = [field if field not in fields[:at] else "" for at, field in enumerate(fields)]
        if "name" in fields and {"key", "unit"} & set(fields):
            return number, fields
    raise NoContactColumns


class _Finder:
    """Finds the unit a row means: by its key, else by a name that only one unit bears."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.by_key = {unit.key: unit for unit in units}
        self.by_name: dict[str, list[Unit]] = {}
        for unit in units:
            self.by_name.setdefault(name_key(unit.name), []).append(unit)

    def find(self, key: str, name: str) -> Unit | None:
        if key:
            return self.by_key.get(key)
        found = self.by_name.get(name_key(name), [])
        return found[0] if len(found) == 1 else None


def _language(words: str) -> str:
    """Return the code of a language by its name or code; blank for any other words."""
    known = {fold(said): code for code, name in settings.LANGUAGES for said in (code, name, name.split()[-1])}
    return known.get(fold(words), "")


def _read(line: int, record: Mapping[str, str], finder: _Finder) -> Row | str:
    unit = finder.find(record.get("key", ""), record.get("unit", ""))
    if unit is None:
        return N_("Không nhận ra đơn vị, hoặc nhiều đơn vị cùng tên: vui lòng ghi mã.")
    ways = codes_of(Contact.Way.choices) | {"dien thoai": "phone", "goi": "phone"}
    preferred = ways.get(fold(record.get("preferred", "")), "")
    person = Person(
        name=record.get("name", "")[:120], role=record.get("role", "")[:120], phone=record.get("phone", "")[:40],
        email=record.get("email", "")[:254], zalo=record.get("zalo", "")[:60], preferred=preferred,
        is_in_charge=fold(record.get("is_in_charge", "")) in _YES, is_head=fold(record.get("is_head", "")) in _YES,
        note=record.get("note", "")[:300], language=_language(record.get("language", "")),
    )  # fmt: skip
    if not person.name:
        return N_("Chưa có họ tên.")
    if person.email and not _EMAIL.fullmatch(person.email):
        return N_("Địa chỉ thư chưa đúng.")
    given = frozenset(name for name in Person.__slots__ if record.get(name) and getattr(person, name) != "")
    return Row(line, unit.pk, unit.name, person, given | {"name"})


def _compared(rows: list[Row], problems: list[Problem], unused: list[str]) -> Looked:
    there = {(c.unit_id, c.name): c for c in Contact.objects.filter(unit__in={row.unit_id for row in rows})}
    new, changed, same = [], [], 0
    for row in rows:
        known = there.get((row.unit_id, row.person.name))
        person = row.over(known)
        if not (person.phone or person.email or person.zalo):
            words = N_("Chưa có điện thoại, thư hoặc Zalo.")
            problems.append(Problem(row.line, words, (row.unit_name, person.name)))
        elif known is None:
            new.append(row)
        elif differing := _differing(known, person):
            changed.append((row, differing))
        else:
            same += 1
    return Looked(new, changed, same, sorted(problems, key=lambda p: p.line), unused)


def _differing(known: Contact, person: Person) -> list[tuple[str, str, str]]:
    heads = {field: head for field, head, _width in _COLUMNS}
    return [
        (heads[name], _word(getattr(known, name)), _word(getattr(person, name)))
        for name in Person.__slots__
        if getattr(known, name) != getattr(person, name)
    ]


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "x" if value else ""
    return str(value)
