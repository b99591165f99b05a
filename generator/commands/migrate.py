"""`catalogue migrate`: records follow a change of the schema, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping

import click

from generator.commands.common import Settings, progress
from generator.editing.migrations import MIGRATIONS, Migration, migrated
from generator.editing.transaction import replace_files
from generator.read import read_folder


@click.command("migrate")
@click.option("--dry-run", is_flag=True, help="Write nothing; list the files that would change.")
@click.pass_obj
def migrate_command(settings: Settings, dry_run: bool) -> None:
    """Rewrite the records after a change of the schema.

    Needed only when `catalogue check` says that the content has an old format. Facts and comments stay.

    Example: catalogue migrate --dry-run
    """
    migrate(settings, MIGRATIONS, dry_run=dry_run)


def migrate(settings: Settings, migrations: Mapping[int, Migration], *, dry_run: bool) -> None:
    """Bring the content folder to the newest format, and say what was done. Raises `Refused`."""
    files, _ = read_folder(settings.content)
    with progress("Rewriting records"):
        done = migrated(files, migrations)
    if not done.steps:
        click.echo(f"The content has format {max(migrations, default=1)}, the newest. There is nothing to do.")
        return
    for number, step in done.steps.items():
        click.echo(f"Format {number}: {step.what}")
    if dry_run:
        for name in done.texts:
            click.echo((settings.content / name).as_posix())
    else:
        replace_files(settings.content, {name: text.encode() for name, text in done.texts.items()}, files)
    click.echo(f"{len(done.texts)} files {'would change' if dry_run else 'changed'}.")
