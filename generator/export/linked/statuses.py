"""The statuses that follow from the records' dates as RDF, apart from what the records state.

Each is a node of its record: for whom, what, and from which day until which other. They are the rows of the table
`statuses`, so that no rule of them is told twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.derive.status import Status
from generator.export.linked.addresses import Addresses
from generator.export.linked.graph import Iri, Literal, Node, Prefixes, Value, named, prefixes, said_in
from generator.export.linked.names import PREFIX, Names
from generator.export.tables.shapes import Column, Role, Table, Type
from generator.model.catalogue import Catalogue

LICENCE = Iri("https://creativecommons.org/licenses/by/4.0/")
CLASS, PROPERTY = "StatusSpan", "status_span"
STATUS = Status.__name__
TYPES = {Type.DAY: "xsd:date", Type.TRUTH: "xsd:boolean"}
WORDS = ("status", "maybe")
"""Columns that hold a status."""


def statuses(table: Table, catalogue: Catalogue, site: str, address: str) -> tuple[Iterator[Node], Prefixes]:
    """The rows of the table of statuses as nodes. `site` is the name of the site, `address` its address."""
    at, names = Addresses(catalogue, address), Names(address)
    return _nodes(table, catalogue, at, names, site), prefixes(at.site, "dct", "edtf", "xsd", **{PREFIX: names.base})


def stated(table: Table) -> tuple[Column, ...]:
    """The columns that say something of a status: not its record, nor what is there for reading only."""
    return tuple(c for c in table.columns if c.role is not Role.KEY and (c.role is not Role.HELP or c.type is Type.DAY))


def _nodes(table: Table, catalogue: Catalogue, at: Addresses, names: Names, site: str) -> Iterator[Node]:
    title = said_in("en", f"{site}: statuses by date, computed from what the records state")
    said = ((named("dct:title"), title), (named("dct:license"), LICENCE))
    yield Node(said, f"{at.site}api/v1/statuses.ttl")
    kinds = {kind.name: kind for kind in catalogue.kinds}
    told: dict[tuple[Any, Any], list[Node]] = {}
    for row in table.rows:
        cells = dict(zip(table.names, row, strict=True))
        told.setdefault((cells["kind"], cells["record"]), []).append(_span(table, cells, kinds, at, names))
    for (kind, id), spans in told.items():
        yield Node(tuple((names.own(PROPERTY), span) for span in spans), at.thing(kinds[kind], id))


def _span(table: Table, cells: dict[str, Any], kinds: dict[str, Any], at: Addresses, names: Names) -> Node:
    said: list[tuple[str, Value]] = [(named("rdf:type"), names.own(CLASS))]
    for column in stated(table):
        cell = cells[column.name]
        if cell is None or column.name == "party_kind":
            continue
        if column.name == "party":
            said.append((names.own("party"), Iri(at.thing(kinds[cells["party_kind"]], cell))))
        elif column.name in WORDS:
            said.append((names.own(column.name), names.word(STATUS, cell)))
        else:
            said.append((names.own(column.name), _literal(column, cell)))
    return Node(tuple(said))


def _literal(column: Column, cell: Any) -> Literal:
    if column.role is Role.WRITTEN_DATE:
        return Literal(cell, named("edtf:EDTF"))
    text = str(cell).lower() if isinstance(cell, bool) else str(cell)
    return Literal(text, named(TYPES[column.type]) if column.type in TYPES else "")
