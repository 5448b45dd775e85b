"""A form before it is a file: lines and tables, and what it says in truth."""

import datetime as dt
from dataclasses import dataclass, field

from tuanhoc.intake.form import Window

#: The days of the Week of 2022, which all forms here are about.
DAYS = [dt.date(2022, 10, n) for n in range(1, 8)]
WEEK = Window(DAYS[0], DAYS[-1])
#: A cell that is merged with the one above or to its left.
UP, LEFT = "^", "<"


@dataclass
class Truth:
    """One activity as a careful colleague would read it; days are ``dd/mm`` or ``dd/mm-dd/mm``."""

    days: str
    place: str
    content: str


@dataclass
class Paper:
    """A form. ``blocks`` are lines (str) and tables (rows of cells; lists of lists of str).

    Texts may hold marks that only Word shows: ``{del:…}`` deleted, ``{ins:…}`` inserted, ``{hid:…}`` hidden,
    ``{box:…}`` a text box, ``{link:address|words}``, ``{list:…}`` a paragraph with an automatic bullet,
    ``{table:a¦b§c¦d}`` a table in the cell. A cell's ``\\n`` is a new paragraph, ``\\v`` a break in the line.
    """

    name: str
    blocks: list[str | list[list[str]]]
    truth: list[Truth]
    unit: str | None = None
    shape: str = ""
    #: of Word: "", "TCVN3" or "VNI"
    font: str = ""
    decomposed: bool = False
    #: texts of the form's own print (heads, letterhead, signatures), which need not come back
    printed: set[str] = field(default_factory=set)

    @property
    def kind(self) -> str:
        return self.name.rpartition(".")[2]
