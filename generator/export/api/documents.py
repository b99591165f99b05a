"""Every sort of JSON file that is published, with its schema: the one list behind schemas, OpenAPI and their tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.export.api.addresses import ID, path_of
from generator.export.api.computed import sort_of
from generator.export.api.entries import Former, Lookup
from generator.export.api.index import EVERYTHING, FORMER, NDJSON, Head, Index, lookups
from generator.export.api.schema import Definitions, RecordParts, Schema
from generator.export.api.shapes import Backing, Identity, Links, Moved, Retired
from generator.export.api.tables import TABLES
from generator.model.kind import Kind
from generator.model.values import Model
from generator.schema.fields import Part, describe, part_of

JSON = "application/json"


@dataclass(frozen=True)
class Document:
    """A sort of file: its path below the folder of the API, where `{id}` stands for an id and `{name}` for a name.

    `schemas` are the names of the schemas that it may follow; a file of lines follows one line by line. The bare
    list is empty for files that are schemas or the description itself.
    """

    path: str
    title: str
    what: str
    schemas: tuple[str, ...]
    operation: str
    tag: str
    media_type: str = JSON


Root = Callable[[Definitions], Schema]
"""Makes what leads to a schema, and all that it needs."""


def documents(kinds: tuple[Kind, ...]) -> tuple[Document, ...]:
    """Every sort of file, in the order in which a reader would look for one."""
    gone = "A former id is answered with where the record is, one that was taken out with why."
    return (
        Document("index.json", "Index", "What there is, and where it is.", ("index",), "getIndex", "Index"),
        *(
            Document(f"{kind.section}.json", kind.title, f"All records of the kind «{kind.singular}».", (kind.section,),
                     f"list{_camel(kind.section)}", kind.title)
            for kind in kinds
        ),
        *(
            Document(path_of(kind, ID), kind.singular, f"One record. {gone}", (kind.name, "moved", "retired"),
                     f"get{_camel(kind.name)}", kind.title)
            for kind in kinds
        ),
        Document("everything.ndjson", "Everything", EVERYTHING, tuple(kind.name for kind in kinds), "getEverything",
                 "Everything", NDJSON),
        *(
            Document(f"lookup/{name}.json", title, what, (f"lookup-{name}",), f"getLookup{_camel(name)}", "Lookup")
            for name, title, what in lookups()
        ),
        Document("schema/{name}.json", "JSON Schema", "The JSON Schema of a sort of file.", (), "getSchema", "Schemas"),
        Document("openapi.json", "OpenAPI", "This description.", (), "getOpenApi", "Schemas"),
    )  # fmt: skip


def _camel(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("-"))


def roots(kinds: tuple[Kind, ...]) -> dict[str, Root]:
    """What makes each schema, by its name."""
    made: dict[str, Root] = {"index": lambda made: made.part(Index)}
    for kind in kinds:
        made[kind.name] = _record(kind)
        made[kind.section] = _all(kind)
    for table in TABLES:
        made[f"lookup-{table.name}"] = _table(table.name, table.title, table.what, table.entry)
    made[f"lookup-{FORMER}"] = lambda made: made.part(Former)
    made["moved"] = lambda made: made.part(Moved)
    made["retired"] = lambda made: made.part(Retired)
    return made


def _record(kind: Kind) -> Root:
    return lambda made: made.record(kind, RecordParts(Identity, Backing, sort_of(kind), Links))


def _all(kind: Kind) -> Root:
    def make(made: Definitions) -> Schema:
        records = {"type": "array", "items": _record(kind)(made), "title": "Records"}
        what = f"All records of the kind «{kind.singular}». {describe(kind).what}"
        return _listed(made, f"{kind.model.__name__}Collection", kind.title, what, Head, "records", records)

    return make


def _table(name: str, title: str, what: str, entry: type[Model]) -> Root:
    def make(made: Definitions) -> Schema:
        entries = {"type": "array", "items": made.part(entry), "title": "Entries"}
        return _listed(made, f"Lookup{_camel(name)}", title, what, Lookup, "entries", entries)

    return make


def _listed(
    made: Definitions, name: str, title: str, what: str, head: type[Model], field: str, listed: Schema
) -> Schema:
    schema = made.fields(title, what, part_of(head).fields)
    schema["properties"][field] = listed
    schema["required"].append(field)
    return made.put(name, (name, Part(name, what, ())), schema)
