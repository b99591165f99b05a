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
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import yaml_edit

from generator.editing.layout import Flow, Layout, Scalar, Unknown, layout_of, name_of
from generator.editing.merging import Merge, same
from generator.editing.shapes import shape_of_file
from generator.editing.writing import block_lines, one_line
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
    if same(whole.layout.root.value, values):
        return text
    merge = Merge()
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
    except UnicodeEncodeError:
        raise EditError("A text holds half a character, so nothing was changed.") from None
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


@lru_cache(maxsize=8)
def comments_of(text: str) -> tuple[tuple[int, str], ...]:
    """All comments of a text, with the offset of each, as yaml-edit sees them. Raises `EditError`."""
    try:
        found = yaml_edit.YamlFile.parse(text).comments()
    except yaml_edit.YamlError as error:
        raise EditError(f"A second parser does not read the text, so nothing was changed. {error}") from None
    if not found:
        return ()
    data = text.encode()
    return tuple((len(data[: each.byte_range()[0]].decode()), each.text().rstrip()) for each in found)


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
