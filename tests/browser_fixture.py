"""What browser tests share: the types of pages, a page that hears of every fault, and a reader to open it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect
from site_fixture import ROOT, BuiltSite

from generator.kinds import KINDS
from generator.render.place import PagePlace

expect.set_options(timeout=20_000)
WIDE, PHONE = (1280, 800), (390, 844)
SIZES = (WIDE, PHONE)
RULES = {"target-size": {"enabled": True}}
"""Rules that axe has but leaves out by default, though WCAG 2.2 AA asks for them."""

OF_COLOUR = ("color-contrast", "link-in-text-block")
"""Rules that see colours; the others see the same page in the dark."""

STATUS_PAGES = (
    "agreements/status/",
    "agreements/status/in-force/",
    "agreements/status/terminated/",
    "programmes/status/",
    "dialogues/status/held/",
)
CODE_PAGES = ("codes/", "codes/duplicate-key/", "codes/not-a-party/", "codes/too-deep/")
"""The list of codes, and those whose examples are long, wide or odd."""

FILTERED = ("agreement listing", "programme listing", "dialogue listing")
"""Their filters need a script in part."""

BY_NAME = {kind.name: kind for kind in KINDS}
PAGES = (
    "home",
    "search",
    "found",
    "missing",
    "bibliography",
    "statistics",
    "compare",
    "compared",
    "timeline",
    "follow",
    "state",
    "data",
    "fields",
    "programme fields",
    "shared fields",
    *STATUS_PAGES,
    *CODE_PAGES,
    *(f"{kind.name} listing" for kind in KINDS if kind.name != "page"),
    *(f"{kind.name} record" for kind in KINDS if kind.name != "page"),
    *sorted(f"{path.parent.name}/{path.stem}" for path in (ROOT / "content" / "pages").glob("*/*.md")),
)
"""Every type of page: a listing and the fullest record of each kind, those that are no record, all of prose."""
each_page = pytest.mark.parametrize("name", PAGES)


def address_of(built: BuiltSite, name: str) -> str:
    """The address of a type of page, below the site's folder."""
    plain = {"home": "", "search": "search/", "found": "search/?q=cohesion", "missing": "agreements/not-there/",
             "bibliography": "bibliography/", "state": "state/", "data": "data/", "fields": "fields/",
             "programme fields": "fields/programme/", "shared fields": "fields/shared/",
             "statistics": "statistics/", "timeline": "timeline/", "follow": "follow/",
             "compare": "compare/",
             "compared": "compare/?ids=programmes/urbelac,programmes/innovact,programmes/eurosocial"}  # fmt: skip
    if name in plain:
        return plain[name]
    if name in (*STATUS_PAGES, *CODE_PAGES):
        return name
    if "/" in name:
        return PagePlace(f"{name}.md").address
    kind, _, which = name.partition(" ")
    return built.listing(BY_NAME[kind]) if which == "listing" else built.richest(BY_NAME[kind])


HEARD = """addEventListener('securitypolicyviolation', (event) =>
    console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`))"""
"""Tells of whatever goes against the Content Security Policy of a page."""


class Watched:
    """A page of the browser, and all that went wrong in it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        page.add_init_script(HEARD)
        page.on("console", lambda message: self._hear(message.type, message.text))
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("request", self._see)
        page.on("requestfailed", self._miss)

    def _hear(self, sort: str, text: str) -> None:
        if sort in ("error", "warning") and not self._is_the_missing_page(text):
            self.faults.append(f"{sort}: {text}")

    def _is_the_missing_page(self, text: str) -> bool:
        return "not-there" in self.page.url and "404 (Not Found)" in text

    def _miss(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the reader left while it was loading
            self.faults.append(f"failed: {request.url} {request.failure}")

    def _see(self, request: Request) -> None:
        if urlsplit(request.url).hostname != "127.0.0.1":
            self.faults.append(f"leaves this machine: {request.url}")

    def settle(self) -> None:
        """Wait until fonts are there and scripts have done what they do."""
        self.page.evaluate("document.fonts.ready.then(() => null)")
        if "/search/?q=" in self.page.url:
            expect(self.page.locator("#search-results li")).not_to_have_count(0)
        if "/compare/?ids=" in self.page.url:
            expect(self.page.locator("table.compare")).to_be_visible()


@pytest.fixture(scope="session")
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """One reader with an empty history, whom the tests share; tests that leave a trace bring their own."""
    made = chromium.new_context(color_scheme="light", reduced_motion="reduce", locale="en-GB")
    yield made
    made.close()


@pytest.fixture
def watched(context: BrowserContext, served: str) -> Iterator[Watched]:
    """A page at 1280 pixels; whatever goes wrong in it fails the test."""
    page = context.new_page()
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    made = Watched(page)
    yield made
    page.close()
    assert made.faults == []


@pytest.fixture
def fresh(chromium: Browser, served: str) -> Iterator[Page]:
    """A page of a reader who was never here, and of whom nothing stays."""
    made = chromium.new_context(color_scheme="light", base_url=served)
    yield made.new_page()
    made.close()


DONE = re.compile("result|found")


def results(page: Page) -> list[tuple[str, str]]:
    """What a search shows: title and sort."""
    expect(page.locator("#search-count")).to_have_text(DONE)
    items = page.locator("#search-results > li")
    return [(item.locator("a").inner_text(), item.locator(".result__kind").inner_text()) for item in items.all()]


# -- what may not be on any page


def axe(page: Page, options: dict[str, Any] | None = None) -> list[str]:
    """What axe finds, with all its rules, those of good practice too."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    violations = page.evaluate(
        "async (options) => (await axe.run(options)).violations",
        {"resultTypes": ["violations"], **(options or {"rules": RULES})},
    )
    return [
        f"{rule['id']} ({rule['impact']}): {node['target'][0]} {node['html'][:160]}"
        for rule in violations
        for node in rule["nodes"][:5]
    ]


def too_wide(page: Page) -> list[str]:
    """What reaches over the right edge and cannot be scrolled to, since the page hides it."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter((each) => {
            if (!each.checkVisibility() || each.closest('.vh')) return false;
            const box = each.getBoundingClientRect();
            if (!box.width || !box.height || box.right <= innerWidth + 1) return false;
            for (let up = each.parentElement; up !== document.body; up = up.parentElement) {
                if (getComputedStyle(up).overflowX !== 'visible') return false;
            }
            return getComputedStyle(each).clipPath === 'none';
        }).map((each) => each.outerHTML.slice(0, 120))"""
    )
    return found[:5]
