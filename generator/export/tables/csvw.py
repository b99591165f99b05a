"""The tables described once more for those who link data: CSV on the Web, as W3C recommends it.

The file stands beside the tables under the name by which programs look for it, so each table leads to it. Keys that
may be empty are left out: to W3C's rules a row of each key leads somewhere. The Data Package tells all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from generator.export.tables.package import EXPLAINED, LICENCE
from generator.export.tables.shapes import LIST_MARK, Column, ForeignKey, Role, Table, Type

TYPES = {Type.NUMBER: "decimal"}
"""Types that are called otherwise than in a Data Package: a `number` would be a rounded one."""


def csvw(tables: Iterable[Table], today: date, site: str, address: str) -> dict[str, Any]:
    """The metadata of a group of tables; each is named by the file beside it."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": site,
        "dc:description": EXPLAINED,
        "dc:source": {"@id": address} if address else site,
        "dc:license": {"@id": LICENCE["path"]},
        "dc:modified": {"@value": today.isoformat(), "@type": "xsd:date"},
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tables": [_table(table) for table in tables],
    }


def _table(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_column(column) for column in table.columns], "primaryKey": list(table.key)}
    filled = {column.name for column in table.columns if column.required}
    if keys := [_foreign(key) for key in table.foreign if filled.issuperset(key.columns)]:
        schema["foreignKeys"] = keys
    return {
        "url": f"{table.name}.csv",
        "dc:title": table.title,
        "dc:description": table.what,
        "tableSchema": schema,
    }


def _column(column: Column) -> dict[str, Any]:
    made: dict[str, Any] = {"name": column.name, "titles": column.name, "datatype": _datatype(column)}
    if column.required:
        made["required"] = True
    if column.role is Role.IDS:
        made["separator"] = LIST_MARK
    return made | {"dc:title": column.title, "dc:description": column.what}


def _datatype(column: Column) -> Any:
    if column.words:
        return {"base": "string", "format": "|".join(map(re.escape, column.words))}
    return TYPES.get(column.type, str(column.type))


def _foreign(key: ForeignKey) -> dict[str, Any]:
    reference = {"resource": f"{key.table}.csv", "columnReference": list(key.to)}
    return {"columnReference": list(key.columns), "reference": reference}
