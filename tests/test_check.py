"""`catalogue check` as it is run: what it lists, what fails, what it mends, and what it remembers."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
from conftest import base_files
from test_main import project, run, spoil

from generator.commands.memory import recall, remember
from generator.history import changed_since
from generator.survey import survey

__all__ = ["project"]
WARNED = "content/programmes/cohesion.yml"


def git(folder: Path, *words: str) -> None:
    settings = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *settings, *words], cwd=folder, check=True, capture_output=True)


def test_warnings_are_counted_listed_when_asked_for_and_fail_only_when_strict(project: Path) -> None:
    assert run(project, "generate", "--strict").returncode == 1
    counted, listed = run(project, "check"), run(project, "check", "--warnings")
    named, strict = run(project, "check", WARNED), run(project, "check", "--strict")
    assert [done.returncode for done in (counted, listed, named, strict)] == [0, 0, 0, 1]
    assert "fact-without-source" in counted.stdout
    assert f"{WARNED}:" not in counted.stdout + counted.stderr
    assert all(re.search(rf"{WARNED}:\d+:\d+: fact-without-source", done.stderr) for done in (listed, named, strict))
    assert "agreements/" not in named.stderr


def test_fix_mends_says_so_and_tells_what_remains(project: Path) -> None:
    file = project / "content" / "programmes" / "x.yml"
    mark = b"\xef\xbb\xbf"
    file.write_bytes(mark + b"id: x\r\nname: X # a note\r\nlevel: Regional\r\nsummary: T.\r\nstrat: 2010\r\n")
    done = run(project, "check", "--fix")
    assert file.read_bytes() == mark + b"id: x\r\nname: X # a note\r\nlevel: regional\r\nsummary: T.\r\nstrat: 2010\r\n"
    assert "Mended content/programmes/x.yml, line 3: 'Regional' is not a word for this field." in done.stdout
    assert "content/programmes/x.yml:5:1: unknown-field" in done.stderr
    assert done.returncode == 1
    assert "Nothing here can be mended for certain." in run(project, "check", "--fix").stdout
    assert not [path for path in file.parent.iterdir() if path.name.startswith(".")]


def test_annotations_begin_with_the_files_that_differ_from_the_base(project: Path) -> None:
    spoil(project)
    git(project, "init", "-q")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "one")
    assert changed_since(project / "content", "HEAD") == frozenset()
    assert changed_since(project / "content", "no-such-thing") is None
    assert changed_since(project / "content", "--output=x") is None
    (project / "content" / "programmes" / "zz.yml").write_text("id: zz\nname: Z\n", encoding="utf-8")
    assert changed_since(project / "content", "HEAD") == {"programmes/zz.yml"}
    lines = run(project, "check", "--format", "github", "--base", "HEAD").stdout.splitlines()
    assert lines[0].startswith("::error file=content/programmes/zz.yml")
    assert "broken.yml" in lines[1]
    assert run(project, "check", "--format", "github", "--base", "no-such-thing").returncode == 1


@pytest.mark.parametrize("style", ["json", "sarif", "github", "summary"])
def test_other_formats_go_to_stdout(project: Path, style: str) -> None:
    spoil(project)
    done = run(project, "check", "--format", style)
    assert (done.returncode, done.stderr) == (1, "")
    assert "unknown-field" in done.stdout
    if style in ("json", "sarif"):
        json.loads(done.stdout)


# -- the memory


def test_a_second_run_reads_from_memory_and_tells_the_same(project: Path) -> None:
    spoil(project)
    first, second = run(project, "check", "--warnings"), run(project, "check", "--warnings")
    assert list((project / ".cache" / "check").glob("*.json"))
    assert (first.stdout, first.stderr) == (second.stdout, second.stderr)


def test_a_memory_that_is_damaged_or_cannot_be_kept_is_passed_over_in_silence(tmp_path: Path) -> None:
    known = survey(base_files(), date(2026, 11, 23)).memory
    content, folder = tmp_path / "content", tmp_path / "cache"
    remember(content, known, folder)
    assert recall(content, folder) == known
    (file,) = folder.glob("*.json")
    whole = file.read_bytes()
    for damaged in (b"", b"[]", whole[:-9], whole.replace(b"cohesion", b"cohesiom"), b"\xff" + whole):
        file.write_bytes(damaged)
        assert recall(content, folder) == {}
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be", encoding="utf-8")
    remember(content, known, blocked)
    assert recall(content, blocked) == {}


def test_the_memory_of_another_state_of_the_program_counts_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = survey(base_files()).memory
    remember(tmp_path, known, tmp_path / "cache")
    monkeypatch.setattr("generator.commands.memory._program", lambda: b"another")
    assert recall(tmp_path, tmp_path / "cache") == {}
