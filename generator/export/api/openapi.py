"""The description of all addresses in OpenAPI 3.1: one document that needs no other."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from generator.export.api.addresses import Addresses
from generator.export.api.documents import JSON, Document, documents, roots
from generator.export.api.index import PROMISE
from generator.export.api.schema import DIALECT, Definitions, Schema
from generator.export.tables.package import LICENCE
from generator.model.kind import Kind

WHERE = "#/components/schemas/"
VERSION = "1.0.0"
"""Of the layout, by semver.org: the second number rises when something is added."""


def openapi(
    kinds: tuple[Kind, ...], addresses: Addresses, site: str, examples: Mapping[str, str], small: Mapping[str, bytes]
) -> dict[str, Any]:
    """The description. `site` is the name of the site.

    `examples` are values for the parameter in a path, by the path; `small` are answers to show, by the path.
    """
    links, components = _components(kinds)
    listed = documents(kinds)
    tags = dict.fromkeys(document.tag for document in listed)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{site}: open data",
            "summary": "Programmes, agreements and dialogues as JSON files, with the evidence for every statement.",
            "description": f"Files at fixed addresses, made anew with each build. {PROMISE}",
            "version": VERSION,
            "license": {"name": LICENCE["title"], "identifier": LICENCE["name"]},
        },
        "jsonSchemaDialect": DIALECT,
        "externalDocs": {"description": "How the files are laid out", "url": f"{addresses.site}about/api/"},
        "servers": [{"url": addresses.base.rstrip("/"), "description": site}],
        "security": [],
        "tags": [{"name": tag} for tag in tags],
        "paths": {f"/{each.path}": _path(each, links, examples, small) for each in listed},
        "components": {"schemas": components},
    }


@lru_cache(maxsize=4)
def _components(kinds: tuple[Kind, ...]) -> tuple[dict[str, Schema], dict[str, Schema]]:
    """What leads to each schema, and all parts of them."""
    made = Definitions(kinds, WHERE)
    links = {name: root(made) for name, root in roots(kinds).items()}
    return links, dict(sorted(made.made.items()))


def _path(
    document: Document, links: Mapping[str, Schema], examples: Mapping[str, str], small: Mapping[str, bytes]
) -> dict[str, Any]:
    content = _content(document, [links[name] for name in document.schemas])
    if document.path in small:
        content["example"] = json.loads(small[document.path])
    operation: dict[str, Any] = {
        "operationId": document.operation,
        "summary": document.title,
        "description": document.what,
        "tags": [document.tag],
        "responses": {
            "200": {"description": document.what, "content": {document.media_type: content}},
            "404": {"description": "There is no such file."},
        },
    }
    parameter = document.path.partition("{")[2].partition("}")[0]
    if parameter:
        operation["parameters"] = [_parameter(parameter, examples[document.path])]
    return {"get": operation}


def _content(document: Document, links: list[Schema]) -> dict[str, Any]:
    """A file of lines has no schema as a whole (OpenAPI 3.1 knows one value a body): it is a text."""
    if not links:
        return {"schema": {"type": "object"}}
    if document.media_type != JSON:
        return {"schema": {"type": "string", "description": document.what}}
    return {"schema": links[0] if len(links) == 1 else {"oneOf": links}}


def _parameter(name: str, example: str) -> dict[str, Any]:
    told = {
        "id": "The id of the record, in small letters. The file with all records of the kind has all ids.",
        "name": "The name of a schema, as files name theirs in «$schema» and records in links.schema.",
    }
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": told[name],
        "schema": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        "example": example,
    }
