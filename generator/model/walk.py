"""Ways through a record: all values, one value, what is there at a named field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from generator.model.document import Path
from generator.model.evidence import Evidence, Item, Record
from generator.model.values import FieldPath, Model


def walk(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """All values of a record with their paths, models before what is in them."""
    yield path, value
    if isinstance(value, BaseModel):
        for name, inner in value.__dict__.items():
            if inner is not None and inner != ():
                alias = type(value).model_fields[name].alias
                yield from walk(inner, (*path, alias or name))
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from walk(inner, (*path, number))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, (*path, key))


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
