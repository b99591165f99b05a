"""JSON Schema (draft-07) for programs that help to write YAML, as VS Code's: one for each file that a person edits.

It is written for yaml-language-server: texts as Markdown, a sentence for every pattern, a skeleton for every item. What
the schema cannot see (`CANNOT_SEE`) is for `catalogue check`. The ids of records stand in a file of their own, so
that a new record changes no schema.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.model.catalogue import Catalogue
from generator.model.kind import Kind
from generator.model.values import FieldPath, Form
from generator.schema.fields import (
    Choice,
    Described,
    Either,
    Field,
    Fixed,
    Keyed,
    ListOf,
    Nested,
    Part,
    Plain,
    Refers,
    Shape,
    as_yaml,
    describe,
)
from generator.schema.modeline import schema_file

Schema = dict[str, Any]
Names = Mapping[str, Mapping[str, str]]
"""Kind, then id, then the name that readers see."""


def names_of(catalogue: Catalogue) -> Names:
    """The ids of all records with their names."""
    return {kind: {id: record.title for id, record in found.items()} for kind, found in catalogue.records.items()}


def as_text(schema: Schema) -> str:
    """A schema as it is written to a file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


DRAFT = "http://json-schema.org/draft-07/schema#"
IDS = "ids.schema.json"

CANNOT_SEE: dict[str, str] = {
    "anchor-or-alias": "the program resolves them before it looks",
    "bad-id": "ids in tables and file names are no values; a wrong id of a source is seen",
    "bad-text": "it asks for letters, not for the absence of what cannot be seen",
    "duplicate-id": "it compares no values",
    "duplicate-key": "the YAML parser of the program tells it",
    "empty-file": "nothing is there to be looked at",
    "empty-record": "an empty record in a table is null, which is told as a wrong type",
    "end-before-start": "it compares no values",
    "evidence-for-nothing": "it knows the names of fields, not whether they are filled in",
    "id-mismatch": "it does not know the name of the file",
    "impossible-date": "a pattern knows no calendar",
    "missing-front-matter": "editors take Markdown for no YAML",
    "not-a-party": "it compares no values",
    "not-utf8": "a file is bytes before it is YAML",
    "not-yet-a-member": "it reads one file",
    "old-format": "the format stands in a file of its own",
    "raw-html": "a text is a text",
    "second-document": "each document is looked at by itself",
    "step-out-of-order": "it compares no values",
    "step-twice": "it compares no values",
    "stray-file": "the settings bind schemas to folders",
    "symlink-outside": "it does not know where the file is",
    "tab-indent": "the YAML parser of the program tells it",
    "theme-loop": "it follows no references",
    "too-deep": "no field is nested so deep: told as a wrong type",
    "too-large": "a file is bytes before it is YAML",
    "unclosed-front-matter": "editors take Markdown for no YAML",
    "undeclared-source": "it compares no values",
    "unknown-country-code": "it knows the form of a code, not the list",
    "unknown-currency": "it knows the form of a code, not the list",
    "unknown-reference": "a record may be added in the same change: it offers the ids that it knows and takes others",
    "unsafe-link": "a text is a text",
    "unused-source": "it compares no values",
    "wrong-kind": "it knows the form of an id",
    "yaml-syntax": "the YAML parser of the program tells it",
    "yaml-tag": "the YAML parser of the program tells it",
}
"""Codes of mistakes that no JSON Schema of ours finds, and why."""


def schemas(kinds: tuple[Kind, ...], names: Names) -> dict[str, Schema]:
    """All schemas by file name: one for each kind, and one with the ids that others refer to."""
    made = {schema_file(kind): schema_of(kind, kinds) for kind in kinds}
    return {**made, IDS: ids_schema(kinds, names)}


def ids_schema(kinds: tuple[Kind, ...], names: Names) -> Schema:
    """The ids that are known, each with its name; a program offers them. Others are as good if their form is right."""
    by_name = {kind.name: kind for kind in kinds}
    known = {name: names.get(name, {}) for name in by_name if name != "page"}
    return {
        "$schema": DRAFT,
        "title": "Ids of records",
        "definitions": {
            name: {
                "enum": list(ids),
                "markdownEnumDescriptions": [str(title) for title in ids.values()],
                "errorMessage": f"Write the id of {by_name[name].a}.",
            }
            for name, ids in known.items()
        },
    }


def schema_of(kind: Kind, kinds: tuple[Kind, ...]) -> Schema:
    """The schema of a file of this kind: of one record, or of the table of all; of a page, its front matter."""
    described = describe(kind)
    context = _Context({each.name: each for each in kinds}, tuple(field.name for field in described.fields))
    record = _fields(kind.singular, described.what, described.fields, context)
    parts = {part.name: _part(part, context) for part in described.parts()}
    if not kind.file:
        return {"$schema": DRAFT, **record, "definitions": parts}
    return {"$schema": DRAFT, **_table(kind, described, context), "definitions": {**parts, "Record": record}}


@dataclass(frozen=True)
class _Context:
    """What the schema of a value depends on: all kinds, the fields of the record, those beside it in its part."""

    kinds: Mapping[str, Kind]
    record: tuple[str, ...]
    beside: tuple[str, ...] = ()


def _table(kind: Kind, described: Described, context: _Context) -> Schema:
    sources = _property(described.sources, context)
    records = {
        "type": "object",
        "markdownDescription": f"All records of {kind.title.lower()}, each below its id.",
        "additionalProperties": {"$ref": "#/definitions/Record"},
        "propertyNames": {"pattern": _whole(_id_pattern(kind))},
    }
    return {
        "title": kind.title,
        "markdownDescription": described.what,
        "type": "object",
        "properties": {"sources": sources, "records": records},
        "required": ["records"],
        "additionalProperties": False,
    }


def _part(part: Part, context: _Context) -> Schema:
    beside = tuple(field.name for field in part.fields)
    return _fields(part.title, part.what, part.fields, _Context(context.kinds, context.record, beside))


def _fields(title: str, what: str, fields: tuple[Field, ...], context: _Context) -> Schema:
    return {
        "title": title,
        "markdownDescription": what,
        "type": "object",
        "properties": {field.name: _property(field, context) for field in fields},
        "required": [field.name for field in fields if field.required],
        "additionalProperties": False,
        "defaultSnippets": [_skeleton(title, fields)],
    }


def _skeleton(title: str, fields: tuple[Field, ...]) -> Schema:
    """What is put in by one key: the fields that are needed, and what readers will ask for."""
    wanted = [field for field in fields if field.required or field.name in ("sources", "accessed", "url")]
    body = {field.name: _blank(field, number) for number, field in enumerate(wanted or fields[:1], 1)}
    return {"label": f"{title}: what is needed", "description": "The fields that are needed", "body": body}


def _blank(field: Field, number: int) -> Any:
    blank = f"${number}"
    if isinstance(field.shape, ListOf):
        return [{"id": blank}] if isinstance(field.shape.of, Nested) else [blank]
    return blank


def _property(field: Field, context: _Context) -> Schema:
    return {**_shape(field.shape, field.name, context), "description": field.what, "markdownDescription": _told(field)}


def _told(field: Field) -> str:
    """What a program shows when the pointer rests on a field."""
    needed = " (needed)" if field.required else ""
    forms = [_form_told(field.shape)]
    examples = [f"```yaml\n{as_yaml(field.name, example)}\n```" for example in field.examples]
    return "\n\n".join(filter(None, [f"**{field.title}**{needed}: {field.what}", *forms, *examples]))


def _form_told(shape: Shape) -> str:
    return shape.form.told if isinstance(shape, Plain) and shape.form.name not in ("line", "prose") else ""


# -- shapes


def _shape(shape: Shape, name: str, context: _Context) -> Schema:
    match shape:
        case Plain(form):
            return _named_field(name, context) if form is FieldPath.form else _form(form)
        case Choice(words=words):
            told = [f"**{word.label}**" + (f": {word.definition}" if word.definition else "") for word in words]
            return {"type": "string", "enum": [word.word for word in words], "markdownEnumDescriptions": told}
        case Refers(kinds):
            return _reference(kinds, context)
        case Fixed(word, told):
            return {"enum": [word], "markdownEnumDescriptions": [told]}
        case ListOf(of):
            return {"type": "array", "items": _shape(of, name, context)}
        case Keyed(of):
            return _keyed(of, context)
        case Nested(part):
            return {"$ref": f"#/definitions/{part.name}"}
        case Either(ways):
            return {"anyOf": [_shape(way, name, context) for way in ways]}


def _form(form: Form) -> Schema:
    bounds = {"minimum": form.least, "maximum": form.most}
    schema: Schema = {"type": form.types[0] if len(form.types) == 1 else list(form.types)}
    if form.pattern:
        schema |= {"pattern": _whole(form.pattern), "patternErrorMessage": form.told}
    return schema | {name: bound for name, bound in bounds.items() if bound is not None}


def _whole(pattern: str) -> str:
    r"""A pattern for the whole text; blanks around it are taken off by `read`. `\S` asks for a letter anywhere."""
    return pattern if pattern == r"\S" else rf"^\s*(?:{pattern})\s*$"


def _reference(kinds: tuple[str, ...], context: _Context) -> Schema:
    known = [{"$ref": f"{IDS}#/definitions/{kind}"} for kind in kinds]
    pattern = "|".join(dict.fromkeys(_id_pattern(context.kinds[kind]) for kind in kinds))
    what = " or ".join(context.kinds[kind].a for kind in kinds)
    told = f"Write the id of {what}."
    other = {"type": "string", "pattern": _whole(pattern), "patternErrorMessage": told, "doNotSuggest": True}
    return {"anyOf": [*known, other]}


def _id_pattern(kind: Kind) -> str:
    return kind.ids.pattern.removesuffix(r"\Z")


def _named_field(name: str, context: _Context) -> Schema:
    """A field of the record, or for `unverified` one of those beside it."""
    names = context.beside if name == "unverified" else context.record
    other = {"type": "string", "pattern": _path(names), "doNotSuggest": True}
    return {"anyOf": [{"enum": [each for each in names if each not in OWN]}, other]}


OWN = ("id", "aliases", "evidence", "disagreements", "sources", "unverified")
"""Fields that are about the record rather than facts of it: not offered."""


def _path(names: tuple[str, ...]) -> str:
    return rf"^\s*(?:{'|'.join(names)})(?:\..+)?\s*$"


def _keyed(of: Shape, context: _Context) -> Schema:
    inner = _shape(of, "", context)
    return {
        "type": "object",
        "properties": {name: inner for name in context.record if name not in OWN},
        "patternProperties": {_path(context.record): inner},
        "additionalProperties": False,
    }
