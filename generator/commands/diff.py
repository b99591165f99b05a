"""`catalogue diff`: what changes for readers since a revision."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import click

from generator.build import pages_of
from generator.checking import check, collector_paused
from generator.commands.common import Settings, progress
from generator.derive import derive
from generator.difference import Difference, Side, difference
from generator.difference.as_html import Look, as_html
from generator.difference.as_json import as_json
from generator.difference.as_markdown import as_markdown
from generator.difference.as_text import as_text
from generator.kinds import KINDS
from generator.model.catalogue import Catalogue, Key
from generator.read import read, read_folder
from generator.render import TEMPLATES, Site
from generator.revision import files_at
from generator.site import renderer_of, site_of

FORMATS = {"text": "txt", "markdown": "md", "json": "json", "html": "html"}
"""Each form and the ending of its file."""
STYLESHEET = "overrides/assets/catalogue.css"
LOOKS = {
    "head": {"bold": True},
    "gone": {"fg": "red"},
    "new": {"fg": "green"},
    "warn": {"fg": "yellow", "bold": True},
    "dim": {"dim": True},
}


@click.command("diff")
@click.argument("base")
@click.option("--format", "style", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write it into this file.")
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), help="Write every form into this folder.")
@click.option("--exit-code", is_flag=True, help="End with 1 when something changes for readers.")
@click.pass_obj
def diff_command(
    settings: Settings, base: str, style: str, output: Path | None, into: Path | None, exit_code: bool
) -> None:
    """Tell what changes for readers since BASE, a branch, tag or commit.

    Compared is what is meant: a file that was only written differently is no change. Pages that change because of
    another record are named with that record. Both states are built by today's program for the same day. BASE may be
    written main... for the commit at which this branch left main.

    Example: catalogue diff main
    """
    files = {into / f"changes.{ending}": form for form, ending in FORMATS.items()} if into else {}
    files |= {output: style} if output else {}
    sides = _sides(settings, base)
    with progress("Comparing"):
        found = difference(*sides)
    for path, form in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_written(settings, found, sides, form, colour=False), encoding="utf-8")
        click.echo(f"{path} written.", err=True)
    if not files:
        click.echo(_written(settings, found, sides, style, colour="NO_COLOR" not in os.environ), nl=False)
    if exit_code and not found.empty:
        raise SystemExit(1)


def _written(settings: Settings, found: Difference, sides: tuple[Side, Side], style: str, *, colour: bool) -> str:
    if style == "html":
        css = (settings.config.parent / STYLESHEET).read_text(encoding="utf-8")
        look = Look(renderer_of(settings.config), css, (TEMPLATES / "difference.css").read_text(encoding="utf-8"))
        return as_html(found, (sides[0].tree, sides[1].tree), look)
    if style == "markdown":
        return as_markdown(found)
    if style == "json":
        return as_json(found)
    return as_text(found, _paint) if colour else as_text(found)


def _paint(text: str, look: str) -> str:
    """Colour; click takes it out again where nobody sees it."""
    return click.style(text, **LOOKS[look])  # type: ignore[arg-type]


def _sides(settings: Settings, base: str) -> tuple[Side, Side]:
    """Both states, read and built."""
    with progress(f"Reading {base}"):
        old = files_at(settings.content, base)
    new, faults = read_folder(settings.content)
    site = site_of(settings.config)
    with progress(f"Building the pages of {base}"):
        before = _side(base, old, 0, settings, site)
    if old == new and not faults:
        return before, before
    with progress("Building the pages as they stand here"):
        return before, _side("here", new, len(faults), settings, site)


def _side(name: str, files: Mapping[str, bytes], faults: int, settings: Settings, site: Site) -> Side:
    """One state; without pages where its content has problems, since half of them would be wrong."""
    with collector_paused():
        catalogue, problems = check(files)
        if problems or faults:
            return Side(name, catalogue, problems=len(problems) + faults, unread=_unread(files, catalogue))
        views = derive(catalogue, settings.today)
        return Side(name, catalogue, views, pages_of(catalogue, views, site))


def _unread(files: Mapping[str, bytes], catalogue: Catalogue) -> frozenset[Key]:
    """Records that are in the files and not in the catalogue."""
    documents, _ = read(files, KINDS)
    passed = {(kind, id) for kind, records in catalogue.records.items() for id in records}
    return frozenset((document.kind, document.id) for document in documents) - passed
