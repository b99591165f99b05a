"""What `catalogue check` remembers between two runs, in `.cache/check`: a file that did not change is not read again.

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
from importlib.metadata import version
from pathlib import Path

import babel
import pydantic
import yaml

from generator.survey import Memory, dumped, remembered

FOLDER = Path(".cache/check")
KEPT = 8
"""So many memories are kept, of different content folders."""


def recall(content: Path, folder: Path = FOLDER) -> Memory:
    """What was remembered of a content folder; nothing where that is not certain."""
    try:
        head, _, body = _file(content, folder).read_bytes().partition(b"\n")
        if head.decode() != _checksum(body):
            return {}
        return remembered(json.loads(body))
    except (OSError, ValueError, TypeError, KeyError, IndexError):
        return {}


def remember(content: Path, memory: Memory, folder: Path = FOLDER) -> None:
    """Keep what was seen of a content folder. A disk that is full or may not be written to is no one's mistake here."""
    body = json.dumps(dumped(memory), ensure_ascii=True, separators=(",", ":")).encode()
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
