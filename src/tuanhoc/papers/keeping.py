"""Documents as plain JSON values and back: what was signed is kept as it was signed."""

import datetime as dt
import enum
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from . import values
from .values import OfficialDocument

#: names the class of a kept value where several may stand
_IS = "is"


def kept(document: OfficialDocument) -> dict[str, object]:
    """Return the document as JSON values; fields that stand at their default are left out."""
    plain = _plain(document)
    assert isinstance(plain, dict)  # noqa: S101 - a dataclass gives a dict
    return plain


def thawed(said: Mapping[str, object]) -> OfficialDocument:
    """Return the document of :func:`kept`: the same value.

    A field that came into being after it was kept has its default.
    """
    document = _value(said, OfficialDocument)
    assert isinstance(document, OfficialDocument)  # noqa: S101 - says so to the reader of types
    return document


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        out: dict[str, object] = {_IS: type(value).__name__}
        for field in fields(value):
            given = getattr(value, field.name)
            if given != field.default:
                out[field.name] = _plain(given)
        return out
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, enum.Enum):
        return value.name
    return value.isoformat() if isinstance(value, dt.date) else value


def _value(said: object, kind: Any) -> object:
    if get_origin(kind) in {Union, types.UnionType}:
        return None if said is None else _value(said, _named(said, get_args(kind)))
    if get_origin(kind) is tuple:
        assert isinstance(said, list)  # noqa: S101
        inner = get_args(kind)
        of_each = [inner[0]] * len(said) if inner[1:] == (...,) else inner
        return tuple(_value(item, one) for item, one in zip(said, of_each, strict=True))
    if is_dataclass(kind):
        assert isinstance(said, Mapping)  # noqa: S101
        hints = get_type_hints(kind, vars(values))
        return cast(Callable[..., object], kind)(
            **{n: _value(item, hints[n]) for n, item in said.items() if n in hints}
        )
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return kind[str(said)]
    return dt.date.fromisoformat(str(said)) if kind is dt.date else said


def _named(said: object, choices: tuple[Any, ...]) -> Any:
    if isinstance(said, Mapping):
        return next(choice for choice in choices if getattr(choice, "__name__", "") == said[_IS])
    return next(choice for choice in choices if choice is not type(None))
