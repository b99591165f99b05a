"""Whatever is there can be found: by search, by search engines, and on the listing of its section."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import unquote

from lxml import etree

from generator.verification.flaw import Flaw
from generator.verification.output import LOST, Output
from generator.verification.pages import Page

UNSEARCHED = {
    LOST: "answers for addresses at which nothing stands",
    "search/index.html": "is the search",
    "*/status/*": "lists records",
    "bibliography/index.html": "lists what records cite",
    "codes/index.html": "lists the codes",
    "compare/index.html": "is filled by its script",
    "state/index.html": "lists what records lack",
    "statistics/index.html": "counts records",
    "timeline/index.html": "lists what records tell",
}
"""Pages that our search leaves out besides former addresses and listings of records, and why."""
UNLISTED = {
    "about/index.html": "is a listing",
    "*/status/*": "is reached from the head of its listing",
}
"""Pages below a section that its listing need not name, and why."""
NAMES, FORMER, ENTRY = "assets/data/names.json", "assets/data/former.json", "pagefind/pagefind-entry.json"
PLACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def is_page(page: Page) -> bool:
    """Whether it is a page of ours rather than something for other sites to frame (`card.html`)."""
    return page.file == LOST or page.file.endswith("index.html")


def unsearched(output: Output) -> Iterator[Flaw]:
    """Pages that our search should know and does not, or knows and should not."""
    left_out = (*UNSEARCHED, *(f"{section}/index.html" for section in (*_sections(output), "figures")))
    for page in filter(is_page, output.pages.values()):
        meant = not page.is_hidden and not any(fnmatchcase(page.file, pattern) for pattern in left_out)
        if meant and not page.is_searched:
            mend = "Mark its text with data-pagefind-body, or give it a row in verification/finding.py (UNSEARCHED)."
            yield Flaw(page.file, "The search does not read this page.", mend)
        elif page.is_searched and not meant:
            mend = "Write `search: false` into its front matter."
            yield Flaw(page.file, "The search reads this page, which only lists or replaces others.", mend)
    yield from _index_and_pages(output)


def _index_and_pages(output: Output) -> Iterator[Flaw]:
    """What Pagefind's files hold, against the pages that are marked for it."""
    again = "Run catalogue build again; if it stays, Pagefind has changed the form of its files."
    if ENTRY not in output.sizes:
        yield Flaw(ENTRY, "There is no search index.", again)
        return
    marked = {page.file for page in output.pages.values() if page.is_searched}
    try:
        held = {_file_of(gzip.decompress(output.bytes_of(file))) for file in output.files(".pf_fragment")}
        counted = {key: each["page_count"] for key, each in json.loads(output.bytes_of(ENTRY))["languages"].items()}
    except (ValueError, OSError, EOFError, KeyError) as error:
        yield Flaw(ENTRY, f"The search index cannot be read ({error}).", again)
        return
    for file in sorted(marked - held):
        yield Flaw(file, "The search index does not know this page.", again)
    for file in sorted(held - marked):
        yield Flaw(file, "The search index knows this page, which is not there or not meant for it.", again)
    languages = Counter(output.pages[file].language.partition("-")[0] for file in marked)
    if counted != dict(languages) and marked == held:
        yield Flaw(ENTRY, f"The search counts {counted} pages by language, and there are {dict(languages)}.", again)


def _file_of(fragment: bytes) -> str:
    address = str(json.loads(fragment.partition(b"{")[1] + fragment.partition(b"{")[2])["url"]).lstrip("/")
    return f"{unquote(address)}index.html" if address.endswith("/") or not address else unquote(address)


def unmapped(output: Output) -> Iterator[Flaw]:
    """Pages that the site map lacks, and addresses in it that are no pages."""
    file = "sitemap.xml"
    if file not in output.sizes:
        yield Flaw(file, "There is no site map.", "Run catalogue build again.")
        return
    try:
        root = etree.fromstring(output.bytes_of(file), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return  # told with the data
    named = {(each.text or "").strip() for each in root.iter(PLACE)}
    wanted = {output.address + page.address: page for page in output.pages.values() if _is_for_all(page)}
    for address in sorted(set(wanted) - named):
        yield Flaw(wanted[address].file, "The site map does not name this page.", "See overrides/sitemap.xml.")
    for address in sorted(named - set(wanted)):
        yield Flaw(file, f"It names {address}, which is no page for search engines.", "See overrides/sitemap.xml.")
    packed = f"{file}.gz"
    if packed in output.sizes and gzip.decompress(output.bytes_of(packed)) != output.bytes_of(file):
        yield Flaw(packed, "It says something else than sitemap.xml.", "Run catalogue build again.")


def _is_for_all(page: Page) -> bool:
    return is_page(page) and page.file != LOST and not page.is_hidden


def unlisted(output: Output) -> Iterator[Flaw]:
    """Records without a page, and pages of records that the listing of their section does not name."""
    for section, told in _sections(output).items():
        for key in told["records"]:
            if f"{section}/{key}/index.html" not in output.pages:
                yield Flaw(f"{section}/{key}/index.html", "A record has no page.", "See generator/render.")
    for page in output.pages.values():
        listing = page.file.rpartition("/")[0].rpartition("/")[0] + "/index.html"
        if not is_page(page) or page.is_hidden or page.file.count("/") < 2 or listing not in output.pages:
            continue
        exempt = any(fnmatchcase(page.file, pattern) for pattern in UNLISTED)
        if not exempt and page.file not in _named(output, output.pages[listing]):
            yield Flaw(page.file, f"Its listing, {listing}, does not name it.", "See generator/render/listing.py.")


def _named(output: Output, listing: Page) -> frozenset[str | None]:
    return frozenset(output.found(listing.file, target) for target in listing.listed)


def _sections(output: Output) -> dict[str, Any]:
    """The sections of records and the keys of their records, as our own pages look them up."""
    try:
        found: dict[str, Any] = json.loads(output.bytes_of(NAMES))
    except (ValueError, OSError):  # told with the data
        return {}
    return found


def names_of(output: Output, section: str) -> frozenset[str]:
    """The names of the records of a section, as an engine makes anchors from them."""
    records = _sections(output).get(section, {"records": {}})["records"]
    return frozenset(
        re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") for names in records.values() for name in names
    )


def hidden_without_reason(output: Output) -> Iterator[Flaw]:
    """Pages that ask search engines to leave them out and are not at a former address, and the other way round."""
    try:
        told = json.loads(output.bytes_of(FORMER))
        former = {*told["redirects"], *(each for one in told["retired"] for each in one["addresses"])}
    except (ValueError, OSError, KeyError):
        return  # told with the data
    for page in filter(is_page, output.pages.values()):
        if page.is_hidden and page.address not in former and page.file != LOST:
            mend = "Only former addresses may: see `gone` in its front matter."
            yield Flaw(page.file, "It asks search engines to leave it out.", mend)
    for address in sorted(former):
        if f"{address}index.html" not in output.pages:
            yield Flaw(f"{address}index.html", "A former address has no page.", "See generator/render/gone.py.")
