"""Tables to look words and codes up in, so that nobody needs a whole kind for the name of a country."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from generator.derive.happenings import OF_EVENT, Sort
from generator.derive.status import Status
from generator.export.api.addresses import Addresses
from generator.export.api.computed import Known
from generator.export.api.entries import (
    CountryEntry,
    EventEntry,
    GroupEntry,
    OrganisationEntry,
    ThemeEntry,
    VocabularyEntry,
    WordEntry,
)
from generator.export.api.membership import members_by_day, names_of, numeric_code
from generator.export.api.shapes import ChangedIn, filled
from generator.kinds.agreement import OFTEN, RANK, EventType
from generator.model.facts import Grade
from generator.model.values import Model, Vocabulary
from generator.schema.fields import Choice, Nested, Shape, describe, inside, shape_of


@dataclass(frozen=True)
class Table:
    """A table to look something up in: its name in the address, what it is called, what one row is, and the rows."""

    name: str
    title: str
    what: str
    entry: type[Model]
    rows: Callable[[Known, Addresses], Iterator[Model]]


# -- rows


def _places(addresses: Addresses, kind: str, id: str) -> dict[str, str]:
    found = addresses.kind(kind)
    return {"address": addresses.record(found, id), "page": addresses.page(found, id)}


def _countries(known: Known, addresses: Addresses) -> Iterator[Model]:
    for country in known.catalogue.of("country"):
        yield filled(
            CountryEntry,
            id=country.id,
            iso3=country.iso3,
            numeric=numeric_code(country.id),
            names=names_of(country.id),
            official_names=country.official_names,
            side=country.side,
            **_places(addresses, "country", country.id),
        )


def _groups(known: Known, addresses: Addresses) -> Iterator[Model]:
    for group in known.catalogue.of("group"):
        yield filled(
            GroupEntry,
            id=group.id,
            name=group.name,
            short_name=group.short_name,
            founded=group.founded,
            ended=group.ended,
            members=members_by_day(group),
            **_places(addresses, "group", group.id),
        )


def _organisations(known: Known, addresses: Addresses) -> Iterator[Model]:
    for body in known.catalogue.of("organisation"):
        yield filled(
            OrganisationEntry,
            id=body.id,
            name=body.name,
            short_name=body.short_name,
            acronym=body.acronym,
            type=body.type,
            country=body.country,
            part_of=body.part_of,
            **_places(addresses, "organisation", body.id),
        )


def _themes(known: Known, addresses: Addresses) -> Iterator[Model]:
    for theme in known.catalogue.of("theme"):
        links = known.catalogue.links_to.get(("theme", theme.id), ())
        named = {(link.kind, link.id) for link in links if link.path[0] == "themes"}
        yield filled(
            ThemeEntry,
            id=theme.id,
            labels=theme.labels,
            alt_labels=theme.alt_labels,
            broader=theme.broader,
            dac=theme.dac,
            eurovoc=theme.eurovoc,
            records=len(named),
            **_places(addresses, "theme", theme.id),
        )


def _events(known: Known, addresses: Addresses) -> Iterator[Model]:
    for event in EventType:
        yield filled(
            EventEntry,
            word=str(event),
            label=event.label,
            definition=event.definition,
            step=event in RANK,
            order=RANK.get(event),
            often=event in OFTEN,
            sort=OF_EVENT.get(event, Sort.STEP),
        )


COMPUTED: tuple[type[Vocabulary], ...] = (Status, Grade, Sort, ChangedIn)
"""Vocabularies of computed values."""


def _vocabularies(known: Known, addresses: Addresses) -> Iterator[Model]:
    fields: dict[str, dict[str, None]] = {}
    choices: dict[str, Choice] = {}
    for kind in known.catalogue.kinds:
        if kind.name != "page":
            for field in (*describe(kind).fields, describe(kind).sources):
                for place, choice in _choices(field.shape, f"{kind.name}.{field.name}"):
                    choices[choice.name] = choice
                    fields.setdefault(choice.name, {})[place] = None
    for name, choice in sorted(choices.items()):
        yield _vocabulary(choice, fields[name])
    for each in COMPUTED:
        shape = shape_of(each)
        assert isinstance(shape, Choice)
        yield _vocabulary(shape, ())


def _choices(shape: Shape, place: str) -> Iterator[tuple[str, Choice]]:
    for each in inside(shape):
        if isinstance(each, Choice):
            yield place, each
        elif isinstance(each, Nested):
            for field in each.part.fields:
                yield from _choices(field.shape, f"{place}.{field.name}")


def _vocabulary(choice: Choice, fields: Iterable[str]) -> VocabularyEntry:
    words = tuple(
        filled(WordEntry, word=word.word, label=word.label, definition=word.definition or None) for word in choice.words
    )
    return filled(VocabularyEntry, name=choice.name, what=choice.what, fields=tuple(fields), words=words)


TABLES: tuple[Table, ...] = (
    Table("countries", "Countries", "Names in four languages and codes of all countries.", CountryEntry, _countries),
    Table("groups", "Groups", "Groups with their members by day.", GroupEntry, _groups),
    Table("themes", "Themes", "Themes with their names and codes.", ThemeEntry, _themes),
    Table("organisations", "Organisations", "Organisations by their names.", OrganisationEntry, _organisations),
    Table("vocabularies", "Vocabularies", "Every fixed list of words, with what each means.", VocabularyEntry,
          _vocabularies),
    Table("events", "Words for events", "What may happen in the life of an agreement: steps and milestones.",
          EventEntry, _events),
)  # fmt: skip
"""All tables with rows of one sort; that of former ids has two."""
