"""A reader checks a fact and takes it along: to the source and back by keyboard, reporting, copying a citation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from site_fixture import SITE_URL, BuiltSite

from generator.kinds import KINDS

AGREEMENT = "agreements/eu-central-america-association-agreement/"


@pytest.fixture
def page(chromium: Browser, served: str) -> Iterator[Page]:
    """A page of a reader of their own, who may read the clipboard."""
    context = chromium.new_context(reduced_motion="reduce", locale="en-GB")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    made = context.new_page()
    yield made
    context.close()


def press_at(page: Page, selector: str) -> None:
    """Follow a link as the keyboard does."""
    page.locator(selector).first.focus()
    page.keyboard.press("Enter")


def background(page: Page, selector: str) -> str:
    return str(page.locator(selector).first.evaluate("each => getComputedStyle(each).backgroundColor"))


def test_from_a_fact_to_its_source_and_back_by_keyboard(page: Page, served: str) -> None:
    page.goto(served + AGREEMENT)
    mark = page.locator(".hist .src a[id]").first
    anchor, source = mark.get_attribute("id"), mark.get_attribute("href")
    before = background(page, str(source))
    press_at(page, f"#{anchor}")
    expect(page).to_have_url(f"{served}{AGREEMENT}{source}")
    expect(page.locator(str(source))).to_be_in_viewport()
    assert background(page, str(source)) != before, "one sees which source it is"
    back = f'{source} a[href="#{anchor}"]'
    folded = page.locator(f"{source} details:has({back.split(' ', 1)[1]})")
    if folded.count():
        page.locator(f"{source} summary").focus()
        page.keyboard.press("Enter")
    press_at(page, back)
    expect(page).to_have_url(f"{served}{AGREEMENT}#{anchor}")
    expect(mark).to_be_in_viewport()
    assert page.locator(f"#{anchor}").evaluate("each => getComputedStyle(each.parentElement).outlineStyle") == "solid"


def test_every_fact_is_reached_from_its_source(page: Page, served: str) -> None:
    """Each mark [n] of the page is named in the entry of that source, folded away or not."""
    page.goto(served + AGREEMENT)
    lost = page.evaluate("""() => [...document.querySelectorAll('.src a[href^="#s"]')].filter(mark => {
        const first = mark.closest('.src').querySelector('[id]').id;
        return !document.querySelector(mark.getAttribute('href') + ' a[href="#' + first + '"]');
    }).map(mark => mark.outerHTML)""")
    assert lost == []


def test_what_lacks_a_source_is_named_and_leads_to_where_it_stands(page: Page, served: str) -> None:
    page.goto(served + AGREEMENT)
    page.locator(".lacks summary").first.focus()
    page.keyboard.press("Enter")
    link = page.locator(".lacks a").first
    target = str(link.get_attribute("href"))
    press_at(page, f'.lacks a[href="{target}"]')
    expect(page.locator(target)).to_be_in_viewport()
    expect(page.locator(target)).to_have_text("not verified")


def test_a_report_knows_the_record_and_the_page(page: Page, served: str) -> None:
    page.goto(served + AGREEMENT)
    url = urlsplit(str(page.get_by_role("link", name="Report a mistake on this page").get_attribute("href")))
    fields = {name: values[0] for name, values in parse_qs(url.query).items()}
    assert url.path.endswith("/issues/new")
    assert fields["template"] == "mistake.yml"
    assert fields["record"] == "agreement/eu-central-america-association-agreement"
    assert fields["page"] == SITE_URL + AGREEMENT
    assert fields["title"] == "Mistake: EU–Central America Association Agreement"
    assert fields["record"] in fields["body"]
    assert fields["page"] in fields["body"]


def test_every_page_offers_a_report_that_knows_its_address_and_edits_the_file_behind_it(built: BuiltSite) -> None:
    tables = {f"{kind.section}/index.html" for kind in KINDS if kind.file}
    pages = {f"{path.removesuffix('.md')}.html" for kind in KINDS for path in built.paths(kind).values()}
    for path, page in built.pages().items():
        links = {a.text: a.attributes["href"] for a in page.all("a") if "Report" in a.text or a.text.startswith("Edit")}
        assert "Report a mistake on this page" in links, path
        address = path.removesuffix("index.html")
        if path != "404.html":
            asked = parse_qs(urlsplit(links["Report a mistake on this page"]).query)
            assert asked["page"] == [SITE_URL + address]
        behind = f"{address.rstrip('/')}.html" in pages or path in tables or address in ("", "about/")
        assert any(word.startswith("Edit ") for word in links) or not behind, path


def test_copying_says_what_happened(page: Page, served: str) -> None:
    page.clock.set_fixed_time("2027-02-03T12:00:00")
    page.goto(served + AGREEMENT)
    expect(page.locator("#cite-text")).to_contain_text("Retrieved on 3 February 2027.")
    for name in ("BibTeX", "RIS", "CSL-JSON"):
        page.get_by_role("button", name=f"Copy {name}").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".cite [role=status]")).to_have_text(f"{name} is copied.")
        text = page.evaluate("navigator.clipboard.readText()")
        if name == "BibTeX":
            assert "urldate = {2027-02-03}\n}\n" in text.replace("\r", "")
        elif name == "RIS":
            assert "Y2  - 2027/02/03/" in text
        else:
            assert json.loads(text)[0]["accessed"] == {"date-parts": [[2027, 2, 3]]}
    page.get_by_role("button", name="Copy the text").click()
    expect(page.locator(".cite [role=status]")).to_have_text("The text is copied.")
    assert page.evaluate("navigator.clipboard.readText()").endswith("Retrieved on 3 February 2027.")


def test_a_copy_that_fails_says_so(page: Page, served: str) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(served + AGREEMENT)
    page.get_by_role("button", name="Copy RIS").click()
    expect(page.locator(".cite [role=status]")).to_contain_text("did not let us copy")


def test_without_scripts_the_files_are_there_and_no_dead_button(chromium: Browser, served: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served + AGREEMENT)
    expect(page.locator(".cite button:visible")).to_have_count(0)
    expect(page.locator("#cite-text")).not_to_contain_text("Retrieved")
    for name, file in (("BibTeX", "cite.bib"), ("RIS", "cite.ris"), ("CSL-JSON", "cite.json")):
        link = page.locator(".cite").get_by_role("link", name=name, exact=True)
        assert link.get_attribute("download") == f"eu-central-america-association-agreement{file[4:]}"
        assert page.request.get(f"{served}{AGREEMENT}{file}").ok
    context.close()
