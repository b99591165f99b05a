"""Many content files changed at once: after a kill at any moment, all of them are as before or all as after.

The new texts and the old ones are written aside first, into a folder that `read_folder` passes over. Giving it its
final name is the moment that counts: before it the change never happened, after it the next command completes it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from generator.problems import Refused

try:
    import fcntl
except ImportError:  # pragma: no cover - where there is none, a file stands for the lock
    fcntl = None  # type: ignore[assignment]

ASIDE, WAITING, UNDOING, DONE = ".change.new", ".change", ".change.undo", ".change.done"
"""The folder of a change, as it is written, made, taken back, and over."""
LOCK = ".change.lock"

Changes = Mapping[str, bytes | None]
"""Paths below a folder and their new bytes, None for a file that goes."""


def replace_files(folder: Path, changes: Changes, before: Mapping[str, bytes] | None = None) -> None:
    """Change all these files, or none: a process killed on the way leaves the rest to `settle`.

    `before` holds the files as the caller read them; one that was edited since is not written over. Raises
    `Refused` where that is so, where another command is at work, or where the disk does not let us write.
    """
    with alone(folder):
        _settle(folder)
        _refuse_edited(folder, changes, before or {})
        try:
            _write_aside(folder, changes)
        except OSError as error:
            shutil.rmtree(folder / ASIDE, ignore_errors=True)
            raise _refusal(error) from None
        os.rename(folder / ASIDE, folder / WAITING)
        _sync(folder)
        try:
            _carry_out(folder, WAITING, "new")
        except OSError as error:
            _take_back(folder)
            raise _refusal(error) from None


def settle(folder: Path) -> str:
    """Complete or take back what a killed command left. Says so in a sentence, or says nothing.

    Raises `Refused` where a file of it was edited by hand since, and where another command is at work.
    """
    if not any((folder / name).exists() for name in (ASIDE, WAITING, UNDOING, DONE)):
        return ""
    with alone(folder):
        try:
            return _settle(folder)
        except OSError as error:
            raise Refused(
                f"A command was stopped while it changed files, and its change cannot be completed: {_why(error)}. "
                "Mend the rights, then try again."
            ) from None


def _settle(folder: Path) -> str:
    if (folder / UNDOING).exists():
        _carry_out(folder, UNDOING, "old")
        return "A command was stopped while it took a change back; that is now done, and nothing is changed."
    if (folder / WAITING).exists():
        count = _carry_out(folder, WAITING, "new")
        files = "1 file" if count == 1 else f"{count} files"
        return f"A command was stopped while it changed {files}; its change is now complete."
    said = "A command was stopped before it changed anything; what it had prepared is removed."
    found = (folder / ASIDE).exists()
    for name in (ASIDE, DONE):
        shutil.rmtree(folder / name, ignore_errors=True)
    return said if found else ""


# -- the change on disk


def _write_aside(folder: Path, changes: Changes) -> None:
    aside = folder / ASIDE
    aside.mkdir()
    rows = []
    for number, (path, new) in enumerate(sorted(changes.items())):
        old = _bytes(_target(folder, path))
        for name, data in (("new", new), ("old", old)):
            if data is not None:
                _write(aside / f"{name}-{number}", data)
        rows.append({"path": path, "new": _hash(new), "old": _hash(old)})
    _write(aside / "files.json", json.dumps(rows).encode())
    _sync(aside)


def _carry_out(folder: Path, name: str, side: str) -> int:
    """Give every file of a change its new or old bytes, and end the change. Done twice, it does the same."""
    change = folder / name
    rows: list[dict[str, Any]] = json.loads((change / "files.json").read_bytes())
    for row in rows:
        _refuse_foreign(folder, row)
    for number, row in enumerate(rows):
        _set(folder, change, _target(folder, row["path"]), _bytes(change / f"{side}-{number}"))
    os.rename(change, folder / DONE)
    shutil.rmtree(folder / DONE)
    return len(rows)


def _set(folder: Path, change: Path, target: Path, data: bytes | None) -> None:
    if _bytes(target) == data:
        return
    if data is None:
        target.unlink(missing_ok=True)
    else:
        fresh = change / "fresh"
        _write(fresh, data)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            shutil.copymode(target, fresh)
        os.replace(fresh, target)
    _sync(target.parent)


def _refusal(error: OSError) -> Refused:
    return Refused(f"Nothing was changed: {_why(error)}. Make room or mend the rights, then try again.")


def _take_back(folder: Path) -> None:
    os.rename(folder / WAITING, folder / UNDOING)
    try:
        _carry_out(folder, UNDOING, "old")
    except OSError as error:
        raise Refused(
            f"The change stopped half way and could not be taken back: {_why(error)}. "
            "Mend the rights; the next command takes it back."
        ) from None


def _refuse_edited(folder: Path, changes: Changes, before: Mapping[str, bytes]) -> None:
    for path in changes:
        if path in before and _bytes(_target(folder, path)) != before[path]:
            raise Refused(f"Nothing was changed: {path} was edited while the command ran. Run it again.")


def _refuse_foreign(folder: Path, row: Mapping[str, Any]) -> None:
    now = _hash(_bytes(_target(folder, row["path"])))
    if now not in (row["old"], row["new"]):
        raise Refused(
            f"A command was stopped while it changed files, and {row['path']} was edited since. Keep your edit "
            "elsewhere, put the file back as it was (git restore), and run a command again to complete the change."
        )


def _target(folder: Path, path: str) -> Path:
    """The file that a path stands for; where that is a link, what it leads to."""
    target = (folder / path).resolve()
    if not target.is_relative_to(folder.resolve()):
        raise ValueError(f"{path!r} leaves the folder")
    return target


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _hash(data: bytes | None) -> str | None:
    return None if data is None else hashlib.sha256(data).hexdigest()


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Make the names in a folder last; where folders can't be opened, the system has no such need."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # pragma: no cover - Windows
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _why(error: OSError) -> str:
    return f"{error.strerror or error} ({Path(str(error.filename)).name})" if error.filename else str(error.strerror)


# -- one command at a time

BUSY = "Another command is changing the records right now. Wait until it is done, then try again."


@contextmanager
def alone(folder: Path, busy: str = BUSY) -> Iterator[None]:
    """Nobody else changes the folder meanwhile. Raises `Refused` at once where somebody does, with this sentence."""
    with _locked(folder, busy) if fcntl else _marked(folder, busy):
        yield


@contextmanager
def _locked(folder: Path, busy: str) -> Iterator[None]:
    """The folder itself is locked: the system lets go of it when the process ends, however it ends."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise Refused(busy) from None
    try:
        yield
    finally:
        os.close(handle)


@contextmanager
def _marked(folder: Path, busy: str) -> Iterator[None]:
    """For systems without such locks: a file that is there while a command is at work."""
    mark = folder / LOCK
    try:
        os.close(os.open(mark, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError:
        raise Refused(f"{busy} If none is at work, delete {mark.as_posix()}.") from None
    try:
        yield
    finally:
        mark.unlink()
