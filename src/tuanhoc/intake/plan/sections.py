"""Which section speaks of what; duties and directions out of them."""

import re
from collections.abc import Callable, Iterator

from .days import deadlines_in
from .outline import Clause, walk
from .units import split_unit
from .values import Direction, Duty, Found
from .wording import bare

_DUTIES = re.compile(r"to chuc thuc hien|phan cong|trach nhiem|nhiem vu cua|giao nhiem vu|to chuc trien khai")
_CONTENTS = re.compile(r"noi dung|hoat dong|nhiem vu|giai phap|hinh thuc")
_ASIDE = re.compile(
    r"(?:\d+ )?(?:chu de|thong diep|ten goi|thoi gian|dia diem|kinh phi|nguon kinh phi|doi tuong|thanh phan"
    r"|muc dich|yeu cau|khau hieu"
    r"|che do (?:thong tin|bao cao)|thong tin,? bao cao|bao cao|dang ky|cong tac bao cao|lich dang ky|le khai mac$"
    r"|tuan le [^.;:]{0,40}(?:dien ra|to chuc|bat dau) (?:tu|vao|trong))\b"
)
_LONGEST_HEADING = 110


def head(clause: Clause) -> str:
    """Return the heading's words without marks, up to a colon; blank when it is running text."""
    words = bare(clause.text).split(":")[0].strip()
    return words if len(words) <= _LONGEST_HEADING and not clause.is_bullet else ""


def duties(root: Clause, year: int | None) -> tuple[Found[Duty], ...]:
    """Read one duty per bullet, from every section that says who does what."""
    found: list[Found[Duty]] = []
    for number, section in _sections(root, _is_duties):
        for label, part in _parts(section, number):
            found += _clause_duties(part, label, None, "", year)
        if not section.parts:
            found += _paragraph_duties(section, number, year)
    return tuple(found)


def directions(root: Clause) -> tuple[Found[Direction], ...]:
    """Read the points of the section on contents, bullets under a point each on its own."""
    found: list[Found[Direction]] = []
    asked = [number for number, _section in _sections(root, _is_duties)]
    for number, section in _sections(root, _is_contents):
        if any(number == at or number.startswith(f"{at}.") for at in asked):
            continue
        label, inner = _innermost(section, number)
        if inner.parts:
            for at, part in _parts(inner, label):
                if not _ASIDE.match(head(part) or bare(part.text)) and not _is_duties(part):
                    found += _points(part, at)
        elif inner.paragraphs:
            found.append(_direction(label, "\n".join(p.text for p in inner.paragraphs), inner))
    return tuple(found)


def _sections(root: Clause, wanted: Callable[[Clause], bool]) -> Iterator[tuple[str, Clause]]:
    """Yield the outermost sections ``wanted`` says yes to."""
    taken: list[str] = []
    for number, clause in walk(root):
        inside = any(number.startswith(f"{t}.") for t in taken)
        if clause.rank < 8 and not inside and wanted(clause):
            taken.append(number)
            yield number, clause


def _is_duties(clause: Clause) -> bool:
    words = head(clause)
    if not _ASIDE.match(words) and not words.startswith(("can cu", "thanh phan")) and _names_units(clause):
        return True
    if not _DUTIES.search(words) or words.startswith(("noi dung", "hinh thuc", "muc dich")):
        return False
    return not any(part.rank < 8 and _DUTIES.search(head(part)) for part in clause.parts) or not _CONTENTS.match(words)


def _names_units(clause: Clause) -> bool:
    """Tell a section whose parts are units: "III. Nhiệm vụ cụ thể", "1. Sở …", "2. UBND …"."""
    named = [split_unit(part.text) for part in clause.parts if not part.is_bullet]
    return len(named) > 1 and 2 * sum(bool(unit) and heading for unit, _rest, heading in named) > len(named)


def _is_contents(clause: Clause) -> bool:
    words = head(clause)
    if not _CONTENTS.search(words) or words.startswith("muc dich"):
        return False
    return words.startswith(("noi dung", "hinh thuc")) or not _DUTIES.search(words)


def _parts(section: Clause, number: str) -> list[tuple[str, Clause]]:
    return [(f"{number}.{part.label}", part) for part in section.parts]


def _innermost(section: Clause, number: str) -> tuple[str, Clause]:
    """Step into "3. Các hoạt động" when its neighbours are the theme, the time and the like."""
    others = [p for p in section.parts if not _ASIDE.match(head(p) or bare(p.text)) and not _is_duties(p)]
    if len(others) == 1 < len(section.parts) and others[0].parts and _CONTENTS.search(head(others[0])):
        return _innermost(others[0], f"{number}.{others[0].label}")
    return number, section


def _points(clause: Clause, number: str) -> Iterator[Found[Direction]]:
    own = clause.whole() if clause.is_bullet else "\n".join([clause.text, *(p.text for p in clause.paragraphs)])
    yield _direction(number, own, clause)
    if not clause.is_bullet:
        for label, part in _parts(clause, number):
            yield from _points(part, label)


def _direction(number: str, text: str, clause: Clause) -> Found[Direction]:
    return Found(Direction(number, text), text, clause.line.where)


def _clause_duties(clause: Clause, number: str, above: str | None, lead: str, year: int | None) -> list[Found[Duty]]:
    """Read a unit's clause; ``lead`` is the introduction its bullets hang on."""
    unit, rest = _unit_of(clause, above)
    if unit is None and _ASIDE.match(head(clause) or bare(clause.text)):
        return []
    paragraphs = [p.text for p in clause.paragraphs]
    heads_bullets = above is None and bool(unit) and not rest and not paragraphs
    if not clause.parts or (clause.is_bullet and not heads_bullets):
        sub = [part.whole() for part in clause.parts] if clause.is_bullet else []
        text = "\n".join(t for t in [rest, *paragraphs, *sub] if t)
        return [_duty(clause, number, (unit, text), lead, year)] if text else []
    own = "\n".join(t for t in [rest, *paragraphs] if t)
    titled = unit is None or (unit == above and len(rest) <= _LONGEST_HEADING and not paragraphs)
    found = []
    if own and not own.endswith(":") and not titled:
        found.append(_duty(clause, number, (unit, own), lead, year))
    for label, part in _parts(clause, number):
        found += _clause_duties(part, label, unit, f"{lead} {own}".strip(), year)
    return found


def _unit_of(clause: Clause, above: str | None) -> tuple[str | None, str]:
    unit, rest, heading = split_unit(clause.text)
    if above is not None and (clause.is_bullet or not heading):
        return above, clause.text
    return (unit, rest) if unit else (above, clause.text)


def _duty(clause: Clause, number: str, says: tuple[str | None, str], lead: str, year: int | None) -> Found[Duty]:
    unit, text = says
    dues = [d.due_on for d in deadlines_in(text.replace("\n", " "), year) if not d.ranged]
    sentence = f"{lead} {text}".strip() if lead else text
    return Found(Duty(number, unit, text, max(dues, default=None)), sentence, clause.line.where)


def _paragraph_duties(section: Clause, number: str, year: int | None) -> list[Found[Duty]]:
    """Read "Sở … chủ trì …" paragraphs of a section without any numbers."""
    found: list[Found[Duty]] = []
    for line in section.paragraphs:
        unit, rest, _heading = split_unit(line.text)
        if unit and rest:
            label = f"{number}.{len(found) + 1}"
            found.append(_duty(Clause(8, "", line, rest), label, (unit, rest), "", year))
    return found
