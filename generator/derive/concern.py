"""Whom and what one record concerns, whatever its kind: what those who follow a country or a theme are told of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from generator.derive.agreements import ENDINGS, life_of
from generator.derive.countries import NAMED_BY, days_of
from generator.derive.membership import is_member
from generator.kinds.agreement import Agreement
from generator.kinds.dialogue import Dialogue
from generator.kinds.group import Group, MemberRole
from generator.model.catalogue import Catalogue

OVER = frozenset(ENDINGS.values())
KINDS = ("programme", "agreement", "dialogue", "border-area", "group", "organisation", "figure")
"""Kinds whose records may concern a country."""


def countries_of(catalogue: Catalogue, kind: str, record: Any) -> tuple[str, ...]:
    """The countries that a record concerns, sorted: itself, those it names, and members of the groups that are party.

    Members count where they belonged at some time in the life of the agreement or dialogue. A place where something
    was held does not count.
    """
    if kind == "country":
        return (record.id,)
    if isinstance(record, Group):
        return _sorted(code for row in record.members for code in row.countries)
    if isinstance(record, Agreement):
        return _with_members(catalogue, record.parties, *_life(record))
    if isinstance(record, Dialogue):
        return _with_members(catalogue, (*record.parties, *record.countries), *days_of(record))
    named: list[Any] = []
    for field in NAMED_BY.get(kind, ()):
        value = getattr(record, field)
        named += value if isinstance(value, tuple) else [value] if value else []
    return _sorted(name for name in named if catalogue.find("country", name))


def themes_of(kind: str, record: Any) -> tuple[str, ...]:
    """The themes of a record; a theme is its own."""
    return (record.id,) if kind == "theme" else _sorted(getattr(record, "themes", ()))


def _sorted(names: Iterable[Any]) -> tuple[str, ...]:
    return tuple(sorted({str(name) for name in names}))


def _life(record: Agreement) -> tuple[date, date]:
    """From the first day that anything may have happened to the day on which it was certainly over, if it is."""
    first = min((event.date.earliest for event in record.events), default=date.min)
    last = life_of(record).headline[-1:]
    over = last and last[0].status in OVER and last[0].since
    return first, over.latest if over else date.max


def _with_members(catalogue: Catalogue, parties: Iterable[Any], first: date, last: date) -> tuple[str, ...]:
    found: set[str] = set()
    for party in map(str, parties):
        group = catalogue.find("group", party)
        rows = group.members if group else ()
        found |= {
            str(code)
            for row in rows
            if row.role is MemberRole.MEMBER and is_member(row, first, last)
            for code in row.countries
        }
        found |= set() if group else {party}
    return tuple(sorted(found))
