"""From the folder of Markdown to the site: MkDocs, Pagefind, and a look at what came out.

MkDocs is handed a folder and nothing else; any engine that reads Markdown could take its place.
"""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from markdown import Markdown
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from pathspec.gitignore import GitIgnoreSpec

from generator.problems import Refused
from generator.render import Site

UNUSED = re.compile(
    r"""<input\ class="md-toggle"[^>]*>\s*          # the switches of a drawer and a search that our frame does not have
      | <label\ class="md-overlay"[^>]*></label>\s*
      | <div\ data-md-component="(?:skip|announce)">\s*(?:<a\ [^>]*\ class="md-skip">[^<]*</a>\s*)?</div>\s*
      | <div\ class="md-dialog".*?</div>\s*</div>\s*""",
    re.DOTALL | re.VERBOSE,
)
"""What the theme writes into every page outside of its blocks, where no override reaches, and nothing here uses."""


class SiteError(Refused):
    """The site could not be made; the message says why."""


def site_of(config: Path) -> Site:
    """The name and addresses of the site, as `mkdocs.yml` gives them."""
    loaded = _config(config)
    return Site(
        name=str(loaded.site_name),
        description=str(loaded.site_description or ""),
        repository=str(loaded.repo_url or "").rstrip("/"),
        address=str(loaded.site_url or ""),
    )


def renderer_of(config: Path) -> Callable[[str], str]:
    """Markdown to HTML with the extensions of `mkdocs.yml`, one page at a time, without the theme."""
    loaded = _config(config)
    made = Markdown(extensions=loaded.markdown_extensions, extension_configs=loaded.mdx_configs or {})
    return lambda text: str(made.reset().convert(text))


def _config(config: Path, **changes: Any) -> MkDocsConfig:
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    (config.parent / "build" / "docs").mkdir(parents=True, exist_ok=True)
    try:
        return load_config(str(config), **changes)
    except MkDocsException as error:
        raise SiteError(f"{config} cannot be used: {error}") from None


def make_pages(config: Path, docs: Path, target: Path, *, csp: bool = True) -> None:
    """Run MkDocs, strict: a warning is an error."""
    loaded = _config(config, docs_dir=str(docs.resolve()), site_dir=str(target.resolve()), strict=True)
    loaded.extra["csp"] = csp
    loaded.not_in_nav = GitIgnoreSpec.from_lines([*_patterns(loaded.not_in_nav), *_former(docs)])
    seen = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(seen)
    try:
        mkdocs_build(loaded)
    except (MkDocsException, SystemExit) as error:
        raise SiteError("\n".join(seen.lines) or str(error)) from None
    finally:
        logger.removeHandler(seen)
    if seen.lines:
        raise SiteError("\n".join(seen.lines))
    for page in target.rglob("*.html"):
        page.write_text(UNUSED.sub("", page.read_text(encoding="utf-8")), encoding="utf-8")


def _patterns(spec: GitIgnoreSpec | None) -> list[str]:
    return [str(pattern.pattern) for pattern in spec.patterns] if spec else []


def _former(docs: Path) -> list[str]:
    """Pages at addresses that hand-written pages had once: like records, they have no place in the navigation."""
    try:
        told = json.loads((docs / "assets" / "data" / "former.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    addresses = [*told["redirects"], *(address for one in told["retired"] for address in one["addresses"])]
    return [f"/{address}index.md" for address in addresses]


class _Warnings(logging.Handler):
    """Keeps what MkDocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


CHUNK = "8000"
"""Bytes of the search index in one file, about, before it is compressed.

A search fetches the file that has its word. Of Pagefind's own 20,000 it fetches 27 KB, of these 12, and the list of
the files grows by no more than 20 bytes each. Pagefind calls the setting unstable: should it go, the test of what a
first search weighs fails.
"""


def make_search(target: Path) -> None:
    """Run Pagefind over the site, all languages at once."""
    done = subprocess.run(
        [sys.executable, "-m", "pagefind", "--site", str(target), "--quiet", "--exclude-selectors", "thead"],
        env={**os.environ, "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": CHUNK},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SiteError(f"Pagefind failed: {done.stderr or done.stdout}")
    for name in ("pagefind-ui.js", "pagefind-ui.css", "pagefind-modular-ui.js", "pagefind-modular-ui.css",
                 "pagefind-component-ui.js", "pagefind-component-ui.css", "pagefind-highlight.js"):  # fmt: skip
        (target / "pagefind" / name).unlink(missing_ok=True)


def swap(fresh: Path, site: Path) -> None:
    """Put the fresh site in the place of the last one; until then the last one stays whole."""
    old = site.with_name(site.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    site.parent.mkdir(parents=True, exist_ok=True)
    if site.exists():
        site.rename(old)
    fresh.rename(site)
    shutil.rmtree(old, ignore_errors=True)


# -- looking at what came out


class _Reader(HTMLParser):
    """Collects links, ids and what a page loads."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.append(found["id"])
        if tag in ("a", "area") and "href" in found:
            self.links.append(found["href"])
        elif tag in ("script", "img", "source", "iframe") and "src" in found:
            self.loads.append(found["src"])
        elif tag == "link" and found.get("rel") == "alternate":
            self.links.append(found.get("href", ""))
        elif tag == "link" and found.get("rel") != "canonical":
            self.loads.append(found.get("href", ""))


def faults_of(site: Path) -> Iterator[str]:
    """Every internal link or anchor that leads nowhere, every id that stands twice, every load from another host."""
    pages = {path.relative_to(site).as_posix(): _read(path) for path in sorted(site.rglob("*.html"))}
    ids = {name: set(page.ids) for name, page in pages.items()}
    for name, page in pages.items():
        doubled = sorted({each for each in page.ids if page.ids.count(each) > 1})
        yield from (f"{name}: the id '{each}' stands twice" for each in doubled)
        if name == "404.html":
            continue
        for target in page.links:
            fault = _dead(site, ids, name, target)
            if fault:
                yield fault
        for target in page.loads:
            if urlsplit(target).netloc:
                yield f"{name}: loads {target} from another host"
            elif not _file(site, name, target).is_file():
                yield f"{name}: loads {target}, which is not there"


def _read(path: Path) -> _Reader:
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    return reader


def _dead(site: Path, ids: dict[str, set[str]], name: str, target: str) -> str | None:
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return None
    path = _file(site, name, target) if parts.path else site / name
    if not path.is_file():
        return f"{name}: the link to {target} leads nowhere"
    inside = path.relative_to(site).as_posix()
    if parts.fragment and inside in ids and unquote(parts.fragment) not in ids[inside]:
        return f"{name}: there is no '#{parts.fragment}' at {target}"
    return None


def _file(site: Path, page: str, target: str) -> Path:
    address = unquote(urlsplit(urljoin("/" + page, urlsplit(target).path)).path)
    path = site / address.lstrip("/")
    return path / "index.html" if path.is_dir() or address.endswith("/") else path
