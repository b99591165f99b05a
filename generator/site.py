"""From the folder of Markdown to the site: MkDocs, Pagefind, and the moment in which a fresh site is the one served.

MkDocs is handed a folder and nothing else; any engine that reads Markdown could take its place.
"""

from __future__ import annotations

import gzip
import json
import logging
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from markdown import Markdown
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from pathspec.gitignore import GitIgnoreSpec

from generator.hosting import FRAMED, HostingError, as_headers, as_nginx, header_policy, rules_of
from generator.place import put_in_place
from generator.problems import Refused
from generator.render import Site
from generator.search_index import in_order
from generator.search_service import index_of

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
        page.write_text(_finished(page.read_text(encoding="utf-8")), encoding="utf-8")
    packed = target / "sitemap.xml.gz"  # MkDocs writes the time of the build into it
    packed.write_bytes(gzip.compress((target / "sitemap.xml").read_bytes(), mtime=0))


def _finished(html: str) -> str:
    """A page without what nothing uses; pictures of its prose load as they come into view (all have a fixed size)."""
    return UNUSED.sub("", html).replace("<img alt=", '<img loading="lazy" alt=')


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


UNREAD = ("pagefind-ui.js", "pagefind-ui.css", "pagefind-modular-ui.js", "pagefind-modular-ui.css",
          "pagefind-component-ui.js", "pagefind-component-ui.css", "pagefind-highlight.js")  # fmt: skip
"""What Pagefind brings for pages other than ours."""


def make_search(target: Path) -> None:
    """Put the index of Pagefind over the marked pages of the site beside them, all languages at once."""
    texts = {path.relative_to(target).as_posix(): path.read_text(encoding="utf-8") for path in target.rglob("*.html")}
    made = index_of({path: text for path, text in sorted(texts.items()) if "data-pagefind-body" in text})
    try:
        files = in_order(made)
    except (ValueError, KeyError, IndexError) as error:
        raise SiteError(f"Pagefind has changed the form of its files ({error}). See search_index.py.") from None
    for name, data in files.items():
        if name not in UNREAD:
            path = target / "pagefind" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


def make_headers(config: Path, target: Path) -> str:
    """Write `_headers`, what some hosts send with our files, into the site; the same for nginx is given back."""
    address = urlsplit(site_of(config).address)
    pages = [path for path in target.rglob("*.html") if path.name != FRAMED]
    found = {policy for page in pages for policy in POLICY.findall(page.read_text(encoding="utf-8"))}
    files = (path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file())
    try:
        rules = rules_of(files, header_policy(found))
    except HostingError as error:
        raise SiteError(str(error)) from None
    (target / "_headers").write_text(as_headers(rules), encoding="utf-8")
    return as_nginx(rules, address.hostname or "localhost", address.path.rstrip("/"))


def swap(fresh: Path, site: Path) -> None:
    """Put the fresh site in the place of the last one, in one moment.

    Raises `Refused` where what stands there is no site: it would be deleted.
    """
    if site.is_dir() and any(site.iterdir()) and not (site / "404.html").is_file():
        raise SiteError(f"{site} holds something that is no site, and would be deleted. Name another folder.")
    put_in_place(fresh, site)
