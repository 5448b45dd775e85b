"""What a row takes from above it, and where words go that are in no row."""

from dataclasses import dataclass, field

from .values import Part, Row, Unplaced, Window
from .when import NOTHING, When
from .wording import clean, is_blank


@dataclass(slots=True)
class Context:
    """The day, part of day and unit that stand above a row, the row itself, and all that fits nowhere."""

    window: Window
    when: When = NOTHING
    part: Part | None = None
    host: str | None = None
    above: Row | None = None
    #: how the rows at hand were come by: codes of reasons
    manner: tuple[str, ...] = ()
    unplaced: list[Unplaced] = field(default_factory=list)
    #: the line that says where all of the next table is
    place: Unplaced | None = None
    #: the line that named ``host``, as long as no row has taken it
    waiting: Unplaced | None = None

    def under(self, host: str | None, where: str = "", text: str = "") -> None:
        """Let a unit stand above the rows that follow; one that no row took is left to be seen."""
        if self.waiting:
            self.leave(self.waiting.where, self.waiting.text)
        self.host, self.waiting = host, Unplaced(where, text) if host else None

    def host_above(self) -> str | None:
        """Return the unit that stands above, for a row that names none."""
        self.waiting = None
        return self.host

    def at(self, place: Unplaced | None) -> Unplaced | None:
        """Let a place stand above the next table, and return the one that stood there."""
        before, self.place = self.place, place
        return before

    def leave(self, where: str, text: str) -> None:
        """Keep words that are in no row; once, where several rows of one cell would leave them."""
        left = Unplaced(where, clean(text))
        if left.text and not is_blank(text) and left not in self.unplaced[-6:]:
            self.unplaced.append(left)
