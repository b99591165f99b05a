"""The line that a problem stands on, quoted, with a mark under the value."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rich.cells import cell_len

from generator.editing.patches import extents
from generator.problems import Problem

WIDEST = 100
"""A longer line is cut around the value."""
BEFORE = 30
"""So much of a long line stays before the value."""


@dataclass(frozen=True)
class Excerpt:
    """A quoted line: its number, its text, and where the value stands in it, in cells of a terminal."""

    number: int
    text: str
    indent: int
    width: int

    def lines(self) -> tuple[str, str]:
        """The line with its number, and the marks under the value."""
        number = f"{self.number:>5}"
        return f"{number} | {self.text}", f"{' ' * len(number)} | {' ' * self.indent}{'^' * self.width}"


def end_of(problem: Problem, texts: Mapping[str, str]) -> tuple[int, int]:
    """Line and column of the sign after the value that a problem is about; of the next sign where no value begins."""
    place = problem.place
    found = _extents(texts.get(place.path, "")).get((place.line, place.column))
    return found or (place.line, place.column + 1)


@lru_cache(maxsize=64)
def _extents(text: str) -> dict[tuple[int, int], tuple[int, int]]:
    return extents(text)


@lru_cache(maxsize=64)
def _lines(text: str) -> list[str]:
    return text.split("\n")


def excerpt(problem: Problem, texts: Mapping[str, str]) -> Excerpt | None:
    """The line of a problem; None where the file has no such line, as one that is empty or of no known kind."""
    place = problem.place
    lines = _lines(texts.get(place.path, ""))
    line = lines[place.line - 1].rstrip("\r") if place.line <= len(lines) else ""
    if not line.strip():
        return None
    start = min(place.column - 1, len(line))
    last_line, last_column = end_of(problem, texts)
    end = last_column - 1 if last_line == place.line else len(line.rstrip())
    return _cut(place.line, line, start, max(end, start + 1))


def _cut(number: int, line: str, start: int, end: int) -> Excerpt:
    """A line around its value, so wide at most that a terminal shows it on one line."""
    first = max(start - BEFORE, 0) if cell_len(shown(line)) > WIDEST and start > BEFORE else 0
    before = ("…" if first else "") + shown(line[first:start])
    kept, room = "", WIDEST - cell_len(before)
    for sign in shown(line[start:]):
        room -= cell_len(sign)
        if room < 0:
            break
        kept += sign
    cut = len(kept) < len(line) - start
    value = kept[: end - start]
    return Excerpt(number, before + kept + ("…" if cut else ""), cell_len(before), max(cell_len(value), 1))


def shown(text: str) -> str:
    """A text as it may be put on a terminal: a sign for each sign, none of which a terminal would obey."""
    return "".join(_shown(sign) for sign in text)


def _shown(sign: str) -> str:
    if sign == "\t":
        return " "
    return "\ufffd" if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") else sign
