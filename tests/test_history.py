"""The last change of a content file, from temporary repositories: a date that isn't sure is absent."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from generator.history import last_changes


def git(folder: Path, *arguments: str, day: str = "2020-01-01") -> None:
    stamp = f"{day}T23:30:00-0500"
    who = {"NAME": "A", "EMAIL": "a@example.org", "DATE": stamp}
    env = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()}
    subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True,
        env={**os.environ, **env, "GIT_CONFIG_GLOBAL": os.devnull},
    )  # fmt: skip


def commit(repository: Path, files: dict[str, str], day: str) -> None:
    for name, text in files.items():
        path = repository / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-m", "change", day=day)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    made = tmp_path / "made"
    made.mkdir()
    git(made, "init", "-b", "main")
    commit(made, {"a.yml": "1", "deep/b é.yml": "1", "deep/c.yml": "1"}, "2021-03-04")
    commit(made, {"deep/b é.yml": "2"}, "2022-05-06")
    return made


def test_each_file_has_the_authors_day_of_its_newest_commit(repository: Path) -> None:
    assert last_changes(repository / "content") == {
        "a.yml": date(2021, 3, 4),
        "deep/b é.yml": date(2022, 5, 6),
        "deep/c.yml": date(2021, 3, 4),
    }


def test_a_commit_of_style_alone_is_passed_over(repository: Path) -> None:
    commit(repository, {"a.yml": "1\n", "new.yml": "1"}, "2025-01-01")
    asked = ["git", "rev-parse", "HEAD"]
    revision = subprocess.run(asked, cwd=repository, capture_output=True, text=True, check=True).stdout
    (repository / ".git-blame-ignore-revs").write_text(f"# Style.\n{revision}", encoding="utf-8")
    found = last_changes(repository / "content")
    assert found["a.yml"] == date(2021, 3, 4)
    assert "new.yml" not in found


def test_a_change_by_a_merge_itself_is_seen(repository: Path) -> None:
    git(repository, "checkout", "-b", "side")
    commit(repository, {"a.yml": "side"}, "2023-01-01")
    git(repository, "checkout", "main")
    commit(repository, {"a.yml": "main"}, "2023-01-02")
    with pytest.raises(subprocess.CalledProcessError):
        git(repository, "merge", "side")
    commit(repository, {"a.yml": "both"}, "2024-02-03")
    assert last_changes(repository / "content")["a.yml"] == date(2024, 2, 3)


def test_files_that_are_not_committed_as_they_stand_have_no_day(repository: Path) -> None:
    content = repository / "content"
    (content / "a.yml").write_text("edited", encoding="utf-8")
    (content / "deep" / "c.yml").write_text("staged", encoding="utf-8")
    git(repository, "add", "content/deep/c.yml")
    (content / "new.yml").write_text("new", encoding="utf-8")
    assert set(last_changes(content)) == {"deep/b é.yml"}


def test_a_file_taken_out_and_put_back_without_a_commit_has_no_day(repository: Path) -> None:
    git(repository, "rm", "content/a.yml")
    git(repository, "commit", "-m", "out", day="2022-07-08")
    (repository / "content" / "a.yml").write_text("1", encoding="utf-8")
    assert "a.yml" not in last_changes(repository / "content")


def test_a_shallow_clone_tells_nothing_rather_than_the_wrong_day(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--depth", "1", repository.as_uri(), "shallow")
    assert last_changes(tmp_path / "shallow" / "content") == {}
    git(tmp_path, "clone", repository.as_uri(), "whole")
    assert last_changes(tmp_path / "whole" / "content") == last_changes(repository / "content")


def test_without_git_or_a_repository_nothing_is_told(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plain").mkdir()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert last_changes(tmp_path / "plain") == {}
    monkeypatch.setenv("PATH", str(tmp_path))
    assert last_changes(repository / "content") == {}


def test_a_repository_without_a_commit_tells_nothing(tmp_path: Path) -> None:
    git(tmp_path, "init")
    assert last_changes(tmp_path) == {}
