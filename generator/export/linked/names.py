"""The names that the RDF of the records uses: for a field, a sort of thing, a word of a list.

A field has a word of others where that says exactly the same of every record; all others are named by the models, below
the address of the file that explains them (`terms.py`), so that whoever asks for a name gets what it means.
"""

from __future__ import annotations

from generator.export.linked.addresses import NOWHERE
from generator.export.linked.graph import Iri, named

FILE = "api/v1/terms.ttl"
PREFIX = "term"

SAME = {
    "broader": "skos:broader",
    "description": "dct:description",
    "id": "dct:identifier",
    "name": "schema:name",
    "note": "skos:note",
    "replaces": "dct:replaces",
    "sources": "dct:source",
    "summary": "dct:abstract",
    "title": "dct:title",
    "url": "schema:url",
    "website": "foaf:page",
}
"""Fields that others have a word for. `foaf:homepage` would make one of two bodies with the same site."""

LISTED = "listed"
EARLIEST, LATEST = "earliest", "latest"


class Names:
    """The names, below the address of a site."""

    def __init__(self, address: str) -> None:
        self.base = f"{address or NOWHERE}{FILE}#"

    def own(self, name: str) -> Iri:
        """A name of ours."""
        return Iri(self.base + name)

    def field(self, name: str, ending: str = "") -> Iri:
        """The property of a field; with an ending that of what follows from it, as `start_earliest`."""
        if ending:
            return self.own(f"{name}_{ending}")
        return named(SAME[name]) if name in SAME else self.own(name)

    def word(self, choice: str, word: str) -> Iri:
        """A word of a list of words, as `AgreementType-trade-agreement`."""
        return self.own(f"{choice}-{word}")
