"""The field reference: a page for each kind, one for the parts that kinds share, one on how to read them.

All that is said comes from `schema.fields`, hence from the models; the sample is a file of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from markdown.extensions.toc import slugify
from markupsafe import Markup, escape

from generator.model.kind import Kind
from generator.model.values import Form
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
    inside,
)
from generator.schema.samples import sample_of

if TYPE_CHECKING:
    from generator.render.page import Page

INDEX, PAGE, SHARED = "fields.md.j2", "field.md.j2", "shared-fields.md.j2"
FREE = ("line", "prose")
"""Forms that need no word of explanation beside a field."""


def path_of(kind: Kind) -> str:
    """The short name of the page of a kind's fields."""
    return f"fields/{kind.name}.md"


def pages(kinds: tuple[Kind, ...]) -> dict[str, tuple[str, Kind | None]]:
    """The pages by short name, each with its template and its kind."""
    own: dict[str, tuple[str, Kind | None]] = {path_of(kind): (PAGE, kind) for kind in kinds}
    return {"fields/index.md": (INDEX, None), "fields/shared.md": (SHARED, None)} | own


def described(kind: Kind) -> Described:
    """What may be written in a record of a kind."""
    return describe(kind)


@lru_cache(maxsize=4)
def shared(kinds: tuple[Kind, ...]) -> tuple[Part, ...]:
    """The parts that several kinds have, each once."""
    parts = [part for kind in kinds for part in describe(kind).parts()]
    often = Counter(part.name for part in parts)
    return tuple(dict.fromkeys(part for part in parts if often[part.name] > 1))


def own_parts(kind: Kind, kinds: tuple[Kind, ...]) -> tuple[Part, ...]:
    """The parts that this kind alone has."""
    return tuple(part for part in describe(kind).parts() if part not in shared(kinds))


def forms(kinds: tuple[Kind, ...]) -> tuple[Form, ...]:
    """The ways in which plain values are written, each once, in the order in which a reader meets them."""
    shapes = [field.shape for kind in kinds for field in _all_fields(describe(kind))]
    plain = [each.form for shape in shapes for each in inside(shape) if isinstance(each, Plain)]
    return tuple(dict.fromkeys(plain))


def _all_fields(made: Described) -> Iterator[Field]:
    yield from made.fields
    for part in made.parts():
        yield from part.fields


def place_of(kind: Kind) -> str:
    """Where a record of the kind is written: the file of all, or the folder with a file for each."""
    return f"content/{kind.file or f'{kind.folder}/'}"


# -- a field


def words_of(field: Field) -> tuple[Choice, ...]:
    """The fixed words that the field takes, if any."""
    return tuple(each for each in inside(field.shape) if isinstance(each, Choice))


def examples(field: Field) -> tuple[tuple[str, ...], ...]:
    """Each example as it stands in a record, line by line."""
    return tuple(tuple(as_yaml(field.name, example).splitlines()) for example in field.examples)


def form_of(page: Page, shape: Shape) -> Markup:
    """How a value of this shape is written, in words; what it refers to is linked."""
    say = page.words.say
    match shape:
        case Plain(form):
            return Markup("") if form.name in FREE else escape(say(form.told))
        case Choice():
            return escape(say("One of the words below."))
        case Fixed(word, told):
            return Markup("<code>{}</code>: {}").format(word, say(told))
        case Refers(kinds):
            return Markup("{} {}.").format(say("The id of:"), Markup(", ").join(_kind(page, name) for name in kinds))
        case ListOf(of):
            return _joined(say("A list."), form_of(page, of))
        case Keyed(of):
            return _joined(say("For each field that has sources, its name and:"), form_of(page, of))
        case Nested(part):
            return Markup("{} {}.").format(say("Fields of its own:"), _part(page, part))
        case Either(ways):
            return Markup(" {} ").format(Markup(say("Or:"))).join(form_of(page, way) for way in ways)


def _joined(first: str, rest: Markup) -> Markup:
    return Markup("{} {}").format(first, rest) if rest else escape(first)


def _kind(page: Page, name: str) -> Markup:
    kind = page.kind_of(name)
    label = page.words.say(kind.singular).lower()
    return Markup('<a href="{}">{}</a>').format(page.href(f"{kind.section}/index.md"), label)


def _part(page: Page, part: Part) -> Markup:
    anchor = anchor_of(part)
    is_shared = part in shared(page.catalogue.kinds)
    address = f"{page.href('fields/shared.md')}#{anchor}" if is_shared else f"#{anchor}"
    return Markup('<a href="{}">{}</a>').format(address, page.words.say(part.title))


def anchor_of(part: Part) -> str:
    """The address of a part on its page."""
    return str(slugify(part.title, "-"))


# -- the sample


@dataclass(frozen=True)
class Line:
    """A line of a sample, and whether it is a comment."""

    text: str
    is_comment: bool


def sample(kind: Kind) -> tuple[Line, ...]:
    """The commented sample of a kind, line by line."""
    return tuple(Line(line, line.lstrip().startswith("# ")) for line in sample_of(kind).splitlines())
