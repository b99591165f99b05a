"""The day on which a page last changed, as far as it is true: what the site map tells search engines.

A page of a record has the day of its file; of a record in a file of many the day of the commit that changed just it,
where the history is here. A listing has the newest of its records. Pages that are computed from everything, and change
with the day, have none: a wrong day is worse than no day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from generator.model.catalogue import Catalogue, Key
from generator.model.chronicle import Chronicle
from generator.model.kind import Kind
from generator.render.place import PagePlace

HOME: Key = ("page", "index")
"""It says what holds today, whenever its own text was written."""


def days_of(catalogue: Catalogue, changed: Mapping[str, date], chronicle: Chronicle) -> dict[str, date]:
    """The day of each page where it is known, by the path of its file. `changed` are the days of content files."""
    last: dict[Key, date] = {}
    for step, change in chronicle.changes:
        last.setdefault(change.key, step.when.date())
    found: dict[str, date] = {}
    for kind in catalogue.kinds:
        days = dict(_records(catalogue, kind, changed, last))
        found |= {_file(kind, id): day for id, day in days.items()}
        listed = catalogue.of(kind.name)
        if kind.name != "page" and len(days) == len(listed) > 0:
            found[f"{kind.section}/index.md"] = max(*days.values(), *_gone(catalogue, kind), date.min)
    return found


def _records(
    catalogue: Catalogue, kind: Kind, changed: Mapping[str, date], last: Mapping[Key, date]
) -> Iterator[tuple[str, date]]:
    for record in catalogue.of(kind.name):
        if kind.file:
            day = last.get((kind.name, record.id)) if kind.file in changed else None
        else:
            ending = ".md" if kind.name == "page" else ".yml"
            day = changed.get(f"{kind.folder}/{record.id}{ending}")
        if day and (kind.name, record.id) != HOME:
            yield record.id, day


def _file(kind: Kind, id: str) -> str:
    return PagePlace(f"{id}.md" if kind.name == "page" else kind.page(id)).file


def _gone(catalogue: Catalogue, kind: Kind) -> Iterator[date]:
    """The last days on which a record may have left a listing."""
    return (tombstone.retired.latest for key, tombstone in catalogue.retired.items() if key[0] == kind.name)
