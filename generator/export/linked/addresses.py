"""The identifiers of things: stable, under the site's own address, each apart from the page that tells of it.

`…/programmes/urbelac/` is a page: it has a licence and a day of change. `…/programmes/urbelac/#it` is the programme:
it has a budget and a start. Whoever asks for either gets the page, since what follows `#` is never sent.
"""

from __future__ import annotations

from typing import Any

from generator.kinds.country import country_name
from generator.model.catalogue import Catalogue
from generator.model.evidence import Record
from generator.model.kind import Kind
from generator.model.values import Reference

NOWHERE = "https://catalogue.example/"
"""Stands for the address of a site that has none yet (RFC 2606)."""
IT = "#it"


class Addresses:
    """Where the pages and the things of a catalogue are. `site` is the address of the site."""

    def __init__(self, catalogue: Catalogue, site: str) -> None:
        self._catalogue = catalogue
        self._kinds = {kind.name: kind for kind in catalogue.kinds}
        self._found: dict[tuple[tuple[str, ...], str], tuple[Kind, Any]] = {}
        self.site = site or NOWHERE

    def page(self, kind: Kind, id: str) -> str:
        """The page of a record."""
        return f"{self.site}{place_of(kind, id)}"

    def thing(self, kind: Kind, id: str) -> str:
        """What the record is about."""
        return self.page(kind, id) + IT

    def target(self, reference: Reference) -> tuple[Kind, Any]:
        """The kind and the record that a reference leads to; None for a country that has no record."""
        key = reference.kinds, str(reference)
        if key not in self._found:
            self._found[key] = self._target(reference)
        return self._found[key]

    def _target(self, reference: Reference) -> tuple[Kind, Any]:
        for name in reference.kinds:
            if found := self._catalogue.find(name, reference):
                return self._kinds[name], found
        return self._kinds[reference.kinds[0]], None

    def meant(self, reference: Reference) -> str:
        """The thing that a reference leads to, by its present id."""
        kind, record = self.target(reference)
        return self.thing(kind, record.id if record else str(reference))


def place_of(kind: Kind, id: str) -> str:
    """The address of a record's page below that of the site: `programmes/urbelac/`."""
    stem = id if kind.name == "page" else kind.page(id).removesuffix(".md")
    return "" if stem == "index" else stem.removesuffix("/index") + "/"


def name_of(kind: Kind, record: Record) -> str:
    """The English name of a record, as its page is headed."""
    return country_name(record.id, "en") if kind.name == "country" else record.title
