"""What a fact is, and what it rests on: said once, for the pages, the statistics and the warnings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel

from generator.model.evidence import Evidence, Item, Record, Source
from generator.model.values import FieldPath, Vocabulary

NO_FACTS = frozenset(
    {"id", "aliases", "evidence", "disagreements", "sources", "note", "unverified", "description", "body"}
)

WORDED = frozenset(
    "short_name acronym label summary related currency qualifier unit scope instrument partners flow eu_aggregate"
    " iso3".split()
)
"""How a record is called, told or tied, and what an amount is of: facts of their own only where they have evidence."""


OLD = 2
"""After so many years a source should be read again."""


class Grade(Vocabulary):
    """What a fact rests on."""

    VERIFIED = ("verified", "With a source that says it")
    UNVERIFIED = ("unverified", "Not verified")
    OURS = ("ours", "Our classification")


@dataclass(frozen=True, eq=False)
class Fact:
    """One statement of a record: its field, the item where the field is a list, and what it rests on."""

    field: str
    title: str
    item: Any
    grade: Grade


def facts_of(record: Record) -> tuple[Fact, ...]:
    """Every fact of a record once, in the order of its fields.

    An item of a list is a fact; so is a plain field or a list of ids, and a group of fields (a place) by its
    evidence. Names in use, summaries and what only describes an amount count where they have evidence of their own;
    a word of a vocabulary without evidence is our own classification.
    """
    return tuple(_facts(record))


def _facts(record: Record) -> Iterator[Fact]:
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        if name in NO_FACTS or value is None or value == () or (value is False and name not in record.evidence):
            continue
        title = str(field.title or name)
        if isinstance(value, tuple) and isinstance(value[0], Item):
            for item in value:
                yield from _of_item(record, name, title, item)
        elif isinstance(value, Item):
            yield _fact(record, name, title, value)
        elif isinstance(value, BaseModel):
            yield from _of_group(record, name, title, value)
        elif name in record.evidence or name not in WORDED:
            yield _fact(record, name, title, value)


def _of_item(record: Record, name: str, title: str, item: Item) -> Iterator[Fact]:
    """An item, and what in it has evidence of its own, as the money of a phase."""
    yield _fact(record, name, title, item)
    for inner in item.__dict__.values():
        for each in inner if isinstance(inner, tuple) else ():
            if isinstance(each, Item) and (each.sources or each.unverified):
                yield _fact(record, name, title, each)


def _of_group(record: Record, name: str, title: str, value: BaseModel) -> Iterator[Fact]:
    if name in record.evidence:
        yield _fact(record, name, title, value)
    for inner, field in type(value).model_fields.items():
        path = f"{name}.{inner}"
        filled = inner not in NO_FACTS and getattr(value, inner) not in (None, ())
        stated = name not in record.evidence and name not in WORDED
        if path in record.evidence or (filled and stated):
            yield _fact(record, path, f"{title}: {field.title or inner}", getattr(value, inner))


def _fact(record: Record, field: str, title: str, value: Any) -> Fact:
    item = value if isinstance(value, Item) else None
    evidence = record.evidence.get(FieldPath(field), Evidence())
    if item is not None and (item.sources or item.unverified):
        grade = Grade.VERIFIED if item.sources and not item.unverified else Grade.UNVERIFIED
    elif evidence.editorial or (isinstance(value, Vocabulary) and field not in record.evidence):
        grade = Grade.OURS
    else:
        grade = Grade.VERIFIED if evidence.verified else Grade.UNVERIFIED
    return Fact(field, title, item, grade)


def is_stale(source: Source, today: date) -> bool:
    """Whether a source was last read more than two years before a day."""
    return source.accessed is not None and is_long_ago(source.accessed.latest, today)


def is_long_ago(day: date, today: date) -> bool:
    """Whether a day lies more than two years before another."""
    last = 28 if (today.month, today.day) == (2, 29) else today.day
    return day < today.replace(year=today.year - OLD, day=last)
