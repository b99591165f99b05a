"""The addresses of a built site that stay for good, and the ledger of all that were ever published.

An address is written as it stands below the site's own: `/programmes/urbelac/`, `/api/v1/catalogue.sqlite`,
`/programmes/urbelac/#evidence`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from generator.verification.finding import is_page, names_of
from generator.verification.flaw import Flaw
from generator.verification.output import Output
from generator.verification.pages import Page

NOT_KEPT = {
    "404.html": "answers for addresses at which nothing stands",
    "assets/*": "serves our own pages, which name it anew with each build",
    "pagefind/*": "serves our own search, and has names made from what it holds",
    "*asof.json": "serves the script of the page beside it",
    "sitemap.xml.gz": "is sitemap.xml once more",
    ".nojekyll": "tells a host what to do",
    "_headers": "tells a host what to do",
    "_redirects": "tells a host what to do",
}
"""Files whose addresses are no promise, and why."""
OF_A_DAY = ("*/status/*", "timeline/*")
"""Pages whose sections come and go with the day."""
MADE_FROM_TEXT = re.compile(r"y?\d.*|.")
"""Anchors made from a year, a date or a letter."""
HEAD = (
    "# Addresses that were published, below that of the site: a build fails where one leads nowhere any more.",
    "# Written by `catalogue addresses`, which adds to them; nothing is ever taken out.",
)
"""What a ledger says of itself; it stands first when all lines are sorted."""


def addresses_of(output: Output) -> frozenset[str]:
    """The addresses of a site that readers and programs may rely on: pages, data, and anchors."""
    files = (file for file in output.sizes if not any(fnmatchcase(file, pattern) for pattern in NOT_KEPT))
    pages = {f"/{_address(file)}" for file in files}
    return frozenset(pages.union(*(_anchors(output, page) for page in output.pages.values())))


def _address(file: str) -> str:
    return file.removesuffix("index.html") if file == "index.html" or file.endswith("/index.html") else file


def _anchors(output: Output, page: Page) -> Iterator[str]:
    """The anchors of its sections, and of rows that carry the id of a record or of a field.

    Those of hand-written prose and of titles are made from their words, so they are none; nor are those that count
    (`e3`) or name a year.
    """
    if not is_page(page) or page.is_hidden:
        return
    titles = names_of(output, page.file.partition("/")[0])
    sections = () if page.is_prose or any(fnmatchcase(page.file, pattern) for pattern in OF_A_DAY) else page.sections
    for id in page.ids:
        is_section = id in sections and id not in titles and not MADE_FROM_TEXT.fullmatch(id)
        if is_section or id.startswith("field-") or _is_record(output, page, id):
            yield f"/{page.address}#{id}"


def _is_record(output: Output, page: Page, id: str) -> bool:
    """Whether it stands for a record on the listing of its section."""
    return f"{page.address}{id}/index.html" in output.pages


# -- the ledger


def parse(text: str) -> frozenset[str]:
    """The addresses of a ledger: a line each; lines that begin with # say what it is."""
    return frozenset(line.strip() for line in text.splitlines() if line.startswith("/"))


def written(addresses: Iterable[str]) -> str:
    """A ledger as text: sorted, a line each, so that two that grew apart are joined line by line."""
    return "".join(f"{line}\n" for line in (*HEAD, *sorted(addresses)))


def dead(output: Output, ledger: frozenset[str]) -> Iterator[Flaw]:
    """Each address that was published and is neither served, nor leads on, nor is a tombstone.

    What stood beside the page of a record goes with it: where that page leads on or is a tombstone, it tells. A
    section that has nothing to show any more leads to the top of its page; it is dead where its sort of page has it
    no more.
    """
    anchors: dict[tuple[str, str], list[str]] = defaultdict(list)
    for address in sorted(ledger):
        path, mark, fragment = address[1:].partition("#")
        if mark:
            anchors[_family(path), fragment].append(path)
        elif output.found("", path or ".") is None and not _is_former(output, path):
            yield _dead_page(address) if address.endswith("/") else _dead_file(address)
    for (family, fragment), pages in sorted(anchors.items()):
        yield from _dead_anchor(output, family, fragment, pages)


def _is_former(output: Output, path: str) -> bool:
    """Whether the page beside which a file stood leads on or is a tombstone."""
    page = output.pages.get(f"{path.rpartition('/')[0]}/index.html")
    return page is not None and page.is_hidden


def _dead_page(address: str) -> Flaw:
    *folders, id = address.strip("/").split("/")
    mend = (
        f"If the record has another id now, take that back and use catalogue rename {id} NEW; if it is gone for good, "
        f"use catalogue retire {id} --because '…' before its file goes, or write it into content/retired.yml."
        if folders and folders[0] != "about"
        else f"Write `aliases: [{address.strip('/')}]` into the page that took its place, or put it into "
        "content/retired.yml."
    )
    return Flaw(f"{address.strip('/')}/index.html", "This page was published, and nothing stands at its address.", mend)


def _dead_file(address: str) -> Flaw:
    mend = (
        "Let generator/export write it again, beside the one that took its place: who uses it is not told of a change."
    )
    return Flaw(address[1:], "This file was published, and nothing stands at its address.", mend)


def _dead_anchor(output: Output, family: str, fragment: str, pages: list[str]) -> Iterator[Flaw]:
    there = [output.pages[f"{path}index.html"] for path in pages if f"{path}index.html" in output.pages]
    alive = [page for page in there if page.is_hidden or fragment in output.ids[page.file]]
    if alive or not there or _is_former(output, f"{family}{fragment}/") or _stands(output, family, fragment):
        return
    many = f", and {len(there)} pages of its sort had it" if len(there) > 1 else ""
    what = f"Its anchor '#{fragment}' was published and is gone{many}."
    mend = f'Give its place that id again, or put <span id="{fragment}"></span> where readers shall arrive.'
    yield Flaw(there[0].file, what, mend)


def _stands(output: Output, family: str, fragment: str) -> bool:
    """Whether another page of the sort has the anchor: then these have nothing to show there."""
    return any(_family(page.address) == family and fragment in output.ids[page.file]
               for page in output.pages.values() if is_page(page))  # fmt: skip


def _family(path: str) -> str:
    """Pages of one sort share the folder in which theirs is: `programmes/` for `programmes/urbelac/`."""
    return path.rstrip("/").rpartition("/")[0] + "/" if "/" in path.rstrip("/") else path
