"""What runs on the host of the repository: workflows that hold no more rights than they need, and run what we run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from site_fixture import ROOT

FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = {path.stem: path for path in sorted(FOLDER.glob("*.yml"))}
each_workflow = pytest.mark.parametrize("name", WORKFLOWS)

PINNED = re.compile(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
MAKES = re.compile(r"(make (--silent )?[a-z]+( [A-Z]+=\S+)?\s*)+")
EVENT_SAFE = ("github.token", "github.repository", "github.server_url", "github.ref", "github.run_id",
              "github.event.number",
              "github.event_name", "github.event.workflow_run.id", "github.event.workflow_run.html_url",
              "github.event.workflow_run.head_sha", "github.event.workflow_run.conclusion",
              "github.event.workflow_run.event")  # fmt: skip
"""What a workflow may read of an event: nothing that a stranger can write."""


def load(name: str) -> Any:
    """A workflow; YAML reads its `on` as true."""
    read = yaml.safe_load(WORKFLOWS[name].read_text(encoding="utf-8"))
    return {**read, "on": read[True]}


def steps_of(name: str) -> Iterator[Mapping[str, Any]]:
    for job in load(name)["jobs"].values():
        yield from job["steps"]


# -- rules that a reader can check


def test_there_is_one_workflow_for_each_thing() -> None:
    assert {"check", "comment", "deploy", "weekly"} <= set(WORKFLOWS)


@each_workflow
def test_every_action_is_pinned_by_its_hash_and_tells_its_version(name: str) -> None:
    uses = [
        line.partition("uses:")[2].strip()
        for line in WORKFLOWS[name].read_text(encoding="utf-8").splitlines()
        if re.match(r"\s*(- )?uses:", line)
    ]
    assert [each for each in uses if not PINNED.fullmatch(each)] == []


def test_an_action_has_one_hash_in_all_workflows() -> None:
    found: dict[str, set[str]] = {}
    for path in WORKFLOWS.values():
        for action, pin in re.findall(r"uses: ([\w/-]+)@(.+)", path.read_text(encoding="utf-8")):
            found.setdefault(action, set()).add(pin)
    assert {action: pins for action, pins in found.items() if len(pins) > 1} == {}


@each_workflow
def test_rights_are_none_but_what_a_job_asks_for(name: str) -> None:
    read = load(name)
    assert read["permissions"] == {}
    assert read["concurrency"]
    for job in read["jobs"].values():
        assert job["permissions"]
        assert job["timeout-minutes"] <= 60


@each_workflow
def test_a_job_that_may_write_runs_no_code_of_the_repository(name: str) -> None:
    """It checks nothing out, so what it runs stands in the workflow, where a reader sees it."""
    for job in load(name)["jobs"].values():
        if "write" in job["permissions"].values():
            assert [each for each in job["steps"] if "checkout" in each.get("uses", "")] == []


def test_pull_requests_get_no_secret_and_no_right_to_write() -> None:
    text = WORKFLOWS["check"].read_text(encoding="utf-8")
    assert "secrets." not in text
    assert "github.token" not in text
    for job in load("check")["jobs"].values():
        assert job["permissions"] == {"contents": "read"}
    for name in WORKFLOWS:
        assert "pull_request_target" not in load(name)["on"]


@each_workflow
def test_a_checkout_leaves_no_token_behind(name: str) -> None:
    for step in steps_of(name):
        if "checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False


@each_workflow
def test_nothing_that_a_stranger_writes_gets_into_a_script(name: str) -> None:
    text = WORKFLOWS[name].read_text(encoding="utf-8")
    for step in steps_of(name):
        assert "${{" not in step.get("run", "")
    for expression in re.findall(r"\$\{\{(.*?)\}\}", text):
        for word in re.findall(r"github\.[\w.]+", expression):
            assert word in EVENT_SAFE, word


@each_workflow
def test_what_runs_is_a_make_target_where_the_repository_is_there(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for job in load(name)["jobs"].values():
        if any("checkout" in each.get("uses", "") for each in job["steps"]):
            for run in (each["run"] for each in job["steps"] if "run" in each):
                assert MAKES.fullmatch(run), run
                for target in re.findall(r"make (?:--silent )?([a-z]+)", run):
                    assert f"\n{target}:" in makefile, target


def test_what_is_kept_between_runs_is_named_by_a_lock_file() -> None:
    for name in WORKFLOWS:
        for step in steps_of(name):
            given = step.get("with", {})
            if "cache" in given:
                assert given["cache-dependency-path"] in ("requirements/*.txt", "tests/verify/package-lock.json")
            if "actions/cache@" in step.get("uses", ""):
                assert "hashFiles('requirements/site.txt')" in given["key"]


def test_what_is_published_comes_from_no_cache() -> None:
    assert "cache:" not in WORKFLOWS["deploy"].read_text(encoding="utf-8")
    assert load("deploy")["jobs"]["deploy"]["needs"] == "build"


# -- what others look for


def zizmor(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("zizmor")), "--offline", "--no-progress", "--persona", "auditor"]
    return subprocess.run([*command, *map(str, arguments)], capture_output=True, text=True, check=False)


def test_zizmor_finds_nothing_and_each_exception_has_its_reason() -> None:
    done = zizmor(FOLDER)
    assert done.returncode == 0, done.stdout
    for path in WORKFLOWS.values():
        for reason in re.findall(r"zizmor: ignore\[[a-z-]+\](.*)", path.read_text(encoding="utf-8")):
            assert len(reason.split()) > 5


def test_zizmor_finds_what_is_there_to_find(tmp_path: Path) -> None:
    bad = tmp_path / ".github" / "workflows" / "bad.yml"
    bad.parent.mkdir(parents=True)
    run = "on: pull_request_target\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: echo ${{ github.head_ref }}\n"
    bad.write_text(run, encoding="utf-8")
    done = zizmor(bad)
    assert done.returncode > 0
    assert "template-injection" in done.stdout


# -- the comment on a pull request: its script, run with a `gh` that only writes down what it is asked

HEAD = "0123456789abcdef0123456789abcdef01234567"
GH = """#!/bin/sh
printf '%s\\n' "$*" >> "$STAGE/asked"
case "$1 $2" in
"run download")
  [ -d "$STAGE/artifact" ] || { echo "no artifact matches any of the names" >&2; exit 1; }
  for last; do :; done
  cp -R "$STAGE/artifact/." "$last/" ;;
"api "*) cat "$STAGE/pull" ;;
"pr comment") for last; do :; done; cp "$last" "$STAGE/told" ;;
esac
"""


@dataclass(frozen=True)
class Stage:
    """A folder in which the script runs, and what came of it."""

    folder: Path

    @property
    def asked(self) -> list[str]:
        """What `gh` was asked."""
        path = self.folder / "asked"
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []

    @property
    def told(self) -> str | None:
        """The comment, where one was written."""
        path = self.folder / "told"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else None

    def run(
        self, files: Mapping[str, str | bytes] | None, pull: str = f"open {HEAD}", conclusion: str = "success"
    ) -> int:
        """Run the script with these files in the artifact; none where there is no artifact."""
        (self.folder / "bin").mkdir(exist_ok=True)
        program = self.folder / "bin" / "gh"
        program.write_text(GH, encoding="utf-8")
        program.chmod(0o755)
        (self.folder / "pull").write_text(pull + "\n", encoding="utf-8")
        for name in ("asked", "told"):
            (self.folder / name).unlink(missing_ok=True)
        for name, data in (files or {}).items():
            path = self.folder / "artifact" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data.encode() if isinstance(data, str) else data)
        script = next(iter(steps_of("comment")))["run"]
        given = {
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}", "STAGE": str(self.folder),
            "TMPDIR": str(self.folder),
            "GH_TOKEN": "none", "REPO": "x/y", "RUN": "77", "RUN_PAGE": "https://git.example.org/x/y/actions/runs/77",
            "HEAD": HEAD, "CONCLUSION": conclusion,
        }  # fmt: skip
        done = subprocess.run(["bash", "-c", script], env=given, capture_output=True, text=True, check=False)
        return done.returncode


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def test_the_comment_tells_what_changes_and_where_to_see_more(stage: Stage) -> None:
    assert stage.run({"number": "12\n", "changes.txt": "Since main: 1 record changed.\n"}) == 0
    assert stage.asked[-1].startswith("pr comment 12 --repo x/y --edit-last --create-if-none --body-file ")
    assert stage.told == (
        "The check passed for 0123456789ab. [Its page](https://git.example.org/x/y/actions/runs/77) tells all "
        "problems, and has the changed pages and the built site.\n\n```text\nSince main: 1 record changed.\n```\n"
    )


def test_a_check_that_failed_is_told_as_that(stage: Stage) -> None:
    assert stage.run({"number": "12", "changes.txt": "x"}, conclusion="failure") == 0
    assert (stage.told or "").startswith("The check did not pass for 0123456789ab.")


NUMBERS = [
    "12; rm -rf /",
    "$(touch here)",
    "`id`",
    "-1",
    "0",
    "012",
    "12 13",
    "12/../13",
    "--repo=z/z",
    "",
    "1" * 30,
    "１２",
]


@pytest.mark.parametrize("number", NUMBERS)
def test_what_is_no_number_of_a_pull_request_asks_for_nothing(stage: Stage, number: str) -> None:
    assert stage.run({"number": number, "changes.txt": "x"}) == 1
    assert [each.split()[0] for each in stage.asked] == ["run"]
    assert stage.told is None
    assert not (ROOT / "here").exists()


@pytest.mark.parametrize("pull", [f"open {HEAD[::-1]}", f"closed {HEAD}", "", "open ", f"open {HEAD} {HEAD}"])
def test_a_pull_request_that_is_not_at_this_commit_is_left_alone(stage: Stage, pull: str) -> None:
    assert stage.run({"number": "12", "changes.txt": "x"}, pull) == 0
    assert stage.told is None


@pytest.mark.parametrize(
    "files", [None, {"number": "12"}, {"changes.txt": "x"}, {"other/number": "12", "evil.sh": "x"}]
)
def test_without_its_two_files_nothing_is_told(stage: Stage, files: Mapping[str, str] | None) -> None:
    assert stage.run(files) == 0
    assert stage.told is None


def test_a_link_in_the_place_of_a_file_is_not_followed(stage: Stage) -> None:
    secret = stage.folder / "secret"
    secret.write_text("a token", encoding="utf-8")
    (stage.folder / "artifact").mkdir()
    (stage.folder / "artifact" / "changes.txt").symlink_to(secret)
    assert stage.run({"number": "12"}) == 0
    assert stage.told is None


def test_a_long_report_is_cut_between_lines(stage: Stage) -> None:
    assert stage.run({"number": "12", "changes.txt": "line é\n" * 150_000}) == 0
    told = stage.told or ""
    assert 50_000 < len(told.encode()) < 65_536
    assert set(told.split("```text\n")[1].splitlines()) == {"line é", "… and more.", "```"}
    assert stage.run({"number": "12", "changes.txt": "x" * 1_000_000}) == 0
    assert len(stage.told or "") < 1000


HOSTILE = [
    "@everyone @org/team", "```\n@everyone\n```", "~~~\n@everyone", "``` ```\n</code></pre><script>x</script>",
    "![x](https://tracker.example.org/x.png)", "[x](javascript:alert(1))", "<img src=x onerror=x>", "#1 GH-1 x/y#1",
    "a | b\n--- | ---\n", "<!-- ", "\x00\x1b[31mred\x07", "​`​`​`", "\r```\r@x", "::error::x", "${{ github.token }}",
]  # fmt: skip


def code_alone(text: str) -> bool:
    """Whether a comment is one sentence with one link of ours, then one block of code and nothing after it."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    first = [token.type for token in tokens]
    links = [child.attrs["href"] for token in tokens for child in token.children or () if child.type == "link_open"]
    return first == ["paragraph_open", "inline", "paragraph_close", "fence"] and len(links) == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_shown_as_words(stage: Stage, text: str) -> None:
    assert stage.run({"number": "12", "changes.txt": text}) == 0
    assert code_alone(stage.told or "")


def test_any_bytes_stay_within_their_block(tmp_path_factory: pytest.TempPathFactory) -> None:
    stage = Stage(tmp_path_factory.mktemp("stage"))

    @settings(max_examples=20)  # each runs the script: 20 ms and more
    @given(st.lists(st.sampled_from([*HOSTILE, "\n", " ", "`", "```", "é"]), max_size=8).map("".join))
    def holds(text: str) -> None:
        assert stage.run({"number": "12", "changes.txt": text.encode()}) == 0
        assert code_alone(stage.told or "")

    holds()
