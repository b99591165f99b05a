"""RDF read as its users read it, by rdflib."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import rdflib
import rdflib.collection
import rdflib.compare
from rdflib import URIRef

from generator.export.linked.names import LISTED, Names
from generator.export.plain import number
from generator.model.evidence import Disagreement, Evidence, Source
from generator.model.kind import Kind
from generator.model.values import Line, Url
from generator.schema.fields import Choice, Either, Field, Fixed, ListOf, Nested, Part, Plain, part_of

rdflib.NORMALIZE_LITERALS = False  # texts are compared as they were written: rdflib would make a day of a year


def graph_of(text: str | bytes, format: str = "turtle") -> rdflib.Graph:
    """The graph of a file."""
    return rdflib.Graph().parse(data=text, format=format)


def same(one: rdflib.Graph, other: rdflib.Graph) -> bool:
    """Whether two graphs say the same, whatever their nodes without an identifier are called."""
    return bool(rdflib.compare.isomorphic(one, other))


class ReadBack:
    """Records read from a graph as plain values: the inverse of `generator/export/linked/records.py`."""

    def __init__(self, graph: rdflib.Graph, address: str) -> None:
        self._graph, self._names = graph, Names(address)

    def stated(self, kind: Kind, thing: str) -> dict[str, Any]:
        """The stated fields of a record."""
        read = self._part(part_of(kind.model), URIRef(thing))
        return {name: value for name, value in read.items() if name not in ("id", "sources")}

    def aliases(self, thing: str) -> list[str]:
        """The former ids of a record."""
        found = self._list("aliases", ListOf(Plain(Line.form)), URIRef(thing))
        return found or []

    def evidence(self, thing: str) -> dict[str, Any]:
        """What backs each plain field."""
        nodes = self._objects(URIRef(thing), "evidence")
        field = URIRef(self._names.own("field"))
        return {str(self._graph.value(node, field)): self._part(part_of(Evidence), node) for node in nodes}

    def disagreements(self, thing: str) -> list[dict[str, Any]]:
        """What sources say differently."""
        nodes = self._objects(URIRef(thing), "disagreements")
        return [self._part(part_of(Disagreement), node) for node in sorted(nodes, key=self._position)]

    def sources(self, thing: str) -> list[dict[str, Any]]:
        """The publications that a record names anywhere."""
        found: set[Any] = set()
        reached, todo = set(), [URIRef(thing)]
        while todo:
            node = todo.pop()
            found |= set(self._graph.objects(node, rdflib.DCTERMS.source))
            inner = {each for each in self._graph.objects(node) if isinstance(each, rdflib.BNode)}
            todo += inner - reached
            reached |= inner
        return [self._part(part_of(Source), node) for node in sorted(found, key=self._position)]

    def _part(self, part: Part, node: Any) -> dict[str, Any]:
        read = ((field.name, self._field(field, node)) for field in part.fields if field.name not in LATER)
        return {name: value for name, value in read if value is not None}

    def _field(self, field: Field, node: Any) -> Any:
        if isinstance(shape := usual(field.shape), ListOf):
            return self._list(field.name, shape, node, field.shape)
        found = self._objects(node, field.name)
        assert len(found) <= 1, (field.name, node)
        return self._one(shape, found[0]) if found else None

    def _list(self, name: str, shape: ListOf, node: Any, whole: Any = None) -> Any:
        found, of = self._objects(node, name), usual(shape.of)
        words = [way.word for way in getattr(whole, "ways", ()) if isinstance(way, Fixed)]
        if words and found == [URIRef(self._names.own(words[0]))]:
            return words[0]
        listed = self._graph.value(node, URIRef(self._names.field(name, LISTED)))
        if listed is not None and not isinstance(of, Nested):
            inner = list(rdflib.collection.Collection(self._graph, listed))
            assert set(inner) == set(found), name
            found = inner
        else:
            found = sorted(found, key=self._position if isinstance(of, Nested) else str)
        return [self._one(of, each) for each in found] if found or listed is not None else None

    def _one(self, shape: Any, value: Any) -> Any:
        if isinstance(shape, Nested):
            assert (value, rdflib.RDF.type, URIRef(self._names.own(shape.part.name))) in self._graph
            return self._part(shape.part, value)
        if isinstance(shape, Choice):
            return str(value).removeprefix(self._names.own(f"{shape.name}-"))
        if isinstance(value, URIRef) and not (isinstance(shape, Plain) and shape.form is Url.form):
            id = self._graph.value(value, rdflib.DCTERMS.identifier)
            return str(id) if id else str(value).split("/")[-2].upper()
        type_ = value.datatype if isinstance(value, rdflib.Literal) else None
        if type_ == rdflib.XSD.boolean:
            return str(value) == "true"
        return number(Decimal(str(value))) if type_ in (rdflib.XSD.decimal, rdflib.XSD.integer) else str(value)

    def _objects(self, node: Any, name: str) -> list[Any]:
        return list(self._graph.objects(node, URIRef(self._names.field(name))))

    def _position(self, node: Any) -> int:
        return int(str(self._graph.value(node, URIRef(self._names.own("position")))))


LATER = ("aliases", "evidence", "disagreements")
"""What a record has beside its stated fields; `sources` of a record are read as publications."""


def usual(shape: Any) -> Any:
    """The first of several ways to write a value."""
    return usual(shape.ways[0]) if isinstance(shape, Either) else shape
