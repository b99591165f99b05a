"""What goes over the line to a reader: the first view of the heaviest pages, and the first search from there.

A real browser reads from a host that compresses texts, as hosts do, and the host counts: headers, scripts, fonts and
what a worker fetches are in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from scripts.host import serving

KINDS = ("agreements", "programmes", "dialogues", "countries", "groups", "organisations", "themes", "border-areas")


@dataclass(frozen=True)
class Weight:
    """Bytes of each answer, by path: for the first view of a page, and for the first search from it."""

    address: str
    view: Counter[str]
    search: Counter[str]

    def __str__(self) -> str:
        return f"{self.view.total() / 1000:>7.1f} {self.search.total() / 1000:>7.1f}  {self.address}"


def heaviest(site: Path) -> dict[str, str]:
    """The address of the longest page of each kind of record."""
    found = {}
    for kind in KINDS:
        pages = sorted((site / kind).glob("*/index.html"), key=lambda path: (path.stat().st_size, path.parent.name))
        found[kind] = f"{kind}/{pages[-1].parent.name}/"
    return found


def weigh(browser: Browser, site: Path, address: str, word: str | None = "trade") -> Weight:
    """Open a page as someone who was never here, then search for a word from its header, if one is given."""
    sent: Counter[str] = Counter()
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    with serving(site, sent) as host:
        page = context.new_page()
        page.goto(host + address, wait_until="networkidle")
        page.evaluate("document.fonts.ready.then(() => null)")
        view = Counter(sent)
        if word:
            _search(page, word)
        context.close()
    return Weight(address, view, sent - view)


def _search(page: Page, word: str) -> None:
    field = page.locator("header input[type=search]:visible").first
    field.fill(word)
    field.press("Enter")
    page.locator("#search-results li").first.wait_for()
    page.wait_for_load_state("networkidle")


def weigh_all(browser: Browser, site: Path) -> Iterator[Weight]:
    """The weight of the heaviest page of each kind."""
    for address in heaviest(site).values():
        yield weigh(browser, site, address)
