"""All problems of the content, warnings too, where only files that changed are read again.

What a file says by itself is kept as `Looked`: its problems, and what the rest of the catalogue must know of it. What
needs other files (references, doubled ids, names, rules over several records) is found anew each time, from that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, field, replace
from datetime import date
from typing import Any

from generator.advise import Reading, advice, near_duplicates, old_readings, readings
from generator.checking import Files
from generator.kinds import KINDS
from generator.link import Ids, card_of, doubles, failures, linked_faults, loose_ends, loose_references
from generator.model.catalogue import Called, Card, Failed, Gone, Validated
from generator.model.kind import Kind
from generator.model.naming import called
from generator.model.retired import RETIRED
from generator.problems import Code, Mend, Place, Problem, Way, in_order
from generator.read import read
from generator.validate import validate

Asked = tuple[tuple[str, str, str | None, str], ...]
"""What the rules of a record asked for: kind, id, the id of what was found, and the digest of its file."""


@dataclass(frozen=True)
class Ruled:
    """What the rules over several records said of one, and what they asked for: the same answers give the same."""

    kind: str
    id: str
    asked: Asked
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Looked:
    """One file, as far as it can be judged by itself."""

    digest: str
    problems: tuple[Problem, ...]
    cards: tuple[Card, ...]
    names: tuple[Called, ...]
    readings: tuple[Reading, ...]
    ruled: tuple[Ruled, ...] = ()


Records = tuple[Validated | Failed, ...]
"""The records of a file in the order of their cards."""

Memory = Mapping[str, Looked]
"""What was seen in each file, by path."""


@dataclass(frozen=True)
class Survey:
    """What is wrong or worth a look, how many records passed, and what to remember for the next time."""

    problems: tuple[Problem, ...]
    records: int
    memory: Memory = field(repr=False)


def survey(
    files: Files, today: date | None = None, memory: Memory | None = None, kinds: tuple[Kind, ...] = KINDS
) -> Survey:
    """All problems of the content. Without `today`, no source is too old; files that are as remembered are not read.

    A memory changes how long it takes and nothing else.
    """
    every = _Every(files, kinds, memory or {})
    problems = [problem for looked in every.looked.values() for problem in looked.problems]
    problems += every.doubled()
    problems += every.loose()
    problems += every.broken_rules()
    problems += near_duplicates(name for looked in every.looked.values() for name in looked.names)
    if today is not None:
        problems += old_readings((each for looked in every.looked.values() for each in looked.readings), today)
    count = sum(card.id is not None and card.gone is None for card in every.cards)
    return Survey(in_order(problems), count, every.looked)


def look(name: str, data: bytes | str, kinds: tuple[Kind, ...] = KINDS) -> tuple[Looked, Records]:
    """One file by itself, and its records."""
    documents, unreadable = read({name: data}, (*kinds, RETIRED))
    passed, invalid = validate(documents, (*kinds, RETIRED))
    there = [one for one in passed if one.kind is not RETIRED]
    warnings = [one.document.problem(fault) for one in there for fault in advice(one.record)]
    records: Records = (*passed, *failures(passed, documents, kinds))
    read_on = dict.fromkeys(each for one in passed for each in readings(one))
    names = tuple(called(one) for one in there if one.kind.name not in ("page", "country"))
    problems = in_order([*unreadable, *invalid, *warnings])
    return Looked(digest(data), problems, tuple(map(card_of, records)), names, tuple(read_on)), records


def digest(data: bytes | str) -> str:
    """A short name for what a file holds."""
    return hashlib.sha256(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data).hexdigest()


class _Every:
    """All files, each looked at once, and read again only where a record of it is wanted."""

    def __init__(self, files: Files, kinds: tuple[Kind, ...], memory: Memory) -> None:
        self.files = files
        self.kinds = kinds
        self.records: dict[str, Records] = {}
        self.looked = {name: self._looked(name, memory.get(name)) for name in sorted(files)}
        self.cards = [card for looked in self.looked.values() for card in looked.cards]
        self.ids = Ids(self.cards, kinds, lambda: (each for looked in self.looked.values() for each in looked.names))

    def _looked(self, name: str, known: Looked | None) -> Looked:
        if known is not None and known.digest == digest(self.files[name]):
            return known
        looked, self.records[name] = look(name, self.files[name], self.kinds)
        return looked

    def record(self, card: Card) -> Validated | Failed:
        """What a card was made of."""
        if card.file not in self.records:
            self.records[card.file] = look(card.file, self.files[card.file], self.kinds)[1]
        return self.records[card.file][self.looked[card.file].cards.index(card)]

    def validated(self, card: Card) -> Validated:
        """The record of a card that passed."""
        one = self.record(card)
        assert isinstance(one, Validated), card
        return one

    def doubled(self) -> Iterator[Problem]:
        for card, fault in doubles(self.cards):
            yield self.validated(card).document.problem(fault)

    def loose(self) -> Iterator[Problem]:
        for card in self.cards:
            if any(True for _ in loose_references(card, self.ids)):
                one = self.record(card)
                yield from (one.document.problem(fault) for fault in loose_ends(one, card, self.ids))

    def broken_rules(self) -> Iterator[Problem]:
        """What the rules over several records say; they are asked again where an answer would be another."""
        ruled_kinds = {kind.name for kind in self.kinds if kind.linked_checks}
        for name, looked in self.looked.items():
            cards = [card for card in looked.cards if card.id is not None and card.kind in ruled_kinds]
            if cards:
                known = {(each.kind, each.id): each for each in looked.ruled}
                ruled = tuple(self._ruled(card, known.get((card.kind, str(card.id)))) for card in cards)
                self.looked[name] = replace(looked, ruled=ruled)
                for each in ruled:
                    yield from each.problems

    def _ruled(self, card: Card, known: Ruled | None) -> Ruled:
        if known and all(self._answer(kind, id) == (kind, id, found, of) for kind, id, found, of in known.asked):
            return known
        one = self.validated(card)
        lookup = _Lookup(self)
        problems = tuple(one.document.problem(fault) for fault in linked_faults(one, lookup))
        asked = tuple(self._answer(kind, id) for kind, id in lookup.asked)
        return Ruled(card.kind, str(card.id), asked, problems)

    def _answer(self, kind: str, id: str) -> tuple[str, str, str | None, str]:
        found = self.ids.find(kind, id)
        return (kind, id, None, "") if found is None else (kind, id, found.id, self.looked[found.file].digest)


class _Lookup:
    """All records, as rules see them; it notes what it was asked for."""

    def __init__(self, every: _Every) -> None:
        self.every = every
        self.asked: dict[tuple[str, str], None] = {}

    def find(self, kind: str, id: str) -> Any | None:
        """The record of that kind and id (or former id), or None."""
        self.asked[kind, str(id)] = None
        found = self.every.ids.find(kind, str(id))
        return None if found is None else self.every.validated(found).record


# -- as JSON: what another run may read, and nobody has to trust


def dumped(memory: Memory) -> dict[str, Any]:
    """A memory as plain values."""
    return {name: _dumped(looked) for name, looked in memory.items()}


def _dumped(looked: Looked) -> list[Any]:
    return [
        looked.digest,
        [problem_values(problem) for problem in looked.problems],
        [
            [
                *(
                    c.kind,
                    c.written,
                    c.id,
                    c.aliases,
                    [[list(kinds), list(ids)] for kinds, ids in c.references.items()],
                ),
                astuple(c.gone) if c.gone else None,
            ]
            for c in looked.cards
        ],
        [[each.kind, each.id, each.names, each.acronym] for each in looked.names],
        [[each.place.line, each.place.column, each.text, each.day.isoformat()] for each in looked.readings],
        [[each.kind, each.id, each.asked, [problem_values(p) for p in each.problems]] for each in looked.ruled],
    ]


def problem_values(problem: Problem) -> list[Any]:
    """A problem of a known file as plain values."""
    mend = [problem.mend.way.value, problem.mend.text] if problem.mend else None
    return [problem.place.line, problem.place.column, problem.code.slug, problem.message, problem.hint, mend]


def remembered(values: Mapping[str, Any]) -> Memory:
    """A memory from what `dumped` gave. Raises `ValueError`, `TypeError`, `KeyError` or `IndexError` for others."""
    return {name: _remembered(name, looked) for name, looked in values.items()}


def _remembered(name: str, values: list[Any]) -> Looked:
    digest, problems, cards, names, readings, ruled = values
    return Looked(
        digest,
        tuple(_problem(name, each) for each in problems),
        tuple(
            Card(
                *(kind, name, written, id, tuple(aliases), {tuple(kinds): tuple(ids) for kinds, ids in references}),
                gone=Gone(*gone) if gone else None,
            )
            for kind, written, id, aliases, references, gone in cards
        ),
        tuple(
            Called(kind, id, name, tuple((a, b, text) for a, b, text in called), acronym)
            for kind, id, called, acronym in names
        ),
        tuple(
            Reading(Place(name, line, column), text, date.fromisoformat(day)) for line, column, text, day in readings
        ),
        tuple(
            Ruled(kind, id, tuple((a, b, c, d) for a, b, c, d in asked), tuple(_problem(name, each) for each in said))
            for kind, id, asked, said in ruled
        ),
    )


CODES = {code.slug: code for code in Code}


def _problem(name: str, values: list[Any]) -> Problem:
    line, column, slug, message, hint, mend = values
    way = Mend(Way(mend[0]), mend[1]) if mend else None
    return Problem(Place(name, line, column), CODES[slug], message, hint, way)
