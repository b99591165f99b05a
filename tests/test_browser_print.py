"""Records on paper: printed to PDF, nothing of them is cut, folded away or left without its address."""

from __future__ import annotations

import io
import re

import pytest
from browser_fixture import BY_NAME, Watched, address_of, context, watched
from playwright.sync_api import Page
from pypdf import PdfReader
from site_fixture import BuiltSite

from generator.kinds import KINDS

__all__ = ["context", "watched"]
RECORDS = [kind.name for kind in KINDS if kind.name not in ("page", "figure")]
A4 = (595, 842)
ON_PAPER = (1280, 800)


def squeezed(text: str) -> str:
    """A text without any blank: on paper addresses and words break over lines."""
    return re.sub(r"\s+", "", text.replace("\u00ad", ""))


def printed(page: Page) -> PdfReader:
    """The page as the browser prints it, on the paper that the stylesheet asks for."""
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=False)))


def opened(watched: Watched, served: str, built: BuiltSite, name: str) -> Page:
    """The fullest record of a kind, as the browser shows it on a screen."""
    page = watched.page
    page.set_viewport_size({"width": ON_PAPER[0], "height": ON_PAPER[1]})
    page.goto(served + address_of(built, f"{name} record"))
    return page


def texts(page: Page, selector: str) -> list[str]:
    """What elements show, folded away or not, without words that are only heard."""
    found: list[str] = page.evaluate(
        """(selector) => [...document.querySelectorAll(selector)].map((each) => {
            const copy = each.cloneNode(true);
            for (const heard of copy.querySelectorAll('.vh')) heard.remove();
            return copy.textContent;
        })""",
        selector,
    )
    return found


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_prints_whole(watched: Watched, served: str, built: BuiltSite, name: str) -> None:
    page = opened(watched, served, built, name)
    pdf = printed(page)
    assert (round(pdf.pages[0].mediabox.width), round(pdf.pages[0].mediabox.height)) == A4
    text = squeezed("".join(sheet.extract_text() for sheet in pdf.pages))
    for selector in ("h1", ".says__s", ".ev .url", "article h2", "article table.t tbody th",
                     "article details:not(.acts *, .embed) p", "article details:not(.acts *) li",
                     "article details tbody th", ".why li > a", ".unk strong"):  # fmt: skip
        for said in texts(page, selector):
            assert squeezed(said) in text, (selector, said)
    for away in ("Menu", "SearchthecatalogueName", "Editthisrecord", "Onthispage", "Skipto", "<iframe"):
        assert away not in text
    sources = {source.url for source in _sources(built, name) if source.url}
    assert all(squeezed(url) in text for url in sources & set(texts(page, ".ev .url")))


def _sources(built: BuiltSite, name: str) -> list[object]:
    address = address_of(built, f"{name} record").rstrip("/").rpartition("/")[2]
    record = next(r for r in built.catalogue.of(name) if r.id.lower() == address)
    return list(record.sources)


def test_every_source_of_an_agreement_and_every_row_of_its_history_is_on_paper(
    watched: Watched, served: str, built: BuiltSite
) -> None:
    record = built.catalogue.records["agreement"]["eu-central-america-association-agreement"]
    page = watched.page
    page.goto(served + "agreements/eu-central-america-association-agreement/")
    text = squeezed("".join(sheet.extract_text() for sheet in printed(page).pages))
    addresses = [source.url for source in record.sources if source.url]
    assert len(addresses) > 10
    assert [url for url in addresses if squeezed(url) not in text] == []
    rows = page.locator(".hist tbody tr")
    assert rows.count() == len(record.events)
    for row in rows.all():
        assert squeezed(row.locator("th").inner_text()) in text
        assert squeezed(row.locator(".date").inner_text()) in text


@pytest.mark.parametrize("name", RECORDS)
def test_nothing_reaches_over_the_edge_of_the_paper(watched: Watched, served: str, built: BuiltSite, name: str) -> None:
    """The breadth between the margins of an A4 sheet is 180 mm: 680 pixels of CSS."""
    page = opened(watched, served, built, name)
    page.set_viewport_size({"width": 680, "height": 960})
    page.emulate_media(media="print")
    over = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter((each) => {
            const box = each.getBoundingClientRect();
            return each.checkVisibility() && box.width && box.right > 681 && !each.closest('.vh');
        }).map((each) => each.outerHTML.slice(0, 100))"""
    )
    page.emulate_media(media="screen")
    assert over == []


def test_what_is_folded_is_open_on_paper_and_folded_again_afterwards(
    watched: Watched, served: str, built: BuiltSite
) -> None:
    page = opened(watched, served, built, "country")
    folded = page.locator("article details:not([open])")
    before = folded.count()
    assert before > 0
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert folded.count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert folded.count() == before


def test_without_scripts_too_what_is_folded_is_printed(chromium: object, served: str) -> None:
    made = chromium.new_context(java_script_enabled=False)
    page = made.new_page()
    page.goto(served + "countries/pe/")
    names = texts(page, "article details tbody th")
    assert names
    text = squeezed("".join(sheet.extract_text() for sheet in printed(page).pages))
    made.close()
    assert [name for name in names if squeezed(name) not in text] == []


def test_the_fullest_record_of_each_kind_is_meant() -> None:
    assert set(RECORDS) < set(BY_NAME)
