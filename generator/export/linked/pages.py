"""The data that stands in each page: what it is, where it is in the site, and the thing that it tells of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from html import unescape
from urllib.parse import urljoin

from generator.derive import Views
from generator.export.linked.addresses import IT, Addresses, place_of
from generator.export.linked.downloads import PLACE as DATA
from generator.export.linked.downloads import downloads
from generator.export.linked.schemaorg import described
from generator.export.offered import Distribution
from generator.export.plain import Json
from generator.model.catalogue import Catalogue
from generator.model.evidence import Record
from generator.model.kind import Kind

CONTEXT = "https://schema.org"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""Signs that could end the element or open a comment; JSON writes any sign by its number (RFC 8259, section 7)."""

FRONT = re.compile(r'^(title|description|gone): (".*"|true)$', re.MULTILINE)
CRUMBS = re.compile(r'<nav class="crumbs".*?</nav>', re.DOTALL)
CRUMB = re.compile(r'<li(?: aria-current="page")?>(?:<a href="([^"]*)">)?([^<]*)')


def with_linked_data(
    pages: Mapping[str, str],
    catalogue: Catalogue,
    views: Views,
    site: str,
    address: str,
    changed: Mapping[str, date],
    files: Iterable[Distribution] = (),
) -> dict[str, str]:
    """The pages of a tree, each with a block of JSON-LD; other files, and pages that only lead elsewhere, as they are.

    `site` is the name of the site, `address` its address, `changed` the day of the last change of content files,
    `files` the open data, which the page on them tells of.
    """
    told = _Pages(catalogue, views, site, Addresses(catalogue, address), changed, tuple(files))
    return {path: text + told.block(path, text) if path.endswith(".md") else text for path, text in pages.items()}


def script(value: Json) -> str:
    """A data block for HTML. No text in it can end it: browsers look for nothing but `</script` and `<!--` there."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(ESCAPED)
    return f'\n<script type="application/ld+json">{written}</script>\n'


class _Pages:
    def __init__(
        self,
        catalogue: Catalogue,
        views: Views,
        site: str,
        addresses: Addresses,
        changed: Mapping[str, date],
        files: tuple[Distribution, ...],
    ) -> None:
        self._files, self._kinds = files, catalogue.kinds
        self._views, self._site, self._addresses, self._changed = views, site, addresses, changed
        self._records: dict[str, tuple[Kind, Record]] = {
            place_of(kind, record.id): (kind, record) for kind in catalogue.kinds for record in catalogue.of(kind.name)
        }
        self._listings = {f"{kind.section}/": kind for kind in catalogue.kinds if kind.name != "page"}

    def block(self, path: str, text: str) -> str:
        """The data block of a page, by its file in the tree; nothing for a page that only leads elsewhere."""
        front = dict(FRONT.findall(text.partition("\n---\n")[0]))
        if "gone" in front:
            return ""
        meta = {name: unescape(json.loads(value)) for name, value in front.items()}
        place = path.removesuffix("index.md")
        nodes = [each for each in self._nodes(place, meta, text) if each]
        return script({"@context": CONTEXT, "@graph": [*nodes]})

    def _nodes(self, place: str, meta: Mapping[str, str], text: str) -> Iterator[dict[str, Json]]:
        kind, record = self._records.get(place, (None, None))
        is_about = kind is not None and kind.name != "page"
        about = place + IT if is_about or place in ("themes/", DATA) else ""
        yield self._page(place, meta, about, kind, record)
        yield self._trail(place, text)
        if not place:
            yield self._whole()
        elif place == "themes/":
            yield self._terms(meta)
        elif place == DATA:
            yield from downloads(self._files, self._kinds, self._site, meta["description"], self._addresses)
        if is_about and kind is not None and record is not None:
            yield described(kind, record, self._views, self._addresses)

    def _page(
        self, place: str, meta: Mapping[str, str], about: str, kind: Kind | None, record: Record | None
    ) -> dict[str, Json]:
        site = self._addresses.site
        made: dict[str, Json] = {
            "@type": "CollectionPage" if place in self._listings else "WebPage",
            "@id": site + place,
            "name": meta["title"],
            "description": meta["description"],
            "inLanguage": "en",
            "license": LICENCE,
            "isPartOf": {"@id": f"{site}#site"},
        }
        if about:
            made["mainEntity"] = {"@id": site + about}
        if kind and record and kind.folder and (day := self._changed.get(_file(kind, record))):
            made["dateModified"] = day.isoformat()
        return made

    def _trail(self, place: str, text: str) -> dict[str, Json]:
        """The way to a page, as the page itself shows it."""
        here = self._addresses.site + place
        found = CRUMBS.search(text)
        steps = CRUMB.findall(found[0]) if found else []
        items: list[Json] = [
            {
                "@type": "ListItem",
                "position": number,
                "name": unescape(name),
                "item": {"@id": urljoin(here, unescape(link))},
            }
            for number, (link, name) in enumerate(steps, 1)
        ]
        return {"@type": "BreadcrumbList", "itemListElement": items} if items else {}

    def _whole(self) -> dict[str, Json]:
        site = self._addresses.site
        return {
            "@type": "WebSite",
            "@id": f"{site}#site",
            "url": site,
            "name": self._site,
            "inLanguage": "en",
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": f"{site}search/?q={{q}}"},
                "query-input": "required name=q",
            },
        }

    def _terms(self, meta: Mapping[str, str]) -> dict[str, Json]:
        return {
            "@type": "DefinedTermSet",
            "@id": f"{self._addresses.site}themes/{IT}",
            "name": meta["title"],
            "license": LICENCE,
        }


def _file(kind: Kind, record: Record) -> str:
    ending = "md" if kind.name == "page" else "yml"
    return f"{kind.folder}/{record.id}.{ending}"
