"""The hostile catalogue in a real browser, with a trap that any script springs which came in as text.

The trap is set where nothing else holds a script back: the browser is told to pass over the pages' policy. Under the
policy, nothing may be held back either: that would be markup which came in.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from threading import Thread
from urllib.parse import quote

import pytest
from browser_fixture import HEARD
from hostile_fixture import LINES, Hostile
from playwright.sync_api import Browser, Page, expect
from site_fixture import BELOW, Below

TRAP = """for (const name of ['spring', 'alert', 'confirm', 'prompt', 'print', 'open', 'eval']) {
    window[name] = (...given) => console.error(`SPRUNG ${name} ${given}`);
}"""


@pytest.fixture(scope="module")
def address(hostile: Hostile) -> Iterator[str]:
    """Where the hostile site is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Below, directory=str(hostile.site)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{BELOW}"
    server.shutdown()
    server.server_close()


class Trapped:
    """A page with the trap, and what it heard."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.heard: list[str] = []
        page.add_init_script(TRAP)
        page.add_init_script(HEARD)
        page.on("console", lambda said: self._hear(said.type, said.text))
        page.on("pageerror", lambda error: self.heard.append(f"{page.url}: {error}"))
        page.on("request", lambda asked: self._see(asked.url))
        page.on("dialog", lambda dialog: self.heard.append(f"{page.url}: a dialog"))

    def _hear(self, sort: str, text: str) -> None:
        if sort == "error" and "404 (Not Found)" not in text:
            self.heard.append(f"{self.page.url}: {text}")

    def _see(self, url: str) -> None:
        if not url.startswith("http://127.0.0.1"):
            self.heard.append(f"{self.page.url}: asks {url}")


@pytest.fixture(params=[True, False], ids=["without the policy", "with the policy"])
def trapped(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Trapped]:
    context = chromium.new_context(bypass_csp=request.param, reduced_motion="reduce")
    made = Trapped(context.new_page())
    yield made
    context.close()
    assert made.heard == []


@pytest.mark.parametrize("tried", ["spring(1)", "eval('1')", "alert(1)"])
def test_the_trap_hears(chromium: Browser, address: str, tried: str) -> None:
    context = chromium.new_context(bypass_csp=True)
    made = Trapped(context.new_page())
    made.page.goto(address)
    made.page.evaluate(f"document.body.insertAdjacentHTML('beforeend', `<img src=x onerror=\"{tried}\">`)")
    made.page.wait_for_timeout(100)
    context.close()
    assert any("SPRUNG" in line for line in made.heard)


def test_no_page_springs_the_trap(chromium: Browser, hostile: Hostile, address: str) -> None:
    """Every page; of cards and of those that hold nothing hostile, some."""
    context = chromium.new_context(bypass_csp=True)
    made = Trapped(context.new_page())
    pages = [path.relative_to(hostile.site).as_posix() for path in sorted(hostile.site.rglob("*.html"))]
    wanted = [name for name in pages if not name.startswith(("codes/", "fields/")) and "card.html" not in name]
    cards = [name for name in pages if "hostile" in name and name.endswith("card.html")]
    assert len(wanted) > 60
    assert len(cards) > 10
    for name in (*wanted, *cards, "programmes/hostile-a/card.svg", "programmes/hostile-a/index.md.txt"):
        made.page.goto(address + name.removesuffix("index.html"), wait_until="load")
    context.close()
    assert made.heard == []


def test_search_and_suggestions_show_text(trapped: Trapped, address: str) -> None:
    page = trapped.page
    for query in ("spring", LINES["handler"], "cmd calc", "evil"):
        page.goto(f"{address}search/?q={quote(query)}")
        expect(page.locator("#search-count")).not_to_have_text("", timeout=20_000)
        expect(page.locator("#search-results li, #search-near li, #search-count").first).to_be_visible()
    page.goto(f"{address}search/?q=spring")
    expect(page.locator("#search-results li").first).to_be_visible()
    assert page.locator("#search-results img, #search-results script, #search-results svg").count() == 0
    assert "<script>" in page.locator("#search-results").inner_text()
    page.goto(address)
    field = page.locator("form.find input[name=q]").last
    for text in ("script", "=cmd", "hostile"):
        field.fill(text)
        page.wait_for_timeout(250)
    assert page.locator(".find__names li").count() > 0
    assert page.locator(".find__names img, .find__names script").count() == 0


def test_records_side_by_side_show_text(trapped: Trapped, address: str) -> None:
    page = trapped.page
    for section in ("programmes", "agreements", "dialogues"):
        page.goto(f"{address}compare/?ids={section}/hostile-a,{section}/hostile-b")
        expect(page.locator("table.compare")).to_be_visible()
        assert page.locator("table.compare img, table.compare script, table.compare iframe").count() == 0
        assert "<script>" in page.locator("table.compare").inner_text()


def test_another_day_and_a_filter_show_text(trapped: Trapped, address: str) -> None:
    page = trapped.page
    for name in (
        "agreements/",
        "agreements/hostile-a/",
        "programmes/hostile-a/",
        "dialogues/hostile-a/",
        "countries/jm/",
    ):
        page.goto(f"{address}{name}?asof=2012-08-01", wait_until="load")
    page.goto(f"{address}programmes/")
    for box in page.locator(".tick input").all()[:2]:
        box.check()
    page.goto(f"{address}timeline/?from=2010&to=2013", wait_until="networkidle")


FOUL = ("<img src=x onerror=spring(1)>", "javascript:spring(1)", "\"><script>spring(1)</script>", "%", "%E0%A4%A",
        "__proto__", "constructor", "../../x", "{{7*7}}", "$&$'", "'", "\\", "\u202e", "a" * 2000)  # fmt: skip
PLACES = (
    "search/?q={}", "search/?kind={}", "search/?{}=x", "compare/?ids={}", "compare/?ids=programmes/{},agreements/{}",
    "agreements/?country={}&{}=x&sort={}&dir={}", "agreements/?asof={}#{}", "agreements/eu-andean/?asof={}",
    "timeline/?kind={}&from={}&{}=x", "bibliography/#{}",
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_what_an_address_says_is_text(chromium: Browser, address: str, place: str) -> None:
    """What comes in by the query or the fragment neither runs nor stops a script of ours."""
    context = chromium.new_context(bypass_csp=True)
    made = Trapped(context.new_page())
    for text in FOUL:
        made.page.goto("about:blank")
        raw = text if text.startswith("%") else quote(text, safe="")
        made.page.goto(address + place.replace("{}", raw), wait_until="load")
        made.page.wait_for_timeout(30)
    context.close()
    assert made.heard == []


LOST = ("%3Cimg%20src=x%20onerror=spring(1)%3E/", "programmes/%E0%A4%A/", "programmes/hostile/", "__proto__/",
        "x/%22%3E%3Cscript%3Espring(1)%3C%2Fscript%3E")  # fmt: skip


def test_an_address_without_a_page_is_text(chromium: Browser, address: str) -> None:
    context = chromium.new_context(bypass_csp=True)
    made = Trapped(context.new_page())
    for text in LOST:
        made.page.goto(address + text, wait_until="networkidle")
    context.close()
    assert made.heard == []
