"""`catalogue retire`: take a record out, and say at its address what it was and why it went."""

from __future__ import annotations

from datetime import date

import click

from generator.commands.changing import carry_out, looked_at
from generator.commands.common import Settings
from generator.editing.retiring import retire


@click.command("retire")
@click.argument("id")
@click.option("--because", required=True, help="Why it goes, in a sentence for readers.")
@click.option("--successor", default="", metavar="ID", help="The record to read instead; references are led to it.")
@click.option("--on", "day", metavar="DAY", help="The day, if it is not today.")
@click.pass_obj
def retire_command(settings: Settings, id: str, because: str, successor: str, day: str | None) -> None:
    """Take the record ID out. Its address, its id and its former ids stay, and say what became of it.

    ID and the successor may name their kind, as programme/elan. What still names the record is led to the successor;
    where there is none of the same kind, that must be mended first.

    Example: catalogue retire urb-al --because "It was recorded twice." --successor urbelac
    """
    carry_out(settings, retire(looked_at(settings), id, because, _day(day) or settings.today, successor))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise click.BadParameter("Write a day as 2026-11-23.", param_hint="--on") from None
