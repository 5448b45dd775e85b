"""Territories by name, and what lies in what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from . import words

#: words for the kinds of territories -> level
LEVELS = {"xa": "commune", "huyen": "district", "tinh": "province"}


@dataclass(frozen=True, slots=True)
class Area:
    """A territory: level ``province``, ``district`` or ``commune``."""

    id: int
    name: str
    level: str
    parent_id: int | None


@dataclass
class Areas:
    """The territories of a province by name, and what lies in what."""

    by_id: Mapping[int, Area]
    _by_name: dict[tuple[str, ...], list[Area]] = field(default_factory=dict)
    _chains: dict[int, tuple[int, ...]] = field(default_factory=dict)
    _first: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)

    @classmethod
    def of(cls, areas: Iterable[Area]) -> "Areas":
        """Put the areas in order."""
        made = cls({area.id: area for area in areas})
        for area in made.by_id.values():
            made._by_name.setdefault(bare_name(area.name), []).append(area)
        for name in made._by_name:
            if name:
                made._first.setdefault(name[0], []).append(name)
        for names in made._first.values():
            names.sort(key=len, reverse=True)
        return made

    def chain(self, area_id: int | None) -> tuple[int, ...]:
        """Return the area and those it lies in, narrowest first."""
        if area_id is None:
            return ()
        if area_id not in self._chains:
            area = self.by_id.get(area_id)
            self._chains[area_id] = (area_id, *self.chain(area.parent_id)) if area else (area_id,)
        return self._chains[area_id]

    def at_level(self, area_id: int | None, level: str) -> int | None:
        """Return the area of that level which this one lies in, or is."""
        return next((pk for pk in self.chain(area_id) if pk in self.by_id and self.by_id[pk].level == level), None)

    def named(self, told: tuple[str, ...], near: int | None) -> int | None:
        """Return the area of that name, of several the one around or under ``near``; None: no such name, or unclear."""
        found = self._by_name.get(told)
        if not found:
            return None
        if len(found) > 1:
            chain = self.chain(near)
            found = [a for a in found if a.id in chain] or [a for a in found if near in self.chain(a.id)]
            found = sorted(found, key=lambda a: -len(self.chain(a.id)))[:1]
        return found[0].id if len(found) == 1 else None

    def starts(self, told: tuple[str, ...], at: int) -> tuple[str, ...]:
        """Return the longest area name that stands at ``at``; () for none."""
        for name in self._first.get(told[at], ()):
            if told[at : at + len(name)] == name:
                return name
        return ()

    def spelled(self, told: tuple[str, ...]) -> tuple[str, ...]:
        """Return the words with "TT Phước Dân" as the township it is; another "TT" is a centre."""
        if "tt" not in told:
            return told
        last = len(told) - 1
        return tuple("xa" if t == "tt" and at < last and self.starts(told, at + 1) else t for at, t in enumerate(told))

    def without_names(self, told: tuple[str, ...]) -> tuple[str, ...]:
        """Return the words without "xã Lâm Sơn": where it is, the place says."""
        out: list[str] = []
        at = 0
        while at < len(told):
            if told[at] in LEVELS and at + 1 < len(told) and (name := self.starts(told, at + 1)):
                at += 1 + len(name)
                continue
            out.append(told[at])
            at += 1
        return tuple(out)


def bare_name(name: str) -> tuple[str, ...]:
    """Return an area's name without its kind."""
    told = words.tokens(name)
    return told[1:] if len(told) > 1 and told[0] in LEVELS else told
