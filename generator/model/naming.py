"""What a record is called, beside its id."""

from __future__ import annotations

from typing import Any

from generator.model.catalogue import Called, Validated
from generator.model.document import Path
from generator.model.evidence import Record


def called(one: Validated) -> Called:
    """What a record is called by its name, its other names and labels. Pages and countries have names of their own."""
    spots = [(one.document.place(path), name) for path, name in _names(one.record)]
    names = tuple((place.line, place.column, name) for place, name in spots)
    acronym = str(getattr(one.record, "acronym", None) or "")
    return Called(one.kind.name, one.record.id, one.document.path, names, acronym)


def _names(record: Record) -> tuple[tuple[Path, str], ...]:
    fields: tuple[Any, ...] = ("name", "short_name", "label")
    found: list[tuple[Path, str]] = [((each,), str(getattr(record, each, None) or "")) for each in fields]
    found += [
        (("other_names", n, "name"), str(other.name)) for n, other in enumerate(getattr(record, "other_names", ()))
    ]
    labels = getattr(record, "labels", None)
    found += [(("labels", each), str(getattr(labels, each, None) or "")) for each in ("en", "es", "pt", "fr")]
    found += [(("alt_labels", n), str(label)) for n, label in enumerate(getattr(record, "alt_labels", ()))]
    return tuple((path, name) for path, name in found if name and hasattr(record, str(path[0])))
