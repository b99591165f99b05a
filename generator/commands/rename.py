"""`catalogue rename`: another id for a record, everywhere at once."""

from __future__ import annotations

import click

from generator.commands.changing import carry_out, looked_at
from generator.commands.common import Settings
from generator.editing.renaming import rename


@click.command("rename")
@click.argument("old")
@click.argument("new")
@click.pass_obj
def rename_command(settings: Settings, old: str, new: str) -> None:
    """Give the record OLD the id NEW, and rewrite every reference to it.

    OLD stays as a former id, so that its address leads to the record for good. OLD may name its kind, as
    programme/elan. Either all files are changed or none.

    Example: catalogue rename urb-al urbal-programme
    """
    carry_out(settings, rename(looked_at(settings), old, new))
