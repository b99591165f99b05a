"""The commands: what they print, where, and the code they end with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import base_files

ROOT = Path(__file__).parent.parent
BROKEN = {"programmes/broken.yml": "id: broken\nname: 'A: 100%'\nsumary: One.\n"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a small valid catalogue and the settings of the real site."""
    for name, text in base_files().items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "overrides").symlink_to(ROOT / "overrides")
    return tmp_path


def run(project: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", *words]
    env = {**os.environ, **environment}
    return subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, check=False)


def spoil(project: Path) -> None:
    for name, text in BROKEN.items():
        (project / "content" / name).write_text(text, encoding="utf-8")


def test_a_clean_catalogue_ends_with_0_and_counts_its_records(project: Path) -> None:
    done = run(project, "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "no errors" in done.stdout


def test_problems_go_to_stderr_and_end_with_1(project: Path) -> None:
    spoil(project)
    done = run(project, "check")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "content/programmes/broken.yml:3:1: unknown-field: A programme has no field 'sumary'." in done.stderr


def test_paths_narrow_what_is_told(project: Path) -> None:
    spoil(project)
    assert run(project, "check", "content/themes.yml").returncode == 0
    assert run(project, "check", "content/programmes").returncode == 1


def test_json_holds_place_code_message_and_hint(project: Path) -> None:
    spoil(project)
    told = json.loads(run(project, "check", "--format", "json", "content/programmes/broken.yml").stdout)
    assert told[0] | {"hint": ""} == {
        "path": "content/programmes/broken.yml",
        "line": 3,
        "column": 1,
        "code": "unknown-field",
        "message": "A programme has no field 'sumary'.",
        "hint": "",
        "severity": "error",
        "end_line": 3,
        "end_column": 7,
        "patch": None,
    }


def test_annotations_are_escaped_for_github(project: Path) -> None:
    (project / "content" / "programmes" / "a,b.yml").write_text("id: 'x: 100%'\n", encoding="utf-8")
    done = run(project, "check", "--format", "github")
    line = next(line for line in done.stdout.splitlines() if "id-mismatch" in line or "100%25" in line)
    assert line.startswith("::error file=content/programmes/a%2Cb.yml,line=1,endLine=1,col=")
    assert "100%25" in line


@pytest.mark.parametrize("words", [("chekc",), ("--today", "yesterday", "check"), ("--content", "nowhere", "check")])
def test_wrong_use_ends_with_2(project: Path, words: tuple[str, ...]) -> None:
    assert run(project, *words).returncode == 2


def test_a_bug_of_ours_ends_with_3_and_shows_where(project: Path) -> None:
    code = (
        "import generator.__main__ as m, generator.commands.check as c, sys\n"
        "c.survey = lambda *every: 1 / 0\nsys.argv = ['x', 'check']; m.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "ZeroDivisionError" in done.stderr
    assert "a bug of the catalogue" in done.stderr


def test_ctrl_c_ends_with_130_and_no_traceback(project: Path) -> None:
    code = (
        "import generator.__main__ as m, generator.commands.check as c, sys\n"
        "def stop(*every): raise KeyboardInterrupt\n"
        "c.survey = stop\nsys.argv = ['x', 'check']; m.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (130, False)


def test_the_day_comes_from_the_option_or_from_source_date_epoch_and_a_second_generate_writes_nothing(
    project: Path,
) -> None:
    docs = project / "build" / "docs"
    first = run(project, "--today", "2013-06-01", "generate")
    by_option = {path: path.read_bytes() for path in docs.rglob("*") if path.is_file()}
    again = run(project, "generate", SOURCE_DATE_EPOCH="1370044800")
    assert (first.returncode, again.returncode) == (0, 0)
    assert ": 0 written" in again.stdout
    assert again.stdout.rstrip().endswith("0 deleted.")
    assert by_option
    assert {path: path.read_bytes() for path in docs.rglob("*") if path.is_file()} == by_option


def test_a_failed_build_leaves_the_last_good_site(project: Path) -> None:
    site = project / "site"
    site.mkdir()
    (site / "index.html").write_text("the last good one", encoding="utf-8")
    spoil(project)
    assert run(project, "build").returncode == 1
    assert (site / "index.html").read_text(encoding="utf-8") == "the last good one"
