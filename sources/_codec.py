"""Frozen dataclasses as plain data for JSON, and back by their type hints, strictly: a wrong value is an error that says where."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints


class WrongValueError(Exception):
    """A value breaks a rule; ``path`` are the steps to it, the innermost first.

    >>> WrongValueError("no number", "start").said("quotes")
    'quotes.start: no number'
    """

    def __init__(self, rule: str, *path: object) -> None:
        super().__init__(rule)
        self.rule, self.path = rule, [str(step) for step in path]

    def said(self, root: str) -> str:
        """Return where the value stands below ``root``, and what is wrong."""
        return f"{'.'.join([root, *reversed(self.path)])}: {self.rule}"


class Codec:
    """Writes and reads values of dataclasses, tuples, dictionaries, Literals, None, texts, numbers and truths.

    Values of the class ``shared`` are written as numbers into the list ``values``, where each stands once, however often it is used.

    >>> from geo import Name
    >>> Codec().plain(Name(toponym="Kilifi")), Codec().read(Name, {"toponym": "Kilifi"})
    ({'toponym': 'Kilifi'}, Name(toponym='Kilifi', lang=''))
    """

    def __init__(self, shared: type | None = None, values: Iterable[Any] = ()) -> None:
        self.shared = shared
        self.values: list[Any] = list(values)
        self._numbers: dict[Any, int] = {value: number for number, value in enumerate(self.values)}

    def plain(self, value: Any) -> Any:
        """Write a value; what a field has by default is left out."""
        if self.shared is not None and isinstance(value, self.shared):
            number = self._numbers.setdefault(value, len(self.values))
            if number == len(self.values):
                self.values.append(value)
            return number
        if is_dataclass(value):
            return {f.name: self.plain(held) for f in fields(value) if (held := getattr(value, f.name)) != _default(f)}
        if isinstance(value, tuple | list):
            return [self.plain(one) for one in value]
        if isinstance(value, dict):
            return {str(key): self.plain(one) for key, one in value.items()}
        return value

    def read(self, hint: Any, value: Any) -> Any:
        """Read a value that shall be as ``hint`` says. Raises :class:`WrongValueError`."""
        return _reader(hint)(value, self)

    def read_fields(self, cls: type, value: Any, given: Iterable[str] = ()) -> dict[str, Any]:
        """Read the fields of a dataclass but those that are ``given`` by others. Raises :class:`WrongValueError`."""
        return _read_fields(cls, value, self, frozenset(given))


_Read = Callable[[Any, Codec], Any]


def _default(field: Field[Any]) -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


@lru_cache(maxsize=256)
def _reader(hint: Any) -> _Read:
    """Return what reads a value of a type hint."""
    origin, args = get_origin(hint), get_args(hint)
    if hint in _PLAIN:
        return _PLAIN[hint]
    if origin is Literal:
        return _one_of(args)
    if origin in (Union, UnionType):
        return _optional(next(arg for arg in args if arg is not NoneType))
    if origin is tuple:
        return _tuple_of(args[0]) if args[-1] is Ellipsis else _row_of(args)
    if origin is dict:
        return _dict_of(*args)
    if is_dataclass(hint) and isinstance(hint, type):
        return _dataclass_of(hint)
    raise TypeError(f"{hint!r} is a type that no record holds")


def _wrong(value: Any, what: str) -> WrongValueError:
    return WrongValueError(f"{repr(value)[:60]} is no {what}")


def _text(value: Any, _: Codec) -> str:
    if type(value) is not str:
        raise _wrong(value, "text")
    return value


def _whole(value: Any, _: Codec) -> int:
    if type(value) is not int:
        raise _wrong(value, "whole number")
    return value


def _number(value: Any, _: Codec) -> float:
    if type(value) not in (int, float) or not math.isfinite(value):
        raise _wrong(value, "number")
    return value  # type: ignore[no-any-return]


def _truth(value: Any, _: Codec) -> bool:
    if type(value) is not bool:
        raise _wrong(value, "true or false")
    return value


_PLAIN: dict[Any, _Read] = {str: _text, int: _whole, float: _number, bool: _truth}


def _one_of(known: tuple[Any, ...]) -> _Read:
    def read(value: Any, _: Codec) -> Any:
        if type(value) is not str or value not in known:
            raise WrongValueError(f"{repr(value)[:60]} is none of {', '.join(known)}")
        return value

    return read


def _optional(inner: Any) -> _Read:
    known = _reader(inner)
    return lambda value, codec: None if value is None else known(value, codec)


def _listed(value: Any) -> list[Any] | tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise _wrong(value, "list")
    return value


def _each(values: Iterable[Any], readers: Iterable[_Read], codec: Codec) -> tuple[Any, ...]:
    out = []
    for value, read in zip(values, readers, strict=False):
        try:
            out.append(read(value, codec))
        except WrongValueError as error:
            error.path.append(str(len(out)))
            raise
    return tuple(out)


def _tuple_of(inner: Any) -> _Read:
    known = _reader(inner)

    def read(value: Any, codec: Codec) -> tuple[Any, ...]:
        items = _listed(value)
        return _each(items, (known for _ in items), codec)

    return read


def _row_of(inner: tuple[Any, ...]) -> _Read:
    known = tuple(_reader(one) for one in inner)

    def read(value: Any, codec: Codec) -> tuple[Any, ...]:
        if len(_listed(value)) != len(known):
            raise WrongValueError(f"{len(value)} values where {len(known)} are due")
        return _each(value, known, codec)

    return read


def _dict_of(key: Any, inner: Any) -> _Read:
    known = _reader(inner)

    def read(value: Any, codec: Codec) -> dict[Any, Any]:
        if not isinstance(value, dict):
            raise _wrong(value, "object")
        out = {}
        for name, one in value.items():
            if key is int and not str(name).isdecimal():
                raise _wrong(name, "whole number")
            try:
                out[int(name) if key is int else name] = known(one, codec)
            except WrongValueError as error:
                error.path.append(str(name)[:60])
                raise
        return out

    return read


def _dataclass_of(cls: type) -> _Read:
    def read(value: Any, codec: Codec) -> Any:
        if cls is codec.shared:
            if type(value) is not int or not 0 <= value < len(codec.values):
                raise WrongValueError(f"{repr(value)[:60]} is no number of a {cls.__name__} in the record")
            return codec.values[value]
        return cls(**_read_fields(cls, value, codec, frozenset()))

    return read


@lru_cache(maxsize=64)
def _fields(cls: type) -> tuple[dict[str, _Read], frozenset[str]]:
    """Return what reads each field of a dataclass, and the fields that have no default."""
    hints = get_type_hints(cls)
    due = {f.name for f in fields(cls) if f.default is MISSING and f.default_factory is MISSING}
    return {f.name: _reader(hints[f.name]) for f in fields(cls)}, frozenset(due)


def _read_fields(cls: type, value: Any, codec: Codec, given: frozenset[str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(value, "object")
    readers, due = _fields(cls)
    if missing := due - given - value.keys():
        raise WrongValueError(f"a {cls.__name__} without {', '.join(sorted(missing))}")
    out = {}
    for name, one in value.items():
        if name not in readers or name in given:
            raise WrongValueError(f"{str(name)[:60]!r} is no field of a {cls.__name__}")
        try:
            out[name] = readers[name](one, codec)
        except WrongValueError as error:
            error.path.append(name)
            raise
    return out
