"""Data beside the pages: a table from path to what is written there.

What is here serves our own pages and may change; what is promised to others stands below `/api/v1/`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from generator.derive import Views
from generator.kinds.country import NAME_LANGUAGES, country_name
from generator.model.catalogue import Catalogue
from generator.model.kind import Kind
from generator.model.retired import Tombstone


def export(catalogue: Catalogue, views: Views) -> dict[str, str]:
    """All data files, by path below the site's folder."""
    return {path: _json(make(catalogue, views)) for path, make in FILES.items()}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def names(catalogue: Catalogue, views: Views) -> dict[str, Any]:
    """Every record with all its names, the shown one first, by section and short address; and the word for its kind.

    It serves «did you mean», the exact name first, and the lists to choose from. A record's address is the key of
    its section, a slash and its own key.
    """
    kinds = [kind for kind in catalogue.kinds if kind.name not in ("page", "figure")]
    return {
        kind.section: {
            "kind": kind.singular,
            "records": {
                kind.page(record.id).removesuffix(".md").partition("/")[2]: list(
                    dict.fromkeys(_names(kind.name, record))
                )
                for record in catalogue.of(kind.name)
            },
        }
        for kind in kinds
    }


def _names(kind: str, record: Any) -> Iterator[str]:
    yield record.title
    for field in ("name", "short_name", "acronym"):
        value = getattr(record, field, None)
        if value:
            yield str(value)
    yield from (str(other.name) for other in getattr(record, "other_names", ()))
    yield from map(str, record.aliases)
    if kind == "country":
        yield from (country_name(record.id, language) for language in NAME_LANGUAGES)
    elif kind == "theme":
        yield from (str(label) for label in record.labels.__dict__.values() if label)
        yield from map(str, record.alt_labels)
        yield record.id.replace("-", " ")
    elif kind == "group":
        yield record.id


def former(catalogue: Catalogue, views: Views) -> dict[str, Any]:
    """Addresses that records had once: where each leads now, and the tombstones of what was taken out.

    Addresses are those below the top of the site, as `programmes/urbelac/`; groups and countries in small letters.
    """
    kinds = {kind.name: kind for kind in catalogue.kinds}
    return {
        "redirects": {
            _address(kind, alias): _address(kind, record.id)
            for kind in catalogue.kinds
            for record in catalogue.of(kind.name)
            for alias in map(str, record.aliases)
        },
        "retired": [_tombstone(kinds, catalogue, t) for key, t in catalogue.retired.items() if key == t.was],
    }


def _tombstone(kinds: dict[str, Kind], catalogue: Catalogue, tombstone: Tombstone) -> dict[str, Any]:
    kind, id = tombstone.was
    successor = tombstone.successor
    found = catalogue.find(successor.kinds[0], successor) if successor else None
    return {
        "addresses": [_address(kinds[kind], each) for each in (id, *map(str, tombstone.aliases))],
        "kind": kind,
        "id": id,
        "name": str(tombstone.name),
        "retired": str(tombstone.retired),
        "because": str(tombstone.because),
        "successor": _address(kinds[successor.kinds[0]], found.id) if successor and found else None,
    }


def _address(kind: Kind, id: str) -> str:
    stem = id if kind.name == "page" else kind.page(id).removesuffix(".md")
    return f"{stem}/"


FILES: dict[str, Callable[[Catalogue, Views], Any]] = {
    "assets/data/names.json": names,
    "assets/data/former.json": former,
}
