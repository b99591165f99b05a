"""Earlier states of the content, from temporary repositories; and the command over them, from end to end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import base_files
from test_history import commit, git

from generator.problems import Refused
from generator.revision import files_at

ROOT = Path(__file__).parent.parent


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    made = tmp_path / "made"
    made.mkdir()
    git(made, "init", "-b", "main")
    commit(made, base_files(), "2021-03-04")
    return made


def texts_at(repository: Path, revision: str) -> dict[str, str]:
    return {path: data.decode() for path, data in files_at(repository / "content", revision).items()}


def test_the_content_is_read_as_it_was_and_nothing_is_checked_out(repository: Path) -> None:
    commit(repository, {"themes.yml": "new", "é b.yml": "x", ".hidden/a.yml": "no"}, "2022-01-01")
    (repository / "content" / "themes.yml").write_text("edited", encoding="utf-8")
    assert texts_at(repository, "main~1") == base_files()
    assert texts_at(repository, "HEAD") == {**base_files(), "themes.yml": "new", "é b.yml": "x"}
    assert (repository / "content" / "themes.yml").read_text(encoding="utf-8") == "edited"


def test_three_dots_mean_the_commit_at_which_the_branch_left(repository: Path) -> None:
    git(repository, "checkout", "-b", "mine")
    git(repository, "checkout", "main")
    commit(repository, {"themes.yml": "theirs"}, "2022-01-01")
    git(repository, "checkout", "mine")
    assert texts_at(repository, "main...") == base_files()
    assert texts_at(repository, "main")["themes.yml"] == "theirs"


def test_attributes_of_the_repository_change_nothing(repository: Path) -> None:
    (repository / ".gitattributes").write_text("content/themes.yml export-ignore\n", encoding="utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-m", "attributes")
    assert texts_at(repository, "HEAD") == base_files()


def test_a_link_to_another_file_is_that_file_and_one_to_elsewhere_is_nothing(repository: Path) -> None:
    (repository / "content" / "pages" / "linked.md").symlink_to("index.md")
    (repository / "content" / "pages" / "out.md").symlink_to("/etc/hostname")
    git(repository, "add", "-A")
    git(repository, "commit", "-m", "links")
    found = texts_at(repository, "HEAD")
    assert found["pages/linked.md"] == found["pages/index.md"]
    assert "pages/out.md" not in found


def test_what_cannot_be_is_said_with_what_to_do(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = repository / "content"
    with pytest.raises(Refused, match=r"no revision 'mian' here\. Did you mean 'main'"):
        files_at(content, "mian")
    with pytest.raises(Refused, match="no revision '--all' here"):
        files_at(content, "--all")
    (repository / "other").mkdir()
    with pytest.raises(Refused, match="There is no folder other at main"):
        files_at(repository / "other", "main")
    commit(repository, {"themes.yml": "new"}, "2022-01-01")
    git(tmp_path, "clone", "--depth", "1", repository.as_uri(), "shallow")
    with pytest.raises(Refused, match="git fetch --unshallow"):
        files_at(tmp_path / "shallow" / "content", "HEAD~1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    (tmp_path / "plain").mkdir()
    with pytest.raises(Refused, match="in no git repository"):
        files_at(tmp_path / "plain", "main")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused, match="git is not installed"):
        files_at(content, "main")


# -- the command


def diff(repository: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command in a repository, with the settings of the real site."""
    command = [sys.executable, "-m", "generator", "--config", str(ROOT / "mkdocs.yml"), "--today", "2026-11-23", "diff"]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "GIT_CONFIG_GLOBAL": os.devnull}
    return subprocess.run([*command, *words], cwd=repository, env=env, capture_output=True, text=True, check=False)


def rename(repository: Path) -> None:
    path = repository / "content" / "groups.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("Andean Community", "Andean Union"), encoding="utf-8")


def test_nothing_changed_and_something_changed(repository: Path) -> None:
    same = diff(repository, "main", "--exit-code")
    assert (same.returncode, same.stdout, same.stderr) == (0, "Since main: No change for readers.\n", "")
    rename(repository)
    assert diff(repository, "main").returncode == 0
    other = diff(repository, "main", "--exit-code", "--format", "json")
    assert other.returncode == 1
    told = json.loads(other.stdout)
    assert [(each["id"], each["fields"][0]["after"]) for each in told["records"]] == [("CAN", "Andean Union")]
    assert "Ecuador" in {each["title"] for each in told["pages"]}


def test_a_file_is_written_whole(repository: Path) -> None:
    rename(repository)
    done = diff(repository, "HEAD", "--format", "html", "--output", "deep/d.html")
    assert (done.returncode, done.stdout) == (0, "")
    text = (repository / "deep" / "d.html").read_text(encoding="utf-8")
    assert "<ins>Union</ins>" in text
    assert text.endswith("</html>\n")


def test_every_form_is_written_from_one_comparison(repository: Path) -> None:
    rename(repository)
    assert diff(repository, "HEAD", "--into", "all").stdout == ""
    told = {path.name: path.read_text(encoding="utf-8") for path in (repository / "all").iterdir()}
    assert set(told) == {"changes.txt", "changes.md", "changes.json", "changes.html"}
    for text in (told["changes.txt"], told["changes.md"], told["changes.html"]):
        assert "1 record changed; " in text
    assert json.loads(told["changes.json"])["records"][0]["fields"][0]["after"] == "Andean Union"


def test_content_with_problems_is_compared_as_far_as_it_can_be_read(repository: Path) -> None:
    """A record that cannot be read is not told as removed."""
    rename(repository)
    path = repository / "content" / "programmes" / "cohesion.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("level: regional", "level: wrong"), encoding="utf-8")
    done = diff(repository, "main")
    assert done.returncode == 0
    assert "The content as it stands here has 1 problem" in done.stdout
    assert "Andean Union" in done.stdout
    assert "removed" not in done.stdout
    unknown = diff(repository, "mian")
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert "Did you mean 'main'?" in unknown.stderr
