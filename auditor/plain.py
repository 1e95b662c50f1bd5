"""Frozen values as plain JSON values and back: what a file may hold, read strictly by the types of the fields.

A dataclass or named tuple becomes the list of its fields, an enumeration its value, a day its ISO form, a decimal
or fraction its text. What does not fit the type that is asked for raises NotPlain; nothing is guessed.
"""

from __future__ import annotations

import dataclasses
import datetime
import types
import typing
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from enum import Enum
from fractions import Fraction
from typing import Any, TypeVar

Made = TypeVar("Made")

_Builder = Callable[[Any], Any]


class NotPlain(ValueError):
    """A plain value that is no value of the type asked for."""


def plain(value: object) -> Any:
    """Return a value as JSON can hold it: text, whole numbers, truth values, null, and lists of them."""
    if value is None or isinstance(value, bool | int) or type(value) is str:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal | Fraction):
        return str(value)
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if dataclasses.is_dataclass(value):
        return [plain(getattr(value, field.name)) for field in dataclasses.fields(value)]
    raise TypeError(f"{type(value).__name__} has no plain form")


def built(kind: type[Made], data: object) -> Made:
    """Return the value of a type that `plain` made the data from; raises NotPlain for any other data."""
    made: Made = _builder(kind, {})(data)
    return made


def _builder(kind: Any, known: dict[Any, _Builder]) -> _Builder:
    """Return the function that builds a type, made once for each type that occurs in it."""
    if kind not in known:
        known[kind] = _made_builder(kind, known)
    return known[kind]


def _made_builder(kind: Any, known: dict[Any, _Builder]) -> _Builder:
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple and arguments[1:] == (...,):
        return _series(_builder(arguments[0], known))
    if origin in (types.UnionType, typing.Union) and len(arguments) == 2 and type(None) in arguments:
        return _optional(_builder(next(a for a in arguments if a is not type(None)), known))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _converted(str, kind)
    hints = typing.get_type_hints(kind)
    if dataclasses.is_dataclass(kind):
        names = [field.name for field in dataclasses.fields(kind)]
    elif isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields"):
        names = list(kind._fields)
    else:
        raise TypeError(f"{kind} has no plain form")
    return _record(kind, [_builder(hints[name], known) for name in names])


def _exactly(wanted: type) -> _Builder:
    def build(data: Any) -> Any:
        if type(data) is not wanted:
            raise NotPlain(f"{data!r:.40} is no {wanted.__name__}")
        return data

    return build


def _converted(wanted: type, convert: Callable[[Any], Any]) -> _Builder:
    def build(data: Any) -> Any:
        if type(data) is not wanted:
            raise NotPlain(f"{data!r:.40} is no {wanted.__name__}")
        try:
            return convert(data)
        except (ValueError, InvalidOperation, ZeroDivisionError) as error:
            raise NotPlain(f"{data!r:.40}: {error}") from None

    return build


def _series(item: _Builder) -> _Builder:
    def build(data: Any) -> tuple[Any, ...]:
        if type(data) is not list:
            raise NotPlain(f"{data!r:.40} is no list")
        return tuple(map(item, data))

    return build


def _optional(item: _Builder) -> _Builder:
    return lambda data: None if data is None else item(data)


def _record(kind: Any, items: list[_Builder]) -> _Builder:
    def build(data: Any) -> Any:
        if type(data) is not list or len(data) != len(items):
            raise NotPlain(f"{data!r:.40} are not the fields of {kind.__name__}")
        values = [item(value) for item, value in zip(items, data, strict=True)]
        try:
            return kind(*values)
        except ValueError as error:
            raise NotPlain(str(error)) from None

    return build


_SIMPLE: Mapping[Any, _Builder] = types.MappingProxyType(
    {
        str: _exactly(str),
        int: _exactly(int),
        bool: _exactly(bool),
        datetime.date: _converted(str, datetime.date.fromisoformat),
        Decimal: _converted(str, Decimal),
        Fraction: _converted(str, Fraction),
    }
)
