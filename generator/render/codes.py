"""The pages of the codes: each example as lines with their numbers, each message beneath its line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup, escape

from generator.explained import Example, Explanation, by_group, changed_lines, explanations, visible

PAGE, LISTING = "code.md.j2", "codes.md.j2"


@dataclass(frozen=True)
class Line:
    """A line of an example as HTML, whether it is the one that matters, and what is told of it."""

    html: Markup
    matters: bool
    says: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A file of an example: its path, its lines, and what is told of a file without lines."""

    path: str
    lines: tuple[Line, ...]


def path_of(explanation: Explanation) -> str:
    """The short name of the page of a code."""
    return f"codes/{explanation.code.slug}.md"


def pages() -> dict[str, tuple[str, Explanation | None]]:
    """The pages by short name, each with its template and what it explains; the list of all comes first."""
    return {"codes/index.md": (LISTING, None)} | {path_of(each): (PAGE, each) for each in explanations()}


def groups() -> dict[str, list[Explanation]]:
    """All codes by the title of their group."""
    return by_group()


def wrong(explanation: Explanation) -> tuple[Shown, ...]:
    """The wrong example, with what an editor is told."""
    return tuple(_wrong(explanation, example) for example in explanation.wrong)


def _wrong(explanation: Explanation, example: Example) -> Shown:
    lines = []
    told = explanation.told(example.path)
    for number, text in enumerate(example.lines or [""], 1):
        here = [each for each in told if each.line == number]
        html = _marked(text, here[0].column) if here else escape(visible(text))
        lines.append(Line(html, bool(here), tuple(each.text for each in here)))
    return Shown(example.path, tuple(lines))


WORD = re.compile(r"""'[^']*'|"[^"]*"|[^\s,\]}]+|\s*""")


def _marked(line: str, column: int) -> Markup:
    """A line with the word at a column marked."""
    found = WORD.match(line, column - 1)
    if not found or not found[0].strip():
        return escape(visible(line))
    before, word, after = (visible(part) for part in (line[: column - 1], found[0], line[found.end() :]))
    return Markup("{}<mark>{}</mark>{}").format(before, word, after)


def right(explanation: Explanation) -> tuple[Shown, ...]:
    """The right example; the lines that differ from the wrong one matter."""
    before = {example.path: example for example in explanation.wrong if not example.link}
    return tuple(_right(example, before.get(example.path)) for example in explanation.right)


def _right(example: Example, before: Example | None) -> Shown:
    changed = changed_lines(example, before) if before else set()
    lines = (Line(escape(visible(text)), number in changed) for number, text in enumerate(example.lines, 1))
    return Shown(example.path, tuple(lines))
