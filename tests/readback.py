"""Records read back from open data: the inverse of what `generator/export` writes, for tables and for JSON."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from io import StringIO
from typing import Any

from pydantic import BaseModel, ValidationError
from reading import record_from, with_own_sources

from generator.export.tables.rfc4180 import unguarded
from generator.export.tables.shapes import Column, Role, Table, Type
from generator.kinds.agreement import Event
from generator.model.catalogue import Catalogue

Rows = Callable[[Table], Iterable[tuple[Any, ...]]]
"""The rows of a table as they were read."""
NESTED = (Role.VALUE, Role.WRITTEN_DATE, Role.IDS)
WORDS = ("unnamed",)


def csv_rows(texts: Mapping[str, str]) -> Rows:
    """The rows of CSV files, by the name of the table: empty cells are None, guards are taken away."""

    def rows(table: Table) -> Iterable[tuple[Any, ...]]:
        read = csv.reader(StringIO(texts[table.name], newline=""), strict=True)
        assert tuple(next(read)) == table.names
        return [
            tuple(
                (unguarded(text) if column.type is Type.TEXT else text) or None
                for column, text in zip(table.columns, row, strict=True)
            )
            for row in read
        ]

    return rows


def read_back(tables: Iterable[Table], catalogue: Catalogue, rows: Rows) -> dict[tuple[str, str], Any]:
    """Every record that the tables hold, through its model, without what is empty."""
    by_name = {table.name: table for table in tables}
    records: dict[tuple[str, str], dict[str, Any]] = {}
    for table in by_name.values():
        if table.kind and not table.path:
            for row in rows(table):
                cells = dict(zip(table.names, row, strict=True))
                records[table.kind, cells["id"]] = {"id": cells["id"], **_fields(table, cells)}
    for table in by_name.values():
        if table.path:
            for cells in _sorted(table, rows(table)):
                _put(records[table.kind, cells["record"]], table, cells)
    _read_common(by_name, records, rows)
    models = {kind.name: kind.model for kind in catalogue.kinds}
    return {key: bare(_validated(models[key[0]], fields)) for key, fields in records.items()}


def read_json(records: Iterable[Mapping[str, Any]], catalogue: Catalogue) -> dict[tuple[str, str], Any]:
    """Every record that a JSON file tells of, through its model, without what is empty."""
    kinds = {kind.name: kind for kind in catalogue.kinds}
    return {
        (told["kind"], told["id"]): bare(
            record_from(
                kinds[told["kind"]],
                told["id"],
                told["stated"],
                aliases=told["former_ids"],
                evidence=told["evidence"],
                disagreements=told["disagreements"],
                cited=told["sources"],
            )
        )
        for told in records
    }


def _validated(model: type[BaseModel], fields: dict[str, Any]) -> BaseModel:
    """The model, with an empty list for each that it wants and no table has a row of."""
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        missing = [each["loc"] for each in error.errors() if each["type"] == "missing"]
        if len(missing) < error.error_count():
            raise
    for path in missing:
        owner: Any = fields
        for part in path[:-1]:
            owner = owner[part]
        owner[path[-1]] = []
    return model.model_validate(fields)


def bare(value: Any) -> Any:
    """A model as plain values without what is empty, to be compared."""
    if isinstance(value, BaseModel):
        made = {name: bare(inner) for name, inner in value.__dict__.items()}
        if isinstance(value, Event) and value.unnamed:
            made["parties"] = "unnamed"
        return {name: inner for name, inner in made.items() if inner not in (None, (), {}, "")}
    if isinstance(value, tuple):
        return tuple(map(bare, value))
    if isinstance(value, dict):
        return {str(key): bare(inner) for key, inner in value.items()}
    return value


def records_of(catalogue: Catalogue, *, own_sources: bool = False) -> dict[tuple[str, str], Any]:
    """Every record of the catalogue that data tell of, without what is empty.

    A file of many records has one list of sources; `own_sources` leaves to each record those that it names.
    """
    return {
        (kind.name, record.id): bare(with_own_sources(record) if own_sources else record)
        for kind in catalogue.kinds
        if kind.name != "page"
        for record in catalogue.of(kind.name)
    }


def _sorted(table: Table, rows: Iterable[tuple[Any, ...]]) -> list[dict[str, Any]]:
    read = [dict(zip(table.names, row, strict=True)) for row in rows]
    numbers = [column.name for column in table.columns if column.name.endswith("position") and column.role is Role.KEY]
    return sorted(read, key=lambda cells: [int(cells[name]) for name in numbers])


def _fields(table: Table, cells: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for column in table.columns:
        value = cells[column.name]
        if column.path and column.role in NESTED and value is not None:
            _set(made, column.path, _written(column, value))
    return made


def _written(column: Column, value: Any) -> Any:
    if column.role is Role.IDS:
        names = value.split(",")
        return value if value in WORDS else [name.replace("%2C", ",").replace("%25", "%") for name in names]
    if column.type is Type.TRUTH:
        return value in ("true", 1)
    if column.type in (Type.NUMBER, Type.WHOLE):
        return format(Decimal(str(value)), "f")
    return value


def _set(made: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for name in path[:-1]:
        made = made.setdefault(name, {})
    made[path[-1]] = value


def _put(record: dict[str, Any], table: Table, cells: Mapping[str, Any]) -> None:
    """Append a row to its list; where a cell holds the ids already, both must say the same."""
    steps = [name for name in table.names if name.endswith("_position")]
    owner, rest = record, table.path
    for step in steps:
        list_path = tuple(step.removesuffix("_position").split("_"))
        length = _length_of(list_path, rest)
        owner = _at(owner, rest[:length])[int(cells[step]) - 1]
        rest = rest[length:]
    number = int(cells["position"])
    if not table.is_link:
        found = _at(owner, rest, list)
        assert len(found) == number - 1, (table.name, dict(cells))
        found.append(_fields(table, cells))
        return
    column = next(c for c in table.columns if c.role is Role.VALUE)
    found = _at(owner, rest, list)
    if column.name == "value":
        found.append(cells["value"])
    else:
        assert found[number - 1] == cells[column.name], (table.name, dict(cells))


def _length_of(words: tuple[str, ...], path: tuple[str, ...]) -> int:
    """How many fields of a path a name like `related_border_areas` joins."""
    return next(n for n in range(1, len(path) + 1) if "_".join(path[:n]) == "_".join(words))


def _at(owner: Any, path: tuple[str, ...], default: Any = None) -> Any:
    for name in path[:-1]:
        owner = owner.setdefault(name, {})
    return owner.setdefault(path[-1], default() if default else None)


def _read_common(by_name: Mapping[str, Table], records: dict[tuple[str, str], dict[str, Any]], rows: Rows) -> None:
    def of(name: str) -> list[dict[str, Any]]:
        return [dict(zip(by_name[name].names, row, strict=True)) for row in rows(by_name[name])]

    files: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for cells in of("sources"):
        files[cells["file"]].append(_fields(by_name["sources"], cells) | {"id": cells["id"]})
    for cells in of("records"):
        record = records[cells["kind"], cells["id"]]
        record["sources"] = files[cells["file"]]
    for cells in of("former_ids"):
        records[cells["kind"], cells["record"]].setdefault("aliases", []).append(cells["former_id"])
    for cells in of("evidence"):
        backing = _fields(by_name["evidence"], cells)
        records[cells["kind"], cells["record"]].setdefault("evidence", {})[cells["field"]] = backing
    for cells in of("disagreements"):
        told = _fields(by_name["disagreements"], cells) | {"about": []}
        records[cells["kind"], cells["record"]].setdefault("disagreements", []).append(told)
    for cells in of("disagreement_fields"):
        record = records[cells["kind"], cells["record"]]
        record["disagreements"][int(cells["disagreement"]) - 1]["about"].append(cells["field"])
