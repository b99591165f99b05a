"""`catalogue import iati`: IATI activities that a user has become drafts of programmes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePath

import click

from generator.commands.common import Settings, progress
from generator.problems import Refused

CHUNK = 1 << 16


@click.group("import")
def import_command() -> None:
    """Read what others publish, into drafts for a person to read.

    Example: catalogue import iati --help
    """


@import_command.command("iati")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="The folder of drafts.  [default: drafts]"
)
@click.option("--into-content", is_flag=True, help="Write the drafts among the records.")
@click.option("--dry-run", is_flag=True, help="Write nothing; tell what would be written.")
@click.option("--all", "everything", is_flag=True, help="Take activities of other regions and partners too.")
@click.option(
    "--url", default="", metavar="ADDRESS", help="Where the file was got; it becomes the address of the source."
)
@click.option("--format", "style", type=click.Choice(("text", "json")), default="text", show_default=True,
              help="For people or for programs.")  # fmt: skip
@click.pass_obj
def iati_command(
    settings: Settings, files: tuple[Path, ...], out: Path | None, into_content: bool, dry_run: bool,
    everything: bool, url: str, style: str,
) -> None:  # fmt: skip
    """Read IATI activity FILES (version 2.01 to 2.03) into drafts of programmes.

    Activities that name one another as parent and child become one programme. Only those between the EU or its
    members and Latin America or the Caribbean are taken, unless --all is given. A record that is there is never
    changed, nor a draft that was edited by hand: what the file would add is told.

    Example: catalogue import iati devco-998.xml --dry-run
    """
    from generator.commands.changing import looked_at
    from generator.editing.transaction import replace_files
    from generator.iati.drafting import Origin
    from generator.iati.importing import finish, gathering
    from generator.iati.reading import read_activities
    from generator.iati.reporting import as_json, as_text
    from generator.model.values import is_web_address

    if into_content and out:
        raise click.UsageError("Give --out or --into-content, not both.")
    if url and not is_web_address(url):
        raise click.BadParameter("Copy the address from the browser; it begins with https://.", param_hint="--url")
    folder = settings.content if into_content else out or settings.content.parent / "drafts"
    checked = looked_at(settings)
    gathered = gathering(checked, everything=everything)
    with progress("Reading the activities"):
        for name, path in _named(files):
            for what in read_activities(name, _chunks(path)):
                gathered.take(what)
    with progress("Writing the drafts"):
        there = {} if into_content else _drafts(folder)
        result = finish(gathered, checked, there, Origin(settings.today, url))
    if result.files and not dry_run:
        folder.mkdir(parents=True, exist_ok=True)
        replace_files(folder, result.files, result.before)
    click.echo(as_json(result) if style == "json" else as_text(result, folder.as_posix(), dry=dry_run), nl=False)


def _named(files: tuple[Path, ...]) -> Iterator[tuple[str, Path]]:
    """Each file by its name, or by its path where several have that name."""
    names = Counter(path.name for path in files)
    for path in dict.fromkeys(files):
        yield path.name if names[path.name] == 1 else path.as_posix(), path


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}. Nothing was written.") from None


def _drafts(folder: Path) -> dict[str, bytes]:
    """The drafts that are there, by path below their folder."""
    found = sorted(folder.glob("programmes/*.yml")) if folder.is_dir() else []
    return {PurePath(path).relative_to(folder).as_posix(): path.read_bytes() for path in found if path.is_file()}
