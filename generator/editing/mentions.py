"""Where a record is named: references, names of items in `evidence` and `disagreements`, links in pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from posixpath import dirname, join, normpath, relpath

from generator.checking import Checked
from generator.model.catalogue import Catalogue, Key, Validated
from generator.model.document import Document, Path
from generator.model.kind import Kind
from generator.model.retired import Tombstone
from generator.model.values import FieldPath, Reference
from generator.model.walk import walk
from generator.problems import Place

LINK = re.compile(r"\]\(([^)\s:]+\.md)((?:#[^)\s]*)?)(?=[)\s])")
"""A link of a hand-written page to another page, as `generator.render` reads it."""


@dataclass(frozen=True)
class Mention:
    """A place in a record that names another one."""

    document: Document
    path: Path
    before: str
    """What stands before the id in the same value: `programme/`, `participants.`."""
    id: str
    at_key: bool = False

    @property
    def place(self) -> Place:
        return self.document.place(self.path, at_key=self.at_key)

    @property
    def in_a_list(self) -> bool:
        """Whether it is one of a list of references, as in `themes: [a, b]`."""
        return bool(self.path) and isinstance(self.path[-1], int) and not self.before


def mentions(checked: Checked, key: Key) -> Iterator[Mention]:
    """All places in records, tombstones too, that name the record by its id or a former one."""
    for one in checked.passed:
        for path, value in walk(one.record):
            if isinstance(value, Reference) and leads_to(checked.catalogue, value) == key:
                before = f"{value.kinds[0]}/" if isinstance(one.record, Tombstone) else ""
                yield Mention(one.document, path, before, str(value))
            elif isinstance(value, FieldPath) and path[0] == "disagreements":
                yield from _by_item(one, path, value, key, checked.catalogue)
        for field in one.record.evidence:
            yield from _by_item(one, ("evidence", str(field)), field, key, checked.catalogue, at_key=True)


def leads_to(catalogue: Catalogue, reference: Reference) -> Key | None:
    """The record that a reference leads to, as `link` finds it."""
    for kind in reference.kinds:
        found = catalogue.find(kind, str(reference))
        if found:
            return kind, str(found.id)
    return None


def _by_item(
    one: Validated, path: Path, field: str, key: Key, catalogue: Catalogue, *, at_key: bool = False
) -> Iterator[Mention]:
    """`participants.idb`: an item of a list, named by the record that it refers to."""
    name, dot, id = field.partition(".")
    items = getattr(one.record, name, ()) if dot else ()
    for item in items if isinstance(items, tuple) else ():
        named = (getattr(item, mark, None) for mark in getattr(type(item), "marks", ()))
        if any(isinstance(n, Reference) and n == id and leads_to(catalogue, n) == key for n in named):
            yield Mention(one.document, path, f"{name}.", id, at_key)
            return


# -- links in pages


def short_page(kind: Kind, id: str) -> str:
    """The short name of a record's page, as links have it: `programmes/urbelac.md`."""
    return f"{id}.md" if kind.name == "page" else kind.page(id)


def relinked(text: str, page: str, target: Callable[[str], str], *, moved_to: str = "") -> tuple[str, int]:
    """A page's text with its links led elsewhere, and how many there were.

    `page` is the page's own short name. `target` is given the short name of each page that a link leads to, and says
    where it is to lead. With `moved_to` the page itself gets another place, and its links are made anew from there.
    """
    here = moved_to or page
    count = 0

    def link(found: re.Match[str]) -> str:
        nonlocal count
        old = normpath(join(dirname(page), found[1]))
        new = target(old)
        if new == old and dirname(here) == dirname(page):
            return found[0]
        count += new != old
        return f"]({relpath(new, dirname(here) or '.')}{found[2]}"

    return LINK.sub(link, text), count
