"""The catalogue as linked data: JSON-LD in pages, SKOS, DCAT, and every record as RDF."""

from __future__ import annotations

from generator.export.linked.json_ld import json_ld
from generator.export.linked.themes import themes
from generator.export.linked.turtle import turtle
from generator.model.catalogue import Catalogue

FOLDER = "api/v1/"


def linked_files(catalogue: Catalogue, site: str, address: str) -> dict[str, str]:
    """All files of linked data, by path below the site's folder. `site` is its name, `address` its address."""
    vocabulary = themes(catalogue, site, address)
    return {
        f"{FOLDER}themes.ttl": turtle(*vocabulary),
        f"{FOLDER}themes.jsonld": json_ld(*vocabulary),
    }
