"""The reader's language: which it is, and days, moments and numbers said in it."""

import datetime as dt
import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext

from tuanhoc.lib import dates, english, numbers
from tuanhoc.lib.refusal import Refusal
from tuanhoc.lib.sentences import Day, LastMinute, Sentence, stored_messages
from tuanhoc.lib.text import fold


def is_spoken(language: str | None) -> bool:
    """Whether pages can be read in ``language``."""
    return any(language == code for code, _name in settings.LANGUAGES)


def chosen(cookies: Mapping[str, str]) -> str:
    """Return the language a visitor chose, Vietnamese until then.

    What the browser prefers does not count: many an office of the province runs Windows in English.
    """
    language = cookies.get(settings.LANGUAGE_COOKIE_NAME, "")
    return language if is_spoken(language) else settings.LANGUAGE_CODE


class ChosenLanguage:
    """Let each request be answered in the language its visitor chose."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Choose, answer, and say in which language."""
        language = chosen(request.COOKIES)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self._get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response


def is_english() -> bool:
    """Whether the page being made is read in English."""
    return (translation.get_language() or "").startswith("en")


def weekday(day: dt.date) -> str:
    """Return ``thứ Hai`` or ``Monday``."""
    return english.weekday(day) if is_english() else dates.weekday(day)


def short(day: dt.date) -> str:
    """Return ``01/10/2022`` or ``1 Oct 2022``."""
    return english.short(day) if is_english() else dates.short(day)


def plain(day: dt.date) -> str:
    """Return ``1/10/2022``, for a day in one line with the words of a deadline, or ``1 Oct 2022``."""
    return english.short(day) if is_english() else dates.plain(day)


def day_and_month(day: dt.date) -> str:
    """Return ``01/10`` or ``1 Oct``."""
    return english.day_and_month(day) if is_english() else f"{day:%d/%m}"


def last_minute(closes_at: dt.datetime) -> str:
    """Return ``đến hết 23:59 ngày 30/9/2022`` or ``until 23:59 on 30 September 2022``; of an hour ``trước 17:00 …``."""
    return english.last_minute(closes_at) if is_english() else dates.last_minute(closes_at)


def remaining(closes_at: dt.datetime, *, at: dt.datetime) -> str:
    """Return ``còn 3 ngày`` or ``3 days left``."""
    return english.remaining(closes_at, at=at) if is_english() else dates.remaining(closes_at, at=at)


def span(first: dt.date, last: dt.date) -> str:
    """Return ``01–07/10/2022`` or ``1–7 Oct 2022``."""
    return english.span(first, last) if is_english() else dates.span(first, last)


def grouped(number: int) -> str:
    """Return ``1.234`` or ``1,234``."""
    return english.grouped(number) if is_english() else numbers.grouped(number)


def on_paper(choices: Iterable[tuple[str, object]]) -> dict[str, str]:
    """Return code -> label of choices as papers and files say them: in Vietnamese, whoever asks."""
    with translation.override(settings.LANGUAGE_CODE):
        return {code: str(label) for code, label in choices}


def codes_of(choices: Iterable[tuple[str, object]]) -> dict[str, str]:
    """Return folded label -> code of choices, the labels in every language: what a file may hold."""
    given = list(choices)
    known: dict[str, str] = {}
    for language, _name in reversed(settings.LANGUAGES):
        with translation.override(language):
            known |= {fold(str(label)): code for code, label in given}
    return known


def said(thing: Refusal | Sentence) -> str:
    """Return a refusal or a sentence translated, and then filled in."""
    text = gettext(thing.message)
    return text % {name: _filling(value) for name, value in thing.params.items()} if thing.params else text


def kept(text: str) -> str:
    """Return a sentence that was stored in Vietnamese, filled in, in the reader's language; as it is if unknown."""
    if not text or not is_english():
        return text
    if (whole := gettext(text)) != text:
        return whole
    for message, pattern in _patterns():
        if found := pattern.fullmatch(text):
            return gettext(message) % {name: kept(value) for name, value in found.groupdict().items()}
    return text


@functools.cache
def _patterns() -> Sequence[tuple[str, re.Pattern[str]]]:
    """Return what finds a filled-in sentence again, for each message that may have been stored so."""
    messages = {*stored_messages(), *(kind.message for kind in _kinds(Refusal))}
    return [(message, _pattern(message)) for message in sorted(messages) if "%(" in message]


def _kinds(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for below in kind.__subclasses__():
        yield below
        yield from _kinds(below)


def _pattern(message: str) -> re.Pattern[str]:
    seen: set[str] = set()
    parts = []
    for words, name in re.findall(r"(.*?)(?:%\((\w+)\)[sd]|\Z)", message, re.DOTALL):
        parts.append(re.escape(words.replace("%%", "%")))
        if name:
            parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>.*?)")
            seen.add(name)
    return re.compile("".join(parts), re.DOTALL)


def _filling(value: object) -> object:
    if isinstance(value, Refusal | Sentence):
        return said(value)
    if isinstance(value, LastMinute):
        return last_minute(value.closes_at)
    return short(value.day) if isinstance(value, Day) else value
