"""What may be written in a record of a kind, read from its model: the one description behind the JSON Schema, the
field reference and the skeletons of new records, so that none of them can drift.

A field is told by its title, by the string below it in the class, and by `examples`: text as an editor writes it.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from types import NoneType, UnionType
from typing import Annotated, Any, TypeAlias, Union, get_args, get_origin, get_type_hints

from pydantic.fields import FieldInfo

from generator.model.evidence import field_order
from generator.model.kind import Kind
from generator.model.values import Also, Form, Model, Reference, RefersTo, TextValue, Vocabulary

# -- the shapes of values


@dataclass(frozen=True)
class Plain:
    """A text, a date, a number …, as its form says."""

    form: Form


@dataclass(frozen=True)
class Word:
    """A word of a fixed list: what is written, what readers see, and what it means where that says too little."""

    word: str
    label: str
    definition: str


@dataclass(frozen=True)
class Choice:
    """One of a fixed list of words."""

    name: str
    what: str
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Refers:
    """The id of a record of one of these kinds."""

    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Fixed:
    """This one word, with a meaning of its own."""

    word: str
    told: str


@dataclass(frozen=True)
class ListOf:
    """Any number of values of one shape."""

    of: Shape


@dataclass(frozen=True)
class Keyed:
    """A mapping from names of the record's fields to values of one shape."""

    of: Shape


@dataclass(frozen=True)
class Nested:
    """Fields of its own."""

    part: Part


@dataclass(frozen=True)
class Either:
    """Any of these, the usual one first."""

    ways: tuple[Shape, ...]


Shape: TypeAlias = Plain | Choice | Refers | Fixed | ListOf | Keyed | Nested | Either


@dataclass(frozen=True)
class Field:
    """A field: `name` is what is written, `title` what readers see, `what` says what it is and how to decide.

    `examples` are texts as an editor writes them after the colon, or below it where they begin with a hyphen.
    """

    name: str
    title: str
    what: str
    required: bool
    shape: Shape
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """Fields that stand together: a nested mapping or an item of a list. `name` is that of its class."""

    name: str
    what: str
    fields: tuple[Field, ...]

    @property
    def title(self) -> str:
        """The name as words: «Other name»."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", self.name).capitalize()


@dataclass(frozen=True)
class Described:
    """A kind, as it is written: its fields in the order of a careful person.

    `body` is the text below the front matter of a page. `sources` of a kind kept in one file stand at the top of
    the file, so they are no field of its records.
    """

    kind: Kind
    what: str
    fields: tuple[Field, ...]
    sources: Field
    body: Field | None = None

    @property
    def required(self) -> tuple[Field, ...]:
        """The fields that no record of the kind may lack."""
        return tuple(field for field in self.fields if field.required)

    def parts(self) -> tuple[Part, ...]:
        """The nested parts of all fields, each once, in the order in which a reader meets them."""
        found: dict[str, Part] = {}
        for field in (*self.fields, self.sources):
            _collect(field.shape, found)
        return tuple(found.values())


def _collect(shape: Shape, found: dict[str, Part]) -> None:
    for inner in inside(shape):
        if isinstance(inner, Nested) and inner.part.name not in found:
            found[inner.part.name] = inner.part
            for field in inner.part.fields:
                _collect(field.shape, found)


def inside(shape: Shape) -> Iterator[Shape]:
    """A shape and those in it, but not those of the fields of a nested part."""
    yield shape
    if isinstance(shape, ListOf | Keyed):
        yield from inside(shape.of)
    elif isinstance(shape, Either):
        for way in shape.ways:
            yield from inside(way)


# -- from models


@lru_cache(maxsize=64)
def describe(kind: Kind) -> Described:
    """All that may be written in a record of a kind."""
    fields = {field.name: field for field in part_of(kind.model).fields}
    hidden = {"id", "sources"} if kind.file else {"id", "body"} if kind.name == "page" else set()
    shown = tuple(field for name, field in fields.items() if name not in hidden)
    return Described(kind, first_line(kind.model), shown, fields["sources"], fields.get("body"))


@lru_cache(maxsize=256)
def part_of(model: type[Model]) -> Part:
    """The fields of a model, in the order in which a careful person writes them."""
    hints, told = get_type_hints(model, include_extras=True), _strings_below(model)
    fields = (_field(name, model.model_fields[name], hints[name], told.get(name, "")) for name in field_order(model))
    return Part(model.__name__, first_line(model), tuple(fields))


def _field(name: str, field: FieldInfo, hint: Any, told: str) -> Field:
    examples = tuple(str(example) for example in field.examples or ())
    what = told or field.description or ""
    return Field(field.alias or name, field.title or "", what, field.is_required(), shape_of(hint), examples)


def first_line(documented: type) -> str:
    """The first sentence of a class's docstring."""
    return (inspect.getdoc(documented) or "").partition("\n\n")[0].replace("\n", " ")


def shape_of(hint: Any) -> Shape:
    """The shape of a value with this annotation. Raises `TypeError` for one that no record may hold."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _marked(arguments[0], arguments[1:])
    if origin in (Union, UnionType):
        ways = tuple(shape_of(each) for each in arguments if each is not NoneType)
        return ways[0] if len(ways) == 1 else Either(ways)
    if origin is tuple:
        return ListOf(shape_of(arguments[0]))
    if origin is dict:
        return Keyed(shape_of(arguments[1]))
    return _of_class(hint)


def _marked(inner: Any, marks: tuple[Any, ...]) -> Shape:
    form = next((mark for mark in marks if isinstance(mark, Form)), None)
    refers = next((mark for mark in marks if isinstance(mark, RefersTo)), None)
    if form:
        return Plain(form)
    if refers and inner is Reference:
        return Refers(refers.kinds)
    others = tuple(_other_way(mark) for mark in marks if isinstance(mark, Also))
    return Either((shape_of(inner), *others)) if others else shape_of(inner)


def _other_way(mark: Also) -> Shape:
    return Fixed(mark.word, mark.told) if mark.word else shape_of(mark.annotation)


TRUTH = Form("true or false", "true or false, without quotes.", "", ("boolean",))
RECORD_ID = Form("id", "The name of the file without its ending.", r"\S+", ("string",))


def _of_class(found: type) -> Shape:
    if issubclass(found, Vocabulary):
        words = tuple(Word(str(word), word.label, word.definition) for word in found)
        return Choice(found.__name__, first_line(found), words)
    if issubclass(found, Model):
        return Nested(part_of(found))
    if issubclass(found, TextValue):
        return Plain(found.form)
    forms = {bool: TRUTH, str: RECORD_ID}
    if found not in forms:
        raise TypeError(f"{found!r} has no form. Give its annotation one.")
    return Plain(forms[found])


# -- the strings below fields


def _strings_below(model: type) -> dict[str, str]:
    """What the string below each field says, those of the classes that it builds on included.

    Read here rather than by pydantic's `use_attribute_docstrings`, which costs every command 35 ms at its start.
    """
    found: dict[str, str] = {}
    for each in reversed(model.__mro__):
        found |= _strings_of(each.__module__).get(each.__qualname__, {})
    return found


@lru_cache(maxsize=64)
def _strings_of(module: str) -> dict[str, dict[str, str]]:
    if not module.startswith("generator."):
        return {}
    tree = ast.parse(inspect.getsource(import_module(module)))
    return {node.name: dict(_documented(node)) for node in tree.body if isinstance(node, ast.ClassDef)}


def _documented(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in zip(node.body, node.body[1:], strict=False):
        if not isinstance(field, ast.AnnAssign) or not isinstance(field.target, ast.Name):
            continue
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            yield field.target.id, inspect.cleandoc(str(below.value.value)).replace("\n", " ")


# -- as it is written


def as_yaml(name: str, example: str) -> str:
    """An example with the name of its field, as it stands in a record."""
    if example.startswith("- ") or "\n" in example:
        return f"{name}:\n" + "\n".join(f"  {line}" for line in example.splitlines())
    return f"{name}: {example}"
