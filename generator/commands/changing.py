"""What the commands that change records share: reading them, and writing all of a change or nothing."""

from __future__ import annotations

import click

from generator.checking import Checked, look
from generator.commands.common import Settings, progress
from generator.editing.records import Change
from generator.editing.transaction import replace_files
from generator.problems import Refused
from generator.read import read_folder


def looked_at(settings: Settings) -> Checked:
    """The content as it is now. Raises `Refused` where a file of it cannot be read at all."""
    files, faults = read_folder(settings.content)
    if faults:
        raise Refused("\n".join(["Mend these first:", *(f"  {settings.content.as_posix()}/{f}" for f in faults)]))
    with progress("Reading the records"):
        return look(files)


def carry_out(settings: Settings, change: Change) -> None:
    """Write what a command would change, all of it or nothing, and say what was done."""
    replace_files(settings.content, change.files, change.before)
    for line in change.said:
        click.echo(line)
