"""What can be followed: all, each kind, country and theme, and each kind within a country; each has one stem of an
address for good.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.derive.concern import KINDS
from generator.kinds.country import country_name
from generator.model.catalogue import Catalogue
from generator.model.chronicle import Change
from generator.model.kind import Kind

ALL = "feeds/all"


@dataclass(frozen=True)
class Subject:
    """A feed: of which changes it tells, and where it stands."""

    stem: str
    """Its address without the ending: `feeds/countries/cl`."""
    title: str
    place: str
    """The address of the page that it belongs to, below the top of the site."""
    kind: str = ""
    countries: frozenset[str] = frozenset()
    """The country, under each id that it ever had."""
    themes: frozenset[str] = frozenset()
    """The theme, in the same way."""
    also: tuple[str, ...] = ()
    """Stems that it had under former ids, where it still stands."""

    def takes(self, change: Change) -> bool:
        """Whether a change belongs to it."""
        return (
            self.kind in ("", change.kind)
            and (not self.countries or not self.countries.isdisjoint(change.countries))
            and (not self.themes or not self.themes.isdisjoint(change.themes))
        )


def subjects(catalogue: Catalogue) -> tuple[Subject, ...]:
    """All that can be followed, in the order in which it is listed.

    Each country and theme, also a retired one, has its feeds whether they hold anything or not: an address that
    somebody follows must not die.
    """
    kinds = [kind for kind in catalogue.kinds if kind.name != "page"]
    found = [Subject(ALL, "All records", "")]
    found += [Subject(f"feeds/{kind.section}", kind.title, f"{kind.section}/", kind.name) for kind in kinds]
    for kind in kinds:
        if kind.name == "country":
            found += [each for id, name in _named(catalogue, kind) for each in _of_country(catalogue, kind, id, name)]
        if kind.name == "theme":
            found += [_whole(catalogue, kind, id, name) for id, name in _named(catalogue, kind)]
    return tuple(found)


def _named(catalogue: Catalogue, kind: Kind) -> Iterator[tuple[str, str]]:
    """The records of a kind and those that it had, by id, with their names."""
    for record in catalogue.of(kind.name):
        yield record.id, name_of(kind.name, record)
    for key, tombstone in catalogue.retired.items():
        if key == tombstone.was and key[0] == kind.name:
            yield key[1], str(tombstone.name)


def name_of(kind: str, record: Any) -> str:
    """The English name of a record, as its page is headed."""
    if kind == "country":
        return country_name(record.id, "en")
    return str(record.labels.en) if kind == "theme" else str(record.title)


def _whole(catalogue: Catalogue, kind: Kind, id: str, name: str) -> Subject:
    former = [alias for (of, alias), now in catalogue.aliases.items() if (of, now) == (kind.name, id)]
    tombstone = catalogue.retired.get((kind.name, id))
    former += map(str, tombstone.aliases) if tombstone else ()
    ids = frozenset({id, *former})
    return Subject(
        stem_of(kind, id),
        name,
        f"{kind.section}/{id.lower()}/",
        countries=ids if kind.name == "country" else frozenset(),
        themes=ids if kind.name == "theme" else frozenset(),
        also=tuple(stem_of(kind, alias) for alias in sorted(former)),
    )


def stem_of(kind: Kind, id: str) -> str:
    """The stem of the feed of a country or theme."""
    return f"feeds/{kind.section}/{id.lower()}"


def _of_country(catalogue: Catalogue, country: Kind, id: str, name: str) -> Iterator[Subject]:
    """All that concerns a country, then kind by kind."""
    whole = _whole(catalogue, country, id, name)
    yield whole
    for kind in catalogue.kinds:
        if kind.name in KINDS:
            yield Subject(
                f"{whole.stem}/{kind.section}",
                f"{name}: {kind.title.lower()}",
                whole.place,
                kind.name,
                whole.countries,
                also=tuple(f"{stem}/{kind.section}" for stem in whole.also),
            )
