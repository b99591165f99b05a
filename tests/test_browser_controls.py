"""What one presses: keys, buttons, heads of tables, the menu of the phone."""

from __future__ import annotations

from typing import Any

import pytest
from browser_fixture import (
    BY_NAME,
    PHONE,
    SIZES,
    Watched,
    results,
)
from playwright.sync_api import Locator, Page, expect
from site_fixture import BuiltSite

from generator.kinds import KINDS


@pytest.mark.parametrize("start", ["", "programmes/", "countries/pe/"])
def test_a_slash_leads_to_the_search_field(watched: Watched, served: str, start: str) -> None:
    page = watched.page
    page.goto(served + start)
    page.keyboard.press("/")
    focused = page.locator("input[type=search]:focus")
    expect(focused).to_have_count(1)
    page.keyboard.type("a/b")
    assert focused.input_value() == "a/b"


def test_the_colour_button_says_what_it_will_do_and_the_choice_stays(fresh: Page) -> None:
    fresh.goto("programmes/")
    button = fresh.locator("button[data-scheme]")
    light = fresh.evaluate("getComputedStyle(document.body).backgroundColor")
    expect(button).to_have_accessible_name("Dark")
    button.click()
    expect(button).to_have_accessible_name("Light")
    dark = fresh.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    fresh.reload()
    expect(button).to_have_accessible_name("Light")
    assert fresh.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    fresh.goto("")
    assert fresh.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    button.click()
    expect(button).to_have_accessible_name("Dark")
    assert fresh.evaluate("getComputedStyle(document.body).backgroundColor") == light


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind.name not in ("page", "theme")], ids=lambda kind: kind.name
)
def test_a_table_sorts_by_each_of_its_heads(watched: Watched, served: str, built: BuiltSite, kind: Any) -> None:
    page = watched.page
    page.goto(served + built.listing(kind))
    table = page.locator("table[data-sortable]").first
    heads = table.locator("thead th[data-sort]")
    rows = table.locator("tbody tr").count()
    for number in range(heads.count()):
        head = heads.nth(number)
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", "ascending")
        up = _keys(table, number)
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", "descending")
        assert len(up) == rows
        assert sorted(_keys(table, number)) == sorted(up)
        down = _keys(table, number)
        known = len([key for key in up if key])
        assert not any(up[known:] + down[known:]), "what has no key stays last"
        assert _in_order(page, up[:known])
        assert _in_order(page, down[:known][::-1])
        assert page.locator("th[aria-sort]").count() == 1


def _keys(table: Locator, column: int) -> list[str]:
    keys: list[str] = table.evaluate(
        """(table, n) => [...table.tBodies[0].rows]
            .map((row) => row.cells[n].dataset.key ?? row.cells[n].textContent.trim())""",
        column,
    )
    return keys


def _in_order(page: Page, keys: list[str]) -> bool:
    ordered: bool = page.evaluate(
        "(keys) => keys.every((key, n) => !n || keys[n - 1].localeCompare(key, 'en', { numeric: true }) <= 0)", keys
    )
    return ordered


def test_tab_reaches_the_skip_link_first_and_it_leads_to_the_content(watched: Watched, served: str) -> None:
    page = watched.page
    page.goto(f"{served}agreements/")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.inner_text() == "Skip to content"
    box = focused.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    expect(page.locator("#main-article")).to_be_focused()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_all_that_tab_reaches_can_be_seen(
    watched: Watched, served: str, built: BuiltSite, size: tuple[int, int]
) -> None:
    """No focus on what is hidden; each place once; the ring is there."""
    page = watched.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(served + built.richest(BY_NAME["border-area"]))
    seen = 0
    for _ in range(400):
        page.keyboard.press("Tab")
        state = page.evaluate(
            """() => {
                const at = document.activeElement;
                if (at === document.body) return null;
                const box = at.getBoundingClientRect();
                const ring = getComputedStyle(at.matches('input') ? at.closest('.find') : at);
                return { html: at.outerHTML.slice(0, 100), width: box.width, height: box.height, left: box.left,
                         top: box.top, ring: ring.outlineStyle, shown: at.checkVisibility() };
            }"""
        )
        if state is None:
            break
        seen += 1
        assert state["shown"], state
        assert state["width"] > 1, state
        assert state["height"] > 1, state
        assert state["top"] >= 0, state
        assert state["left"] >= 0, state
        assert state["ring"] != "none", state
    assert 20 < seen < 400


def test_the_menu_of_the_phone_opens_by_keyboard_and_holds_the_sections(watched: Watched, served: str) -> None:
    page = watched.page
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto(f"{served}countries/")
    summary = page.locator(".menu > summary")
    summary.focus()
    page.keyboard.press("Enter")
    links = page.locator(".menu nav a")
    assert "Agreements" in links.all_inner_texts()
    expect(links.first).to_be_visible()
    expect(page.locator(".menu a[aria-current]")).to_have_text("Countries")
    page.locator(".menu input[type=search]").fill("Peru")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=Peru")
    assert results(page)[0] == ("Peru", "Country")
