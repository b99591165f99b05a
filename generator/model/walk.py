"""Ways through a record: all values, one value, what is there at a named field."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from generator.model.document import Path
from generator.model.evidence import Evidence, Item, Record
from generator.model.values import FieldPath, Model

Walked = tuple[tuple[Path, Any], ...]
"""All values of a record with their paths."""


def walk(value: Any) -> Walked:
    """All values of a record with their paths, models before what is in them.

    The last few walks are kept: the rules look at one record after another.
    """
    return _walk_once(_ById(value))


class _ById:
    """A key for the cache: the very value, not one that is equal."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.value is self.value


@lru_cache(maxsize=4)
def _walk_once(key: _ById) -> Walked:
    found: list[tuple[Path, Any]] = []
    _collect(key.value, (), found)
    return tuple(found)


def _collect(value: Any, path: Path, found: list[tuple[Path, Any]]) -> None:
    found.append((path, value))
    if isinstance(value, str):
        return
    if isinstance(value, BaseModel):
        names = _written_names(type(value))
        for name, inner in value.__dict__.items():
            if inner is not None and inner != ():
                _collect(inner, (*path, names[name]), found)
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            _collect(inner, (*path, number), found)
    elif isinstance(value, dict):
        for key, inner in value.items():
            _collect(inner, (*path, key), found)


@lru_cache(maxsize=256)
def _written_names(model: type[BaseModel]) -> dict[str, str]:
    return {name: field.alias or name for name, field in model.model_fields.items()}


def has_fact(model: Any, field: str) -> bool:
    """Whether `start`, `legal.decision` or `events.signed` leads to something in the record."""
    name, _, rest = field.partition(".")
    if not isinstance(model, BaseModel):
        return False
    found = next((n for n, field in type(model).model_fields.items() if (field.alias or n) == name), None)
    value = getattr(model, found) if found else None
    if value is None or value == () or (isinstance(value, BaseModel) and not value.model_fields_set):
        return False
    if not rest:
        return True
    if isinstance(value, tuple):
        return any(is_named(item, rest) for item in value)
    return has_fact(value, rest)


def is_named(item: Any, name: str) -> bool:
    """Whether an item of a list goes by a name, as the event `signed` or the phase `INNOVACT I`."""
    return isinstance(item, Model) and any(str(getattr(item, mark, None)) == name for mark in type(item).marks)


def is_about(about: str, field: str, item: Any = None) -> bool:
    """Whether `start`, `activities` for a list, or `events.signed` for an item of one, names this fact."""
    name, _, rest = about.partition(".")
    return about == field or (name == field and item is not None and is_named(item, rest))


def at(value: Any, path: Path) -> Any:
    """The value at a path."""
    for part in path:
        value = value[part] if isinstance(part, int) else getattr(value, part)
    return value


def evidence_of(record: Record, field: str, item: Any = None) -> Evidence:
    """The evidence of a fact: the item's own, or that of its field."""
    if isinstance(item, Item) and (item.sources or item.unverified):
        return Evidence(sources=item.sources, unverified=bool(item.unverified))
    return record.evidence.get(FieldPath(field), Evidence())
