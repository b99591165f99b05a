"""The one entry point: it reads the options that every command has and sets the exit code."""

from __future__ import annotations

import os
import sys
import traceback
from datetime import UTC, date, datetime
from pathlib import Path

import click

from generator.commands import Commands
from generator.commands.common import Settings
from generator.editing.transaction import settle
from generator.problems import Refused


def main() -> None:
    """The entry point: 0 done, 1 problems, 2 wrong use, 3 a bug of ours, 130 Ctrl-C."""
    try:
        commands(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except Refused as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except Exception:
        traceback.print_exc()
        click.echo("This is a bug of the catalogue, not of your record. Please report the lines above.", err=True)
        sys.exit(3)


def _today(context: click.Context, option: click.Parameter, value: str | None) -> date:
    if value:
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise click.BadParameter("Write a day as 2026-11-23.") from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date()
        except (ValueError, OverflowError, OSError):
            raise click.UsageError("SOURCE_DATE_EPOCH must be a number of seconds.") from None
    return date.today()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--content", default="content", show_default=True, help="The folder of records.",
              type=click.Path(path_type=Path, exists=True, file_okay=False))  # fmt: skip
@click.option("--config", default="mkdocs.yml", show_default=True, help="The settings of the site.",
              type=click.Path(path_type=Path, exists=True, dir_okay=False))  # fmt: skip
@click.option("--today", callback=_today, metavar="DAY", help="The day for which status is computed.")
@click.version_option(package_name="eu-lac-catalogue")
@click.pass_context
def commands(context: click.Context, content: Path, config: Path, today: date) -> None:
    """The catalogue of EU–Latin America and Caribbean cooperation.

    Example: catalogue check
    """
    context.obj = Settings(content, config, today)
    said = settle(content)
    if said:
        click.echo(said, err=True)


if __name__ == "__main__":
    main()
