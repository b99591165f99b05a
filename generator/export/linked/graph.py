"""What RDF is made of, as values; Turtle and JSON-LD are written from them and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

NAMESPACES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The vocabularies of others that we use, by the prefix that everybody gives them."""


class Iri(str):
    """An identifier, in full."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Literal:
    """A text; with the language that it is in, or the type of value that it stands for."""

    text: str
    type: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """Several values in their order."""

    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """What is said of one thing. Without an identifier it is told where it is named, and nowhere else."""

    said: tuple[tuple[str, Value], ...]
    """Property and value; a property may come several times, one after another."""
    iri: str = ""


Value: TypeAlias = Iri | Literal | Listed | Node


@lru_cache(maxsize=1024)
def named(name: str) -> Iri:
    """The identifier of `skos:Concept` in full."""
    prefix, _, local = name.partition(":")
    return Iri(NAMESPACES[prefix] + local)


@dataclass(frozen=True)
class Prefixes:
    """The short forms that a file uses: `base` is the address that its relative ones begin with."""

    base: str
    names: tuple[tuple[str, str], ...]

    def short(self, iri: str) -> str:
        """`skos:Concept` for an identifier that one of the names begins, else nothing."""
        for prefix, begins in self.names:
            if iri.startswith(begins) and LOCAL.match(local := iri[len(begins) :]):
                return f"{prefix}:{local}"
        return ""


LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")
"""What may follow a prefix in Turtle and JSON-LD alike, without any escape."""


def prefixes(base: str, *used: str, **own: str) -> Prefixes:
    """The short forms for these of `NAMESPACES`, and for names of our own."""
    return Prefixes(base, (*own.items(), *((name, NAMESPACES[name]) for name in used)))


def day(text: str) -> Literal:
    """A day."""
    return Literal(text, named("xsd:date"))


def whole(number: int) -> Literal:
    """A whole number that is not negative."""
    return Literal(str(number), named("xsd:nonNegativeInteger"))


def said_in(language: str, text: str) -> Literal:
    """A text in a language."""
    return Literal(text, language=language)
