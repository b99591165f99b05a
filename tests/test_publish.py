"""The built site is carried to a host so that no reader meets half of it; and what is written of that is true."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from site_fixture import ROOT

from generator.hosting import FOREVER, HASHED, TYPES
from scripts.publish import FRESH, Command, plan


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with one folder of hashed files."""
    for name in ("index.html", "_headers", "assets/javascripts/a.1.js", "api/v1/x.ttl"):
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(name, encoding="utf-8")
    return tmp_path / "site"


def test_to_a_folder_new_names_go_first_and_old_ones_last(site: Path) -> None:
    first, second, third = plan(site, "me@host:/srv/www/")
    assert first[-2:] == (f"{site}/./assets/javascripts/", "me@host:/srv/www/")
    assert not any("delete" in word for word in (*first, *second))
    assert second[-2:] == third[-2:] == (f"{site}/", "me@host:/srv/www/")
    assert "--delete-after" in third
    assert all("--exclude=/_headers" in command for command in (second, third))


def option(command: Command, name: str) -> str | None:
    """The word after an option."""
    return command[command.index(name) + 1] if name in command else None


def test_to_a_bucket_every_file_goes_once_with_its_type_and_time(site: Path) -> None:
    first, *middle, rest, last = plan(site, "s3://bucket/")
    assert (option(first, "--cache-control"), first[5:7]) == (
        FOREVER, (f"{site}/assets/javascripts/", "s3://bucket/assets/javascripts/")
    )  # fmt: skip
    assert [option(command, "--content-type") for command in middle] == list(TYPES.values())
    assert {option(command, "--cache-control") for command in (*middle, rest)} == {FRESH}
    assert {f"*.{ending}" for ending in TYPES} <= set(rest)
    assert "--delete" in last
    assert all("_headers" in command for command in (*middle, rest, last))


@pytest.mark.parametrize("to", ["", "/", "--delete", "ftp://host/x", "https://host/x", " "])
def test_what_is_no_place_is_refused(site: Path, to: str) -> None:
    with pytest.raises(ValueError, match="is no folder"):
        plan(site, to)


def publish(*words: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    """The script, as make calls it."""
    env = None if path is None else {"PATH": path}
    command = [sys.executable, "-m", "scripts.publish", *words]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def test_commands_can_be_seen_before_they_run(site: Path) -> None:
    done = publish("--site", str(site), "--print", "me@host:/a b")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 3
    assert done.stdout.splitlines()[1].endswith("'me@host:/a b/'")


def test_without_a_site_or_a_tool_a_sentence_says_so(site: Path, tmp_path: Path) -> None:
    assert "There is no site" in publish("--site", str(tmp_path / "none"), "/srv/x").stderr
    assert "rsync is not here" in publish("--site", str(site), "/srv/x", path=str(tmp_path)).stderr
    assert "is no folder" in publish("--site", str(site), "ftp://x").stderr


def test_a_command_that_fails_ends_it(site: Path, tmp_path: Path) -> None:
    (tmp_path / "rsync").write_text('#!/bin/sh\necho "$@" >> "$0.log"\nexit 3\n', encoding="utf-8")
    (tmp_path / "rsync").chmod(0o755)
    done = publish("--site", str(site), "/srv/x", path=f"{tmp_path}:/usr/bin:/bin")
    assert done.returncode == 1
    assert len((tmp_path / "rsync.log").read_text(encoding="utf-8").splitlines()) == 1


# -- what is written


def test_the_workflows_are_told_with_what_they_may_write() -> None:
    text = (ROOT / "PUBLISHING.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `([a-z]+)` \|", text, re.MULTILINE))
    assert told == {path.stem for path in (ROOT / ".github" / "workflows").glob("*.yml")}
    assert FOREVER in text
    assert FRESH in text
    assert all(folder.rstrip("/").rpartition("/")[2] + "/" in text for folder in HASHED)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(f"\n{target}:" in makefile for target in re.findall(r"make ([a-z]+)", text))
