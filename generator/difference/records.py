"""Two catalogues record by record and field by field, by what is meant rather than by what is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import BaseModel

from generator.derive.quality import sources_used
from generator.difference.matching import Pair, Thing, is_reordered, match
from generator.difference.meaning import (
    Reading,
    label_of,
    meaning,
    parts_of,
    path_in_words,
    shown,
    title_of_field,
)
from generator.difference.shapes import FieldChange, RecordChange, Side, Sort
from generator.model.catalogue import Catalogue, Key
from generator.model.document import Path
from generator.model.evidence import Evidence, Record, Source, field_order
from generator.model.facts import facts_of
from generator.model.kind import Kind
from generator.model.retired import Tombstone
from generator.model.values import FieldPath

Words = tuple[str, ...]


@dataclass(frozen=True)
class Compared:
    """A record on both sides: what changed, how each is read, and which later item stands for which earlier one."""

    kind: Kind
    before: Record
    after: Record
    old: Reading
    new: Reading
    changes: tuple[FieldChange, ...]
    items: Mapping[int, Any] = field(default_factory=dict)
    """The later item by the identity of the earlier."""

    @property
    def key(self) -> Key:
        """Kind and present id."""
        return self.kind.name, self.after.id


@dataclass(frozen=True)
class Pairing:
    """Which records of two catalogues are the same, which came and which went."""

    same: tuple[tuple[Kind, Record, Record], ...]
    added: tuple[tuple[Kind, Record], ...]
    removed: tuple[tuple[Kind, Record], ...]
    now: Mapping[Key, str]
    """The present id of every record of the earlier catalogue that lives on under another."""
    retired: Mapping[Key, Tombstone] = field(default_factory=dict)
    """What the later catalogue keeps of records that were taken out."""


def pair(before: Side, after: Side) -> Pairing:
    """Pair records by kind and id, or by a former id that the later one keeps among its aliases.

    A record that is unread on one side is on neither list: nothing can be said of it.
    """
    now = _lives_on(before.catalogue, after.catalogue)
    same, added, removed = [], [], []
    for kind in after.catalogue.kinds:
        old, new = before.catalogue.records.get(kind.name, {}), after.catalogue.records.get(kind.name, {})
        came_from = {now[key]: key[1] for key in sorted(now, reverse=True) if key[0] == kind.name}
        for id, record in new.items():
            earlier = old.get(id) or old.get(came_from.get(id, ""))
            if earlier:
                same.append((kind, earlier, record))
            elif not _is_unread((kind.name, id), before):
                added.append((kind, record))
        paired = {earlier.id for each, earlier, _ in same if each is kind}
        removed += [
            (kind, record)
            for id, record in old.items()
            if id not in paired and not _is_unread((kind.name, now.get((kind.name, id), id)), after)
        ]
    return Pairing(tuple(same), tuple(added), tuple(removed), now, after.catalogue.retired)


def _lives_on(before: Catalogue, after: Catalogue) -> dict[Key, str]:
    return {
        (kind, alias): id
        for (kind, alias), id in after.aliases.items()
        if alias in before.records.get(kind, {}) and alias not in after.records.get(kind, {})
    }


def _is_unread(key: Key, side: Side) -> bool:
    return key in side.unread or (key[0], "") in side.unread


def compare_records(before: Side, after: Side, pairing: Pairing) -> tuple[Compared, ...]:
    """Every record that is on both sides, with what changed in it."""
    return tuple(
        _compare(kind, old, new, before.catalogue, after.catalogue, pairing.now) for kind, old, new in pairing.same
    )


def record_changes(
    compared: tuple[Compared, ...], pairing: Pairing, kinds: tuple[Kind, ...]
) -> tuple[RecordChange, ...]:
    """All records that changed, by kind and title."""
    told = [_told(each) for each in compared if each.changes or each.before.id != each.after.id]
    told += [_whole(Sort.ADDED, kind, record) for kind, record in pairing.added]
    for kind, record in pairing.removed:
        id = pairing.now.get((kind.name, record.id))
        made = _whole(Sort.MERGED if id else Sort.REMOVED, kind, record)
        if tombstone := pairing.retired.get((kind.name, record.id)):
            made = replace(made, sort=Sort.RETIRED, because=" ".join(tombstone.because.split()))
        told.append(replace(made, key=(kind.name, id), old=record.id) if id else made)
    order = [kind.name for kind in kinds]
    return tuple(sorted(told, key=lambda each: (order.index(each.key[0]), each.title, each.key, each.sort)))


def _told(each: Compared) -> RecordChange:
    renamed = each.before.id != each.after.id
    return RecordChange(
        sort=Sort.RENAMED if renamed else Sort.CHANGED,
        key=each.key,
        noun=each.kind.singular,
        title=each.after.title,
        facts=len(facts_of(each.after)),
        old=each.before.id if renamed else None,
        fields=each.changes,
    )


def _whole(sort: Sort, kind: Kind, record: Record) -> RecordChange:
    return RecordChange(sort, (kind.name, record.id), kind.singular, record.title, len(facts_of(record)))


# -- one record


def _compare(
    kind: Kind, before: Record, after: Record, earlier: Catalogue, later: Catalogue, now: Mapping[Key, str]
) -> Compared:
    old = Reading(earlier, now, {source.id: source for source in before.sources})
    new = Reading(later, {}, {source.id: source for source in after.sources})
    if before == after:
        return Compared(kind, before, after, old, new, (), _same_items(before, after))
    pairs, ours, theirs = _publications(before, after, old, new)
    common = {str(theirs[j].id): str(ours[i].id) for i, j in pairs if i is not None and j is not None}
    fresh = {str(theirs[j].id): f"{theirs[j].id} (new)" for i, j in pairs if i is None and j is not None}
    new = replace(new, common={**common, **fresh})
    comparing = _Comparing(old, new)
    changes = [
        *comparing.fields(before, after, (), (), leave_out=("id", "aliases", "sources")),
        *comparing.aliases(before, after),
        *comparing.items_of(ours, theirs, pairs, ("sources",), ("Sources",)),
    ]
    return Compared(kind, before, after, old, new, tuple(changes), comparing.items)


def _same_items(before: Any, after: Any) -> dict[int, Any]:
    """For two records that are equal: each item by its counterpart."""
    found: dict[int, Any] = {id(before): after}
    if isinstance(before, BaseModel):
        for name, value in before.__dict__.items():
            found |= _same_items(value, getattr(after, name))
    elif isinstance(before, tuple):
        for one, other in zip(before, after, strict=True):
            found |= _same_items(one, other)
    return found


def _publications(
    before: Record, after: Record, old: Reading, new: Reading
) -> tuple[tuple[Pair, ...], tuple[Source, ...], tuple[Source, ...]]:
    """Which publication is which. Only those count on which the record rests: a list may be shared by many records."""
    ours = tuple(source for source in before.sources if source.id in sources_used(before))
    theirs = tuple(source for source in after.sources if source.id in sources_used(after))
    # equal first: their ids are numbers, local to the record, and numbered anew without anybody noticing
    things = [
        [Thing(meaning(each, reading), parts_of(each, reading), each.id, frozenset({"title", "url"})) for each in side]
        for side, reading in ((ours, old), (theirs, new))
    ]
    return match(things[0], things[1], equal_first=True), ours, theirs


@dataclass
class _Comparing:
    """A walk over two records at once; it remembers which items belong together."""

    old: Reading
    new: Reading
    items: dict[int, Any] = field(default_factory=dict)

    def fields(
        self, before: BaseModel, after: BaseModel, path: Path, where: Words, leave_out: tuple[str, ...] = ()
    ) -> Iterator[FieldChange]:
        """Field by field, in the order in which records are written."""
        model = type(after)
        self.items[id(before)] = after
        for name in field_order(model):  # type: ignore[arg-type]
            if name not in leave_out:
                written = model.model_fields[name].alias or name
                title = title_of_field(model, name)
                values = getattr(before, name), getattr(after, name)
                yield from self._value(model, name, *values, (*path, written), (*where, title))

    def _value(
        self, model: type[BaseModel], name: str, before: Any, after: Any, path: Path, where: Words
    ) -> Iterator[FieldChange]:
        if isinstance(before, dict):
            yield from self._evidence(model, before, after, path, where)
        elif isinstance(before, BaseModel) and isinstance(after, BaseModel):
            yield from self.fields(before, after, path, where)
        elif _holds_models(before) or _holds_models(after):
            pairs = match(self._things(before, self.old), self._things(after, self.new))
            yield from self.items_of(before, after, pairs, path, where)
        else:
            yield from self._leaf(model, name, before, after, path, where)

    def _leaf(
        self, model: type[BaseModel], name: str, before: Any, after: Any, path: Path, where: Words
    ) -> Iterator[FieldChange]:
        one, other = meaning(before, self.old), meaning(after, self.new)
        if one == other:
            return
        same_things = isinstance(one, tuple) and isinstance(other, tuple) and Counter(one) == Counter(other)
        texts = self._text(model, name, before, self.old), self._text(model, name, after, self.new)
        yield FieldChange(path, where, *texts, order_only=same_things)

    def _text(self, model: type[BaseModel], name: str, value: Any, reading: Reading) -> str | None:
        if value is None or value == model.model_fields[name].default:
            return None
        if isinstance(value, tuple) and value and isinstance(value[0], FieldPath):
            return "; ".join(path_in_words(model, each) for each in value)
        return shown(value, reading) or UNNAMED

    def _evidence(
        self,
        model: type[BaseModel],
        before: Mapping[FieldPath, Evidence],
        after: Mapping[FieldPath, Evidence],
        path: Path,
        where: Words,
    ) -> Iterator[FieldChange]:
        for name in dict.fromkeys((*before, *after)):
            words = (*where, path_in_words(model, name))
            old, new = before.get(name), after.get(name)
            if old is None or new is None or meaning(old, self.old) != meaning(new, self.new):
                texts = (shown(old, self.old) if old else None, shown(new, self.new) if new else None)
                only_order = old is not None and new is not None and self._unordered(old, new)
                yield FieldChange((*path, str(name)), words, *texts, order_only=only_order)

    def _unordered(self, old: Evidence, new: Evidence) -> bool:
        """Whether two pieces of evidence differ in nothing but the order of their sources."""
        bare = meaning(old.model_copy(update={"sources": ()}), self.old)
        return bare == meaning(new.model_copy(update={"sources": ()}), self.new) and Counter(
            meaning(each, self.old) for each in old.sources
        ) == Counter(meaning(each, self.new) for each in new.sources)

    def _things(self, items: tuple[Any, ...], reading: Reading) -> list[Thing]:
        return [
            Thing(meaning(each, reading), parts_of(each, reading), None, frozenset(type(each).marks)) for each in items
        ]

    def items_of(
        self,
        before: tuple[Any, ...],
        after: tuple[Any, ...],
        pairs: tuple[Pair, ...],
        path: Path,
        where: Words,
    ) -> Iterator[FieldChange]:
        """The items of a list that changed, came or went; then the order of those that stayed."""
        labels = _labels(before, self.old), _labels(after, self.new)
        for i, j in pairs:
            if i is not None and j is not None:
                leave_out = ("id",) if isinstance(after[j], Source) else ()
                inner = (*where, labels[0][i])
                yield from self.fields(before[i], after[j], (*path, j), inner, leave_out)
            elif j is not None:
                yield FieldChange((*path, j), (*where, labels[1][j]), None, shown(after[j], self.new))
            elif i is not None:
                yield FieldChange((*path, i), (*where, labels[0][i]), shown(before[i], self.old), None)
        if is_reordered(pairs) and path != ("sources",):  # pages number them by first use
            kept = [(i, j) for i, j in pairs if i is not None and j is not None]
            order = "; ".join(labels[0][i] for i, _ in sorted(kept)), "; ".join(labels[0][i] for i, _ in kept)
            yield FieldChange(path, where, *order, order_only=True)

    def aliases(self, before: Record, after: Record) -> Iterator[FieldChange]:
        """Former ids, but for the one that a rename leaves behind by itself."""
        known = {before.id, after.id}
        old = tuple(str(each) for each in before.aliases if each not in known)
        new = tuple(str(each) for each in after.aliases if each not in known)
        if sorted(old) != sorted(new):
            yield FieldChange(("aliases",), ("Former ids",), "; ".join(old) or None, "; ".join(new) or None)


UNNAMED = "unnamed"
"""An empty list where leaving the field out would mean all."""


def _holds_models(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], BaseModel)


def _labels(items: tuple[Any, ...], reading: Reading) -> list[str]:
    """A name for each item, with its place where two have the same."""
    names = [label_of(item, n, reading) for n, item in enumerate(items)]
    counts = Counter(names)
    return [f"{name} ({n + 1})" if counts[name] > 1 else name for n, name in enumerate(names)]
