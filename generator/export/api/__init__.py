"""The JSON files of the API, `api/v1/`: each record, each kind whole, tables to look things up in, and what describes
them. One record is one line, the same wherever it stands: what a program reads from one file holds for all.

No file is laid out with indents: it would add a third to the bytes, browsers and `jq` lay it out themselves, and
Python's way of doing so costs ten times the time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from generator.derive import Views
from generator.export.api.addresses import FOLDER, ID, Addresses, data_kinds, path_of
from generator.export.api.computed import Known
from generator.export.api.documents import roots
from generator.export.api.entries import Former, Lookup
from generator.export.api.former import entries_of, former_files
from generator.export.api.index import FORMER, Head, index, licence, lookups
from generator.export.api.openapi import openapi
from generator.export.api.records import as_line, lines_of, whole
from generator.export.api.schema import Definitions, document
from generator.export.api.shapes import filled
from generator.export.api.tables import TABLES
from generator.export.plain import value_of
from generator.model.catalogue import Catalogue
from generator.model.kind import Kind
from generator.schema.fields import describe

__all__ = ["api_files"]


def api_files(
    catalogue: Catalogue, views: Views, site: str, description: str, address: str, changed: Mapping[str, date]
) -> dict[str, str | bytes]:
    """All files of the API by path below the site's folder.

    `site` is the site's name, `description` what it is about, `address` its address; `changed` are the days of the
    last changes, by content file.
    """
    kinds = data_kinds(catalogue)
    known = Known.of(catalogue, views, changed)
    addresses = Addresses(catalogue, address)
    lines = {kind.name: lines_of(known, addresses, kind) for kind in kinds}
    made: dict[str, str | bytes] = {"index.json": as_line(value_of(index(known, addresses, site, description)))}
    for kind in kinds:
        own = lines[kind.name]
        gone = former_files(catalogue, addresses, kind)
        made[f"{kind.section}.json"] = whole(_head(known, addresses, kind), list(own.values()))
        made |= {path: as_line(value_of(each)) for path, each in gone.items() if path not in own}
        made |= own
    made["everything.ndjson"] = b"".join(line for own in lines.values() for line in own.values())
    made |= _lookups(known, addresses, kinds)
    made |= schemas(kinds, addresses.base)
    made["openapi.json"] = as_line(openapi(kinds, addresses, site, *_examples(kinds, lines)))
    return {f"{FOLDER}{path}": data for path, data in made.items()}


def _head(known: Known, addresses: Addresses, kind: Kind) -> Any:
    schema: dict[str, Any] = {"$schema": addresses.schema(kind.section)}
    head = filled(
        Head,
        **schema,
        kind=kind.name,
        title=kind.title,
        description=describe(kind).what,
        as_of=known.views.today.isoformat(),
        licence=licence(),
        count=len(known.catalogue.of(kind.name)),
    )
    return value_of(head)


def _lookups(known: Known, addresses: Addresses, kinds: tuple[Kind, ...]) -> dict[str, bytes]:
    heads = {
        name: {
            "$schema": addresses.schema(f"lookup-{name}"),
            "title": title,
            "description": what,
            "as_of": known.views.today.isoformat(),
        }
        for name, title, what in lookups()
    }
    made = {}
    for table in TABLES:
        head = value_of(filled(Lookup, **heads[table.name]))
        entries = [value_of(entry) for entry in table.rows(known, addresses)]
        made[f"lookup/{table.name}.json"] = as_line({**head, "entries": entries})  # type: ignore[dict-item]
    former = filled(Former, **heads[FORMER], **entries_of(known.catalogue, addresses, kinds))
    made[f"lookup/{FORMER}.json"] = as_line(value_of(former))
    return made


@lru_cache(maxsize=4)
def schemas(kinds: tuple[Kind, ...], base: str) -> Mapping[str, str]:
    """The JSON Schema of each sort of file, by path below the folder of the API, whose address is `base`.

    They follow from the kinds alone, so all catalogues of one run have them from here.
    """
    made = {}
    for name, root in roots(kinds).items():
        definitions = Definitions(kinds)
        path = f"schema/{name}.json"
        made[path] = _laid_out(document(base + path, root(definitions), definitions))
    return MappingProxyType(made)


def _laid_out(value: Any) -> str:
    """What people read too."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _examples(
    kinds: tuple[Kind, ...], lines: Mapping[str, Mapping[str, bytes]]
) -> tuple[dict[str, str], dict[str, bytes]]:
    """For each path with a parameter a value of it; and the shortest record of each kind, to be shown whole."""
    examples, small = {"schema/{name}.json": "agreement"}, {}
    for kind in kinds:
        path = path_of(kind, ID)
        own = lines[kind.name]
        if own:
            shortest = min(own, key=lambda each: (len(own[each]), each))
            examples[path] = shortest.removeprefix(f"{kind.section}/").removesuffix(".json")
            small[path] = own[shortest]
        else:
            examples[path] = ID.strip("{}")
    return examples, small
