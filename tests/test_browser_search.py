"""The search in a real Chromium: what is found, in which order, narrowed how."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from browser_fixture import (
    Watched,
    results,
)
from playwright.sync_api import Page, expect
from site_fixture import BuiltSite


@pytest.mark.parametrize("start", ["", "agreements/", "countries/pe/"])
def test_a_search_from_the_header_finds_urbelac_first(watched: Watched, served: str, start: str) -> None:
    page = watched.page
    page.goto(served + start)
    field = page.locator("input[type=search]:visible").first
    field.fill("URBELAC")
    field.press("Enter")
    page.wait_for_url("**/search/?q=URBELAC")
    assert results(page)[0] == ("URBELAC", "Programme")
    page.locator("#search-results a").first.click()
    page.wait_for_url("**/some/path/programmes/urbelac/")


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("URBELAC", ("URBELAC", "Programme")),
        ("urbelac", ("URBELAC", "Programme")),
        ("cohesion", ("Economic, social and territorial cohesion", "Theme")),
        ("cohésion", ("Economic, social and territorial cohesion", "Theme")),
        ("Peru", ("Peru", "Country")),
        ("Perú", ("Peru", "Country")),
        ("Panama", ("Panama", "Country")),
        ("Panamá", ("Panama", "Country")),
        ("Alemania", ("Germany", "Country")),
        ("Brésil", ("Brazil", "Country")),
        ("Unión Europea", ("European Union", "Group")),
        ("CELAC", ("CELAC", "Group")),
        ("Acuerdo de Cotonú", ("Cotonou Agreement", "Agreement")),
    ],
)  # fmt: skip
def test_what_was_typed_comes_first_by_any_of_its_names(
    watched: Watched, served: str, query: str, first: tuple[str, str]
) -> None:
    watched.page.goto(f"{served}search/?q={query}")
    assert results(watched.page)[0] == first


@pytest.mark.parametrize(
    ("query", "meant"), [("URBELACK", "URBELAC"), ("INNOVAKT", "INNOVACT"), ("Paraguey", "Paraguay")]
)
def test_a_misspelt_name_brings_near_names(watched: Watched, served: str, query: str, meant: str) -> None:
    page = watched.page
    page.goto(f"{served}search/?q={query}")
    near = page.locator("#search-near a")
    near.first.wait_for()
    assert meant in near.all_inner_texts()
    near.filter(has_text=re.compile(f"^{meant}$")).click()
    page.wait_for_selector("h1")
    assert page.locator("h1").inner_text() == meant


def test_a_word_that_is_known_brings_no_near_names(watched: Watched, served: str) -> None:
    page = watched.page
    page.goto(f"{served}search/?q=innovation")
    results(page)
    page.wait_for_load_state("networkidle")
    assert page.locator("#search-near").is_hidden()


@pytest.mark.parametrize("query", ["trade", "Peru", "cohesion"])
def test_each_result_stands_once_and_leads_to_its_page(
    watched: Watched, served: str, built: BuiltSite, query: str
) -> None:
    page = watched.page
    page.goto(f"{served}search/?q={query}")
    results(page)
    page.locator("#search-more").click()
    expect(page.locator("#search-results > li").nth(9)).to_be_visible()
    targets = [link.get_attribute("href") or "" for link in page.locator("#search-results a").all()]
    assert len(targets) >= 10
    assert len(set(targets)) == len(targets)
    for target in targets:
        assert target.startswith(served)
        assert (built.site / target.removeprefix(served) / "index.html").is_file(), target


def test_an_excerpt_keeps_the_blanks_around_what_was_found(watched: Watched, served: str) -> None:
    page = watched.page
    page.goto(f"{served}search/?q=trade")
    results(page)
    assert page.locator("#search-results mark").count() > 10
    glued = page.evaluate(
        """() => [...document.querySelectorAll('#search-results mark')]
            .filter((mark) => /\\p{L}$/u.test(mark.previousSibling?.textContent ?? '') ||
                              /^\\p{L}/u.test(mark.nextSibling?.textContent ?? ''))
            .map((mark) => mark.parentElement.textContent)"""
    )
    assert glued == []


def test_nonsense_finds_nothing_and_says_so(watched: Watched, served: str) -> None:
    page = watched.page
    page.goto(f"{served}search/?q=qqxxzzqq")
    assert results(page) == []
    expect(page.locator("#search-count")).to_contain_text("Nothing found")
    assert page.locator("#search-near").is_hidden()


def test_markup_in_the_address_is_shown_as_text(watched: Watched, served: str) -> None:
    page = watched.page
    page.goto(served + "search/?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&kind=%3Cb%3Ex%3C/b%3E")
    results(page)
    assert page.locator("#search-q").input_value() == "<img src=x onerror=alert(1)>"
    assert page.locator("#main-article img, #main-article b").count() == 0


def test_facets_narrow_the_results_and_the_address_keeps_the_state(watched: Watched, served: str) -> None:
    page = watched.page
    page.goto(f"{served}search/?q=innovation")
    before, total = results(page), _total(page)
    facet = page.locator("#search-facets button", has_text=re.compile("^Programme"))
    said = int(facet.locator(".n").inner_text())
    facet.click()
    expect(page.locator("#search-count")).to_have_text(re.compile(f"^{said} result"))
    narrowed = results(page)
    assert 0 < said < total
    assert {sort for _, sort in narrowed} == {"Programme"}
    assert parse_qs(urlsplit(page.url).query) == {"q": ["innovation"], "kind": ["Programme"]}
    assert page.locator("#search-facets [aria-pressed=true]").all_inner_texts()[0].startswith("Programme")

    page.reload()
    expect(page.locator("#search-count")).to_have_text(re.compile(f"^{said} result"))
    assert results(page) == narrowed
    assert page.locator("#search-q").input_value() == "innovation"

    page.go_back()
    expect(page.locator("#search-count")).to_have_text(re.compile(f"^{total} result"))
    assert results(page) == before


def _total(page: Page) -> int:
    found = re.match(r"\d+", page.locator("#search-count").inner_text())
    return int(found[0]) if found else 0


def test_a_facet_can_be_taken_back(watched: Watched, served: str) -> None:
    page = watched.page
    page.goto(f"{served}search/?q=Peru&kind=Programme")
    results(page)
    narrowed = _total(page)
    page.locator("#search-facets [aria-pressed=true]").click()
    expect(page.locator("#search-count")).not_to_have_text(re.compile(f"^{narrowed} result|Searching"))
    page.wait_for_url("**/search/?q=Peru")
    assert _total(page) > narrowed


def test_the_facets_are_those_that_were_promised(watched: Watched, served: str) -> None:
    page = watched.page
    page.goto(f"{served}search/?q=cooperation")
    results(page)
    assert set(page.locator("#search-facets summary").all_inner_texts()) == {
        "Kind", "Status", "Country", "Group", "Theme", "Begins in"
    }  # fmt: skip


@pytest.mark.parametrize("key", ["country", "group"])
def test_countries_and_groups_are_told_apart_in_the_facets(
    watched: Watched, served: str, built: BuiltSite, key: str
) -> None:
    page = watched.page
    page.goto(f"{served}search/?q=European")
    results(page)
    other = "Group" if key == "country" else "Country"
    shown = page.evaluate(
        """(label) => [...document.querySelectorAll('#search-facets details')]
            .filter((each) => each.querySelector('summary').textContent === label)
            .flatMap((each) => [...each.querySelectorAll('button span:first-child')])
            .map((span) => span.textContent)""",
        key.capitalize(),
    )
    assert shown
    names = {record.title for record in built.catalogue.of(other.lower())}
    assert not names & set(shown)


def test_more_results_are_shown_when_asked_for(watched: Watched, served: str) -> None:
    page = watched.page
    page.goto(f"{served}search/?q=cohesion")
    expect(page.locator("#search-results > li")).to_have_count(5)
    page.locator("#search-more").click()
    expect(page.locator("#search-results > li")).to_have_count(15)
    expect(page.locator("#search-results > li").last).to_be_visible()
    assert watched.faults == []
