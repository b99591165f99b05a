"""Every type of page in a real Chromium: on a wide screen and on a phone, without scripts, on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from browser_fixture import (
    BY_NAME,
    FILTERED,
    OF_COLOUR,
    SIZES,
    WIDE,
    Watched,
    address_of,
    axe,
    each_page,
    too_wide,
)
from playwright.sync_api import Browser, BrowserContext, Page, expect
from site_fixture import BuiltSite


@each_page
@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_a_page_loads_without_a_fault_and_fits_the_screen(
    watched: Watched, served: str, built: BuiltSite, name: str, size: tuple[int, int]
) -> None:
    page = watched.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    answer = page.goto(served + address_of(built, name))
    assert answer is not None
    assert answer.status == (404 if name == "missing" else 200)
    watched.settle()
    wide = page.evaluate("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)")
    assert wide <= size[0], too_wide(page)
    assert too_wide(page) == []
    assert page.evaluate("document.fonts.check('16px \"Catalogue Sans\"')")


@each_page
def test_a_page_passes_axe_in_light_and_dark_on_both_screens(
    watched: Watched, served: str, built: BuiltSite, name: str
) -> None:
    page = watched.page
    page.goto(served + address_of(built, name))
    watched.settle()
    found = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="light")
        found += [f"{width} light {fault}" for fault in axe(page)]
        page.emulate_media(color_scheme="dark")
        found += [f"{width} dark {fault}" for fault in axe(page, {"runOnly": list(OF_COLOUR)})]
    assert "\n".join(found) == ""


def test_axe_would_find_a_fault(fresh: Page) -> None:
    fresh.goto("")
    fresh.evaluate("document.querySelector('h1').after(Object.assign(new Image(), {src: 'assets/icon.svg'}))")
    assert any(fault.startswith("image-alt") for fault in axe(fresh))


# -- without scripts, on paper


ONLY_SCRIPTED = "[data-asof-control], [data-cite], [data-retrieved]"
"""What needs a script to be of use, and is hidden without one: another day, copying, the day of retrieval."""


@each_page
def test_without_scripts_a_page_shows_all_that_it_shows_with_them(
    chromium: Browser, served: str, built: BuiltSite, name: str, texts_with_scripts: Callable[[str], str]
) -> None:
    if name in ("found", "compared", "timeline"):
        return  # only a script finds, compares and filters; test_browser_timeline.py counts what is there without one
    with _without_scripts(chromium) as page:
        page.goto(served + address_of(built, name))
        shown = " ".join(page.inner_text("#main-article").split())
    if name in ("search", "compare"):
        assert "needs JavaScript" in shown
        return
    if name in FILTERED:
        return  # tests/test_browser_listing.py
    assert shown == texts_with_scripts(served + address_of(built, name))


@pytest.fixture(scope="session")
def texts_with_scripts(context: BrowserContext) -> Callable[[str], str]:
    def text_at(address: str) -> str:
        page = context.new_page()
        page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
        page.goto(address)
        page.evaluate("(only) => document.querySelectorAll(only).forEach((each) => each.remove())", ONLY_SCRIPTED)
        text = " ".join(page.inner_text("#main-article").split())
        page.close()
        return text

    return text_at


@contextmanager
def _without_scripts(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": WIDE[0], "height": WIDE[1]})
    yield context.new_page()
    context.close()


def test_without_scripts_the_search_page_leads_to_the_lists(chromium: Browser, served: str) -> None:
    with _without_scripts(chromium) as page:
        page.goto(f"{served}search/?q=Peru")
        expect(page.locator("noscript p")).to_be_visible()
        page.locator("#main-article").get_by_role("link", name="Agreements").click()
        expect(page.locator("h1")).to_have_text("Agreements")
        assert page.locator("button[data-scheme]").is_hidden()


def test_on_paper_there_is_no_navigation_and_sources_show_their_addresses(
    watched: Watched, served: str, built: BuiltSite
) -> None:
    page = watched.page
    page.goto(served + built.richest(BY_NAME["agreement"]))
    page.emulate_media(media="print")
    for part in (".tabs", ".menu", ".find", ".tool", ".onpage", ".skip", ".acts"):
        assert page.locator(f"{part}:visible").count() == 0, part
    addresses = page.locator("ol.ev .url")
    assert addresses.count() > 3
    for address in addresses.all():
        assert address.inner_text().startswith("http")
        assert address.is_visible()
    expect(page.locator(".cite")).to_be_visible()
    assert page.pdf(format="A4").startswith(b"%PDF-")


def test_on_paper_the_dark_scheme_is_left_aside(watched: Watched, served: str) -> None:
    page = watched.page
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(f"{served}agreements/")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


# -- the page for addresses that are none


def test_the_page_for_a_missing_address_works_from_any_depth(watched: Watched, served: str) -> None:
    page = watched.page
    page.goto(f"{served}agreements/not-there/deep/er/")
    expect(page.locator("h1")).to_have_text("There is no page at this address")
    page.locator("#main-article a", has_text="agreements").click()
    page.wait_for_url("**/some/path/agreements/")
    expect(page.locator("h1")).to_have_text("Agreements")
