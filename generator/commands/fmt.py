"""`catalogue fmt`: one style for all records, the facts and the comments as they were."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from generator.commands.common import Settings, is_below, progress
from generator.editing.edits import EditError
from generator.editing.style import formatted
from generator.editing.transaction import replace_files
from generator.kinds import KINDS
from generator.problems import Refused
from generator.read import kind_of, read_folder


@click.command("fmt")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Write nothing; list the files that would change.")
@click.option("--diff", "show", is_flag=True, help="Write nothing; show what would change.")
@click.pass_obj
def fmt_command(settings: Settings, paths: tuple[Path, ...], only_check: bool, show: bool) -> None:
    """Put records into the one style: indentation, quotes, the order of fields.

    PATHS are files or folders; without them it is all of the content. Facts and comments stay as they are, and no
    text is wrapped anew. A file that cannot be read is left alone.

    Example: catalogue fmt content/programmes/urbelac.yml
    """
    files, _ = read_folder(settings.content)
    chosen = {name: data for name, data in files.items() if is_below(settings.content / name, paths)}
    if paths and not chosen:
        raise Refused(f"There is no file of the catalogue at {paths[0]}. Name one below {settings.content}/.")
    with progress("Looking at every file"):
        done = _formatted(chosen)
    changed = {name: text for name, text in done.texts.items() if text.encode() != chosen[name]}
    for name, reason in done.left.items():
        click.echo(f"{settings.content / name} was left alone. {reason}", err=True)
    if only_check or show:
        for line in _shown(settings.content, chosen, changed, show):
            click.echo(line, nl=not show)
    else:
        replace_files(settings.content, {name: text.encode() for name, text in changed.items()}, chosen)
    click.echo(_summary(changed, done, only_check or show), err=only_check or show)
    if done.left or ((only_check or show) and changed):
        raise SystemExit(1)


@dataclass(frozen=True)
class _Done:
    texts: dict[str, str]
    left: dict[str, str]


def _formatted(files: Mapping[str, bytes]) -> _Done:
    texts: dict[str, str] = {}
    left: dict[str, str] = {}
    for name, data in files.items():
        kind = kind_of(name, KINDS)
        if kind is None:
            continue
        try:
            texts[name] = formatted(data, kind)
        except EditError as error:
            left[name] = str(error)
    return _Done(texts, left)


def _shown(content: Path, before: Mapping[str, bytes], after: Mapping[str, str], show: bool) -> Iterator[str]:
    for name, text in after.items():
        place = (content / name).as_posix()
        if not show:
            yield place
            continue
        old = before[name].decode("utf-8", "replace").splitlines(keepends=True)
        new = text.splitlines(keepends=True)
        for line in difflib.unified_diff(old, new, f"{place} (as it is)", f"{place} (in the one style)", n=2):
            yield line if line.endswith("\n") else f"{line}\n"


def _summary(changed: Mapping[str, str], done: _Done, dry: bool) -> str:
    count = len(changed)
    files = "1 file" if count == 1 else f"{count} files"
    same = len(done.texts) - count
    told = f"{files} would change" if dry else f"{files} changed"
    return f"{told}, {same} in the one style already" + (f", {len(done.left)} left alone." if done.left else ".")
