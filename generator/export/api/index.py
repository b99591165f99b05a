"""The index of the API: what there is, where it is, and what is promised of it."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from generator.export.api.addresses import ID, Addresses, data_kinds
from generator.export.api.computed import Known
from generator.export.api.shapes import Address, Count, Day, KindName, Template, Text, filled
from generator.export.api.tables import TABLES
from generator.export.offered import OFFERS, Offer
from generator.export.tables.package import LICENCE
from generator.model.kind import Kind
from generator.model.values import Many, Model
from generator.schema.fields import describe

PROMISE = (
    "Within v1 no file, field or word is renamed or taken away, and none changes its type or its meaning. New files, "
    "fields and words may come: pass over what you don't know. What would break this becomes v2, and v1 stays."
)
"""What users may rely on. A test holds the schemas to it."""
FORMER = "former"
"""The table of former ids."""


class Licence(Model):
    """Under which licence the data are."""

    name: Text = Field(title="Name")
    """Its identifier (SPDX)."""
    title: Text = Field(title="Title")
    """Its name."""
    path: Address = Field(title="Address")
    """Its text."""


class Head(Model):
    """What a file with many records says first."""

    schema_: Address = Field(alias="$schema", title="Schema")
    """The JSON Schema of this file."""
    kind: KindName = Field(title="Kind")
    """The kind of all records in it."""
    title: Text = Field(title="Title")
    """The kind in words, in the plural."""
    description: Text = Field(title="Description")
    """What a record of the kind is."""
    as_of: Day = Field(title="As of")
    """The day for which everything was computed."""
    licence: Licence = Field(title="Licence")
    """Under which licence the data are."""
    count: Count = Field(title="Count")
    """How many records there are."""


class KindEntry(Model):
    """A kind of records."""

    kind: KindName = Field(title="Kind")
    """The name of the kind."""
    title: Text = Field(title="Title")
    """The kind in words, in the plural."""
    description: Text = Field(title="Description")
    """What a record of the kind is."""
    count: Count = Field(title="Count")
    """How many records there are."""
    all: Address = Field(title="All records")
    """The file with all of them."""
    record: Template = Field(title="One record")
    """The address of a record; put its id, in small letters, in the place of {id}."""
    schema_of_all: Address = Field(title="Schema of all")
    """The JSON Schema of the file with all of them."""
    schema_of_record: Address = Field(title="Schema of a record")
    """The JSON Schema of a record."""


class FileEntry(Model):
    """A file by itself."""

    title: Text = Field(title="Title")
    """What it is called."""
    description: Text = Field(title="Description")
    """What is in it."""
    address: Address = Field(title="Address")
    """Where it is."""
    media_type: Text | None = Field(None, title="Media type")
    """What it is sent as, where IANA has a name for it."""


class LookupEntry(Model):
    """A table to look something up in."""

    name: Text = Field(title="Name")
    """Its name in the address."""
    title: Text = Field(title="Title")
    """What it is called."""
    description: Text = Field(title="Description")
    """What it is for."""
    address: Address = Field(title="Address")
    """Where it is."""
    schema_: Address = Field(alias="schema", title="Schema")
    """Its JSON Schema."""


class Index(Model):
    """What there is, where it is, and what is promised of it."""

    schema_: Address = Field(alias="$schema", title="Schema")
    """The JSON Schema of this file."""
    name: Text = Field(title="Name")
    """The name of the site."""
    description: Text | None = Field(None, title="Description")
    """What the site is about."""
    site: Address = Field(title="Site")
    """The address of the site."""
    version: Text = Field(title="Version")
    """The version of the API: a part of every address."""
    as_of: Day = Field(title="As of")
    """The day for which everything was computed. All files are made together."""
    licence: Licence = Field(title="Licence")
    """Under which licence the data are."""
    promise: Text = Field(title="Promise")
    """What you may rely on."""
    changes: Address = Field(title="Changes")
    """The page that tells how the files are laid out, what is promised, and what was added when."""
    openapi: Address = Field(title="OpenAPI")
    """The description of all addresses (OpenAPI 3.1)."""
    everything: FileEntry = Field(title="Everything")
    """All records of all kinds in one file."""
    files: Many[FileEntry] = Field(title="Other forms")
    """The same data in other formats. Tables as CSV are named one by one by the Data Package among them."""
    kinds: Many[KindEntry] = Field(title="Kinds")
    """The kinds of records."""
    lookups: Many[LookupEntry] = Field(title="Tables")
    """Tables to look words and codes up in."""


def licence() -> Licence:
    """The licence of the data."""
    return filled(Licence, **LICENCE)


def index(known: Known, addresses: Addresses, site: str, description: str) -> Index:
    """The index. `site` is the name of the site, `description` what it is about."""
    kinds = data_kinds(known.catalogue)
    head: dict[str, Any] = {"$schema": addresses.schema("index")}
    return filled(
        Index,
        **head,
        name=site,
        description=description or None,
        site=addresses.site,
        version="v1",
        as_of=known.views.today.isoformat(),
        licence=licence(),
        promise=PROMISE,
        changes=f"{addresses.site}about/api/",
        openapi=f"{addresses.base}openapi.json",
        everything=filled(
            FileEntry,
            title="Everything",
            description=EVERYTHING,
            address=f"{addresses.base}everything.ndjson",
            media_type=NDJSON,
        ),
        files=tuple(
            _file(addresses, offer) for offer in OFFERS if offer.pattern not in OWN and "{" not in offer.pattern
        ),
        kinds=tuple(_kind(known, addresses, kind) for kind in kinds),
        lookups=tuple(_lookup(addresses, *told) for told in lookups()),
    )


NDJSON = "application/x-ndjson"
EVERYTHING = "Every record of every kind, one a line; each line is the record as it stands in its own file."


OWN = frozenset({"index.json", "openapi.json", "everything.ndjson"})
"""Files that the index names by themselves."""


def _file(addresses: Addresses, offer: Offer) -> FileEntry:
    return filled(
        FileEntry,
        title=offer.title,
        description=offer.what,
        address=f"{addresses.base}{offer.pattern}",
        media_type=offer.sort.media_type or None,
    )


def _kind(known: Known, addresses: Addresses, kind: Kind) -> KindEntry:
    return filled(
        KindEntry,
        kind=kind.name,
        title=kind.title,
        description=describe(kind).what,
        count=len(known.catalogue.of(kind.name)),
        all=addresses.all(kind),
        record=addresses.record(kind, ID),
        schema_of_all=addresses.schema(kind.section),
        schema_of_record=addresses.schema(kind.name),
    )


def lookups() -> tuple[tuple[str, str, str], ...]:
    """Every table to look something up in: name, title, what it is for."""
    former = (
        FORMER,
        "Former ids",
        "Ids that records had before, and records that were taken out, with what became of them.",
    )
    return (*((table.name, table.title, table.what) for table in TABLES), former)


def _lookup(addresses: Addresses, name: str, title: str, what: str) -> LookupEntry:
    schema: dict[str, Any] = {"schema": addresses.schema(f"lookup-{name}")}
    return filled(LookupEntry, name=name, title=title, description=what, address=addresses.lookup(name), **schema)
