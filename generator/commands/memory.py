"""What is remembered between two runs, so that nothing is found twice.

`check` keeps what each file said in `.cache/check`, `build` what each commit did to records in `.cache/chronicle`.

It is JSON with a checksum, valid for one state of the generator and its libraries, and never needed: one that is
damaged or cannot be written is passed over. It is written aside and renamed, so that two runs at once do no harm.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import babel
import pydantic
import yaml

from generator.model.chronicle import Step, step_from, step_to
from generator.survey import Memory, dumped, remembered

FOLDER = Path(".cache/check")
CHRONICLE = Path(".cache/chronicle")
KEPT = 8
"""So many memories are kept, of different content folders."""


def recall(content: Path, folder: Path = FOLDER) -> Memory:
    """What was remembered of a content folder; nothing where that is not certain."""
    try:
        return remembered(_load(content, folder))
    except (OSError, ValueError, TypeError, KeyError, IndexError):
        return {}


def remember(content: Path, memory: Memory, folder: Path = FOLDER) -> None:
    """Keep what was seen of a content folder. A disk that is full or may not be written to is no one's mistake here."""
    _save(content, dumped(memory), folder)


def recall_steps(content: Path, folder: Path = CHRONICLE) -> dict[str, Step]:
    """What commits did to the records of a content folder, by revision; nothing where that is not certain."""
    try:
        return {str(revision): step_from(told) for revision, told in _load(content, folder).items()}
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError):
        return {}


def remember_steps(content: Path, steps: Mapping[str, Step], folder: Path = CHRONICLE) -> None:
    """Keep what commits did."""
    _save(content, {revision: step_to(step) for revision, step in sorted(steps.items())}, folder)


def _load(content: Path, folder: Path) -> Any:
    head, _, body = _file(content, folder).read_bytes().partition(b"\n")
    if head.decode() != _checksum(body):
        raise ValueError("damaged, or of another state of the program")
    return json.loads(body)


def _save(content: Path, value: Any, folder: Path) -> None:
    body = json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=folder, prefix="new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_checksum(body).encode() + b"\n" + body)
            os.replace(aside, _file(content, folder))
        except OSError:
            Path(aside).unlink(missing_ok=True)
        _tidy(folder)


def _tidy(folder: Path) -> None:
    every = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in every[KEPT:]:
        old.unlink(missing_ok=True)


def _checksum(body: bytes) -> str:
    """Of what is remembered, and of the program that found it."""
    return hashlib.sha256(_program() + body).hexdigest()


def _program() -> bytes:
    """The sources of the generator and the versions of what reads for it."""
    texts = (version("markdown-it-py"), version("Markdown"))
    versions = (sys.version, babel.__version__, pydantic.VERSION, yaml.__version__, *texts)
    sources = sorted(Path(__file__).parent.parent.rglob("*.py"))
    whole = hashlib.sha256(repr(versions).encode())
    for source in sources:
        whole.update(source.name.encode() + b"\0" + source.read_bytes())
    return whole.digest()


def _file(content: Path, folder: Path) -> Path:
    return folder / f"{hashlib.sha256(str(content.resolve()).encode()).hexdigest()[:16]}.json"
