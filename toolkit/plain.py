"""Dataclasses and named tuples as JSON and back, by their type hints: what the ledger keeps.

Pickle would run whatever a copied file tells it to; this only ever builds the classes the caller names.  A coder is
compiled once a class, so that a reading of a thousand cells costs little.

    text = plain.dump(reading)
    reading = plain.load(Reading, text)
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar

Made = TypeVar("Made")
_Coder = Callable[[Any], Any]


def dump(value: object, kind: Any = None) -> str:
    """A dataclass, or a value of the type ``kind``, as one line of JSON; equal values give equal text."""
    hint: Any = kind or type(value)
    return json.dumps(_encoder(hint)(value), ensure_ascii=False, separators=(",", ":"))


def load(kind: type[Made], text: str) -> Made:
    """The value of a class from its JSON.  Raises ``ValueError``, ``TypeError`` or ``KeyError`` for other JSON."""
    hint: Any = kind
    made: Made = _decoder(hint)(json.loads(text))
    return made


@cache
def _encoder(kind: Any) -> _Coder:
    """How values of a type hint become JSON.

    A union is an optional value, or an enumeration and a dataclass, which JSON itself tells apart.
    """
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if _has_fields(kind):
        parts = [(name, _part(_encoder, hint)) for name, hint in _hinted(kind)]
        return lambda value: [coder(getattr(value, name)) if coder else getattr(value, name) for name, coder in parts]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda value: value.value
    if kind in (date, datetime):
        return lambda value: value.isoformat()
    if origin in (typing.Union, types.UnionType):
        if types.NoneType not in inner:
            by_class = {kind: _encoder(kind) for kind in inner}
            return lambda value: by_class[type(value)](value)
        coder = _encoder(_present(inner))
        return lambda value: None if value is None else coder(value)
    if origin is tuple and inner[-1:] == (Ellipsis,):
        coder = _encoder(inner[0])
        return lambda value: [coder(item) for item in value]
    if origin is frozenset:
        coder = _encoder(inner[0])
        return lambda value: sorted(coder(item) for item in value)
    if origin is tuple:
        coders = [_encoder(hint) for hint in inner]
        return lambda value: [coder(item) for coder, item in zip(coders, value, strict=True)]
    return _same_of(kind)


@cache
def _decoder(kind: Any) -> _Coder:
    """How values of a type hint are made from JSON."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if _has_fields(kind):
        parts = [_part(_decoder, hint) for _, hint in _hinted(kind)]
        make: Any = kind
        return lambda value: make(*[coder(item) if coder else item for coder, item in zip(parts, value, strict=True)])
    if isinstance(kind, type) and issubclass(kind, Enum):
        members = {member.value: member for member in kind}
        return members.__getitem__
    if kind in (date, datetime):
        return kind.fromisoformat  # type: ignore[no-any-return]
    if origin in (typing.Union, types.UnionType):
        if types.NoneType not in inner:
            words, records = (_decoder(kind) for kind in sorted(inner, key=is_dataclass))
            return lambda value: (records if isinstance(value, list) else words)(value)
        coder = _decoder(_present(inner))
        return lambda value: None if value is None else coder(value)
    if origin is tuple and inner[-1:] == (Ellipsis,):
        coder = _decoder(inner[0])
        return lambda value: tuple([coder(item) for item in value])
    if origin is frozenset:
        coder = _decoder(inner[0])
        return lambda value: frozenset(coder(item) for item in value)
    if origin is tuple:
        coders = [_decoder(hint) for hint in inner]
        return lambda value: tuple([coder(item) for coder, item in zip(coders, value, strict=True)])
    return _same_of(kind)


def _has_fields(kind: Any) -> bool:
    """Whether a type is a dataclass or a named tuple."""
    return is_dataclass(kind) or (isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields"))


def _hinted(kind: Any) -> list[tuple[str, Any]]:
    hints = typing.get_type_hints(kind)
    names = [item.name for item in fields(kind)] if is_dataclass(kind) else kind._fields
    return [(name, hints[name]) for name in names]


def _part(make: Callable[[Any], _Coder], hint: Any) -> _Coder | None:
    """The coder of a field, ``None`` for what passes as it is."""
    coder = make(hint)
    return None if coder is _same else coder


def _present(kinds: tuple[Any, ...]) -> Any:
    """The one type of an optional field besides ``None``."""
    (kind,) = [kind for kind in kinds if kind is not types.NoneType]
    return kind


def _same_of(kind: Any) -> _Coder:
    """For what JSON itself can say.  Raises ``TypeError`` for a type that was not thought of here."""
    if kind not in (str, int, float, bool, types.NoneType):
        raise TypeError(kind)
    return _same


def _same(value: Any) -> Any:
    return value
