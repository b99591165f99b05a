"""New values merged into a layout: what is equal stays the very node it was, the rest is written anew."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from generator.editing.layout import Block, Entry, Flow, Node, Scalar, name_of
from generator.editing.shapes import below, order_of, text_on_one_line
from generator.editing.writing import WIDTH, filled, flow_of, fresh, is_filled, key_of, new_entry, new_pair, one_line
from generator.schema.fields import Shape


@dataclass
class Merge:
    """Makes the tree that has the new values; notes the places whose comments go with what they are about."""

    dropped: list[tuple[int, int]] = field(default_factory=list)

    def node(self, node: Node, value: Any, shape: Shape | None, indent: int, lead: int) -> Any:
        """`indent` is the column of the key or dash, `lead` its length."""
        if same(node.value, value):
            return node
        if isinstance(node, Block) and value and isinstance(value, type(node.value)):
            entries, tail = self.entries(node, value, shape)
            return replace(node, value=value, entries=entries, tail=tail)
        if isinstance(node, Flow) and value and isinstance(value, type(node.value)):
            made = self.flow(node, value, shape)
            if indent + lead + 1 + len(one_line(made)) <= WIDTH or indent < 0:
                return made
            if isinstance(value, list):
                return filled(made, indent)
        elif node.start >= 0:
            self.dropped.append((_first_sign(node), node.end))
        if indent < 0:
            return flow_of(value, shape) if isinstance(value, dict | list) else _in_flow(value, shape)
        return fresh(value, shape, indent, lead)

    # -- brackets

    def flow(self, node: Flow, value: Any, shape: Shape | None) -> Flow:
        if isinstance(value, dict):
            called = _renamed(node.value, value)
            old: dict[str, tuple[Scalar | None, Node]] = {}
            for key, each in node.parts:
                name = called.get(name_of(key))
                old[name or name_of(key)] = (key_of(name, flow=True) if name else key, each)
            parts: list[tuple[Scalar | None, Node]] = []
            for name in _in_place(list(old), value, shape):
                key, there = old.get(name, (key_of(name, flow=True), None))
                parts.append((key, self.part(there, value[name], below(shape, value, name))))
        else:
            inner = below(shape, value, None)
            picked = _matched([each.value for _, each in node.parts], value)
            parts = [
                (None, self.part(None if pick is None else node.parts[pick][1], each, inner))
                for pick, each in zip(picked, value, strict=True)
            ]
        return Flow(value, tuple(parts), None, node.start, node.end)

    def part(self, node: Node | None, value: Any, shape: Shape | None) -> Node:
        if node is not None:
            made: Node = self.node(node, value, shape, -1, 0)
            return made
        return flow_of(value, shape) if isinstance(value, dict | list) else _in_flow(value, shape)

    # -- lines

    def entries(self, block: Block, value: Any, shape: Shape | None) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
        """The entries that say the new value, and the comments below them."""
        made, gone = self.pairs(block, value, shape) if isinstance(value, dict) else self.items(block, value, shape)
        return self.without(block, made, gone)

    def pairs(self, block: Block, value: dict[str, Any], shape: Shape | None) -> tuple[list[Entry], list[Entry]]:
        """The lines of a mapping, and those that are gone."""
        indent, flow = block.indent or 0, _likes_brackets(block)
        old = _under_new_names(block, value)
        made = [
            self.entry(old[name], value[name], below(shape, value, name), indent)
            if name in old
            else new_pair(name, value, shape, indent, flow=flow)
            for name in _in_place(list(old), value, shape)
        ]
        return made, [entry for name, entry in old.items() if name not in value]

    def items(self, block: Block, value: list[Any], shape: Shape | None) -> tuple[list[Entry], list[Entry]]:
        """The items of a list, and those that are gone."""
        indent, flow, inner = block.indent or 0, _likes_brackets(block), below(shape, value, None)
        picked = _matched([entry.value.value for entry in block.entries], value)
        made = [
            new_entry(None, fresh(each, inner, indent, 1, flow=flow))
            if pick is None
            else self.entry(block.entries[pick], each, inner, indent)
            for pick, each in zip(picked, value, strict=True)
        ]
        return made, [entry for number, entry in enumerate(block.entries) if number not in picked]

    def entry(self, entry: Entry, value: Any, shape: Shape | None, indent: int) -> Entry:
        """An entry with another value, its own comments kept."""
        if same(entry.value.value, value):
            return entry
        lead = 1 if entry.key is None else len(entry.key.lines[0]) + 1
        node = self.node(entry.value, value, shape, indent, lead)
        if comment := _comment_in_header(entry.value):
            entry = replace(entry, trail=comment)
            self.dropped.pop()  # the header went, its comment did not
        return _with_value(entry, node, indent)

    def without(self, block: Block, made: list[Entry], gone: list[Entry]) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
        """Take out entries with the comments right above them; comments above an empty line stay where they are."""
        tail = block.tail
        for entry in gone:
            kept, _ = _parted(entry.before)
            self.dropped.append((_above(entry, entry.before[len(kept) :], block.indent), entry.end))
            follower = next((each for each in made if each.start > entry.start), None)
            if kept and follower is not None:
                made[made.index(follower)] = replace(follower, before=(*kept, *follower.before))
            elif kept:
                tail = (*kept, *tail)
        return tuple(made), tail


def _likes_brackets(block: Block) -> bool:
    """Whether mappings in a block are written in brackets, so that new ones will be."""
    return any(isinstance(entry.value, Flow) and isinstance(entry.value.value, dict) for entry in block.entries)


def _under_new_names(block: Block, value: dict[str, Any]) -> dict[str, Entry]:
    """The lines of a mapping by their keys, those that are renamed by their new ones."""
    called = _renamed(block.value, value)
    found: dict[str, Entry] = {}
    for entry in block.entries:
        name = called.get(name_of(entry.key))
        found[name or name_of(entry.key)] = replace(entry, key=key_of(name), source=None) if name else entry
    return found


def _comment_in_header(node: Node) -> str:
    """The comment behind `>-` or `|`."""
    found = re.search(r"\s(#.*)", node.lines[0]) if isinstance(node, Scalar) and node.block else None
    return found[1] if found else ""


def _with_value(entry: Entry, node: Node, indent: int) -> Entry:
    """The entry with a new node; where this has no room for comments behind the key, they go above it."""
    head, inner, trail, before = entry.head, entry.inner, entry.trail, entry.before
    if isinstance(node, Block):
        behind = [comment for comment in (head, trail) if comment]
        head, trail = (behind[0] if behind else ""), ""
        inner = (*behind[1:], *inner)
        before, inner = (*before, *(" " * indent + line.strip() for line in inner)), ()
    elif isinstance(node, Scalar) and node.block:
        inner, head, trail = (*filter(None, (head,)), *inner, *filter(None, (trail,))), "", ""
    beneath = entry.key is not None and is_filled(node)
    return Entry(entry.key, node, before, head, inner, trail, beneath, None, entry.start, entry.end)


def _above(entry: Entry, lines: tuple[str, ...], indent: int | None) -> int:
    """Where the lines above an entry begin."""
    return entry.start - (indent or 0) - sum(len(line) + 1 for line in lines)


def _first_sign(node: Node) -> int:
    """Where a value begins, the comments above its first entry included."""
    if not isinstance(node, Block) or not node.entries[0].before:
        return node.start
    return _above(node.entries[0], node.entries[0].before, node.indent)


def _parted(lines: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines up to the last empty one if a comment is among them, and those that belong to the entry below."""
    at = max((number + 1 for number, line in enumerate(lines) if not line.strip()), default=0)
    return (lines[:at], lines[at:]) if any(line.strip() for line in lines[:at]) else ((), lines)


def _in_flow(value: Any, shape: Shape | None) -> Scalar:
    part: Any = flow_of([value], None).parts[0][1]
    if isinstance(value, str) and "\n" not in value and "\r" not in value:
        return Scalar(value, (text_on_one_line(value, shape, flow=True),))
    return part  # type: ignore[no-any-return]


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal and of one sort."""
    return type(one) is type(other) and bool(one == other)


def _in_place(old: list[str], value: dict[str, Any], shape: Shape | None) -> list[str]:
    """The names of all keys: those there are in their order, a new one behind those that come before it."""
    names = [name for name in old if name in value]
    order = list(order_of(shape, value))
    for name in value:
        if name in old:
            continue
        leaders = order if name in order else list(value)
        before = set(leaders[: leaders.index(name)])
        at = max((number + 1 for number, each in enumerate(names) if each in before), default=0)
        names.insert(at, name)
    return names


def _matched(old: list[Any], new: list[Any]) -> list[int | None]:
    """For each new item the old one that it was: an equal one, else one with its id, else the one at its position."""
    picked: list[int | None] = [None] * len(new)
    free = set(range(len(old)))

    def take(number: int, fits: Any) -> None:
        found = next((each for each in sorted(free) if fits(each)), None) if picked[number] is None else None
        if found is not None:
            picked[number] = found
            free.discard(found)

    for number, value in enumerate(new):
        take(number, lambda each, value=value: same(old[each], value))
    for number, value in enumerate(new):
        if _id(value) is not None:
            take(number, lambda each, value=value: _id(old[each]) == _id(value))
    for number, value in enumerate(new):
        take(number, lambda each, n=number, value=value: each == n and _is_alike(old[each], value))
    return picked


def _renamed(old: dict[str, Any], new: dict[str, Any]) -> dict[str, str]:
    """Keys that are gone and the new keys that have their values: they were renamed."""
    found: dict[str, str] = {}
    for name in old:
        if name not in new:
            free = (each for each in new if each not in old and each not in found.values())
            called = next((each for each in free if each and same(old[name], new[each])), None)
            found |= {name: called} if called else {}
    return found


def _id(value: Any) -> Any:
    return value.get("id") if isinstance(value, dict) else None


def _is_alike(old: Any, new: Any) -> bool:
    return type(old) is type(new) and _id(old) is None
