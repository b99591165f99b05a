"""All records, linked both ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.model.document import Document, Path
from generator.model.evidence import Record
from generator.model.kind import Kind
from generator.model.retired import Tombstone


@dataclass(frozen=True)
class Validated:
    """A record that passed, with the document that tells where its fields stand."""

    kind: Kind
    record: Record
    document: Document


@dataclass(frozen=True)
class Failed:
    """A record that is there but did not pass: what it refers to can be looked up all the same."""

    kind: Kind | None
    """None for tombstones, which are of no kind."""
    document: Document


@dataclass(frozen=True)
class Called:
    """What one record is called: line, column and text of each name."""

    kind: str
    id: str
    file: str
    names: tuple[tuple[int, int, str], ...]
    acronym: str = ""


Key = tuple[str, str]
"""Kind and id."""


@dataclass(frozen=True)
class Card:
    """What the others must know of a record, so that references can be looked up without reading it again."""

    kind: str
    file: str
    written: str
    """The id by its file or key."""
    id: str | None
    """The id of the record, or None where it failed its checks."""
    aliases: tuple[str, ...] = ()
    references: Mapping[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    """The kinds that may be meant, and the ids."""
    gone: Gone | None = None
    """For the tombstone of a record: what it says."""

    @property
    def names(self) -> tuple[str, ...]:
        """The id and the former ids; of a tombstone those that the record had."""
        own = self.gone.id if self.gone else str(self.id)
        return own, *self.aliases

    @property
    def space(self) -> str:
        """Within what an id is given once: the kind, but countries and groups share one name space."""
        kind = self.gone.kind if self.gone else self.kind
        return "party" if kind in ("country", "group") else kind


@dataclass(frozen=True)
class Gone:
    """What a tombstone says of the record that was taken out."""

    kind: str
    id: str
    name: str
    retired: str
    because: str
    successor: str = ""
    """Kind and id, as `programme/urbelac`, or nothing."""


@dataclass(frozen=True)
class Link:
    """A reference, seen from the record that makes it: `kind`, `id`, and the field that holds it."""

    kind: str
    id: str
    path: Path

    @property
    def field(self) -> str:
        return ".".join(str(part) for part in self.path if isinstance(part, str))


@dataclass(frozen=True)
class Catalogue:
    """All records, linked both ways."""

    kinds: tuple[Kind, ...]
    records: Mapping[str, Mapping[str, Record]]
    """Kind, then id, both sorted."""
    links_to: Mapping[Key, tuple[Link, ...]] = field(default_factory=dict)
    """For each record, the references that other records make to it."""
    aliases: Mapping[Key, str] = field(default_factory=dict)
    retired: Mapping[Key, Tombstone] = field(default_factory=dict)
    """What stays of records that were taken out, by the kind and each id that they had."""

    def of(self, kind: str) -> tuple[Any, ...]:
        """All records of a kind, by id."""
        return tuple(self.records.get(kind, {}).values())

    def find(self, kind: str, id: str) -> Any | None:
        """The record of that kind and id (or former id), or None."""
        return self.records.get(kind, {}).get(self.aliases.get((kind, id), id))

    def party(self, id: str) -> Any | None:
        """The country or group of that id, or None."""
        return self.find("country", id) or self.find("group", id)
