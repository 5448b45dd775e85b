"""The forms of ``by_hand.txt``."""

import re
from pathlib import Path

from .paper import Paper, Truth

_FORMS = Path(__file__).parent / "by_hand.txt"


def papers() -> list[Paper]:
    return [_paper(text) for text in re.split(r"^### ", _FORMS.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]]


def _paper(text: str) -> Paper:
    title, _, rest = text.partition("\n")
    form, _, truth = rest.partition("\n--- ")
    name, _, how = title.partition(" | ")
    unit, *rows = truth.strip().split("\n")
    paper = Paper(
        name=re.sub(r"^\d\d ", "", name),
        blocks=[],
        truth=[Truth(*(part.strip() for part in row.split("|"))) for row in rows],
        unit=None if unit == "-" else unit,
        shape=name,
        font=how if how in {"TCVN3", "VNI"} else "",
        decomposed=how == "decomposed",
    )
    # A line that ends inside a mark goes on in the next: "{box:A" + "B}".
    for line in re.findall(r"^(?:[^{\n]|\{[^{}]*\})*$", form.strip("\n"), flags=re.MULTILINE):
        _put(line, paper)
    return paper


def _put(line: str, paper: Paper) -> None:
    own, line = line.startswith("~ "), line.removeprefix("~ ")
    last = paper.blocks[-1] if paper.blocks else None
    if not line.startswith("| "):
        paper.blocks.append(line)
        paper.printed |= {line} if own else set()
        return
    row = [cell.strip().replace(" // ", "\n") for cell in re.split(r"(?:(?<=\s)|^)\|(?=\s|$)", line)[1:-1]]
    if isinstance(last, list) and len(last[0]) == len(row):
        last.append(row)
    else:
        paper.blocks.append([row])
        own = own or row[0] in {"TT", "STT", "Ngày", "Buổi"}  # the head of a table
    paper.printed |= set(row) if own else set()
