"""`catalogue check`: all problems of all files in one run."""

from __future__ import annotations

from pathlib import Path

import click

from generator.checking import check
from generator.commands.common import Settings, is_below, progress
from generator.commands.told import tell
from generator.read import read_folder


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "style", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.pass_obj
def check_command(settings: Settings, paths: tuple[Path, ...], style: str) -> None:
    """Tell all that is wrong with the records, in one run.

    PATHS narrow what is told to some files or folders; all records are read all the same.

    Example: catalogue check content/programmes/urbelac.yml
    """
    files, faults = read_folder(settings.content)
    with progress("Checking"):
        catalogue, found = check(files)
    problems = [p for p in (*faults, *found) if is_below(settings.content / p.place.path, paths)]
    tell(problems, settings.content, style)
    if problems:
        raise SystemExit(1)
    count = sum(len(records) for records in catalogue.records.values())
    if style == "text":
        click.echo(f"{count} records, no problems.")
