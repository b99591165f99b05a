"""The one style of records: what `catalogue fmt` writes. The facts and the words of a file are the same after it.

- UTF-8, one line end, a first line that names the schema; no empty line at the top or the end, no two on end.
- Two blanks a step, lists indented under their key, comments with what they belong to and two blanks before them.
- Keys in the order of the model; records and items of lists as their writer put them.
- Dates, numbers and ids bare; other texts in single quotes where a YAML reader may take them for something else.
- Brackets stay brackets and are joined to one line where that is not too long; folded prose is never folded anew.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from generator.editing.edits import EditError, as_text, comments_of, ensure, parts
from generator.editing.layout import STEP, Block, Entry, Flow, Layout, Node, Scalar, Unknown, layout_of, name_of
from generator.editing.shapes import below, order_of, shape_of_file
from generator.editing.writing import FOLD, filled, is_filled, on_one_line, one_line
from generator.model.kind import Kind
from generator.read import Unreadable, values_of
from generator.schema.fields import Shape
from generator.schema.modeline import MARK, modeline

__all__ = ["formatted"]


def formatted(data: bytes | str, kind: Kind) -> str:
    """The text of a file in the one style; the same text where it has it already.

    Raises `EditError` where the file cannot be read, or is laid out so that something would be lost.
    """
    text = re.sub("\r\n?", "\n", _decoded(data))
    above, yaml_part, rest = parts(text, kind)
    if not yaml_part.strip() and above:
        return f"{above}{yaml_part}{_ended(rest)}"
    return (above and "---\n") + _formatted(yaml_part, kind) + _ended(rest)


def _decoded(data: bytes | str) -> str:
    try:
        return data if isinstance(data, str) else data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise EditError("The file is not UTF-8.") from None


def _ended(text: str) -> str:
    return f"{text.rstrip()}\n" if text else ""


def _formatted(text: str, kind: Kind) -> str:
    try:
        wanted = values_of(text)
        layout = layout_of(text)
    except Unreadable as error:
        raise EditError(f"Line {error.line} cannot be read: {error.message} {error.hint}".rstrip()) from None
    except Unknown as error:
        raise EditError(f"The file is laid out in an unusual way. {error}") from None
    made = _whole(layout, shape_of_file(kind), modeline(kind))
    kept = [comment for _, comment in comments_of(text) if not comment.startswith(MARK)]
    ensure(made, wanted, [*kept, *filter(None, [modeline(kind)])])
    return made


# -- a whole file


def _whole(layout: Layout, shape: Shape, first: str) -> str:
    head = [line for line in _lines(layout.prefix) if not line.startswith(MARK)]
    tail = _tidy(_lines(layout.suffix), first=True)
    root = layout.root
    if isinstance(root, Flow):
        made = one_line(_flow(root, shape, 0, 0))
        return "\n".join([*filter(None, [first]), *_tidy(head, first=True), made, *tail]) + "\n"
    at = max((number + 1 for number, line in enumerate(head) if not line), default=0)
    opening, *others = root.entries
    opening = replace(opening, before=(*head[at:], *opening.before))
    block = _block(replace(root, entries=(opening, *others)), shape, 0)
    top = _tidy(head[:at], first=True, last=True)
    body = as_text(Layout("", block, "")).strip("\n")
    return "\n".join([*filter(None, [first]), *top, body, *tail]) + "\n"


def _lines(text: str) -> list[str]:
    """The comments and the empty lines of what stands above or below the values."""
    lines = [line.strip() for line in text.split("\n")]
    if text.endswith("\n") or not text:
        lines.pop()
    return [line for line in lines if not line or line.startswith("#")]


def _tidy(lines: Any, *, first: bool = False, last: bool = False) -> tuple[str, ...]:
    """Comments and empty lines: no two empty ones on end, none at the top of the first, one or none at the end."""
    found: list[str] = []
    for line in (each.strip() for each in lines):
        if line or (found and found[-1]) or (not found and not first):
            found.append(line)
    while not last and first and found and not found[-1]:
        found.pop()
    return tuple(found)


# -- values


def _node(node: Node, shape: Shape | None, indent: int, lead: int) -> Node:
    """`indent` is the column of the key or dash that a value stands behind, `lead` its length."""
    if isinstance(node, Scalar):
        return _scalar(node, shape, flow=False)
    return _flow(node, shape, indent, lead) if isinstance(node, Flow) else _block(node, shape, indent + STEP)


def _scalar(node: Scalar, shape: Shape | None, *, flow: bool) -> Scalar:
    if node.value is None:
        return replace(node, lines=("null",) if node.lines[0] or flow else ("",))
    if node.block:
        header = re.sub(r"[ \t]+#", "  #", node.lines[0].rstrip())
        return replace(node, lines=(header, *node.lines[1:]))
    if len(node.lines) > 1 and not (flow and "\n" not in node.value):
        return replace(node, lines=(node.lines[0].rstrip(" \t"), *node.lines[1:]))
    return replace(node, lines=(on_one_line(node.value, shape, flow=flow),))


def _key(key: Scalar | None, *, flow: bool) -> Scalar | None:
    if key is None:
        return None
    name = name_of(key)
    return replace(key, value=name, lines=(on_one_line(name, None, flow=flow),))


def _flow(node: Flow, shape: Shape | None, indent: int, lead: int) -> Flow:
    lines = node.lines or ()
    if len(lines) > 1 and any(re.search(r"(^|\s)#", line) for line in lines):
        return node
    made = _bare_flow(node, shape)
    if len(lines) < 2 or indent + lead + 1 + len(one_line(made)) <= FOLD:
        return made
    return filled(made, indent)


def _bare_flow(node: Flow, shape: Shape | None) -> Flow:
    def part(key: Scalar | None, each: Node) -> tuple[Scalar | None, Node]:
        inner = below(shape, node.value, name_of(key) if key else None)
        if isinstance(each, Scalar):
            return _key(key, flow=True), _scalar(each, inner, flow=True)
        assert isinstance(each, Flow), "nothing but brackets stands in brackets"
        return _key(key, flow=True), _bare_flow(each, inner)

    found = [part(key, each) for key, each in node.parts]
    if isinstance(node.value, dict):
        names = [name_of(key) for key, _ in found]
        found = [found[number] for number in _ranked(names, order_of(shape, node.value))]
    return Flow(node.value, tuple(found), None, node.start, node.end)


# -- blocks


def _block(block: Block, shape: Shape | None, indent: int) -> Block:
    entries = list(block.entries)
    if isinstance(block.value, dict):
        names = [name_of(entry.key) for entry in entries]
        entries = [entries[number] for number in _ranked(names, order_of(shape, block.value))]
    cleaned = [_entry(entry, block.value, shape, indent) for entry in entries]
    first, *others = cleaned
    first = replace(first, before=_without_empty_top(first.before))
    tail = _tidy(block.tail)
    while tail and not tail[-1]:
        tail = tail[:-1]
    return replace(block, entries=(first, *others), indent=None, tail=tail)


def _ranked(names: list[str], order: tuple[str, ...]) -> list[int]:
    """The positions of names in the order of the model; one that it does not have follows the one before it."""
    ranks: list[int] = []
    for name in names:
        ranks.append(order.index(name) if name in order else max(ranks[-1:], default=-1))
    return sorted(range(len(names)), key=lambda number: ranks[number])


def _without_empty_top(lines: tuple[str, ...]) -> tuple[str, ...]:
    return lines[1:] if lines and not lines[0] else lines


def _entry(entry: Entry, holder: Any, shape: Shape | None, indent: int) -> Entry:
    key = _key(entry.key, flow=False)
    lead = 1 if key is None else len(key.lines[0]) + 1
    value = _node(entry.value, below(shape, holder, name_of(entry.key) if entry.key else None), indent, lead)
    before, head, trail = [*entry.before, *entry.inner], entry.head, entry.trail
    if isinstance(value, Block):
        if key is None:
            value, above = _lifted(value, head)
            before, head = [*before, *above], ""
    elif head:
        before, trail, head = (before, head, "") if not trail else ([*before, head], trail, "")
    if isinstance(value, Scalar) and value.block and trail:
        before, trail = [*before, trail], ""
    below_key = key is not None and (is_filled(value) or entry.below)
    return Entry(key, value, _tidy(before), head, (), trail, below_key)


def _lifted(block: Block, head: str) -> tuple[Block, list[str]]:
    """An item of a list without the comments above its first key, and these: they go above the dash."""
    first, *others = block.entries
    above = [line for line in (head, *first.before) if line]
    return replace(block, entries=(replace(first, before=()), *others)), above
