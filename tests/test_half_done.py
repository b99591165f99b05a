"""Nothing half done: a build that is killed, refused or disturbed leaves the last good site, and the next mends it."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import TODAY, base_files, whole_tree_of
from test_transaction import killed_at

from generator import place
from generator.__main__ import commands
from generator.commands import site as command
from generator.commands.common import BUILD, Settings
from generator.editing.transaction import alone
from generator.place import put_in_place, settle
from generator.problems import Refused
from generator.site import SiteError, swap
from generator.write import write

OLD = {"404.html": "old", "a/b.html": "old", "a/only-old.html": "old", "same.html": "same"}
NEW = {"404.html": "new", "a/b.html": "new", "c/only-new.html": "new", "same.html": "same"}


def lay(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def found(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()
    }


# -- a folder takes the place of another


@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_kill_at_any_moment_leaves_the_old_or_the_new_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_exchange: bool
) -> None:
    """With the system's exchange there is no moment without a site; without it the next run puts the old one back."""
    if not can_exchange:
        monkeypatch.setattr(place, "_exchange", lambda one, other: False)
    number, killed, kills = 0, True, []
    while killed:
        number += 1
        home = tmp_path / str(number)
        site, fresh = lay(home / "site", OLD), lay(home / "build" / "site", NEW)
        killed = killed_at(number, lambda fresh=fresh, site=site: swap(fresh, site))  # type: ignore[misc]
        if can_exchange:
            assert found(site) in (OLD, NEW), f"a mix after a kill at {number}"
        settle(site)
        assert found(site) in (OLD, NEW), f"a mix after a kill at {number}"
        assert {path.name for path in home.iterdir()} == {"site", "build"}
        kills.append(found(site) == OLD)
        swap(lay(home / "build" / "site", NEW), site)
        assert found(site) == NEW
    assert kills[0]
    assert not kills[-1]
    assert number > 6


def test_the_names_are_exchanged_in_one_call_where_linux_can(tmp_path: Path) -> None:
    one, other = lay(tmp_path / "one", OLD), lay(tmp_path / "other", NEW)
    assert place._exchange(one, other)
    assert (found(one), found(other)) == (NEW, OLD)
    with pytest.raises(FileNotFoundError):
        place._exchange(one, tmp_path / "none")


def test_a_site_on_another_disk_is_copied_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.rename

    def between_disks(path: Path, target: Path) -> Path:
        if path.parent != Path(target).parent:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return real(path, target)

    monkeypatch.setattr(Path, "rename", between_disks)
    site, fresh = lay(tmp_path / "served" / "site", OLD), lay(tmp_path / "build" / "site", NEW)
    put_in_place(fresh, site)
    assert found(site) == NEW
    assert not fresh.exists()


def test_what_is_no_site_is_not_replaced(tmp_path: Path) -> None:
    fresh = lay(tmp_path / "fresh", NEW)
    home = lay(tmp_path / "home", {"thesis.txt": "years of work"})
    with pytest.raises(SiteError, match=r"holds something that is no site, and would be deleted"):
        swap(fresh, home)
    with pytest.raises(Refused, match="is a file, and a folder shall stand there"):
        swap(fresh, home / "thesis.txt")
    assert found(home) == {"thesis.txt": "years of work"}
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "empty", target_is_directory=True)
    swap(fresh, tmp_path / "link")
    assert found(tmp_path / "empty") == NEW
    assert (tmp_path / "link").is_symlink()


# -- the folder of Markdown


def test_a_kill_while_files_are_written_is_mended_by_the_next_write(tmp_path: Path) -> None:
    number, killed, ends = 0, True, []
    while killed:
        number += 1
        docs = lay(tmp_path / str(number) / "docs", OLD)
        killed = killed_at(number, lambda docs=docs: write(NEW, docs))  # type: ignore[misc]
        ends.append(found(docs))
        assert set(found(docs).values()) <= {"old", "new", "same"}, "half a file"
        write(NEW, docs)
        assert found(docs) == NEW
        assert [path.name for path in docs.parent.iterdir()] == ["docs"]
    assert ends[0] == OLD
    assert ends[-1] == NEW
    assert number > 10


# -- the whole command

CONTENT = base_files()
OTHER = {**CONTENT, "programmes/new.yml": "id: new\nname: A new programme\nsummary: Text.\n"}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a small catalogue. The site is made by a copy: MkDocs takes seconds for what is tried often."""
    monkeypatch.chdir(tmp_path)
    lay(tmp_path / "content", CONTENT)
    root = Path(__file__).parent.parent
    (tmp_path / "mkdocs.yml").write_text((root / "mkdocs.yml").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "overrides").symlink_to(root / "overrides")

    def copied(settings: Settings, site_dir: Path, *, csp: bool = True) -> None:
        fresh = BUILD / "site"
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(BUILD / "docs", fresh)
        (fresh / "404.html").touch()
        swap(fresh, site_dir)

    monkeypatch.setattr(command, "_make_site", copied)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(commands, ["--today", TODAY.isoformat(), *(words or ("build",))])


def served(project: Path) -> dict[str, bytes]:
    site = project / "site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_a_kill_at_a_random_moment_leaves_the_old_or_the_new_site_and_the_next_build_mends_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In 24 tries what is rendered is remembered, so that kills fall where the disk changes; 6 are at all of it."""
    made, rendered = [], {}
    real = command.build

    def remembered(files: Mapping[str, bytes], *arguments: object, **named: object) -> object:
        key = "programmes/new.yml" in files
        if key not in rendered:
            rendered[key] = real(files, *arguments, **named)  # type: ignore[arg-type]
        return rendered[key]

    def lay_out(number: int) -> None:
        (project / "content" / "programmes" / "new.yml").unlink(missing_ok=True)
        lay(project / "content", (CONTENT, OTHER)[number % 2])

    def timed() -> float:
        start = time.monotonic()
        assert run().exit_code == 0
        return time.monotonic() - start

    chance, kills = random.Random(4), 0
    with monkeypatch.context() as patch:
        patch.setattr(command, "build", remembered)
        lay_out(0)
        timed()
        made.append(served(project))
        lay_out(1)
        whole = timed()
        made.append(served(project))
        assert made[0] != made[1]
        lay_out(0)
        short = timed()
        for number in range(1, 25):
            lay_out(number)
            kills += killed_after(chance.uniform(0.1, 1.05) * short, run)
            assert served(project) in made, f"a mix after kill {number}"
    for number in range(25, 31):
        lay_out(number)
        kills += killed_after(chance.uniform(0.3, 1.05) * whole, run)
        assert served(project) in made, f"a mix after kill {number}"
    assert kills > 12
    lay_out(1)
    assert run().exit_code == 0
    assert served(project) == made[1]
    assert {path.name for path in project.iterdir()} == {"content", "mkdocs.yml", "overrides", "build", "site"}


def killed_after(seconds: float, act: Callable[[], object]) -> bool:
    """Run in a process of its own and kill it after so long; whether it was still at work."""
    child = os.fork()
    if child == 0:
        try:
            act()
        finally:
            os._exit(0)
    time.sleep(seconds)
    done, _ = os.waitpid(child, os.WNOHANG)
    if not done:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return not done


@pytest.mark.parametrize("word", ["generate", "build"])
def test_a_second_build_at_the_same_time_says_so(project: Path, word: str) -> None:
    BUILD.mkdir()
    with alone(BUILD):
        done = run(word)
    assert str(done.exception) == "Another build is at work in this folder. Wait until it is done, then try again."
    assert run(word).exit_code == 0


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "No space left on device"), (errno.EACCES, "Permission denied")]
)
def test_what_the_disk_refuses_is_told_and_the_last_site_stays(
    project: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    assert run().exit_code == 0
    before = served(project)
    lay(project / "content", OTHER)

    def refuse(*arguments: object, **named: object) -> None:
        raise OSError(number, os.strerror(number), "build/site/index.html")

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copytree", refuse)
        done = run()
    assert isinstance(done.exception, Refused)
    assert str(done.exception) == (
        f"The disk does not let us write: {words} (build/site/index.html). What was built before stays as it was. Make "
        "room or mend the rights, then try again."
    )
    assert served(project) == before
    assert run().exit_code == 0
    assert served(project) != before


def test_a_file_in_the_place_of_a_folder_is_told(project: Path) -> None:
    Path("build").touch()
    assert str(run().exception).startswith("The disk does not let us write: File exists (build).")


def test_a_mistake_of_ours_is_not_told_as_one_of_the_disk(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object, **named: object) -> None:
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", "template")

    monkeypatch.setattr(command, "build", broken)
    assert isinstance(run().exception, FileNotFoundError)


def test_a_record_that_changes_while_a_build_runs_gives_the_old_page_then_the_new(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files are read once, at the start: what is saved later is in the next build, whole."""
    real = command.build

    def edited_meanwhile(*arguments: object, **named: object) -> object:
        lay(project / "content", OTHER)
        (project / "content" / "countries.yml").write_text("half a", encoding="utf-8")
        return real(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(command, "build", edited_meanwhile)
    monkeypatch.setattr(command, "site_of", lambda config: None)
    assert run("generate").exit_code == 0
    docs = project / "build" / "docs"
    built = {path.relative_to(docs).as_posix(): path.read_bytes() for path in docs.rglob("*") if path.is_file()}
    wanted = whole_tree_of(CONTENT, date.fromisoformat(TODAY.isoformat()))
    pages = {name for name in wanted if name.startswith(("programmes/", "countries/"))}
    assert pages
    assert {name: built[name].decode() for name in pages} == {name: wanted[name] for name in pages}
    assert not [name for name in built if name.startswith("programmes/new/")]
