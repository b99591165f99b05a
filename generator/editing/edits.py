"""The one door through which the YAML of a record is changed: nothing moves but what was meant to.

An edit gives the values that the text shall have. What is equal before and after keeps its very letters; the rest
is spliced in. Then the guard: what `read` reads from the new text is exactly what was wanted, a second parser
(yaml-edit, which keeps every letter) finds no fault in it and the same comments. Else nothing comes out.

yaml-edit could make the edits too, and reads right after them; but it leaves the comments on what is deleted to the
neighbours, turns a list round without its comments, and writes new lists without indentation. `fmt` needs the tree in
`layout` anyway, so the tree does both.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import yaml_edit

from generator.editing.layout import Block, Entry, Flow, Layout, Node, Scalar, Unknown, layout_of, name_of
from generator.editing.shapes import below, order_of, shape_of_file, text_on_one_line
from generator.editing.writing import (
    WIDTH,
    block_lines,
    filled,
    flow_of,
    fresh,
    is_filled,
    key_of,
    new_entry,
    new_pair,
    one_line,
)
from generator.model.document import Path
from generator.model.kind import Kind
from generator.problems import Refused
from generator.read import Unreadable, values_of
from generator.schema.fields import Shape

__all__ = ["EditError", "appended", "edited", "reordered", "values_of", "with_field", "without_field"]


class EditError(Refused):
    """A text cannot be changed without a loss; the message says why, and nothing was written."""


Values = Mapping[str, Any]


def edited(text: str, values: Values, kind: Kind | None = None) -> str:
    """The text of a file, changed so that these values are read from it.

    `values` are plain mappings, lists and texts as `values_of` gives them; for a page, those of its front matter.
    Of mappings the keys are matched, of lists equal items, then those with the same `id`, then those at the same
    position. With `kind` a new field stands at its place in the model, else behind the one before it in `values`.
    Raises `EditError`.
    """
    above, yaml_part, rest = parts(text, kind)
    if _values(yaml_part) == values:
        return text
    return above + _edited(yaml_part, dict(values), _shape(kind)) + rest


def with_field(text: str, path: Path, value: Any, kind: Kind | None = None) -> str:
    """The text with a value set, at a path that exists or whose last part is a new key. Raises `EditError`."""

    def put(holder: Any, last: str | int) -> None:
        holder[last] = value

    return _changed(text, path, put, kind)


def without_field(text: str, path: Path, kind: Kind | None = None) -> str:
    """The text without a field or an item of a list, and without the comments on it. Raises `EditError`."""

    def remove(holder: Any, last: str | int) -> None:
        del holder[last]

    return _changed(text, path, remove, kind)


def appended(text: str, path: Path, value: Any, kind: Kind | None = None) -> str:
    """The text with one more item in a list; the list is made where there is none. Raises `EditError`."""

    def append(holder: Any, last: str | int) -> None:
        found = holder.get(last) if isinstance(holder, dict) else holder[last]
        holder[last] = [*(found or []), value]

    return _changed(text, path, append, kind)


def reordered(text: str, path: Path, order: Sequence[str] | Sequence[int], kind: Kind | None = None) -> str:
    """The text with the keys of a mapping or the items of a list in another order, their comments with them.

    `order` names keys, or the positions of items; those it does not name follow as they were. Raises `EditError`.
    """
    above, yaml_part, rest = parts(text, kind)
    wanted = _values(yaml_part)
    holder = _follow(wanted, path)
    if not isinstance(holder, dict | list) or not holder:
        raise EditError(f"There is nothing to put in order at {_told(path)}.")
    names = list(range(len(holder))) if isinstance(holder, list) else list(holder)
    if unknown := [name for name in order if name not in names]:
        raise EditError(f"There is no {unknown[0]!r} at {_told(path)}.")
    turned = [names.index(name) for name in dict.fromkeys(order)]
    turned += [number for number in range(len(names)) if number not in turned]
    _turn_values(holder, turned)
    whole = _whole(yaml_part)
    layout = whole.layout
    new = replace(layout, root=_turned(layout.root, path, turned))
    return above + whole.guarded(new, wanted, [], in_order=True) + rest


def parts(text: str, kind: Kind | None) -> tuple[str, str, str]:
    """What stands above the YAML of a file, the YAML, and what follows: for a page its text."""
    if kind is None or kind.folder != "pages":
        return "", text, ""
    found = re.match(r"(---[ \t]*\r?\n)(.*?)(^---[ \t]*\r?$.*)\Z", text, re.DOTALL | re.MULTILINE)
    if not found:
        raise EditError("The page has no block between two lines of --- at its top, so nothing was changed.")
    return found[1], found[2], found[3]


def _shape(kind: Kind | None) -> Shape | None:
    return shape_of_file(kind) if kind else None


def _changed(text: str, path: Path, change: Any, kind: Kind | None) -> str:
    above, yaml_part, rest = parts(text, kind)
    values = _values(yaml_part)
    if not path:
        raise EditError("No field is named, so nothing was changed.")
    holder = _follow(values, path[:-1])
    try:
        change(holder, path[-1])
    except (KeyError, IndexError, TypeError, AttributeError):
        raise EditError(f"There is no place for {_told(path)}, so nothing was changed.") from None
    return above + _edited(yaml_part, values, _shape(kind)) + rest


def _values(text: str) -> dict[str, Any]:
    try:
        return values_of(text.replace("\r\n", "\n"))
    except Unreadable as error:
        raise EditError(f"Line {error.line} cannot be read, so nothing was changed. {error.message}") from None


def _follow(values: Any, path: Path) -> Any:
    try:
        for part in path:
            values = values[part]
    except (KeyError, IndexError, TypeError):
        raise EditError(f"There is no {_told(path)}, so nothing was changed.") from None
    return values


def _told(path: Path) -> str:
    return ".".join(map(str, path)) or "the top"


# -- from text to text


def _edited(text: str, values: dict[str, Any], shape: Shape | None) -> str:
    whole = _whole(text)
    if _same(whole.layout.root.value, values):
        return text
    merge = _Merge()
    root = merge.node(whole.layout.root, values, shape, 0, 0)
    return whole.guarded(replace(whole.layout, root=root), values, merge.dropped)


@dataclass(frozen=True)
class _Whole:
    """A text with its layout and its comments."""

    text: str
    crlf: bool
    layout: Layout

    def guarded(
        self, layout: Layout, wanted: dict[str, Any], dropped: list[tuple[int, int]], *, in_order: bool = False
    ) -> str:
        """The text of a layout, where it says what is wanted and has all comments but those in dropped places."""
        made = as_text(layout)
        kept = [text for start, text in comments_of(self.text) if not any(a <= start < b for a, b in dropped)]
        ensure(made, wanted, kept, in_order=in_order)
        return made.replace("\n", "\r\n") if self.crlf else made


def _whole(text: str) -> _Whole:
    """The text with its lines ended by \\n alone; where all were ended by \\r\\n they will be again."""
    crlf = "\r\n" in text and text.count("\r\n") == text.count("\n")
    plain = text.replace("\r\n", "\n").removeprefix("\ufeff")
    try:
        return _Whole(plain, crlf, layout_of(plain))
    except Unknown as error:
        raise EditError(f"The file is laid out in an unusual way, so nothing was changed. {error}") from None


def as_text(layout: Layout) -> str:
    """The text of a layout."""
    if isinstance(layout.root, Flow):
        return layout.prefix + one_line(layout.root) + layout.suffix
    return layout.prefix + "\n".join(block_lines(layout.root, 0)) + layout.suffix


def ensure(made: str, wanted: dict[str, Any], comments: list[str], *, in_order: bool = False) -> None:
    """The guard: `made` reads as `wanted`, and its comments are these. Raises `EditError`."""
    try:
        found = values_of(made)
    except Unreadable as error:
        raise EditError(f"The new text could not be read, so nothing was changed. {error.message}") from None
    if found != wanted or (in_order and not same_order(found, wanted)):
        raise EditError("The new text would say something else than was meant, so nothing was changed.")
    if Counter(text for _, text in comments_of(made)) != Counter(comments):
        raise EditError("A comment would be lost, so nothing was changed.")


def same_order(one: Any, other: Any) -> bool:
    """Whether two equal values have their keys in the same order."""
    if isinstance(one, dict):
        return list(one) == list(other) and all(same_order(one[key], other[key]) for key in one)
    return not isinstance(one, list) or all(map(same_order, one, other))


def comments_of(text: str) -> list[tuple[int, str]]:
    """All comments of a text, with the offset of each, as yaml-edit sees them. Raises `EditError`."""
    try:
        found = yaml_edit.YamlFile.parse(text).comments()
    except yaml_edit.YamlError as error:
        raise EditError(f"A second parser does not read the text, so nothing was changed. {error}") from None
    if not found:
        return []
    data = text.encode()
    return [(len(data[: each.byte_range()[0]].decode()), each.text().rstrip()) for each in found]


# -- merging values into a layout


@dataclass
class _Merge:
    """Makes the tree that has the new values; notes the places whose comments go with what they are about."""

    dropped: list[tuple[int, int]] = field(default_factory=list)

    def node(self, node: Node, value: Any, shape: Shape | None, indent: int, lead: int) -> Any:
        """`indent` is the column of the key or dash, `lead` its length."""
        if _same(node.value, value):
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
        indent = block.indent or 0
        flow = any(isinstance(entry.value, Flow) and isinstance(entry.value.value, dict) for entry in block.entries)
        made: list[Entry] = []
        if isinstance(value, dict):
            new_names = _renamed(block.value, value)
            old = {}
            for entry in block.entries:
                name = name_of(entry.key)
                called = new_names.get(name)
                old[called or name] = replace(entry, key=key_of(called), source=None) if called else entry
            for name in _in_place(list(old), value, shape):
                if name in old:
                    made.append(self.entry(old[name], value[name], below(shape, value, name), indent))
                else:
                    made.append(new_pair(name, value, shape, indent, flow=flow))
            gone = [entry for name, entry in old.items() if name not in value]
        else:
            inner = below(shape, value, None)
            picked = _matched([entry.value.value for entry in block.entries], value)
            for pick, each in zip(picked, value, strict=True):
                if pick is None:
                    made.append(new_entry(None, fresh(each, inner, indent, 1, flow=flow)))
                else:
                    made.append(self.entry(block.entries[pick], each, inner, indent))
            gone = [entry for number, entry in enumerate(block.entries) if number not in picked]
        return self.without(block, made, gone)

    def entry(self, entry: Entry, value: Any, shape: Shape | None, indent: int) -> Entry:
        if _same(entry.value.value, value):
            return entry
        lead = 1 if entry.key is None else len(entry.key.lines[0]) + 1
        node = self.node(entry.value, value, shape, indent, lead)
        head, inner, trail = entry.head, entry.inner, entry.trail
        if (
            isinstance(entry.value, Scalar)
            and entry.value.block
            and (found := re.search(r"\s(#.*)", entry.value.lines[0]))
        ):
            trail = found[1]
            self.dropped.pop()
        if isinstance(node, Block) and trail:
            head, inner = (trail, inner) if not head else (head, (trail, *inner))
            trail = ""
        if isinstance(node, Scalar) and node.block and (head or trail):
            inner, head, trail = (*filter(None, (head,)), *inner, *filter(None, (trail,))), "", ""
        before = entry.before
        if isinstance(node, Block) and inner:
            before, inner = (*before, *(" " * indent + line.strip() for line in inner)), ()
        below = entry.key is not None and is_filled(node)
        return Entry(entry.key, node, before, head, inner, trail, below, None, entry.start, entry.end)

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


def _same(one: Any, other: Any) -> bool:
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
        take(number, lambda each, value=value: _same(old[each], value))
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
            called = next((each for each in free if each and _same(old[name], new[each])), None)
            found |= {name: called} if called else {}
    return found


def _id(value: Any) -> Any:
    return value.get("id") if isinstance(value, dict) else None


def _is_alike(old: Any, new: Any) -> bool:
    return type(old) is type(new) and _id(old) is None


# -- order


def _turn_values(holder: Any, turned: list[int]) -> None:
    if isinstance(holder, list):
        holder[:] = [holder[number] for number in turned]
        return
    pairs = list(holder.items())
    holder.clear()
    holder.update(pairs[number] for number in turned)


def _turned(node: Any, path: Path, turned: list[int]) -> Any:
    """The tree with the entries of one block or flow in another order."""
    if isinstance(node, Scalar):
        raise EditError("There is no list or mapping here.")
    if not path:
        if isinstance(node, Flow):
            return replace(node, parts=tuple(node.parts[number] for number in turned), lines=None)
        return replace(node, entries=tuple(node.entries[number] for number in turned))
    here, *rest = path
    if isinstance(node, Flow):
        chosen = [(key if isinstance(node.value, dict) else None) for key, _ in node.parts]
        names: list[Any] = [name_of(key) if key else number for number, key in enumerate(chosen)]
        parts = tuple(
            (key, _turned(each, tuple(rest), turned) if name == here else each)
            for name, (key, each) in zip(names, node.parts, strict=True)
        )
        return replace(node, parts=parts, lines=None)
    names = [number if entry.key is None else name_of(entry.key) for number, entry in enumerate(node.entries)]
    entries = tuple(
        replace(entry, value=_turned(entry.value, tuple(rest), turned), source=None) if name == here else entry
        for name, entry in zip(names, node.entries, strict=True)
    )
    return replace(node, entries=entries)
