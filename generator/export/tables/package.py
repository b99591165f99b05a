"""One Data Package 2.0 descriptor for all tables: what each column holds, and which columns lead to which table."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from generator.export.tables.shapes import Column, ForeignKey, Role, Table, Type

SCHEMAS = "https://datapackage.org/profiles/2.0"
LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International",
}

EXPLAINED = """\
The open catalogue of cooperation between the European Union and Latin America and the Caribbean, as tables.

* UTF-8 without byte order mark, a header, commas, lines that end in CR LF (RFC 4180). An empty cell says that \
nothing is stated; no text is empty. `NA` is Namibia: tell your program that only empty cells are missing.
* A text that begins with = + - @ or a tab has an apostrophe before it, so that no spreadsheet program runs it as a \
formula; a text that begins with apostrophes and then such a sign has one more. Take one apostrophe away there, and \
nowhere else, to have the text as the record states it. Numbers and days are never touched.
* A date stands as the record writes it (EDTF: 2012, 2012-06, 2012-06-26, 199X; ~ about, ? uncertain, % both). The \
columns that end in `_earliest` and `_latest` are the first and the last day that it may mean. Where a column ends in \
`_ending`, it tells an end that a source denies (open) from one that nobody found (unknown).
* Each code has its label, each id its name, in the column after it. Several ids stand in one cell with commas \
between them, and one by one in a table of their own.
* Sums of money of different `basis` are sums of different things: never add them up. The same holds of a sum that is \
a `part_of` another.
* `sources` are ids of a file: table `records` tells the file of a record, table `sources` what is behind an id.
* Statuses are computed from the dates of the records for the day in `as_of`; they are stated by nobody.\
"""


def data_package(
    tables: Iterable[Table], files: Mapping[str, str], today: date, site: str, address: str
) -> dict[str, Any]:
    """The descriptor. `files` are the texts of the tables by their path seen from the descriptor."""
    return {
        "$schema": f"{SCHEMAS}/datapackage.json",
        "name": "eu-lac-cooperation",
        "title": site,
        "description": EXPLAINED,
        "homepage": address,
        "version": today.isoformat(),
        "licenses": [LICENCE],
        "contributors": [{"title": f"The contributors of {site}", "roles": ["publisher"]}],
        "resources": [_resource(table, path, files[path]) for table, path in zip(tables, files, strict=True)],
    }


def as_json(descriptor: Mapping[str, Any]) -> str:
    """A descriptor as it stands in a file."""
    return json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n"


def _resource(table: Table, path: str, text: str) -> dict[str, Any]:
    data = text.encode()
    return {
        "name": table.name,
        "type": "table",
        "path": path,
        "title": table.title,
        "description": table.what,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "dialect": {
            "$schema": f"{SCHEMAS}/tabledialect.json",
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
        "schema": table_schema(table),
    }


def table_schema(table: Table) -> dict[str, Any]:
    """The Table Schema of a table."""
    made: dict[str, Any] = {
        "$schema": f"{SCHEMAS}/tableschema.json",
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.foreign:
        made["foreignKeys"] = [_foreign(key, table) for key in table.foreign]
    return made


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.words:
        constraints["enum"] = list(column.words)
    if column.type is Type.WHOLE and column.role is Role.KEY:
        constraints["minimum"] = 1
    made: dict[str, Any] = {"name": column.name, "type": str(column.type), "title": column.title}
    if column.what:
        made["description"] = column.what
    return made | ({"constraints": constraints} if constraints else {})


def _foreign(key: ForeignKey, table: Table) -> dict[str, Any]:
    itself = key.table == table.name
    reference = {"fields": list(key.to)} | ({"resource": "" if itself else key.table})
    return {"fields": list(key.columns), "reference": reference}
