"""RDF read as its users read it, by rdflib."""

from __future__ import annotations

import rdflib
import rdflib.compare

rdflib.NORMALIZE_LITERALS = False  # texts are compared as they were written: rdflib would make a day of a year


def graph_of(text: str, format: str = "turtle") -> rdflib.Graph:
    """The graph of a file."""
    return rdflib.Graph().parse(data=text, format=format)


def same(one: rdflib.Graph, other: rdflib.Graph) -> bool:
    """Whether two graphs say the same, whatever their nodes without an identifier are called."""
    return bool(rdflib.compare.isomorphic(one, other))
