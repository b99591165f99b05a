"""The catalogue as linked data: JSON-LD in pages, SKOS, DCAT, and every record as RDF."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from generator.export.linked.dcat import About, dcat
from generator.export.linked.json_ld import json_ld, json_ld_parts
from generator.export.linked.records import records
from generator.export.linked.statuses import statuses
from generator.export.linked.terms import terms
from generator.export.linked.themes import themes
from generator.export.linked.turtle import turtle, turtle_parts
from generator.export.offered import Distribution
from generator.export.tables.shapes import Table
from generator.model.catalogue import Catalogue

FOLDER = "api/v1/"


def linked_files(catalogue: Catalogue, spans: Table, site: str, address: str) -> dict[str, str | bytes]:
    """All files of linked data, by path below the site's folder.

    `spans` is the table of statuses; `site` is the name of the site, `address` its address.
    """
    vocabulary = themes(catalogue, site, address)
    return {
        f"{FOLDER}catalogue.ttl": _together(turtle_parts(*records(catalogue, site, address))),
        f"{FOLDER}catalogue.jsonld": _together(json_ld_parts(*records(catalogue, site, address))),
        f"{FOLDER}statuses.ttl": _together(turtle_parts(*statuses(spans, catalogue, site, address))),
        f"{FOLDER}terms.ttl": turtle(*terms(catalogue, spans, site, address)),
        f"{FOLDER}themes.ttl": turtle(*vocabulary),
        f"{FOLDER}themes.jsonld": json_ld(*vocabulary),
    }


def dcat_files(files: Iterable[Distribution], catalogue: Catalogue, today: date, about: About) -> dict[str, str]:
    """The description of the other files for data portals, by path below the site's folder."""
    described = dcat(files, catalogue, today, about)
    return {f"{FOLDER}dcat.ttl": turtle(*described), f"{FOLDER}dcat.jsonld": json_ld(*described)}


def _together(parts: Iterable[str]) -> bytes:
    """A large file as bytes: as one text it would take twice the memory, and its parts as much again."""
    made = bytearray()
    for part in parts:
        made += part.encode()
    return bytes(made)
