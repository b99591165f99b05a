"""Builds the same folder of Markdown with Zensical, MkDocs' successor, and compares what a reader gets.

The exit must stay open: MkDocs 1.x and Material are no longer developed. Zensical ignores `strict`,
`validation` and hooks; here every page of the MkDocs build must be there, with the same text, links and ids
in its article. Run `make site` first.

Usage: python scripts/zensical_build.py [--docs build/docs] [--site site]
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path

VOID = frozenset({"area", "br", "hr", "img", "input", "link", "meta", "source", "wbr"})


class Article(HTMLParser):
    """The words, links and ids inside a page's article."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.words: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "article" or self.depth:
            self.depth += tag not in VOID
            found = dict(attrs)
            if found.get("href"):
                self.links.append(str(found["href"]))
            if found.get("id"):
                self.ids.append(str(found["id"]))

    def handle_endtag(self, tag: str) -> None:
        if self.depth and tag not in VOID:
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.words += data.split()


def article_of(path: Path) -> Article:
    """What stands in the article of a built page."""
    found = Article()
    found.feed(path.read_text(encoding="utf-8"))
    return found


def differences(expected: Path, other: Path) -> list[str]:
    """Where the other engine's pages differ in words, links or ids."""
    told = []
    for path in sorted(expected.rglob("index.html")):
        name = path.relative_to(expected)
        if not (other / name).is_file():
            told.append(f"{name}: is missing")
            continue
        ours, theirs = article_of(path), article_of(other / name)
        for what in ("words", "links", "ids"):
            if _joined(getattr(ours, what)) != _joined(getattr(theirs, what)):
                told.append(f"{name}: its {what} differ")
    return told


def _joined(pieces: list[str]) -> str:
    """Without blanks: highlighting code parts words that a reader sees as one."""
    return "".join("".join(piece.split()) for piece in pieces)


def build_with_zensical(root: Path, docs: Path, target: Path) -> None:
    """Build `docs` with the settings and overrides of `root` into `target`."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        shutil.copy(root / "mkdocs.yml", place / "mkdocs.yml")
        shutil.copytree(root / "overrides", place / "overrides")
        shutil.copytree(docs, place / "build" / "docs")
        command = [sys.executable, "-m", "zensical", "build", "--clean", "--config-file", str(place / "mkdocs.yml")]
        done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"Zensical failed:\n{done.stdout}{done.stderr}")
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(place / "build" / "site", target)


def main() -> int:
    """Build, compare, tell; 1 where something would be lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--docs", type=Path, default=Path("build/docs"))
    parser.add_argument("--site", type=Path, default=Path("site"))
    asked = parser.parse_args()
    target = Path("build/zensical")
    build_with_zensical(Path("."), asked.docs, target)
    told = differences(asked.site, target)
    pages = sum(1 for _ in target.rglob("index.html"))
    print(*told[:20], sep="\n")
    print(f"Zensical built {pages} pages; {len(told)} differences in text, links or ids.")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
