"""`llms.txt`: where programs that read begin, in the form of llmstxt.org; it leads to the reading form of pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape

from generator.model.catalogue import Catalogue
from generator.render.reading import ENDING, FRONT, plain
from generator.render.words import Words

OVERVIEWS = ("timeline", "statistics", "state", "bibliography", "data", "follow")
Data = Iterable[tuple[str, str, str]]
"""Files of open data: title, path below the site's folder, what it is for."""


def llms(
    tree: Mapping[str, str | bytes],
    catalogue: Catalogue,
    data: Data,
    name: str,
    description: str,
    address: str,
    words: Words,
) -> str:
    """The text of `llms.txt` for a tree with the reading form of its pages. `address` is that of the site."""
    say = words.say
    sections = (
        (say("Records"), _records(tree, catalogue, address, words)),
        (say("Overviews"), _pages(tree, (f"{page}/" for page in OVERVIEWS), address)),
        (say("About"), _pages(tree, sorted(_below(tree, "about/")), address)),
        (say("Data"), [_line(say(title), address + path, say(what)) for title, path, what in data]),
        (say("Optional"), _pages(tree, ("fields/", "codes/"), address)),
    )
    told = [f"## {title}\n\n{chr(10).join(lines)}" for title, found in sections if (lines := list(found))]
    return "\n\n".join([f"# {plain(name)}", f"> {plain(description)}", _how(words, address), *told]) + "\n"


def _how(words: Words, address: str) -> str:
    texts = (
        "Each fact of a record has the numbers of its sources, which stand under «Evidence» at the end of its page. "
        "Words say where something is missing: «not verified», «disputed», «date inferred», «not known», "
        "«our classification». A status is computed from dates, for the day that each page names.",
        "Each page has a form in Markdown: the address of the page with «{ending}» added. Cite the address of the page "
        "and the day. The content is under CC BY 4.0.",
    )
    return "\n\n".join(words.say(text).format(ending=ENDING) for text in texts)


def _records(tree: Mapping[str, str | bytes], catalogue: Catalogue, address: str, words: Words) -> Iterator[str]:
    for kind in catalogue.kinds:
        if kind.name != "page":
            count = words.count("{n} record.", "{n} records.", len(catalogue.of(kind.name)))
            yield from (f"{line[0]}: {count} {line[1]}" for line in _told(tree, [f"{kind.section}/"], address))


def _pages(tree: Mapping[str, str | bytes], places: Iterable[str], address: str) -> Iterator[str]:
    return (f"{link}: {what}" for link, what in _told(tree, places, address))


def _told(tree: Mapping[str, str | bytes], places: Iterable[str], address: str) -> Iterator[tuple[str, str]]:
    """Link and description of each page that has a reading form."""
    for place in places:
        page = tree.get(f"{place}index.md")
        if isinstance(page, str) and f"{place}{ENDING}" in tree:
            yield f"- [{_meta(page, 'title')}]({address}{place}{ENDING})", _meta(page, "description")


def _line(title: str, url: str, what: str) -> str:
    return f"- [{plain(title)}]({url}): {what}"


def _below(tree: Mapping[str, str | bytes], place: str) -> Iterator[str]:
    return (path.removesuffix("index.md") for path in tree if path.startswith(place) and path.endswith("/index.md"))


def _meta(page: str, name: str) -> str:
    front = FRONT.match(page)
    found = re.search(rf"^{name}: (\".*\")$", front[1], re.MULTILINE) if front else None
    return plain(unescape(json.loads(found[1]))) if found else ""
