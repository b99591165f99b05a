"""A record as plain values, in the words in which it was written: what every export of data begins with.

The fields follow the models (`schema/fields.py`), so a new field is in all data as soon as its class has it. What
backs the facts has functions of its own (`evidence`, `disagreements`, `sources`): each format puts it elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from generator.model.edtf import Interval, Open, PartialDate
from generator.model.evidence import Record
from generator.model.values import Model, SourceId
from generator.model.walk import walk
from generator.schema.fields import Either, Fixed, part_of

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
"""What JSON knows."""

APART = ("id", "aliases", "evidence", "disagreements", "sources")
"""What every record has beside its stated fields."""

EXACT = 2**53
"""Up to here every program reads a whole number of JSON as it is written (RFC 8259, section 6)."""


def plain(record: Record) -> dict[str, Json]:
    """The stated fields of a record in the order of its model, without those of `APART`.

    Dates, references and words are the texts that were written; a list of nobody who is named is the word that says
    so (`unnamed`). Fields that hold nothing are left out, unless every record of the kind must have them.
    """
    return _filled(record, APART)


def sources(record: Record) -> list[dict[str, Json]]:
    """The publications that back something in a record, in its order.

    A table's list of publications serves all its records; here stand those that this one names.
    """
    named = {value for path, value in walk(record) if isinstance(value, SourceId) and path[0] != "sources"}
    return [_filled(source, ()) for source in record.sources if source.id in named]


def disagreements(record: Record) -> list[dict[str, Json]]:
    """What sources say differently; `about` is always a list."""
    return [_filled(each, ()) for each in record.disagreements]


def evidence(record: Record) -> dict[str, Json]:
    """What backs each plain field, by its name: `sources`, `editorial`, `unverified` and `note`, as far as given."""
    return {
        str(field): {name: value for name, value in _filled(backing, ()).items() if value is not False}
        for field, backing in record.evidence.items()
    }


def number(value: Decimal | int) -> int | float | str:
    """A number as JSON has it: whole ones without a point; a text where a program would round it (RFC 7493, 2.2)."""
    whole = int(value)
    if value == whole:
        return whole if abs(whole) <= EXACT else str(whole)
    near = float(value)
    return near if Decimal(repr(near)) == value else str(value)


# -- any value


def value_of(value: Any) -> Json:
    """Any value of a record as JSON has it."""
    return _BY_TYPE[kind](value) if (kind := type(value)) in _BY_TYPE else _other(value)


def _other(value: Any) -> Json:
    if isinstance(value, Model):
        return _filled(value, ())
    if isinstance(value, str):  # texts, references and words of a vocabulary
        return str(value)
    raise TypeError(f"{value!r} has no form in JSON.")


_BY_TYPE: dict[type, Callable[[Any], Json]] = {
    bool: lambda value: bool(value),
    int: number,
    Decimal: number,
    PartialDate: lambda value: value.text,
    Interval: lambda value: value.text,
    Open: lambda value: value.text,
    tuple: lambda value: [value_of(each) for each in value],
    list: lambda value: [value_of(each) for each in value],
    dict: lambda value: {str(name): value_of(each) for name, each in value.items()},
}


def _filled(model: Model, without: tuple[str, ...]) -> dict[str, Json]:
    made: dict[str, Json] = {}
    for name, written, empty, required in _plan(type(model)):
        value = getattr(model, name)
        if name in without or value is None:
            continue
        told = empty if value == () and empty else value_of(value)
        if required or told not in ([], {}) or _is_said(type(model), name, value):
            made[written] = told
    return made


def _is_said(model: type[Model], name: str, value: Any) -> bool:
    """Whether a value that holds nothing is not the same as a field left out."""
    return bool(value != model.model_fields[name].get_default(call_default_factory=True))


@lru_cache(maxsize=256)
def _plan(model: type[Model]) -> tuple[tuple[str, str, str, bool], ...]:
    """Each field: its name in Python, as it is written, the word for an empty list if there is one, if it is needed."""
    names = {field.alias or name: name for name, field in model.model_fields.items()}
    return tuple((names[f.name], f.name, _word_for_none(f.shape), f.required) for f in part_of(model).fields)


def _word_for_none(shape: Any) -> str:
    ways = shape.ways if isinstance(shape, Either) else ()
    return next((way.word for way in ways if isinstance(way, Fixed)), "")
