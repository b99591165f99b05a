"""What a reader's line has to carry, and that nothing goes anywhere else or stays behind."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser
from site_fixture import BuiltSite

from benchmarks.weight import KINDS, heaviest, weigh
from scripts.host import serving

LIMIT = 150 * 1024
"""Bytes over the line, compressed, scripts and fonts included."""
SEARCH = 150_000
"""As much again for a first search; words of many records and of few, from all parts of the index."""


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_view_of_the_heaviest_page_is_light(built: BuiltSite, chromium: Browser, kind: str) -> None:
    weight = weigh(chromium, built.site, heaviest(built.site)[kind], None)
    assert any(path.endswith(".woff2") for path in weight.view), "the fonts are counted too"
    assert weight.view.total() <= LIMIT, weight.view.most_common(8)


@pytest.mark.parametrize("word", ["trade", "peru", "urbelac", "cohesion", "agreement", "chile", "programme"])
def test_the_first_search_is_light(built: BuiltSite, chromium: Browser, word: str) -> None:
    weight = weigh(chromium, built.site, heaviest(built.site)["countries"], word)
    assert any("pagefind/index" in path for path in weight.search), "the index is counted too"
    assert weight.search.total() <= SEARCH, weight.search.most_common(12)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_no_other_host_is_asked_and_no_cookie_stays(built: BuiltSite, chromium: Browser, scripts: bool) -> None:
    context = chromium.new_context(java_script_enabled=scripts)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    with serving(built.site) as host:
        page = context.new_page()
        for address in ("", "agreements/", *heaviest(built.site).values(), "search/?q=trade", "not-there/"):
            page.goto(host + address, wait_until="networkidle")
        kept = context.cookies()
        context.close()
    assert len(asked) > 20
    assert {urlsplit(url).hostname for url in asked if not url.startswith("data:")} == {"127.0.0.1"}
    assert kept == []
