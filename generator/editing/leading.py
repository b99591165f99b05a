"""References to one record led to another, as `merge` and `retire` need it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from generator.checking import Checked
from generator.editing.edits import edited, values_of
from generator.editing.mentions import Mention, relinked, short_page
from generator.editing.records import text_of, with_value
from generator.model.catalogue import Key
from generator.model.document import Document, Path
from generator.model.kind import Kind
from generator.model.retired import RETIRED
from generator.problems import Refused

FileValues = dict[str, dict[str, Any]]
"""Plain values of whole files, by path; of pages those of their front matter."""


def values_in(checked: Checked, path: str) -> dict[str, Any]:
    """The plain values of a content file."""
    return values_of(text_of(checked.files, path).replace("\r\n", "\n"))


def path_in_file(document: Document) -> Path:
    """The way to a record inside the values of its file."""
    return ("records", document.id) if document.shared is not None else ()


def led_to(checked: Checked, named: Iterable[Mention], new: str) -> FileValues:
    """The values of the files that name a record, with all of these places naming `new`; doubled ones become one.

    Raises `Refused` where a record would have two pieces of evidence for one thing.
    """
    found: FileValues = {}
    for mention in sorted(named, key=lambda m: (m.document.path, [str(part) for part in m.path]), reverse=True):
        path = mention.document.path
        values = found.get(path) or values_in(checked, path)
        found[path] = _with_mention(values, mention, path_in_file(mention.document), new)
    return found


def _with_mention(values: dict[str, Any], mention: Mention, base: Path, new: str) -> dict[str, Any]:
    whole = (*base, *mention.path)
    if mention.at_key:
        return _with_key(values, whole, f"{mention.before}{new}", mention)
    changed: dict[str, Any] = with_value(values, whole, f"{mention.before}{new}")
    for length in range(len(whole), 0, -1):
        if isinstance(whole[length - 1], int):
            changed = _without_doubles(changed, whole[: length - 1])
    return changed


def _with_key(values: dict[str, Any], path: Path, new: str, mention: Mention) -> dict[str, Any]:
    holder = value_at(values, path[:-1])
    if new in holder and holder[new] != holder[path[-1]]:
        raise Refused(
            f"content/{mention.document.path} has evidence for '{path[-1]}' and for '{new}', which would become one. "
            "Put the two together first."
        )
    renamed = {new if key == path[-1] else key: value for key, value in holder.items()}
    return dict(with_value(values, path[:-1], renamed))


def value_at(values: Any, path: Path) -> Any:
    """The value at a path of plain values."""
    for part in path:
        values = values[part]
    return values


def _without_doubles(values: dict[str, Any], path: Path) -> dict[str, Any]:
    """The list at a path with equal items once; where there is no list, since one text may stand for it, as it was."""
    try:
        items = value_at(values, path)
    except (KeyError, IndexError, TypeError):
        return values
    if not isinstance(items, list):
        return values
    once = [item for number, item in enumerate(items) if item not in items[:number]]
    return dict(with_value(values, path, once))


def relinked_pages(
    checked: Checked, old: tuple[Kind, str], new: tuple[Kind, str], but: Key
) -> dict[str, tuple[str, int]]:
    """Pages whose links lead to the page of a record, with the links led to another; how many there were."""
    old_page, new_page = short_page(*old), short_page(*new)
    found: dict[str, tuple[str, int]] = {}
    for page in checked.passed:
        if page.kind.name == "page" and ("page", page.record.id) != but:
            text = text_of(checked.files, page.document.path)
            here = short_page(page.kind, page.record.id)
            changed, count = relinked(text, here, lambda path: new_page if path == old_page else path)
            if count:
                found[page.document.path] = (changed, count)
    return found


def written(checked: Checked, values: FileValues, pages: Mapping[str, tuple[str, int]]) -> dict[str, str]:
    """The texts of the files with these values and links: what did not change keeps its letters."""
    texts = {path: text for path, (text, _) in pages.items()}
    for path, wanted in values.items():
        texts[path] = edited(texts.get(path, text_of(checked.files, path)), wanted, kind_of_file(checked, path))
    return texts


def kind_of_file(checked: Checked, path: str) -> Kind | None:
    """The kind whose records a file holds."""
    return next((one.kind for one in checked.passed if one.document.path == path and one.kind is not RETIRED), None)


def counted(named: Iterable[Mention], pages: Mapping[str, tuple[str, int]]) -> Counter[str]:
    """How many references each file has."""
    counts = Counter(mention.document.path for mention in named)
    counts.update({path: count for path, (_, count) in pages.items()})
    return counts
