"""JSON Schema (2020-12) of what is published, read from the models: those of records, and those of `shapes`.

It describes values as they are in the files, so it is not the schema for editors (`generator/schema/json_schema.py`),
who may write a list of one without brackets or a year without quotes. Each document is whole in itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from generator.export.plain import APART
from generator.model.kind import Kind
from generator.model.values import NUMBER_FORM, WHOLE_FORM, Form, Model, Url
from generator.schema.fields import (
    TRUTH,
    Choice,
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
    describe,
    part_of,
)

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
OWN_WORDS = "In later days of this version words may be added; none is taken away."
BY_FORM: dict[str, Schema] = {
    NUMBER_FORM.name: {"type": ["number", "string"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
    WHOLE_FORM.name: {"type": ["integer", "string"], "pattern": "^-?[0-9]+$"},
    TRUTH.name: {"type": "boolean"},
    Url.form.name: {"type": "string", "format": "uri-reference", "pattern": f"^(?:{Url.form.pattern})$"},
}
"""Forms that are no plain texts. A number is a text where a program would round it (RFC 7493, section 2.2). Addresses
of sources are those of browsers, which may hold letters that a URI has not."""


class Definitions:
    """The parts of schemas by name, each made when it is first asked for.

    `where` is the way to them in the document.
    """

    def __init__(self, kinds: Iterable[Kind], where: str = "#/$defs/") -> None:
        self._kinds = {kind.name: kind for kind in kinds}
        self._where = where
        self._of: dict[str, object] = {}
        self.made: dict[str, Schema] = {}

    def part(self, model: type[Model]) -> Schema:
        """What leads to the fields of a model."""
        return self.shape(Nested(part_of(model)))

    def put(self, name: str, described: object, schema: Schema) -> Schema:
        """Keep a schema under a name, and lead to it. Raises `ValueError` where two things have one name."""
        if self._of.setdefault(name, described) != described:
            raise ValueError(f"Two parts of the data are called {name}.")
        self.made[name] = schema
        return {"$ref": f"{self._where}{name}"}

    def fields(self, title: str, what: str, fields: Iterable[Field]) -> Schema:
        """An object with these fields and no others."""
        listed = tuple(fields)
        return {
            "title": title,
            "description": what,
            "type": "object",
            "properties": {field.name: self.field(field) for field in listed},
            "required": [field.name for field in listed if field.required],
            "additionalProperties": False,
        }

    def field(self, field: Field) -> Schema:
        """The schema of one field, with what it is called and what it means."""
        return {**self.shape(field.shape), "title": field.title, "description": field.what}

    def shape(self, shape: Shape) -> Schema:
        """The schema of a value."""
        match shape:
            case Plain(form):
                return _form(form)
            case Choice():
                return self._choice(shape)
            case Refers(kinds):
                return {"type": "string", "pattern": self._ids(kinds)}
            case Fixed(word, told):
                return {"const": word, "description": told}
            case ListOf(of):
                return {"type": "array", "items": self.shape(of)}
            case Keyed(of):
                return {"type": "object", "additionalProperties": self.shape(of)}
            case Nested(part):
                return self._nested(part)
            case Either(ways):
                return self._either(ways)

    def _either(self, ways: tuple[Shape, ...]) -> Schema:
        """Other ways of writing a value come out as the usual one; only the word for a list of nobody stays."""
        usual = self.shape(ways[0])
        words = [self.shape(way) for way in ways if isinstance(way, Fixed)]
        return {"anyOf": [usual, *words]} if isinstance(ways[0], ListOf) and words else usual

    def _nested(self, part: Part) -> Schema:
        name = self._name_of(part)
        if name in self.made:
            return self.put(name, part, self.made[name])
        return self.put(name, part, self.fields(part.title, part.what, part.fields))

    def _name_of(self, part: Part) -> str:
        """The name of its class; with a number where another part came first: a kind may be called as a part is."""
        name, number = part.name, 1
        while self._of.get(name, part) != part:
            number += 1
            name = f"{part.name}{number}"
        return name

    def _choice(self, choice: Choice) -> Schema:
        told = [f"{word.word}: {word.definition or word.label}" for word in choice.words]
        schema = {
            "title": Part(choice.name, "", ()).title,
            "description": " ".join((choice.what, OWN_WORDS, *told)),
            "type": "string",
            "enum": [word.word for word in choice.words],
        }
        return self.put(choice.name, choice, schema)

    def _ids(self, kinds: tuple[str, ...]) -> str:
        patterns = dict.fromkeys(self._kinds[name].ids.pattern.removesuffix(r"\Z") for name in kinds)
        return rf"^(?:{'|'.join(patterns)})$"

    # -- records

    def record(self, kind: Kind, around: RecordParts) -> Schema:
        """What leads to the schema of a record of a kind."""
        name = f"{kind.model.__name__}Record"
        if name in self.made:
            return {"$ref": f"{self._where}{name}"}
        described = describe(kind)
        stated = Part(kind.model.__name__, described.what, tuple(f for f in described.fields if f.name not in APART))
        identity = {field.name: self.field(field) for field in part_of(around.identity).fields}
        identity["kind"] |= {"const": kind.name}
        identity["id"] |= {"pattern": self._ids((kind.name,))}
        backing = {field.name: self.field(field) for field in part_of(around.backing).fields}
        backing["evidence"] |= {"propertyNames": {"pattern": _field_names(stated)}}
        what = "The stated fields, in the words and the precision of the record. What holds nothing is left out."
        properties = {
            **identity,
            "stated": {**self._nested(stated), "title": "Stated", "description": what},
            **backing,
            "computed": {**self.part(around.computed), "title": "Computed"},
            "links": {**self.part(around.links), "title": "Links"},
        }
        schema = {
            "title": f"{kind.singular}, as a record",
            "description": described.what,
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }
        return self.put(name, kind.name, schema)


class RecordParts:
    """The classes of what stands around the stated fields of a record of one kind."""

    def __init__(self, identity: type[Model], backing: type[Model], computed: type[Model], links: type[Model]) -> None:
        self.identity = identity
        self.backing = backing
        self.computed = computed
        self.links = links


def _form(form: Form) -> Schema:
    if form.name in BY_FORM:
        return dict(BY_FORM[form.name])
    if form.types == ("integer",):
        return {"type": "integer", "minimum": form.least}
    return {"type": "string", **({} if form.pattern == r"\S" else {"pattern": f"^(?:{form.pattern})$"})}


def _field_names(part: Part) -> str:
    return rf"^(?:{'|'.join(re.escape(field.name) for field in part.fields)})(?:\..+)?$"


def document(address: str, root: Schema, definitions: Definitions) -> Schema:
    """A schema as a document of its own: of the definition that `root` leads to, with the others below it."""
    made = dict(definitions.made)
    whole = made.pop(str(root["$ref"]).rpartition("/")[2])
    return {"$schema": DIALECT, "$id": address, **whole, "$defs": dict(sorted(made.items()))}
