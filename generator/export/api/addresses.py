"""Where everything of the API stands: paths below the site's folder, and addresses under the site's own.

Ids are in small letters in addresses, as those of pages are; an address once published never dies.
"""

from __future__ import annotations

from typing import Any

from generator.export.linked.addresses import IT, NOWHERE, place_of
from generator.model.catalogue import Catalogue
from generator.model.kind import Kind

FOLDER = "api/v1/"
ID = "{id}"
"""Stands for the id in the address of a record (RFC 6570)."""


class Addresses:
    """The addresses of a catalogue's data. `site` is the address of the site."""

    def __init__(self, catalogue: Catalogue, site: str) -> None:
        self.site = site or NOWHERE
        self.base = f"{self.site}{FOLDER}"
        self._kinds = {kind.name: kind for kind in catalogue.kinds}
        self._catalogue = catalogue

    def kind(self, name: str) -> Kind:
        """The kind of this name."""
        return self._kinds[name]

    def page(self, kind: Kind, id: str) -> str:
        """The page of a record."""
        return f"{self.site}{place_of(kind, id)}"

    def record(self, kind: Kind, id: str) -> str:
        """A record as JSON."""
        return f"{self.base}{path_of(kind, id)}"

    def all(self, kind: Kind) -> str:
        """The file with all records of a kind."""
        return f"{self.base}{kind.section}.json"

    def schema(self, name: str) -> str:
        """The JSON Schema of a sort of file."""
        return f"{self.base}schema/{name}.json"

    def lookup(self, name: str) -> str:
        """A table to look something up in."""
        return f"{self.base}lookup/{name}.json"

    def links(self, kind: Kind, id: str) -> dict[str, str]:
        """Where a record is to be had, in which forms."""
        page = self.page(kind, id)
        return {
            "self": self.record(kind, id),
            "page": page,
            "thing": page + IT,
            "all": self.all(kind),
            "schema": self.schema(kind.name),
            "markdown": f"{page}index.md.txt",
            "bibtex": f"{page}cite.bib",
            "ris": f"{page}cite.ris",
            "csl": f"{page}cite.json",
            "card": f"{page}card.html",
        }

    def named(self, kind: Kind, record: Any) -> dict[str, str]:
        """A record by its name and where it is."""
        return {
            "kind": kind.name,
            "id": record.id,
            "title": str(record.title),
            "address": self.record(kind, record.id),
            "page": self.page(kind, record.id),
        }


def path_of(kind: Kind, id: str) -> str:
    """The file of a record below the folder of the API: `countries/cl.json`."""
    return f"{kind.section}/{id if id == ID else id.lower()}.json"


def data_kinds(catalogue: Catalogue) -> tuple[Kind, ...]:
    """The kinds that are data; hand-written pages are none."""
    return tuple(kind for kind in catalogue.kinds if kind.name != "page")
