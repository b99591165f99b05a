"""The types and properties of schema.org, read from a package that lists them: which property belongs to which type,
and what it may hold."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

TEXTS = {"Text", "URL", "CssSelectorType", "PronounceableText", "XPathType"}
DATES = {"Date", "DateTime"}
NUMBERS = {"Number", "Integer", "Float"}
DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?\Z")
ANNOTATIONS = {"query-input"}
"""Words of schema.org's actions that are no properties of a type (https://schema.org/docs/actions.html)."""


@cache
def _class(name: str) -> ast.ClassDef:
    source = files("pydantic2_schemaorg").joinpath(f"{name}.py").read_text(encoding="utf-8")
    return next(node for node in ast.parse(source).body if isinstance(node, ast.ClassDef) and node.name == name)


@cache
def ancestors(type: str) -> frozenset[str]:
    """A type and all that it is a kind of."""
    bases = [base.id for base in _class(type).bases if isinstance(base, ast.Name) and base.id != "SchemaOrgBase"]
    return frozenset({type}.union(*map(ancestors, bases)))


@cache
def properties(type: str) -> dict[str, frozenset[str]]:
    """The properties of a type, inherited ones too, with the types of their values."""
    found: dict[str, frozenset[str]] = {}
    for each in ancestors(type):
        for node in _class(each).body:
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                words = {part.value for part in ast.walk(node.annotation) if isinstance(part, ast.Constant)}
                found[node.target.id] = found.get(node.target.id, frozenset()) | {w for w in words if w}
    return found


def faults(node: dict[str, Any], where: str = "") -> Iterator[str]:
    """What of a node schema.org does not know: types, properties that a type has not, values that they don't take."""
    if "@type" not in node:
        if set(node) != {"@id"}:
            yield f"{where}: a node without a type says more than its identifier"
        return
    known = properties(node["@type"])
    for name, values in node.items():
        if name.startswith("@") or name in ANNOTATIONS:
            continue
        here = f"{where}/{node['@type']}.{name}"
        if name not in known:
            yield f"{here}: no such property"
            continue
        for value in values if isinstance(values, list) else [values]:
            if not _fits(value, known[name]):
                yield f"{here}: {value!r} is none of {sorted(known[name])}"
            if isinstance(value, dict):
                yield from faults(value, here)


def _fits(value: Any, wanted: frozenset[str]) -> bool:
    if isinstance(value, bool):
        return "Boolean" in wanted
    if isinstance(value, int | float):
        return bool(wanted & NUMBERS)
    if isinstance(value, str):
        return bool(wanted & TEXTS) or bool(wanted & DATES and DAY.match(value))
    if "@type" not in value:
        member = value["@id"].removeprefix("https://schema.org/")
        return member == value["@id"] or bool(ancestors(member) & wanted)
    return bool(ancestors(value["@type"]) & wanted)
