"""What a difference between two catalogues is made of. All of it is frozen, and in the order in which it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from generator.derive import Views
from generator.model.catalogue import Catalogue, Key
from generator.model.document import Path


@dataclass(frozen=True)
class Side:
    """One of the two catalogues that are compared, with the pages built from it.

    `views` and `tree` are missing where the content has problems. `unread` are records that are there but have a
    problem, so that nothing can be said of them; a key without an id stands for all records of the kind.
    """

    name: str
    catalogue: Catalogue
    views: Views | None = None
    tree: Mapping[str, str] = field(default_factory=dict)
    problems: int = 0
    unread: frozenset[Key] = frozenset()


class Sort(StrEnum):
    """What became of a record."""

    CHANGED = "changed"
    ADDED = "added"
    RENAMED = "renamed"
    MERGED = "merged"
    RETIRED = "retired"
    REMOVED = "removed"


@dataclass(frozen=True)
class FieldChange:
    """One value before and after, as readers would name and read it; None where there is nothing.

    `path` leads to it in the record as it is now, or as it was where it is gone. `order_only` means that the same
    things stand in another order.
    """

    path: Path
    where: tuple[str, ...]
    before: str | None
    after: str | None
    order_only: bool = False


@dataclass(frozen=True)
class RecordChange:
    """A record that readers will find changed. `old` is its former id, for one that was renamed or merged; `because` is
    what its tombstone says, for one that was retired.
    """

    sort: Sort
    key: Key
    noun: str
    title: str
    facts: int
    old: str | None = None
    fields: tuple[FieldChange, ...] = ()
    because: str = ""


class Loss(StrEnum):
    """How a fact lost what it rested on, the worst first."""

    SOURCE = "no source any more"
    VERIFIED = "no longer verified"
    FEWER = "fewer sources"


@dataclass(frozen=True)
class LostSource:
    """A fact that is still told and rests on less. `before` and `after` are titles of publications."""

    key: Key
    title: str
    where: tuple[str, ...]
    loss: Loss
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class StatusChange:
    """What holds on the same day by the one catalogue and by the other; `party` of an agreement, or the whole."""

    key: Key
    title: str
    party: str | None
    before: str
    after: str


class PageSort(StrEnum):
    """Why a page changes."""

    RECORD = "record"
    """Its own record changed."""
    ADDED = "added"
    REMOVED = "removed"
    INDIRECT = "indirect"
    """A record that it leads to, or that leads to it, changed."""
    SITE = "site"
    """A listing, or a page over the whole catalogue."""


@dataclass(frozen=True)
class PageChange:
    """A page whose words change. `before` and `after` are its files in the two trees.

    `because` names the changed records that are nearest to it; `through` the records on the way to the first of them.
    """

    sort: PageSort
    address: str
    title: str
    before: str | None
    after: str | None
    because: tuple[str, ...] = ()
    through: tuple[str, ...] = ()


@dataclass(frozen=True)
class Total:
    """A number that moves."""

    group: str
    label: str
    before: int
    after: int


@dataclass(frozen=True)
class DeadAddress:
    """An address that led somewhere and would lead nowhere now, and what keeps it alive."""

    address: str
    title: str
    mend: str


@dataclass(frozen=True)
class Difference:
    """All that changes for readers between two states of the content."""

    base: str
    records: tuple[RecordChange, ...] = ()
    statuses: tuple[StatusChange, ...] = ()
    lost: tuple[LostSource, ...] = ()
    dead: tuple[DeadAddress, ...] = ()
    pages: tuple[PageChange, ...] = ()
    totals: tuple[Total, ...] = ()
    drawn: tuple[str, ...] = ()
    """Addresses of further pages in which no word changes, only links or drawings."""
    notes: tuple[str, ...] = ()
    """Sentences on what could not be compared."""

    @property
    def empty(self) -> bool:
        """Whether nothing changes for readers."""
        return not (self.records or self.pages or self.dead or self.drawn)

    def of(self, sort: Sort) -> tuple[RecordChange, ...]:
        """The records to which this happened."""
        return tuple(record for record in self.records if record.sort is sort)

    @property
    def others(self) -> tuple[PageChange, ...]:
        """Pages that change although no record of their own did."""
        return tuple(page for page in self.pages if page.sort in (PageSort.INDIRECT, PageSort.SITE))
