"""The built site in a real Chromium, as a reader meets it: on a wide screen, on a phone, by keyboard, on paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, expect
from site_fixture import ROOT, BuiltSite

from generator.kinds import KINDS
from generator.render.place import PagePlace

expect.set_options(timeout=20_000)
WIDE, PHONE = (1280, 800), (390, 844)
SIZES = (WIDE, PHONE)
RULES = {"target-size": {"enabled": True}}
"""Rules that axe has but leaves out by default, though WCAG 2.2 AA asks for them."""

OF_COLOUR = ("color-contrast", "link-in-text-block")
"""Rules that see colours; the others see the same page in the dark."""

STATUS_PAGES = (
    "agreements/status/",
    "agreements/status/in-force/",
    "agreements/status/terminated/",
    "programmes/status/",
    "dialogues/status/held/",
)
CODE_PAGES = ("codes/", "codes/duplicate-key/", "codes/not-a-party/", "codes/too-deep/")
"""The list of codes, and those whose examples are long, wide or odd."""

FILTERED = ("agreement listing", "programme listing", "dialogue listing")
"""Their filters need a script in part."""

BY_NAME = {kind.name: kind for kind in KINDS}
PAGES = (
    "home",
    "search",
    "found",
    "missing",
    "bibliography",
    "statistics",
    "compare",
    "compared",
    "timeline",
    "state",
    *STATUS_PAGES,
    *CODE_PAGES,
    *(f"{kind.name} listing" for kind in KINDS if kind.name != "page"),
    *(f"{kind.name} record" for kind in KINDS if kind.name != "page"),
    *sorted(f"{path.parent.name}/{path.stem}" for path in (ROOT / "content" / "pages").glob("*/*.md")),
)
"""Every type of page: a listing and the fullest record of each kind, those that are no record, all of prose."""
each_page = pytest.mark.parametrize("name", PAGES)


def address_of(built: BuiltSite, name: str) -> str:
    """The address of a type of page, below the site's folder."""
    plain = {"home": "", "search": "search/", "found": "search/?q=cohesion", "missing": "agreements/not-there/",
             "bibliography": "bibliography/", "state": "state/", "statistics": "statistics/", "timeline": "timeline/",
             "compare": "compare/",
             "compared": "compare/?ids=programmes/urbelac,programmes/innovact,programmes/eurosocial"}  # fmt: skip
    if name in plain:
        return plain[name]
    if name in (*STATUS_PAGES, *CODE_PAGES):
        return name
    if "/" in name:
        return PagePlace(f"{name}.md").address
    kind, _, which = name.partition(" ")
    return built.listing(BY_NAME[kind]) if which == "listing" else built.richest(BY_NAME[kind])


class Watched:
    """A page of the browser, and all that went wrong in it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        page.on("console", lambda message: self._hear(message.type, message.text))
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("request", self._see)
        page.on("requestfailed", self._miss)

    def _hear(self, sort: str, text: str) -> None:
        if sort in ("error", "warning") and not self._is_the_missing_page(text):
            self.faults.append(f"{sort}: {text}")

    def _is_the_missing_page(self, text: str) -> bool:
        return "not-there" in self.page.url and "404 (Not Found)" in text

    def _miss(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the reader left while it was loading
            self.faults.append(f"failed: {request.url} {request.failure}")

    def _see(self, request: Request) -> None:
        if urlsplit(request.url).hostname != "127.0.0.1":
            self.faults.append(f"leaves this machine: {request.url}")

    def settle(self) -> None:
        """Wait until fonts are there and scripts have done what they do."""
        self.page.evaluate("document.fonts.ready.then(() => null)")
        if "/search/?q=" in self.page.url:
            expect(self.page.locator("#search-results li")).not_to_have_count(0)
        if "/compare/?ids=" in self.page.url:
            expect(self.page.locator("table.compare")).to_be_visible()


@pytest.fixture(scope="session")
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """One reader with an empty history, whom the tests share; tests that leave a trace bring their own."""
    made = chromium.new_context(color_scheme="light", reduced_motion="reduce", locale="en-GB")
    yield made
    made.close()


@pytest.fixture
def watched(context: BrowserContext, served: str) -> Iterator[Watched]:
    """A page at 1280 pixels; whatever goes wrong in it fails the test."""
    page = context.new_page()
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    made = Watched(page)
    yield made
    page.close()
    assert made.faults == []


@pytest.fixture
def fresh(chromium: Browser, served: str) -> Iterator[Page]:
    """A page of a reader who was never here, and of whom nothing stays."""
    made = chromium.new_context(color_scheme="light", base_url=served)
    yield made.new_page()
    made.close()


# -- every type of page


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
    assert wide <= size[0], _too_wide(page)
    assert _too_wide(page) == []
    assert page.evaluate("document.fonts.check('16px \"Catalogue Sans\"')")


def _too_wide(page: Page) -> list[str]:
    """What reaches over the right edge and cannot be scrolled to, since the page hides it."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter((each) => {
            if (!each.checkVisibility() || each.closest('.vh')) return false;
            const box = each.getBoundingClientRect();
            if (!box.width || !box.height || box.right <= innerWidth + 1) return false;
            for (let up = each.parentElement; up !== document.body; up = up.parentElement) {
                if (getComputedStyle(up).overflowX !== 'visible') return false;
            }
            return getComputedStyle(each).clipPath === 'none';
        }).map((each) => each.outerHTML.slice(0, 120))"""
    )
    return found[:5]


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
        found += [f"{width} light {fault}" for fault in _axe(page)]
        page.emulate_media(color_scheme="dark")
        found += [f"{width} dark {fault}" for fault in _axe(page, {"runOnly": list(OF_COLOUR)})]
    assert "\n".join(found) == ""


def _axe(page: Page, options: dict[str, Any] | None = None) -> list[str]:
    """What axe finds, with all its rules, those of good practice too."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    violations = page.evaluate(
        "async (options) => (await axe.run(options)).violations",
        {"resultTypes": ["violations"], **(options or {"rules": RULES})},
    )
    return [
        f"{rule['id']} ({rule['impact']}): {node['target'][0]} {node['html'][:160]}"
        for rule in violations
        for node in rule["nodes"][:5]
    ]


def test_axe_would_find_a_fault(fresh: Page) -> None:
    fresh.goto("")
    fresh.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=\"assets/icon.svg\">')")
    assert any(fault.startswith("image-alt") for fault in _axe(fresh))


# -- search


DONE = re.compile("result|found")


def results(page: Page) -> list[tuple[str, str]]:
    """What a search shows: title and sort."""
    expect(page.locator("#search-count")).to_have_text(DONE)
    items = page.locator("#search-results > li")
    return [(item.locator("a").inner_text(), item.locator(".result__kind").inner_text()) for item in items.all()]


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


# -- keys, buttons, tables


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


# -- evidence


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


def test_more_results_are_shown_when_asked_for(watched: Watched, served: str) -> None:
    page = watched.page
    page.goto(f"{served}search/?q=cohesion")
    expect(page.locator("#search-results > li")).to_have_count(5)
    page.locator("#search-more").click()
    expect(page.locator("#search-results > li")).to_have_count(15)
    expect(page.locator("#search-results > li").last).to_be_visible()
    assert watched.faults == []
