"""`catalogue merge`: make one record of two."""

from __future__ import annotations

import click

from generator.commands.changing import carry_out, looked_at
from generator.commands.common import Settings
from generator.editing.joining import merge


@click.command("merge")
@click.argument("source", metavar="FROM")
@click.argument("into", metavar="INTO")
@click.option("--keep", type=click.Choice(["INTO", "FROM"], case_sensitive=False),
              help="Which side is right where the two differ; what the other said is noted.")  # fmt: skip
@click.pass_obj
def merge_command(settings: Settings, source: str, into: str, keep: str | None) -> None:
    """Make one record of two that are the same thing: FROM becomes part of INTO, and its id leads there.

    Nothing that either said is lost: fields that INTO has not, items of lists and sources are carried over. Where the
    two differ it says so and does nothing, unless --keep tells which side is right.

    Example: catalogue merge urb-al-iii urb-al --keep INTO
    """
    carry_out(settings, merge(looked_at(settings), source, into, (keep or "").lower()))
