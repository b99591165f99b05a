"""The tables of a kind: one for its records, one for each list in them, one for each reference to many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from generator.export.tables.fields import (
    Filled,
    Names,
    fields_of,
    help_column,
    reference_cells,
    reference_columns,
    reference_key,
    table_name,
    value_of,
)
from generator.export.tables.shapes import Cell, Column, ForeignKey, Role, Table, Type
from generator.model.catalogue import Catalogue
from generator.model.evidence import Record
from generator.model.kind import Kind
from generator.schema.fields import (
    Choice,
    Either,
    Field,
    ListOf,
    Nested,
    Part,
    Plain,
    Refers,
    Shape,
    describe,
)

COMMON = frozenset({"id", "aliases", "evidence", "disagreements", "sources"})
"""What every record has, and tables over all kinds tell."""

ID = Column("id", "Id", what="The id of the record. It is never used again.", required=True, role=Role.KEY)
NAME = Column("title", "Name in lists", what="The name that lists and headings show.", role=Role.HELP)
ADDRESS = Column("url", "Page", what="The page of the record.", role=Role.HELP)
RECORD = Column("record", "Record", what="The id of the record.", required=True, role=Role.KEY)
RECORD_NAME = help_column(RECORD, "name", "name", "The name of the record.")
POSITION = Column(
    "position", "Position", Type.WHOLE, "The place in the list of the record, from 1.", required=True, role=Role.KEY
)


@dataclass(frozen=True)
class _Row:
    """A model that has rows of its own, and what tells whose it is."""

    key: tuple[Cell, ...]
    name: str
    model: Any


@dataclass(frozen=True)
class _Owner:
    """A table whose rows hold lists: of records, or of items."""

    table: str
    kind: Kind
    path: tuple[str, ...]
    part: Part
    keys: tuple[Column, ...]
    """The columns that tell in the table of a list whose item it is."""
    to: tuple[str, ...]
    """The key of its own table, in the same order."""
    rows: tuple[_Row, ...]


def tables_of(kind: Kind, catalogue: Catalogue, names: Names, address: str) -> tuple[Table, ...]:
    """All tables of a kind, that of its records first. `address` is that of the site."""
    records: tuple[Record, ...] = catalogue.of(kind.name)
    fields = tuple(field for field in describe(kind).fields if field.name not in COMMON)
    part = Part(kind.model.__name__, describe(kind).what, fields)
    made = fields_of(part, names)
    rows = tuple(
        (record.id, record.title, page_of(kind, record.id, address), *_cells(made, record)) for record in records
    )
    name = table_name(kind)
    columns = (ID, NAME, ADDRESS, *_all(made))
    foreign = tuple(_foreign(fields, (), names))
    main = Table(name, kind.title, part.what, columns, ("id",), rows, foreign, kind.name)
    owned = tuple(_Row((record.id,), record.title, record) for record in records)
    owner = _Owner(name, kind, (), part, (RECORD,), ("id",), owned)
    return main, *_lists(owner, names)


def page_of(kind: Kind, id: str, address: str) -> str:
    """The address of a record's page."""
    return f"{address}{kind.page(id).removesuffix('.md')}/"


def _all(made: Iterable[Filled]) -> tuple[Column, ...]:
    return tuple(column for filled in made for column in filled.columns)


def _cells(made: Iterable[Filled], model: Any) -> tuple[Cell, ...]:
    return tuple(cell for filled in made for cell in filled.cells(model))


def _foreign(fields: Iterable[Field], path: tuple[str, ...], names: Names) -> Iterator[ForeignKey]:
    for field in fields:
        shape, way = usual(field.shape), (*path, field.name)
        if isinstance(shape, Nested):
            yield from _foreign(shape.part.fields, way, names)
        elif isinstance(shape, Refers):
            yield reference_key("_".join(way), shape.kinds, names.tables)


def usual(shape: Shape) -> Shape:
    """The usual one of several ways to write a value."""
    return usual(shape.ways[0]) if isinstance(shape, Either) else shape


# -- lists


def _lists(owner: _Owner, names: Names) -> Iterator[Table]:
    for path, titles, field, of in _lists_in(owner.part.fields, (), ()):
        title = ": ".join((owner.kind.title, *titles))
        rows = tuple(
            _Row((*row.key, number), row.name, item)
            for row in owner.rows
            for number, item in enumerate(_at(row.model, path) or (), 1)
        )
        name = f"{_stem(owner)}_{'_'.join(path)}"
        if isinstance(of, Nested):
            yield from _items(owner, Table(name, title, field.what, (), (), ()), path, of.part, rows, names)
        elif not _is_evidence(path):
            yield _links(owner, Table(name, title, field.what, (), (), ()), path, of, rows, names)


def _lists_in(
    fields: Iterable[Field], path: tuple[str, ...], titles: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], Field, Shape]]:
    """All lists of a part, those of what is nested in it too."""
    for field in fields:
        shape, way, told = usual(field.shape), (*path, field.name), (*titles, field.title)
        if isinstance(shape, Nested):
            yield from _lists_in(shape.part.fields, way, told)
        elif isinstance(shape, ListOf):
            yield way, told, field, usual(shape.of)


def _is_evidence(path: tuple[str, ...]) -> bool:
    """Whether a list tells on what an item rests: that stands in its row, and among the facts."""
    return path[-1] in ("sources", "unverified")


def _at(model: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        model = None if model is None else value_of(model, name)
    return model


def _stem(owner: _Owner) -> str:
    return "_".join((owner.kind.name.replace("-", "_"), *owner.path))


def _items(
    owner: _Owner, bare: Table, path: tuple[str, ...], part: Part, rows: tuple[_Row, ...], names: Names
) -> Iterator[Table]:
    """A list of items with fields of their own, and the lists in them."""
    made, keys = fields_of(part, names), (*owner.keys, POSITION)
    yield replace(
        bare,
        columns=(owner.keys[0], RECORD_NAME, *owner.keys[1:], POSITION, *_all(made)),
        key=tuple(column.name for column in keys),
        rows=tuple((row.key[0], row.name, *row.key[1:], *_cells(made, row.model)) for row in rows),
        foreign=(_to_owner(owner), *_foreign(part.fields, (), names)),
        kind=owner.kind.name,
        path=(*owner.path, *path),
    )
    position = replace(POSITION, name=f"{'_'.join(path)}_position", title=f"{bare.title.rpartition(': ')[2]}: position")
    key = tuple(column.name for column in keys)
    inner = _Owner(bare.name, owner.kind, (*owner.path, *path), part, (*owner.keys, position), key, rows)
    yield from _lists(inner, names)


def _links(owner: _Owner, bare: Table, path: tuple[str, ...], of: Shape, rows: tuple[_Row, ...], names: Names) -> Table:
    """A list of references, or of texts: a row for each."""
    keys = (*owner.keys, POSITION)
    foreign: tuple[ForeignKey, ...] = ()
    if isinstance(of, Refers):
        several = len(of.kinds) > 1
        column = Column(_called(of, owner.kind), "One of them", what="The id of the record.", required=True)
        columns = reference_columns(column, of)
        foreign = (reference_key(column.name, of.kinds, names.tables),)
        cells = [reference_cells(row.model, names)[0 if several else 1 :] for row in rows]
    else:
        assert isinstance(of, Plain | Choice)
        columns = (Column("value", "One of them", what=bare.what, required=True),)
        cells = [(str(row.model),) for row in rows]
    return replace(
        bare,
        columns=(owner.keys[0], RECORD_NAME, *owner.keys[1:], POSITION, *columns),
        key=tuple(column.name for column in keys),
        rows=tuple((row.key[0], row.name, *row.key[1:], *each) for row, each in zip(rows, cells, strict=True)),
        foreign=(_to_owner(owner), *foreign),
        kind=owner.kind.name,
        path=(*owner.path, *path),
        is_link=True,
    )


def _called(refers: Refers, kind: Kind) -> str:
    """The column of a reference in a table of links: `country`, `party`."""
    return refers.kinds[0].replace("-", "_") if len(refers.kinds) == 1 else "party"


def _to_owner(owner: _Owner) -> ForeignKey:
    return ForeignKey(tuple(column.name for column in owner.keys), owner.table, owner.to)
