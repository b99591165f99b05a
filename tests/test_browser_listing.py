"""Listings in a real browser: facets together, their counts, the address, both meanings of several countries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import TODAY
from playwright.sync_api import Browser, Page, expect
from site_fixture import BuiltSite

from generator.derive import derive
from generator.derive.facets import Facets

expect.set_options(timeout=20_000)


@pytest.fixture
def page(chromium: Browser, served: str) -> Iterator[Page]:
    """A fresh reader at 1280 pixels; an error of a script fails the test."""
    context = chromium.new_context(base_url=served, viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    made = context.new_page()
    faults: list[str] = []
    made.on("pageerror", lambda error: faults.append(str(error)))
    yield made
    context.close()
    assert faults == []


@pytest.fixture(scope="module")
def facets(built: BuiltSite) -> dict[str, dict[str, Facets]]:
    """What derive found, by kind and id."""
    found: dict[str, dict[str, Facets]] = {}
    for (kind, id), each in derive(built.catalogue, TODAY).facets.items():
        found.setdefault(kind, {})[id] = each
    return found


def shown(page: Page) -> set[str]:
    return set(page.eval_on_selector_all("[data-listing] tbody tr:not([hidden])", "rows => rows.map(r => r.id)"))


def choose(page: Page, facet: str, label: str) -> None:
    """Press a value, opening its facet if need be."""
    box = page.locator(f"[data-facet={facet}]")
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    box.get_by_role("button", name=re.compile(rf"^{re.escape(label)} \d")).click()


def count(page: Page, facet: str, label: str) -> int:
    found = page.locator(f"[data-facet={facet}] button", has_text=re.compile(rf"^\s*{re.escape(label)}\s+\d+$"))
    return int(found.locator(".n").text_content() or "")


def test_two_facets_together_show_what_the_data_says(
    page: Page, served: str, facets: dict[str, dict[str, Facets]]
) -> None:
    page.goto("agreements/")
    total = len(facets["agreement"])
    expect(page.locator("[data-count]")).to_have_text(f"All {total} agreements")
    choose(page, "status", "In force")
    choose(page, "country", "Peru")
    rows = facets["agreement"].items()
    wanted = {id for id, f in rows if f.status == "in-force" and "PE" in f.countries}
    assert shown(page) == wanted
    expect(page.locator("[data-count]")).to_have_text(f"{len(wanted)} of {total} agreements")
    assert count(page, "status", "Signed") == sum(f.status == "signed" and "PE" in f.countries for _, f in rows)
    assert count(page, "country", "Chile") == sum(f.status == "in-force" and "CL" in f.countries for _, f in rows)
    assert parse_qs(urlsplit(page.url).query) == {"status": ["in-force"], "country": ["PE"]}


def test_an_address_opened_fresh_gives_the_same_view_and_back_takes_a_step_back(
    page: Page, chromium: Browser, served: str
) -> None:
    page.goto("agreements/")
    choose(page, "status", "In force")
    before = shown(page)
    page.locator("th[data-sort=signed] button").click()
    page.locator("th[data-sort=signed] button").click()
    choose(page, "country", "Chile")
    after = shown(page)
    order = page.locator("tbody tr:not([hidden]) th").all_inner_texts()
    assert 0 < len(after) < len(before)
    assert "sort=signed" in page.url
    assert "dir=desc" in page.url
    other = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    other.goto(page.url)
    assert other.locator("tbody tr:not([hidden]) th").all_inner_texts() == order
    assert other.locator(".chip").all_inner_texts() == page.locator(".chip").all_inner_texts()
    expect(other.locator("th[aria-sort=descending]")).to_have_count(1)
    other.context.close()
    page.go_back()
    assert shown(page) == before
    page.go_back()
    page.go_back()
    page.go_back()
    expect(page.locator("[data-count]")).to_have_text(re.compile("^All "))
    assert page.locator("th[aria-sort]").count() == 0
    page.go_forward()
    assert shown(page) == before


def test_between_and_involving_are_two_questions(page: Page, facets: dict[str, dict[str, Facets]]) -> None:
    page.goto("agreements/?country=CR&country=MX")
    rows = facets["agreement"].items()
    involving = {id for id, f in rows if {"CR", "MX"} & set(f.countries)}
    assert shown(page) == involving
    assert "eu-central-america-association-agreement" in involving
    page.get_by_label("Between all of them").check()
    assert "between=1" in page.url
    assert shown(page) == {id for id, f in rows if {"CR", "MX"} <= set(f.countries)}
    assert shown(page) != involving
    page.goto("agreements/?country=CR&country=NI&between=1")
    assert shown(page) == {"eu-central-america-association-agreement", "eu-central-america-pdca-2003"}
    page.goto("dialogues/?country=CL&group=SICA")
    joint = facets["dialogue"].items()
    assert shown(page) == {id for id, f in joint if "CL" in f.countries or "SICA" in f.groups}
    page.get_by_label("Between all of them").check()
    assert shown(page) == {id for id, f in joint if "CL" in f.countries and "SICA" in f.groups}


def test_years_and_a_known_budget_narrow_programmes(page: Page, facets: dict[str, dict[str, Facets]]) -> None:
    page.goto("programmes/")
    page.get_by_label("From", exact=True).fill("2000")
    page.get_by_label("To", exact=True).fill("2005")
    page.get_by_label("To", exact=True).press("Enter")
    rows = facets["programme"].items()
    alive = {id for id, f in rows if f.years and f.years[0] <= 2005 and f.years[1] >= 2000}
    assert shown(page) == alive
    assert alive
    choose(page, "budget", "Budget known")
    assert shown(page) == {id for id in alive if facets["programme"][id].budget}
    assert parse_qs(urlsplit(page.url).query) == {"from": ["2000"], "to": ["2005"], "budget": ["known"]}


def test_what_the_address_asks_and_nobody_knows_is_left_aside(page: Page) -> None:
    page.goto("agreements/?status=no-such&country=%3Cb%3E&from=soon&sort=nothing&between=7&other=1")
    expect(page.locator("[data-count]")).to_have_text(re.compile("^All "))
    assert page.locator(".chip").count() == 0


def test_chips_drop_one_filter_and_clear_all_drops_all_but_the_day(page: Page) -> None:
    page.goto("agreements/?asof=2012-08-01&status=in-force&country=PE")
    page.get_by_role("button", name="Remove filter: Peru").click()
    assert parse_qs(urlsplit(page.url).query) == {"asof": ["2012-08-01"], "status": ["in-force"]}
    page.get_by_role("button", name="Clear all").click()
    assert parse_qs(urlsplit(page.url).query) == {"asof": ["2012-08-01"]}
    assert page.locator(".chip").count() == 0


def test_another_day_is_counted_anew(page: Page) -> None:
    """Whoever changes the rows says so by an event; what did not exist then is neither shown nor counted."""
    page.goto("agreements/?status=in-force")
    page.evaluate(
        """() => {
            const rows = [...document.querySelectorAll('[data-listing] tbody tr')];
            for (const row of rows.slice(2)) row.dataset.none = '';
            rows[0].dataset.status = 'negotiating';
            rows[1].dataset.status = 'in-force';
            document.dispatchEvent(new Event('asof'));
        }"""
    )
    expect(page.locator("[data-count]")).to_have_text("1 of 2 agreements")
    assert count(page, "status", "Under negotiation") == 1
    expect(page.get_by_role("button", name=re.compile("^Under negotiation"))).to_be_visible()


def test_up_to_three_can_be_compared(page: Page) -> None:
    page.goto("agreements/")
    boxes = page.locator(".tick input")
    ids = [boxes.nth(n).input_value() for n in range(3)]
    boxes.nth(0).check()
    assert page.locator(".versus a").count() == 0
    boxes.nth(1).check()
    link = page.get_by_role("link", name="Compare 2 agreements")
    assert (link.get_attribute("href") or "").endswith(f"/compare/?ids=agreements/{ids[0]},agreements/{ids[1]}")
    boxes.nth(2).check()
    expect(boxes.nth(3)).to_be_disabled()
    boxes.nth(0).uncheck()
    expect(boxes.nth(3)).to_be_enabled()


def test_filters_work_by_keyboard_alone(page: Page) -> None:
    page.goto("agreements/")
    page.locator("[data-facet=status] summary").focus()
    page.keyboard.press("Tab")
    expect(page.locator("[data-facet=status] button").first).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("[data-facet=status] button").first).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Remove filter: In force").press("Enter")
    expect(page.locator("[data-count]")).to_be_focused()
    expect(page.locator("[data-count]")).to_have_text(re.compile("^All "))


def test_on_a_phone_the_facets_are_folded_and_work(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("agreements/")
    assert page.locator("[data-facet=status] button").first.is_hidden()
    page.locator("[data-facets] > summary").click()
    choose(page, "status", "Signed")
    expect(page.locator("[data-count]")).to_have_text(re.compile(r"^\d+ of "))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("td.life").first.is_hidden()


@pytest.mark.parametrize("section", ["agreements", "programmes", "dialogues"])
def test_without_scripts_the_table_is_whole_and_values_are_links(
    chromium: Browser, served: str, section: str, built: BuiltSite
) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{served}{section}/")
    rows = page.locator("[data-listing] tbody tr")
    assert rows.count() == len(next(built.page(f"{section}/").all("tbody")).elements)
    assert all(row.is_visible() for row in rows.all())
    assert page.locator("[data-listing] button, [data-listing] input:visible").count() == 0
    link = page.locator("[data-facet=status] a[data-value]:visible").first
    said = link.locator(".n").inner_text()
    link.click()
    expect(page.locator("tbody tr")).to_have_count(int(said))
    context.close()
