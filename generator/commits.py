"""The commits that touched the content folder, and the bytes of its files then, read from git."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from generator.history import MARK, git, passed_over
from generator.read import LARGEST

MOST = 200
"""So many commits are looked at: at two a week, two years."""
FILES = frozenset({"100644", "100755"})
NOTHING = frozenset({"0" * 40, "0" * 64})


@dataclass(frozen=True)
class Touched:
    """A file that a commit touched; a name of bytes is empty where there was no file."""

    path: str
    before: str
    after: str


@dataclass(frozen=True)
class Commit:
    """A commit as the branch sees it: what it did to the content since its first parent."""

    revision: str
    when: datetime
    """The committer's time, in UTC: when it came into the branch, which for a merge or rebase is not when it was
    written."""
    files: tuple[Touched, ...]
    style: bool = False
    """Whether it stands in `.git-blame-ignore-revs`."""


@dataclass(frozen=True)
class Log:
    """The newest commits, the newest first, and the files as the newest left them: path → name of the bytes."""

    commits: tuple[Commit, ...]
    files: Mapping[str, str]
    began: datetime | None
    whole: bool
    """Whether the commits reach back to the first."""


def commits(folder: Path, most: int = MOST) -> Log | None:
    """The commits that touched a folder, along first parents, with paths below it.

    None without git, outside of a repository and on a shallow clone, whose first commit seems to add all files.
    """
    asked = git(folder, "rev-parse", "--is-shallow-repository", "--show-prefix", "--show-toplevel")
    if asked is None or not asked.startswith("false\n"):
        return None
    _, prefix, top, *_ = asked.split("\n")
    form = (f"--format={MARK}%H %ct", "--raw", "--no-abbrev", "--no-renames", "-z")
    told = git(folder, "log", "--first-parent", "-m", "--root", *form, f"-n{most + 1}", "--", ".")
    tree = git(folder, "ls-tree", "-r", "-z", "--full-tree", f"HEAD:{prefix.rstrip('/')}")
    roots = git(folder, "rev-list", "--max-parents=0", "--timestamp", "HEAD")
    if told is None or tree is None or roots is None:
        return None
    style = passed_over(Path(top))
    found = [_commit(each, prefix, style) for each in told.split(MARK)[1:]]
    began = min((_time(line.split(" ")[0]) for line in roots.split("\n") if line), default=None)
    return Log(tuple(found[:most]), _files(tree), began, len(found) <= most)


def _commit(text: str, prefix: str, style: frozenset[str]) -> Commit:
    head, *rest = text.split("\0")
    revision, when = head.strip("\n").split(" ")
    entries = [each.strip("\n") for each in rest if each.strip("\n")]
    pairs = zip(entries[::2], entries[1::2], strict=True)
    files = (_touched(told, path.removeprefix(prefix)) for told, path in pairs)
    return Commit(revision, _time(when), tuple(file for file in files if _counts(file.path)), revision in style)


def _touched(told: str, path: str) -> Touched:
    """From «:mode mode name name letter». What is no plain file, as a link, is nothing."""
    modes, names = told[1:].split(" ")[:2], told.split(" ")[2:4]
    kept = [name if mode in FILES and name not in NOTHING else "" for mode, name in zip(modes, names, strict=True)]
    return Touched(path, *kept)


def _files(tree: str) -> dict[str, str]:
    lines = [line.partition("\t") for line in tree.split("\0") if line]
    entries = {path: told.split(" ") for told, _, path in lines}
    return {path: name for path, (mode, _, name) in entries.items() if mode in FILES and _counts(path)}


def _counts(path: str) -> bool:
    return not any(part.startswith(".") for part in path.split("/"))


def _time(seconds: str) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)


class Blobs:
    """The bytes of files by their names, one at a time, from one process of git."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            ["git", "cat-file", "--batch"],
            cwd=folder,
            env={**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def __enter__(self) -> Blobs:
        return self

    def __exit__(self, *_: object) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        self._process.wait()

    def read(self, name: str) -> bytes | None:
        """The bytes; None where git has lost them, as in a partial clone, or they are too many for a record."""
        told, answer = self._pipes()
        told.write(name.encode() + b"\n")
        told.flush()
        _, sort, *size = answer.readline().decode().split()
        if sort != "blob":
            return None
        data = answer.read(int(size[0]) + 1)[:-1]
        return data if len(data) <= LARGEST else None

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        assert self._process.stdin
        assert self._process.stdout
        return self._process.stdin, self._process.stdout
