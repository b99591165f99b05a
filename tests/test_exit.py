"""The exit stays open: Zensical, MkDocs' successor, builds the same folder, and nothing is lost."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from site_fixture import BuiltSite

ROOT = Path(__file__).parent.parent


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("zensical_build", ROOT / "scripts" / "zensical_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_zensical_gives_every_page_with_the_same_words_links_and_ids(built: BuiltSite, tmp_path: Path) -> None:
    zensical = script()
    zensical.build_with_zensical(ROOT, built.docs, tmp_path / "zensical")
    assert zensical.differences(built.site, tmp_path / "zensical") == []


def test_a_lost_page_and_a_lost_link_are_told(tmp_path: Path) -> None:
    zensical = script()
    for name, pages in (("ours", ("a", "b")), ("theirs", ("a",))):
        for page in pages:
            (tmp_path / name / page).mkdir(parents=True)
            link = '<a href="x">x</a>' if name == "ours" else "x"
            text = f"<article><p>{link}</p></article>"
            (tmp_path / name / page / "index.html").write_text(text, encoding="utf-8")
    told = zensical.differences(tmp_path / "ours", tmp_path / "theirs")
    assert told == ["a/index.html: its links differ", "b/index.html: is missing"]
