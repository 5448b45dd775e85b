"""Names typed for successors that no unit bears yet: new units, founded on the day of the change once confirmed."""

import datetime as dt

from django.http import QueryDict

from tuanhoc.desk.choosing import Chooser, UnitNotFound
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.text import clean
from tuanhoc.units import queries
from tuanhoc.units.models import Unit
from tuanhoc.units.queries.keys import free_key
from tuanhoc.units.rules.reforms import Doing, Step


class FoundFirst(Refusal):
    message = N_(
        "Chưa có đơn vị nào tên “%(name)s”. Nếu đơn vị này được lập mới, vui lòng đánh dấu “Lập mới” bên dưới; "
        "nếu đã có, vui lòng sửa lại tên."
    )


class Founding:
    """What of the names typed is to be founded; ``names``: each with whether that was confirmed.

    :param given: of a form: ``lap-moi`` holds the names confirmed.
    """

    def __init__(self, unit: Unit, given: QueryDict) -> None:
        self._unit = unit
        self._confirmed = {clean(name) for name in given.getlist("lap-moi")}
        self._keys: dict[str, str] = {}

    @property
    def names(self) -> list[tuple[str, bool]]:
        """Return the names no unit bears, and which of them are confirmed."""
        return [(name, name in self._confirmed) for name in self._keys]

    def key_of(self, words: str, chooser: Chooser) -> str:
        """Return the key of the unit that was typed, or the one it is going to have.

        :raises UnitNotFound: it is a key, of a unit that is not to be chosen here.
        """
        try:
            return chooser.key_of(words)
        except UnitNotFound:
            name = clean(words)
            if Unit.objects.filter(key=name).exists():
                raise
            if name not in self._keys:
                self._keys[name] = free_key(name, also=self._keys.values())
            return self._keys[name]

    def steps(self, day: dt.date) -> list[Step]:
        """Return what founds them: of the unit's kind, and under whom it reports to on the day.

        :raises FoundFirst: one was not confirmed yet.
        """
        for name, is_confirmed in self.names:
            if not is_confirmed:
                raise FoundFirst(name=name)
        above = queries.above_on(self._unit, day) if self._keys else None
        parent = above.key if above else ""
        return [
            Step(Doing.NEW, key, name=name, kind=self._unit.kind, parent_key=parent) for name, key in self._keys.items()
        ]
