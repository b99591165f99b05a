"""Cards for other sites: what they say is what the record's page says; they need no script and no other host."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from browser_fixture import axe
from conftest import base_files, whole_tree_of
from playwright.sync_api import Browser
from site_fixture import CONFIG, SITE_URL, BuiltSite, Element, page_at, parse

from generator.charts.embed import EDGE, HEIGHT, WIDTH, Embed, embed_svg, lines_of
from generator.kinds import KINDS
from generator.render.place import PagePlace
from generator.site import site_of

HOSTILE = '</text></title><script>alert("1")</script>\'"><img src=x onerror=alert(2)> & ]]> <b>x</b>'
RICH = "agreements/cariforum-eu-epa/"


def places(built: BuiltSite) -> Iterator[str]:
    """The address of each record."""
    for kind in KINDS:
        if kind.name != "page":
            yield from (PagePlace(path).address for path in built.paths(kind).values())


def words(text: str) -> str:
    return " ".join(text.split())


def card(built: BuiltSite, place: str) -> Element:
    return page_at(built.site / place / "card.html")


def facts_of(card: Element) -> str:
    return next(e for e in card.all("p") if e.attributes.get("class") == "facts").text


def texts(svg: str) -> list[str]:
    """The texts of a drawing, which must be well-formed and load nothing."""
    root = ElementTree.fromstring(svg)
    tags = {each.tag.rpartition("}")[2] for each in root.iter()}
    assert tags <= {"svg", "title", "desc", "style", "rect", "a", "g", "text", "circle", "path"}
    assert "url(" not in svg
    assert "@import" not in svg
    return ["".join(each.itertext()) for each in root.iter() if each.tag.endswith("text")]


# -- every record


def test_every_record_has_its_cards_and_they_say_what_its_page_says(built: BuiltSite) -> None:
    for place in places(built):
        page = built.page(place)
        shown = card(built, place)
        title = next(page.all("h1")).text
        assert next(shown.all("h1")).text == title, place
        said = next((e for e in page.all("p") if e.attributes.get("class") == "says__s"), None)
        if said is not None:
            sentence = re.sub(r"(?: ?source \[\d+\])+", "", said.text).replace(" .", ".")
            assert words(next(e for e in shown.all("p") if e.attributes.get("class") == "says").text).startswith(
                words(sentence)
            ), place
            unsure = next(e for e in page.all("span") if "data-asof-unsure" in e.attributes)
            doubts = facts_of(shown).split(" · ")[2:-1]
            assert ("not verified" in doubts) == ("hidden" not in unsure.attributes), place
        elif place.startswith("figures/"):
            lead = next((e.text for e in page.all("p") if e.attributes.get("class") == "lead"), "")
            for doubt in ("not verified", "disputed"):
                assert (doubt in facts_of(shown)) == (doubt in lead), (place, lead)
        sources = [e for e in page.all("ol") if "ev" in e.attributes.get("class", "").split()]
        count = sum(len(e.elements) for e in sources)
        facts = facts_of(shown)
        assert facts.startswith("As of 23 November 2026 · "), place
        assert f" · {count} source{'' if count == 1 else 's'} · " in facts, (place, facts, count)


def test_a_picture_says_what_the_page_of_the_card_says(built: BuiltSite) -> None:
    for place in places(built):
        svg = (built.site / place / "card.svg").read_text(encoding="utf-8")
        drawn, root = texts(svg), ElementTree.fromstring(svg)
        shown = card(built, place)
        assert root[0].text is not None
        assert words(root[0].text) == next(shown.all("h1")).text, place
        told = words(f"{root[0].text} {root[1].text}")
        for each in shown.all("p"):
            assert words(each.text).removesuffix(".") in told, (place, each.text)
        assert words(drawn[-2]).startswith("As of 23 November 2026 · "), place
        assert f'<a href="{SITE_URL}{place}" target="_top">' in svg, place


def test_a_card_names_its_record_as_the_place_to_find_and_is_no_page_of_the_site(built: BuiltSite) -> None:
    sitemap = (built.site / "sitemap.xml").read_text(encoding="utf-8")
    assert "card" not in sitemap
    for place in places(built):
        page = card(built, place)
        links = {e.attributes["rel"]: e.attributes["href"] for e in page.all("link")}
        assert links["canonical"] == SITE_URL + place
        assert next(page.all("h1")).elements[0].attributes["href"] == "./"
        assert not [e for e in page.all() if any(key.startswith("data-pagefind") for key in e.attributes)]
        assert next(page.all("html")).attributes["lang"] == "en"
        assert next(page.all("title")).text


def test_a_card_runs_nothing_and_loads_only_its_style(built: BuiltSite) -> None:
    for place in places(built):
        for element in card(built, place).all():
            assert element.tag not in ("script", "style", "img", "iframe", "object", "form")
            assert not [key for key in element.attributes if key == "style" or key.startswith("on")]
        policy = next(e for e in card(built, place).all("meta") if "http-equiv" in e.attributes)
        assert policy.attributes["content"].startswith("default-src 'none'; style-src 'self'")


def test_a_record_tells_of_its_card_to_those_who_ask_and_to_people(built: BuiltSite) -> None:
    for place in places(built):
        page = built.page(place)
        told = [e.attributes["href"] for e in page.all("link") if e.attributes.get("type") == "application/json+oembed"]
        assert told == [f"{SITE_URL}{place}oembed.json"], place
        answer = json.loads((built.site / place / "oembed.json").read_text(encoding="utf-8"))
        code = next(e for e in page.all("code") if e.attributes.get("id") == "embed")
        assert words(code.text) == words(answer["html"]), place


def test_no_other_page_tells_of_a_card(built: BuiltSite) -> None:
    told = {
        name.removesuffix("index.html")
        for name, page in built.pages().items()
        if any(e.attributes.get("type") == "application/json+oembed" for e in page.all("link"))
    }
    assert told == set(places(built))


def test_the_answer_has_what_oembed_asks_of_rich_content(built: BuiltSite) -> None:
    """oEmbed 1.0, 2.3.4.4: html, width and height are required; a thumbnail comes with its size."""
    for place in places(built):
        answer = json.loads((built.site / place / "oembed.json").read_text(encoding="utf-8"))
        assert (answer["version"], answer["type"]) == ("1.0", "rich")
        assert {type(answer[key]) for key in ("width", "height", "thumbnail_width", "thumbnail_height")} == {int}
        frame = next(parse(answer["html"]).all("iframe")).attributes
        assert frame["src"] == f"{SITE_URL}{place}card.html"
        assert frame["title"] == words(answer["title"])
        assert answer["provider_name"] == site_of(CONFIG).name
        picture = answer["thumbnail_url"].removeprefix(SITE_URL)
        assert (built.site / picture).is_file(), picture


# -- whatever a name holds


def test_hostile_names_stay_text_in_every_card() -> None:
    record = f"id: hostile\nname: {json.dumps(HOSTILE)}\nsummary: {json.dumps('A plain sentence & more.')}\n"
    tree = whole_tree_of({**base_files(), "programmes/hostile.yml": record})
    page = parse(str(tree["programmes/hostile/card.html"]))
    assert next(page.all("h1")).text == words(HOSTILE)
    assert not list(page.all("script", "img", "b"))
    drawn = "".join("".join(texts(str(tree["programmes/hostile/card.svg"]))).split())
    assert "<script>alert" in drawn
    answer = json.loads(str(tree["programmes/hostile/oembed.json"]))
    (frame,) = parse(answer["html"]).elements
    assert (frame.tag, frame.attributes["title"]) == ("iframe", HOSTILE)


@pytest.mark.parametrize(
    "text", ["W" * 300, "Internationale Gesellschaft " * 20, "x", "中" * 90], ids=["W", "long", "x", "wide"]
)
def test_no_line_is_wider_than_the_card_and_none_too_many(text: str, chromium: Browser) -> None:
    assert len(lines_of(text, 20, 3)) <= 3
    context = chromium.new_context()
    page = context.new_page()
    page.set_content(embed_svg(Embed(text, text, text, text, text, "https://c.example/", "full")))
    for box in page.evaluate("[...document.querySelectorAll('text')].map(e => {const b = e.getBBox(); "
                             "return [b.x, b.y, b.x + b.width, b.y + b.height]})"):  # fmt: skip
        assert box[0] >= EDGE - 1
        assert box[2] <= WIDTH - 4
        assert box[1] >= 0
        assert box[3] <= HEIGHT
    tops = page.evaluate("[...document.querySelectorAll('text')].map(e => +e.getAttribute('y'))")
    assert tops == sorted(tops)
    assert min(below - above for above, below in pairwise(tops)) >= 15
    context.close()


# -- in a browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 600])
def test_a_card_in_a_frame_passes_axe_and_asks_no_other_host(
    chromium: Browser, served: str, scheme: str, width: int
) -> None:
    context = chromium.new_context(color_scheme=scheme, java_script_enabled=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 280})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for place in (RICH, "figures/car-11edf/", "organisations/dg-regio/", "programmes/bella/"):
        page.goto(f"{served}{place}card.html")
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert all(url.startswith(served) for url in asked)
    assert {url.rpartition(".")[2] for url in asked} <= {"html", "css", "ico"}
    context.close()
