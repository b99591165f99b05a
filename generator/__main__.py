"""The commands: they print problems and set the exit code. The work is done in `build` and `site`."""

from __future__ import annotations

import json
import os
import shutil
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from generator.build import Built, build, check
from generator.cards import make_cards
from generator.history import last_changes
from generator.problems import Problem
from generator.read import read_folder
from generator.site import SiteError, faults_of, make_pages, make_search, site_of, swap
from generator.write import write

BUILD = Path("build")
CARDS = Path(".cache/cards")


@dataclass(frozen=True)
class Settings:
    """What every command is told."""

    content: Path
    config: Path
    today: date


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
    except SiteError as error:
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


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
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


@commands.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "style", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.pass_obj
def check_command(settings: Settings, paths: tuple[Path, ...], style: str) -> None:
    """Tell all that is wrong with the records, in one run.

    PATHS narrow what is told to some files or folders; all records are read all the same.

    Example: catalogue check content/programmes/urbelac.yml
    """
    files, faults = read_folder(settings.content)
    with _progress("Checking"):
        catalogue, found = check(files)
    problems = [p for p in (*faults, *found) if _is_below(settings.content / p.place.path, paths)]
    _tell(problems, settings.content, style)
    if problems:
        raise SystemExit(1)
    count = sum(len(records) for records in catalogue.records.values())
    if style == "text":
        click.echo(f"{count} records, no problems.")


def _is_below(path: Path, paths: tuple[Path, ...]) -> bool:
    return not paths or any(path == each or each in path.parents for each in paths)


def _tell(problems: list[Problem], content: Path, style: str) -> None:
    if style == "json":
        click.echo(json.dumps([_as_json(problem, content) for problem in problems], ensure_ascii=False, indent=2))
        return
    for problem in problems:
        if style == "github":
            click.echo(_annotation(problem, content))
        else:
            click.echo(f"{content.as_posix()}/{problem}", err=True)
    if problems and style == "text":
        word = "problem" if len(problems) == 1 else "problems"
        click.echo(f"{len(problems)} {word}.", err=True)


def _as_json(problem: Problem, content: Path) -> dict[str, Any]:
    place = problem.place
    return {
        "path": f"{content.as_posix()}/{place.path}",
        "line": place.line,
        "column": place.column,
        "code": problem.code.slug,
        "message": problem.message,
        "hint": problem.hint,
    }


def _annotation(problem: Problem, content: Path) -> str:
    """A GitHub workflow command, escaped as its documentation asks."""

    def value(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def parameter(text: str) -> str:
        return value(text).replace(":", "%3A").replace(",", "%2C")

    place = problem.place
    path = parameter(f"{content.as_posix()}/{place.path}")
    text = value(f"{problem.message} {problem.hint}".strip())
    return f"::error file={path},line={place.line},col={place.column},title={problem.code.slug}::{text}"


@commands.command("generate")
@click.pass_obj
def generate_command(settings: Settings) -> None:
    """Turn the records into Markdown and data below build/docs, and do nothing else.

    Example: catalogue generate
    """
    _generate(settings)


def _generate(settings: Settings) -> Built:
    files, faults = read_folder(settings.content)
    with _progress("Reading and rendering records"):
        built = build(files, settings.today, site_of(settings.config), changed=last_changes(settings.content))
    problems = [*faults, *built.problems]
    if problems:
        _tell(problems, settings.content, "text")
        raise SystemExit(1)
    done = write(built.tree, BUILD / "docs")
    click.echo(f"{len(built.tree)} files: {done.written} written, {done.kept} unchanged, {done.deleted} deleted.")
    return built


@commands.command("build")
@click.option("--site-dir", default="site", show_default=True, type=click.Path(path_type=Path))
@click.pass_obj
def build_command(settings: Settings, site_dir: Path) -> None:
    """Check, generate, run MkDocs and Pagefind, and look at the result.

    A build that fails leaves the last good site as it was.

    Example: catalogue build --site-dir public
    """
    _generate(settings)
    _make_site(settings, site_dir)
    pages = sum(1 for _ in site_dir.rglob("*.html"))
    click.echo(f"{pages} pages in {site_dir}.")


def _make_site(settings: Settings, site_dir: Path, *, csp: bool = True) -> None:
    fresh = BUILD / "site"
    shutil.rmtree(fresh, ignore_errors=True)
    with _progress("Building pages"):
        make_pages(settings.config, BUILD / "docs", fresh, csp=csp)
    with _progress("Drawing share cards"):
        make_cards(fresh, CARDS)
    with _progress("Indexing for search"):
        make_search(fresh)
    with _progress("Following every link"):
        faults = list(faults_of(fresh))
    if faults:
        raise SiteError("\n".join([*faults[:50], f"{len(faults)} faults in the built site."]))
    swap(fresh, site_dir)


@commands.command("serve")
@click.option("--port", default=8000, show_default=True)
@click.pass_obj
def serve_command(settings: Settings, port: int) -> None:
    """Build the site and show it; an edited record shows in the browser by itself.

    Example: catalogue serve --port 8080
    """
    from mkdocs.livereload import LiveReloadServer

    site_dir = BUILD / "served"

    def rebuild() -> None:
        try:
            _generate(settings)
            _make_site(settings, site_dir, csp=False)
        except (SystemExit, SiteError) as error:
            if isinstance(error, SiteError):
                click.echo(str(error), err=True)
            click.echo("The site still shows the last good build.", err=True)

    rebuild()
    if not site_dir.exists():
        raise SystemExit(1)
    server = LiveReloadServer(builder=rebuild, host="127.0.0.1", port=port, root=str(site_dir), mount_path="/")
    for path in (settings.content, Path("overrides"), settings.config):
        server.watch(str(path))
    click.echo(f"http://127.0.0.1:{port}/ shows the site. Ctrl-C stops.")
    try:
        server.serve()  # type: ignore[no-untyped-call]
    finally:
        server.shutdown()


@contextmanager
def _progress(what: str) -> Iterator[None]:
    """Say on a terminal what takes time; say nothing in a pipe."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(f"{what} …"):
        yield


if __name__ == "__main__":
    main()
