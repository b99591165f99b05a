"""JSON-LD 1.1 of the same values as Turtle."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from generator.export.linked.graph import Iri, Listed, Literal, Node, Prefixes, Value, named

TYPE = named("rdf:type")


def json_ld(nodes: Iterable[Node], prefixes: Prefixes) -> str:
    """The nodes as one file, a line each. Every value says what it is, so the context holds the short forms alone."""
    return "".join(json_ld_parts(nodes, prefixes))


def json_ld_parts(nodes: Iterable[Node], prefixes: Prefixes) -> Iterator[str]:
    """The same piece by piece: its head, then node by node."""
    yield f'{{"@context": {json.dumps(dict(prefixes.names), ensure_ascii=False)},\n"@graph": ['
    mark = "\n"
    for node in nodes:
        yield mark + json.dumps(_node(node, prefixes), ensure_ascii=False, separators=(",", ":"))
        mark = ",\n"
    yield "\n]}\n"


def _node(node: Node, prefixes: Prefixes) -> dict[str, Any]:
    made: dict[str, Any] = {"@id": node.iri} if node.iri else {}
    for word, value in node.said:
        if word == TYPE:
            made.setdefault("@type", []).append(_name(str(value), prefixes))
        else:
            made.setdefault(_name(word, prefixes), []).append(_value(value, prefixes))
    return {name: found[0] if isinstance(found, list) and len(found) == 1 else found for name, found in made.items()}


def _name(iri: str, prefixes: Prefixes) -> str:
    return prefixes.short(iri) or iri


def _value(value: Value, prefixes: Prefixes) -> Any:
    if isinstance(value, Iri):
        return {"@id": _name(value, prefixes)}
    if isinstance(value, Listed):
        return {"@list": [_value(each, prefixes) for each in value.values]}
    if isinstance(value, Node):
        return _node(value, prefixes)
    return _literal(value, prefixes)


def _literal(value: Literal, prefixes: Prefixes) -> Any:
    if value.language:
        return {"@value": value.text, "@language": value.language}
    return {"@value": value.text, "@type": _name(value.type, prefixes)} if value.type else value.text
