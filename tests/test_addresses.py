"""No address dies: what was published is noted, and a site in which one leads nowhere is told, with what mends it."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from site_fixture import ROOT, BuiltSite
from small_site import HERE, page, write_site

from generator.__main__ import commands
from generator.verification import verify
from generator.verification.addresses import addresses_of, dead, parse, written
from generator.verification.output import read_output

FIELD = '<h2 id="facts">Facts</h2><h2 id="y2012">2012</h2><h2 id="a-b">A b!</h2><p id="e1">x</p>'
RECORDS = {
    "programmes/index.html": page("programmes/", '<table><tr id="a"><td><a href="a/">A</a></table>', mark=""),
    "programmes/a/index.html": page("programmes/a/", FIELD + '<p id="note">x</p>'),
    "assets/data/names.json": json.dumps({"programmes": {"records": {"a": ["A b!"]}}}),
    "programmes/a/asof.json": "{}",
    "about/index.html": page("about/", FIELD).replace("<article", '<article class="page prose"'),
    "programmes/status/index.html": page("programmes/status/", FIELD, mark=""),
}
KEPT = {
    "/", "/about/", "/api/v1/a.csv", "/api/v1/a.ndjson", "/api/v1/a.sqlite", "/api/v1/a.ttl",
    "/api/v1/datapackage.json", "/calendars/a.ics", "/cite.bib", "/cite.ris", "/llms.txt", "/programmes/",
    "/programmes/#a", "/programmes/a/", "/programmes/a/#facts", "/programmes/a/card.html", "/programmes/old/",
    "/programmes/status/", "/search/", "/sitemap.xml",
}  # fmt: skip


def test_pages_data_and_lasting_anchors_are_addresses(tmp_path: Path) -> None:
    """Not what serves our own pages, nor anchors that count, or are made from a date, a name or prose."""
    assert addresses_of(read_output(write_site(tmp_path, RECORDS), HERE)) == KEPT


PAGE = "This page was published, and nothing stands at its address."
FILE = (
    "This file was published, and nothing stands at its address. Let generator/export write it again, beside the one "
    "that took its place: who uses it is not told of a change."
)
OTHERS = {
    "programmes/b/index.html": page("programmes/b/", '<h2 id="money">M</h2>'),
    "programmes/c/index.html": page("programmes/c/", '<h2 id="money">M</h2>'),
}


@pytest.mark.parametrize(
    ("ledger", "told"),
    [
        ("/ /programmes/a/ /llms.txt /programmes/a/#note /assets/a.css", []),
        ("/programmes/d/", [
            f"programmes/d/index.html: {PAGE} If the record has another id now, take that back and use catalogue "
            "rename d NEW; if it is gone for good, use catalogue retire d --because '…' before its file goes, or "
            "write it into content/retired.yml."]),
        ("/about/b/", [f"about/b/index.html: {PAGE} Write `aliases: [about/b]` into the page that took its place, or "
                       "put it into content/retired.yml."]),
        ("/feeds/all.atom", [f"feeds/all.atom: {FILE}"]),
        ("/programmes/b/cite.bib", [f"programmes/b/cite.bib: {FILE}"]),
        # at a former address: its page, what stood beside it, its anchors, and its row on the listing
        ("/programmes/old/ /programmes/old/cite.bib /programmes/old/#facts /programmes/#old", []),
        ("/programmes/a/#facts", [
            "programmes/a/index.html: Its anchor '#facts' was published and is gone. Give its place that id again, or "
            'put <span id="facts"></span> where readers shall arrive.']),
        # a section that is empty on one page and not on another of its sort; one that no page has any more
        ("/programmes/a/#money", []),
        ("/programmes/a/#facts /programmes/b/#facts", [
            "programmes/a/index.html: Its anchor '#facts' was published and is gone, and 2 pages of its sort had it. "
            'Give its place that id again, or put <span id="facts"></span> where readers shall arrive.']),
    ],
)  # fmt: skip
def test_an_address_that_leads_nowhere_is_told_with_what_mends_it(tmp_path: Path, ledger: str, told: list[str]) -> None:
    output = read_output(write_site(tmp_path, OTHERS), HERE)
    assert [str(flaw) for flaw in dead(output, frozenset(ledger.split()))] == told


def test_the_last_step_of_a_build_reads_the_ledger(tmp_path: Path) -> None:
    write_site(tmp_path, {})
    assert verify(tmp_path, HERE, frozenset({"/programmes/a/"})) == ()
    assert [flaw.file for flaw in verify(tmp_path, HERE, frozenset({"/programmes/b/"}))] == ["programmes/b/index.html"]


def test_nothing_of_the_real_site_has_died(built: BuiltSite) -> None:
    """New addresses are none of this test's business: the deploy notes them."""
    noted = ROOT / "ledger" / "addresses.txt"
    ledger = parse(noted.read_text(encoding="utf-8")) if noted.exists() else frozenset()
    output = read_output(built.site)
    assert [str(flaw) for flaw in dead(output, ledger)] == []
    assert len(addresses_of(output)) > 6000


# -- the ledger as a file

ADDRESS = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), max_size=9).map(lambda x: f"/{x}")


@given(st.frozensets(ADDRESS))
def test_a_ledger_reads_back(addresses: frozenset[str]) -> None:
    assert parse(written(addresses)) == addresses


@given(st.frozensets(ADDRESS), st.frozensets(ADDRESS))
def test_two_that_grew_apart_are_joined_even_where_git_left_its_marks(one: frozenset[str], two: frozenset[str]) -> None:
    text = f"<<<<<<< HEAD\n{written(one)}=======\n{written(two)}>>>>>>> other\n"
    assert parse(text) == one | two


def test_its_lines_stand_as_sort_puts_them(tmp_path: Path) -> None:
    text = written({"/b/", "/", "/é", "/a/#x", "/a/", "/a-b/", "/A"})
    done = subprocess.run(["sort", "-u"], input=text.encode(), env={"LC_ALL": "C"}, capture_output=True, check=True)
    assert done.stdout.decode() == text


def test_the_real_ledger_is_in_order() -> None:
    noted = ROOT / "ledger" / "addresses.txt"
    if noted.exists():
        text = noted.read_text(encoding="utf-8")
        assert written(parse(text)) == text


# -- the command


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    write_site(tmp_path / "site", {})
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(commands, ["addresses", *words])


def test_new_addresses_are_added_and_none_is_taken_out(project: Path) -> None:
    ledger = project / "ledger" / "addresses.txt"
    assert run("--check").output == "16 addresses, 16 new, 0 dead.\n"
    assert not ledger.exists()
    assert run().output == "16 addresses, 16 new, 0 dead.\n"
    first = ledger.read_text(encoding="utf-8")
    assert run().output == "16 addresses, 0 new, 0 dead.\n"
    (project / "site" / "llms.txt").unlink()
    (project / "site" / "new.txt").write_text("x", encoding="utf-8")
    done = run()
    assert done.exit_code == 1
    assert done.output.startswith(f"llms.txt: {FILE}\n17 addresses, 1 new, 1 dead.")
    assert parse(ledger.read_text(encoding="utf-8")) == parse(first) | {"/new.txt"}


def test_without_a_site_it_says_what_to_do(project: Path) -> None:
    done = run("--site-dir", "public")
    assert done.exit_code == 1
    assert str(done.exception) == "There is no site in public. Run catalogue build first."


# -- the note after a deploy: its script, run with a `gh` that keeps one file

GH = """#!/bin/sh
printf '%s\\n' "$*" >> "$STAGE/asked"
case "$*" in
"run download"*) for last; do :; done; cp "$STAGE/made" "$last/addresses.txt" ;;
*"--method PUT"*) for last; do :; done; [ ! -e "$STAGE/refused" ] && cp "$last" "$STAGE/put" ;;
*"--jq .sha"*)
  [ -e "$STAGE/broken" ] && { echo "gh: HTTP 500" >&2; exit 1; }
  [ -e "$STAGE/known" ] || { echo "gh: Not Found (HTTP 404)" >&2; exit 1; }
  echo 0123abcd ;;
*) cat "$STAGE/known" ;;
esac
"""


def note(folder: Path, known: str | None, made: str, *marks: str) -> tuple[int, Mapping[str, Any] | None]:
    """The end of the script, and what it wrote into the repository."""
    (folder / "bin").mkdir()
    (folder / "bin" / "gh").write_text(GH, encoding="utf-8")
    (folder / "bin" / "gh").chmod(0o755)
    (folder / "made").write_text(made, encoding="utf-8")
    if known is not None:
        (folder / "known").write_text(known, encoding="utf-8")
    for mark in marks:
        (folder / mark).touch()
    read = yaml.safe_load((ROOT / ".github" / "workflows" / "deploy.yml").read_text(encoding="utf-8"))
    path = f"{folder / 'bin'}:{os.environ['PATH']}"
    given = {"PATH": path, "STAGE": str(folder), "TMPDIR": str(folder), "REPO": "x/y", "GITHUB_RUN_ID": "7"}
    script = read["jobs"]["note"]["steps"][0]["run"]
    done = subprocess.run(["bash", "-c", script], env=given, capture_output=True, text=True, check=False)
    put = folder / "put"
    return done.returncode, json.loads(put.read_text(encoding="utf-8")) if put.exists() else None


@pytest.mark.parametrize("known", [None, {"/a/", "/z/"}], ids=["first", "later"])
def test_what_was_published_is_noted_beside_what_others_noted(tmp_path: Path, known: set[str] | None) -> None:
    ended, put = note(tmp_path, None if known is None else written(known), written({"/a/", "/b/#é"}))
    assert ended == 0
    assert put is not None
    assert base64.b64decode(put["content"]).decode() == written({"/a/", "/b/#é"} | (known or set()))
    assert put.get("sha") == (None if known is None else "0123abcd")


def test_nothing_is_written_where_nothing_is_new(tmp_path: Path) -> None:
    assert note(tmp_path, written({"/a/", "/b/"}), written({"/a/"})) == (0, None)


@pytest.mark.parametrize("mark", ["refused", "broken"])
def test_a_note_that_fails_is_told(tmp_path: Path, mark: str) -> None:
    assert note(tmp_path, written({"/a/"}), written({"/b/"}), mark) == (1, None)
