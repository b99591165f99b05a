"""What each record's facts rest on, and what the catalogue needs most: counts, gaps, the records to mend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.model.catalogue import Catalogue, Key
from generator.model.evidence import Record
from generator.model.facts import Fact, Grade, facts_of, is_stale
from generator.model.kind import Kind
from generator.model.links import Ledger, is_dead
from generator.model.values import Model, Vocabulary


class Need(Vocabulary):
    """Why a record needs help, what a reader misses most first."""

    NO_SOURCE = ("no-source", "No source at all")
    UNKNOWN_START = ("unknown-start", "Start not known")
    UNKNOWN_END = ("unknown-end", "End not known")
    NO_BUDGET = ("no-budget", "No budget known")
    UNVERIFIED = ("unverified", "Facts not verified")
    DISPUTED = ("disputed", "Sources disagree")
    UNREACHABLE = ("unreachable", "Sources no longer there")
    STALE = ("stale", "Sources read over two years ago")


WEIGHT = {
    Need.NO_SOURCE: 4,
    Need.UNKNOWN_START: 4,
    Need.UNKNOWN_END: 4,
    Need.NO_BUDGET: 4,
    Need.UNVERIFIED: 2,
    Need.DISPUTED: 1,
    Need.UNREACHABLE: 1,
    Need.STALE: 1,
}
"""What mending one such gap is worth to readers, against the others."""


@dataclass(frozen=True)
class Gap:
    """One reason why a record needs help: how often, and which facts by name."""

    need: Need
    count: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Care:
    """A record that needs help, with every reason."""

    key: Key
    gaps: tuple[Gap, ...]
    links: int
    """So many other records lead to it."""

    @property
    def worth(self) -> int:
        return sum(WEIGHT[gap.need] * gap.count for gap in self.gaps)


@dataclass(frozen=True)
class KindState:
    """The facts of all records of a kind, counted."""

    kind: str
    records: int
    facts: Mapping[Grade, int]
    disputed: int
    """Disagreements between sources."""
    sources: int
    stale: int
    unsourced: int
    """Records none of whose facts has a source."""


@dataclass(frozen=True)
class Quality:
    """The state of the catalogue on a day."""

    kinds: tuple[KindState, ...]
    cares: tuple[Care, ...]
    """The most useful first."""


def quality(catalogue: Catalogue, today: date, links: Ledger | None = None) -> Quality:
    """Count the facts of every kind by what they rest on, and list the records that need help.

    `links` is what is known of the addresses of sources.
    """
    states, cares = [], []
    for kind in catalogue.kinds:
        if kind.name != "page":
            facts = {record.id: facts_of(record) for record in catalogue.of(kind.name)}
            states.append(_state(kind, catalogue.of(kind.name), facts, today))
            cares += [_care(catalogue, kind, r, facts[r.id], today, links or {}) for r in catalogue.of(kind.name)]
    needy = [care for care in cares if care.gaps]
    return Quality(tuple(states), tuple(sorted(needy, key=lambda care: (-care.worth, -care.links, care.key))))


def _state(kind: Kind, records: tuple[Any, ...], facts: Mapping[str, tuple[Fact, ...]], today: date) -> KindState:
    every = [fact for each in facts.values() for fact in each]
    grades = Counter(fact.grade for fact in every)
    # records of one file share its sources: counted once
    own = {(record.id if kind.folder else "", source.id): source for record in records for source in record.sources}
    return KindState(
        kind=kind.name,
        records=len(records),
        facts={grade: grades[grade] for grade in Grade},
        disputed=sum(len(record.disagreements) for record in records),
        sources=len(own),
        stale=sum(is_stale(source, today) for source in own.values()),
        unsourced=sum(not sources_used(record) for record in records),
    )


def _care(catalogue: Catalogue, kind: Kind, record: Any, facts: tuple[Fact, ...], today: date, links: Ledger) -> Care:
    unsure = Counter(fact.title for fact in facts if fact.grade is Grade.UNVERIFIED)
    used = sources_used(record)
    lost = [s.title for s in record.sources if s.id in used and not s.archived and is_dead(links, s.url)]
    stale = [s.title for s in record.sources if s.id in used and is_stale(s, today)]
    gaps = [Gap(need, 1) for need in _missing(kind, record)]
    if not used:
        gaps.insert(0, Gap(Need.NO_SOURCE, 1))
    elif unsure:
        gaps.append(Gap(Need.UNVERIFIED, unsure.total(), tuple(unsure)))
    gaps += [Gap(Need.DISPUTED, len(record.disagreements))] if record.disagreements else []
    gaps += [Gap(Need.UNREACHABLE, len(lost), tuple(lost))] if lost else []
    gaps += [Gap(Need.STALE, len(stale), tuple(stale))] if stale else []
    others = {(link.kind, link.id) for link in catalogue.links_to.get((kind.name, record.id), ())}
    return Care((kind.name, record.id), tuple(gaps), len(others))


def _missing(kind: Kind, record: Any) -> Iterator[Need]:
    """What every reader looks for and nobody found."""
    fields = type(record).model_fields
    if {"start", "end"} <= set(fields) and getattr(record, "date", None) is None:
        if record.start is None and "phases" in fields:
            yield Need.UNKNOWN_START
        if record.start is not None and record.end is None:
            yield Need.UNKNOWN_END
    if {"budget", "phases"} <= set(fields) and not record.budget and not any(x.budget for x in record.phases):
        yield Need.NO_BUDGET


def sources_used(record: Record) -> frozenset[str]:
    """The ids of the sources that anything in a record rests on."""
    return frozenset(str(id) for id in _ids(record))


def _ids(value: Any) -> Iterator[Any]:
    """The `sources` of a value and of all that is in it, but not the list of publications itself."""
    if isinstance(value, Model):
        for name, inner in value.__dict__.items():
            if name == "sources" and not isinstance(value, Record):
                yield from inner
            elif name != "sources":
                yield from _ids(inner)
    elif isinstance(value, tuple | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _ids(inner)
