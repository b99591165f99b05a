"""What is worth a look though nothing is broken: warnings over records, none of which fails a build.

Only what a reader can act upon is told. Two editions, phases or years of the same thing are called nearly the same
for good reason, so names that differ by a number are never told.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations

from generator.model.catalogue import Called, Validated
from generator.model.document import Path
from generator.model.evidence import Item, Record, Tier
from generator.model.facts import Fact, Grade, facts_of, is_long_ago
from generator.model.values import FieldPath, Prose
from generator.model.walk import walk
from generator.problems import Code, Fault, Place, Problem

LONGEST = {"summary": 120, "note": 60}
LONGEST_ELSE = 80
"""Words that a text may have: about twice those of the longest tenth of the records that were written with care."""


def advice(record: Record) -> Iterator[Fault]:
    """Warnings that need one record and no day: facts without a source, long texts, reprints. Pages state no facts."""
    if "body" in type(record).model_fields:
        return
    yield from _unsourced(record)
    yield from _long(record)
    yield from _reprints(record)


def _unsourced(record: Record) -> Iterator[Fault]:
    """One warning that names the fields whose facts rest on nothing; what is said to be unverified is told already."""
    bare = [fact for fact in facts_of(record) if _rests_on_nothing(record, fact)]
    fields = list(dict.fromkeys(fact.field for fact in bare))
    if fields:
        what = ", ".join(f"`{field}`" for field in fields)
        verb = "come" if len(fields) > 1 else "comes"
        hint = "Name the source, or write `editorial` under `evidence` where it is our own classification."
        yield Fault(
            _way_to(record, bare[0]), Code.NO_SOURCE, f"Nothing says where {what} {verb} from.", hint, at_key=True
        )


def _way_to(record: Record, fact: Fact) -> Path:
    """The path to a fact; to the item itself where its field is a list."""
    path: Path = tuple(fact.field.split("."))
    items = getattr(record, str(path[0]), ()) if len(path) == 1 else ()
    if isinstance(items, tuple):
        path += tuple(number for number, item in enumerate(items) if item is fact.item and item is not None)[:1]
    return path


def _rests_on_nothing(record: Record, fact: Fact) -> bool:
    said = isinstance(fact.item, Item) and (fact.item.sources or fact.item.unverified)
    return fact.grade is Grade.UNVERIFIED and not said and FieldPath(fact.field) not in record.evidence


def _long(record: Record) -> Iterator[Fault]:
    for path, value in walk(record):
        if isinstance(value, Prose):
            name = next(str(part) for part in reversed(path) if isinstance(part, str))
            words, most = len(value.split()), LONGEST.get(name, LONGEST_ELSE)
            if words > most:
                message = f"This text has {words} words; few readers go on after {most}."
                yield Fault(path, Code.LONG_PROSE, message, "Shorten it, or move parts of it into fields.")


def _reprints(record: Record) -> Iterator[Fault]:
    for number, source in enumerate(record.sources):
        if source.tier is Tier.REPRINT and source.official_url:
            message = "The facts cite a reprint, though its official page is known."
            hint = f"If {source.official_url} says the same, make it the `url` of the source."
            yield Fault(("sources", number, "url"), Code.REPRINT, message, hint)


@dataclass(frozen=True)
class Reading:
    """The day on which a source was last read: where it is written, as it is written, and the last day it may mean."""

    place: Place
    text: str
    day: date


def readings(one: Validated) -> Iterator[Reading]:
    """When each source of a record was last read, as far as it says so."""
    for number, source in enumerate(one.record.sources):
        if source.accessed is not None:
            place = one.document.place(("sources", number, "accessed"))
            yield Reading(place, str(source.accessed), source.accessed.latest)


def old_readings(readings: Iterable[Reading], today: date) -> Iterator[Problem]:
    """Sources that were last read more than two years before a day."""
    for reading in readings:
        if is_long_ago(reading.day, today):
            message = f"Last read: {reading.text}, more than two years ago."
            hint = "Read the source again, and write the day here."
            yield Problem(reading.place, Code.OLD_SOURCE, message, hint)


# -- names that are nearly the same


def near_duplicates(called: Iterable[Called]) -> Iterator[Problem]:
    """Pairs of records with nearly the same name, each told once: at the later one, naming the earlier.

    Names are compared where they share all words but one, so the work grows with the names and not with their square.
    """
    by_sign: dict[tuple[str, ...], list[_Name]] = defaultdict(list)
    for record in sorted(called, key=lambda each: (each.file, each.id)):
        for line, column, text in record.names:
            name = _Name(record, Place(record.file, line, column), text, words_of(text))
            for sign in set(signs_of(name.words)):
                by_sign[sign].append(name)
    told: set[frozenset[tuple[str, str]]] = set()
    for names in by_sign.values():
        for one, other in combinations(names[:MOST], 2):
            pair = frozenset(((one.record.kind, one.record.id), (other.record.kind, other.record.id)))
            if len(pair) == 2 and pair not in told and _clash(one, other):
                told.add(pair)
                yield _near_duplicate(one, other)


def _clash(one: _Name, other: _Name) -> bool:
    """Whether a reader would take one for the other. Across kinds only the very same words are told.

    A group of countries and the organisation that acts for it share a name.
    """
    kinds = {one.record.kind, other.record.kind}
    if len(kinds) == 1:
        return alike(one.words, other.words)
    return one.words == other.words and not kinds - NAMED_APART and kinds != {"group", "organisation"}


NAMED_APART = frozenset({"programme", "agreement", "dialogue", "organisation", "group"})
"""Kinds whose records a reader finds side by side."""


MOST = 20
"""So many names with the same sign are compared; more than that is a family of names."""


@dataclass(frozen=True)
class _Name:
    record: Called
    place: Place
    text: str
    words: tuple[str, ...]


def _near_duplicate(one: _Name, other: _Name) -> Problem:
    first = f"the {one.record.kind.replace('-', ' ')} '{one.record.id}' ({one.record.file})"
    if one.text == other.text:
        message = f"'{other.text}' is also a name of {first}."
    else:
        message = f"'{other.text}' is nearly '{one.text}', a name of {first}."
    hint = "If they are one thing, keep one record; else say in the names what sets them apart."
    return Problem(other.place, Code.NEAR_DUPLICATE, message, hint)


FILLERS = frozenset(
    "a an the of for and in on to with by de del la las el los y e en para por con do da dos das o os em des du le les"
    " et pour sur von der die das und programme program programa project projet proyecto projeto".split()
)
"""Words that tell no two names apart."""


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in small letters without accents, sorted; no fillers but where there is nothing else."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(c))
    words = re.findall(r"[^\W_]+", bare)
    return tuple(sorted([word for word in words if word not in FILLERS] or words))


def signs_of(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """What two names that are nearly the same have in common: all letters, or all words but one and how that begins."""
    yield ("".join(words),)
    for number, word in enumerate(words):
        if _may_be_misspelt(word):
            rest = words[:number] + words[number + 1 :]
            yield (*rest, "begins", word[:3])
            yield (*rest, "ends", word[-3:])


def alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names, by their words, are nearly the same: all letters, or all words but one that is misspelt."""
    if "".join(one) == "".join(other):
        return True
    mine, theirs = sorted(set(one) - set(other)), sorted(set(other) - set(one))
    if len(one) != len(other) or len(mine) != 1 or len(theirs) != 1:
        return False
    return _may_be_misspelt(mine[0]) and _may_be_misspelt(theirs[0]) and _is_one_word(mine[0], theirs[0])


@lru_cache(maxsize=4096)
def _is_one_word(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= LIKENESS


LIKENESS = 0.84
"""From here on two words are one word, misspelt or in another number; «import» and «export» have 0.67."""


def _may_be_misspelt(word: str) -> bool:
    """Long enough, and no number: a year or «III» sets two names apart."""
    return len(word) >= 5 and word.isalpha()
