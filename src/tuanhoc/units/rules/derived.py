"""A reform worked out from the State's list of areas: which bodies begin, merge, split, move and close on a day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tuanhoc.lib.refusal import N_
from tuanhoc.lib.sentences import Sentence
from tuanhoc.lib.text import name_key

from .reforms import Doing, Step

#: The body that stands for an area of a level.
COMMITTEES: Mapping[str, str] = {
    "province": "province_committee", "district": "district_committee", "commune": "commune_committee",
}  # fmt: skip
_STANDS_FOR = frozenset(COMMITTEES.values())
#: Offices of a district's committee that end with it.
_END_WITH_DISTRICT = frozenset({"district_office"})
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AreaFact:
    """An area with the official code it bore, and the codes that came after it."""

    pk: int
    level: str
    name: str
    code: str
    parent: int | None
    first: dt.date | None
    last: dt.date | None
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitFact:
    """A unit standing on the day before, with its area and whom it reports to."""

    key: str
    kind: str
    name: str
    area: int | None
    parent_key: str


@dataclass(frozen=True, slots=True)
class Derived:
    """The steps of a reform, and what the list of areas does not say."""

    steps: Sequence[Step]
    unclear: Sequence[Sentence]


def derived(
    units: Iterable[UnitFact], areas: Iterable[AreaFact], on: dt.date, *, taken: frozenset[str] = frozenset()
) -> Derived:
    """Return what the areas that begin and end around ``on`` mean for the units.

    A body whose area goes on under the same name and code goes on itself; others are merged into the body of the
    area that follows. Units below move to the body of their new area.

    :param taken: keys no new unit may have.
    """
    return _Working(list(units), list(areas), on, taken).run()


@dataclass(slots=True)
class _Working:
    units: list[UnitFact]
    areas: list[AreaFact]
    on: dt.date
    taken: frozenset[str]
    steps: list[Step] = field(default_factory=list)
    unclear: list[Sentence] = field(default_factory=list)
    #: area -> key of the body that stands for it, before and from the day
    body: dict[int, str] = field(default_factory=dict)
    body_after: dict[int, str] = field(default_factory=dict)
    #: ended area -> the areas that follow, the main one first
    followed: dict[int, list[AreaFact]] = field(default_factory=dict)

    def run(self) -> Derived:
        by_pk = {area.pk: area for area in self.areas}
        self.body = {u.area: u.key for u in self.units if u.area and self._stands_for(u, by_pk)}
        begun = {area.code: area for area in self.areas if area.first == self.on}
        ends = {area.pk for area in self.areas if self._ends(area, begun)}
        # What lay in an ended area and is named nowhere after it has ended with it.
        ends |= {a.pk for a in self.areas if a.parent in ends and self._stands(a) and a.first != self.on}
        self.followed = {pk: self._following(by_pk[pk], begun) for pk in sorted(ends)}
        self._bodies(by_pk)
        for unit in self.units:
            if unit.area in self.followed:
                if self.body.get(unit.area) == unit.key:
                    self._body_of(unit, by_pk[unit.area])
                else:
                    self._other(unit, by_pk[unit.area])
        numbered = [
            Step(**{name: getattr(step, name) for name in Step.__dataclass_fields__} | {"line": number})
            for number, step in enumerate(self.steps, start=1)
        ]
        return Derived(numbered, self.unclear)

    @staticmethod
    def _stands_for(unit: UnitFact, by_pk: Mapping[int, AreaFact]) -> bool:
        area = by_pk.get(unit.area or 0)
        return area is not None and COMMITTEES.get(area.level) == unit.kind

    def _ends(self, area: AreaFact, begun: Mapping[str, AreaFact]) -> bool:
        if area.first is not None and area.first >= self.on:
            return False
        if area.last is not None:
            return area.last == self.on - _DAY
        # A list that was made before the reform does not know the end: what follows it has begun.
        return any(code in begun for code in area.successors)

    def _following(self, area: AreaFact, begun: Mapping[str, AreaFact]) -> list[AreaFact]:
        standing = {a.code: a for a in self.areas if a.pk != area.pk and self._stands(a)} | dict(begun)
        return [standing[code] for code in area.successors if code in standing]

    def _stands(self, area: AreaFact) -> bool:
        return (area.first is None or area.first <= self.on) and (area.last is None or area.last >= self.on)

    def _bodies(self, by_pk: Mapping[int, AreaFact]) -> None:
        """Find or found the body of every area that follows one of ours."""
        before: dict[int, list[AreaFact]] = defaultdict(list)
        for ended in self.followed.keys() & self.body.keys():
            for area in self.followed[ended]:
                before[area.pk].append(by_pk[ended])
        self.body_after = {pk: body for pk, body in self.body.items() if pk not in self.followed}
        new = [by_pk[pk] for pk in before if pk not in self.body_after]
        for area in sorted(new, key=lambda a: (list(COMMITTEES).index(a.level), a.code)):
            same = [a for a in before[area.pk] if a.code == area.code and name_key(a.name) == name_key(area.name)]
            if same:
                self.body_after[area.pk] = self.body[same[0].pk]
            else:
                self._found(area)

    def _found(self, area: AreaFact) -> None:
        key = f"ubnd-{area.code}"
        if key in self.taken:
            key = f"{key}-{self.on:%Y}"
        self.body_after[area.pk] = key
        parent = self.body_after.get(area.parent, "") if area.parent else ""
        if not parent and area.level != "province":
            self.unclear.append(Sentence(N_("%(name)s: chưa có đơn vị cấp trên."), {"name": area.name}))
        name = f"UBND {area.name[:1].lower()}{area.name[1:]}"
        self.steps.append(
            Step(
                Doing.NEW, key, name=name, kind=COMMITTEES[area.level], parent_key=parent or self._top(area),
                place_code=area.code,
            )
        )  # fmt: skip

    def _top(self, area: AreaFact) -> str:
        """Return whom the bodies before a new province reported to."""
        keys = {self.body[pk] for pk, after in self.followed.items() if area in after and pk in self.body}
        return next((unit.parent_key for unit in self.units if unit.key in keys), "")

    def _body_of(self, unit: UnitFact, area: AreaFact) -> None:
        after = [self.body_after[a.pk] for a in self.followed[area.pk] if a.pk in self.body_after]
        if not after:
            if area.level == "commune":
                words = N_("%(name)s: danh mục không ghi địa bàn kế thừa.")
                self.unclear.append(Sentence(words, {"name": unit.name}))
            self.steps.append(Step(Doing.CLOSE, unit.key))
        elif unit.key in after:
            here = next(a for a in self.followed[area.pk] if self.body_after.get(a.pk) == unit.key)
            parent = self.body_after.get(here.parent or 0, unit.parent_key)
            self.steps.append(Step(Doing.MOVE, unit.key, parent_key=parent, place_code=here.code))
            others = tuple(key for key in after if key != unit.key)
            if others:
                self.steps.append(Step(Doing.SPLIT, unit.key, successors=others, stays=True))
        else:
            what = Doing.SPLIT if len(after) > 1 else Doing.MERGE
            self.steps.append(Step(what, unit.key, successors=tuple(after)))

    def _other(self, unit: UnitFact, area: AreaFact) -> None:
        following = self.followed[area.pk]
        if unit.kind in _END_WITH_DISTRICT and not following:
            self.steps.append(Step(Doing.CLOSE, unit.key))
        elif following and area.level == "commune" and (parent := self._parent_after(unit, following[0])):
            self.steps.append(Step(Doing.MOVE, unit.key, parent_key=parent, place_code=following[0].code))

    def _parent_after(self, unit: UnitFact, area: AreaFact) -> str:
        """Return to whom a unit of a commune reports: as before if that body stays, else to its new commune."""
        above = next((u for u in self.units if u.key == unit.parent_key), None)
        goes = above is not None and (above.kind in _STANDS_FOR or above.kind in _END_WITH_DISTRICT)
        stays = not goes or (above is not None and above.area not in self.followed)
        return unit.parent_key if stays else self.body_after.get(area.pk, "")
