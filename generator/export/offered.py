"""What each file of open data is: the one table behind llms.txt and whatever else tells of the files.

A file below `api/v1/` has exactly one row here. What a table holds is told by the Data Package, and read
from there.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from generator.model.kind import Kind

FOLDER = "api/v1/"
PACKAGE = f"{FOLDER}datapackage.json"
SUMS = f"{FOLDER}SHA256SUMS"
OPENAPI = f"{FOLDER}openapi.json"


@dataclass(frozen=True)
class Sort:
    """A sort of file: what readers call it, its media type at IANA, its word in the EU's table of file types.

    Empty where the register or the table has none.
    """

    name: str
    media_type: str = ""
    file_type: str = ""


CFF = Sort("CFF", "application/yaml")
CSV = Sort("CSV", "text/csv", "CSV")
EXCEL = Sort("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX")
JSON = Sort("JSON", "application/json", "JSON")
JSON_LD = Sort("JSON-LD", "application/ld+json", "JSON_LD")
NDJSON = Sort("NDJSON")
SQLITE = Sort("SQLite", "application/vnd.sqlite3")
TEXT = Sort("text", "text/plain", "TXT")
TURTLE = Sort("Turtle", "text/turtle", "RDF_TURTLE")
XML = Sort("XML", "application/xml", "XML")


@dataclass(frozen=True)
class Offer:
    """A row: a file, or all files of a family.

    In `pattern`, the path below `api/v1/`, `{table}` stands for the name of a table, `{name}` for that of a schema,
    `{section}` for the first part of the address of a kind's records, `{id}` for a record. `standard` is the address
    of what the file keeps to.
    """

    pattern: str
    title: str
    what: str
    sort: Sort
    standard: str = ""
    kind: str = ""
    """The kind of record that it is about; empty for the whole catalogue, and where the path tells the kind."""


@dataclass(frozen=True)
class Distribution:
    """A file of open data as it is published: `path` below the site's folder, its row, and what it holds.

    `title` and `what` are those of the row, but of the table where the Data Package describes one. `kind` is empty for
    what is about the whole catalogue; `record` is the id where the file is of a single record.
    """

    path: str
    offer: Offer
    title: str
    what: str
    kind: str
    record: str
    size: int
    """In bytes."""
    sha256: str

    @property
    def family(self) -> str:
        """What all files of its family are; empty for one of its own."""
        return self.offer.title if "{" in self.offer.pattern else ""

    @property
    def format(self) -> str:
        """The sort of file, as readers call it."""
        return self.offer.sort.name


OFFERS = (
    Offer(
        "index.json", "Index of the JSON files", "What there is as JSON and where, for which day, under which licence.",
        JSON,
    ),
    Offer(
        "everything.ndjson", "Everything, a record a line",
        "All records of all kinds as JSON, one a line, with what they rest on and what follows from their dates.",
        NDJSON,
    ),
    Offer(
        "{section}.json", "All records of a kind, as JSON",
        "Each record with its evidence, its sources, what follows from its dates, and links to its other forms.", JSON,
    ),
    Offer(
        "{section}/{id}.json", "A record as JSON",
        "One record by itself; at a former id, where it went.", JSON,
    ),
    Offer(
        "lookup/{table}.json", "Words and codes to look up, as JSON",
        "Names and codes of countries, members of groups by day, themes, organisations, every word of every field.",
        JSON,
    ),
    Offer(
        "schema/{name}.json", "JSON Schema", "What a sort of JSON file may hold, with the meaning of each field.", JSON,
        "https://json-schema.org/draft/2020-12/schema",
    ),
    Offer(
        "openapi.json", "Description of the JSON files", "All addresses and what stands there, for programs (OpenAPI).",
        JSON, "https://spec.openapis.org/oas/v3.1.0",
    ),
    Offer(
        "catalogue.xlsx", "Workbook",
        "All tables in one file for spreadsheet programs, with a sheet that explains every column.", EXCEL,
        "https://www.iso.org/standard/71691.html",
    ),
    Offer(
        "catalogue.sqlite", "Database",
        "All tables in one file for questions in SQL, with keys that lead from table to table and views to begin with.",
        SQLITE, "https://www.sqlite.org/fileformat2.html",
    ),
    Offer(
        "datapackage.json", "Description of the tables",
        "A Data Package: what each column of each table holds, for programs that load them all at once.", JSON,
        "https://datapackage.org/profiles/2.0/datapackage.json",
    ),
    Offer(
        "tables/csv-metadata.json", "Description of the tables for linked data",
        "The same tables described as CSV on the Web.", JSON, "https://www.w3.org/TR/tabular-metadata/",
    ),
    Offer(
        "tables/{table}.csv", "Tables", "A table, in the form that every program reads.", CSV,
        "https://www.rfc-editor.org/rfc/rfc4180",
    ),
    Offer(
        "iati/activities.xml", "Programmes as IATI activities",
        "What aid databases read: programmes that have what the standard needs, told second-hand and without money.",
        XML, "https://iatistandard.org/en/iati-standard/203/", "programme",
    ),
    Offer(
        "iati/missing.json", "What programmes lack for IATI",
        "Which programmes are not among the activities, and what each of them lacks.", JSON, kind="programme",
    ),
    Offer(
        "catalogue.ttl", "All records as linked data",
        "Every field that the records state, with its evidence, for programs that follow links.", TURTLE,
        "https://www.w3.org/TR/turtle/",
    ),
    Offer(
        "catalogue.jsonld", "All records as linked data, in JSON-LD",
        "The same as catalogue.ttl, for programs that read JSON.", JSON_LD, "https://www.w3.org/TR/json-ld11/",
    ),
    Offer(
        "statuses.ttl", "Statuses by date as linked data",
        "What follows from the dates of the records: which agreement bound whom on a day, what ran and what had ended.",
        TURTLE, "https://www.w3.org/TR/turtle/",
    ),
    Offer(
        "dcat.ttl", "Description for data portals",
        "What files there are, with size, licence and checksum, as portals of open data read it.", TURTLE,
        "https://semiceu.github.io/DCAT-AP/releases/3.0.1/",
    ),
    Offer(
        "dcat.jsonld", "Description for data portals, in JSON-LD", "The same as dcat.ttl.", JSON_LD,
        "https://semiceu.github.io/DCAT-AP/releases/3.0.1/",
    ),
    Offer(
        "terms.ttl", "Names in the linked data", "What each name that is our own means, as editors are told it.",
        TURTLE, "https://www.w3.org/TR/rdf-schema/",
    ),
    Offer(
        "themes.ttl", "Themes as a vocabulary",
        "The themes with their names in several languages, matched to EuroVoc and to the codes of the OECD-DAC.",
        TURTLE, "http://www.w3.org/2004/02/skos/core", "theme",
    ),
    Offer(
        "themes.jsonld", "Themes as a vocabulary, in JSON-LD", "The same as themes.ttl, for programs that read JSON.",
        JSON_LD, "http://www.w3.org/2004/02/skos/core", "theme",
    ),
    Offer(
        "SHA256SUMS", "Checksums", "The SHA-256 of every other file, to see that what you took is whole.", TEXT,
        "https://www.gnu.org/software/coreutils/sha256sum",
    ),
    Offer(
        "CITATION.cff", "How to cite the catalogue",
        "For programs that manage references, with the day for which the data were built.", CFF,
        "https://doi.org/10.5281/zenodo.5171937",
    ),
)  # fmt: skip
"""Every file of open data, in the order in which a reader would look for one."""


def offered(tree: Mapping[str, str | bytes], kinds: tuple[Kind, ...]) -> tuple[Distribution, ...]:
    """The files of open data in a tree, in the order of the rows. Files without a row are left out."""
    told = _tables(tree)
    found = sorted(_matched(tree, kinds), key=lambda each: OFFERS.index(each[1]))
    return tuple(_distribution(path, offer, parts, tree[path], told, kinds) for path, offer, parts in found)


def sums(tree: Mapping[str, str | bytes]) -> str:
    """The checksum of each file below `api/v1/`, as `sha256sum --check` reads them from there."""
    listed = sorted((path.removeprefix(FOLDER), data) for path, data in tree.items() if path.startswith(FOLDER))
    return "".join(f"{_sum(_bytes(data))}  {path}\n" for path, data in listed)


def strangers(tree: Mapping[str, str | bytes], kinds: tuple[Kind, ...]) -> tuple[str, ...]:
    """A sentence for each file below `api/v1/` that has no row, or several."""
    found: dict[str, int] = {path: 0 for path in tree if path.startswith(FOLDER)}
    for path, _, _ in _matched(tree, kinds):
        found[path] += 1
    return tuple(
        f"{path} has {count or 'no'} row{'s' if count > 1 else ''} in OFFERS (generator/export/offered.py). "
        "Give it one that says what it is for."
        for path, count in found.items()
        if count != 1
    )


def _matched(
    tree: Mapping[str, str | bytes], kinds: tuple[Kind, ...]
) -> Iterator[tuple[str, Offer, Mapping[str, str]]]:
    patterns = [(offer, _compiled(offer.pattern, tuple(kind.section for kind in kinds))) for offer in OFFERS]
    for path in tree:
        if path.startswith(FOLDER):
            for offer, pattern in patterns:
                if match := pattern.fullmatch(path):
                    yield path, offer, match.groupdict()


@lru_cache(maxsize=256)
def _compiled(pattern: str, sections: tuple[str, ...]) -> re.Pattern[str]:
    parts = {"table": "[a-z0-9_]+", "name": "[a-z0-9-]+", "id": "[^/]+", "section": "|".join(map(re.escape, sections))}
    written = re.escape(FOLDER + pattern)
    for name, part in parts.items():
        written = written.replace(rf"\{{{name}\}}", f"(?P<{name}>{part})")
    return re.compile(written)


def _tables(tree: Mapping[str, str | bytes]) -> dict[str, tuple[str, str]]:
    """Title and description of each table by its path, as the Data Package has them."""
    package = tree.get(PACKAGE)
    described = json.loads(package)["resources"] if package else []
    return {f"{FOLDER}{each['path']}": (each["title"], each["description"]) for each in described}


def _distribution(
    path: str,
    offer: Offer,
    parts: Mapping[str, str],
    data: str | bytes,
    told: Mapping[str, tuple[str, str]],
    kinds: tuple[Kind, ...],
) -> Distribution:
    kind = offer.kind or _kind_of(parts, kinds)
    one = (
        parts.get("id")
        or parts.get("name")
        or parts.get("table")
        or next((k.title for k in kinds if k.name == kind), "")
    )
    title, what = told.get(path, (f"{offer.title}: {one}" if parts else offer.title, offer.what))
    written = _bytes(data)
    return Distribution(path, offer, title, what, kind, parts.get("id", ""), len(written), _sum(written))


def _kind_of(parts: Mapping[str, str], kinds: tuple[Kind, ...]) -> str:
    """The kind that a path tells: that of its section, or of its table, `programmes` or `programme_phases`."""
    for kind in kinds:
        table = parts.get("table", "")
        if parts.get("section") == kind.section or table == kind.section.replace("-", "_"):
            return kind.name
        if table.startswith(f"{kind.name.replace('-', '_')}_"):
            return kind.name
    return ""


def _bytes(data: str | bytes) -> bytes:
    return data.encode() if isinstance(data, str) else data


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
