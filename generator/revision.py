"""The content folder as it was at a revision, read from git without touching the working tree."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path, PurePosixPath
from posixpath import dirname, join, normpath

from generator.model.values import near
from generator.problems import Refused
from generator.read import LARGEST

SINCE = "..."
"""After a revision: where the present branch left it, as in `git diff main...`."""


def files_at(content: Path, revision: str) -> dict[str, bytes]:
    """The files of the content folder at a revision, by path below it, as `read_folder` gives those of today.

    `main...` stands for the commit at which the present branch left main. Raises Refused, with a sentence on what to
    do, without git, outside of a repository, and where the revision or its content folder is not there.
    """
    prefix = _prefix(content)
    commit = _commit(content, revision)
    listed = _git(content, "ls-tree", "-r", "-z", "-l", "--full-tree", f"{commit}:{prefix.rstrip('/')}")
    if listed is None:
        raise Refused(
            f"There is no folder {prefix.rstrip('/') or content} at {revision}, so there is nothing to compare with. "
            "Name a revision that has it, or another folder by --content."
        )
    entries = dict(map(_entry, filter(None, listed.decode("utf-8", "surrogateescape").split("\0"))))
    return _contents(content, _followed(content, entries))


def _prefix(content: Path) -> str:
    """The content folder below the top of its repository, with a slash."""
    try:
        found = _git(content, "rev-parse", "--show-prefix")
    except OSError:
        message = "git is not installed here, and only git knows earlier states. Install it: https://git-scm.com"
        raise Refused(message) from None
    if found is None:
        raise Refused(
            f"The folder {content} is in no git repository, so there is no earlier state to compare with. "
            "Run this in a clone of the catalogue."
        )
    return found.decode("utf-8", "surrogateescape").strip("\n")


def _commit(content: Path, revision: str) -> str:
    wanted = revision.removesuffix(SINCE) or "HEAD"
    found = _git(content, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{wanted}^{{commit}}")
    if found is None:
        raise Refused(_unknown(content, wanted))
    commit = found.decode().strip()
    if not revision.endswith(SINCE):
        return commit
    base = _git(content, "merge-base", commit, "HEAD")
    if base is None:
        raise Refused(f"{wanted} and the present branch have no commit in common{_shallow(content)}. Name a revision.")
    return base.decode().strip()


def _unknown(content: Path, revision: str) -> str:
    """Why a revision is not found, and what was probably meant."""
    listed = _git(content, "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes", "refs/tags")
    names = (listed or b"").decode("utf-8", "replace").split("\n")
    hint = near(revision, filter(None, names)) or "`git branch --all` and `git tag` list the names that there are."
    return f"There is no revision '{revision}' here{_shallow(content)}. {hint}"


def _shallow(content: Path) -> str:
    if (_git(content, "rev-parse", "--is-shallow-repository") or b"").strip() != b"true":
        return ""
    return ", and this clone holds the newest commits only (`git fetch --unshallow` gets the others)"


def _entry(line: str) -> tuple[str, tuple[str, str, int]]:
    """A line of `git ls-tree -l`: path, then mode, object and size."""
    told, _, path = line.partition("\t")
    mode, _, name, size = told.split()
    return path, (mode, name, int(size) if size.isdigit() else 0)


LINK, MODULE = "120000", "160000"
Entries = dict[str, tuple[str, str, int]]


def _followed(content: Path, entries: Entries) -> Entries:
    """Files that count, links to one of them by what they lead to; a link to elsewhere is nothing."""
    seen = {path: entry for path, entry in entries.items() if not _is_hidden(path) and entry[0] != MODULE}
    links = {path: entry for path, entry in seen.items() if entry[0] == LINK}
    targets = _contents(content, links)
    found = {path: entry for path, entry in seen.items() if path not in links}
    goals = {path: normpath(join(dirname(path), os.fsdecode(targets[path]))) for path in links}
    return dict(sorted({**found, **{path: found[goal] for path, goal in goals.items() if goal in found}}.items()))


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in PurePosixPath(path).parts)


def _contents(content: Path, entries: Entries) -> dict[str, bytes]:
    """What the files hold. One that is too large for a record is not read: any text of that size is told as such."""
    wanted = {path: name for path, (_, name, size) in entries.items() if size <= LARGEST}
    large = dict.fromkeys(entries.keys() - wanted.keys(), b"#" * (LARGEST + 1))
    names = list(dict.fromkeys(wanted.values()))
    answer = _git(content, "cat-file", "--batch", told="".join(f"{name}\n" for name in names).encode())
    held = _objects(answer or b"")
    if missing := [path for path, name in wanted.items() if name not in held]:
        hint = "Run `git fsck`; in a partial clone, fetch it first."
        raise Refused(f"git cannot give {missing[0]} as it was then. {hint}")
    return {path: large[path] if path in large else held[wanted[path]] for path in entries}


def _objects(answer: bytes) -> dict[str, bytes]:
    """The answer of `git cat-file --batch`: for each object a line with its name, sort and size, then its bytes."""
    held: dict[str, bytes] = {}
    at = 0
    while at < len(answer):
        end = answer.index(b"\n", at)
        name, sort, *size = answer[at:end].decode().split(" ")
        at = end + 1
        if sort != "missing":
            held[name] = answer[at : at + int(size[0])]
            at += int(size[0]) + 1
    return held


def _git(folder: Path, *arguments: str, told: bytes = b"") -> bytes | None:
    """What git answers in a folder; None where it says no. Nothing is fetched from anywhere."""
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"},
        input=told,
        capture_output=True,
        check=False,
    )
    return done.stdout if done.returncode == 0 else None
