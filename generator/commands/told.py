"""How problems are told: to people, to programs, and on the lines of a pull request."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from generator.problems import Problem


def tell(problems: list[Problem], content: Path, style: str) -> None:
    """Print problems: as text to stderr, for machines to stdout."""
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
