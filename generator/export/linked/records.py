"""Every record as RDF, with all that it states and what backs it; read from the models, so no field can be missing.

* A record is `…/programmes/urbelac/#it`; its publications are `…/programmes/urbelac/#source-s1`, those of a table
  `…/countries/#source-s1`.
* An item of a list is a node with its `position`. Ids and texts of a list stand one by one; where their order is not
  that of the alphabet, or one comes twice, `…_listed` has them once more in the order of the record.
* A date stands as it is written (EDTF), beside it the first and the last day that it may mean.
* What a plain field rests on is a node of `evidence` that names the field; items name their own sources.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast

from generator.export.linked.addresses import Addresses, name_of
from generator.export.linked.graph import Iri, Listed, Literal, Node, Prefixes, Value, named, prefixes, said_in
from generator.export.linked.names import EARLIEST, LATEST, LISTED, PREFIX, Names
from generator.export.plain import disagreements, evidence, plain, value_of
from generator.export.tables.fields import DATES, TYPES, date_cells
from generator.export.tables.shapes import Cell, Type
from generator.model.catalogue import Catalogue
from generator.model.edtf import parse_end, parse_when
from generator.model.evidence import Disagreement, Evidence, Record, Source
from generator.model.kind import Kind
from generator.model.values import Form, SourceId, Url
from generator.schema.fields import (
    Choice,
    Either,
    Field,
    Fixed,
    Keyed,
    ListOf,
    Nested,
    Part,
    Plain,
    Refers,
    Shape,
    part_of,
)

Pair = tuple[str, Value]
Pairs = Iterable[Pair]
Write = Callable[[Any, str], Pairs]
"""Writes the value of a field; the text is the address below which the sources of the record stand."""

USED = ("dct", "edtf", "foaf", "rdfs", "schema", "skos", "xsd")
LICENCE = Iri("https://creativecommons.org/licenses/by/4.0/")


def records(catalogue: Catalogue, site: str, address: str) -> tuple[Iterator[Node], Prefixes]:
    """All records but pages of prose. `site` is the name of the site, `address` its address."""
    writer = _Writer(catalogue, address)
    return writer.all(site), writer.prefixes


class _Writer:
    def __init__(self, catalogue: Catalogue, address: str) -> None:
        self._catalogue, self._at, self._names = catalogue, Addresses(catalogue, address), Names(address)
        self._kinds = {kind.name: kind for kind in catalogue.kinds}
        self._plans: dict[str, tuple[tuple[str, Write], ...]] = {}
        self._things: dict[tuple[tuple[str, ...], str], Iri] = {}
        self.prefixes = prefixes(self._at.site, *USED, **{PREFIX: self._names.base})

    def all(self, site: str) -> Iterator[Node]:
        """The file itself, then kind by kind the publications of each file and its records."""
        whole = Iri(f"{self._at.site}api/v1/catalogue.ttl")
        title = said_in("en", f"{site}: all that the records state")
        yield Node(((named("dct:title"), title), (named("dct:license"), LICENCE)), whole)
        for kind in (kind for kind in self._kinds.values() if kind.name != "page"):
            listed: set[str] = set()
            for record in self._catalogue.of(kind.name):
                if (place := self._sources_at(kind, record)) not in listed:
                    listed.add(place)
                    yield from self._publications(record, place)
                yield self._record(kind, record, place)

    def _sources_at(self, kind: Kind, record: Record) -> str:
        return f"{self._at.site}{kind.section}/" if kind.file else self._at.page(kind, record.id)

    def _publications(self, record: Record, place: str) -> Iterator[Node]:
        part = part_of(Source)
        for number, source in enumerate(record.sources, 1):
            said = self._node(part, cast("Mapping[str, Any]", value_of(source)), place, number).said
            yield Node(said, _source(place, str(source.id)))

    def _record(self, kind: Kind, record: Record, place: str) -> Node:
        def said() -> Pairs:
            yield named("rdf:type"), self._names.own(kind.model.__name__)
            yield named("rdfs:label"), said_in("en", name_of(kind, record))
            yield named("dct:identifier"), Literal(record.id)
            yield named("foaf:isPrimaryTopicOf"), Iri(self._at.page(kind, record.id))
            yield from self._texts("aliases", [Literal(str(alias)) for alias in record.aliases])
            yield from self._said(part_of(kind.model), plain(record), place)
            for field, backing in evidence(record).items():
                node = self._node(part_of(Evidence), cast("Mapping[str, Any]", backing), place)
                yield self._names.own("evidence"), Node((*node.said, (self._names.own("field"), Literal(field))))
            for number, told in enumerate(disagreements(record), 1):
                yield self._names.own("disagreements"), self._node(part_of(Disagreement), told, place, number)

        return Node(tuple(said()), self._at.thing(kind, record.id))

    # -- parts and their fields

    def _node(self, part: Part, values: Mapping[str, Any], place: str, number: int = 0) -> Node:
        head: list[Pair] = [(named("rdf:type"), self._names.own(part.name))]
        if number:
            head.append((self._names.own("position"), Literal(str(number), named("xsd:integer"))))
        return Node((*head, *self._said(part, values, place)))

    def _said(self, part: Part, values: Mapping[str, Any], place: str) -> Pairs:
        for name, write in self._plan(part):
            if name in values:
                yield from write(values[name], place)

    def _plan(self, part: Part) -> tuple[tuple[str, Write], ...]:
        if part.name not in self._plans:
            self._plans[part.name] = tuple(
                (field.name, self._writer(field)) for field in part.fields if not isinstance(field.shape, Keyed)
            )
        return self._plans[part.name]

    def _writer(self, field: Field) -> Write:
        property_, shape = self._names.field(field.name), _usual(field.shape)
        word = _word(field.shape)
        if field.name == "id":
            return lambda id, _: ((property_, Literal(id)),)
        if isinstance(shape, Plain) and shape.form in DATES:
            return self._date(field.name)
        if isinstance(shape, ListOf):
            write = self._list(field.name, _usual(shape.of))
            if not word:
                return write
            instead = ((property_, self._names.own(word)),)
            return lambda value, place: instead if value == word else write(value, place)
        one = self._one(shape)
        return lambda value, place: ((property_, one(value, place)),)

    def _one(self, shape: Shape) -> Callable[[Any, str], Value]:
        if isinstance(shape, Plain):
            return _plain(shape.form)
        if isinstance(shape, Choice):
            return lambda word, _: self._names.word(shape.name, word)
        if isinstance(shape, Refers):
            return lambda id, _: self._thing(shape.kinds, id)
        assert isinstance(shape, Nested), shape
        return lambda values, place: self._node(shape.part, values, place)

    def _list(self, name: str, of: Shape) -> Write:
        property_ = self._names.field(name)
        if isinstance(of, Nested):

            def items(values: Any, place: str) -> Pairs:
                if not values:
                    yield self._names.field(name, LISTED), Listed(())
                for number, each in enumerate(values, 1):
                    yield property_, self._node(of.part, each, place, number)

            return items
        one = self._one(of)
        return lambda values, place: self._texts(name, [one(each, place) for each in values])

    def _texts(self, name: str, values: list[Value]) -> Pairs:
        """Each value once; and all in their order where that tells something."""
        single = sorted(set(values), key=_sorted_by)
        yield from ((self._names.field(name), each) for each in single)
        if values != single or (not values and name != "aliases"):
            yield self._names.field(name, LISTED), Listed(tuple(values))

    def _date(self, name: str) -> Write:
        property_, typed, day = self._names.field(name), named("edtf:EDTF"), named("xsd:date")
        endings = [self._names.field(name, ending) for ending in (EARLIEST, LATEST)]

        def write(text: Any, _: str) -> Pairs:
            yield property_, Literal(text, typed)
            for ending, cell in zip(endings, bounds(text), strict=True):
                if cell is not None:
                    yield ending, Literal(str(cell), day)

        return write

    def _thing(self, kinds: tuple[str, ...], id: str) -> Iri:
        """The thing that an id leads to, by its present id."""
        if (kinds, id) not in self._things:
            found = next(((name, r) for name in kinds if (r := self._catalogue.find(name, id))), (kinds[0], None))
            kind, record = self._kinds[found[0]], found[1]
            self._things[kinds, id] = Iri(self._at.thing(kind, record.id if record else id))
        return self._things[kinds, id]


@lru_cache(maxsize=16384)
def bounds(text: str) -> tuple[Cell, Cell]:
    """The first and the last day that a date may mean, as far as there are any."""
    _, first, last = date_cells(parse_end(text) if text == ".." else parse_when(text))
    return first, last


def _sorted_by(value: Value) -> str:
    return value.text if isinstance(value, Literal) else str(value)


def _usual(shape: Shape) -> Shape:
    return _usual(shape.ways[0]) if isinstance(shape, Either) else shape


def _word(shape: Shape) -> str:
    return next((way.word for way in shape.ways if isinstance(way, Fixed)), "") if isinstance(shape, Either) else ""


def _source(place: str, id: str) -> Iri:
    return Iri(f"{place}#source-{id}")


def _plain(form: Form) -> Callable[[Any, str], Value]:
    if form is SourceId.form:
        return lambda id, place: _source(place, id)
    if type_ := NUMBERS.get(TYPES.get(form, Type.TEXT), ""):
        return lambda number, _: Literal(_digits(number), named(type_))
    if form is Url.form:
        return lambda text, _: Iri(text)
    return lambda text, _: Literal(text)


NUMBERS = {Type.NUMBER: "xsd:decimal", Type.WHOLE: "xsd:integer", Type.TRUTH: "xsd:boolean"}


def _digits(value: bool | int | float | str) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return format(Decimal(repr(value) if isinstance(value, float) else value), "f")
