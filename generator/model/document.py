"""One record as written, with the place of every key and value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from generator.problems import Fault, Place, Problem

Path = tuple[str | int, ...]
"""The way to a value inside a record: field names and positions."""


class Mark(NamedTuple):
    """Where a value stands (from 1), and where what is in it stands."""

    line: int
    column: int
    keys: Mapping[str, tuple[int, int, Mark]] | None = None
    items: tuple[Mark, ...] | None = None


@dataclass(frozen=True)
class Document:
    """One record as written."""

    path: str
    kind: str
    id: str
    values: Mapping[str, Any]
    mark: Mark
    shared: Any = None
    """For a kind kept in one file: the `sources` of the file; None for a record in a file of its own."""
    shared_mark: Mark | None = field(default=None, repr=False)
    unread: bool = False
    """The file could not be read, so nothing can be said of the record; without an id, of all records of the kind."""

    def place(self, path: Path = (), *, at_key: bool = False) -> Place:
        """The place of a value. Parts of the path that are no key or index there are passed over."""
        mark, spot = self.mark, (self.mark.line, self.mark.column)
        if path[:1] == ("sources",) and self.shared_mark:
            mark, spot, path = self.shared_mark, (self.shared_mark.line, self.shared_mark.column), path[1:]
        for part in path:
            if mark.keys is not None and part in mark.keys:
                line, column, mark = mark.keys[str(part)]
                spot = (line, column) if at_key else (mark.line, mark.column)
            elif mark.items is not None and isinstance(part, int) and part < len(mark.items):
                mark = mark.items[part]
                spot = (mark.line, mark.column)
        return Place(self.path, *spot)

    def problem(self, fault: Fault) -> Problem:
        """A mistake with its place."""
        place = self.place(fault.path, at_key=fault.at_key)
        return Problem(place, fault.code, fault.message, fault.hint, fault.mend)
