"""Files are changed all together or not at all, also by a process that is killed at any moment."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import HERE, base_files

from generator.checking import look
from generator.editing import transaction
from generator.editing.renaming import rename
from generator.editing.transaction import alone, replace_files, settle
from generator.problems import Refused
from generator.read import read_folder

CALLS = ("replace", "rename", "unlink", "fsync", "mkdir", "rmdir", "open")
"""What touches the disk, by its name in `os`: a process may end before any of them."""


def files_in(folder: Path) -> dict[str, bytes]:
    """All that readers of the folder see."""
    return read_folder(folder)[0]


def left_over(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def killed_at(number: int, act: Callable[[], Any]) -> bool:
    """Run in a process of its own that is killed before the n-th touch of the disk; whether it came to that."""
    child = os.fork()
    if child == 0:
        count = 0

        def counted(real: Callable[..., Any]) -> Callable[..., Any]:
            def call(*args: Any, **named: Any) -> Any:
                nonlocal count
                count += 1
                if count == number:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*args, **named)

            return call

        for name in CALLS:
            setattr(os, name, counted(getattr(os, name)))
        try:
            act()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.fixture
def old() -> dict[str, bytes]:
    return {"a.yml": b"a", "b/c.yml": b"c", "b/d.yml": b"d", "e.yml": b"e"}


NEW: dict[str, bytes | None] = {"a.yml": b"A", "b/c.yml": None, "b/d.yml": b"D", "f/g.yml": b"new"}


def after(old: dict[str, bytes], new: dict[str, bytes | None]) -> dict[str, bytes]:
    return {path: data for path, data in {**old, **new}.items() if data is not None}


def test_files_are_replaced_made_and_deleted(tmp_path: Path, old: dict[str, bytes]) -> None:
    write(tmp_path, old)
    replace_files(tmp_path, NEW)
    assert files_in(tmp_path) == after(old, NEW)
    assert left_over(tmp_path) == []


def test_a_kill_at_any_moment_leaves_the_old_or_the_new(tmp_path: Path, old: dict[str, bytes]) -> None:
    ends = set()
    number, killed = 0, True
    while killed:
        number += 1
        folder = write(tmp_path / str(number), old)
        killed = killed_at(number, lambda folder=folder: replace_files(folder, NEW))  # type: ignore[misc]
        said = settle(folder)
        found = files_in(folder)
        assert found in (old, after(old, NEW)), f"a mix after a kill at {number}: {said}"
        assert left_over(folder) == []
        assert bool(said) == killed or found in (old, after(old, NEW))
        ends.add((found == old, said.partition(" was ")[0]))
    assert number > 20
    assert {was_old for was_old, _ in ends} == {True, False}


def test_a_kill_while_the_rest_is_done_leaves_it_to_the_next(tmp_path: Path, old: dict[str, bytes]) -> None:
    """First the change is stopped half way, then the command that completes it, at each of its steps."""
    half = write(tmp_path / "half", old)
    number, killed = 0, True
    while not (half / ".change").exists():
        number += 1
        killed_at(number, lambda: replace_files(half, NEW))
    number = 0
    while killed:
        number += 1
        folder = shutil.copytree(half, tmp_path / str(number))
        killed = killed_at(number, lambda folder=folder: settle(folder))  # type: ignore[misc]
        settle(folder)
        assert files_in(folder) == after(old, NEW)
        assert left_over(folder) == []


def test_a_kill_while_a_change_is_taken_back_leaves_the_old(
    tmp_path: Path, old: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = transaction._set

    def full_disk(folder: Path, change: Path, target: Path, data: bytes | None) -> None:
        if data == b"new":
            raise OSError(28, "No space left on device", str(target))
        real(folder, change, target, data)

    monkeypatch.setattr(transaction, "_set", full_disk)
    number, killed = 0, True
    while killed:
        number += 1
        folder = write(tmp_path / str(number), old)
        killed = killed_at(number, lambda folder=folder: replace_files(folder, NEW))  # type: ignore[misc]
        with monkeypatch.context() as patch:
            patch.setattr(transaction, "_set", real)
            settle(folder)
        assert files_in(folder) in (old, after(old, NEW))
        assert left_over(folder) == []


def test_a_rename_that_is_killed_leaves_the_old_or_the_new_catalogue(tmp_path: Path) -> None:
    change = rename(look(files_in(HERE.parent / "content")), "fiiapp", "fiiapp-fsp")
    old = dict(change.before)
    assert len(change.files) > 8
    number, killed = 0, True
    while killed:
        number += 1
        folder = write(tmp_path / str(number), old)
        killed = killed_at(number, lambda folder=folder: replace_files(folder, change.files, change.before))  # type: ignore[misc]
        settle(folder)
        assert files_in(folder) in (old, after(old, dict(change.files)))
        shutil.rmtree(folder)


def test_the_next_command_says_what_it_completed(tmp_path: Path) -> None:
    content = write(tmp_path / "content", {path: text.encode() for path, text in base_files().items()})
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    change = rename(look(files_in(content)), "cohesion", "territorial-cohesion")
    number = 1
    while not (content / ".change").exists():
        assert killed_at(number, lambda: replace_files(content, change.files))
        number += 1
    done = subprocess.run(
        [sys.executable, "-m", "generator", "check"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    count = len(change.files)
    assert done.stderr == f"A command was stopped while it changed {count} files; its change is now complete.\n"
    assert done.returncode == 0
    assert (content / "programmes" / "territorial-cohesion.yml").is_file()


def test_a_file_edited_after_the_kill_is_not_written_over(tmp_path: Path, old: dict[str, bytes]) -> None:
    write(tmp_path, old)
    number = 1
    while not (tmp_path / ".change").exists():
        killed_at(number, lambda: replace_files(tmp_path, NEW))
        number += 1
    (tmp_path / "b" / "d.yml").write_bytes(b"edited")
    with pytest.raises(Refused, match=r"b/d\.yml was edited since"):
        settle(tmp_path)
    assert (tmp_path / "b" / "d.yml").read_bytes() == b"edited"


def test_a_file_edited_while_the_command_ran_is_not_written_over(tmp_path: Path, old: dict[str, bytes]) -> None:
    write(tmp_path, old)
    (tmp_path / "a.yml").write_bytes(b"edited")
    with pytest.raises(Refused, match=r"a\.yml was edited while the command ran"):
        replace_files(tmp_path, NEW, old)
    assert files_in(tmp_path) == {**old, "a.yml": b"edited"}


def test_what_cannot_be_written_is_taken_back(
    tmp_path: Path, old: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, old)
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        if Path(target).name == "d.yml" and Path(source).parent.name == ".change":
            raise PermissionError(13, "Permission denied", str(target))
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(Refused, match=r"Nothing was changed: Permission denied \(d\.yml\)"):
        replace_files(tmp_path, NEW)
    assert files_in(tmp_path) == old
    assert left_over(tmp_path) == []


def test_a_full_disk_leaves_everything(tmp_path: Path, old: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, old)

    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(transaction, "_write", full)
    with pytest.raises(Refused, match="Nothing was changed: No space left on device"):
        replace_files(tmp_path, NEW)
    assert (files_in(tmp_path), left_over(tmp_path)) == (old, [])


@pytest.mark.parametrize("locks", [True, False])
def test_two_commands_at_once_are_told_apart(
    tmp_path: Path, old: dict[str, bytes], locks: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, old)
    if not locks:
        monkeypatch.setattr(transaction, "fcntl", None)
    with alone(tmp_path), pytest.raises(Refused, match="Another command is changing the records right now"):
        replace_files(tmp_path, NEW)
    replace_files(tmp_path, NEW)
    assert (files_in(tmp_path), left_over(tmp_path)) == (after(old, NEW), [])


def test_a_path_that_leaves_the_folder_is_no_path(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="leaves the folder"):
        replace_files(tmp_path, {"../x": b"x"})


def test_a_file_keeps_its_rights(tmp_path: Path, old: dict[str, bytes]) -> None:
    write(tmp_path, old)
    (tmp_path / "a.yml").chmod(0o640)
    replace_files(tmp_path, NEW)
    assert (tmp_path / "a.yml").stat().st_mode & 0o777 == 0o640
