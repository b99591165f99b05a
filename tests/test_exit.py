"""The exit stays open: Zensical, MkDocs' successor, builds the same folder, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from site_fixture import ROOT, BuiltSite

from scripts.zensical_build import LISTED, build_with_zensical, differences

PAGE = (
    '<html lang="en"><head><title>T</title><meta name="description" content="D"><link rel="stylesheet" href="x.css">'
    '<script src="../s.js"></script></head><body><h1 id="h">H</h1><p>Some words <a href="../b/">b</a>'
    '<img src="i.png"></p></body></html>'
)


def test_zensical_gives_the_same_site(built: BuiltSite, tmp_path: Path) -> None:
    build_with_zensical(ROOT, built.docs, tmp_path / "zensical")
    assert differences(built.site, tmp_path / "zensical") == []


def told(folder: Path, ours: dict[str, str], theirs: dict[str, str]) -> list[str]:
    for name, files in (("ours", ours), ("theirs", theirs)):
        for path, text in files.items():
            (folder / name / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / name / path).write_text(text, encoding="utf-8")
    return differences(folder / "ours", folder / "theirs")


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("title", "<title>T", "<title>U"),
        ("language", 'lang="en"', 'lang="es"'),
        ("head", 'content="D"', 'content="E"'),
        ("headings", "h1>", "h2>"),
        ("links", "../b/", "../c/"),
        ("ids", ' id="h"', ""),
        ("pictures", "i.png", "j.png"),
        ("scripts", "s.js", "t.js"),
        ("words", "Some words", "Other words"),
    ],
)
def test_whatever_a_page_loses_is_told(tmp_path: Path, part: str, old: str, new: str) -> None:
    other = PAGE.replace("<h1", "<h2").replace("</h1", "</h2") if part == "headings" else PAGE.replace(old, new)
    assert told(tmp_path, {"a/index.html": PAGE}, {"a/index.html": other}) == [f"a/index.html: {part} differ"]


def test_addresses_that_lead_to_the_same_place_are_the_same(tmp_path: Path) -> None:
    other = PAGE.replace("../b/", "./../b/").replace("x.css", "y.css").replace("Some words", "Some\n  words")
    assert told(tmp_path, {"a/index.html": PAGE}, {"a/index.html": other}) == []


def test_files_that_are_lost_or_new_or_not_the_same_are_told(tmp_path: Path) -> None:
    ours = {"a/index.html": PAGE, "a.csv": "1", "b.csv": "1", "sitemap.xml": "<a><loc>x</loc></a>"}
    theirs = {"c.csv": "1", "b.csv": "2", "sitemap.xml": "<b><loc>y</loc></b>"}
    assert told(tmp_path, ours, theirs) == [
        "a.csv: is missing",
        "a/index.html: is missing",
        "c.csv: is there in addition",
        "b.csv: bytes differ",
        "sitemap.xml: addresses differ",
    ]


def test_what_may_differ_is_little_and_has_its_reason(tmp_path: Path) -> None:
    assert told(tmp_path, {f"{name}x": "1" for name in LISTED}, {}) == []
    assert len(LISTED) < 8
    assert all(LISTED.values())
