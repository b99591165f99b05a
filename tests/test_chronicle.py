"""What became of records, told from temporary repositories: each commit in words, nothing where it isn't certain."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import HERE, base_files
from test_history import git

from generator.checking import look
from generator.commands.chronicle import chronicle_of
from generator.commits import commits
from generator.export.feeds.entries import summary_of
from generator.model.chronicle import Chronicle, step_from, step_to
from generator.read import read_folder
from generator.revision import files_at


def put(repository: Path, files: dict[str, str | None]) -> None:
    """Write files below the content folder; None takes one away."""
    for name, text in files.items():
        path = repository / "content" / name
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


def commit(repository: Path, files: dict[str, str | None], day: str) -> str:
    put(repository, files)
    git(repository, "add", "-A")
    git(repository, "commit", "-m", "change", day=day)
    return head(repository)


def head(repository: Path) -> str:
    asked = ["git", "rev-parse", "HEAD"]
    return subprocess.run(asked, cwd=repository, capture_output=True, text=True, check=True).stdout.strip()


def past_of(repository: Path, cache: Path | None = None) -> Chronicle:
    """What is told of a repository, with its present content read as a build reads it."""
    content = repository / "content"
    return chronicle_of(content, cache or repository / "no-cache")(look(read_folder(content)[0]))


def lines_of(told: Chronicle) -> list[str]:
    """Each change in a line, with the day of its commit."""
    return [
        f"{step.when:%Y-%m-%d} {change.sort} {change.kind}/{change.id}: {summary_of(change)}"
        for step, change in told.changes
    ]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    made = tmp_path / "made"
    made.mkdir()
    git(made, "init", "-b", "main")
    commit(made, dict(base_files()), "2021-03-04")
    return made


PROGRAMME, AGREEMENT, SUMMIT = "programmes/cohesion.yml", "agreements/eu-andean.yml", "dialogues/summit-2015.yml"


def test_the_first_commit_adds_every_record_but_pages(repository: Path) -> None:
    told = past_of(repository)
    assert told.known
    assert told.whole
    assert told.began == datetime(2021, 3, 5, 4, 30, tzinfo=UTC)
    catalogue = look(read_folder(repository / "content")[0]).catalogue
    records = {(kind, id) for kind, found in catalogue.records.items() if kind != "page" for id in found}
    assert {change.key for _, change in told.changes} == records
    assert {change.sort for _, change in told.changes} == {"added"}


RETIRED = """\
sources: []
records:
  dialogue/summit-2015:
    name: Summit of 2015
    retired: 2022-05-01
    because: It is told with the summits.
    successor: dialogue/summits
"""


def edit(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def grow(repository: Path) -> None:
    """A small history: a change, style alone, a rename, a merge, a retirement, an agreement that gains a day."""
    text = base_files()
    site = edit(text[PROGRAMME], ("website: https://example.org/cohesion", "website: https://example.org/new"))
    commit(repository, {PROGRAMME: site}, "2022-01-01")
    style = commit(repository, {PROGRAMME: edit(site, ("level: regional", "level: bilateral"))}, "2022-02-01")
    (repository / ".git-blame-ignore-revs").write_text(f"{style}  # passed over\n", encoding="utf-8")
    moved = edit(site, ("id: cohesion", "id: cohesion-policy\naliases: [cohesion]"))
    commit(repository, {PROGRAMME: None, "programmes/cohesion-policy.yml": f"# By hand.\n{moved}"}, "2022-03-01")
    git(repository, "checkout", "-b", "side")
    capital = edit(text["countries.yml"], ("CL: {side: lac", "CL: {side: lac, summary: A long country"))
    commit(repository, {"countries.yml": capital}, "2022-04-01")
    git(repository, "checkout", "main")
    page = text["pages/about/index.md"]
    commit(repository, {"pages/about/index.md": f"{page}\nMore.\n"}, "2022-04-02")
    git(repository, "merge", "--no-ff", "-m", "merge", "side", day="2022-04-03")
    told = edit(moved, ("dialogues: [summit-2015]", "dialogues: [summits]"))
    gone = {SUMMIT: None, "retired.yml": RETIRED, "programmes/cohesion-policy.yml": told}
    commit(repository, gone, "2022-05-01")
    day = ("  - {date: 2024-11-01, event: entry-into-force", "  - {date: 2024-11-02, event: entry-into-force")
    ratified = ("events:\n", "events:\n  - {date: 2006, event: mandate, sources: [s1]}\n")
    commit(repository, {AGREEMENT: edit(text[AGREEMENT], day, ratified)}, "2022-06-01")


def test_a_small_history_is_told_in_words(repository: Path) -> None:
    grow(repository)
    assert [line for line in lines_of(past_of(repository)) if line >= "2022"] == [
        "2022-06-02 changed agreement/eu-andean: History, Negotiating mandate 2006 added; "
        "History, In force 2024-11-01, Date changed from «2024-11-01» to «2024-11-02».",
        "2022-05-02 changed programme/cohesion-policy: "
        "Related, Dialogues changed from «Summit of 2015» to «Summits of the two regions».",
        "2022-05-02 retired dialogue/summit-2015: It is told with the summits.",
        "2022-04-04 changed country/CL: Summary added: A long country.",
        "2022-03-02 renamed programme/cohesion-policy: Its id was cohesion and is cohesion-policy. "
        "Level changed from «Bilateral» to «Regional».",
        "2022-01-02 changed programme/cohesion: "
        "Website changed from «https://example.org/cohesion» to «https://example.org/new».",
    ]


def test_whom_a_change_concerned_is_told_as_of_its_commit(repository: Path) -> None:
    """Croatia joined in 2013 and the United Kingdom left in 2020: both were bound; an observer is not."""
    grow(repository)
    told = {(step.when.year, change.key): change for step, change in past_of(repository).changes}
    assert told[2022, ("agreement", "eu-andean")].countries == ("EC", "ES", "FR", "GB", "HR", "PE")
    assert told[2022, ("dialogue", "summit-2015")].countries == ("CL", "ES", "FR", "GB", "HR")
    assert told[2022, ("programme", "cohesion-policy")].countries == ("CL", "ES", "PE")
    assert told[2022, ("programme", "cohesion-policy")].themes == ("governance", "social-development")
    assert told[2022, ("country", "CL")].countries == ("CL",)
    assert told[2021, ("group", "CAN")].countries == ("EC", "PE")


def test_a_new_commit_changes_nothing_that_was_told(repository: Path) -> None:
    """Not even where it renames a record that older commits name, or takes a member from a group."""
    grow(repository)
    before = past_of(repository)
    text = base_files()
    groups = edit(text["groups.yml"], ("      - {countries: [HR], since: 2013-07-01, sources: [s1]}\n", ""))
    agreement = edit((repository / "content" / AGREEMENT).read_text(encoding="utf-8"), ("id: eu-andean", "id: andean"))
    named = edit(agreement, ("short_name: EU–Andean Agreement", "aliases: [eu-andean]\nshort_name: New name"))
    commit(repository, {"groups.yml": groups, AGREEMENT: None, "agreements/andean.yml": named}, "2022-07-01")
    after = past_of(repository)
    assert after.steps[1:] == before.steps
    assert [change.key for change in after.steps[0].changes] == [("agreement", "andean"), ("group", "EU")]


def test_what_is_remembered_changes_nothing(repository: Path, tmp_path: Path) -> None:
    grow(repository)
    cache = tmp_path / "cache"
    fresh = past_of(repository, cache)
    assert list(cache.iterdir())
    assert past_of(repository, cache) == fresh
    for kept in cache.iterdir():
        kept.write_bytes(kept.read_bytes().replace(b"2024-11-02", b"2029-11-02"))
    assert past_of(repository, cache) == fresh
    assert [step_from(step_to(step)) for step in fresh.steps] == list(fresh.steps)


def test_remembered_commits_are_not_read_again(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grow(repository)
    fresh = past_of(repository, tmp_path / "cache")

    def refuse(*_: object) -> None:
        raise AssertionError("a commit was looked at again")

    monkeypatch.setattr("generator.chronicle.step_of", refuse)
    assert past_of(repository, tmp_path / "cache") == fresh


def test_an_edited_file_tells_nothing_before_it_is_committed(repository: Path) -> None:
    before = past_of(repository)
    put(repository, {PROGRAMME: edit(base_files()[PROGRAMME], ("acronym: COH", "acronym: NEW")), AGREEMENT: None})
    assert past_of(repository) == before


def test_what_cannot_be_read_at_a_commit_is_counted_and_not_guessed(repository: Path) -> None:
    """A record that was broken for a while neither went nor came; what it became meanwhile is told in no word."""
    text = base_files()[PROGRAMME]
    commit(repository, {PROGRAMME: edit(text, ("level: regional", "level: [oops"))}, "2022-01-01")
    commit(repository, {PROGRAMME: edit(text, ("acronym: COH", "acronym: NEW"))}, "2022-02-01")
    told = past_of(repository)
    assert [(step.unread, step.changes) for step in told.steps[:2]] == [(1, ()), (1, ())]


def test_what_is_only_written_differently_is_no_news(repository: Path) -> None:
    text = base_files()
    same = edit(
        text[PROGRAMME], ("themes: [governance, social-development]", "themes: [social-development, governance]")
    )
    commit(repository, {PROGRAMME: f"# A comment.\n{same}"}, "2022-01-01")
    assert len(past_of(repository).steps) == 1


def test_a_shallow_clone_tells_nothing(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--depth", "1", repository.as_uri(), "shallow")
    assert past_of(tmp_path / "shallow") == Chronicle()
    git(tmp_path, "clone", repository.as_uri(), "whole")
    assert past_of(tmp_path / "whole") == past_of(repository)


def test_without_git_or_a_repository_nothing_is_told(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "plain", dict(base_files()))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert past_of(tmp_path / "plain") == Chronicle()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert past_of(repository) == Chronicle()


def test_a_long_history_is_told_from_its_end(repository: Path) -> None:
    grow(repository)
    whole, few = commits(repository / "content"), commits(repository / "content", 3)
    assert whole
    assert few
    assert whole.whole
    assert not few.whole
    assert few == replace(whole, commits=whole.commits[:3], whole=False)


def test_odd_names_and_links_of_files_do_no_harm(repository: Path) -> None:
    odd = repository / "content" / "programmes" / "b é\n:100644 x.yml"
    odd.write_text("x", encoding="utf-8")
    os.symlink("cohesion.yml", repository / "content" / "programmes" / "link.yml")
    git(repository, "add", "-A")
    git(repository, "commit", "-m", "odd", day="2022-01-01")
    log = commits(repository / "content")
    assert log
    touched = {file.path: (file.before, bool(file.after)) for file in log.commits[0].files}
    assert touched == {"programmes/b é\n:100644 x.yml": ("", True), "programmes/link.yml": ("", False)}


def test_the_real_history_is_told(tmp_path: Path) -> None:
    """Each record that was committed came by some step, unless only the newest commits are here."""
    content = HERE.parent / "content"
    if commits(content) is None:
        assert chronicle_of(content, tmp_path)(look({})) == Chronicle()
        return
    checked = look(files_at(content, "HEAD"))
    told = chronicle_of(content, tmp_path)(checked)
    came = {change.key for _, change in told.changes if change.sort in ("added", "renamed")}
    present = {(kind, id) for kind, found in checked.catalogue.records.items() if kind != "page" for id in found}
    assert present <= came or not told.whole
    assert told.steps
