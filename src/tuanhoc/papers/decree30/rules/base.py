"""What a rule is, and the rules that every part has: size, weight, slant, case, place."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuanhoc.papers.decree30.anatomy import Paper
from tuanhoc.papers.decree30.reading import Line, Piece
from tuanhoc.papers.decree30.values import Weight


class Worded(Protocol):
    """Words that are put together when somebody reads them."""

    def __str__(self) -> str: ...


Words = str | Promise | Worded
_EXCERPT = 40
_ALIGNED = {
    "left": gettext_lazy("canh trái"),
    "center": gettext_lazy("canh giữa"),
    "right": gettext_lazy("canh phải"),
    "both": gettext_lazy("canh đều hai lề"),
}


@dataclass(frozen=True, slots=True)
class Breach:
    """One place that breaks a rule; ``sure`` False: the file does not tell."""

    where: str
    said: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """One sentence of the decree as a pure function over a paper: it yields every place that breaks it."""

    code: str
    clause: str
    expected: Words
    check: Callable[[Paper], Iterable[Breach]]
    weight: Weight = Weight.BROKEN


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document and how it is set; None: the decree leaves it open."""

    code: str
    name: Words
    clause: str
    lines: Callable[[Paper], Sequence[Line]]
    sizes: tuple[float, float]
    bold: bool | None = None
    italic: bool | None = None
    upper: bool | None = None
    align: str | None = None


def at(line: Line) -> str:
    """Return where a line stands, with its first words."""
    text = line.text
    short = f"{text[:_EXCERPT].rstrip()}…" if len(text) > _EXCERPT else text
    return f"{line.where} (“{short}”)" if short else line.where


def rules_of(part: Part) -> Iterator[Rule]:
    """Yield the rules a part's own table row gives."""
    least, most = part.sizes
    size = f"{least:g}" if least == most else f"{least:g}–{most:g}"
    yield Rule(f"{part.code}.size", part.clause, Expected(part.name, gettext_lazy("cỡ chữ"), size), _sizes(part))
    if part.bold is not None:
        words = gettext_lazy("chữ đậm") if part.bold else gettext_lazy("chữ không đậm")
        yield Rule(f"{part.code}.bold", part.clause, Expected(part.name, words), _bold(part))
    if part.italic is not None:
        words = gettext_lazy("chữ nghiêng") if part.italic else gettext_lazy("chữ đứng")
        yield Rule(f"{part.code}.slant", part.clause, Expected(part.name, words), _slant(part))
    if part.upper is not None:
        words = gettext_lazy("chữ in hoa") if part.upper else gettext_lazy("chữ in thường")
        yield Rule(f"{part.code}.case", part.clause, Expected(part.name, words), _case(part))
    if part.align is not None:
        yield Rule(f"{part.code}.align", part.clause, Expected(part.name, _ALIGNED[part.align]), _align(part))


@dataclass(frozen=True, slots=True)
class Expected:
    """``Quốc hiệu: cỡ chữ 12–13``, in the language of whoever reads it."""

    part: Words
    words: Words
    more: str = ""

    def __str__(self) -> str:
        return f"{self.part}: {self.words} {self.more}".rstrip()


def _sizes(part: Part) -> Callable[[Paper], Iterator[Breach]]:
    least, most = part.sizes

    def check(paper: Paper) -> Iterator[Breach]:
        for line in part.lines(paper):
            wrong = sorted({p.look.points for p in line.inked if not least <= p.look.points <= most})
            if wrong:
                yield Breach(
                    at(line), _("cỡ chữ %(sizes)s") % {"sizes": ", ".join(f"{s:g}".replace(".", ",") for s in wrong)}
                )

    return check


def _bold(part: Part) -> Callable[[Paper], Iterator[Breach]]:
    def check(paper: Paper) -> Iterator[Breach]:
        for line in part.lines(paper):
            if any(p.look.bold != part.bold for p in _lettered(line)):
                yield Breach(at(line), _("chữ không đậm") if part.bold else _("chữ đậm"))

    return check


def _slant(part: Part) -> Callable[[Paper], Iterator[Breach]]:
    def check(paper: Paper) -> Iterator[Breach]:
        for line in part.lines(paper):
            if any(p.look.italic != part.italic for p in _lettered(line)):
                yield Breach(at(line), _("chữ đứng") if part.italic else _("chữ nghiêng"))

    return check


def _case(part: Part) -> Callable[[Paper], Iterator[Breach]]:
    def check(paper: Paper) -> Iterator[Breach]:
        for line in part.lines(paper):
            text = line.text
            if _has_letters(text) and (text.isupper() != part.upper) and not (part.upper is False and len(text) < 8):
                yield Breach(at(line), _("chữ in thường") if part.upper else _("chữ in hoa"))

    return check


def _align(part: Part) -> Callable[[Paper], Iterator[Breach]]:
    def check(paper: Paper) -> Iterator[Breach]:
        for line in part.lines(paper):
            # A single line set to both edges prints as one set to the left.
            align = "left" if line.align == "both" and line.length <= line.width else line.align
            if align != part.align:
                yield Breach(at(line), str(_ALIGNED.get(line.align, line.align)))

    return check


def _lettered(line: Line) -> Sequence[Piece]:
    """Return the pieces that tell weight and slant: those with letters; of a line of figures, all."""
    return [p for p in line.inked if _has_letters(p.text)] or line.inked


def _has_letters(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def listed(*lines: Line | None) -> tuple[Line, ...]:
    """Return those of the lines that are there."""
    return tuple(line for line in lines if line is not None)
