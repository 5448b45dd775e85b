"""Words of filled forms: blanks, "như trên", bullets, addresses."""

import re
from functools import lru_cache

from tuanhoc.intake.plan.wording import bare
from tuanhoc.lib import text as lib_text

__all__ = ["bare", "bulleted", "clean", "is_blank", "is_ditto", "joined", "urls_in", "without_leaders"]

#: Dots and lines to write on, ticks, empty brackets.
_LEADERS = " \t\r\n\u00a0.…_-–—:;,/*·•+=|\\[](){}?"
_TO_FILL_IN = re.compile(r"[(\[]?\s*(?:ky|ghi ro|dien)\b.{0,30}[)\]]")
_DITTO = re.compile(
    r"[\s\-–—(\[“]*(?:n\.?t\.?|nhu tren|nhu dong tren|nhu ngay tren|nhu noi dung tren"
    r"|cung dia diem(?: tren)?)[\s\-–—)\]”.]*"
)
_DITTO_MARKS = re.compile(r"\s*(?:[\"“”〃]|''|″|//)\s*")
_BULLET = re.compile(
    r"\s*(?:(?P<mark>[-–—•*▪◦●○■□➢✓►»·+])\s*(?=[^\s\-–—\d.…])|(?P<dash>[-–—•*▪◦●○■□➢✓►»·+])\s*(?=\d)"
    r"|(?P<number>\d{1,2}(?:\.\d{1,2})?)(?:[.)](?:\s+|(?=[^\W\d]))|/\s+)|(?P<letter>[a-zđ])[.)]\s+)"
)
clean = lru_cache(maxsize=20_000)(lib_text.clean)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]+", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def is_blank(text: str) -> bool:
    """Whether nothing was written: dots to write on, dashes and empty brackets are not words."""
    if not text.strip(_LEADERS):
        return not is_ditto(text)
    return len(text) < 60 and _TO_FILL_IN.fullmatch(bare(text).strip()) is not None


@lru_cache(maxsize=20_000)
def is_ditto(text: str) -> bool:
    """Whether the cell says "the same as above"."""
    return len(text) < 60 and bool(_DITTO.fullmatch(bare(text)) or _DITTO_MARKS.fullmatch(text))


def joined(lines: tuple[str, ...] | list[str]) -> str:
    """Return lines as one clean text."""
    return clean(" ".join(lines))


def without_leaders(text: str) -> str:
    """Drop dots to write on from both ends, and those between words.

    >>> without_leaders("……… UBND huyện Ninh Sơn .........")
    'UBND huyện Ninh Sơn'
    """
    return clean(re.sub(r"(?:[.…_]\s*){3,}|[…_]+", " ", text)).strip(" .…_:;")


@lru_cache(maxsize=20_000)
def bulleted(line: str) -> tuple[str, str] | None:
    """Split a bullet or number off a line: (kind, text), None when it has none.

    >>> bulleted("- Tọa đàm"), bulleted("2. Hội thi"), bulleted("1.10 khai mạc")
    (('-', 'Tọa đàm'), ('1', 'Hội thi'), None)
    """
    found = _BULLET.match(line)
    if found is None:
        return None
    kind = "1" if found["number"] else "a" if found["letter"] else (found["mark"] or found["dash"])
    return {"–": "-", "—": "-"}.get(kind, kind), line[found.end() :].strip()


def urls_in(text: str) -> list[str]:
    """List the web addresses written in a text."""
    return [("https://" + u if u.lower().startswith("www.") else u).rstrip(".,;)]") for u in _URL.findall(text)]
