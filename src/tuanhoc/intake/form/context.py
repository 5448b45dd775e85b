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
    #: the line that named ``host``, as long as no row has taken it
    waiting: Unplaced | None = None

    #: a place said once for all that follows, its line until a row takes it, and whether a table leaves it to that
    place: str = ""
    place_waiting: Unplaced | None = None
    place_open: bool = False

    def stand_at(self, place: str, where: str = "", text: str = "") -> None:
        """Let a place stand above the rows that follow; one that no row took is left to be seen."""
        if self.place_waiting:
            self.leave(self.place_waiting.where, self.place_waiting.text)
        self.place, self.place_waiting = place, Unplaced(where, text) if place else None

    def place_above(self) -> str:
        """Return the place that stands above a table without a column of places."""
        if not self.place_open or not self.place:
            return ""
        self.place_waiting = None
        return self.place

    def under(self, host: str | None, where: str = "", text: str = "") -> None:
        """Let a unit stand above the rows that follow; one that no row took is left to be seen."""
        if self.waiting:
            self.leave(self.waiting.where, self.waiting.text)
        self.host, self.waiting = host, Unplaced(where, text) if host else None

    def host_above(self) -> str | None:
        """Return the unit that stands above, for a row that names none."""
        self.waiting = None
        return self.host

    def leave(self, where: str, text: str) -> None:
        """Keep words that are in no row; once, where several rows of one cell would leave them."""
        left = Unplaced(where, clean(text))
        if left.text and not is_blank(text) and left not in self.unplaced[-6:]:
            self.unplaced.append(left)
