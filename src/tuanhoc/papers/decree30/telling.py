"""Findings told: as plain values for other programs, as lines for a person at a terminal."""

from collections.abc import Iterator, Sequence

from .values import Finding

CLAUSE = "Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I"


def as_values(findings: Sequence[Finding]) -> list[dict[str, object]]:
    """Return findings as JSON values; ``weight`` is ``broken``, ``unsure`` or ``advice``."""
    return [
        {
            "rule": f.rule, "weight": f.weight.name.lower(), "where": list(f.places), "said": f.said,
            "expected": f.expected, "clause": f"{f.clause}, {CLAUSE}",
        }
        for f in findings
    ]  # fmt: skip


def as_lines(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield three lines a finding."""
    for finding in findings:
        yield f"[{finding.weight.value}] {finding.expected} ({finding.clause})"
        yield f"    ở {finding.where}"
        yield f"    đang là: {finding.said}"
