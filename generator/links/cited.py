"""Which addresses the records cite, and where."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from generator.model.catalogue import Catalogue
from generator.model.edtf import Precision
from generator.model.evidence import Source
from generator.model.kind import Kind
from generator.model.links import bare
from generator.model.values import Url
from generator.model.walk import walk


@dataclass(frozen=True)
class Cited:
    """One address, without its fragment."""

    address: str
    files: tuple[str, ...]
    """The content files that cite it, by path below the content folder."""
    titles: tuple[str, ...] = ()
    """What sources call it."""
    archived: str | None = None
    """A kept copy, where a record gives one."""
    read: date | None = None
    """The last day on which somebody read it."""


def cited(catalogue: Catalogue) -> dict[str, Cited]:
    """Every address of every record, by address: of sources, websites, texts and kept copies."""
    files: dict[str, set[str]] = defaultdict(set)
    sources: dict[str, list[Source]] = defaultdict(list)
    for kind in catalogue.kinds:
        for record in catalogue.of(kind.name):
            for _, value in walk(record):
                if isinstance(value, Url):
                    files[bare(value)].add(_file(kind, record.id))
                elif isinstance(value, Source) and value.url:
                    sources[bare(value.url)].append(value)
    return {address: _cited(address, files[address], sources[address]) for address in sorted(files)}


def _file(kind: Kind, id: str) -> str:
    return kind.file or f"{kind.folder}/{id}.{'md' if kind.name == 'page' else 'yml'}"


def _cited(address: str, files: set[str], sources: list[Source]) -> Cited:
    days = [each.accessed.latest for each in sources if each.accessed and each.accessed.precision is Precision.DAY]
    return Cited(
        address,
        tuple(sorted(files)),
        tuple(sorted({str(each.title) for each in sources})),
        next((str(each.archived) for each in sources if each.archived), None),
        max(days, default=None),
    )
