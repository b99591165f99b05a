"""What the commands share: their settings, progress on a terminal, and how problems are told."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.editing.patches import text_of
from generator.model.links import Ledger, read_ledger
from generator.problems import Problem

BUILD = Path("build")
LINKS = Path("ledger") / "links.json"
"""What the weekly look at the cited addresses found, beside `mkdocs.yml`."""


@dataclass(frozen=True)
class Settings:
    """What every command is told."""

    content: Path
    config: Path
    today: date


@contextmanager
def progress(what: str) -> Iterator[None]:
    """Say on a terminal what takes time; say nothing in a pipe."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(f"{what} …"):
        yield


def is_below(path: Path, paths: tuple[Path, ...]) -> bool:
    """Whether a path is one of some files or in one of some folders; yes where none are named."""
    whole = Path(os.path.abspath(path))
    return not paths or any(whole.is_relative_to(os.path.abspath(each)) for each in paths)


def texts_of(files: Mapping[str, bytes | str], problems: Iterable[Problem]) -> dict[str, str]:
    """The texts of the files that have problems; bytes that are not UTF-8 are marked."""
    paths = {problem.place.path for problem in problems}
    return {path: text_of(files[path]) for path in paths if path in files}


def known_links(path: Path) -> Ledger:
    """What is known of the cited addresses; nothing where the file is missing or cannot be read."""
    try:
        return read_ledger(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return {}
