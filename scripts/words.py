"""Bring the English catalogue up to date: new words come in blank, words that are gone go out.

.venv/bin/python scripts/words.py                 update it, and say what is left to translate
.venv/bin/python scripts/words.py blank FILE.po   put what is not translated into a file of its own
.venv/bin/python scripts/words.py take FILE.po    take translations from such a file
"""

import ast
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "tuanhoc"
ENGLISH = SOURCES / "locale" / "en" / "LC_MESSAGES" / "django.po"

_ONE, _TWO, _OF = (1,), (1, 2), ((1, "c"), 2)
_MARKS = {
    "_": _ONE, "N_": _ONE, "gettext": _ONE, "gettext_lazy": _ONE, "gettext_noop": _ONE,
    "ngettext": _TWO, "ngettext_lazy": _TWO, "pgettext": _OF, "pgettext_lazy": _OF,
}  # fmt: skip
_TEXT = r"""u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
_CALL = re.compile(rf"\b(gettext|ngettext|pgettext|npgettext|_) ?\(((?:\s*{_TEXT}\s*,?)+)")


@dataclass(frozen=True, slots=True)
class Said:
    """One text somewhere in the program: of two, the second is said of many; ``context`` tells like ones apart."""

    texts: tuple[str, ...]
    context: str
    where: str


def said() -> Iterator[Said]:
    """Yield every marked text of the program, in the order of its files."""
    for path in sorted(SOURCES.rglob("*")):
        if "tests" in path.parts or path.suffix not in {".py", ".html", ".txt"}:
            continue
        where = path.relative_to(SOURCES).as_posix()
        for call, texts in _in_python(path) if path.suffix == ".py" else _in_template(path):
            with_context = call.startswith(("pgettext", "npgettext"))
            yield Said(texts[1:] if with_context else texts, texts[0] if with_context else "", where)


def _in_python(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    data = path.read_bytes()
    for _line, call, texts, _notes in extract_python(io.BytesIO(data), list(_MARKS), [], {"encoding": "utf-8"}):
        kept = tuple(t for t in (texts if isinstance(texts, tuple) else (texts,)) if t)
        if kept:
            yield call, kept


def _in_template(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    if "templates" not in path.parts:
        return
    # Django turns a template into calls that no parser of Python would take as a program.
    for call in _CALL.finditer(templatize(path.read_text(encoding="utf-8"), origin=str(path))):
        texts = tuple(ast.literal_eval(text) for text in re.findall(_TEXT, call[2]))
        if any(texts):
            yield call[1], texts


def read() -> Catalog:
    """Return the English catalogue as it stands."""
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def update(old: Catalog) -> Catalog:
    """Return the catalogue of what the program says now, with the translations there are."""
    new = Catalog(locale="en", fuzzy=False, header_comment="# English of Tuần Học. The source language is Vietnamese.")
    found: dict[tuple[str, str], tuple[Said, set[str]]] = {}
    for one in said():
        first, places = found.setdefault((one.texts[0], one.context), (one, set()))
        if len(one.texts) > len(first.texts):
            found[one.texts[0], one.context] = (one, places)
        places.add(one.where)
    for (text, context), (one, places) in found.items():
        many = len(one.texts) > 1
        had = old.get(text, context or None)
        words = had.string if had else ""
        if many != isinstance(words, tuple):
            words = ("", "") if many else ""
        new.add(
            one.texts if many else text, words, locations=[(place, 0) for place in sorted(places)],
            flags=["python-format"] if re.search(r"%\(\w+\)", text) else [], context=context or None,
        )  # fmt: skip
    return new


def is_blank(message: Message) -> bool:
    """Whether a text has no translation, or not for both numbers."""
    return not all(message.string) if isinstance(message.string, tuple) else not message.string


_PASSING = re.compile(r'(?m)^"(?:POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By).*\n')


def write(catalogue: Catalog, path: Path) -> None:
    """Write a catalogue without the moment it was made: the same words make the same file."""
    out = io.BytesIO()
    write_po(out, catalogue, width=0, include_lineno=False, sort_output=False, omit_header=False)
    text = _PASSING.sub("", out.getvalue().decode())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _blanks(catalogue: Catalog) -> Catalog:
    blank = Catalog(locale="en", fuzzy=False)
    for message in catalogue:
        if message.id and is_blank(message):
            blank.add(message.id, message.string, message.locations, message.flags, context=message.context)
    return blank


def _take(catalogue: Catalog, given: Catalog) -> None:
    for message in given:
        here = catalogue.get(message.id[0] if isinstance(message.id, tuple) else message.id, message.context)
        if not message.id or here is None or is_blank(message):
            continue
        # What was one text and is now counted, or the other way round, is to be said anew.
        if isinstance(here.string, tuple) == isinstance(message.string, tuple):
            here.string = message.string


def main(*given: str) -> None:
    """Do what the first word asks."""
    if not settings.configured:
        settings.configure()
    catalogue = update(read() if ENGLISH.exists() else Catalog(locale="en"))
    if given[:1] == ("take",):
        with Path(given[1]).open("rb") as file:
            _take(catalogue, read_po(file, locale="en"))
    write(catalogue, ENGLISH)
    blank = _blanks(catalogue)
    if given[:1] == ("blank",):
        write(blank, Path(given[1]))
    print(f"{len(catalogue)} texts, {len(blank)} to translate")


if __name__ == "__main__":
    main(*sys.argv[1:])
