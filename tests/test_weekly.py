"""What the weekly workflow does with what was found: its script, run with a `gh` that keeps a small repository; and the
report on newer releases."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt
from site_fixture import ROOT

from scripts import outdated
from scripts.outdated import Newer

GH = """#!/bin/sh
printf '%s\\n' "$*" >> "$STAGE/asked"
for last; do :; done
case "$*" in
"run download "*) [ -d "$STAGE/artifact" ] || exit 1; cp -R "$STAGE/artifact/." "$last/" ;;
"api --method PUT "*) [ "$5" = --input ] && cp "$6" "$STAGE/change" ;;
"api repos/x/y/contents/"*) cat "$STAGE/sha" ;;
"api repos/x/y/issues?"*) [ -f "$STAGE/broken" ] && exit 1; cat "$STAGE/issue.$TITLE" 2>/dev/null || echo " " ;;
*"--body-file "*) cp "$last" "$STAGE/body" ;;
esac
"""
LINKS, TOOLS = "Cited addresses that need a look", "Tools that have newer releases"


def sha_of(data: bytes) -> str:
    """The name that git gives to a file of these bytes."""
    return hashlib.sha1(b"blob %d\0%b" % (len(data), data), usedforsecurity=False).hexdigest()


@dataclass(frozen=True)
class Stage:
    """A folder in which the script runs, and what came of it."""

    folder: Path

    def run(self, files: Mapping[str, bytes], before: bytes = b"{}\n", issues: Mapping[str, str] | None = None) -> int:
        """Run it with these files in the artifact, and with issues of these titles, each as number and state."""
        (self.folder / "gh").write_text(GH, encoding="utf-8")
        (self.folder / "gh").chmod(0o755)
        (self.folder / "sha").write_text(sha_of(before) + "\n", encoding="utf-8")
        for title, told in (issues or {}).items():
            (self.folder / f"issue.{title}").write_text(told + "\n", encoding="utf-8")
        for name, data in files.items():
            (self.folder / "artifact").mkdir(exist_ok=True)
            (self.folder / "artifact" / name).write_bytes(data)
        workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "weekly.yml").read_text(encoding="utf-8"))
        script = workflow["jobs"]["tell"]["steps"][0]["run"]
        path = f"{self.folder}:{os.environ['PATH']}"
        env = {"PATH": path, "STAGE": str(self.folder), "TMPDIR": str(self.folder), "REPO": "x/y", "RUN": "7"}
        return subprocess.run(["bash", "-c", script], env=env, capture_output=True, check=False).returncode

    @property
    def asked(self) -> list[str]:
        """What `gh` was asked beside the download and what only looks, without the names of files made on the way."""
        lines = (self.folder / "asked").read_text(encoding="utf-8").splitlines()
        acts = [line for line in lines if not line.startswith(("run download", "api repos/"))]
        return [line.partition(" --body-file")[0].partition(" --input")[0] for line in acts]

    @property
    def change(self) -> Mapping[str, str]:
        """The change of the ledger that was asked for."""
        found: Mapping[str, str] = json.loads((self.folder / "change").read_text(encoding="utf-8"))
        return found


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def test_the_ledger_is_kept_and_each_report_has_its_issue(stage: Stage) -> None:
    ledger = '{"links": {"https://a.example/é": {}}}\n'.encode() * 5000
    assert stage.run({"links.json": ledger, "links.md": b"dead", "outdated.md": b"old"}, issues={TOOLS: "5 open"}) == 0
    assert stage.asked == [
        "api --method PUT repos/x/y/contents/ledger/links.json",
        f"issue create --repo x/y --title {LINKS}",
        "issue edit 5 --repo x/y",
    ]
    assert base64.b64decode(stage.change["content"]) == ledger
    assert stage.change["sha"] == sha_of(b"{}\n")
    assert (stage.folder / "body").read_bytes() == b"old"


def test_what_is_the_same_makes_no_commit(stage: Stage) -> None:
    assert stage.run({"links.json": b"{}\n", "links.md": b""}) == 0
    assert stage.asked == []


def test_an_issue_is_closed_when_nothing_is_left_and_opened_again_when_something_is(stage: Stage) -> None:
    files = {"links.json": b"{}\n", "links.md": b"", "outdated.md": b"old"}
    assert stage.run(files, issues={LINKS: "3 open", TOOLS: "5 closed"}) == 0
    assert stage.asked == [
        "issue close 3 --repo x/y --comment Nothing is left to do.",
        "issue edit 5 --repo x/y",
        "issue reopen 5 --repo x/y",
    ]


def test_an_issue_that_is_closed_and_has_nothing_to_say_stays_closed(stage: Stage) -> None:
    assert stage.run({"outdated.md": b""}, issues={TOOLS: "5 closed"}) == 0
    assert stage.asked == []


def test_a_look_that_failed_changes_nothing_of_its_own(stage: Stage) -> None:
    """Without the files of one look, its issue and the ledger stay as they are; the other look is told."""
    assert stage.run({"outdated.md": b"old"}, issues={LINKS: "3 open"}) == 0
    assert stage.asked == [f"issue create --repo x/y --title {TOOLS}"]


def test_when_issues_cannot_be_read_no_second_one_is_made(stage: Stage) -> None:
    (stage.folder / "broken").touch()
    assert stage.run({"outdated.md": b"old"}) != 0
    assert stage.asked == []


# -- newer releases


def test_packages_that_we_name_are_listed_and_others_counted() -> None:
    ours = outdated.named((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert {"mkdocs", "pagefind", "axe-playwright-python", "zizmor"} <= ours
    told = [
        {"name": "PyYAML", "version": "6.0", "latest_version": "6.1"},
        {"name": "MarkupSafe", "version": "3.0", "latest_version": "3.1"},
    ]
    assert outdated.python_packages(told, ours) == ([Newer("Python", "PyYAML", "6.0", "6.1")], 1)


def test_actions_are_read_from_the_workflows_with_their_versions() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / ".github" / "workflows").glob("*.yml")]
    found = outdated.actions(texts)
    assert found["actions/checkout"] == "7.0.1"
    assert len(found) == len({name for text in texts for name in text.split() if name.startswith("actions/")})


def test_the_newest_tag_is_the_highest_number_and_its_commit() -> None:
    one, two, three = "1" * 40, "2" * 40, "3" * 40
    refs = f"{one}\trefs/tags/v9.9.9\n{two}\trefs/tags/v10.0.0\n{three}\trefs/tags/v10.0.0^{{}}\n{one}\trefs/tags/v11\n"
    assert outdated.newest_tag(refs) == ("10.0.0", three)
    assert outdated.newest_tag("") is None


def test_the_report_shows_names_as_names_and_is_empty_when_all_is_new() -> None:
    assert outdated.report([], 0) == ""
    hostile = Newer("Node", "@tktco/x", "1.0", "`|<b>@all</b>\n# x")
    html = MarkdownIt("gfm-like", {"linkify": False}).render(outdated.report([hostile], 3))
    assert "<code>@tktco/x</code>" in html
    assert html.count("<tr>") == 2
    assert "<b>" not in html
    assert "<code>b@all/bx</code>" in html
    assert "3 more Python packages" in html
    assert outdated.node_packages({"a": "1", "b": "1"}, {"a": "2", "b": "1"}) == [Newer("Node", "a", "1", "2")]
