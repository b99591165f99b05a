"""`catalogue schema`: what may be written in a record, for programs that help to write it."""

from __future__ import annotations

from pathlib import Path

import click

from generator.checking import check
from generator.commands.common import Settings, progress
from generator.kinds import KINDS
from generator.read import read_folder
from generator.schema.json_schema import IDS, as_text, names_of, schemas
from generator.schema.modeline import schema_file

FILES = {kind.name: schema_file(kind) for kind in KINDS} | {"ids": IDS}


@click.command("schema")
@click.argument("kind", required=False, type=click.Choice(list(FILES)))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Write all of them to this folder.")
@click.pass_obj
def schema_command(settings: Settings, kind: str | None, out: Path | None) -> None:
    """Print the JSON Schema of a kind, or write all of them to a folder.

    Editors such as VS Code use them to complete, explain and check a record while it is written. `ids` are the ids
    that they offer for references; run this again when they are out of date:

    Example: catalogue schema --out generator/schema
    """
    if (kind is None) == (out is None):
        raise click.UsageError("Name a kind to print its schema, or a folder with --out to write all of them.")
    files, _ = read_folder(settings.content)
    with progress("Reading records"):
        catalogue, _ = check(files)
    made = schemas(KINDS, names_of(catalogue))
    if out is None:
        click.echo(as_text(made[FILES[str(kind)]]), nl=False)
        return
    out.mkdir(parents=True, exist_ok=True)
    for name, schema in made.items():
        (out / name).write_text(as_text(schema), encoding="utf-8")
    click.echo(f"{len(made)} schemas in {out}.")
