"""`catalogue check`: all problems of all files in one run."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click

from generator.checking import Files, collector_paused
from generator.commands.common import Settings, is_below, progress, texts_of
from generator.commands.memory import recall, remember
from generator.history import changed_since
from generator.problems import Problem, Severity
from generator.read import read_folder
from generator.reports import Report
from generator.survey import Survey, survey

FORMATS = ("text", "json", "github", "sarif", "summary")


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "style", type=click.Choice(FORMATS), default="text", show_default=True,
              help="For people, programs, lines of a pull request, other tools, the page of a job.")  # fmt: skip
@click.option("--warnings", is_flag=True, help="List the warnings too, rather than count them.")
@click.option("--strict", is_flag=True, help="Let warnings fail the check.")
@click.option("--fix", is_flag=True, help="First mend what is certain.")
@click.option("--base", metavar="REV", help="Tell of the files changed since this git revision first.")
@click.pass_obj
def check_command(
    settings: Settings, paths: tuple[Path, ...], style: str, warnings: bool, strict: bool, fix: bool, base: str | None
) -> None:
    """Tell all that is wrong with the records, in one run.

    PATHS narrow what is told to some files or folders; all records are read all the same.

    Example: catalogue check content/programmes/urbelac.yml
    """

    def is_told(path: str) -> bool:
        return is_below(settings.content / path, paths)

    if fix:
        _fix(settings, is_told)
    report = _report(settings, is_told, base)
    listed = warnings or strict or bool(paths)
    text = _rendered(report, style, list_warnings=listed)
    failed = bool(report.errors or (strict and report.warnings))
    click.echo(text, nl=False, err=style == "text" and bool(report.errors or (listed and report.warnings)))
    if failed:
        raise SystemExit(1)


def _report(settings: Settings, is_told: Callable[[str], bool], base: str | None) -> Report:
    files, faults = read_folder(settings.content)
    found = _survey(settings, files)
    problems = tuple(p for p in (*faults, *found.problems) if is_told(p.place.path))
    return Report(
        problems=problems,
        texts=texts_of(files, problems),
        root=settings.content.as_posix(),
        records=found.records,
        changed=changed_since(settings.content, base) if base else None,
    )


def _survey(settings: Settings, files: Files) -> Survey:
    with collector_paused(), progress("Checking"):
        known = recall(settings.content)
        found = survey(files, settings.today, known)
        fresh = sum(looked is not known.get(name) for name, looked in found.memory.items())
        if fresh > FEW or known.keys() - found.memory.keys():
            remember(settings.content, found.memory)
        gc.freeze()  # all that was made lives until the process ends, so nothing of it is garbage
    return found


FEW = 3
"""So many files are read anew sooner than the memory is written."""


def _rendered(report: Report, style: str, *, list_warnings: bool) -> str:
    """The problems in one of the formats; each is read only when it is asked for."""
    if style == "text":
        from generator.reports.text import as_text

        return _said_when_clean(report) + as_text(report, list_warnings=list_warnings)
    if style in ("json", "sarif"):
        from generator.reports.data import as_json, as_sarif

        return as_json(report) if style == "json" else as_sarif(_with_pages(report))
    from generator.reports.pull_request import as_annotations, as_summary

    return as_annotations(report) if style == "github" else as_summary(_with_pages(report))


def _said_when_clean(report: Report) -> str:
    return "" if report.errors else f"{report.records} records, no errors.\n"


def _with_pages(report: Report) -> Report:
    """With the addresses of the pages that explain each code."""
    address = os.environ.get("SITE_URL", "").rstrip("/")
    return replace(report, pages=f"{address}/codes/") if address else report


def _fix(settings: Settings, is_told: Callable[[str], bool]) -> None:
    """Write every certain mend that helps, and say what was done."""
    from generator.editing.mending import mended

    files, _ = read_folder(settings.content)

    def errors(tried: Files) -> tuple[Problem, ...]:
        found = survey(tried, settings.today, known).problems
        return tuple(problem for problem in found if problem.code.severity is Severity.ERROR)

    with collector_paused(), progress("Mending"):
        known = survey(files, settings.today, recall(settings.content)).memory
        done = mended(files, errors, is_told)
    for path, text in done.texts.items():
        _write(settings.content / path, text, bytes(files[path]))
    for problem in done.done:
        place = f"{settings.content.as_posix()}/{problem.place.path}, line {problem.place.line}"
        click.echo(f"Mended {place}: {problem.message} {problem.hint}".rstrip())
    if not done.texts and done.tried:
        click.echo("Nothing was mended: it would bring other mistakes to light. Mend by hand what is told below.")
    elif not done.texts:
        click.echo("Nothing here can be mended for certain.")


def _write(path: Path, text: str, before: bytes) -> None:
    """A file anew, whole or not at all, with the mark of byte order that it had."""
    real = path.resolve()
    mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
    handle, aside = tempfile.mkstemp(dir=real.parent, prefix=".catalogue-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(mark + text.encode())
        shutil.copymode(real, aside)
        os.replace(aside, real)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
