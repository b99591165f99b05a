"""A newcomer's path, walked as they walk it: clone, begin a record, make three mistakes, mend each from its message
alone, put it in style, see what changes for readers, commit.

The commands of this very code run as processes in a fresh clone; the questions of `new` are asked on a terminal.
"""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import HERE

ROOT = HERE.parent
RECORD = Path("content/programmes/harbour-dialogue.yml")
MISTAKES = """start: 18/05/2010
budjet:
  - {amount: '1,500,000', currency: EUR, basis: allocation, sources: [s1]}
countries: [CHL, PE]
"""
"""Three that people make: a date in the order of their country, a field misspelt, a code of three letters."""


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh clone of this project, by somebody who told git nothing but a name."""
    folder = tmp_path_factory.mktemp("newcomer") / "catalogue"
    done = git(ROOT, "clone", "--quiet", "--no-hardlinks", str(ROOT), str(folder))
    assert done.returncode == 0, done.stderr
    return folder


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    who = {f"GIT_{role}_{what}": "newcomer" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    return {**kept, **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "PYTHONPATH": str(ROOT)}


def git(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *words], cwd=folder, env=environment(), capture_output=True, text=True, check=False)


def catalogue(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "generator", "--today", "2026-11-23", *words]
    return subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=False)


def on_a_terminal(folder: Path, words: Sequence[str], answers: Sequence[tuple[str, str]]) -> tuple[int, str]:
    """Run a command on a terminal and answer each question when it is asked; its exit code and all that it showed."""
    child, terminal = pty.fork()
    if child == 0:  # pragma: no cover - the other process
        os.chdir(folder)
        command = [sys.executable, "-P", "-m", "generator", "--today", "2026-11-23", *words]
        os.execvpe(sys.executable, command, environment())
    shown, waiting = "", list(answers)
    while _more(terminal):
        try:
            part = os.read(terminal, 4096)
        except OSError:  # how Linux says that the other side is gone
            break
        if not part:
            break
        shown += part.decode()
        if waiting and re.search(waiting[0][0], shown.rpartition("\n")[2]):
            os.write(terminal, f"{waiting.pop(0)[1]}\n".encode())
    os.close(terminal)
    assert not waiting, f"never asked: {waiting[0][0]}\n{shown}"
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown


def _more(terminal: int) -> bool:
    ready, _, _ = select.select([terminal], [], [], 60)
    return bool(ready)


def test_a_newcomer_gets_from_a_clone_to_a_commit(clone: Path) -> None:
    begun, shown = on_a_terminal(
        clone,
        ["new", "programme"],
        [
            (r"^name\b", "Harbour dialogue of the two regions"),
            (r"^summary\b", "Port authorities of both regions met and trained together."),
            (r"^Its id\b", "harbour-dialogue"),
            (r"^Title of the publication\b", "Harbour dialogue: final report"),
            (r"^Its publisher\b", "An example publisher"),
            (r"^Its address on the web\b", "https://example.org/report"),
        ],
    )
    assert begun == 0, shown
    assert RECORD.as_posix() in shown
    assert catalogue(clone, "check").returncode == 0
    assert catalogue(clone, "fmt", "--check").returncode == 0

    path = clone / RECORD
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("summary:", MISTAKES + "summary:", 1), encoding="utf-8")
    mended = mend_from_the_messages(clone, path)
    assert mended == ["bad-date", "unknown-field", "not-a-number", "unknown-reference"]
    assert "Nothing says where `start`, `countries` come from." in catalogue(clone, "check", str(RECORD)).stderr
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\nevidence:\n", "\nevidence:\n  start: [s1]\n  countries: [s1]\n"), encoding="utf-8")
    assert catalogue(clone, "check", "--strict", str(RECORD)).returncode == 0

    assert catalogue(clone, "fmt", str(RECORD)).returncode == 0
    assert catalogue(clone, "fmt", "--check").returncode == 0
    told = catalogue(clone, "diff", "HEAD").stdout
    assert "1 record added" in told
    assert "Harbour dialogue of the two regions" in told
    assert "Chile" in told
    assert "Peru" in told

    assert git(clone, "add", "content").returncode == 0
    assert git(clone, "commit", "--quiet", "--message", "Add the harbour dialogue").returncode == 0
    assert "No change for readers" in catalogue(clone, "diff", "HEAD").stdout
    assert git(clone, "status", "--porcelain").stdout == ""


MESSAGE = re.compile(r"^(?P<path>[^:]+):(?P<line>\d+):(?P<column>\d+): (?P<code>[a-z0-9-]+): (?P<words>.*)$")
WRITE = re.compile(r"Did you mean '(?P<meant>[^']+)'\?|Write (?P<wanted>[^ ]+?)(?:,| or |\.$)")


def mend_from_the_messages(clone: Path, path: Path) -> list[str]:
    """Do what each message says at the place that it names, and nothing else, until there is none; the codes met.

    A newcomer reads «Write 2010-05-18» or «Did you mean 'budget'?» and types that over what the caret points at.
    """
    met: list[str] = []
    for _ in range(9):
        done = catalogue(clone, "check", str(RECORD))
        if done.returncode == 0:
            return met
        lines = done.stderr.splitlines()
        first = next(number for number, line in enumerate(lines) if MESSAGE.match(line))
        message = MESSAGE.match(lines[first])
        assert message is not None
        assert Path(message["path"]) == RECORD
        said = WRITE.search(message["words"])
        assert said is not None, f"the message does not say what to write: {message[0]}"
        carets = next(line.count("^") for line in lines[first + 1 :] if "^" in line)
        type_over(path, int(message["line"]), int(message["column"]), carets, said["meant"] or said["wanted"])
        met.append(message["code"])
    raise AssertionError(done.stderr)


def type_over(path: Path, line: int, column: int, width: int, new: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    old = lines[line - 1]
    lines[line - 1] = old[: column - 1] + new + old[column - 1 + width :]
    path.write_text("".join(lines), encoding="utf-8")


def test_a_name_that_exists_is_refused_with_a_pointer_to_its_record(clone: Path) -> None:
    done = catalogue(
        clone, "new", "programme", "urbelac-two", "--name", "Urban European and Latin American and Caribean cities",
        "--set", "summary=One.",
    )  # fmt: skip
    assert done.returncode == 1
    assert "programmes/urbelac.yml" in done.stderr
    assert not (clone / "content/programmes/urbelac-two.yml").exists()
