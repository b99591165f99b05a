"""What stands ready on the host of the repository: issue forms, the pull request template, owners, hooks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from conftest import TODAY, base_files, catalogue_of, tree_of
from site_fixture import ROOT

from generator.commands import COMMANDS
from generator.derive import derive
from generator.kinds import KINDS
from generator.render import Site, render

GITHUB = ROOT / ".github"
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
SORTS = {"markdown", "input", "textarea", "dropdown", "checkboxes"}
each_form = pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def tree() -> dict[str, str]:
    """The pages of the small catalogue, for a repository that has an address."""
    catalogue = catalogue_of(base_files())
    site = Site(repository="https://git.example.org/x/y", address="https://x.example.org/")
    return render(catalogue, derive(catalogue, TODAY), site)


# -- issue forms. GitHub's own schema of them is not at hand without a network; this is what its documentation asks for


@each_form
def test_a_form_has_what_the_host_asks_for(path: Path) -> None:
    form = load(path)
    assert set(form) <= {"name", "description", "title", "labels", "assignees", "projects", "type", "body"}
    assert all(isinstance(form[key], str) and form[key] for key in ("name", "description"))
    assert form["body"]
    for part in form["body"]:
        assert set(part) <= {"type", "id", "attributes", "validations"}
        assert part["type"] in SORTS
        if part["type"] == "markdown":
            assert part["attributes"]["value"]
        else:
            assert re.fullmatch(r"[A-Za-z0-9_-]+", part["id"])
            assert part["attributes"]["label"]
            assert set(part.get("validations", {})) <= {"required"}
    ids = [part["id"] for part in form["body"] if "id" in part]
    labels = [part["attributes"]["label"] for part in form["body"] if "id" in part]
    assert len(set(ids)) == len(ids) > 0
    assert len(set(labels)) == len(labels)


FILLED = {
    "mistake": ({"record", "page"}, r'href="([^"]*template=mistake\.yml[^"]*)"'),
    "suggest": ({"kind", "page"}, r'href="([^"]*template=suggest\.yml[^"]*)"'),
}
"""The fields that links of the site fill in, and how such a link is found."""


@each_form
def test_links_of_the_site_fill_in_fields_that_the_form_has(path: Path, tree: dict[str, str]) -> None:
    """Both ways: each field of a link is in the form, and each that the form calls filled in is in the link."""
    wanted, link = FILLED[path.stem]
    form = load(path)
    ids = {part["id"] for part in form["body"] if "id" in part}
    says = {p["id"] for p in form["body"] if "fills this in" in str(p["attributes"].get("description"))}
    found = [url for text in tree.values() for url in re.findall(link, text)]
    assert found
    for url in found:
        fields = set(parse_qs(urlsplit(url.replace("&amp;", "&")).query, keep_blank_values=True)) - {
            "template",
            "title",
            "body",
        }
        assert fields == wanted <= ids
        assert len(url) < 8000
    assert says == wanted


def test_a_listing_offers_to_suggest_what_it_misses(tree: dict[str, str]) -> None:
    for kind in KINDS:
        if kind.name != "page":
            assert "Something missing? Suggest it" in tree[f"{kind.section}/index.md"], kind.name
    assert "Something missing?" not in tree["about/index.md"]
    assert "Something missing?" not in tree["search/index.md"]


def test_without_a_repository_nothing_is_offered() -> None:
    assert "Something missing?" not in tree_of(base_files())["programmes/index.md"]


def test_an_issue_without_a_form_stays_possible() -> None:
    assert load(GITHUB / "ISSUE_TEMPLATE" / "config.yml")["blank_issues_enabled"] is True


def test_a_pull_request_is_asked_for_its_sources() -> None:
    text = (GITHUB / "PULL_REQUEST_TEMPLATE.md").read_text(encoding="utf-8")
    assert "**Sources**" in text
    assert "- [ ]" in text
    for name in re.findall(r"`catalogue ([a-z]+)", text):
        assert name in COMMANDS


# -- owners and hooks


def test_every_kind_has_its_owners() -> None:
    rows = {}
    for line in (GITHUB / "CODEOWNERS").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            pattern, *owners = line.split()
            assert pattern not in rows, pattern
            assert owners, pattern
            assert all(re.fullmatch(r"@[\w-]+(/[\w-]+)?|[^@\s]+@[^@\s]+", owner) for owner in owners), line
            rows[pattern] = owners
    assert "*" in rows
    wanted = {f"/content/{kind.file}" if kind.file else f"/content/{kind.folder}/" for kind in KINDS}
    assert wanted == set(rows) - {"*"}
    assert all((ROOT / path.strip("/")).exists() for path in wanted)


def test_hooks_before_a_commit_are_commands_that_exist_and_need_no_network() -> None:
    repositories = load(ROOT / ".pre-commit-config.yaml")["repos"]
    assert [each["repo"] for each in repositories] == ["local"]
    hooks = repositories[0]["hooks"]
    assert len({hook["id"] for hook in hooks}) == len(hooks) > 0
    for hook in hooks:
        program, command, *_ = hook["entry"].split()
        assert hook["language"] == "system"
        assert program == ".venv/bin/catalogue"
        assert command in COMMANDS
        assert re.search(hook["files"], "content/programmes/urbelac.yml")
