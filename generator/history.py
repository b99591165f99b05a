"""When content files last changed, as git tells it. The build is whole without it: what is not certain is left out."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path

MARK = "\x01"
"""Begins the line of a commit in the log; no path of the catalogue holds it."""
PASSED_OVER = ".git-blame-ignore-revs"
"""At the top of the repository: commits that change the style of records and no fact. `git blame` can use it too."""


def last_changes(folder: Path) -> dict[str, date]:
    """The author's day of the last commit that touched each file below a folder, by path below it.

    Empty without git, outside a repository and on a shallow clone, whose log would date old files to the day of its
    first commit; without the files that differ from what was committed. Commits of style alone are passed over.
    """
    asked = git(folder, "rev-parse", "--is-shallow-repository", "--show-prefix", "--show-toplevel")
    if asked is None or not asked.startswith("false\n"):
        return {}
    _, prefix, top, *_ = asked.split("\n")
    # -c: a merge that changed a file itself; with it git leaves paths whole, even when told --relative
    log = git(folder, "log", f"--format={MARK}%H %as", "--name-only", "--no-renames", "-c", "-z", "--", ".")
    edited = git(folder, "diff", "--name-only", "-z", "HEAD", "--", ".")
    added = git(folder, "ls-files", "--others", "--full-name", "-z", "--", ".")
    if log is None or edited is None or added is None:
        return {}
    unsure = {*edited.split("\0"), *added.split("\0")}
    return {
        path.removeprefix(prefix): day
        for path, day in _newest(log, passed_over(Path(top))).items()
        if path not in unsure
    }


def passed_over(top: Path) -> frozenset[str]:
    """The commits of style alone, as the file at the top of a repository lists them."""
    try:
        lines = (top / PASSED_OVER).read_text(encoding="utf-8").splitlines()
    except OSError:
        return frozenset()
    return frozenset(line.partition("#")[0].strip() for line in lines) - {""}


def _newest(log: str, passed_over: frozenset[str]) -> dict[str, date]:
    """The first day that a log, which goes from new to old, gives to each path."""
    found: dict[str, date] = {}
    for commit in log.split(MARK)[1:]:
        head, *paths = commit.replace("\n", "\0").split("\0")
        revision, _, day = head.partition(" ")
        for path in filter(None, () if revision in passed_over else paths):
            found.setdefault(path, date.fromisoformat(day))
    return found


def git(folder: Path, *arguments: str) -> str | None:
    """What git says in a folder, or None where it can't."""
    try:
        done = subprocess.run(
            ["git", "-c", "core.quotePath=false", *arguments],
            cwd=folder,
            env={**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"},
            capture_output=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.decode("utf-8", "surrogateescape")


def changed_since(folder: Path, revision: str) -> frozenset[str] | None:
    """The files below a folder that differ from a revision, new ones too, by path below it; None if git can't tell."""
    known = git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if known is None:
        return None
    changed = git(folder, "diff", "--name-only", "--relative", "-z", known.strip(), "--", ".")
    added = git(folder, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    if changed is None or added is None:
        return None
    return frozenset(filter(None, [*changed.split("\0"), *added.split("\0")]))
