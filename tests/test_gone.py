"""Addresses never die: a former id leads to its record, a retired record leaves a tombstone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from browser_fixture import OF_COLOUR, axe, too_wide
from conftest import TODAY, base_files, tree_of, whole_tree_of
from playwright.sync_api import Page
from site_fixture import CONFIG, Element, build_site, page_at

from generator.build import build
from generator.site import site_of
from generator.verification.addresses import addresses_of, dead
from generator.verification.output import read_output
from scripts.host import serving

FILES = {
    **base_files(),
    "programmes/new.yml": "id: new\naliases: [old, older]\nname: New & *bold*\nsummary: Text.\n",
    "pages/about/x.md": "---\naliases: [about/w, w]\ntitle: X\ndescription: Text.\n---\n\nText.\n",
    "groups.yml": base_files()["groups.yml"].replace("  CAN:\n", "  CAN:\n    aliases: [ANDEAN]\n"),
    "retired.yml": """sources:
  - {id: s1, title: A notice, publisher: European Commission, url: 'https://example.org/notice'}
records:
  programme/gone:
    aliases: [long-gone]
    name: Gone & *away*
    retired: 2026-11-24
    because: It was recorded *twice*.
    successor: dialogue/summits
    evidence: {because: [s1]}
  page/about/y: {name: A page, retired: 2026-11, because: It said nothing.}
""",
}
REDIRECTS = {
    "programmes/old": "programmes/new/",
    "programmes/older": "programmes/new/",
    "groups/andean": "groups/can/",
    "about/w": "about/x/",
    "w": "about/x/",
}
TOMBSTONES = {"programmes/gone", "programmes/long-gone", "about/y"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, site_address: str) -> Path:
    built = build(FILES, TODAY, site_of(CONFIG))
    assert not built.problems, built.problems
    return build_site(built.tree, tmp_path_factory.mktemp("gone"), search=False)


def head(page: Element, tag: str, **wanted: str) -> Element | None:
    """The first element of a page with these attributes."""
    return next(
        (e for e in page.all(tag) if all(e.attributes.get(k.replace("_", "-")) == v for k, v in wanted.items())), None
    )


@pytest.mark.parametrize("address", sorted({*REDIRECTS, *TOMBSTONES}))
def test_no_link_of_theirs_leads_nowhere(site: Path, address: str) -> None:
    """The frame of this small site leads to pages that only the real content has."""
    links = [a.attributes["href"] for article in page_at(site / address / "index.html").all("article")
             for a in article.all("a")]  # fmt: skip
    inside = [link.partition("#")[0] for link in links if ":" not in link]
    assert inside
    wanted = [(site / address / link / "index.html").resolve() for link in inside]
    assert [path for path in wanted if not path.is_file() and path.parent.parent != site / "about"] == []


@pytest.mark.parametrize("address", REDIRECTS)
def test_a_former_address_leads_to_the_record(site: Path, site_address: str, address: str) -> None:
    page = page_at(site / address / "index.html")
    refresh, canonical = head(page, "meta", http_equiv="refresh"), head(page, "link", rel="canonical")
    up = "../" * (address.count("/") + 1)
    assert refresh
    assert refresh.attributes["content"] == f"0; url={up}{REDIRECTS[address]}"
    assert canonical
    assert canonical.attributes["href"] == f"{site_address}{REDIRECTS[address]}"
    main = next(page.all("article"))
    assert f"{up}{REDIRECTS[address]}" in [a.attributes["href"] for a in main.all("a")]


def test_a_tombstone_says_what_it_was_and_why_it_went(site: Path) -> None:
    page = page_at(site / "programmes" / "gone" / "index.html")
    main = next(page.all("article"))
    for words in ("Retired record", "Gone & *away*", "24 November 2026", "It was recorded twice.", "A notice"):
        assert words in main.text
    assert "../../dialogues/summits/" in [a.attributes["href"] for a in main.all("a")]
    assert head(page, "meta", http_equiv="refresh") is None


@pytest.mark.parametrize("address", sorted({*REDIRECTS, *TOMBSTONES}))
def test_former_addresses_are_not_for_search_engines(site: Path, site_address: str, address: str) -> None:
    page = page_at(site / address / "index.html")
    assert head(page, "meta", name="robots", content="noindex")
    assert "data-pagefind-body" not in next(page.all("article")).attributes
    assert f"{site_address}{address}/" not in (site / "sitemap.xml").read_text(encoding="utf-8")


def test_records_that_are_there_are_for_search_engines(site: Path, site_address: str) -> None:
    page = page_at(site / "programmes" / "new" / "index.html")
    assert head(page, "meta", name="robots") is None
    assert f"{site_address}programmes/new/" in (site / "sitemap.xml").read_text(encoding="utf-8")


def test_neither_is_listed_as_a_record(site: Path) -> None:
    for page in ("programmes/index.html", "index.html", "statistics/index.html", "state/index.html"):
        assert "Gone" not in page_at(site / page).text


def test_programs_can_follow_too() -> None:
    data = json.loads(tree_of(FILES)["assets/data/former.json"])
    assert data["redirects"] == {f"{old}/": new for old, new in REDIRECTS.items()}
    assert [one["addresses"] for one in data["retired"]] == [
        ["about/y/"], ["programmes/gone/", "programmes/long-gone/"]
    ]  # fmt: skip
    assert data["retired"][1] | {"addresses": []} == {
        "addresses": [],
        "kind": "programme",
        "id": "gone",
        "name": "Gone & *away*",
        "retired": "2026-11-24",
        "because": "It was recorded *twice*.",
        "successor": "dialogues/summits/",
    }


BESIDE = ("card.html", "card.svg", "cite.bib", "cite.json", "cite.ris", "index.md.txt", "oembed.json")


def test_what_stood_beside_a_former_page_stands_there_too() -> None:
    """Programs, citation managers and frames on other sites keep those addresses, and no file can lead them on."""
    tree = whole_tree_of(FILES)
    for name in BESIDE:
        for old in ("old", "older"):
            assert tree[f"programmes/{old}/{name}"] == tree[f"programmes/new/{name}"], name
    assert "programmes/old/asof.json" not in tree
    assert tree["w/index.md.txt"] == tree["about/x/index.md.txt"]


def test_a_card_of_a_retired_record_says_what_became_of_it() -> None:
    tree = whole_tree_of(FILES)
    for address in ("programmes/gone/", "programmes/long-gone/"):
        for name in ("card.html", "card.svg"):
            for words in ("Retired record", "Gone &amp; *away*", "It was recorded twice.", "24 November 2026"):
                assert words in str(tree[address + name]).replace("\xa0", " "), (name, words)
        assert json.loads(tree[f"{address}oembed.json"])["title"] == "Gone & *away*"
    assert "about/y/card.html" not in tree


def test_no_published_address_dies_with_a_rename_or_a_retirement(site: Path) -> None:
    """All that stands beside, and below, a record that has the id of another now is still answered."""
    output = read_output(site)
    once = {address.replace("/programmes/new/", f"/programmes/{id}/") for id in ("old", "older", "gone", "long-gone")
            for address in addresses_of(output)}  # fmt: skip
    assert {"/programmes/gone/cite.bib", "/programmes/gone/card.svg", "/programmes/old/cite.ris"} <= once
    assert [str(flaw) for flaw in dead(output, frozenset(once))] == []


def test_two_builds_are_equal() -> None:
    turned = dict(reversed(FILES.items()))
    assert dict(whole_tree_of(FILES)) == dict(whole_tree_of(turned))


def test_without_former_ids_nothing_is_added() -> None:
    assert json.loads(tree_of(base_files())["assets/data/former.json"]) == {"redirects": {}, "retired": []}


# -- in a browser


REFRESH = re.compile(rb'<meta http-equiv="refresh"[^>]*>')


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", ["programmes/old/", "programmes/gone/"])
def test_who_stays_on_the_page_can_read_it(site: Path, fresh: Page, address: str, width: int) -> None:
    """A page that leads on is held, as readers hold it who have switched that off."""
    fresh.set_viewport_size({"width": width, "height": 800})
    with serving(site) as host:
        fresh.route(host + address, lambda route: route.fulfill(
            body=REFRESH.sub(b"", (site / address / "index.html").read_bytes()), content_type="text/html"))  # fmt: skip
        fresh.goto(host + address)
        assert fresh.url == host + address
        assert (axe(fresh), too_wide(fresh)) == ([], [])
        fresh.emulate_media(color_scheme="dark")
        assert axe(fresh, {"runOnly": list(OF_COLOUR)}) == []


def test_a_former_address_ends_at_the_record(site: Path, fresh: Page) -> None:
    with serving(site) as host:
        fresh.goto(host + "programmes/old/")
        fresh.wait_for_url(host + "programmes/new/")
        assert fresh.locator("h1").inner_text() == "New & *bold*"
