"""What each code means, with a wrong and a right example: `codes/<code>.yml`, one file each.

The files lie in the program like templates and are loaded the same way, by the package's loader: an explanation
belongs to its code, not to the content. `tests/test_codes.py` runs every example, so what a page shows as the
message is what an editor is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache, partial
from itertools import pairwise
from pkgutil import get_data
from textwrap import fill
from typing import Any

import yaml

from generator.problems import Code, Severity

GROUPS = {
    "file": "The file",
    "fields": "The fields",
    "records": "Records and what they name",
    "evidence": "The evidence",
}
"""What a mistake is in, in the order in which a file is read."""

LONG = 20
"""Of an example that has more lines, the first few are shown."""


@dataclass(frozen=True)
class Example:
    """One file of an example: its path below the content folder, and what is in it."""

    path: str
    text: str
    """As it is shown; what is no text is shown as a reader's program would."""
    data: bytes
    link: str = ""
    """Where the file leads, if it is only a link."""

    @property
    def lines(self) -> list[str]:
        """The lines that are shown."""
        if self.link:
            return [f"→ {self.link}"]
        found = self.text.split("\n")[: -1 if self.text.endswith("\n") else None]
        return found if len(found) <= LONG else [*found[:3], f"… {len(found):,} lines in all"]


@dataclass(frozen=True)
class Told:
    """A message as an editor is told it, taken apart."""

    path: str
    line: int
    column: int
    code: str
    text: str


@dataclass(frozen=True)
class Explanation:
    """Everything that there is to say of a code."""

    code: Code
    about: str
    """The group that it belongs to: a key of `GROUPS`."""
    means: str
    why: str
    mend: tuple[str, ...]
    wrong: tuple[Example, ...]
    right: tuple[Example, ...]
    problems: tuple[str, ...]
    """The lines that the wrong example gives, whole."""

    @property
    def is_warning(self) -> bool:
        """Whether the code is told without stopping anything."""
        return self.code.severity is Severity.WARNING

    def told(self, path: str) -> tuple[Told, ...]:
        """The messages on one file of the wrong example, by place."""
        return tuple(told for line in self.problems if (told := _taken_apart(line)).path == path)


@lru_cache(maxsize=1)
def explanations() -> tuple[Explanation, ...]:
    """All codes explained, in the order of `Code`. A code without its file is a bug of ours and says so."""
    return tuple(explanation_of(code) for code in Code)


def by_group() -> dict[str, list[Explanation]]:
    """All codes explained, by the title of their group."""
    return {title: [each for each in explanations() if each.about == key] for key, title in GROUPS.items()}


@cache
def explanation_of(code: Code) -> Explanation:
    """The explanation of one code, from its file."""
    data = get_data("generator", f"codes/{code.slug}.yml")
    assert data is not None
    found: dict[str, Any] = yaml.load(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return Explanation(
        code,
        found["about"],
        found["means"],
        found["why"],
        tuple(found["mend"]),
        tuple(_example(path, value) for path, value in found["wrong"].items()),
        tuple(_example(path, value) for path, value in found["right"].items()),
        tuple(found["problems"].splitlines()),
    )


def _example(path: str, value: str | Mapping[str, Any]) -> Example:
    """A file of an example: a text, a text in another encoding, one that repeats itself, or a link to elsewhere."""
    if isinstance(value, str):
        return Example(path, value, value.encode())
    if "link" in value:
        return Example(path, "", b"", value["link"])
    if "encoding" in value:
        data = value["text"].encode(value["encoding"])
        return Example(path, data.decode(errors="replace"), data)
    text = value["repeat"] * value["times"]
    return Example(path, text, text.encode())


LINE = re.compile(r"(?P<path>.+?):(?P<line>\d+):(?P<column>\d+): (?P<code>[a-z0-9-]+): (?P<text>.*)", re.DOTALL)


def _taken_apart(line: str) -> Told:
    found = LINE.fullmatch(line)
    assert found, line
    return Told(found["path"], int(found["line"]), int(found["column"]), found["code"], found["text"])


UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def visible(line: str) -> str:
    """A line in which what cannot be seen, or turns the reading direction, stands as its number."""
    return UNSEEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", line.replace("\t", "⇥   "))


def changed_lines(one: Example, other: Example) -> set[int]:
    """The lines of one, from 1, that the other does not have in their place."""
    matcher = SequenceMatcher(None, other.lines, one.lines, autojunk=False)
    return {n + 1 for tag, _, _, low, high in matcher.get_opcodes() if tag != "equal" for n in range(low, high)}


# -- as text, for a terminal


def as_text(explanation: Explanation, content: str = "content", width: int = 78) -> Iterator[tuple[str, str]]:
    """An explanation as pairs of a role and a line, sentences as wide as `width` at most.

    Roles are `head`, `plain`, `line`, `says` and `path`.
    """
    wrapped = partial(_wrapped, width)
    yield "head", explanation.code.slug
    yield "plain", wrapped(explanation.code.rule, 0)
    if explanation.is_warning:
        yield "plain", "A warning: it is told, and stops nothing."
    yield from _part("What it means", wrapped(explanation.means))
    yield from _part("Why the rule exists", wrapped(explanation.why))
    steps = [wrapped(step, 5, f"  {number}. ") for number, step in enumerate(explanation.mend, 1)]
    yield from _part("What to do", "\n".join(steps))
    yield from _part("Wrong")
    for example in explanation.wrong:
        told = explanation.told(example.path)
        yield "path", f"  {content}/{example.path}"
        yield from _excerpt(example, {each.line for each in told} or {1}, told, wrapped)
    yield from _part("Right")
    for example in explanation.right:
        yield "path", f"  {content}/{example.path}"
        yield from _excerpt(example, _matters(example, explanation.wrong), (), wrapped)


def _part(title: str, text: str = "") -> Iterator[tuple[str, str]]:
    yield "plain", ""
    yield "head", title
    if text:
        yield "plain", text


def _wrapped(width: int, text: str, indent: int = 2, first: str = "") -> str:
    blank = " " * indent
    return fill(text.strip(), width, initial_indent=first or blank, subsequent_indent=blank)


def _matters(right: Example, wrong: tuple[Example, ...]) -> set[int]:
    before = next((each for each in wrong if each.path == right.path and not each.link), None)
    return changed_lines(right, before) if before else set()


def _excerpt(
    example: Example, matters: set[int], told: tuple[Told, ...], wrapped: Callable[[str, int], str]
) -> Iterator[tuple[str, str]]:
    """The lines that matter and their neighbours, numbered, each message beneath its line; else the first lines."""
    near = {n + step for n in matters for step in (-1, 0, 1)} or {1, 2, 3}
    shown = [n for n in range(1, len(example.lines) + 1) if n in near]
    for before, n in pairwise([shown[0] if shown else 1, *shown]):
        if n > before + 1:
            yield "plain", "      …"
        yield "line", f"  {n:3} │ {visible(example.lines[n - 1])}".rstrip()
        for each in told:
            if each.line == n:
                yield "says", f"      │ {' ' * (each.column - 1)}^"
                yield "says", wrapped(each.text, 8)
    if not example.lines:
        yield "plain", "      (nothing)"
        yield from (("says", wrapped(each.text, 8)) for each in told)
