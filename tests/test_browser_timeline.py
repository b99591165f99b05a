"""The timeline in a real browser: filters together, the address, Back, without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import TODAY
from playwright.sync_api import Browser, Locator, Page, expect
from site_fixture import BuiltSite

from generator.derive import derive
from generator.derive.happenings import Happening, Sort


@pytest.fixture
def timeline(chromium: Browser, served: str) -> Iterator[Page]:
    made = chromium.new_context(base_url=served, reduced_motion="reduce")
    page = made.new_page()
    page.set_viewport_size({"width": 1280, "height": 900})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield page
    made.close()
    assert faults == []


@pytest.fixture(scope="module")
def found(built: BuiltSite) -> tuple[Happening, ...]:
    return derive(built.catalogue, TODAY).happenings


def button(page: Page, facet: str, value: str) -> Locator:
    return page.locator(f'button[data-facet="{facet}"][data-value="{value}"]')


def shown(page: Page) -> int:
    return page.locator("#tl li[data-kind]:visible").count()


def test_filters_narrow_together_and_the_address_holds_them(timeline: Page, found: tuple[Happening, ...]) -> None:
    timeline.goto("timeline/")
    expect(timeline.locator("#tl-count")).to_have_text(f"{len(found)} entries")
    button(timeline, "sort", "signed").click()
    signed = [h for h in found if h.sort is Sort.SIGNED]
    assert shown(timeline) == len(signed)
    timeline.get_by_text("Country", exact=True).click()
    peru = [h for h in signed if "PE" in h.countries]
    assert button(timeline, "country", "PE").locator(".n").inner_text() == str(len(peru))
    button(timeline, "country", "PE").click()
    assert shown(timeline) == len(peru) > 0
    timeline.get_by_label("From").fill("2010")
    timeline.get_by_label("From").press("Enter")
    late = [h for h in peru if h.year >= 2010]
    expect(timeline.locator("#tl-count")).to_have_text(f"{len(late)} of {len(found)} entries")
    assert parse_qs(urlsplit(timeline.url).query) == {"sort": ["signed"], "country": ["PE"], "from": ["2010"]}
    assert button(timeline, "country", "PE").get_attribute("aria-pressed") == "true"
    assert timeline.locator("#tl-chips button").count() == 3


def test_an_address_opened_fresh_shows_the_same_and_back_works(timeline: Page, found: tuple[Happening, ...]) -> None:
    timeline.goto("timeline/?kind=group&to=1995")
    groups = [h for h in found if h.kind == "group" and h.year <= 1995]
    assert shown(timeline) == len(groups) > 0
    expect(timeline.get_by_label("To")).to_have_value("1995")
    button(timeline, "kind", "group").click()
    assert shown(timeline) == len([h for h in found if h.year <= 1995])
    timeline.go_back()
    expect(timeline.locator("#tl-count")).to_have_text(f"{len(groups)} of {len(found)} entries")


def test_two_values_of_one_filter_widen_it(timeline: Page, found: tuple[Happening, ...]) -> None:
    timeline.goto("timeline/?kind=group&kind=dialogue")
    assert shown(timeline) == len([h for h in found if h.kind in ("group", "dialogue")])


def test_what_the_page_does_not_offer_is_not_taken_from_the_address(
    timeline: Page, found: tuple[Happening, ...]
) -> None:
    timeline.goto("timeline/?country=XX&kind=%3Cb%3E&from=then")
    expect(timeline.locator("#tl-count")).to_have_text(f"{len(found)} entries")
    assert timeline.locator("#tl-chips button").count() == 0


def test_a_chip_removes_its_filter_by_keyboard(timeline: Page, found: tuple[Happening, ...]) -> None:
    timeline.goto("timeline/?kind=group&sort=joined")
    chip = timeline.get_by_role("button", name="Remove filter: Joined a group")
    chip.focus()
    timeline.keyboard.press("Enter")
    assert shown(timeline) == len([h for h in found if h.kind == "group"])
    expect(timeline.locator("#tl-chips button")).to_be_focused()


def test_years_without_an_entry_are_neither_shown_nor_offered(timeline: Page) -> None:
    timeline.goto("timeline/?sort=summit")
    expect(timeline.locator("#y2015")).to_be_visible()
    expect(timeline.locator("#y2016")).to_be_hidden()
    expect(timeline.locator('.tl__jump a[href="#y2016"]')).to_be_hidden()
    expect(timeline.locator("#just-ended")).to_be_hidden()


def test_without_javascript_all_is_there_with_years_to_jump_to(
    chromium: Browser, served: str, found: tuple[Happening, ...]
) -> None:
    made = chromium.new_context(java_script_enabled=False, base_url=served)
    page = made.new_page()
    page.goto("timeline/")
    assert shown(page) == len(found)
    expect(page.locator(".tl__facets")).to_be_hidden()
    page.locator('.tl__jump a[href="#y1999"]').click()
    assert page.url.endswith("#y1999")
    expect(page.locator("#y1999")).to_be_in_viewport()
    made.close()


def test_a_step_leads_to_its_row_in_the_history(timeline: Page) -> None:
    timeline.goto("timeline/?kind=agreement&from=2024&to=2024")
    timeline.locator("#tl li[data-kind]:visible a").first.click()
    expect(timeline.locator("tr:target")).to_be_visible()
