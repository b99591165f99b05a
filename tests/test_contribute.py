"""The pages on contributing: their pictures are there, fit, and show what still is so; their commands exist."""

from __future__ import annotations

import re

import pytest
from site_fixture import ROOT, BuiltSite

from generator.commands import COMMANDS
from scripts.screenshots import FOLDER, HEIGHT, PICTURES, SHARP, WIDTH, OfPage, OfTerminal, said

PAGES = [ROOT / "content" / "pages" / "about" / name for name in ("contribute.md", "on-your-computer.md")]
TEXTS = {page.name: page.read_text(encoding="utf-8") for page in PAGES} | {
    "CONTRIBUTING.md": (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
}
SHOWN = [found for text in TEXTS.values() for found in re.findall(r"!\[([^\]]*)\]\(([^)]*)\)", text)]


def test_the_script_takes_the_pictures_that_the_pages_show() -> None:
    names = {picture.name for picture in PICTURES}
    assert len(names) == len(PICTURES)
    assert {source for _, source in SHOWN} == {f"../assets/contribute/{name}.webp" for name in names}
    assert {path.name for path in FOLDER.iterdir()} == {f"{name}.webp" for name in names}


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_picture_is_small_and_of_the_size_that_the_style_sheet_keeps_free(picture: OfPage | OfTerminal) -> None:
    data = (FOLDER / f"{picture.name}.webp").read_bytes()
    assert len(data) <= 60_000
    assert (data[:4], data[8:16]) == (b"RIFF", b"WEBPVP8X")
    size = int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    assert size == (WIDTH * SHARP, HEIGHT * SHARP) == (1200, 900)
    assert "aspect-ratio:4/3" in (ROOT / "overrides" / "assets" / "catalogue.css").read_text(encoding="utf-8")


def test_every_picture_is_told_to_those_who_do_not_see_it() -> None:
    assert all(len(alt) > 60 and alt.endswith(".") for alt, _ in SHOWN)
    assert len({alt for alt, _ in SHOWN}) == len(SHOWN)


@pytest.mark.parametrize("picture", [p for p in PICTURES if isinstance(p, OfPage)], ids=lambda picture: picture.name)
def test_a_page_still_says_what_its_picture_shows(picture: OfPage, built: BuiltSite) -> None:
    """Where this fails, the picture is older than what it shows: `make screenshots`."""
    text = built.page(picture.address).text
    assert [words for words in picture.says if words not in text] == []


@pytest.mark.parametrize(
    "picture", [p for p in PICTURES if isinstance(p, OfTerminal)], ids=lambda picture: picture.name
)
def test_a_command_still_says_what_its_picture_shows(picture: OfTerminal) -> None:
    """Where this fails, the picture is older than what it shows: `make screenshots`."""
    text = " ".join("".join(answer for _, answer in said(picture)).split())
    assert [words for words in picture.says if words not in text] == []


@pytest.mark.parametrize("name", TEXTS)
def test_every_command_that_a_page_names_exists(name: str) -> None:
    named = set(re.findall(r"(?:`|/|^)catalogue ([a-z]+)", TEXTS[name], re.MULTILINE))
    assert named or name == "contribute.md"
    assert named <= set(COMMANDS)


@pytest.mark.parametrize("name", TEXTS)
def test_every_make_target_that_a_page_names_exists(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`make ([a-z]+)", TEXTS[name]):
        assert f"\n{target}:" in makefile, target
