"""What the names of our own in the RDF mean: a file made from the models, so that every name leads to its explanation.

It is no ontology: it says what readers and editors are told of each field, and nothing of what follows from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from generator.derive.status import Status
from generator.export.linked.addresses import Addresses
from generator.export.linked.graph import Iri, Literal, Node, Prefixes, Value, named, prefixes, said_in
from generator.export.linked.names import EARLIEST, FILE, LATEST, LISTED, PREFIX, SAME, Names
from generator.export.linked.statuses import CLASS, LICENCE, PROPERTY, STATUS, stated
from generator.export.tables.fields import DATES
from generator.export.tables.shapes import Table
from generator.model.catalogue import Catalogue
from generator.model.kind import Kind
from generator.schema.fields import (
    Choice,
    Described,
    Either,
    Field,
    Fixed,
    ListOf,
    Plain,
    Word,
    describe,
    inside,
    part_of,
)

Said = list[tuple[str, Value]]


def terms(catalogue: Catalogue, table: Table, site: str, address: str) -> tuple[tuple[Node, ...], Prefixes]:
    """All names of our own. `table` is that of statuses; `site` is the name of the site, `address` its address."""
    at, names = Addresses(catalogue, address), Names(address)
    described = tuple(describe(kind) for kind in catalogue.kinds if kind.name != "page")
    made = _Terms(described, table, at, names)
    title = said_in("en", f"Names in the linked data of the {site}")
    head = Node(((named("dct:title"), title), (named("dct:license"), LICENCE)), at.site + FILE)
    nodes = (head, *made.classes(), *made.properties(), *made.words())
    return nodes, prefixes(at.site, "dct", "rdf", "rdfs", "skos", **{PREFIX: names.base})


class _Terms:
    def __init__(self, described: tuple[Described, ...], table: Table, at: Addresses, names: Names) -> None:
        self._described, self._table, self._at, self._names = described, table, at, names
        self._parts = {part.name: part for each in described for part in each.parts()}

    def classes(self) -> Iterator[Node]:
        """A class for each kind of record, each part of one, and the statuses."""
        for each in self._described:
            yield self._class(each.kind.model.__name__, each.kind.singular, each.what, self._pages([each.kind]))
        for part in self._parts.values():
            yield self._class(part.name, part.title, part.what, ())
        yield self._class(CLASS, "Status", self._table.what, ())

    def properties(self) -> Iterator[Node]:
        """A property for each field that no vocabulary of others has a word for, and for what follows from dates."""
        told: dict[str, list[Field]] = {}
        kinds: dict[str, list[Kind]] = {}
        for each in self._described:
            for field in part_of(each.kind.model).fields:
                told.setdefault(field.name, []).append(field)
                kinds.setdefault(field.name, []).append(each.kind)
        for part in self._parts.values():
            for field in part.fields:
                told.setdefault(field.name, []).append(field)
        for name, fields in sorted(told.items()):
            if name not in SAME:
                yield self._property(name, fields, self._pages(kinds.get(name, [])))
            yield from self._following(name, fields)
        for name, title, what in OTHERS:
            yield self._node(name, "rdf:Property", [title], [what])
        yield self._node(PROPERTY, "rdf:Property", ["Status"], [self._table.what])
        for column in stated(self._table):
            if column.name not in told and column.name != "party_kind":
                yield self._node(column.name, "rdf:Property", [column.title], [column.what])

    def words(self) -> Iterator[Node]:
        """The words of each list of words, as concepts of a scheme."""
        for choice in self._choices():
            scheme = self._names.own(choice.name)
            yield self._node(choice.name, "skos:ConceptScheme", [], [choice.what])
            for word in choice.words:
                said: Said = [(named("rdf:type"), named("skos:Concept")), (named("skos:inScheme"), scheme)]
                said += [(named("skos:prefLabel"), said_in("en", word.label))]
                said += [(named("skos:notation"), Literal(word.word))]
                said += [(named("skos:definition"), said_in("en", word.definition))] if word.definition else []
                yield Node(tuple(said), self._names.word(choice.name, word.word))

    def _choices(self) -> Iterable[Choice]:
        found: dict[str, Choice] = {}
        shapes = [field.shape for each in self._described for field in each.fields]
        shapes += [field.shape for part in self._parts.values() for field in part.fields]
        for shape in (inner for each in shapes for inner in inside(each)):
            if isinstance(shape, Choice):
                found.setdefault(shape.name, shape)
        statuses = tuple(Word(str(status), status.label, "") for status in Status)
        return (*found.values(), Choice(STATUS, "What the dates of a record say of it.", statuses))

    def _following(self, name: str, fields: list[Field]) -> Iterator[Node]:
        shapes = [shape for field in fields for shape in inside(field.shape)]
        title = fields[0].title
        if any(isinstance(shape, Plain) and shape.form in DATES for shape in shapes):
            for ending, day in ((EARLIEST, "first"), (LATEST, "last")):
                what = f"The {day} day that the date may mean."
                yield self._node(f"{name}_{ending}", "rdf:Property", [f"{title}: {day} day"], [what])
        if any(isinstance(shape, ListOf) for shape in shapes):
            what = "The same in the order of the record, where it is not that of the alphabet."
            yield self._node(f"{name}_{LISTED}", "rdf:Property", [f"{title}, in their order"], [what])
        ways = [way for field in fields if isinstance(field.shape, Either) for way in field.shape.ways]
        for way in ways:
            if isinstance(way, Fixed):
                yield self._node(way.word, "rdfs:Resource", [way.word], [way.told])

    def _class(self, name: str, title: str, what: str, pages: Iterable[Iri]) -> Node:
        return self._node(name, "rdfs:Class", [title], [what], pages)

    def _property(self, name: str, fields: list[Field], pages: Iterable[Iri]) -> Node:
        titles = list(dict.fromkeys(field.title for field in fields if field.title))
        whats = list(dict.fromkeys(field.what for field in fields if field.what))
        return self._node(name, "rdf:Property", titles, whats, pages)

    def _node(self, name: str, type_: str, titles: list[str], whats: list[str], pages: Iterable[Iri] = ()) -> Node:
        said: list[tuple[str, Any]] = [(named("rdf:type"), named(type_))]
        said += [(named("rdfs:label"), said_in("en", title)) for title in titles]
        said += [(named("rdfs:comment"), said_in("en", what)) for what in whats]
        said += [(named("rdfs:isDefinedBy"), Iri(self._at.site + FILE))]
        return Node((*said, *((named("rdfs:seeAlso"), page) for page in pages)), self._names.own(name))

    def _pages(self, kinds: Iterable[Kind]) -> tuple[Iri, ...]:
        return tuple(Iri(f"{self._at.site}fields/{kind.name}/") for kind in kinds)


OTHERS = (
    ("field", "Field", "The field of the record that evidence is for, as legal.oj."),
    ("position", "Position", "The place in the list of the record, from 1."),
)
