"""Walks as readers go: by keyboard, with styles off, text enlarged, few colours, without scripts, on a phone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from browser_fixture import BY_NAME, PAGES, PHONE, WIDE, Watched, address_of
from playwright.sync_api import Browser, BrowserContext, Page, expect
from site_fixture import BROWSERS, QUIET, BuiltSite

RECORDS = tuple(name for name in PAGES if name.endswith(" record"))
FEW = ("home", "search", "agreement listing", "agreement record", "country record", "programme record")
STYLED = tuple(name for name in PAGES if name not in ("found", "missing"))


@pytest.fixture
def reader(chromium: Browser, served: str) -> Iterator[Page]:
    """A reader of their own, at a desk; whatever goes wrong fails the test."""
    context = chromium.new_context(base_url=served, viewport={"width": WIDE[0], "height": WIDE[1]})
    watched = Watched(context.new_page())
    yield watched.page
    context.close()
    left_behind = "net::ERR_ABORTED"  # a page was left before all of it had come
    assert [fault for fault in watched.faults if left_behind not in fault] == []


@pytest.fixture(scope="module")
def shared(chromium: Browser, served: str) -> Iterator[BrowserContext]:
    made = chromium.new_context(base_url=served, viewport={"width": WIDE[0], "height": WIDE[1]})
    yield made
    made.close()


# -- by keyboard alone


LOOK = """() => {
    const at = document.activeElement;
    const own = at.matches('input') ? at.closest('.find') ?? at : at;
    const style = getComputedStyle(own);
    const box = at.getBoundingClientRect();
    return { text: at.textContent.trim().replace(/\\s+/g, ' ').slice(0, 80),
             tag: at.tagName, href: at.getAttribute('href'),
             ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
             seen: box.bottom > 0 && box.top < innerHeight && box.width > 1 && box.height > 1 };
}"""


def tab_to(page: Page, wanted: str, most: int = 400) -> dict[str, Any]:
    """Press Tab until what is focused reads as wanted; each stop on the way is seen and has its ring."""
    for _ in range(most):
        page.keyboard.press("Tab")
        at: dict[str, Any] = page.evaluate(LOOK)
        if at["tag"] == "BODY":
            continue
        assert at["ring"], at
        assert at["seen"], at
        if re.fullmatch(wanted, at["text"]) or (at["href"] and re.fullmatch(wanted, at["href"])):
            return at
    raise AssertionError(f"Tab never came to {wanted}")


def test_from_home_to_the_evidence_of_a_record_and_back_by_keyboard_alone(reader: Page) -> None:
    reader.goto("")
    tab_to(reader, "Agreements")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/agreements/")
    tab_to(reader, "Skip to content")
    reader.keyboard.press("Enter")
    tab_to(reader, "EU–Central America Association Agreement")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/agreements/eu-central-america-association-agreement/")
    tab_to(reader, "Skip to content")
    reader.keyboard.press("Enter")

    mark = tab_to(reader, r"#s\d+")
    reader.keyboard.press("Enter")
    source = reader.locator(f"ol.ev > li{mark['href']}")
    expect(source).to_be_in_viewport()
    back = tab_to(reader, r"#c\d+", 12)
    assert source.evaluate("(li) => li.contains(document.activeElement)"), (
        "Tab goes on from the source, not from the top"
    )
    reader.keyboard.press("Enter")
    place = reader.locator(str(back["href"]))
    expect(place).to_be_in_viewport()
    reader.keyboard.press("Alt+ArrowLeft")
    reader.keyboard.press("Alt+ArrowLeft")
    expect(reader.locator("h1")).to_have_text("EU–Central America Association Agreement")


def test_a_reader_finds_a_record_by_its_acronym_by_keyboard_alone(reader: Page) -> None:
    reader.goto("countries/pe/")
    reader.keyboard.press("/")
    reader.keyboard.type("INNOVACT")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/search/?q=INNOVACT")
    expect(reader.locator("#search-results > li").first).to_be_visible()
    tab_to(reader, "INNOVACT")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/programmes/innovact/")


# -- with styles off


ORDER = """() => {
    const steps = { skip: '.skip', brand: '.brand', sections: 'nav.tabs', where: '.crumbs', title: 'h1', says: '.says',
                    facts: 'aside.facts', content: '#main-article > h2', evidence: 'ol.ev', foot: 'footer' };
    const found = Object.entries(steps).map(([name, css]) => [name, document.querySelector(css)]).filter(([, e]) => e);
    found.sort(([, a], [, b]) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
    return { found: found.map(([name]) => name), wanted: Object.keys(steps),
             first: document.querySelector('a, button, input, summary')?.className };
}"""


@pytest.mark.parametrize("name", RECORDS)
def test_with_styles_off_a_record_is_read_in_the_right_order(
    shared: BrowserContext, built: BuiltSite, name: str
) -> None:
    """Skip link, name of the site, sections, where we are, title, what holds, facts, content, evidence, foot."""
    page = shared.new_page()
    page.goto(address_of(built, name))
    order = page.evaluate(ORDER)
    page.close()
    assert {"skip", "title", "facts", "foot"} <= set(order["found"])
    assert order["found"] == [step for step in order["wanted"] if step in order["found"]]
    assert order["first"] == "skip"


@pytest.mark.parametrize("name", STYLED)
def test_with_styles_off_no_words_run_together(shared: BrowserContext, built: BuiltSite, name: str) -> None:
    """Words that only a style keeps apart are one word to a screen reader's buffer and to whoever copies them."""
    page = shared.new_page()
    page.goto(address_of(built, name))
    glued = page.evaluate(
        """() => {
            for (const sheet of document.styleSheets) sheet.disabled = true;
            const inline = (e) => getComputedStyle(e).display.startsWith('inline');
            return [...document.querySelectorAll('#main-article span, #main-article a, header a, footer a')]
                .filter((e) => {
                    const next = e.nextSibling;
                    return next instanceof HTMLElement && inline(e) && inline(next) && !e.closest('svg, .src') &&
                        !next.matches('.src, sup, br') && /[\\p{L}\\p{N}]$/u.test(e.textContent) &&
                        /^[\\p{L}\\p{N}]/u.test(next.textContent);
                }).map((e) => e.textContent.slice(-30) + '|' + e.nextSibling.textContent.slice(0, 30));
        }"""
    )
    page.close()
    assert glued[:5] == []


# -- enlarged, wide and narrow


@pytest.mark.parametrize("name", STYLED)
@pytest.mark.parametrize("width", [360, 1920])
def test_narrow_and_wide_screens_keep_everything_on_the_screen(
    shared: BrowserContext, built: BuiltSite, name: str, width: int
) -> None:
    page = shared.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address_of(built, name))
    over, cut = page.evaluate(OVER), page.evaluate(CUT)
    page.close()
    assert (over, cut) == (0, [])


@pytest.fixture(scope="module")
def enlarged(chromium: Browser, served: str) -> Iterator[BrowserContext]:
    """A reader who set the browser's letters to twice their size."""
    launched = chromium.browser_type.launch(
        executable_path=next(path for name in BROWSERS if (path := shutil.which(name))),
        args=[*QUIET, "--blink-settings=defaultFontSize=32,defaultFixedFontSize=26"],
    )
    yield launched.new_context(base_url=served, viewport={"width": 1280, "height": 800})
    launched.close()


@pytest.mark.parametrize("name", STYLED)
def test_text_of_twice_the_size_keeps_everything_on_the_screen(
    enlarged: BrowserContext, built: BuiltSite, name: str
) -> None:
    page = enlarged.new_page()
    page.goto(address_of(built, name))
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 32
    over, cut = page.evaluate(OVER), page.evaluate(CUT)
    page.close()
    assert (over, cut) == (0, [])


OVER = "Math.max(0, document.documentElement.scrollWidth - innerWidth, document.body.scrollWidth - innerWidth)"
CUT = """() => [...document.querySelectorAll('body *')].filter((each) => {
    if (!each.checkVisibility() || each.closest('.vh') || each.closest('svg')) return false;
    const box = each.getBoundingClientRect();
    if (!box.width || !box.height || box.right <= innerWidth + 1) return false;
    for (let up = each.parentElement; up !== document.body; up = up.parentElement) {
        if (getComputedStyle(up).overflowX !== 'visible') return false;
    }
    return getComputedStyle(each).clipPath === 'none';
}).map((each) => each.outerHTML.slice(0, 100)).slice(0, 3)"""


# -- few colours, no movement


@pytest.mark.parametrize("name", FEW)
def test_in_forced_colours_marks_and_borders_are_still_drawn(
    shared: BrowserContext, built: BuiltSite, name: str
) -> None:
    """Every mark keeps a line or a filling that differs from what is behind it; fields and notes keep their edge."""
    page = shared.new_page()
    page.emulate_media(forced_colors="active")
    page.goto(address_of(built, name))
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    lost = page.evaluate(
        """() => {
            const paper = getComputedStyle(document.body).backgroundColor;
            const none = (colour) => colour === 'none' || colour === paper || /^rgba\\(.*, 0\\)$/.test(colour);
            const marks = [...document.querySelectorAll('svg.mk')].filter((each) => each.checkVisibility())
                .filter((mark) => [...mark.querySelectorAll('*')].every((shape) => {
                    const style = getComputedStyle(shape);
                    return none(style.stroke) && none(style.fill);
                })).map((mark) => mark.outerHTML.slice(0, 120));
            const edges = [...document.querySelectorAll('.find, .tool, .flag, .says, .unk, .meter i')]
                .filter((each) => each.checkVisibility()).filter((each) => {
                    const style = getComputedStyle(each);
                    const drawn = (side) =>
                        style[`border${side}Style`] !== 'none' && !none(style[`border${side}Color`]);
                    const ring = style.outlineStyle !== 'none' && !none(style.outlineColor);
                    return !ring && !['Left', 'Top', 'Right', 'Bottom'].some(drawn);
                }).map((each) => each.outerHTML.slice(0, 120));
            return [...new Set([...marks, ...edges])];
        }"""
    )
    current = page.evaluate(
        """() => [...document.querySelectorAll('.tabs a[aria-current]')].map((each) => {
            const other = document.querySelector('.tabs a:not([aria-current])');
            return getComputedStyle(each).fontWeight === getComputedStyle(other).fontWeight;
        })"""
    )
    page.close()
    assert lost == []
    assert not any(current), "the section we are in is told by more than colour"


@pytest.mark.parametrize("name", FEW)
def test_nothing_moves_for_who_asked_for_no_movement(shared: BrowserContext, built: BuiltSite, name: str) -> None:
    page = shared.new_page()
    page.emulate_media(reduced_motion="reduce")
    page.goto(address_of(built, name))
    moving = page.evaluate(
        """() => [...document.querySelectorAll('*')].filter((each) => {
            const style = getComputedStyle(each);
            const long = (times) => times.split(',').some((time) => parseFloat(time) > 0.001);
            return (style.transitionProperty !== 'none' && long(style.transitionDuration)) ||
                (style.animationName !== 'none' && long(style.animationDuration)) || style.scrollBehavior === 'smooth';
        }).map((each) => each.outerHTML.slice(0, 100)).slice(0, 3)"""
    )
    page.close()
    assert moving == []


# -- a phone, and no scripts


def test_on_a_phone_the_menu_leads_from_home_to_a_country_and_its_agreement(chromium: Browser, served: str) -> None:
    context = chromium.new_context(
        base_url=served, viewport={"width": PHONE[0], "height": PHONE[1]}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto("")
    page.locator(".menu > summary").tap()
    page.locator(".menu nav").get_by_role("link", name="Countries", exact=True).tap()
    page.wait_for_url("**/countries/")
    page.locator("#main-article").get_by_role("link", name="Peru", exact=True).first.tap()
    page.wait_for_url("**/countries/pe/")
    link = page.locator("#main-article").get_by_role("link", name=re.compile("Andean.*Trade Agreement")).first
    link.tap()
    page.wait_for_url("**/agreements/eu-colombia-peru-ecuador-trade-agreement/")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    context.close()


def test_without_scripts_a_reader_comes_from_home_to_a_source(chromium: Browser, served: str, built: BuiltSite) -> None:
    context = chromium.new_context(base_url=served, java_script_enabled=False, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto("")
    page.locator("nav.tabs").get_by_role("link", name="Programmes").click()
    rows = page.locator("#main-article table tbody tr:visible")
    assert rows.count() == len(built.catalogue.of("programme"))
    page.locator("#main-article").get_by_role("link", name="INNOVACT", exact=True).first.click()
    page.wait_for_url("**/programmes/innovact/")
    mark = page.locator(".src a").first
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url(re.compile(r"#s\d+$"))
    expect(page.locator(f"ol.ev > li{mark.get_attribute('href')} a[href^='http']").first).to_be_in_viewport()
    context.close()


def test_without_scripts_nothing_that_needs_them_is_offered(chromium: Browser, served: str, built: BuiltSite) -> None:
    """No button that does nothing."""
    context = chromium.new_context(base_url=served, java_script_enabled=False, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    idle = []
    for name in ("home", "agreement listing", "programme listing", "agreement record", "country record"):
        page.goto(address_of(built, name))
        for button in page.locator("button:visible, select:visible").all():
            if button.locator("xpath=ancestor::form[@action]").count() == 0:
                idle.append(f"{name}: {button.inner_text()!r}")
    context.close()
    assert idle == []


def test_the_kinds_of_the_walks_are_all_kinds() -> None:
    assert {f"{name} record" for name in BY_NAME if name != "page"} == set(RECORDS)
