"""Which agreement took the place of which, and since when: a link names a successor, only a dated event says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.kinds.agreement import Agreement, EventType
from generator.model.catalogue import Catalogue
from generator.model.edtf import PartialDate


@dataclass(frozen=True)
class Succession:
    """Another agreement before or after one. `event` is the position of `replaced` in the history of `where`."""

    other: str
    after: bool
    """Whether the other came after."""
    when: PartialDate | None = None
    scope: str | None = None
    text: str | None = None
    """Which of several texts was replaced."""
    where: str = ""
    event: int | None = None


def successions_of(record: Agreement, catalogue: Catalogue) -> tuple[Succession, ...]:
    """All that came before an agreement, then all that came after, each by id."""
    before = [*_resolved(catalogue, record.replaces), *(o.id for o in catalogue.of("agreement") if _names(o, record))]
    links = catalogue.links_to.get(("agreement", record.id), ())
    after = [link.id for link in links if link.kind == "agreement" and link.path[0] == "replaces"]
    after += [id for _, event_other in _replacements(record) for id in _resolved(catalogue, [event_other])]
    found = [_of(record, id, catalogue, after=False) for id in sorted(set(before))]
    found += [_of(record, id, catalogue, after=True) for id in sorted(set(after))]
    return tuple(each for each in found if each.other != record.id)


def _replacements(record: Agreement) -> Iterator[tuple[int, str]]:
    for position, event in enumerate(record.events):
        if event.event is EventType.REPLACED and event.agreement:
            yield position, str(event.agreement)


def _resolved(catalogue: Catalogue, ids: object) -> list[str]:
    return [found.id for id in ids if (found := catalogue.find("agreement", str(id)))]  # type: ignore[attr-defined]


def _names(other: Agreement, record: Agreement) -> bool:
    return any(id == record.id or id in record.aliases for _, id in _replacements(other))


def _of(record: Agreement, id: str, catalogue: Catalogue, *, after: bool) -> Succession:
    """The event stands in the history of what was replaced."""
    old, new = (record.id, id) if after else (id, record.id)
    replaced: Agreement = catalogue.records["agreement"][old]  # type: ignore[assignment]
    for position, named in _replacements(replaced):
        if new in _resolved(catalogue, [named]):
            event = replaced.events[position]
            return Succession(id, after, event.date, event.scope, event.text, old, position)
    return Succession(id, after)


def first_of(record: Agreement, step: EventType) -> PartialDate | None:
    """The date of the first event of a sort, of any party; None where none is recorded."""
    dates = [event.date for event in record.events if event.event is step]
    return min(dates, key=lambda date: date.sort_key, default=None)
