"""The references in a record as it is written, whether or not the record is sound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic_core import PydanticCustomError

from generator.model.document import Path
from generator.model.values import Also, Model, Reference, RefersTo


def written_references(model: type[Model], values: Mapping[str, Any]) -> dict[Path, Reference]:
    """The references in the plain values of a record, by place, where they stand as they should.

    What a field that is unknown or of a wrong sort holds is passed over: nobody knows what it refers to.
    """
    return dict(_of_fields(model, values, ()))


def fields_that_name(model: type[Model], kind: str) -> tuple[str, ...]:
    """The fields in which a record of a kind may be named, as `parties`.

    Where the model has none of its own, those of its parts, as `related.programmes`.
    """
    hints = _hints(model)
    named = {name: field.alias or name for name, field in model.model_fields.items()}
    own = tuple(written for name, written in named.items() if kind in _kinds_of(hints[name]))
    parts = {written: part for name, written in named.items() for part in _models_of(hints[name])}
    inner = tuple(f"{written}.{field}" for written, part in parts.items() for field in fields_that_name(part, kind))
    return own or inner


def _kinds_of(hint: Any) -> frozenset[str]:
    marks = getattr(hint, "__metadata__", ())
    here = frozenset(kind for mark in marks if isinstance(mark, RefersTo) for kind in mark.kinds)
    return here.union(*(_kinds_of(inner) for inner in get_args(hint)))


def _models_of(hint: Any) -> tuple[type[Model], ...]:
    if isinstance(hint, type) and issubclass(hint, Model):
        return (hint,)
    return tuple(model for inner in get_args(hint) for model in _models_of(inner))


Found = Iterator[tuple[Path, Reference]]


def _of_fields(model: type[Model], values: Mapping[str, Any], path: Path) -> Found:
    hints = _hints(model)
    for name, field in model.model_fields.items():
        written = field.alias or name
        if written in values:
            yield from _of_value(hints[name], values[written], (*path, written))


def _of_value(hint: Any, value: Any, path: Path) -> Found:
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        yield from _of_marked(inner[0], inner[1:], value, path)
    elif origin in (Union, UnionType):
        for way in inner:
            yield from _of_value(way, value, path)
    elif origin is tuple and isinstance(value, list):
        for number, item in enumerate(value):
            yield from _of_value(inner[0], item, (*path, number))
    elif origin is dict and isinstance(value, dict):
        for key, item in value.items():
            yield from _of_value(inner[1], item, (*path, key))
    elif isinstance(hint, type) and issubclass(hint, Model) and isinstance(value, dict):
        yield from _of_fields(hint, value, path)


def _of_marked(inner: Any, marks: tuple[Any, ...], value: Any, path: Path) -> Found:
    for mark in marks:
        if isinstance(mark, RefersTo):
            yield from _read(mark, value, path)
            return
        if isinstance(mark, Also) and mark.annotation is not None:
            yield from _of_value(mark.annotation, value, path)
    yield from _of_value(inner, value, path)


def _read(mark: RefersTo, value: Any, path: Path) -> Found:
    try:
        yield path, mark.read(value)
    except PydanticCustomError:  # told by the model
        return


@lru_cache(maxsize=256)
def _hints(model: type[Model]) -> dict[str, Any]:
    return get_type_hints(model, include_extras=True)
