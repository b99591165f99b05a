"""The archive of a release: the same bytes whoever makes it, whole, and nothing in it that no commit has."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import openpyxl
import pytest
import yaml
from site_fixture import ROOT
from standards import cff
from tables_fixture import SITE, Published

from generator.export.offered import FOLDER
from scripts.release import (
    TERMS,
    Refusal,
    State,
    archive_files,
    data_files,
    name_of,
    packed,
    state_of,
    stored,
)

STATE = State("1.2", datetime(2026, 11, 23, 12, 30, 44, tzinfo=UTC))


@pytest.fixture(scope="module")
def files(published: Published) -> dict[str, bytes]:
    terms = {name: (ROOT / name).read_bytes() for name in TERMS}
    return archive_files(data_files(published.files), terms, SITE, STATE)


@pytest.fixture(scope="module")
def archive(files: dict[str, bytes]) -> ZipFile:
    return ZipFile(BytesIO(packed(files, name_of(SITE, STATE), STATE.moment)))


# -- the same bytes


def test_nothing_of_the_machine_is_in_it(archive: ZipFile) -> None:
    parts = archive.infolist()
    assert [part.filename for part in parts] == sorted(part.filename for part in parts)
    assert {part.date_time for part in parts} == {(2026, 11, 23, 12, 30, 44)}
    assert {(part.create_system, part.external_attr >> 16) for part in parts} == {(3, 0o100644)}
    assert {part.compress_type for part in parts} == {ZIP_STORED}
    assert {part.extra for part in parts} == {b""}
    assert archive.testzip() is None


def test_the_order_in_which_files_came_does_not_matter(files: dict[str, bytes]) -> None:
    turned = dict(reversed(files.items()))
    assert packed(turned, "x", STATE.moment) == packed(files, "x", STATE.moment)


def test_the_workbook_is_the_published_one_without_compression(published: Published, files: dict[str, bytes]) -> None:
    whole = published.files["api/v1/catalogue.xlsx"]
    assert isinstance(whole, bytes)
    with ZipFile(BytesIO(whole)) as old, ZipFile(BytesIO(files["data/catalogue.xlsx"])) as new:
        assert [(each.filename, old.read(each)) for each in old.infolist()] == [
            (each.filename, new.read(each)) for each in new.infolist()
        ]
        assert {each.compress_type for each in new.infolist()} == {ZIP_STORED}
    assert stored(files["data/catalogue.xlsx"]) == files["data/catalogue.xlsx"]
    book = openpyxl.load_workbook(BytesIO(files["data/catalogue.xlsx"]), read_only=True)
    assert "programmes" in book.sheetnames


# -- what is in it


def test_every_published_file_is_in_it(published: Published, files: dict[str, bytes]) -> None:
    data = {path.removeprefix(FOLDER) for path in published.files} - {"SHA256SUMS", "CITATION.cff"}
    assert {path.removeprefix("data/") for path in files if path.startswith("data/")} == data
    assert {path for path in files if "/" not in path} == {
        "README.md", "CITATION.cff", ".zenodo.json", "SHA256SUMS", *TERMS,
    }  # fmt: skip


def test_it_unpacks_into_one_folder_whose_sums_are_right(archive: ZipFile, tmp_path: Path) -> None:
    archive.extractall(tmp_path)
    [folder] = tmp_path.iterdir()
    assert folder.name == "catalogue-1.2"
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=folder, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "")
    listed = {line.split("  ")[1] for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines()}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert there - listed == {"SHA256SUMS"}


def test_the_readme_names_files_that_are_there(files: dict[str, bytes]) -> None:
    named = re.findall(r"`([^`]+)`", files["README.md"].decode())
    for name in (each for each in named if "/" in each or "." in each or each in TERMS):
        pattern = re.sub(r"<\w+>|\*", "[^/]+", re.sub(r"([.+])", r"\\\1", name))
        assert any(re.fullmatch(pattern, path) for path in files), name


def test_it_says_how_it_is_cited(files: dict[str, bytes]) -> None:
    told = yaml.load(files["CITATION.cff"], yaml.BaseLoader)
    assert [error.message for error in cff().iter_errors(told)] == []
    assert (told["version"], told["date-released"], told["license"]) == ("1.2", "2026-11-23", "CC-BY-4.0")
    deposit = json.loads(files[".zenodo.json"])
    assert (deposit["version"], deposit["publication_date"], deposit["upload_type"]) == ("1.2", "2026-11-23", "dataset")
    assert deposit["creators"][0]["name"] == told["authors"][0]["name"]  # type: ignore[index,call-overload]


# -- the repository


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "A")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "a@example.org")
        monkeypatch.setenv(f"GIT_{who}_DATE", "2026-11-23T23:30:00-05:00")
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "--quiet")
    (folder / "a.txt").write_text("a")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "Begin")
    return folder


def test_without_a_tag_the_version_is_the_day_of_the_commit(repository: Path) -> None:
    state = state_of(repository)
    assert (state.version, state.day) == ("2026-11-24", date(2026, 11, 24))  # in UTC, whoever asks
    assert state_of(repository, "1700000000").version == "2023-11-14"


@pytest.mark.parametrize(
    ("tags", "version"),
    [(["v1.2"], "1.2"), (["v1.2", "v1.10"], "1.10"), (["nightly"], "2026-11-24"), (["v2.0.0-rc.1"], "2.0.0-rc.1")],
)
def test_a_tag_of_this_commit_gives_the_version(repository: Path, tags: list[str], version: str) -> None:
    for tag in tags:
        git(repository, "tag", tag)
    assert state_of(repository).version == version


def test_a_tag_of_another_commit_is_not_taken(repository: Path) -> None:
    git(repository, "tag", "v1.0")
    git(repository, "commit", "--quiet", "--allow-empty", "--message", "More")
    assert state_of(repository).version == "2026-11-24"


@pytest.mark.parametrize("name", ["a.txt", "new.txt"])
def test_what_is_not_committed_is_refused_by_its_name(repository: Path, name: str) -> None:
    (repository / name).write_text("changed")
    with pytest.raises(Refusal, match=f"^{name} is not as the last commit has it"):
        state_of(repository)


def test_a_shallow_clone_and_a_plain_folder_are_refused(repository: Path, tmp_path: Path) -> None:
    git(repository, "commit", "--quiet", "--allow-empty", "--message", "More")
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{repository}", "shallow")
    with pytest.raises(Refusal, match="shallow"):
        state_of(tmp_path / "shallow")
    plain = tmp_path / "plain"
    plain.mkdir()
    with pytest.raises(Refusal, match="no git repository"):
        state_of(plain)


def test_a_moment_before_zip_is_refused(repository: Path) -> None:
    with pytest.raises(Refusal, match="1980"):
        state_of(repository, "5")
