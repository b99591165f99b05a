"""What the models say of a value as it is written: the order of its keys, and whether it stands bare."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from generator.editing.patches import DATE, scalar
from generator.model.kind import Kind
from generator.model.values import DATE_FORM, END_FORM, MOMENT_FORM, NUMBER_FORM, WHOLE_FORM
from generator.schema.fields import Either, Field, Keyed, ListOf, Nested, Part, Plain, Shape, describe, part_of

DATES = (DATE_FORM, MOMENT_FORM, END_FORM)
NUMBERS = (NUMBER_FORM, WHOLE_FORM)


@lru_cache(maxsize=64)
def shape_of_file(kind: Kind) -> Shape:
    """The shape of a file: of its one record, or of the sources and records of a kind kept in one file."""
    record = Nested(part_of(kind.model))
    if not kind.file:
        return record
    records = Field("records", "", "", True, Keyed(record), ())
    return Nested(Part(kind.section, "", (describe(kind).sources, records)))


def below(shape: Shape | None, value: Any, key: str | None) -> Shape | None:
    """The shape of what is in a list, or at a key of a mapping; None where the models do not say."""
    way = _way(shape, value)
    if isinstance(way, ListOf | Keyed):
        return way.of
    if isinstance(way, Nested):
        return next((field.shape for field in way.part.fields if field.name == key), None)
    return None


def order_of(shape: Shape | None, value: Any) -> tuple[str, ...]:
    """The names of the fields of a mapping in their order; none where its order is for its writer to choose."""
    way = _way(shape, value)
    return tuple(field.name for field in way.part.fields) if isinstance(way, Nested) else ()


def _way(shape: Shape | None, value: Any) -> Shape | None:
    """The way of writing that a value takes."""
    ways = [way for each in shape.ways if (way := _way(each, value))] if isinstance(shape, Either) else [shape]
    if isinstance(value, list):
        return next((way for way in ways if isinstance(way, ListOf)), None)
    if isinstance(value, dict):
        fitting = [way for way in ways if isinstance(way, Nested | Keyed)]
        return max(fitting, key=lambda way: _known(way, value), default=None)
    return next((way for way in ways if way is not None and not isinstance(way, ListOf | Keyed | Nested)), None)


def _known(way: Shape, value: dict[str, Any]) -> int:
    return sum(field.name in value for field in way.part.fields) if isinstance(way, Nested) else 0


def text_on_one_line(text: str, shape: Shape | None, *, flow: bool) -> str:
    """A text of one line as it is written: dates, numbers and ids bare, quotes for what a reader may mistake."""
    way = _way(shape, text)
    form = way.form if isinstance(way, Plain) else None
    if form in NUMBERS and re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", text):
        return text
    if form not in (None, *DATES) and DATE.fullmatch(text):
        return f"'{text}'"
    return scalar(text, flow=flow)
