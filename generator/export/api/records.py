"""Records as JSON: each by itself, each kind whole, and everything in one file of lines."""

from __future__ import annotations

import json
from typing import Any

from generator.export.api.addresses import Addresses, path_of
from generator.export.api.computed import Known, computed
from generator.export.plain import disagreements, evidence, plain, sources, value_of
from generator.model.evidence import Record
from generator.model.kind import Kind


def record_json(known: Known, addresses: Addresses, kind: Kind, record: Record) -> dict[str, Any]:
    """A record with all that is stated, what backs it, what is computed, and where it is to be had."""
    return {
        "kind": kind.name,
        "id": record.id,
        "title": str(record.title),
        "former_ids": list(map(str, record.aliases)),
        "stated": plain(record),
        "evidence": evidence(record),
        "disagreements": disagreements(record),
        "sources": sources(record),
        "computed": value_of(computed(known, kind, record)),
        "links": addresses.links(kind, record.id),
    }


def as_line(value: Any) -> bytes:
    """A value as one line of JSON (UTF-8, RFC 8259). A record is the same line wherever it stands.

    Bytes, since a text with one long dash takes twice the memory of its UTF-8.
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def lines_of(known: Known, addresses: Addresses, kind: Kind) -> dict[str, bytes]:
    """Every record of a kind as a line, by its path below the folder of the API."""
    return {
        path_of(kind, record.id): as_line(record_json(known, addresses, kind, record))
        for record in known.catalogue.of(kind.name)
    }


def whole(head: dict[str, Any], lines: list[bytes]) -> bytes:
    """A file with a list of records, each on a line of its own, after what is said of all of them."""
    opening = as_line(head)[: -len(b"}\n")]
    return opening + b',"records":[\n' + b",\n".join(line[: -len(b"\n")] for line in lines) + b"\n]}\n"
