"""Records become a Catalogue: every reference is looked up, and every link is known at both ends.

What references lead to is asked of `Ids`, which is made of cards: so most files need not be read again for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from generator.model.catalogue import Called, Card, Catalogue, Failed, Gone, Key, Link, Validated
from generator.model.document import Document, Path
from generator.model.evidence import Record
from generator.model.kind import Kind, Lookup
from generator.model.naming import called
from generator.model.references import fields_that_name, written_references
from generator.model.retired import Tombstone
from generator.model.values import Reference, near, nearest, same, written
from generator.model.walk import walk
from generator.problems import Code, Fault, Problem


def link(
    passed: list[Validated], documents: list[Document], kinds: tuple[Kind, ...]
) -> tuple[Catalogue, list[Problem]]:
    """The catalogue, and references that lead nowhere. `documents` tells which records exist but failed."""
    every: list[Validated | Failed] = [*passed, *failures(passed, documents, kinds)]
    cards = [card_of(each) for each in every]
    ids = Ids(cards, kinds, lambda: map(called, passed))
    by_card = {(card.kind, card.file, card.id): each for card, each in zip(cards, every, strict=True)}
    problems = [by_card[card.kind, card.file, card.id].document.problem(fault) for card, fault in doubles(cards)]
    for each, card in zip(every, cards, strict=True):
        problems += [each.document.problem(fault) for fault in loose_ends(each, card, ids)]
    there = [one for one in passed if not isinstance(one.record, Tombstone)]
    linked = Catalogue(kinds, _records(there, kinds), _links(there, ids), ids.aliases, _retired(passed))
    for one in passed:
        problems += [one.document.problem(fault) for fault in linked_faults(one, linked)]
    return linked, problems


def card_of(one: Validated | Failed) -> Card:
    """The card of a record; of one that failed, with the references that stand as they should."""
    document = one.document
    found: dict[tuple[str, ...], dict[str, None]] = {}
    for _, reference in _references(one):
        found.setdefault(reference.kinds, {})[str(reference)] = None
    references = {kinds: tuple(ids) for kinds, ids in found.items()}
    if isinstance(one, Failed):
        return Card(document.kind, document.path, document.id, None, references=references)
    aliases = tuple(str(alias) for alias in one.record.aliases)
    gone = _gone(one.record) if isinstance(one.record, Tombstone) else None
    return Card(one.kind.name, document.path, document.id, one.record.id, aliases, references, gone)


def _references(one: Validated | Failed) -> Iterable[tuple[Path, Reference]]:
    if isinstance(one, Validated):
        return [(path, value) for path, value in walk(one.record) if isinstance(value, Reference)]
    return written_references(one.kind.model, one.document.values).items() if one.kind else ()


def _gone(tombstone: Tombstone) -> Gone:
    successor = tombstone.successor
    named = f"{successor.kinds[0]}/{successor}" if successor else ""
    because = " ".join(tombstone.because.split())
    return Gone(*tombstone.was, str(tombstone.name), str(tombstone.retired), because, named)


def failures(passed: Iterable[Validated], documents: Iterable[Document], kinds: tuple[Kind, ...]) -> tuple[Failed, ...]:
    """The records that exist but failed; one without an id is a table that could not be read."""
    fine = {(one.kind.name, one.document.path, one.document.id) for one in passed}
    by_name = {kind.name: kind for kind in kinds}
    return tuple(Failed(by_name.get(d.kind), d) for d in documents if (d.kind, d.path, d.id) not in fine)


class Ids:
    """All ids and former ids, and which record each leads to."""

    def __init__(
        self, cards: Sequence[Card], kinds: tuple[Kind, ...], called: Callable[[], Iterable[Called]] = tuple
    ) -> None:
        """`called` gives what the records are called; it is asked where a reference leads nowhere."""
        self.kinds = kinds
        self._called = called
        self.records: dict[str, dict[str, Card]] = {kind.name: {} for kind in kinds}
        self.aliases: dict[Key, str] = {}
        self.retired: dict[Key, Gone] = {}
        every = [card for card in cards if card.gone is None]
        for gone, names in ((card.gone, card.names) for card in cards if card.gone):
            self.retired |= {(gone.kind, name): gone for name in names}
        for id, card in sorted(((card.id, card) for card in every if card.id is not None), key=lambda pair: pair[0]):
            self.records[card.kind].setdefault(id, card)
            for alias in card.aliases:
                self.aliases[card.kind, alias] = id
        # what is meant by a code of another list is told where that stands
        meant = {kind.name: kind.respell for kind in kinds}
        respelt = {(card.kind, meant[card.kind](card.id)) for card in every if card.id and card.kind in meant}
        # without an id: a table that could not be read, so that any record of the kind may be in it
        claimed = {(card.kind, card.written) for card in every} | respelt
        self.failed = claimed - {(card.kind, card.id) for card in every}

    def find(self, kind: str, id: str) -> Card | None:
        """The card of the record of that kind and id (or former id), or None."""
        return self.records.get(kind, {}).get(self.aliases.get((kind, id), id))

    def target(self, kinds: tuple[str, ...], id: str) -> Key | None:
        """Kind and id of the record that a reference leads to, or None."""
        for kind in kinds:
            found = self.find(kind, id)
            if found and found.id is not None:
                return kind, found.id
        return None

    @cached_property
    def names(self) -> Mapping[str, Mapping[str, str]]:
        """By kind, the id for each name and acronym that only one record of the kind has."""
        found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for each in self._called():
            for name in (*(text for _, _, text in each.names), each.acronym):
                found[each.kind][name].add(each.id)
        return {kind: {n: min(ids) for n, ids in by.items() if n and len(ids) == 1} for kind, by in found.items()}

    def may_exist(self, kinds: tuple[str, ...], id: str) -> bool:
        """Whether a reference leads to a record, or to one that failed and is told elsewhere."""
        if self.target(kinds, id):
            return True
        return any((kind, id) in self.failed or (kind, "") in self.failed for kind in kinds)


def loose_ends(one: Validated | Failed, card: Card, ids: Ids) -> Iterator[Fault]:
    """The references of a record that lead nowhere. `card` is its card."""
    loose = set(loose_references(card, ids))
    if loose:
        for path, reference in _references(one):
            if (reference.kinds, str(reference)) in loose:
                message, hint, mend, code = _unknown(ids, reference, one.kind)
                certain = None if card.gone else mend  # a tombstone writes the kind before the id
                yield Fault(path, code, message, hint, mend=written(certain))


def loose_references(card: Card, ids: Ids) -> Iterator[tuple[tuple[str, ...], str]]:
    """What a card refers to and nobody is."""
    for kinds, names in card.references.items():
        yield from ((kinds, name) for name in names if not ids.may_exist(kinds, name))


def linked_faults(one: Validated, lookup: Lookup) -> Iterator[Fault]:
    """What the rules of the kind find that look at other records."""
    for rule in one.kind.linked_checks:
        yield from rule(one.record, lookup)


def _records(passed: list[Validated], kinds: tuple[Kind, ...]) -> Mapping[str, Mapping[str, Record]]:
    records: dict[str, dict[str, Record]] = {kind.name: {} for kind in kinds}
    for one in sorted(passed, key=lambda v: v.record.id):
        records[one.kind.name].setdefault(one.record.id, one.record)
    return records


def _retired(passed: list[Validated]) -> Mapping[Key, Tombstone]:
    """Tombstones by kind and each id that the record had."""
    gone = [one.record for one in passed if isinstance(one.record, Tombstone)]
    return {(t.was[0], str(id)): t for t in sorted(gone, key=lambda t: t.id) for id in (t.was[1], *t.aliases)}


def _links(passed: list[Validated], ids: Ids) -> Mapping[Key, tuple[Link, ...]]:
    links: dict[Key, list[Link]] = defaultdict(list)
    for one in passed:
        for path, value in walk(one.record):
            if isinstance(value, Reference) and (target := ids.target(value.kinds, str(value))):
                links[target].append(Link(one.kind.name, one.record.id, path))
    return {key: tuple(found) for key, found in sorted(links.items())}


def _unknown(ids: Ids, reference: Reference, owner: Kind | None) -> tuple[str, str, str | None, Code]:
    """Message, hint, the certain id if there is one, and code."""
    if not {kind.name for kind in ids.kinds} & set(reference.kinds):
        message, hint = no_kind(reference.kinds[0], ids.kinds)
        return message, hint, None, Code.BAD_ID
    elsewhere = [kind for kind in ids.kinds if ids.find(kind.name, str(reference))]
    if elsewhere:
        wanted = " or ".join(kind.a for kind in ids.kinds if kind.name in reference.kinds)
        message = f"'{reference}' is {elsewhere[0].a}; here {wanted} is wanted."
        return message, _elsewhere(elsewhere[0].name, owner), None, Code.WRONG_KIND
    wanted = " or ".join(kind.singular.lower() for kind in ids.kinds if kind.name in reference.kinds)
    gone = next((ids.retired[kind, reference] for kind in reference.kinds if (kind, reference) in ids.retired), None)
    if gone:
        message = f"The {wanted} '{reference}' was retired on {gone.retired}. {gone.because.rstrip('.')}."
        return message, _instead(gone, reference), None, Code.UNKNOWN_REFERENCE
    known = [id for kind in reference.kinds for id in ids.records.get(kind, {})]
    names = {name: id for kind in reference.kinds for name, id in ids.names.get(kind, {}).items()}
    certain = same(str(reference), known) or _respelt(ids, reference) or names.get(same(str(reference), names) or "")
    likely = names.get(nearest(str(reference), names, NEARLY_A_NAME) or "")
    hint = f"Did you mean '{certain or likely}'?" if certain or likely else near(str(reference), known)
    return f"There is no {wanted} '{reference}'.", hint or "Add its record first.", certain, Code.UNKNOWN_REFERENCE


NEARLY_A_NAME = 0.85
"""How like a name a text must be: names are long, and share words that tell none apart."""


def _elsewhere(kind: str, owner: Kind | None) -> str:
    """Where a record of that kind may stand."""
    fields = [f"`{name}`" for name in fields_that_name(owner.model, kind)] if owner else []
    return f"Move it to {' or '.join(fields[:MANY])}." if fields else "No field of this record is for it."


MANY = 3
"""So many fields are named; an agreement has more for the same."""


def _instead(gone: Gone, reference: Reference) -> str:
    kind, _, successor = gone.successor.partition("/")
    if not successor:
        return "Take the reference out."
    if kind in reference.kinds:
        return f"Write '{successor}', its successor."
    return f"Its successor is of another kind: {gone.successor}."


def no_kind(name: str, kinds: tuple[Kind, ...]) -> tuple[str, str]:
    """Message and hint where a kind of record is named that is not."""
    names = [kind.name for kind in kinds]
    return f"There is no kind of record called '{name}'.", near(name, names) or f"Write one of: {', '.join(names)}."


def _respelt(ids: Ids, reference: Reference) -> str | None:
    """The id of the record that stands under another code elsewhere."""
    meant = (kind.respell(str(reference)) for kind in ids.kinds if kind.name in reference.kinds)
    return next((id for id in meant if id and ids.target(reference.kinds, id)), None)


def doubles(cards: Iterable[Card]) -> Iterator[tuple[Card, Fault]]:
    """Ids and aliases that two records of a kind claim; what a retired record had comes first: it is never given again.

    Countries and groups share one name space.
    """
    owners: dict[Key, Card] = {}
    passed = [card for card in cards if card.id is not None]
    for card, number, name in [*_claims(passed, gone=True), *_claims(passed, gone=False)]:
        other = owners.setdefault((card.space, name.lower()), card)
        if other is not card:
            path: tuple[str | int, ...] = ("aliases", number - 1) if number else ()
            hint = "Choose another; ids are never used again."
            yield card, Fault(path, Code.DUPLICATE_ID, _taken(name, other), hint, not path)


def _claims(cards: Iterable[Card], *, gone: bool) -> list[tuple[Card, int, str]]:
    """The names of records with their numbers, all ids before all former ids: the id is 0."""
    some = [card for card in cards if bool(card.gone) == gone]
    claims = [(card, number, _address(card.space, name)) for card in some for number, name in enumerate(card.names)]
    return sorted(claims, key=lambda claim: claim[1] > 0)


def _taken(name: str, other: Card) -> str:
    if other.gone:
        return f"'{name}' was «{other.gone.name}», which was retired on {other.gone.retired}."
    return f"'{name}' belongs to {other.file} already."


def _address(kind: str, name: str) -> str:
    """The id; for a page what its address is made of, where a/index.md and a.md are the same."""
    return name.removesuffix("/index") if kind == "page" else name
