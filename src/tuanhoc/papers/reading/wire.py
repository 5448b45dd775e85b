"""Values between two processes as plain JSON: what arrives is checked field by field, nothing of it is run.

Written over the dataclasses themselves, so that a new field travels without a line here. A dataclass is a list
that begins with its name, bytes are base64, tuples are lists.
"""

import base64
import binascii
import dataclasses
import json
import types
import typing
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")
_Read = Callable[[Any], Any]


class NotSuchAValue(Exception):
    """What arrived is not what was agreed on."""


def written(value: object) -> bytes:
    """Return a value made of dataclasses, tuples, words, numbers and bytes as JSON."""
    return json.dumps(value, default=_plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _plain(value: Any) -> object:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return [type(value).__name__, *(getattr(value, name) for name in _names(value.__class__))]


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


def read(given: object, kind: type[T]) -> T:
    """Return what ``json`` gave as a ``kind``. :raises NotSuchAValue: a field is missing, or of another kind."""
    try:
        return typing.cast(T, _reader(typing.cast(Any, kind))(given))
    except (TypeError, ValueError, IndexError, KeyError, RecursionError) as error:
        raise NotSuchAValue(str(error)) from error


@cache
def _reader(hint: Any) -> _Read:
    """Return what reads a value of this type hint."""
    origin, within = typing.get_origin(hint), typing.get_args(hint)
    if origin in {types.UnionType, typing.Union}:
        return _one_of(within)
    if origin is tuple:
        return _many(within[0]) if within[-1] is Ellipsis else _some(within)
    if _is_record(hint):
        return _record(hint)
    if hint not in _SIMPLE:
        raise TypeError(f"{hint} does not travel")
    return _SIMPLE[hint]


def _exactly(*kinds: type) -> _Read:
    def check(given: Any) -> Any:
        # The exact type: to isinstance a bool is an int.
        if type(given) not in kinds:
            raise ValueError(f"{type(given).__name__} instead of {kinds[-1].__name__}")
        return given

    return check


def _words(given: Any) -> str:
    # No database keeps a NUL, and no officer wrote one.
    if type(given) is not str or "\0" in given:
        raise ValueError("not words")
    return given


def _bytes(given: Any) -> bytes:
    if type(given) is not str:
        raise ValueError("bytes are base64")
    try:
        return base64.b64decode(given, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error


_SIMPLE: Mapping[Any, _Read] = {
    str: _words, bytes: _bytes, float: _exactly(int, float), int: _exactly(int), bool: _exactly(bool),
    type(None): _exactly(type(None)),
}  # fmt: skip


def _many(hint: Any) -> _Read:
    one = _reader(hint)

    def each(given: Any) -> tuple[Any, ...]:
        return tuple(map(one, _listed(given)))

    return each


def _some(hints: tuple[Any, ...]) -> _Read:
    readers = tuple(map(_reader, hints))

    def each(given: Any) -> tuple[Any, ...]:
        return tuple(one(value) for one, value in zip(readers, _listed(given), strict=True))

    return each


def _is_record(hint: Any) -> bool:
    return dataclasses.is_dataclass(hint)


def _record(kind: Any) -> _Read:
    hints = typing.get_type_hints(kind)
    readers = tuple(_reader(hints[name]) for name in _names(kind))
    said = kind.__name__

    def each(given: Any) -> Any:
        name, *values = _listed(given)
        if name != said:
            raise ValueError(f"{name!r} instead of {said}")
        return kind(*[one(value) for one, value in zip(readers, values, strict=True)])

    return each


def _one_of(hints: tuple[Any, ...]) -> _Read:
    records: Mapping[Any, _Read] = {h.__name__: _reader(h) for h in hints if _is_record(h)}
    others = tuple(_reader(h) for h in hints if not _is_record(h))

    def each(given: Any) -> Any:
        if records and isinstance(given, list) and given and given[0] in records:
            return records[given[0]](given)
        for one in others:
            try:
                return one(given)
            except ValueError:
                continue
        raise ValueError("none of what it may be")

    return each


def _listed(given: Any) -> list[Any]:
    if type(given) is not list:
        raise ValueError(f"{type(given).__name__} instead of a list")
    return given
