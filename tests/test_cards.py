"""Share cards: what they say, that nothing overflows, and that every page names one that is there."""

from __future__ import annotations

import struct
import zlib
from itertools import accumulate
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from conftest import TODAY, base_files, tree_of
from site_fixture import BELOW, SITE_URL, BuiltSite

from generator.cards import make_cards, png_of
from generator.charts.card import EDGE, HEIGHT, WIDTH, Card, card_svg, title_lines
from generator.kinds import KINDS
from generator.render.cards import COMPARABLE

HOSTILE = '</text><script>alert("1")</script>\'"><image href=x> & ]]>'
LONGEST = "Internationale Gesellschaft " * 12


def texts(svg: str) -> list[str]:
    """The texts of a drawing, which must be well-formed."""
    root = ElementTree.fromstring(svg)
    assert {each.tag.rpartition("}")[2] for each in root.iter()} <= {"svg", "g", "rect", "text", "circle", "path"}
    return ["".join(each.itertext()) for each in root.iter() if each.tag.endswith("text")]


def rows(png: bytes) -> list[bytes]:
    """The pixels of a PNG, row by row, four bytes each."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, depth, colours = struct.unpack(">IIBB", png[16:26])
    assert (width, height, depth, colours) == (WIDTH, HEIGHT, 8, 6)
    start = png.index(b"IDAT") + 4
    (size,) = struct.unpack(">I", png[start - 8 : start - 4])
    raw, length, made = zlib.decompress(png[start : start + size]), width * 4, []
    for number in range(height):
        sort, line = raw[number * (length + 1)], raw[number * (length + 1) + 1 : (number + 1) * (length + 1)]
        assert sort == 1, "each byte is the difference from the pixel to its left"
        row = bytearray(length)
        for channel in range(4):
            row[channel::4] = bytes(value % 256 for value in accumulate(line[channel::4]))
        made.append(bytes(row))
    return made


def test_whatever_a_name_holds_is_text() -> None:
    shown = texts(card_svg(Card(HOSTILE, HOSTILE, HOSTILE, "full", HOSTILE)))
    joined = "".join("".join(shown).split())
    assert "".join(HOSTILE.split()) in joined


@pytest.mark.parametrize(
    ("title", "size", "count"),
    [("Peru", 84, 1), ("EU–Mexico Interim Trade Agreement", 84, 2), (LONGEST, 60, 4), ("W" * 300, 60, 1)],
)  # fmt: skip
def test_a_title_gets_the_size_at_which_it_fits(title: str, size: int, count: int) -> None:
    found, lines = title_lines(title)
    assert (found, len(lines)) == (size, count)
    assert lines[-1].endswith("…") == (size == 60)


@pytest.mark.parametrize(
    "title", [LONGEST, "W" * 300, "MMMMMM WWWWWW " * 20, "ILLIWA FLEGT INFYDE DANTE HAMBURG BNDES " * 9]
)
def test_no_ink_reaches_the_edges(title: str) -> None:
    """Measured on the pixels: right of the text there is paper, and the title ends above the status."""
    drawn = rows(png_of(card_svg(Card(title, "W" * 90, "W" * 90, "unknown", "W" * 90))))
    for number in range(20, 525):
        assert len({drawn[number][at : at + 4] for at in range((WIDTH - EDGE + 6) * 4, WIDTH * 4, 4)}) == 1, number
    for number in range(432, 446):
        assert len({drawn[number][at : at + 4] for at in range(0, WIDTH * 4, 4)}) == 1, number


def test_a_picture_is_drawn_with_our_fonts() -> None:
    """Another family gives other pixels; were the fonts not found, both would fall back to the same."""
    svg = card_svg(Card("Cooperation", "Site"))
    assert png_of(svg) != png_of(svg.replace("Catalogue Serif", "No Such Family"))
    assert png_of(svg) == png_of(svg)


def test_a_card_says_name_kind_status_and_day() -> None:
    tree = tree_of(base_files())
    shown = texts(tree["assets/cards/agreements/eu-andean.svg"])
    assert "Trade agreement" in shown
    assert any(text.replace("\u00a0", " ").endswith(f"as of {TODAY:%-d} {TODAY:%B} {TODAY:%Y}") for text in shown)


def test_every_record_of_the_six_kinds_and_every_section_has_a_card(built: BuiltSite) -> None:
    for kind in (kind for kind in KINDS if kind.name != "page"):
        assert f"assets/cards/{kind.section}.svg" in built.tree
        if kind.name not in COMPARABLE:
            continue
        for record in built.catalogue.of(kind.name):
            svg = built.tree[f"assets/cards/{kind.page(record.id).removesuffix('.md')}.svg"]
            title = " ".join(texts(svg)[1:-1])
            assert record.title in title, record.id


def test_every_page_has_its_title_words_and_picture_for_sharing(built: BuiltSite) -> None:
    own = 0
    for name, page in built.pages().items():
        head = next(page.all("head"))
        said = {e.attributes.get("property", e.attributes.get("name", "")): e.attributes.get("content", "")
                for e in head.all("meta")}  # fmt: skip
        assert said["og:title"] in next(page.all("title")).text, name
        assert said["og:description"] == said["description"], name
        assert said["og:site_name"], name
        assert said["og:locale"] == "en_GB", name
        assert said["og:type"] in ("article", "website"), name
        assert said["twitter:card"] == "summary_large_image", name
        assert said["og:image"].startswith(SITE_URL), name
        picture = built.site / urlsplit(said["og:image"]).path.removeprefix(BELOW)
        assert picture.read_bytes()[16:24] == struct.pack(">II", WIDTH, HEIGHT), name
        own += picture == built.site / "assets/cards" / f"{name.removesuffix('/index.html')}.png"
        if name != "404.html":
            assert said["og:url"] == SITE_URL + name.removesuffix("index.html"), name
    assert own > 200
    assert not list(built.site.rglob("cards/**/*.svg"))


def test_a_card_that_did_not_change_is_not_drawn_again(tmp_path: Path) -> None:
    def site(title: str) -> Path:
        folder = tmp_path / "site"
        (folder / "assets" / "cards").mkdir(parents=True, exist_ok=True)
        (folder / "assets" / "cards" / "a.svg").write_text(card_svg(Card(title, "Site")))
        return folder

    cache = tmp_path / "cache"
    assert make_cards(site("One"), cache) == 1
    first = (tmp_path / "site/assets/cards/a.png").read_bytes()
    assert make_cards(site("One"), cache) == 0
    assert (tmp_path / "site/assets/cards/a.png").read_bytes() == first
    assert make_cards(site("Two"), cache) == 1
    assert (tmp_path / "site/assets/cards/a.png").read_bytes() != first
    assert not (tmp_path / "site/assets/cards/a.svg").exists()


@pytest.mark.parametrize("size", [48, 180])
def test_the_icons_of_pixels_have_their_size(built: BuiltSite, size: int) -> None:
    icon = (built.site / f"assets/icon-{size}.png").read_bytes()
    assert icon[16:24] == struct.pack(">II", size, size)
