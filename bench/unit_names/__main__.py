"""Whether two units that may be one body are flagged to officers: precision and recall on labelled pairs by hand.

    PYTHONPATH=src python -m bench.unit_names [--held-out] [--show]

A pair counts as flagged when ``alike`` gives it, at the threshold the page has, from a list of these two alone.
"""

import argparse
import csv
from dataclasses import dataclass
from pathlib import Path

from tuanhoc.units.rules.likeness import FLAGGED, LIKELY, Named, alike

HERE = Path(__file__).parent
AREAS = HERE.parents[1] / "src" / "tuanhoc" / "sample" / "data" / "areas" / "ninhthuan_58_2022.csv"
#: how a name begins or what it holds -> the kind an officer picks when entering it; the first that fits
KINDS = (
    ("tiểu học|tieu hoc|th ", "school_primary"), ("thcs|trung học cơ sở", "school_lower"),
    ("thpt|phổ thông", "school_upper"),
    ("mầm non|mẫu giáo|mn ", "school_pre"), ("htcđ|học tập cộng đồng|htcd", "community_centre"),
    ("gdnn|nghề nghiệp", "continuing_centre"), ("văn hóa - thể|văn hóa, thể thao h|vh-tt|ttvhtt", "culture_centre"),
    ("huyện|tp phan|thành phố", "district_committee"), ("ubnd|nhân dân", "commune_committee"), ("sở", "department"),
    ("phòng|pgd", "district_office"),
)  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """Two units and whether they are one body."""

    is_same: bool
    one: Named
    other: Named


def areas() -> dict[str, tuple[int, int | None]]:
    """Return each area's own number and that of the one above, by its name without its kind."""
    with AREAS.open(encoding="utf-8") as lines:
        listed = list(csv.DictReader(lines))
    numbers = {line["code"]: n for n, line in enumerate(listed, start=1)}
    kinds = ("Tỉnh", "Thành phố", "Huyện", "Phường", "Xã", "Thị trấn")
    found = {}
    for line in listed:
        kind = next(k for k in kinds if line["name"].startswith(k))
        found[line["name"].removeprefix(kind).strip()] = (numbers[line["code"]], numbers.get(line["parent_code"]))
    return found


def kind_of(name: str) -> str:
    """Return the kind an officer picks for such a name."""
    low = name.lower()
    return next((kind for words, kind in KINDS if any(word in low for word in words.split("|"))), "other")


def pairs(name: str) -> list[Pair]:
    """Read a file of pairs."""
    where = areas()
    found = []
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        label, told = line[0], [part.strip() for part in line[1:].split(";")]
        one, area, other, second = told
        first = where[area]
        last = first if not second else (None, None) if second == "-" else where[second]
        found.append(Pair(label == "=", Named(1, one, kind_of(one), *first), Named(2, other, kind_of(other), *last)))
    return found


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--held-out", action="store_true")
    asked.add_argument("--show", action="store_true", help="print what was judged wrongly")
    given = asked.parse_args()
    name = "held_out.txt" if given.held_out else "pairs.txt"
    listed = pairs(name)
    scores = [next((found.score for found in alike([p.one, p.other])), 0.0) for p in listed]
    same = sum(p.is_same for p in listed)
    print("| set | one body | two | shown from | precision | recall |\n|---|--:|--:|--:|--:|--:|")
    for least in (FLAGGED, LIKELY):
        right = sum(p.is_same and s >= least for p, s in zip(listed, scores, strict=True))
        wrong = sum(not p.is_same and s >= least for p, s in zip(listed, scores, strict=True))
        precision = right / (right + wrong) if right + wrong else 0
        print(f"| {name} | {same} | {len(listed) - same} | {least} | {precision:.3f} | {right / same:.3f} |")
    if given.show:
        for p, s in zip(listed, scores, strict=True):
            if p.is_same != (s >= FLAGGED):
                print(f"{'missed' if p.is_same else 'wrong'} {s:.2f}: {p.one.name} | {p.other.name}")


if __name__ == "__main__":
    main()
