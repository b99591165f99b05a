"""`catalogue explain`: what a code means, why its rule exists, and what to do."""

from __future__ import annotations

import os
from shutil import get_terminal_size

import click

from generator.commands.common import Settings
from generator.explained import as_text, by_group, explanation_of
from generator.model.values import near
from generator.problems import Code, Refused

STYLES: dict[str, dict[str, object]] = {
    "head": {"bold": True},
    "path": {"underline": True},
    "says": {"fg": "red"},
}


@click.command("explain")
@click.argument("code", required=False)
@click.pass_obj
def explain_command(settings: Settings, code: str | None) -> None:
    """Say what the code of a problem means, with a wrong and a right example.

    Without CODE, list all codes with their rules.

    Example: catalogue explain bad-date
    """
    width = min(78, get_terminal_size().columns)
    lines = list(as_text(explanation_of(_code(code)), settings.content.as_posix(), width)) if code else _all()
    text = "\n".join(click.style(line, **STYLES.get(role, {})) for role, line in lines)  # type: ignore[arg-type]
    click.echo(text, color=False if "NO_COLOR" in os.environ else None)


def _code(slug: str) -> Code:
    by_slug = {each.slug: each for each in Code}
    if slug not in by_slug:
        hint = near(slug, by_slug) or "`catalogue explain` lists all codes."
        raise Refused(f"There is no code '{slug}'. {hint}")
    return by_slug[slug]


def _all() -> list[tuple[str, str]]:
    width = max(len(code.slug) for code in Code)
    lines: list[tuple[str, str]] = []
    for title, found in by_group().items():
        lines += [("head", title), *(("plain", f"  {each.code.slug:{width}}  {each.code.rule}") for each in found)]
        lines.append(("plain", ""))
    return [*lines, ("plain", "More of one: catalogue explain bad-date")]
