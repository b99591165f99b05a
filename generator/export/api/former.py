"""Ids that are no longer: each is answered at its address, with where the record is or why it was taken out."""

from __future__ import annotations

from collections.abc import Iterator

from generator.export.api.addresses import Addresses, path_of
from generator.export.api.entries import MovedEntry
from generator.export.api.shapes import Moved, RecordName, Retired, filled
from generator.export.plain import evidence as told_evidence
from generator.export.plain import sources as told_sources
from generator.model.catalogue import Catalogue
from generator.model.kind import Kind
from generator.model.retired import Tombstone
from generator.model.values import Model


def former_files(catalogue: Catalogue, addresses: Addresses, kind: Kind) -> dict[str, Model]:
    """What stands at the former addresses of a kind, by path below the folder of the API."""
    found: tuple[Moved | Retired, ...] = (*moved(catalogue, addresses, kind), *retired(catalogue, addresses, kind))
    return {path_of(kind, each.id): each for each in found}


def moved(catalogue: Catalogue, addresses: Addresses, kind: Kind) -> Iterator[Moved]:
    """What stands at the former ids of the records of a kind."""
    for record in catalogue.of(kind.name):
        named = addresses.named(kind, record)
        for alias in map(str, record.aliases):
            yield filled(Moved, kind=kind.name, id=alias, moved_to=named["address"], record=filled(RecordName, **named))


def retired(catalogue: Catalogue, addresses: Addresses, kind: Kind) -> Iterator[Retired]:
    """What stands at the ids of records of a kind that were taken out."""
    for (name, id), tombstone in sorted(catalogue.retired.items()):
        if name == kind.name:
            yield filled(
                Retired,
                kind=kind.name,
                id=id,
                title=tombstone.name,
                retired=tombstone.retired,
                because=tombstone.because,
                evidence=told_evidence(tombstone),
                sources=told_sources(tombstone),
                successor=_successor(catalogue, addresses, tombstone),
                page=addresses.page(kind, id),
            )


def _successor(catalogue: Catalogue, addresses: Addresses, tombstone: Tombstone) -> RecordName | None:
    successor = tombstone.successor
    kind = addresses.kind(successor.kinds[0]) if successor else None
    record = catalogue.find(kind.name, str(successor)) if kind else None
    if kind is None or record is None or kind.name == "page":
        return None
    return filled(RecordName, **addresses.named(kind, record))


def entries_of(catalogue: Catalogue, addresses: Addresses, kinds: tuple[Kind, ...]) -> dict[str, tuple[Model, ...]]:
    """All former ids of these kinds, as the table of them has them."""
    entries = tuple(
        filled(MovedEntry, kind=kind.name, id=each.id, address=addresses.record(kind, each.id), record=each.record)
        for kind in kinds
        for each in moved(catalogue, addresses, kind)
    )
    gone = tuple(each for kind in kinds for each in retired(catalogue, addresses, kind))
    return {"moved": entries, "retired": gone}
