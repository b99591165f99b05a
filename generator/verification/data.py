"""Every file of data is what its ending says."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import yaml
from lxml import etree

from generator.verification.flaw import Flaw
from generator.verification.formats import bibtex, calendar, database, ris, table, turtle
from generator.verification.output import Output

MEND = "Data is made by generator/export and must be read by any program: mend what writes this file."


def broken_data(output: Output) -> Iterator[Flaw]:
    """Files that the programs of those who use them would refuse, with the first thing that is wrong."""
    yield from (Flaw(file, f"It cannot be read: {why}.", MEND) for file, why in output.unread.items())
    for file in output.sizes:
        for ending, fault_in in FORMATS.items():
            if file.endswith(ending):
                why = fault_in(output.bytes_of(file))
                if why:
                    yield Flaw(file, f"It is no {NAMES[ending]}: {why}.", MEND)
                break
        if not output.sizes[file]:
            yield Flaw(file, "It is empty.", "Leave it out, or fill it.")


def missing_parts(output: Output) -> Iterator[Flaw]:
    """Files that a description of data names and that are not there (Data Package `path`, CSV on the Web `url`)."""
    for file in output.files("datapackage.json", "csv-metadata.json"):
        try:
            named = list(_named(json.loads(output.bytes_of(file))))
        except ValueError:
            continue
        for target in named:
            if not urlsplit(target).scheme and output.found(file, target) is None:
                yield Flaw(file, f"It describes {target}, which is not there.", MEND)


def _named(value: Any) -> Iterator[str]:
    for resource in value.get("resources", ()):
        paths = resource.get("path", ())
        yield from [paths] if isinstance(paths, str) else paths
    yield from (each["url"] for each in value.get("tables", ()) if "url" in each)


def _json(data: bytes) -> str:
    """RFC 8259: UTF-8, no byte order mark, and no name twice in an object, which section 4 leaves undefined."""
    try:
        json.loads(data.decode(), object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        return str(error) or "too deep"
    return ""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the name '{next(name for name in names if names.count(name) > 1)}' stands twice")
    return made


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no number of JSON")


def _lines_of_json(data: bytes) -> str:
    if data and not data.endswith(b"\n"):
        return "its last line has no end"
    for number, line in enumerate(data.splitlines(), 1):
        why = _json(line)
        if why:
            return f"line {number}: {why}"
    return ""


def _xml(data: bytes) -> str:
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        return str(error)
    return "it has a DOCTYPE" if root.getroottree().docinfo.doctype else ""


def _zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as pack:
            broken = pack.testzip()
    except zipfile.BadZipFile as error:
        return str(error)
    return f"{broken} in it is damaged" if broken else ""


def _yaml(data: bytes) -> str:
    try:
        yaml.load(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        return f"line {error.problem_mark.line + 1 if error.problem_mark else '?'}: {error.problem}"
    except yaml.YAMLError as error:
        return str(error)
    return ""


def _text(data: bytes) -> str:
    try:
        return "it has a byte order mark" if data.decode().startswith("\ufeff") else ""
    except UnicodeDecodeError as error:
        return str(error)


def _starting(*signs: bytes) -> Callable[[bytes], str]:
    return lambda data: "" if data.startswith(signs) else "it does not begin as one"


FORMATS: dict[str, Callable[[bytes], str]] = {
    ".json": _json,
    ".jsonld": _json,
    ".geojson": _json,
    ".webmanifest": _json,
    ".ndjson": _lines_of_json,
    ".jsonl": _lines_of_json,
    ".xml": _xml,
    ".atom": _xml,
    ".rss": _xml,
    ".svg": _xml,
    ".ics": calendar.fault_in,
    ".csv": table.fault_in,
    ".ttl": turtle.fault_in,
    ".sqlite": database.fault_in,
    ".xlsx": _zip,
    ".zip": _zip,
    ".bib": bibtex.fault_in,
    ".ris": ris.fault_in,
    ".cff": _yaml,
    ".txt": _text,
    ".css": _text,
    ".js": _text,
    ".png": _starting(b"\x89PNG\r\n\x1a\n"),
    ".webp": _starting(b"RIFF"),
    ".woff2": _starting(b"wOF2"),
    ".gz": _starting(b"\x1f\x8b"),
}
"""What finds the first fault in a file, by the ending of its name; an empty text says that there is none."""
NAMES = {
    **{ending: ending[1:].upper() for ending in FORMATS},
    **{".jsonld": "JSON-LD", ".geojson": "GeoJSON", ".ndjson": "NDJSON", ".ics": "iCalendar", ".ttl": "Turtle"},
    **{".sqlite": "SQLite database", ".xlsx": "workbook", ".bib": "BibTeX", ".ris": "RIS", ".cff": "CITATION.cff"},
    **{".txt": "text", ".css": "text", ".js": "text", ".webmanifest": "web manifest"},
}
