"""Mends that are certain become patches, and patches are kept where they help.

A mend is tried on the text itself and the whole catalogue is checked again: a file's change stays only where problems
of it went away and none came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from generator.editing.patches import apply, between, extent, scalar, text_of
from generator.problems import Mend, Patch, Problem, Way

ROUNDS = 5
"""A mend may bring others to light, as a record that can be read after it."""


@dataclass(frozen=True)
class Mended:
    """Files as they would be, and what was done to each."""

    texts: Mapping[str, str]
    """The files that change, by path."""
    done: tuple[Problem, ...]
    """The problems that went away, in their old places."""
    tried: bool = False
    """Whether there was a mend to try."""


def patch_of(problem: Problem, text: str) -> Patch | None:
    """The change to the text of its file that mends a problem; None where nothing is certain."""
    mend, place = problem.mend, problem.place
    if mend is None:
        return None
    until = extent(text, place.line, place.column)
    if mend.way is Way.DELETE:
        return _without(text, problem, mend, until)
    if until is None or until[0] != place.line:
        return None
    return Patch(place.path, place.line, place.column, until, _as_written(mend))


def _as_written(mend: Mend) -> str:
    if mend.way is Way.BARE:
        return mend.text
    # as if between brackets, where a bare text is safe in every place
    bare = scalar(mend.text, flow=True)
    return f"[{bare}]" if mend.way is Way.LIST else bare


def _without(text: str, problem: Problem, mend: Mend, until: tuple[int, int] | None) -> Patch | None:
    """A patch that takes a sign out of a value, or where no value can be read, at the place itself."""
    place = problem.place
    if until is None:
        until = place.line, place.column + 1
        there = between(text, (place.line, place.column), until) == mend.text
        return Patch(place.path, place.line, place.column, until, "") if there else None
    whole = between(text, (place.line, place.column), until)
    if mend.text not in whole:
        return None
    return Patch(place.path, place.line, place.column, until, whole.replace(mend.text, ""))


Files = Mapping[str, bytes | str]
Check = Callable[[Files], Iterable[Problem]]


def mended(files: Files, check: Check, only: Callable[[str], bool] = lambda path: True) -> Mended:
    """What the content would be with every certain mend made, of the files that `only` lets pass.

    `check` tells the problems of files; it is asked again after each round.
    """
    before = tuple(check(files))
    tried = any(problem.mend and only(problem.place.path) for problem in before)
    barred: set[str] = set()
    while True:
        texts = _tried(files, check, before, {path for path in files if only(path)} - barred)
        after = tuple(check({**files, **texts}))
        spoilt = _spoilt(before, after, texts)
        if not spoilt:
            return Mended(texts, _gone(before, after, texts), tried)
        barred |= spoilt


def _tried(files: Files, check: Check, before: tuple[Problem, ...], allowed: set[str]) -> dict[str, str]:
    """The files with every patch made, round after round, until there is none left."""
    texts: dict[str, str] = {}
    problems: Iterable[Problem] = before
    for _ in range(ROUNDS):
        changed = _round({**files, **texts}, problems, allowed)
        if not changed:
            break
        texts |= changed
        problems = check({**files, **texts})
    return texts


def _round(files: Files, problems: Iterable[Problem], allowed: set[str]) -> dict[str, str]:
    patches: dict[str, dict[tuple[int, int], Patch]] = defaultdict(dict)
    for problem in problems:
        if problem.mend and problem.place.path in allowed:
            path = problem.place.path
            patch = patch_of(problem, text_of(files[path]))
            if patch:
                patches[path].setdefault((patch.line, patch.column), patch)
    made = {path: apply(text_of(files[path]), each.values()) for path, each in patches.items()}
    return {path: text for path, text in made.items() if text != text_of(files[path])}


def _spoilt(before: Iterable[Problem], after: Iterable[Problem], texts: Mapping[str, str]) -> set[str]:
    """The changed files that gained a problem or lost none of theirs; all of them where another file gained one."""
    was, now = _told(before), _told(after)
    came = {path for path in now if now[path] - was[path]}
    if came - set(texts):
        return set(texts)
    return came | {path for path in texts if was[path] and not was[path] - now[path]}


def _told(problems: Iterable[Problem]) -> dict[str, set[tuple[str, str]]]:
    """Problems by file, without their places, which a mend may move."""
    told: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for problem in problems:
        told[problem.place.path].add((problem.code.slug, problem.message))
    return told


def _gone(before: Iterable[Problem], after: Iterable[Problem], texts: Mapping[str, str]) -> tuple[Problem, ...]:
    still = _told(after)
    return tuple(
        problem
        for problem in before
        if problem.place.path in texts and (problem.code.slug, problem.message) not in still[problem.place.path]
    )
