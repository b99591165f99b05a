"""What leads to feeds, calendars and search, and the days of the site map: true, or not there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
from conftest import TODAY, base_files, catalogue_of
from lxml import etree
from site_fixture import SITE_URL, BuiltSite, Element
from test_chronicle import edit

from generator.build import build
from generator.derive import derive
from generator.derive.concern import KINDS as CONCERNED
from generator.export.calendars import calendar_files
from generator.export.discovery import discovery_files, opensearch
from generator.export.feeds import feed_files
from generator.model.catalogue import Catalogue
from generator.model.chronicle import Change, Chronicle, Step
from generator.render import Site, each_page
from generator.render.days import days_of
from generator.render.words import words_of


@pytest.fixture(scope="module")
def base() -> Catalogue:
    return catalogue_of(base_files())


# -- what programs find


def test_a_site_with_an_address_says_how_it_is_searched() -> None:
    root = etree.fromstring(opensearch("EU–LAC Cooperation Catalogue", "About", "https://x.example/below/"))
    name = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert root.tag == f"{name}OpenSearchDescription"
    assert root.findtext(f"{name}ShortName") == "EU–LAC"
    search = next(url for url in root.iter(f"{name}Url") if url.get("type") == "text/html")
    assert search.get("template") == "https://x.example/below/search/?q={searchTerms}"
    assert discovery_files("A", "", "") == {}


@pytest.mark.parametrize(
    "name", ["", "A", "Sixteen letters.", "One–long–word–without–a–blank", "Ab " * 30, "<&>\u00e9" * 9]
)
def test_names_are_as_long_as_opensearch_allows(name: str) -> None:
    root = etree.fromstring(opensearch(name, "d" * 2000, "https://x.example/"))
    short, long, about = (root.findtext(f"{{*}}{tag}") or "" for tag in ("ShortName", "LongName", "Description"))
    assert len(short) <= 16
    assert len(long) <= 48
    assert len(about) <= 1024
    assert bool(short) == bool(name)
    assert name.startswith(short)


def test_the_search_page_takes_the_words_that_the_description_sends(built: BuiltSite) -> None:
    root = etree.parse(built.site / "opensearch.xml").getroot()
    template = next(u.get("template") for u in root.iter("{*}Url") if u.get("type") == "text/html") or ""
    address, _, query = template.removeprefix(SITE_URL).partition("?")
    form = next(each for each in built.page(address).all("form") if each.attributes.get("method") == "get")
    (field,) = [each for each in form.all("input") if each.attributes.get("type") == "search"]
    assert query == f"{field.attributes['name']}={{searchTerms}}"
    robots = (built.site / "robots.txt").read_text(encoding="utf-8")
    assert f"Sitemap: {SITE_URL}sitemap.xml" in robots.splitlines()


def alternates(page: Element) -> dict[str, str]:
    """The forms that the head of a page names: type → address."""
    links = [each.attributes for each in page.all("link") if each.attributes.get("rel") == "alternate"]
    return {each["type"]: each["href"] for each in links}


FEED, JSON, ICS = "application/atom+xml", "application/feed+json", "text/calendar"


def test_pages_name_their_own_feed_and_calendar(built: BuiltSite) -> None:
    home = alternates(built.page(""))
    assert (home[FEED], home[JSON], home[ICS]) == ("feeds/all.atom", "feeds/all.json", "calendars/all.ics")
    assert alternates(built.page("agreements/"))[FEED] == "../feeds/agreements.atom"
    chile = alternates(built.page("countries/cl/"))
    assert (chile[FEED], chile[ICS]) == ("../../feeds/countries/cl.atom", "../../calendars/countries/cl.ics")
    for name, page in built.pages().items():
        found = alternates(page)
        part, _, rest = name.removesuffix("index.html").partition("/")
        if part == "themes" and rest:
            assert found[FEED].endswith(f"feeds/themes/{rest[:-1]}.atom")
        if part in ("programmes", "organisations", "about") and rest and not rest.startswith("status/"):
            assert FEED not in found
        assert {link for link in found.values() if link.split(".")[-1] in ("atom", "json", "ics")} <= {
            link.attributes.get("href", "") for link in page.all("a", "link")
        }


def test_the_page_on_following_leads_to_every_feed_and_calendar_of_its_lists(built: BuiltSite) -> None:
    links = {each.attributes.get("href", "").removeprefix("../") for each in built.page("follow/").all("a")}
    files = {
        path.relative_to(built.site).as_posix()
        for top in ("feeds", "calendars")
        for path in (built.site / top).rglob("*.*")
    }
    assert {link for link in links if link.startswith(("feeds/", "calendars/"))} == {
        file for file in files if not (file.startswith("feeds/countries/") and file.count("/") > 2)
    }
    chile = {each.attributes.get("href", "").removeprefix("../../") for each in built.page("countries/cl/").all("a")}
    assert {file for file in files if "countries/cl" in file} <= chile
    assert len([file for file in files if file.startswith("feeds/countries/cl/")]) == 2 * len(CONCERNED)


def test_feeds_and_calendars_stay_light_where_nothing_is_in_them(base: Catalogue) -> None:
    views = derive(base, TODAY)
    empty = feed_files(base, views, Chronicle(), "Catalogue", "https://catalogue.example/")
    assert max(len(text) for text in empty.values()) < 1500
    files = calendar_files(base, views, {}, "Catalogue", "https://catalogue.example/")
    assert len(files["calendars/countries/gf.ics"]) < 1500


# -- days of the site map

CHANGED = {"programmes/cohesion.yml": date(2022, 3, 4), "countries.yml": date(2022, 5, 6),
           "dialogues/summit-2015.yml": date(2021, 1, 2), "dialogues/summits.yml": date(2021, 2, 3),
           "pages/index.md": date(2022, 1, 1), "pages/about/index.md": date(2022, 1, 2)}  # fmt: skip


def step(day: date, *ids: str) -> Step:
    changes = tuple(Change("changed", "country", id, id, 1) for id in ids)
    return Step("a" * 40, datetime(day.year, day.month, day.day, 12, tzinfo=UTC), changes)


def test_a_page_has_the_day_of_its_file_and_a_listing_the_newest(base: Catalogue) -> None:
    found = days_of(base, CHANGED, Chronicle())
    assert found["programmes/cohesion/index.md"] == date(2022, 3, 4)
    assert found["dialogues/index.md"] == date(2021, 2, 3)
    assert found["about/index.md"] == date(2022, 1, 2)


def test_what_is_not_certain_has_no_day(base: Catalogue) -> None:
    """A file of many tells nothing of one record; the home page says what holds today."""
    found = days_of(base, CHANGED, Chronicle())
    assert not [path for path in found if path.startswith(("countries/", "agreements/", "themes/"))]
    assert "index.md" not in found
    assert days_of(base, {}, Chronicle()) == {}


def test_a_record_in_a_file_of_many_has_the_day_of_its_own_change(base: Catalogue) -> None:
    told = Chronicle(True, (step(date(2022, 5, 6), "CL"), step(date(2021, 1, 1), "CL", "PE")))
    found = days_of(base, CHANGED, told)
    assert found["countries/cl/index.md"] == date(2022, 5, 6)
    assert found["countries/pe/index.md"] == date(2021, 1, 1)
    assert "countries/ec/index.md" not in found
    assert "countries/index.md" not in found
    everyone = Chronicle(True, (step(date(2021, 1, 1), *base.records["country"]),))
    assert days_of(base, CHANGED, everyone)["countries/index.md"] == date(2021, 1, 1)
    assert "countries/cl/index.md" not in days_of(base, {}, everyone)  # edited, and not committed


def test_a_listing_changes_when_a_record_leaves_it() -> None:
    text = base_files()
    tomb = "sources: []\nrecords:\n  programme/gone: {name: Gone, retired: 2023-05, because: A double.}\n"
    found = days_of(catalogue_of({**text, "retired.yml": tomb}), CHANGED, Chronicle())
    assert found["programmes/index.md"] == date(2023, 5, 31)


def test_the_day_stands_in_the_front_matter_of_the_page_alone(base: Catalogue) -> None:
    site = Site(changed=CHANGED)
    pages: Mapping[str, str] = dict(each_page(base, derive(base, TODAY), site, words_of("en")))
    dated = {path for path, page in pages.items() if page.startswith('---\nchanged: "')}
    assert dated == {path for path in days_of(base, CHANGED, Chronicle()) if path in pages}
    assert pages["programmes/cohesion/index.md"].startswith('---\nchanged: "2022-03-04"\n')


def test_the_site_map_tells_the_days_that_pages_have(built: BuiltSite) -> None:
    """None is the day of the build, and former addresses are not named."""
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    for each in ElementTree.parse(built.site / "sitemap.xml").iterfind("s:url", space):
        address = each.findtext("s:loc", "", space).removeprefix(SITE_URL)
        text = (built.docs / address / "index.md").read_text(encoding="utf-8")
        day = each.findtext("s:lastmod", None, space)
        assert (f'\nchanged: "{day}"\n' in text) == (day is not None), address
        assert ("\nchanged:" in text.partition("\n---\n")[0]) == (day is not None), address


def test_a_build_without_history_is_whole(base: Catalogue) -> None:
    """The same pages and the same files, but for what only the history tells."""
    text = base_files()
    told = Chronicle(True, (step(date(2022, 5, 6), "CL"),))
    plain, dated = build(text, TODAY).tree, build(text, TODAY, changed=CHANGED, told=lambda _: told).tree
    assert plain.keys() == dated.keys()
    assert plain["feeds/countries/cl.atom"] != dated["feeds/countries/cl.atom"]
    assert edit(str(plain["follow/index.md"]), ("built without the history", "x"))
    assert "built without the history" not in str(dated["follow/index.md"])
