"""Which of the tools that we name have newer releases than the lock files and workflows say: one report as Markdown.

It asks the registries through pip and npm, and the actions' repositories through git. What only comes along with
another tool is counted, not listed. Nothing is printed where all is new.

Usage: python -m scripts.outdated
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
PIN = re.compile(r"uses: (actions/[a-z-]+)@[0-9a-f]{40} # v([\d.]+)")
TAG = re.compile(r"^([0-9a-f]{40})\s+refs/tags/v(\d+(?:\.\d+){2})(\^\{\})?$", re.MULTILINE)
SAFE = re.compile(r"[^\w.+/@-]")
"""What no name or version has: the registries are others'."""


@dataclass(frozen=True, order=True)
class Newer:
    """A tool with a newer release."""

    where: str
    name: str
    ours: str
    newest: str
    note: str = ""


def named(pyproject: str) -> frozenset[str]:
    """The packages that pyproject.toml names, in the spelling that pip compares."""
    project = tomllib.loads(pyproject)["project"]
    lines = [*project["dependencies"], *(each for more in project["optional-dependencies"].values() for each in more)]
    return frozenset(_plain(found[0]) for line in lines if (found := NAME.match(line)))


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def python_packages(outdated: Iterable[Mapping[str, str]], ours: frozenset[str]) -> tuple[list[Newer], int]:
    """Of what `pip list --outdated` tells: the packages that we name, and how many others there are."""
    every = list(outdated)
    mine = [each for each in every if _plain(each["name"]) in ours]
    listed = [Newer("Python", each["name"], each["version"], each["latest_version"]) for each in mine]
    return listed, len(every) - len(listed)


def node_packages(ours: Mapping[str, str], newest: Mapping[str, str]) -> list[Newer]:
    """The packages of `make verify` whose newest version is another."""
    return [Newer("Node", name, ours[name], version) for name, version in newest.items() if version != ours[name]]


def actions(workflows: Iterable[str]) -> dict[str, str]:
    """The actions that workflows use, and the versions that their comments give."""
    return dict(found for text in workflows for found in PIN.findall(text))


def newest_tag(refs: str) -> tuple[str, str] | None:
    """The highest version that `git ls-remote --tags` tells, and the commit that it stands for."""
    found = {version: commit for commit, version, _ in sorted(TAG.findall(refs), key=lambda each: each[2])}
    best = max(found, key=lambda version: tuple(map(int, version.split("."))), default=None)
    return (best, found[best]) if best else None


def report(found: Iterable[Newer], others: int) -> str:
    """The report; empty where there is nothing to say."""
    rows = [
        f"| {each.where} | {_cell(each.name)} | {_cell(each.ours)} | {_cell(each.newest)} | {_cell(each.note)} |"
        for each in sorted(found)
    ]
    if not rows and not others:
        return ""
    head = (
        "`make lock` takes what `pyproject.toml` allows; a limit there, an npm version and the pin of an action are "
        "changed by hand.\n"
    )
    table = ["| Where | Tool | Ours | Newest | Pin |", "|---|---|---|---|---|", *rows] if rows else []
    more = [f"\n{others} more Python packages come along with these and have newer releases."] if others else []
    return "\n".join([head, *table, *more]) + "\n"


def _cell(text: str) -> str:
    return f"`{SAFE.sub('', text)[:80]}`" if text else ""


# -- asking


def _asked(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[:4])} failed: {done.stderr.strip()}")
    return done.stdout


def _actions() -> list[Newer]:
    folder = Path(".github") / "workflows"
    found = []
    for name, ours in actions(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yml"))).items():
        newest = newest_tag(_asked("git", "ls-remote", "--tags", f"https://github.com/{name}"))
        if newest and newest[0] != ours:
            found.append(Newer("Action", name, ours, newest[0], newest[1]))
    return found


def main() -> None:
    """Ask and print."""
    listed = json.loads(_asked(sys.executable, "-m", "pip", "list", "--outdated", "--format", "json"))
    python, others = python_packages(listed, named(Path("pyproject.toml").read_text(encoding="utf-8")))
    package = json.loads((Path("tests") / "verify" / "package.json").read_text(encoding="utf-8"))
    newest = {name: json.loads(_asked("npm", "view", name, "version", "--json")) for name in package["dependencies"]}
    print(report([*python, *node_packages(package["dependencies"], newest), *_actions()], others), end="")


if __name__ == "__main__":
    main()
