"""Builds the same folder of Markdown with Zensical, MkDocs' successor, and compares what a reader gets.

The exit must stay open: MkDocs 1.x and Material are no longer developed. Zensical ignores `strict`, `validation` and
hooks; here every file that MkDocs writes must be there, data with the same bytes, pages with the same title, head,
headings, links, anchors and words. `LISTED` holds the few things that may differ, with the reason. Run `make site`
first.

Usage: python -m scripts.zensical_build [--docs build/docs] [--site site]
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urljoin

from lxml import etree

from generator.site import UNUSED

HOST = "https://site.invalid"
"""A host for addresses that are resolved as a browser does, so that `./a/` and `a/` are the same."""
OURS = ("pagefind/", "assets/cards/", "_headers")
"""What is made from the built pages, whichever engine built them."""
LISTED = {
    "assets/javascripts/": "scripts of the theme, of which no page loads any",
    "assets/stylesheets/": "the theme's own style, under the name of its version",
    "sitemap.xml.gz": "the same list once more; hosts compress by themselves",
    "search.json": "the index of Zensical's own search, which no page asks for",
}
"""Files that differ or are on one side only, by the beginning of their path, and why nothing is lost."""


@dataclass(frozen=True)
class Page:
    """What a reader, a search engine or a script meets in a page."""

    language: str
    title: tuple[str, ...]
    head: tuple[str, ...]
    """What the head says of the page: descriptions, addresses, the policy, other forms."""
    headings: tuple[str, ...]
    links: tuple[str, ...]
    ids: tuple[str, ...]
    pictures: tuple[str, ...]
    scripts: tuple[str, ...]
    words: str
    """All that can be read, without blanks: highlighting code parts words that a reader sees as one."""


def page_of(path: Path, name: str) -> Page:
    """A built page, without what our build cuts from what the theme writes. `name` is its path below the site."""
    at = f"{HOST}/{name}"
    root = etree.HTML(UNUSED.sub("", path.read_text(encoding="utf-8")))
    body = root.find("body")
    return Page(
        language=root.get("lang", ""),
        title=tuple("".join(each.itertext()).strip() for each in root.iter("title") if each.getparent().tag == "head"),
        head=tuple(sorted(filter(None, (_told(each, at) for each in root.find("head"))))),
        headings=tuple(f"{h.tag} {_bare(h)}" for h in body.iter("h1", "h2", "h3", "h4", "h5", "h6")),
        links=tuple(urljoin(at, each) for each in body.xpath(".//a/@href | .//area/@href | .//form/@action")),
        ids=tuple(body.xpath(".//@id")),
        pictures=tuple(urljoin(at, each) for each in body.xpath(".//img/@src")),
        scripts=tuple(_script(each, at) for each in root.iter("script")),
        words=_bare(body),
    )


def _script(element: etree._Element, at: str) -> str:
    return urljoin(at, element.get("src", "")) if element.get("src") else (element.text or "").strip()


def _told(element: etree._Element, at: str) -> str:
    """A `meta` or `link` as a line; style sheets are the engine's own, and so is the name that it gives itself."""
    if element.tag not in ("meta", "link") or element.get("rel") == "stylesheet" or element.get("name") == "generator":
        return ""
    given = {**element.attrib, **({"href": urljoin(at, element.get("href", ""))} if "href" in element.attrib else {})}
    return " ".join(f"{name}={value}" for name, value in sorted(given.items()))


def _bare(element: etree._Element) -> str:
    texts = element.xpath(".//text()[not(ancestor::script) and not(ancestor::style)]")
    return "".join("".join(map(str, texts)).split())


def differences(expected: Path, other: Path) -> list[str]:
    """Where the other engine's site differs, but for what is listed."""
    ours, theirs = _files(expected), _files(other)
    told = [f"{name}: is missing" for name in sorted(ours - theirs)]
    told += [f"{name}: is there in addition" for name in sorted(theirs - ours)]
    for name in sorted(ours & theirs):
        told += [f"{name}: {what} differ" for what in _apart(expected / name, other / name, name)]
    return told


def _files(site: Path) -> set[str]:
    found = (path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    return {name for name in found if not name.startswith((*OURS, *LISTED))}


def _apart(ours: Path, theirs: Path, name: str) -> Iterator[str]:
    """The parts of a page that differ; of any other file, its bytes."""
    if ours.name in ("index.html", "404.html"):
        one, other = page_of(ours, name), page_of(theirs, name)
        yield from (field.name for field in fields(Page) if getattr(one, field.name) != getattr(other, field.name))
    elif ours.name == "sitemap.xml":
        if _addresses(ours) != _addresses(theirs):
            yield "addresses"
    elif ours.read_bytes() != theirs.read_bytes():
        yield "bytes"


def _addresses(sitemap: Path) -> list[str]:
    return sorted(str(each) for each in etree.parse(str(sitemap)).xpath("//*[local-name()='loc']/text()"))


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
    print(f"Zensical built {pages} pages; {len(told)} differences but for {len(LISTED)} listed.")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
