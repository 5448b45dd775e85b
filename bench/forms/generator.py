"""Forms drawn by chance, always the same for a seed: what a unit means to do, then how it happens to write it."""

import datetime as dt
import random
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from . import layouts
from .paper import DAYS, Paper

WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


@dataclass
class Activity:
    """What is to be held, before anybody writes it down."""

    first: dt.date
    last: dt.date
    hour: str
    place: str
    content: str
    note: str = ""
    host: str = ""
    audience: str = ""
    person: str = ""

    @property
    def days(self) -> str:
        same = self.first == self.last
        return f"{self.first:%d/%m}" if same else f"{self.first:%d/%m}-{self.last:%d/%m}"


#: How a form is laid out, and how many of a hundred are.
LAYOUTS: list[tuple[Callable[..., Paper], int]] = [
    (layouts.printed_annex, 26),
    (layouts.listed, 30),
    (layouts.many_in_a_cell, 12),
    (layouts.under_bands, 5),
    (layouts.typed_with_bars, 5),
    (layouts.lines_of_a_mail, 8),
    (layouts.labelled_lines, 4),
    (layouts.week_across, 3),
    (layouts.in_two_tables, 7),
]


def papers(count: int, seed: int) -> list[Paper]:
    """Draw ``count`` forms."""
    return [_paper(random.Random(f"{seed}/{number}"), number) for number in range(count)]


def _paper(chance: random.Random, number: int) -> Paper:
    layout = chance.choices([one for one, _ in LAYOUTS], [share for _, share in LAYOUTS])[0]
    paper = layout(chance, _activities(chance), WORDS, number)
    paper.shape = layout.__name__
    if paper.kind == "docx":
        paper.decomposed = chance.random() < 0.08
        paper.font = chance.choice(["", "TCVN3", "VNI"]) if chance.random() < 0.1 and not paper.decomposed else ""
    return paper


def _activities(chance: random.Random) -> list[Activity]:
    made = []
    contents = chance.sample(WORDS["contents"], chance.randint(1, 12))
    for content in contents:
        first = chance.choice(DAYS)
        last = first
        if chance.random() < 0.15:
            first, last = chance.choice([(DAYS[0], DAYS[6]), tuple(sorted(chance.sample(DAYS, 2)))])
        made.append(
            Activity(
                first,
                last,
                hour=chance.choice(["", "", "7h30", "07g30", "8h00-10h30", "14 giờ", "19:00", "sáng", "chiều", "tối"]),
                place="" if chance.random() < 0.03 else chance.choice(WORDS["places"]),
                content=content,
                note=chance.choice(WORDS["notes"]) if chance.random() < 0.3 else "",
                host=chance.choice(WORDS["hosts"]),
                audience=chance.choice(WORDS["audiences"]),
                person=chance.choice(WORDS["people"]),
            )
        )
    return sorted(made, key=lambda activity: (activity.first, activity.last))
