"""Names beneath the search field, the search page, records side by side and the page for missing addresses."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from browser_fixture import axe
from playwright.sync_api import Browser, Page, Response, expect
from site_fixture import BuiltSite, Element

CHILE, CARIFORUM = "eu-chile-association-agreement", "cariforum-eu-epa"
EXPECTED = ("404 (Not Found)", "Executing inline event handler")
"""What the browser says of an address that is none, and of planted code that it refuses to run."""
ZIPPED = (".woff2", ".png", ".pagefind", ".pf_meta", ".pf_index", ".pf_fragment", ".pf_filter")
"""Files that are compressed as they are; a host sends them so."""


@pytest.fixture
def page(chromium: Browser, served: str) -> Iterator[Page]:
    """A page of a reader who was never here; an error in the console or a request elsewhere fails the test."""
    context = chromium.new_context(base_url=served, viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("request", lambda sent: faults.append(sent.url) if urlsplit(sent.url).hostname != "127.0.0.1" else None)
    yield page
    context.close()
    assert [fault for fault in faults if not any(each in fault for each in EXPECTED)] == []


def suggestions(page: Page, text: str) -> list[str]:
    """Type a text into the field that has the focus; the names beneath it, with what they are."""
    page.keyboard.type(text)
    expect(page.locator("[role=option]").first).to_be_visible()
    page.wait_for_timeout(400)
    return page.locator("[role=option]").all_inner_texts()


# -- suggestions


@pytest.mark.parametrize(
    ("typed", "first", "also"),
    [
        ("urbelac", "URBELAC", ""),
        ("cohesion", "Economic, social and territorial cohesion", "also: cohesion"),
        ("PANAMA", "Panama", ""),
        ("Panamá", "Panama", ""),
        ("perú", "Peru", ""),
        ("Acuerdo de Coton", "Cotonou Agreement", "also: Acuerdo de Cotonú"),
        ("alemania", "Germany", "also: Alemania"),
        ("celac", "CELAC", ""),
        ("alinvest", "AL-INVEST", ""),
    ],
)  # fmt: skip
def test_any_name_of_a_record_suggests_it_and_says_by_which(page: Page, typed: str, first: str, also: str) -> None:
    page.goto("agreements/")
    page.keyboard.press("/")
    shown = suggestions(page, typed)
    assert shown[0].split("\n")[0] == first
    assert also in shown[0]
    assert also or "also:" not in shown[0]
    assert len(shown) <= 8


def test_a_record_is_reached_from_any_page_by_keyboard_alone(page: Page) -> None:
    page.goto("programmes/urbelac/")
    page.keyboard.press("/")
    field = page.get_by_role("combobox")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-expanded", "false")
    count = len(suggestions(page, "chile"))
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".find [role=status]").first).to_have_text(re.compile(f"^{count} records"))
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_contain_text("Chile")
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    page.keyboard.press("End")
    assert chosen.get_attribute("id") == page.locator("[role=option]").last.get_attribute("id")
    page.keyboard.press("Home")
    assert chosen.get_attribute("id") == page.locator("[role=option]").first.get_attribute("id")
    page.keyboard.press("ArrowUp")
    expect(chosen).to_have_count(0)
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/countries/cl/")


def test_enter_without_a_choice_searches_for_the_text(page: Page) -> None:
    page.goto("")
    page.locator("#q-home").focus()
    suggestions(page, "chile")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=chile")
    expect(page.locator("#search-results a").first).to_have_text("Chile")


def test_escape_closes_then_clears_and_a_click_elsewhere_closes(page: Page) -> None:
    page.goto("countries/")
    field = page.locator("#q-top")
    field.focus()
    suggestions(page, "peru")
    page.keyboard.press("Escape")
    expect(page.locator("[role=listbox]:visible")).to_have_count(0)
    expect(field).to_have_value("peru")
    page.keyboard.press("Escape")
    expect(field).to_have_value("")
    suggestions(page, "peru")
    page.locator("h1").click()
    expect(page.locator("[role=listbox]:visible")).to_have_count(0)


def test_a_click_on_a_name_opens_its_record(page: Page) -> None:
    page.goto("")
    page.locator("#q-home").focus()
    suggestions(page, "innovact")
    page.locator("[role=option]").first.click()
    page.wait_for_url("**/programmes/innovact/")
    expect(page.locator("h1")).to_have_text("INNOVACT")


def test_names_are_fetched_only_when_one_types(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path.rpartition("/")[2]))
    page.goto("agreements/")
    page.wait_for_load_state("networkidle")
    assert "names.json" not in asked
    page.keyboard.press("/")
    suggestions(page, "p")
    assert asked.count("names.json") == 1


def test_suggestions_pass_axe_wide_and_narrow(page: Page) -> None:
    page.goto("agreements/")
    page.keyboard.press("/")
    suggestions(page, "panam")
    page.keyboard.press("ArrowDown")
    assert axe(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator(".menu > summary").click()
    page.locator("#q-menu").focus()
    suggestions(page, "panam")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_slash_can_be_turned_off_and_on(page: Page) -> None:
    page.goto("search/")
    switch = page.get_by_label("The key / moves to the search field")
    expect(switch).to_be_checked()
    switch.uncheck()
    page.goto("agreements/")
    page.keyboard.press("/")
    expect(page.locator("input:focus")).to_have_count(0)
    page.goto("search/")
    expect(switch).not_to_be_checked()
    switch.check()
    page.goto("agreements/")
    page.keyboard.press("/")
    expect(page.locator("input:focus")).to_have_count(1)


# -- the search page


@pytest.mark.parametrize("query", ["cohesion", "cohésion"])
def test_the_exact_name_comes_first_also_when_facets_are_set(page: Page, query: str) -> None:
    page.goto(f"search/?q={query}&kind=Theme")
    expect(page.locator("#search-results a").first).to_have_text("Economic, social and territorial cohesion")
    expect(page.locator("#search-results li").first).to_contain_text("Also named: cohesion")


def test_an_exact_name_that_the_facets_leave_out_is_not_shown(page: Page) -> None:
    page.goto("search/?q=Peru&kind=Programme")
    expect(page.locator("#search-count")).to_contain_text("result")
    kinds = page.locator("#search-results .result__kind").all_inner_texts()
    assert kinds
    assert set(kinds) == {"Programme"}


def test_on_a_phone_the_facets_are_folded_and_fetched_when_opened(page: Page) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("search/?q=cohesion")
    expect(page.locator("#search-results li").first).to_be_in_viewport()
    assert not [url for url in fetched if "/pagefind/filter/" in url]
    assert page.locator("#search-facets button:visible").count() == 0

    page.get_by_text("Filter by kind").click()
    page.locator("#search-facets summary", has_text="Kind").click()
    page.locator("#search-facets button", has_text="Programme").click()
    expect(page.locator("#search-results .result__kind").first).to_have_text("Programme")
    assert "kind=Programme" in page.url


def test_a_first_search_costs_at_most_150_kilobytes(page: Page) -> None:
    """What the search page and its first search load beyond the page's own text, styles and fonts, as compressed."""
    sizes: dict[str, int] = {}

    def weigh(answer: Response) -> None:
        body = answer.body()
        sizes[answer.url] = len(body) if answer.url.endswith(ZIPPED) else len(gzip.compress(body, 6))

    page.goto("search/")
    page.wait_for_load_state("networkidle")
    page.on("response", weigh)
    page.locator("#search-q").fill("cohesion")
    expect(page.locator("#search-results li").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    total = sum(sizes.values())
    print("first search:", total, sorted(((size, url) for url, size in sizes.items()), reverse=True)[:6], len(sizes))
    assert 20_000 < total <= 150_000


# -- side by side


def cells(page: Page, label: str) -> list[str]:
    """The row of a comparison that begins with a label, without the word «differs»."""
    row = page.locator("table.compare tbody tr").filter(has=page.locator("th", has_text=re.compile(f"^{label}\\b")))
    return [" ".join(text.split()) for text in row.first.locator("td").all_inner_texts()]


def fact(article: Element, label: str) -> str:
    """A line of the facts of a record's page, without source marks."""
    for row in article.all("div"):
        if [part.tag for part in row.elements] == ["dt", "dd"] and row.elements[0].text == label:
            return " ".join(" ".join(_bare(row.elements[1])).split())
    return ""


def _bare(element: Element) -> Iterator[str]:
    for part in element.parts:
        if isinstance(part, str):
            yield part
        elif part.attributes.get("class") != "src":
            yield from _bare(part)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_two_agreements_stand_side_by_side_as_on_their_pages(page: Page, built: BuiltSite) -> None:
    page.goto(f"compare/?ids=agreements/{CHILE},agreements/{CARIFORUM}")
    expect(page.locator("table.compare")).to_be_visible()
    compared = 0
    articles = [built.page(f"agreements/{id}") for id in (CHILE, CARIFORUM)]
    for label in ("Type", "Parties", "Covers", "Bodies", "Legal acts", "Groups"):
        shown = cells(page, label)
        for value, article in zip(shown, articles, strict=True):
            expected = fact(article, label) or "nothing on its page"
            assert squeezed(value) == squeezed(expected), label
            compared += 1
    assert compared == 12
    for value, article in zip(cells(page, "Status"), articles, strict=True):
        sentence = next(p for p in article.all("p") if p.attributes.get("class") == "says__s")
        assert squeezed(value).startswith(squeezed(" ".join(_bare(sentence))))
        assert "As of" in value


def test_links_lead_to_the_records_and_nothing_of_their_code_comes_along(page: Page, served: str) -> None:
    page.goto(f"compare/?ids=agreements/{CHILE},agreements/{CARIFORUM}")
    expect(page.locator("table.compare")).to_be_visible()
    targets = page.eval_on_selector_all("#compare-table a", "links => links.map(link => link.href)")
    inside = {target for target in targets if target.startswith("http://127.0.0.1")}
    assert all(target.startswith(served) for target in inside)
    assert f"{served}countries/cl/" in inside
    assert f"{served}agreements/{CHILE}/#evidence" in inside
    assert (
        page.locator("#compare-table [id], #compare-table script, #compare-table .src, #compare-table h2").count() == 0
    )


def test_hostile_markup_in_a_page_stays_behind(page: Page) -> None:
    planted = (
        "<h2>Hostile</h2><p>kept <img src=x onerror=window.hit=1><script>window.hit=1</script>"
        '<a href="javascript:window.hit=1" onclick="window.hit=1">word</a><iframe src=x></iframe></p>'
    )

    def plant(route: object) -> None:
        answer = route.fetch()  # type: ignore[attr-defined]
        route.fulfill(response=answer, body=answer.text().replace("</article>", planted + "</article>"))  # type: ignore[attr-defined]

    page.route(f"**/agreements/{CHILE}/", plant)
    page.goto(f"compare/?ids=agreements/{CHILE},agreements/{CARIFORUM}")
    expect(page.locator("table.compare")).to_be_visible()
    assert cells(page, "Hostile") == ["kept word", "nothing on its page"]
    assert page.locator("#compare-table img, #compare-table iframe, #compare-table script").count() == 0
    assert page.locator("#compare-table a", has_text=re.compile("^word$")).count() == 0
    assert page.evaluate("window.hit") is None


def test_only_differences_can_be_shown(page: Page) -> None:
    page.goto(
        "compare/?ids=agreements/eu-mercosur-interim-trade-agreement,agreements/eu-mercosur-partnership-agreement"
    )
    rows = page.locator("table.compare tbody tr:visible")
    expect(rows.first).to_be_visible()
    every = rows.count()
    same = [row for row in rows.all() if len({*row.locator("td").all_inner_texts()}) == 1]
    assert same
    page.get_by_label("Show only differences").check()
    assert rows.count() < every
    for row in rows.all():
        assert "differs" in row.locator("th").inner_text()


def test_records_are_chosen_removed_and_back_works(page: Page) -> None:
    page.goto("compare/")
    expect(page.locator("#compare-says")).to_have_text("Choose two or three records of one kind.")
    page.get_by_label("Kind").select_option("Countries")
    for name in ("Peru", "Chile"):
        page.get_by_label("Record", exact=True).select_option(name)
        page.get_by_role("button", name="Add").click()
        expect(page.locator("#compare-record option", has_text=re.compile(f"^{name}$"))).to_have_count(0)
    assert parse_qs(urlsplit(page.url).query) == {"ids": ["countries/pe,countries/cl"]}
    expect(page.locator("table.compare thead a")).to_have_text(["Peru", "Chile"])
    page.get_by_role("button", name="Remove Peru").click()
    expect(page.locator("#compare-says")).to_contain_text("Chile is chosen.")
    page.go_back()
    expect(page.locator("table.compare thead a")).to_have_text(["Peru", "Chile"])


@pytest.mark.parametrize(
    ("ids", "said", "columns"),
    [
        ("", "Choose two or three records of one kind.", 0),
        ("agreements/samoa-agreement", "Samoa Agreement is chosen. Add another to compare it with.", 0),
        ("agreements/samoa-agreement,agreements/nowhere", "There is no record at the address «agreements/nowhere».", 0),
        ("agreements/samoa-agreement,countries/pe", "These records are of different kinds (Agreement, Country).", 0),
        ("countries/pe,countries/pe,countries/cl", "Peru is named twice in the address. It is shown once.", 2),
        ("countries/pe,countries/cl,countries/br,countries/ar", "More than three records are named", 3),
        ("themes/cohesion,countries/pe", "is of a kind that cannot be compared.", 0),
        ("<img src=x onerror=alert(1)>,../x", "no record at the address «<img src=x onerror=alert(1)>».", 0),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_gets_a_sentence(page: Page, ids: str, said: str, columns: int) -> None:
    page.goto(f"compare/?ids={ids}")
    expect(page.locator("#compare-says")).to_contain_text(said)
    expect(page.locator("table.compare thead a")).to_have_count(columns)
    assert page.locator("#compare img").count() == 0


@pytest.mark.parametrize("width", [1280, 390])
def test_a_comparison_passes_axe_and_fits(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("compare/?ids=programmes/urbelac,programmes/innovact,programmes/eurosocial")
    expect(page.locator("table.compare")).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("address", [f"agreements/{CHILE}", "countries/pe", "groups/celac", "programmes/urbelac"])
def test_a_record_leads_to_its_comparison(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    title = page.locator("h1").inner_text()
    page.get_by_role("link", name="Compare with another").click()
    expect(page.locator("#compare-says")).to_contain_text(f"{title} is chosen.")


def test_without_scripts_the_comparison_says_so_and_leads_to_the_lists(chromium: Browser, served: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}compare/?ids=countries/pe,countries/cl")
    expect(page.locator("noscript p")).to_contain_text("Comparison needs JavaScript")
    page.locator("#main-article").get_by_role("link", name="Agreements").click()
    expect(page.locator("h1")).to_have_text("Agreements")
    context.close()


# -- the page for addresses that are none


def test_a_mistyped_address_brings_near_names_and_a_search(page: Page, served: str) -> None:
    page.goto("programmes/eurosocail/")
    near = page.locator("#lost-near a")
    expect(near.first).to_have_text("EUROsociAL")
    assert near.first.get_attribute("href") == f"{served}programmes/eurosocial/"
    assert axe(page) == []
    page.locator("#q-lost").fill("URBELAC")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=URBELAC")
