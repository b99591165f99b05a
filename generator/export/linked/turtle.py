"""Turtle 1.1, written by hand: rdflib takes fifty times as long and holds everything in memory.

A thing stands with all that is said of it; what has no identifier stands inside of it, in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from generator.export.linked.graph import Iri, Listed, Literal, Node, Prefixes, Value, named

TYPE = named("rdf:type")
ESCAPED = {ord("\\"): "\\\\", ord('"'): '\\"', ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): "\\t"}
RELATIVE = re.compile(r"[a-z0-9/-]*(#[a-z0-9-]*)?\Z")
"""What may follow the base without being read as something else."""


def turtle(nodes: Iterable[Node], prefixes: Prefixes) -> str:
    """The nodes as one file, each after an empty line."""
    return "".join(turtle_parts(nodes, prefixes))


def turtle_parts(nodes: Iterable[Node], prefixes: Prefixes) -> Iterator[str]:
    """The same piece by piece: its head, then node by node."""
    write = _writer(prefixes)
    head = [f"@base <{prefixes.base}> .", *(f"@prefix {name}: <{begins}> ." for name, begins in prefixes.names)]
    yield "\n".join(head) + "\n"
    yield from (f"\n{write(node)} .\n" for node in nodes)


def _writer(prefixes: Prefixes) -> Callable[[Node], str]:
    @lru_cache(maxsize=65536)
    def name(iri: str) -> str:
        if short := prefixes.short(iri):
            return short
        rest = iri.removeprefix(prefixes.base)
        return f"<{rest}>" if iri != rest and rest and RELATIVE.match(rest) else f"<{iri}>"

    def value(found: Value) -> str:
        if isinstance(found, Iri):
            return name(found)
        if isinstance(found, Literal):
            return literal(found)
        if isinstance(found, Listed):
            return f"( {' '.join(map(value, found.values))} )"
        return f"[ {' ; '.join(pairs(found))} ]"

    def literal(found: Literal) -> str:
        text = f'"{found.text.translate(ESCAPED)}"'
        if found.language:
            return f"{text}@{found.language}"
        return f"{text}^^{name(found.type)}" if found.type else text

    def pairs(node: Node) -> Iterator[str]:
        for word, found in node.said:
            yield f"{'a' if word == TYPE else name(word)} {value(found)}"

    return lambda node: f"{name(node.iri)} " + " ;\n  ".join(pairs(node))
