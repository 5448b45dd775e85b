"""What people type into the journal's search, and every code that is shown to them in such words."""

from collections.abc import Mapping

from django.apps import apps
from django.utils.translation import gettext as _

from tuanhoc.journal.queries import Sought
from tuanhoc.journal.rules import searched

from .words import FIELDS, VALUES, WORDS

#: words looked at; the rest of a long sentence narrows nothing further
MOST = 8


def sought(typed: str, units: Mapping[str, str]) -> tuple[Sought, ...]:
    """Return what each word of a search stands for, on the language of the page. No query.

    :param units: names by path.
    """
    typed_words = list(dict.fromkeys(searched(typed).split()))[:MOST]
    if not typed_words:
        return ()
    whats = {code: searched(_(words)) for code, words in WORDS.items()}
    codes = _shown_codes()
    names = {path: searched(name) for path, name in units.items()}
    return tuple(
        Sought(
            word,
            *(
                tuple(code for code, shown in told.items() if f" {word}" in f" {shown}")
                for told in (whats, codes, names)
            ),
        )
        for word in typed_words
    )


def _shown_codes() -> dict[str, str]:
    """Return every code of a field or value with all the words it is shown in."""
    shown: dict[str, list[str]] = {}
    for code, words in (*FIELDS.items(), *VALUES.items()):
        shown.setdefault(code, []).append(_(words))
    for model in apps.get_models():
        if model.__module__.startswith("tuanhoc."):
            for field in model._meta.concrete_fields:
                for value, word in field.flatchoices or ():
                    shown.setdefault(str(value), []).append(str(word))
    return {code: searched(" ".join(dict.fromkeys(words))) for code, words in shown.items() if code}
