"""Which records a reader of one may want next, and why: every reason is a link or a value that both records hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from math import log, sqrt

from generator.derive.series import origins_of, position_of
from generator.kinds.agreement import EventType
from generator.model.catalogue import Catalogue, Key
from generator.model.parts import Role

KINDS = ("programme", "agreement", "dialogue", "border-area")
COMPUTED = 6
"""At most so many are added to those that a record names."""
ENOUGH = 100
"""So many candidates with a rare theme and country in common are weighed; a large catalogue has thousands."""
CARRIES = frozenset({Role.LEAD, Role.IMPLEMENTER, Role.COORDINATOR})
"""Roles in which an organisation carries a programme out."""


class Reason(StrEnum):
    """Why a record is related, from the strongest to the weakest. `OTHER` is said from the other end."""

    REPLACED = "replaced"
    REPLACED_BY = "replaced-by"
    REPLACES = "replaces"
    SUCCESSOR = "successor"
    PREVIOUS = "previous"
    NEXT = "next"
    SERIES = "series"
    CAME_OUT_OF = "came-out-of"
    LED_TO = "led-to"
    HISTORY = "history"
    NAMED = "named"
    SAME_PROGRAMME = "same-programme"
    SAME_AREA = "same-area"
    SAME_COUNTRIES = "same-countries"
    SAME_THEME = "same-theme"
    SAME_BODY = "same-body"


ORDER = tuple(Reason)


@dataclass(frozen=True)
class Relation:
    """One related record. `shared` are the records that both have in common; `also` says it of one that is named."""

    reason: Reason
    kind: str
    id: str
    shared: tuple[Key, ...] = ()
    also: Reason | None = None

    @property
    def key(self) -> Key:
        return self.kind, self.id


def related_views(catalogue: Catalogue) -> Mapping[Key, tuple[Relation, ...]]:
    """For each programme, agreement, dialogue and border area: the related ones, strongest reason first."""
    stated = _stated(catalogue)
    index = _Index.of(catalogue)
    return {key: _merged(key, stated.get(key, ()), index) for key in index.traits}


def _merged(key: Key, stated: Iterable[Relation], index: _Index) -> tuple[Relation, ...]:
    """Each record once, for its strongest reason; one that is only named also says what is shared."""
    best: dict[Key, Relation] = {}
    for relation in stated:
        known = best.get(relation.key)
        if relation.key != key and (known is None or ORDER.index(relation.reason) < ORDER.index(known.reason)):
            best[relation.key] = relation
    explained = [_explained(key, relation, index) for relation in best.values()]
    found = [relation for relation in index.alike(key) if relation.key not in best]
    explained.sort(key=lambda r: (ORDER.index(r.reason), r.kind, r.id))
    return (*explained, *found[:COMPUTED])


def _explained(key: Key, relation: Relation, index: _Index) -> Relation:
    if relation.reason is not Reason.NAMED or relation.key not in index.traits:
        return relation
    likeness = index.likeness(key, relation.key)
    if likeness is None:
        return relation
    return Relation(relation.reason, relation.kind, relation.id, likeness.shared, likeness.reason)


# -- what records say of one another

TYPED = (
    ("programmes", "programme"),
    ("agreements", "agreement"),
    ("dialogues", "dialogue"),
    ("border_areas", "border-area"),
)


def _stated(catalogue: Catalogue) -> Mapping[Key, tuple[Relation, ...]]:
    found: dict[Key, list[Relation]] = defaultdict(list)
    for one, reason, other, back in chain(
        _typed(catalogue), _replacements(catalogue), _outcomes(catalogue), _series(catalogue)
    ):
        found[one].append(Relation(reason, *other))
        if back:
            found[other].append(Relation(back, *one))
    return {key: tuple(relations) for key, relations in found.items()}


Stated = Iterator[tuple[Key, Reason, Key, Reason | None]]
"""A record, what the other is to it, the other, and what it is to the other."""


def _resolved(catalogue: Catalogue, kind: str, ids: Iterable[object]) -> Iterator[Key]:
    """References as keys; a former id leads to the record that took over."""
    for id in ids:
        record = catalogue.find(kind, str(id))
        if record is not None:
            yield kind, record.id


def _typed(catalogue: Catalogue) -> Stated:
    for kind in KINDS:
        for record in catalogue.of(kind):
            for field, other in TYPED:
                for key in _resolved(catalogue, other, getattr(record.related, field)):
                    yield (kind, record.id), Reason.NAMED, key, Reason.NAMED


def _replacements(catalogue: Catalogue) -> Stated:
    """A link alone names a successor; only a dated event says that it took over."""
    for agreement in catalogue.of("agreement"):
        own = ("agreement", agreement.id)
        for key in _resolved(catalogue, "agreement", agreement.replaces):
            yield own, Reason.REPLACES, key, Reason.SUCCESSOR
        for event in agreement.events:
            for key in _resolved(catalogue, "agreement", [event.agreement] if event.agreement else []):
                if event.event is EventType.REPLACED:
                    yield own, Reason.REPLACED_BY, key, Reason.REPLACED
                else:
                    yield own, Reason.HISTORY, key, Reason.HISTORY


def _outcomes(catalogue: Catalogue) -> Stated:
    for key, origins in origins_of(catalogue).items():
        for dialogue, _ in origins:
            yield key, Reason.CAME_OUT_OF, ("dialogue", dialogue), Reason.LED_TO


def _series(catalogue: Catalogue) -> Stated:
    """The page of the series lists its meetings, so it does not get them here again."""
    for meeting in catalogue.of("dialogue"):
        position = position_of(meeting, catalogue) if meeting.series else None
        if position is None:
            continue
        own = ("dialogue", meeting.id)
        yield own, Reason.SERIES, ("dialogue", position.series), None
        if position.next:
            yield own, Reason.NEXT, ("dialogue", position.next), Reason.PREVIOUS


# -- what records have in common


@dataclass(frozen=True)
class _Traits:
    """What of a record can be shared."""

    themes: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    programmes: frozenset[str] = frozenset()


Pair = tuple[str, str]
"""A theme and a country."""


@dataclass(frozen=True)
class _Index:
    """The traits of all records, how rare each is, and who has which."""

    traits: Mapping[Key, _Traits]
    weights: Mapping[Key, float]
    """For each theme, country and organisation: the rarer, the heavier."""
    pairs: Mapping[Pair, tuple[Key, ...]]
    having: Mapping[Key, tuple[Key, ...]]
    """For each area, organisation, programme, and country of an area: the records that have it."""

    @classmethod
    def of(cls, catalogue: Catalogue) -> _Index:
        """The index of a catalogue."""
        traits = {
            (kind, record.id): _traits(catalogue, kind, record) for kind in KINDS for record in catalogue.of(kind)
        }
        counts: dict[Key, int] = defaultdict(int)
        pairs: dict[Pair, list[Key]] = defaultdict(list)
        having: dict[Key, list[Key]] = defaultdict(list)
        for key, own in traits.items():
            for trait in _single(own):
                counts[trait] += 1
            for theme in own.themes:
                for country in own.countries:
                    pairs[theme, country].append(key)
            for trait in _joining(key, own):
                having[trait].append(key)
        weights = {trait: log(1 + len(traits) / count) for trait, count in counts.items()}
        return cls(
            traits,
            weights,
            {pair: tuple(keys) for pair, keys in pairs.items()},
            {trait: tuple(keys) for trait, keys in having.items()},
        )

    def alike(self, key: Key) -> list[Relation]:
        """Records that have something in common with one, the nearest first."""
        found = [(self._near(key, other, likeness), likeness) for other, likeness in self._likenesses(key)]
        found.sort(key=lambda pair: (ORDER.index(pair[1].reason), -pair[0], pair[1].key))
        return [likeness for _, likeness in found]

    def _likenesses(self, key: Key) -> Iterator[tuple[Key, Relation]]:
        for other in self._candidates(key):
            likeness = self.likeness(key, other)
            if likeness is not None:
                yield other, likeness

    def _candidates(self, key: Key) -> tuple[Key, ...]:
        """Others that share an area, a body, or a theme and a country: those of the rarest pairs first."""
        own = self.traits[key]
        found = dict.fromkeys(other for trait in _joining(key, own) for other in self.having.get(trait, ()))
        shared = [(len(self.pairs[pair]), pair) for theme in own.themes for pair in ((theme, c) for c in own.countries)]
        for _, pair in sorted(shared):
            if len(found) > ENOUGH:
                break
            found.update(dict.fromkeys(self.pairs[pair]))
        found.pop(key, None)
        return tuple(found)

    def likeness(self, one: Key, other: Key) -> Relation | None:
        """The strongest thing that two records have in common, with what is shared, the rarest first."""
        mine, theirs = self.traits[one], self.traits[other]
        if one[0] == other[0] == "border-area":
            return self._of_areas(other, mine, theirs)
        areas = mine.areas & theirs.areas
        if areas:
            return Relation(Reason.SAME_AREA, *other, tuple(("border-area", id) for id in sorted(areas)))
        themes, countries = mine.themes & theirs.themes, mine.countries & theirs.countries
        if themes and countries:
            shared = (*self._rarest("theme", themes), *self._rarest("country", countries))
            return Relation(Reason.SAME_THEME, *other, shared)
        bodies = mine.bodies & theirs.bodies
        return Relation(Reason.SAME_BODY, *other, self._rarest("organisation", bodies)) if bodies else None

    def _of_areas(self, other: Key, mine: _Traits, theirs: _Traits) -> Relation | None:
        programmes = mine.programmes & theirs.programmes
        if programmes:
            return Relation(Reason.SAME_PROGRAMME, *other, tuple(("programme", id) for id in sorted(programmes)))
        countries = mine.countries & theirs.countries
        return Relation(Reason.SAME_COUNTRIES, *other, self._rarest("country", countries)) if countries else None

    def _rarest(self, kind: str, ids: frozenset[str]) -> tuple[Key, ...]:
        return tuple(sorted(((kind, id) for id in ids), key=lambda trait: (-self.weights.get(trait, 0), trait)))

    def _near(self, one: Key, other: Key, likeness: Relation) -> float:
        """How much two have in common: rare themes and countries weigh more, long lists of countries less."""
        mine, theirs = self.traits[one], self.traits[other]
        themes = sum(self.weights["theme", id] for id in sorted(mine.themes & theirs.themes))
        countries = sum(self.weights["country", id] for id in sorted(mine.countries & theirs.countries))
        if likeness.reason in (Reason.SAME_BODY, Reason.SAME_PROGRAMME, Reason.SAME_AREA):
            return len(likeness.shared) + themes / 100 + sum(self.weights.get(trait, 0) for trait in likeness.shared)
        spread = sqrt(max(len(mine.countries) * len(theirs.countries), 1))
        return (themes or 1) * countries / spread


def _single(own: _Traits) -> Iterator[Key]:
    for kind, ids in (("theme", own.themes), ("country", own.countries), ("organisation", own.bodies)):
        yield from ((kind, id) for id in ids)


def _joining(key: Key, own: _Traits) -> tuple[Key, ...]:
    """By which traits candidates are found, in an order that does not hang on hashing."""
    if key[0] == "border-area":
        return (
            *(("programme", id) for id in sorted(own.programmes)),
            *(("area-in", id) for id in sorted(own.countries)),
        )
    return (*(("border-area", id) for id in sorted(own.areas)), *(("organisation", id) for id in sorted(own.bodies)))


def _traits(catalogue: Catalogue, kind: str, record: object) -> _Traits:
    """Only countries of Latin America and the Caribbean count: nearly all records have the European side in common."""
    named = (*getattr(record, "parties", ()), *getattr(record, "countries", ()))
    countries = frozenset(id for id in map(str, named) if _is_partner(catalogue, id))
    if kind == "border-area":
        links = catalogue.links_to.get((kind, getattr(record, "id", "")), ())
        working = frozenset(link.id for link in links if link.kind == "programme" and link.path[0] == "border_areas")
        return _Traits(countries=countries, programmes=working)
    areas = (link.area for link in getattr(record, "border_areas", ()) if link.area)
    bodies = (
        person.organisation
        for person in getattr(record, "participants", ())
        if kind == "programme" and person.organisation and person.role in CARRIES
    )
    return _Traits(
        themes=frozenset(map(str, getattr(record, "themes", ()))),
        countries=countries,
        areas=frozenset(id for _, id in _resolved(catalogue, "border-area", areas)),
        bodies=frozenset(id for _, id in _resolved(catalogue, "organisation", bodies)),
    )


def _is_partner(catalogue: Catalogue, id: str) -> bool:
    country = catalogue.find("country", id)
    return country is not None and country.side == "lac"
