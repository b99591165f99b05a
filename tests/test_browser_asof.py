"""«As of» in a real browser: the script finds what derive computes, and a reader can go to a day and back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

import pytest
from conftest import TODAY
from playwright.sync_api import Browser, Locator, Page, expect
from site_fixture import BuiltSite

from generator.derive import Views, derive
from generator.derive.membership import is_member, members_on
from generator.derive.status import Span, standing_on
from generator.kinds.group import MemberRole
from generator.model.edtf import PartialDate
from generator.render.place import PagePlace

KINDS = ("agreement", "programme", "dialogue", "country")
ANDEAN = "agreements/eu-colombia-peru-ecuador-trade-agreement/"


@pytest.fixture(scope="module")
def reader(chromium: Browser, served: str) -> Iterator[Page]:
    """A page whose faults fail the test."""
    made = chromium.new_context(color_scheme="light", base_url=served, locale="en-GB")
    page = made.new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    made.close()
    assert faults == []


@pytest.fixture(scope="module")
def views(built: BuiltSite) -> Views:
    return derive(built.catalogue, TODAY)


# -- the script and derive agree


def days() -> list[date]:
    """200 days of the past by a fixed seed, and some on which much changes."""
    draw = Random(20120801)
    first = date(1957, 12, 1).toordinal()
    drawn = {date.fromordinal(draw.randint(first, TODAY.toordinal() - 1)) for _ in range(200)}
    return sorted(drawn | {date(2013, 3, 1), date(2013, 6, 30), date(2013, 7, 1), date(2020, 1, 31), date(2020, 2, 1)})


ASK = """async ([files, days]) => {
  const script = [...document.scripts].find((each) => each.src.includes("asof.js")).src;
  const { at, on } = await import(script);
  const found = {};
  for (const file of files) {
    const data = await (await fetch(file)).json();
    const says = days.map((day) => on(data, day));
    for (const place of Object.keys(data.places)) {
      found[file + "#" + place] = says.map((each) => each[place].status + "|" + Number(each[place].unsure) + "|" +
        Number(each[place].text === ""));
    }
    for (const [group, table] of Object.entries(data.members ?? {})) {
      found[file + "#members:" + group] = days.map((day) => at(table, day));
    }
  }
  return found;
}"""


def test_on_two_hundred_days_the_script_says_what_derive_computes(
    reader: Page, served: str, built: BuiltSite, views: Views
) -> None:
    wanted = dict(_expected(built, views))
    reader.goto("agreements/")
    files = sorted({place.partition("#")[0] for place in wanted})
    found = reader.evaluate(ASK, [[served + file for file in files], [day.isoformat() for day in days()]])
    assert {place.removeprefix(served) for place in found} >= set(wanted)
    assert len(wanted) > 1000
    for place, expected in wanted.items():
        said = found[served + place]
        wrong = [(str(day), a, b) for day, a, b in zip(days(), said, expected, strict=True) if not _agree(a, b)]
        assert not wrong[:3], place


def _agree(said: str, expected: str) -> bool:
    """`*` stands for what is not asked."""
    return all(b in ("*", a) for a, b in zip(said.split("|"), expected.split("|"), strict=True))


def _expected(built: BuiltSite, views: Views) -> Iterator[tuple[str, list[str]]]:
    """Place by place what derive computes: status, whether unverified, whether nothing is said."""
    for kind in KINDS:
        listing = f"{built.catalogue.records and PagePlace(_section(built, kind)).address}asof.json"
        for record in built.catalogue.of(kind):
            file = f"{listing.removesuffix('asof.json')}{record.id.lower()}/asof.json"
            if kind == "country":
                yield from _of_country(file, record.id, views)
                continue
            yield f"{listing}#{record.id}", _statuses(views.spans[kind, record.id])
            if kind == "agreement":
                spans = views.lives[record.id].parties
                yield (
                    f"{file}#says",
                    [text.partition("|")[0] + "|*|*" for text in _or_unknown(views.lives[record.id].headline)],
                )
                yield from ((f"{file}#{party}", _statuses(life)) for party, life in spans.items())
        groups = {str(p) for r in built.catalogue.of(kind) for p in getattr(r, "parties", ())}
        for group in sorted(groups & set(built.catalogue.records["group"])) if kind != "country" else ():
            found: Any = built.catalogue.records["group"][group]
            yield (
                f"{listing}#members:{group}",
                [" ".join(members_on(found, PartialDate.parse(day.isoformat()))) for day in days()],
            )


def _section(built: BuiltSite, kind: str) -> str:
    return next(f"{each.section}/index.md" for each in built.catalogue.kinds if each.name == kind)


def _of_country(file: str, id: str, views: Views) -> Iterator[tuple[str, list[str]]]:
    view = views.countries[id]
    for bond in view.bonds:
        yield f"{file}#agreement:{bond.agreement.id}", _statuses(bond.spans)
    for kind, records in (("programme", view.programmes), ("dialogue", (*view.dialogues, *view.summits))):
        for record in records:
            yield f"{file}#{kind}:{record.id}", _statuses(views.spans[kind, record.id])
    for row in view.groups:
        member = [is_member(row.row, day, day) for day in days()]
        yield f"{file}#group:{row.group.id}:{row.position}", [f"*|*|{int(each)}" for each in member]
    rows = [row for row in view.groups if row.group.id == "EU" and row.row.role is MemberRole.MEMBER]
    for agreement, life in views.lives.items():
        if rows and "EU" in life.parties:
            yield (
                f"{file}#union:{agreement}",
                [
                    said if any(row.on(day) for row in rows) else "|0|0"
                    for day, said in zip(days(), _statuses(life.parties["EU"]), strict=True)
                ],
            )


def _statuses(spans: tuple[Span, ...]) -> list[str]:
    found = [standing_on(spans, day) for day in days()]
    return [f"{standing.status}|{int(not standing.verified)}|0" if standing else "|0|0" for standing in found]


def _or_unknown(spans: tuple[Span, ...]) -> list[str]:
    return [text if text != "|0|0" else "not-known|0|0" for text in _statuses(spans)]


# -- as a reader walks


def bar(page: Page) -> str:
    return page.locator(".asof-bar").inner_text().replace("\u00a0", " ")


def text_of(page: Page, selector: str) -> str:
    return plain(page.locator(selector))


def plain(place: Locator) -> str:
    """The words of a place: no shape, and blanks as one."""
    text: str = place.evaluate(
        "(each) => { const copy = each.cloneNode(true); "
        "copy.querySelectorAll('svg').forEach((svg) => svg.remove()); return copy.textContent; }"
    )
    return " ".join(text.split())


def choose(page: Page, day: str) -> None:
    """Ask for a day as a reader does."""
    page.locator(".asof summary").click()
    page.locator("#asof").fill(day)
    page.locator(".asof button").click()


def test_from_home_to_the_agreements_that_bound_peru_on_a_day(reader: Page, served: str) -> None:
    reader.goto("")
    reader.locator("nav.tabs a", has_text="Countries").click()
    reader.locator("th a", has_text="Peru").click()
    reader.wait_for_url("**/countries/pe/")
    today = text_of(reader, ".says__s")
    choose(reader, "2013-06-01")
    reader.wait_for_url("**/countries/pe/?asof=2013-06-01")
    expect(reader.locator(".asof-bar")).to_contain_text("This page shows")
    assert "1 June 2013" in bar(reader)
    assert text_of(reader, ".says__d").startswith("On 1 June 2013")
    assert "applies to Peru" in text_of(reader, ".says__s")
    assert "provisionally applied since 1 March 2013" in text_of(reader, ".says__s")
    row = f'[data-asof="agreement:{ANDEAN.split("/")[1]}"]'
    assert text_of(reader, row) == "Provisionally applied since 1 March 2013"
    assert reader.locator(f"{row} svg").get_attribute("class") == "mk provisional"
    assert text_of(reader, '[data-asof="dialogue:eu-celac-summit-2015-brussels"]') == "Later"
    assert text_of(reader, '[data-asof="dialogue:eu-celac-summit-2013-santiago"]') == "Held"

    reader.locator(f"tr:has({row}) th a").click()
    reader.wait_for_url(f"**/{ANDEAN}?asof=2013-06-01")
    expect(reader.locator(".asof-bar")).to_contain_text("This page shows")
    assert text_of(reader, '[data-asof="PE"]') == "Provisionally applied"
    assert text_of(reader, '[data-asof="CO"]') == "Signed"
    assert text_of(reader, "[data-asof-on=short]") == "On 1 Jun 2013"

    reader.go_back()
    reader.go_back()
    reader.wait_for_url("**/countries/pe/")
    expect(reader.locator(".asof-bar")).to_be_empty()
    assert text_of(reader, ".says__s") == today


@pytest.mark.parametrize(
    ("page", "place", "day", "says"),
    [
        ("countries/hr/", "group:EU:", "2013-06-30", "not a member on that day"),
        ("countries/hr/", "group:EU:", "2013-07-01", ""),
        ("countries/gb/", "group:EU:", "1972-12-31", "not a member on that day"),
        ("countries/gb/", "group:EU:", "2020-01-31", ""),
        ("countries/gb/", "group:EU:", "2020-02-01", "not a member on that day"),
        ("countries/hr/", "union:cariforum-eu-epa", "2013-06-30", "not a member of the European Union on that day"),
        ("countries/hr/", "union:cariforum-eu-epa", "2013-07-01", "Provisionally applied since 29 December 2008"),
        ("countries/gb/", "union:eu-chile-association-agreement", "2020-01-31", "In force since 1 March 2005"),
        ("countries/gb/", "union:eu-chile-association-agreement", "2020-02-01",
         "not a member of the European Union on that day"),
        (ANDEAN, "EC", "2016-12-31", "Signed"),
        (ANDEAN, "EC", "2017-01-01", "Provisionally applied"),
        (ANDEAN, "PE", "2013-02-28", "Signed"),
        (ANDEAN, "PE", "2013-03-01", "Provisionally applied"),
        (ANDEAN, "PE", "1960-01-01", "No step is known by that day"),
    ],
)  # fmt: skip
def test_what_begins_and_ends_does_so_on_the_right_day(
    reader: Page, page: str, place: str, day: str, says: str
) -> None:
    reader.goto(f"{page}?asof={day}")
    expect(reader.locator(".asof-bar")).to_contain_text("This page shows")
    found = reader.locator(f'[data-asof="{place}"], [data-asof^="{place}"]').first
    assert plain(found) == says


def test_a_listing_shows_the_day_in_rows_filters_and_counts(reader: Page, built: BuiltSite, views: Views) -> None:
    day = date(2013, 6, 1)
    reader.goto("agreements/?asof=2013-06-01")
    expect(reader.locator(".asof-bar")).to_contain_text("This list shows")
    found = {id: standing_on(views.lives[id].headline, day) for id in views.lives}
    for id, standing in found.items():
        row = reader.locator(f"#{id}")
        assert row.get_attribute("data-status") == (str(standing.status) if standing else "")
        assert (row.get_attribute("data-none") is not None) == (standing is None)
        cell = plain(row.locator("[data-status-cell]"))
        assert cell.startswith(str(standing.status.label) if standing else "No step by that day")
    countries = (reader.locator("#cariforum-eu-epa").get_attribute("data-country") or "").split()
    assert "BE" in countries
    assert "GB" in countries
    assert "HR" not in countries, "Croatia joined a month later"
    assert "1 June 2013" in text_of(reader, "[data-asof-on=status]")


def test_a_list_of_countries_counts_as_of_the_day(reader: Page) -> None:
    reader.goto("countries/?asof=2013-02-28")
    expect(reader.locator(".asof-bar")).to_contain_text("This list shows")
    assert text_of(reader, '[data-asof="PE:agreements"]') == "–"
    reader.goto("countries/?asof=2013-03-01")
    expect(reader.locator(".asof-bar")).to_contain_text("This list shows")
    assert text_of(reader, '[data-asof="PE:agreements"]') == "1"


@pytest.mark.parametrize("place", ["countries/pe/", "agreements/", "programmes/eurosocial/"])
@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("2050-01-01", "nothing of days after"),
        ("2012-02-31", "«2012-02-31» is no day"),
        ("soon", "«soon» is no day"),
        ("", "«» is no day"),
        ("%3Cb%3E", "«<b>» is no day"),
    ],
)
def test_a_day_that_cannot_be_shown_is_told_and_the_builds_day_stays(
    reader: Page, place: str, asked: str, says: str
) -> None:
    reader.goto(place)
    before = text_of(reader, "#main-article")
    reader.goto(f"{place}?asof={asked}")
    expect(reader.locator(".asof-bar")).to_contain_text(says)
    assert "23 November 2026" in bar(reader)
    assert text_of(reader, "#main-article").replace(bar(reader), "").strip() == before.strip()


@pytest.mark.parametrize("place", ["countries/pe/", ANDEAN, "agreements/", "dialogues/", "programmes/eurosocial/"])
def test_back_to_today_leaves_no_trace_and_keeps_the_rest_of_the_address(reader: Page, place: str) -> None:
    reader.goto(f"{place}?q=x")
    before = reader.inner_html("#main-article")
    choose(reader, "1999-12-31")
    reader.wait_for_url("**?q=x&asof=1999-12-31")
    expect(reader.locator(".asof-bar")).to_contain_text("31")
    assert reader.inner_html("#main-article") != before
    reader.locator(".asof-bar a").click()
    reader.wait_for_url("**?q=x")
    expect(reader.locator(".asof-bar")).to_be_empty()
    assert reader.inner_html("#main-article") == before


def test_the_file_of_a_day_is_loaded_only_when_a_day_is_asked_for(reader: Page) -> None:
    seen: list[str] = []
    reader.on("request", lambda request: seen.append(request.url))
    reader.goto("countries/pe/")
    reader.wait_for_load_state("networkidle")
    assert not [url for url in seen if url.endswith("asof.json")]


def test_without_a_script_the_page_is_of_the_builds_day(chromium: Browser, served: str) -> None:
    context = chromium.new_context(java_script_enabled=False, base_url=served)
    page = context.new_page()
    page.goto("countries/pe/?asof=2013-06-01")
    assert "As of 23 November 2026" in text_of(page, ".says__d")
    assert page.locator(".asof").is_hidden()
    assert page.locator(".asof-bar").count() == 0
    page.goto("countries/gb/")
    assert page.locator("[data-asof-past]").is_hidden()
    context.close()


def test_links_to_pages_that_know_days_keep_the_day_and_no_others(reader: Page, served: str) -> None:
    reader.goto("countries/pe/?asof=2013-06-01")
    expect(reader.locator(".asof-bar")).to_contain_text("This page shows")

    def hrefs(start: str) -> list[str]:
        links: list[str] = reader.evaluate("[...document.links].map((link) => link.href)")
        return [link for link in links if link.startswith(start)]

    for section in ("countries/", "agreements/", "programmes/", "dialogues/"):
        own = [href for href in hrefs(served + section) if "#" not in href]
        assert own
        assert all("asof=2013-06-01" in href for href in own)
    assert not [href for href in hrefs(served + "themes/") + hrefs(served + "groups/") if "asof" in href]
