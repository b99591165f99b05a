"""The tree goes to disk: only what changed is written, nothing stale stays, and nothing changes until all is there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.place import aside_of, settle


@dataclass(frozen=True)
class Written:
    """What a write did, as counts of files."""

    written: int
    kept: int
    deleted: int


def write(tree: Mapping[str, str | bytes], folder: Path) -> Written:
    """Make `folder` hold just `tree` (path below it → text, or bytes).

    Files that hold the same bytes are not touched, and the folder is never emptied first: on ext4, creating files after
    a delete costs five to fifteen times more. All that is new is written beside the folder before the first file of it
    changes, so a full disk changes nothing; then files take their places by their names. A process that is killed among
    those leaves the rest to the next write. Raises `ValueError` for a path that leaves the folder, `OSError` where the
    disk does not let us write.
    """
    folder, names = folder.resolve(), sorted(tree)
    for name in names:
        _refuse_outside(name)
    settle(folder)
    fresh = [name for name in names if not _is_same(folder / name, tree[name])]
    stale = sorted(set(_paths(folder)) - set(names) - _folders(names), reverse=True)
    gone = sum(1 for name in stale if not _is_folder(folder / name))
    if fresh:
        _bring(tree, fresh, folder)
    for name in stale:
        _remove(folder / name)
    return Written(len(fresh), len(names) - len(fresh), gone)


def _bring(tree: Mapping[str, str | bytes], fresh: list[str], folder: Path) -> None:
    aside = aside_of(folder)
    aside.mkdir()
    try:
        for number, name in enumerate(fresh):
            (aside / str(number)).write_bytes(_bytes(tree[name]))
        for name in sorted({os.path.dirname(name) for name in fresh}):
            _make_folder(folder / name, folder)
        for number, name in enumerate(fresh):
            if _is_folder(folder / name):
                shutil.rmtree(folder / name)
            os.replace(aside / str(number), folder / name)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _make_folder(path: Path, top: Path) -> None:
    """A folder below the top, also where a file or a link has taken its place or that of one above it."""
    if not _is_folder(path):
        if path != top:
            _make_folder(path.parent, top)
            path.unlink(missing_ok=True)
        path.mkdir(parents=True)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _remove(path: Path) -> None:
    """What is stale goes: a file, a link, a folder with all that is in it; one that is gone already is no matter."""
    if _is_folder(path):
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(FileNotFoundError, NotADirectoryError):
            path.unlink()


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


def _is_same(path: Path, text: str | bytes) -> bool:
    data = _bytes(text)
    try:
        return not path.is_symlink() and path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:  # none there, or a folder in its place
        return False


def _refuse_outside(name: str) -> None:
    path = Path(name)
    if path.is_absolute() or ".." in path.parts or "\0" in name:
        raise ValueError(f"{name!r} leaves the folder")


def _folders(names: list[str]) -> set[str]:
    found = {os.path.dirname(name) for name in names}
    return found | {parent.as_posix() for name in found for parent in Path(name).parents}


def _paths(folder: Path) -> Iterator[str]:
    """Whatever is in a folder, by path; links are not followed."""
    for place, folders, files in os.walk(folder):
        below = os.path.relpath(place, folder)
        for name in (*folders, *files):
            yield name if below == "." else f"{below}/{name}"
