"""Which item of one list is which of another: by id, else equal, else most alike."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

ALIKE = 0.34
"""Items that share less than a third are two things, not one that changed."""
MOST = 250_000
"""So many pairs are weighed; where lists are longer, only the neighbours of each item are."""
NEAR = 50

Pair = tuple[int | None, int | None]
"""Positions before and after; None for what was added or removed."""


@dataclass(frozen=True)
class Thing:
    """An item as matching sees it: its id if it has one, what it means, and its parts, the naming ones among them."""

    meaning: Hashable
    parts: Mapping[str, Hashable]
    id: str | None = None
    marks: frozenset[str] = frozenset()


def match(before: Sequence[Thing], after: Sequence[Thing], *, equal_first: bool = False) -> tuple[Pair, ...]:
    """Pairs in the order of the later list; what was removed stands where it stood.

    Every position is in exactly one pair. The result depends on nothing but the two lists. `equal_first` is for ids
    that nobody sees and that may be given anew.
    """
    found: dict[int, int] = {}
    by_id, by_meaning = (lambda thing: thing.id), (lambda thing: thing.meaning)
    for key in (by_meaning, by_id) if equal_first else (by_id, by_meaning):
        _by(key, before, after, found)
    _most_alike(before, after, found)
    return _in_order(len(before), len(after), found)


def _by(
    key: Callable[[Thing], Hashable], before: Sequence[Thing], after: Sequence[Thing], found: dict[int, int]
) -> None:
    """Pair what has the same key, first with first."""
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    taken = set(found.values())
    for number, thing in enumerate(after):
        if number not in taken and key(thing) is not None:
            waiting[key(thing)].append(number)
    for number, thing in enumerate(before):
        if number not in found and key(thing) is not None and waiting.get(key(thing)):
            found[number] = waiting[key(thing)].pop(0)


def _most_alike(before: Sequence[Thing], after: Sequence[Thing], found: dict[int, int]) -> None:
    """Of all pairs that are left the most alike first; of equals the nearest, then the first."""
    taken = set(found.values())
    left = [n for n in range(len(before)) if n not in found]
    right = [n for n in range(len(after)) if n not in taken]
    every = len(left) * len(right) <= MOST
    pairs = [
        (-alike, abs(i - j), i, j)
        for i in left
        for j in right
        if (every or abs(i - j) <= NEAR) and (alike := likeness(before[i], after[j])) >= ALIKE
    ]
    for _, _, i, j in sorted(pairs):
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)


def likeness(one: Thing, other: Thing) -> float:
    """How much two items share, from 0 to 1: part by part, those that name an item count three times."""
    names = sorted(one.parts.keys() | other.parts.keys())
    weights = {name: 3 if name in one.marks | other.marks else 1 for name in names}
    shared = sum(weights[name] * _alike(one.parts.get(name), other.parts.get(name)) for name in names)
    return shared / (sum(weights.values()) or 1)


def _alike(one: Hashable, other: Hashable) -> float:
    if one == other:
        return 1.0
    if one is None or other is None:
        return 0.0
    return _dice(_words(one), _words(other))


def _words(value: Hashable) -> Counter[str]:
    return Counter(re.findall(r"\w+", str(value).casefold()))


def _dice(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _in_order(before: int, after: int, found: Mapping[int, int]) -> tuple[Pair, ...]:
    back = {j: i for i, j in found.items()}
    pairs: list[Pair] = [(back.get(j), j) for j in range(after)]
    for i in range(before):
        if i not in found:
            place = next((n for n, (old, _) in enumerate(pairs) if old is not None and old > i), len(pairs))
            pairs.insert(place, (i, None))
    return tuple(pairs)


def is_reordered(pairs: Sequence[Pair]) -> bool:
    """Whether what is in both lists stands in another order."""
    kept = [i for i, j in pairs if i is not None and j is not None]
    return kept != sorted(kept)
