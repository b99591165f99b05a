"""The pages of two trees: which change for readers, because of which records, and which addresses would die."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from generator.difference.shapes import DeadAddress, PageChange, PageSort, RecordChange, Side, Sort
from generator.model.catalogue import Catalogue, Key
from generator.model.kind import Kind

HIDDEN = re.compile(r"<(template|script|style)\b.*?</\1>|<div hidden>.*?</div>|<!--.*?-->", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
FRONT = re.compile(r"---\n(.*?)\n---\n", re.DOTALL)
TOLD = 3
"""So many of the nearest changed records are named; the rest are counted."""


@dataclass(frozen=True)
class Changed:
    """Pages whose words change, and the addresses of those in which only links or drawings do."""

    pages: tuple[PageChange, ...]
    drawn: tuple[str, ...]


def is_page(path: str) -> bool:
    """Whether a file of the tree becomes a page of the site."""
    return path.endswith(".md")


def address_of(file: str) -> str:
    """The address at which the site serves a page's file."""
    return file.removesuffix("index.md") or "/"


@lru_cache(maxsize=4096)
def readable(text: str) -> str:
    """What a reader of a page's file sees: its title and description, then its words without their markup."""
    front = FRONT.match(text)
    meta = [_meta(text, name) for name in ("title", "description")] if front else []
    body = TAG.sub(" ", HIDDEN.sub(" ", text[front.end() :] if front else text))
    lines = [" ".join(unescape(line).split()) for line in body.splitlines()]
    return "\n".join(filter(None, (*meta, *lines)))


def _meta(text: str, name: str) -> str:
    found = re.search(rf'^{name}: (".*")$', FRONT.match(text)[1], re.MULTILINE)  # type: ignore[index]
    return unescape(json.loads(found[1])) if found else ""


def title_of_page(text: str) -> str:
    """The title in the front matter of a page's file."""
    return _meta(text, "title") if FRONT.match(text) else ""


def page_changes(before: Side, after: Side, changes: tuple[RecordChange, ...], now: Mapping[Key, str]) -> Changed:
    """Compare the two trees page by page. The page of a renamed record is compared with the one it had before."""
    moved = _moved(before, after, now)
    owners = {**_owners(before.catalogue, now), **_owners(after.catalogue, {})}
    near = _Near(before.catalogue, after.catalogue, changes, now)
    back = {new: old for old, new in moved.items()}
    pages, drawn = [], []
    for file in sorted(filter(is_page, {*before.tree, *after.tree} - moved.keys())):
        old, new = before.tree.get(back.get(file, file)), after.tree.get(file)
        if (old == new and file not in back) or _leads_on(old, new):
            continue
        if old is not None and new is not None and readable(old) == readable(new):
            drawn += [address_of(file)] if file not in back else []
            continue
        pages.append(_change(file, back.get(file, file), old, new, owners.get(file), near))
    order = list(PageSort)
    return Changed(tuple(sorted(pages, key=lambda page: (order.index(page.sort), page.address))), tuple(drawn))


def _leads_on(old: str | None, new: str | None) -> bool:
    """Whether what stands here only leads on to a record, before and after: the record's own page is told."""
    return all(text is None or "\ngone: true\n" in text[:2000] for text in (old, new))


def _change(file: str, was: str, old: str | None, new: str | None, owner: Key | None, near: _Near) -> PageChange:
    title = title_of_page(new if new is not None else old or "")
    address = address_of(file)
    if old is None:
        return PageChange(PageSort.ADDED, address, title, None, file)
    if new is None:
        return PageChange(PageSort.REMOVED, address, title, was, None)
    if owner and owner in near.changed:
        return PageChange(PageSort.RECORD, address, title, was, file)
    if owner and (because := near.because(owner)):
        return PageChange(PageSort.INDIRECT, address, title, was, file, because, near.through(owner))
    sort = PageSort.INDIRECT if owner and owner[0] != "page" else PageSort.SITE
    return PageChange(sort, address, title, was, file, near.of_section(file.partition("/")[0]))


def _moved(before: Side, after: Side, now: Mapping[Key, str]) -> dict[str, str]:
    """Where the page of a renamed record was, and where it is."""
    kinds = {kind.name: kind for kind in after.catalogue.kinds}
    found = {}
    for (name, old), new in now.items():
        was, file = page_file(kinds[name], old), page_file(kinds[name], new)
        if was in before.tree and file in after.tree and file not in before.tree:
            found[was] = file
    return found


def _owners(catalogue: Catalogue, now: Mapping[Key, str]) -> dict[str, Key]:
    """Each record's page."""
    return {
        page_file(kind, record.id): (kind.name, now.get((kind.name, record.id), record.id))
        for kind in catalogue.kinds
        for record in catalogue.of(kind.name)
    }


def page_file(kind: Kind, id: str) -> str:
    """The file that becomes the page of a record; every page is an index."""
    stem = (id if kind.name == "page" else kind.page(id)).removesuffix(".md").removesuffix("/index")
    return "index.md" if stem == "index" else f"{stem}/index.md"


class _Near:
    """For each record the changed records that the fewest links part from it."""

    def __init__(
        self, before: Catalogue, after: Catalogue, changes: tuple[RecordChange, ...], now: Mapping[Key, str]
    ) -> None:
        self.sections = {kind.section: kind.name for kind in after.kinds}
        self.nouns = {kind.name: kind.singular.lower() for kind in after.kinds}
        self.changed = {change.key: _fate(change) for change in changes}
        self.titles = {**_titles(before, now), **_titles(after, {})}
        self.nearest, self.towards = _nearest(self.changed.keys(), _neighbours(before, after, now))

    def because(self, key: Key) -> tuple[str, ...]:
        return self._named(sorted(self.nearest.get(key, ())))

    def through(self, key: Key) -> tuple[str, ...]:
        """The records between this one and the first of the nearest."""
        between = []
        while (key := self.towards.get(key, key)) not in self.changed and key in self.towards:
            between.append(self._name(key))
        return tuple(between)

    def of_section(self, section: str) -> tuple[str, ...]:
        """For a listing: the changed records that it lists."""
        kind = self.sections.get(section)
        return self._named(sorted(key for key in self.changed if key[0] == kind)) if kind else ()

    def _named(self, keys: list[Key]) -> tuple[str, ...]:
        more = (f"{len(keys) - TOLD} more",) if len(keys) > TOLD else ()
        return (*(self._name(key) for key in keys[:TOLD]), *more)

    def _name(self, key: Key) -> str:
        return f"{self.nouns[key[0]]} {self.titles.get(key, key[1])}{self.changed.get(key, '')}"


def _fate(change: RecordChange) -> str:
    """What became of a record, where that is more than a change of its fields."""
    return "" if change.sort is Sort.CHANGED else f" ({change.sort})"


def _titles(catalogue: Catalogue, now: Mapping[Key, str]) -> dict[Key, str]:
    return {
        (kind, now.get((kind, id), id)): record.title
        for kind, records in catalogue.records.items()
        for id, record in records.items()
    }


def _neighbours(before: Catalogue, after: Catalogue, now: Mapping[Key, str]) -> dict[Key, set[Key]]:
    """Links have no direction here, and count whether they were or are."""
    found: dict[Key, set[Key]] = defaultdict(set)
    for catalogue, present in ((before, now), (after, {})):
        for target, links in catalogue.links_to.items():
            goal = target[0], present.get(target, target[1])
            for link in links:
                source = link.kind, present.get((link.kind, link.id), link.id)
                found[goal].add(source)
                found[source].add(goal)
    return found


def _nearest(
    changed: Iterable[Key], neighbours: Mapping[Key, set[Key]]
) -> tuple[dict[Key, frozenset[Key]], dict[Key, Key]]:
    """Breadth first from all changed records at once: the nearest of each record, and the next step towards one."""
    nearest = {key: frozenset((key,)) for key in changed}
    towards: dict[Key, Key] = {}
    edge = sorted(nearest)
    while edge:
        reached: dict[Key, set[Key]] = defaultdict(set)
        for key in edge:
            for other in sorted(neighbours.get(key, ())):
                if other not in nearest:
                    reached[other] |= nearest[key]
                    towards.setdefault(other, key)
        nearest |= {key: frozenset(found) for key, found in reached.items()}
        edge = sorted(reached)
    return nearest, towards


def dead_addresses(before: Side, after: Side) -> tuple[DeadAddress, ...]:
    """Addresses of the earlier site that no page of the later one serves, each with the command that mends it.

    Former ids and tombstones keep an address alive: the site leads on from the one and says what became of the other.
    """
    owners = _owners(before.catalogue, {})
    return tuple(
        DeadAddress(address_of(file), title_of_page(before.tree[file]), _mend(owners.get(file)))
        for file in sorted(filter(is_page, before.tree.keys() - after.tree.keys()))
        if not _lives_on(owners.get(file), after.catalogue)
    )


def _lives_on(owner: Key | None, catalogue: Catalogue) -> bool:
    return owner is not None and (owner in catalogue.aliases or owner in catalogue.retired)


def _mend(owner: Key | None) -> str:
    if owner is None:
        return "The site's own page is gone; this is for the programmer."
    kind, id = owner
    if kind == "page":
        return "Put the page back where it was, or tell those who link to it."
    return (
        f'Put the record back, then run `catalogue retire {id} --because "…"`,'
        f" or `catalogue rename {id} NEW-ID` where it only got another id."
    )
