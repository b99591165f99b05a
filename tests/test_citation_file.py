"""CITATION.cff says what mkdocs.yml says, at the top of the repository and with the data."""

from __future__ import annotations

import pytest
import yaml
from conftest import TODAY
from site_fixture import CONFIG, ROOT, SITE_URL, BuiltSite
from standards import cff

from generator.export.citation_file import citation_file
from scripts.citation import text_of

REPOSITORY = ROOT / "CITATION.cff"


def test_the_file_at_the_top_says_what_the_settings_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it differs: python -m scripts.citation"""
    monkeypatch.delenv("SITE_URL", raising=False)
    monkeypatch.delenv("REPO_URL", raising=False)
    assert REPOSITORY.read_text(encoding="utf-8") == text_of(CONFIG)


def test_the_published_file_has_the_day_and_the_address_of_the_site(built: BuiltSite) -> None:
    told = yaml.safe_load(built.tree["api/v1/CITATION.cff"])
    assert (told["version"], told["date-released"], told["url"]) == (TODAY.isoformat(), TODAY, SITE_URL)
    top = yaml.safe_load(REPOSITORY.read_text(encoding="utf-8"))
    assert {key: told[key] for key in top if key != "url"} == {key: top[key] for key in top if key != "url"}


def test_both_are_valid_by_the_schema(built: BuiltSite) -> None:
    for text in (REPOSITORY.read_text(encoding="utf-8"), built.tree["api/v1/CITATION.cff"]):
        told = yaml.load(text, yaml.BaseLoader)  # days as texts, as JSON has them
        assert [error.message for error in cff().iter_errors(told)] == []


@pytest.mark.parametrize("text", ["A: b # c", "'\"", "- x", "no", "2026", "two\nlines", "{{ x }}", "«é» 中"])
def test_whatever_a_name_holds_reads_back(text: str) -> None:
    told = yaml.safe_load(citation_file(text, text, "", "", None))
    assert (told["title"], told["abstract"]) == (text, text)
    assert not {"url", "repository-code", "version", "date-released"} & set(told)
