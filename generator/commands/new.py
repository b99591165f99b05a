"""`catalogue new`: begin a record, by questions on a terminal, by options in a script."""

from __future__ import annotations

import sys
from typing import Any

import click

from generator.checking import Checked
from generator.commands.changing import carry_out, looked_at
from generator.commands.common import Settings
from generator.editing.skeleton import (
    FirstSource,
    begin,
    fields_of,
    kind_to_begin,
    missing,
    name_field,
    proposed_id,
    value_of,
)
from generator.model.kind import Kind
from generator.problems import Refused
from generator.schema.fields import Choice, Field, ListOf, Nested


@click.command("new")
@click.argument("kind")
@click.argument("id", required=False, default="")
@click.option("--name", help="What it is called.")
@click.option("--set", "given", multiple=True, metavar="FIELD=VALUE", help="The value of a field; may be repeated.")
@click.option("--source-title", help="The publication that it is taken from.")
@click.option("--source-publisher", help="Who published that.")
@click.option("--source-url", default="", help="Its address on the web.")
@click.option("--anyway", is_flag=True, help="Begin it though a record of nearly the same name exists.")
@click.pass_obj
def new_command(
    settings: Settings,
    kind: str,
    id: str,
    name: str | None,
    given: tuple[str, ...],
    source_title: str | None,
    source_publisher: str | None,
    source_url: str,
    anyway: bool,
) -> None:
    """Begin a record of a KIND: programme, agreement, dialogue, border-area, group, organisation, theme, figure, page.

    On a terminal it asks for what is needed; in a script it tells all that is missing at once.

    Example: catalogue new organisation giz-brasil --name "GIZ Brasil" --set country=BR
    """
    checked = looked_at(settings)
    what = kind_to_begin(checked, kind)
    values = _given(what, name, given)
    asks = is_terminal()
    if asks:
        values = _asked(checked, what, values)
        id = id or click.prompt("Its id", default=proposed_id(what, _called(what, values)) or None)
    source = _source(settings, what, source_title, source_publisher, source_url, asks=asks)
    carry_out(
        settings, begin(checked, what, id or proposed_id(what, _called(what, values)), values, source, anyway=anyway)
    )


def is_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty()


def _given(kind: Kind, name: str | None, given: tuple[str, ...]) -> dict[str, Any]:
    fields = {field.name: field for field in fields_of(kind)}
    values: dict[str, Any] = {}
    for each in given:
        field, equals, written = each.partition("=")
        if not equals:
            raise click.BadParameter(f"'{each}' has no equals sign. Write --set level=regional.", param_hint="--set")
        values[field] = value_of(fields[field], written) if field in fields else written
    if name:
        if not name_field(kind):
            raise click.BadParameter(f"{kind.a.capitalize()} has no name of its own.", param_hint="--name")
        nested = isinstance(fields[name_field(kind)].shape, Nested)
        values[name_field(kind)] = {"en": name} if nested else name
    return values


def _called(kind: Kind, values: dict[str, Any]) -> str:
    found = values.get(name_field(kind), "")
    return str(found.get("en", "")) if isinstance(found, dict) else str(found)


def _asked(checked: Checked, kind: Kind, values: dict[str, Any]) -> dict[str, Any]:
    """The values with those that the kind needs, asked for one after another."""
    for field in missing(kind, values):
        click.echo(f"\n{field.title}. {field.what.partition(chr(10))[0]}".rstrip())
        values = {**values, field.name: _answer(kind, field)}
    return values


def _answer(kind: Kind, field: Field) -> Any:
    if isinstance(field.shape, Choice):
        words = field.shape.words
        for number, word in enumerate(words, 1):
            click.echo(f"  {number}  {word.label} ({word.word})")
        return words[click.prompt("Its number", type=click.IntRange(1, len(words))) - 1].word
    written = click.prompt(field.name)
    if isinstance(field.shape, ListOf) and not written.startswith("["):
        return [part.strip() for part in written.split(",") if part.strip()]
    if isinstance(field.shape, Nested) and field.name == name_field(kind):
        return {"en": written}
    return value_of(field, written)


def _source(
    settings: Settings, kind: Kind, title: str | None, publisher: str | None, url: str, *, asks: bool
) -> FirstSource | None:
    if kind.name == "page":
        return None
    if asks and not title:
        click.echo("\nWhere do these facts come from? Leave the title empty if you will add it later.")
        title = click.prompt("Title of the publication", default="", show_default=False)
        publisher = click.prompt("Its publisher") if title else None
        url = click.prompt("Its address on the web", default="", show_default=False) if title else ""
    if not title:
        return None
    if not publisher:
        raise Refused("The source needs its publisher too: --source-publisher 'European Commission'.")
    return FirstSource(title, publisher, url, settings.today)
