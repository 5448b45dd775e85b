"""The plans beside the tests, as documents."""

from pathlib import Path

from tuanhoc.papers.reading import Document, Paragraph

PLANS = Path(__file__).parent / "plans"


def written(text: str, name: str = "plan.txt") -> Document:
    """Return typed text as a document, one paragraph per line."""
    lines = enumerate(text.split("\n"), 1)
    return Document(name, tuple(Paragraph(line, f"đoạn {n}") for n, line in lines if line.strip()))


def plan(name: str) -> Document:
    return written((PLANS / name).read_text(encoding="utf-8"), name)
