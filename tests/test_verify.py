"""`make verify` reads its tools' reports rightly, and its tools come by versions and hashes alone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from site_fixture import ROOT, BuiltSite

from scripts import verify
from scripts.host import serving

LOCK = ROOT / "tests" / "verify" / "package-lock.json"


def test_the_lock_has_exact_versions_and_hashes_and_no_address() -> None:
    text = LOCK.read_text(encoding="utf-8")
    assert re.findall(r"https?://|resolved", text) == []
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert {"node_modules/vnu-jar", "node_modules/lighthouse"} <= set(packages)
    assert [name for name, entry in packages.items() if not entry.get("version") or not entry.get("integrity")] == []


def test_what_we_ask_for_is_what_the_lock_gives() -> None:
    asked = json.loads((LOCK.parent / "package.json").read_text(encoding="utf-8"))["dependencies"]
    given = json.loads(LOCK.read_text(encoding="utf-8"))["packages"]
    assert {name: given[f"node_modules/{name}"]["version"] for name in asked} == asked


def test_a_fault_of_html_is_told_once_with_the_number_of_its_places() -> None:
    def message(page: str, line: int, what: str) -> dict[str, Any]:
        return {"type": "error", "url": f"file:/made/site/{page}", "lastLine": line, "message": what}

    told = verify.told_by_nu(
        [message("a/index.html", 4, "Bad b."), message("index.html", 7, "Bad a."), message("z.html", 9, "Bad b.")],
        Path("/made/site"),
    )
    assert told == ["index.html:7: Bad a. (1 places)", "a/index.html:4: Bad b. (2 places)"]


def report(**scores: float | None) -> dict[str, Any]:
    """A report of Lighthouse in which one audit decides each category."""
    return {
        "categories": {
            name: {"score": score, "auditRefs": [{"id": f"{name}-audit", "weight": 1}]}
            for name, score in scores.items()
        },
        "audits": {f"{name}-audit": {"id": f"{name}-audit", "title": "T", "score": s} for name, s in scores.items()},
    }


def test_only_categories_that_are_judged_and_short_of_100_are_told() -> None:
    good = {"accessibility": 1.0, "best-practices": 1.0, "seo": 1.0}
    assert verify.told_by_lighthouse(report(**good, performance=0.4)) == []
    short = report(**{**good, "seo": 0.91}, performance=0.4)
    assert verify.told_by_lighthouse(short) == ["seo 91: seo-audit: T"]
    untold = report(**{**good, "seo": None}, performance=0.4)
    assert verify.told_by_lighthouse(untold) == ["seo None"]


def test_the_pages_that_are_judged_are_there(built: BuiltSite) -> None:
    pages = verify.pages_to_judge(built.site)
    assert set(pages) == {"home", "listing", "agreement", "country"}
    assert [page for page in pages.values() if not (built.site / page / "index.html").is_file()] == []


def test_the_site_is_served_compressed(built: BuiltSite) -> None:
    with (
        serving(built.site) as address,
        urlopen(Request(address + "agreements/", headers={"Accept-Encoding": "gzip"})) as answer,
    ):
        assert answer.headers["Content-Encoding"] == "gzip"


def test_no_page_keeps_what_the_theme_writes_for_parts_that_we_do_not_have(built: BuiltSite) -> None:
    kept = [name for name, page in built.pages().items()
            if any("md-" in each.attributes.get("class", "") for each in page.all("input", "label", "a"))]  # fmt: skip
    assert kept == []
