"""From a statement to its source and back, from a date of the matrix to its step."""

from __future__ import annotations

from browser_fixture import (
    BY_NAME,
    Watched,
)
from playwright.sync_api import Locator, Page, expect
from site_fixture import BuiltSite


def test_every_source_mark_leads_to_its_source_and_back(watched: Watched, served: str, built: BuiltSite) -> None:
    page = watched.page
    page.goto(served + built.richest(BY_NAME["agreement"]))
    astray = page.evaluate(
        """() => {
            const entry = (link) => document.querySelector('ol.ev > li' + link.getAttribute('href'));
            const marks = [...document.querySelectorAll('.src a')];
            const lost = marks.filter((mark) => !entry(mark)?.querySelector('.ev__n') ||
                `[${entry(mark).querySelector('.ev__n').textContent}]` !== mark.lastChild.textContent);
            const backs = [...document.querySelectorAll('ol.ev a[href^="#c"]')];
            const wrong = backs.filter((back) => {
                const place = document.getElementById(back.getAttribute('href').slice(1));
                const own = '#' + back.closest('li').id;
                const there = [...(place?.closest('.src')?.querySelectorAll('a') ?? [])];
                return !there.some((a) => a.getAttribute('href') === own);
            });
            return { marks: marks.length, backs: backs.length, astray: [...lost, ...wrong].map((a) => a.outerHTML) };
        }"""
    )
    assert astray["astray"] == []
    assert astray["marks"] > 20
    assert astray["backs"] > 5

    mark = page.locator(".src a").first
    number = mark.get_attribute("href")
    _click(page, mark)
    expect(page.locator(f"ol.ev > li{number}")).to_be_in_viewport()
    back = page.locator(f"ol.ev > li{number} a[href^='#c']").first
    place = back.get_attribute("href")
    _click(page, back)
    expect(page.locator(f"{place}")).to_be_in_viewport()


def _click(page: Page, link: Locator) -> None:
    """Click on the middle of what is seen of a link; Playwright would take its hidden word for a part of it."""
    link.scroll_into_view_if_needed()
    box = link.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_every_date_of_the_matrix_leads_to_its_step(watched: Watched, served: str) -> None:
    page = watched.page
    page.goto(f"{served}agreements/eu-central-america-association-agreement/")
    links = page.locator("table.matrix td a")
    assert links.count() > 20
    lost = page.evaluate(
        """() => [...document.querySelectorAll('table.matrix td a')]
            .filter((a) => !document.querySelector('table.hist ' + a.getAttribute('href'))).map((a) => a.outerHTML)"""
    )
    assert lost == []
