"""Values and trees become YAML: one style for what is new, the very letters for what did not change."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from generator.editing.layout import STEP, Block, Entry, Flow, Node, Scalar
from generator.editing.patches import UNSEEN
from generator.editing.shapes import below, text_on_one_line
from generator.schema.fields import Shape

WIDTH = 120
"""No line is made longer than this where there is a way."""
FOLD = 110
"""The width to which new prose is folded, and lists in brackets that take several lines."""


# -- what is new


def fresh(value: Any, shape: Shape | None, indent: int, lead: int, *, flow: bool = False) -> Node:
    """A node for a value that stands behind a key or dash at a column; `lead` is the length of these.

    With `flow`, lists and mappings that fit on the line go into brackets, as their neighbours do.
    """
    if isinstance(value, dict | list):
        return _fresh_collection(value, shape, indent, lead, flow)
    return Scalar(value, _lines(value, shape, indent, lead), block=_needs_block(value, indent, lead))


def _fresh_collection(value: Any, shape: Shape | None, indent: int, lead: int, flow: bool) -> Node:
    in_brackets = flow_of(value, shape)
    fits = indent + lead + 1 + len(one_line(in_brackets)) <= WIDTH
    if not value or (fits and flow):
        return in_brackets
    if _is_list_of_words(value):
        return in_brackets if fits else filled(in_brackets, indent)
    inside = indent + STEP
    if isinstance(value, list):
        items = (fresh(each, below(shape, value, None), inside, 1) for each in value)
        return Block(value, tuple(new_entry(None, item) for item in items))
    return Block(value, tuple(new_pair(key, value, shape, inside) for key in value))


def new_pair(key: str, values: dict[str, Any], shape: Shape | None, indent: int, *, flow: bool = False) -> Entry:
    """A new line of a mapping at a column."""
    name = key_of(key)
    node = fresh(values[key], below(shape, values, key), indent, len(name.lines[0]) + 1, flow=flow)
    return new_entry(name, node)


def new_entry(key: Scalar | None, node: Node) -> Entry:
    """A new line for a value; brackets that take several lines stand below their key."""
    return Entry(key, node, below=key is not None and is_filled(node))


def key_of(key: str, *, flow: bool = False) -> Scalar:
    """A new key."""
    return Scalar(key, (on_one_line(key, None, flow=flow),))


def flow_of(value: Any, shape: Shape | None) -> Flow:
    """A new list or mapping in brackets."""

    def part(each: Any, key: str | None) -> Node:
        inner = below(shape, value, key)
        if isinstance(each, dict | list):
            return flow_of(each, inner)
        return Scalar(each, (on_one_line(each, inner, flow=True),))

    if isinstance(value, list):
        return Flow(value, tuple((None, part(each, None)) for each in value))
    return Flow(value, tuple((key_of(key, flow=True), part(each, key)) for key, each in value.items()))


def _is_list_of_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and len(each) <= 40 for each in value)


def _needs_block(value: Any, indent: int, lead: int) -> bool:
    return isinstance(value, str) and len(_lines(value, None, indent, lead)) > 1


def _lines(value: Any, shape: Shape | None, indent: int, lead: int) -> tuple[str, ...]:
    if not isinstance(value, str):
        return (on_one_line(value, shape),)
    if "\n" not in value:
        line = on_one_line(value, shape)
        too_long = indent + lead + 1 + len(line) > WIDTH
        return (">-", *_folded(value, indent)) if too_long and _can_fold(value) else (line,)
    lines = value.removesuffix("\n").split("\n")
    chomp = "" if value.endswith("\n") else "-"
    wide = any(len(line) > WIDTH - indent - STEP for line in lines)
    if wide and all(not line or _can_fold(line) for line in lines) and lines[0] and lines[-1]:
        return (f">{chomp}", *_folded(value.removesuffix("\n"), indent))
    if _can_be_literal(lines):
        return (f"|{chomp}", *lines)
    return (quoted(value),)


def _can_fold(text: str) -> bool:
    return bool(text) and not (
        UNSEEN.search(text) or "  " in text or text[0] in " \t" or text[-1] in " \t" or "\r" in text
    )


def _can_be_literal(lines: list[str]) -> bool:
    return (
        bool(lines[0] and lines[-1])
        and not any(
            UNSEEN.search(line) or "\r" in line or (line and (line[-1] in " \t" or line[0] == "\t")) for line in lines
        )
        and lines[0][0] not in " \t"
    )


def _folded(text: str, indent: int) -> list[str]:
    found: list[str] = []
    for number, line in enumerate(text.split("\n")):
        if number:
            found.append("")
        if line:
            found += _filled(line.split(" "), FOLD - indent - STEP)
    return found


def _filled(words: list[str], width: int) -> list[str]:
    lines = [words[0]]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def on_one_line(value: Any, shape: Shape | None, *, flow: bool = False) -> str:
    """A text, truth value or nothing on one line. Raises `TypeError` for what `read` never gives."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text, truth value, list or mapping")
    if "\n" in value or "\r" in value:
        return quoted(value)
    return text_on_one_line(value, shape, flow=flow)


def quoted(text: str) -> str:
    """Any text in double quotes: JSON's escapes are YAML's too."""
    escaped = json.dumps(text, ensure_ascii=False)
    return UNSEEN.sub(lambda sign: f"\\u{ord(sign[0]):04X}", escaped)


# -- trees


def one_line(node: Node) -> str:
    """What stands in brackets, or inside of them, on one line."""
    if isinstance(node, Flow):
        if node.lines is not None and len(node.lines) == 1:
            return node.lines[0]
        inner = ", ".join(_part(key, each) for key, each in node.parts)
        return f"[{inner}]" if isinstance(node.value, list) else f"{{{inner}}}"
    if isinstance(node, Scalar) and len(node.lines) == 1 and node.lines[0]:
        return node.lines[0]
    return on_one_line(node.value, None, flow=True)


def filled(node: Flow, indent: int) -> Flow:
    """Brackets over as many lines as they need, for a key or dash at a column."""
    first, last = ("[", "]") if isinstance(node.value, list) else ("{", "}")
    parts = [_part(key, each) for key, each in node.parts]
    parts = [f"{part}," for part in parts[:-1]] + [parts[-1] + last]
    lines = _filled(parts, FOLD - indent - STEP - 1)
    return replace(node, lines=(first + lines[0], *(f" {line}" for line in lines[1:])))


def is_filled(node: Node) -> bool:
    """Whether it is brackets over several lines."""
    return isinstance(node, Flow) and node.lines is not None and len(node.lines) > 1


def _part(key: Scalar | None, value: Node) -> str:
    return one_line(value) if key is None else f"{one_line(key)}: {one_line(value)}"


def block_lines(block: Block, indent: int) -> list[str]:
    """The lines of a block; `indent` is the column of its keys or dashes where it has none of its own."""
    moved = block.indent is None
    column = indent if block.indent is None else block.indent
    found: list[str] = []
    for entry in block.entries:
        found += reindented(entry.before, column) if moved else entry.before
        found += entry_lines(entry, column)
    return [*found, *(reindented(block.tail, column) if moved else block.tail)]


def reindented(lines: tuple[str, ...], column: int) -> list[str]:
    """Comments moved to a column."""
    return [" " * column + line.strip() if line.strip() else "" for line in lines]


def entry_lines(entry: Entry, indent: int) -> list[str]:
    """The lines of an entry, with comments that cannot stay inside of it above it."""
    if entry.source is not None:
        first, *others = entry.source.split("\n")
        return [" " * indent + first, *others]
    if isinstance(entry.value, Block):
        return _with_block(entry, entry.value, indent)
    above = reindented(entry.inner, indent)
    trail = entry.trail
    if entry.head:
        above, trail = ([f"{' ' * indent}{entry.head}", *above], trail) if trail else (above, entry.head)
    return above + _with_value(entry, entry.value, indent, trail)


def _with_block(entry: Entry, block: Block, indent: int) -> list[str]:
    lines = block_lines(block, indent + STEP)
    if entry.key is not None:
        return [_joined(f"{' ' * indent}{entry.key.lines[0]}:", entry.head), *lines]
    count = len(block.entries[0].before)
    above, (first, *others) = lines[:count], lines[count:]
    head = [" " * indent + entry.head] if entry.head else []
    while not first.startswith(" " * (indent + 1)) or first.lstrip().startswith("#"):  # comments from inside
        above, first, others = [*above, first], others[0], others[1:]
    return [*head, *reindented(tuple(above), indent), f"{' ' * indent}-{first[indent + 1 :]}", *others]


def _with_value(entry: Entry, value: Scalar | Flow, indent: int, trail: str) -> list[str]:
    lead = " " * indent + ("-" if entry.key is None else f"{entry.key.lines[0]}:")
    first, *others = _value_lines(value)
    more = [" " * (indent + STEP) + line if line else "" for line in others]
    if isinstance(value, Scalar) and value.block:
        return [f"{lead} {first}", *more]
    if entry.below and (is_filled(value) or len(lead) + 1 + len(first) > FOLD):
        lines = [lead, " " * (indent + STEP) + first, *more]
    else:
        lines = [f"{lead} {first}".rstrip() if not first else f"{lead} {first}", *more]
    return [*lines[:-1], _joined(lines[-1], trail)]


def _value_lines(value: Scalar | Flow) -> tuple[str, ...]:
    if isinstance(value, Scalar):
        return value.lines
    return value.lines if value.lines is not None else (one_line(value),)


def _joined(line: str, comment: str) -> str:
    return f"{line}  {comment}" if comment else line
