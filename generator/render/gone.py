"""What stands at addresses that records had once: the way to the record under its new one, or what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model.catalogue import Catalogue
from generator.model.kind import Kind
from generator.model.retired import Tombstone
from generator.render.place import PagePlace

REDIRECT, TOMBSTONE = "redirect.md.j2", "tombstone.md.j2"


@dataclass(frozen=True)
class Former:
    """An address that a record had. `page` is the short name of what is there to read now, if anything is."""

    kind: Kind
    id: str
    page: str = ""
    title: str = ""
    tombstone: Tombstone | None = None


def pages(catalogue: Catalogue) -> dict[str, tuple[str, Former]]:
    """The pages at former addresses by short name, each with its template; none where something stands now."""
    taken = {PagePlace(page_of(kind, r.id)).file for kind in catalogue.kinds for r in catalogue.of(kind.name)}
    found = {page_of(former.kind, former.id): former for former in _formers(catalogue)}
    return {
        path: (TOMBSTONE if former.tombstone else REDIRECT, former)
        for path, former in sorted(found.items())
        if PagePlace(path).file not in taken
    }


def _formers(catalogue: Catalogue) -> Iterator[Former]:
    for kind in catalogue.kinds:
        for record in catalogue.of(kind.name):
            for alias in record.aliases:
                yield Former(kind, str(alias), page_of(kind, record.id), record.title)
    kinds = {kind.name: kind for kind in catalogue.kinds}
    for (kind_name, id), tombstone in catalogue.retired.items():
        page, title = _successor(catalogue, kinds, tombstone)
        yield Former(kinds[kind_name], id, page, title, tombstone)


def _successor(catalogue: Catalogue, kinds: dict[str, Kind], tombstone: Tombstone) -> tuple[str, str]:
    successor = tombstone.successor
    record = catalogue.find(successor.kinds[0], successor) if successor else None
    return (page_of(kinds[successor.kinds[0]], record.id), record.title) if successor and record else ("", "")


def beside_former(tree: Mapping[str, str | bytes], redirects: Mapping[str, str]) -> dict[str, str | bytes]:
    """What stands beside the page of a record (citations, cards, its text) once more beside each former address.

    A page leads its reader on; a file can't, and programs and other sites keep its address too.
    """
    beside: dict[str, list[str]] = {}
    for path in tree:
        folder, _, name = path.rpartition("/")
        if name not in ("index.md", "asof.json"):
            beside.setdefault(f"{folder}/", []).append(name)
    return {
        f"{old}{name}": tree[f"{new}{name}"]
        for old, new in sorted(redirects.items())
        for name in beside.get(new, ())
        if f"{old}index.md" in tree and f"{old}{name}" not in tree
    }


def canonical(address: str, page: str) -> str:
    """The whole address of a page on a site with this address, or nothing where that is not known."""
    return f"{address.rstrip('/')}/{PagePlace(page).address}" if address else ""


def page_of(kind: Kind, id: str) -> str:
    """The short name of the page of a record: `programmes/urbelac.md`."""
    return f"{id}.md" if kind.name == "page" else kind.page(id)


def sources_of(tombstone: Tombstone) -> frozenset[str]:
    """The ids of the sources that a tombstone rests on."""
    return frozenset(str(source) for evidence in tombstone.evidence.values() for source in evidence.sources)
