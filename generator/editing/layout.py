"""A YAML text as a tree that knows its layout: entries with their comments, and the very letters they are written in.

Structure comes from the parser that `read` uses, so both see the same. Positions are offsets in characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import yaml

from generator.read import Loader, scalar_of

STEP = 2
"""By how many blanks what is inside stands further right."""


class Unknown(Exception):
    """The text is laid out in a way that this module does not know; the message says how."""


@dataclass(frozen=True)
class Scalar:
    """A text, a truth value or nothing, as written."""

    value: Any
    lines: tuple[str, ...]
    """As written, each line but the first without its indentation."""
    block: bool = False
    """Whether it is one of `|` or `>`."""
    start: int = -1
    end: int = -1


@dataclass(frozen=True)
class Flow:
    """A list or mapping in brackets."""

    value: Any
    parts: tuple[tuple[Scalar | None, Node], ...]
    lines: tuple[str, ...] | None = None
    """As written, each line without its indentation; None where it is to be written anew from its parts."""
    start: int = -1
    end: int = -1


@dataclass(frozen=True)
class Entry:
    """A key with its value, or an item of a list with dashes."""

    key: Scalar | None
    value: Node
    before: tuple[str, ...] = ()
    """The lines above it: comments, and empty ones."""
    head: str = ""
    """The comment behind the key or the dash, where the value begins on a line further down."""
    inner: tuple[str, ...] = ()
    """Comments between the key and a value without lines of its own that stands below."""
    trail: str = ""
    """The comment behind the value."""
    below: bool = False
    """Whether a value without lines of its own stands on the line after its key."""
    source: str | None = None
    """The very letters from the key or dash on; None where it is to be written anew."""
    start: int = -1
    end: int = -1


@dataclass(frozen=True)
class Block:
    """A list with dashes, or a mapping with a key a line."""

    value: Any
    entries: tuple[Entry, ...]
    indent: int | None = None
    """The column of its keys or dashes; None where it is to be written anew."""
    tail: tuple[str, ...] = ()
    """Comments below the last entry that belong to this block."""
    start: int = -1
    end: int = -1


Node = Scalar | Flow | Block


@dataclass(frozen=True)
class Layout:
    """A whole text."""

    prefix: str
    """What stands above the first key: comments, and the marks of a document."""
    root: Block | Flow
    suffix: str


@lru_cache(maxsize=8)
def layout_of(text: str) -> Layout:
    """The tree of a text that `read` reads. Raises `Unknown` where the text is laid out in a way we do not know."""
    builder = _Builder(text)
    root = builder.root()
    if isinstance(root, Scalar):
        raise Unknown("There is no mapping.")
    begin = builder.line_start(root.start) if isinstance(root, Block) else root.start
    return Layout(text[:begin], root, text[root.end :])


COMMENT_LINE = re.compile(r"[ \t]*(#.*)?\Z")
REST = re.compile(r"[ \t]*(#[^\n]*)?(?=\n|\Z)")


@dataclass
class _Builder:
    text: str
    events: Iterator[Any] = field(init=False)

    def __post_init__(self) -> None:
        self.events = yaml.parse(self.text, Loader=Loader)

    def root(self) -> Node:
        for event in self.events:
            if not isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
                return self.node(event, -1)
        raise Unknown("There is nothing.")

    def line_start(self, offset: int) -> int:
        return self.text.rfind("\n", 0, offset) + 1

    def line_end(self, offset: int) -> int:
        found = self.text.find("\n", offset)
        return len(self.text) if found < 0 else found

    def node(self, event: Any, parent: int) -> Node:
        """`parent` is the column of the block that the value is written in."""
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, parent)
        if event.flow_style:
            return self.flow(event)
        return self.block(event, parent)

    # -- scalars and brackets

    def scalar(self, event: Any, parent: int) -> Scalar:
        start, end = event.start_mark.index, event.end_mark.index
        if event.style in ("|", ">"):
            return self.block_scalar(event, start, end, parent)
        first, *others = self.text[start:end].split("\n")
        lines = (first, *(line.strip(" \t") for line in others))
        return Scalar(scalar_of(event), lines, False, start, end)

    def block_scalar(self, event: Any, start: int, end: int, parent: int) -> Scalar:
        source = self.text[start:end]
        header = source.partition("\n")[0]
        keeps = "+" in header.partition("#")[0]
        first, *others = source.removesuffix("\n").split("\n")
        digit = re.match(r"[|>][-+]?([1-9])", first)
        if digit:
            inside = max(parent, 0) + int(digit[1])
            first = first.replace(digit[1], str(STEP), 1)
        else:
            inside = next((len(line) - len(line.lstrip(" ")) for line in others if line.strip(" ")), 0)
        while others and not keeps and not others[-1].strip(" ") and len(others[-1]) <= inside:
            others.pop()
        length = len("\n".join((header, *others)))
        return Scalar(event.value, (first, *(line[inside:] for line in others)), True, start, start + length)

    def flow(self, start: Any) -> Flow:
        parts: list[tuple[Scalar | None, Node]] = []
        is_list = isinstance(start, yaml.SequenceStartEvent)
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
                break
            if is_list:
                parts.append((None, self.node(event, -1)))
            else:
                parts.append((self.scalar(event, -1), self.node(next(self.events), -1)))
        begin, end = start.start_mark.index, event.end_mark.index
        lines = tuple(line.strip(" \t") for line in self.text[begin:end].split("\n"))
        value = [v.value for _, v in parts] if is_list else {name_of(k): v.value for k, v in parts}
        return Flow(value, tuple(parts), lines, begin, end)

    # -- blocks

    def block(self, start: Any, parent: int) -> Block:
        indent, begin = start.start_mark.column, start.start_mark.index
        read = self.item if isinstance(start, yaml.SequenceStartEvent) else self.pair
        entries: list[Entry] = []
        at = begin
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
                break
            entry = read(event, indent, at, bool(entries))
            entries.append(entry)
            at = entry.end
        tail, end = self.tail(at, max(indent, parent + 1))
        if isinstance(start, yaml.SequenceStartEvent):
            value: Any = [entry.value.value for entry in entries]
        else:
            value = {name_of(entry.key): entry.value.value for entry in entries}
        return Block(value, tuple(entries), indent, tail, begin, end)

    def pair(self, event: Any, indent: int, at: int, follows: bool) -> Entry:
        start = event.start_mark.index
        before = self.between(at, start, indent) if follows else ()
        key = self.scalar(event, indent)
        colon = re.compile(r"[ \t]*:").match(self.text, key.end)
        if colon is None or len(key.lines) > 1 or event.start_mark.column != indent:
            raise Unknown("A key is written with a question mark.")
        return self.entry(key, next(self.events), before, start, colon.end(), indent)

    def item(self, event: Any, indent: int, at: int, follows: bool) -> Entry:
        dash = at
        if follows:
            found = re.compile(rf"^ {{{indent}}}-(?=\s|\Z)", re.MULTILINE).search(self.text, at)
            if found is None:
                raise Unknown("An item of a list has no dash.")
            dash = found.end() - 1
        before = self.between(at, dash, indent) if follows else ()
        return self.entry(None, event, before, dash, dash + 1, indent)

    def between(self, done: int, start: int, indent: int) -> tuple[str, ...]:
        """The lines between the end of one entry and the line of the next."""
        begin = self.line_start(start)
        if begin <= done or self.text[begin:start].strip(" ") or start - begin != indent:
            raise Unknown("Two entries stand on one line.")
        lines = self.text[done + 1 : begin - 1].split("\n") if begin - 1 > done else []
        return self.comments(lines)

    def comments(self, lines: list[str]) -> tuple[str, ...]:
        if not all(COMMENT_LINE.match(line) for line in lines):
            raise Unknown("There is something else where comments stand.")
        return tuple(lines)

    def entry(
        self, key: Scalar | None, event: Any, before: tuple[str, ...], start: int, lead: int, indent: int
    ) -> Entry:
        value = self.node(event, indent)
        same_line = self.line_end(lead) >= value.start
        head = ""
        inner: tuple[str, ...] = ()
        if not same_line:
            head, inner = self.head(lead, value)
        elif self.text[lead : value.start].strip(" \t"):
            raise Unknown("There is something between a key and its value.")
        if isinstance(value, Block):
            end, trail = value.end, ""
            first, *others = value.entries
            value = replace(value, entries=(replace(first, before=inner), *others))
            inner = ()
        elif isinstance(value, Scalar) and value.block:
            end, trail = value.end, ""
        else:
            end, trail = self.rest(value.end)
        source = self.text[start:end]
        below = not same_line and not isinstance(value, Block)
        return Entry(key, value, before, head, inner, trail, below, source, start, end)

    def head(self, lead: int, value: Node) -> tuple[str, tuple[str, ...]]:
        end, head = self.rest(lead)
        begin = self.line_start(value.start)
        lines = self.text[end + 1 : begin - 1].split("\n") if begin - 1 > end else []
        return head, self.comments(lines)

    def rest(self, offset: int) -> tuple[int, str]:
        """The end of a line, and the comment in what is left of it."""
        found = REST.match(self.text, offset)
        if found is None:
            raise Unknown("There is something behind a value.")
        return found.end(), found[1] or ""

    def tail(self, end: int, least: int) -> tuple[tuple[str, ...], int]:
        """Comments below the last entry of a block that stand as far right as it does."""
        taken, at = end, end
        while at < len(self.text):
            stop = self.line_end(at + 1)
            line = self.text[at + 1 : stop]
            bare = line.lstrip(" \t")
            if bare and not (bare.startswith("#") and len(line) - len(bare) >= least):
                break
            at = stop
            taken = stop if bare else taken
        return (tuple(self.text[end + 1 : taken].split("\n")), taken) if taken > end else ((), end)


def name_of(key: Scalar | None) -> str:
    """A key is the text that was written, whatever it looks like."""
    if key is None:
        raise Unknown("There is no key.")
    return key.value if isinstance(key.value, str) else key.lines[0]
