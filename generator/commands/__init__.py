"""The commands, a module each; a command's module is read only when it is called, so that each starts at once."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
    "check": "check:check_command",
    "explain": "explain:explain_command",
    "schema": "schema:schema_command",
    "new": "new:new_command",
    "fmt": "fmt:fmt_command",
    "rename": "rename:rename_command",
    "merge": "merge:merge_command",
    "retire": "retire:retire_command",
    "migrate": "migrate:migrate_command",
    "import": "import_iati:import_command",
    "diff": "diff:diff_command",
    "links": "links:links_command",
    "generate": "site:generate_command",
    "build": "site:build_command",
    "addresses": "addresses:addresses_command",
    "serve": "site:serve_command",
}
"""Each command, in the order of the help, and where it is: module and name."""


class Commands(click.Group):
    """A group that looks its commands up in the table."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, _, function = COMMANDS[name].partition(":")
        found: click.Command = getattr(import_module(f"generator.commands.{module}"), function)
        return found
