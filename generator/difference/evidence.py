"""Facts that are still told and rest on less than before."""

from __future__ import annotations

from collections.abc import Iterator

from generator.difference.meaning import label_of, meaning, publication
from generator.difference.records import Compared
from generator.difference.shapes import Loss, LostSource
from generator.model.evidence import Evidence
from generator.model.facts import Fact, facts_of
from generator.model.values import Model
from generator.model.walk import evidence_of, has_fact


def lost_sources(compared: tuple[Compared, ...]) -> tuple[LostSource, ...]:
    """Every fact of the earlier side that had a source, is there still, and has none, fewer, or is unverified now."""
    return tuple(found for each in compared if each.changes for found in _of_record(each))


def _of_record(each: Compared) -> Iterator[LostSource]:
    for fact in facts_of(each.before):
        before = evidence_of(each.before, fact.field, fact.item)
        after = _after(each, fact)
        loss = _loss(each, before, after) if after is not None else None
        if after is not None and loss:
            yield LostSource(
                each.key,
                each.after.title,
                _where(each, fact),
                loss,
                tuple(publication(id, each.old) for id in before.sources),
                tuple(publication(id, each.new) for id in after.sources),
            )


def _after(each: Compared, fact: Fact) -> Evidence | None:
    """What the fact rests on now; None where it is told no more."""
    if fact.item is not None:
        later = each.items.get(id(fact.item))
        return None if later is None else evidence_of(each.after, fact.field, later)
    return evidence_of(each.after, fact.field) if has_fact(each.after, fact.field) else None


def _loss(each: Compared, before: Evidence, after: Evidence) -> Loss | None:
    if not before.sources:
        return None
    if not after.sources:
        return Loss.SOURCE
    if before.verified and not after.verified:
        return Loss.VERIFIED
    gone = {meaning(id, each.old) for id in before.sources} - {meaning(id, each.new) for id in after.sources}
    return Loss.FEWER if gone and len(after.sources) < len(before.sources) else None


def _where(each: Compared, fact: Fact) -> tuple[str, ...]:
    if not isinstance(fact.item, Model):
        return (fact.title,)
    items = getattr(each.before, fact.field, ())
    places = [n for n, item in enumerate(items if isinstance(items, tuple) else ()) if item is fact.item]
    return fact.title, label_of(fact.item, places[0] if places else 0, each.old)
