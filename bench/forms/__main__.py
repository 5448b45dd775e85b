"""How well, how surely and how fast filled forms are read.

python -m bench.forms [--count 400] [--seed 2022] [--show]
"""

import argparse

from . import by_hand, generator, scoring, timing
from .files import cells as cells_of
from .files import written
from .paper import WEEK


def main() -> None:
    asked = argparse.ArgumentParser(prog="bench.forms", description=__doc__.splitlines()[0])
    asked.add_argument("--count", type=int, default=400, help="forms drawn by the generator")
    asked.add_argument("--seed", type=int, default=2022)
    asked.add_argument("--show", action="store_true", help="what was read wrongly or lost")
    given = asked.parse_args()
    drawn = generator.papers(given.count, given.seed)
    for title, papers in (("generated", drawn), ("by hand", by_hand.papers())):
        print(_line(title, len(papers), found := scoring.score(papers, WEEK)))
        if given.show:
            _show(found)
    word = [(written(paper), paper.name) for paper in drawn if paper.kind == "docx"]
    cells = sum(len(cells_of(paper)) for paper in drawn if paper.kind == "docx") / len(word)
    size = sum(len(data) for data, _ in word) / len(word) / 1024
    print(
        f"\n{len(word) - 3} .docx of {cells:.0f} written cells and {size:.0f} KB on average, processor time of one core"
    )
    print("| way | files/s, cold | warm | cold / bare | peak, MB |\n|---|--:|--:|--:|--:|")
    found = timing.measured(word)
    floor = found["bare zip and lxml"]["cold"]
    for way, of in found.items():
        print(f"| {way} | {of['cold']:.0f} | {of['warm']:.0f} | 1/{floor / of['cold']:.1f} | {of['peak_mb']:.0f} |")


def _line(title: str, count: int, found: scoring.Score) -> str:
    share = found.sure_wrong / max(1, found.sure)
    return (
        f"{title}: {count} forms, {found.true} rows; F1 {found.f1:.4f}; cells lost {len(found.lost)} of {found.cells}; "
        f"wrong rows at >= 0.9: {found.sure_wrong} of {found.sure} ({share:.2%}); right rows below 0.9: "
        f"{found.right_unsure} of {found.right}; units {found.units_right} of {found.units}"
    )


def _show(found: scoring.Score) -> None:
    for paper, missed, wrong in found.wrong:
        print(f"  {paper.shape} {paper.name} {paper.font}")
        for told in missed:
            print(f"    truth {told}")
        for row in wrong:
            print(f"    read  {(scoring.days_of(row), row.place, row.content)} {row.confidence, *row.reasons}")
    for shape, text, lost in found.lost:
        print(f"  lost {shape}: {text!r} {lost}")


if __name__ == "__main__":
    main()
