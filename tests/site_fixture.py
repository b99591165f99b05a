"""The real content built once and served from a folder below the root of a host, and a browser to read it with."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import IO

import pytest
from conftest import HERE, TODAY
from playwright.sync_api import Browser, sync_playwright

from generator.build import tree_of
from generator.cards import make_cards
from generator.checking import look
from generator.commands.chronicle import chronicle_of
from generator.derive import derive
from generator.history import last_changes
from generator.model.catalogue import Catalogue
from generator.model.kind import Kind
from generator.read import read_folder
from generator.render.place import PagePlace
from generator.site import make_headers, make_pages, make_search, site_of
from generator.write import write

ROOT = HERE.parent
CONFIG = ROOT / "mkdocs.yml"
CARDS = ROOT / ".cache" / "cards"
"""Share cards of earlier runs: to draw them all takes seconds."""
BELOW = "/some/path/"
"""The site is served from here, so that a link which only works at the root of a host is found."""
SITE_URL = f"https://catalogue.example.org{BELOW}"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run")  # fmt: skip


@dataclass(frozen=True)
class BuiltSite:
    """The catalogue of the real content, its tree of Markdown and the site made of it."""

    catalogue: Catalogue
    tree: Mapping[str, str]
    docs: Path
    site: Path

    def paths(self, kind: Kind) -> dict[str, str]:
        """The short name of the page of every record of a kind, by id: `countries/cl.md`."""
        return {r.id: f"{r.id}.md" if kind.name == "page" else kind.page(r.id) for r in self.catalogue.of(kind.name)}

    def listing(self, kind: Kind) -> str:
        """The address of the listing of a kind; hand-written pages are listed by «about»."""
        return "about/" if kind.name == "page" else f"{kind.section}/"

    def richest(self, kind: Kind) -> str:
        """The address of the record of a kind that has the most to show."""
        paths = set(self.paths(kind).values()) - {"index.md", "about/index.md"}
        return PagePlace(max(paths, key=lambda path: (len(self.tree[PagePlace(path).file]), path))).address

    def page(self, address: str) -> Element:
        """The built page at an address."""
        return page_at(self.site / address / "index.html")

    def pages(self) -> dict[str, Element]:
        """All built pages by path; cards for other sites are no pages."""
        return {
            path.relative_to(self.site).as_posix(): page_at(path)
            for path in sorted(self.site.rglob("*.html"))
            if path.name != "card.html"
        }


def build_site(tree: Mapping[str, str], folder: Path, *, search: bool = True) -> Path:
    """A tree as a site below `folder`; nothing else on the disk is touched."""
    write(tree, folder / "docs")
    make_pages(CONFIG, folder / "docs", folder / "site")
    if search:
        make_cards(folder / "site", CARDS)
        make_search(folder / "site")
        (folder / "nginx.conf").write_text(make_headers(CONFIG, folder / "site"), encoding="utf-8")
    return folder / "site"


@pytest.fixture(scope="session")
def site_address() -> Iterator[str]:
    """The address that the site is built for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", SITE_URL)
        yield SITE_URL


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, site_address: str) -> BuiltSite:
    """The real content as a site, for a fixed day."""
    folder = tmp_path_factory.mktemp("built")
    files, faults = read_folder(ROOT / "content")
    checked = look(files)
    catalogue, problems = checked.catalogue, checked.problems
    assert not [*faults, *problems], "\n".join(map(str, [*faults, *problems]))
    past = chronicle_of(ROOT / "content", folder / "past")(checked)
    settings = replace(site_of(CONFIG), changed=last_changes(ROOT / "content"), chronicle=past)
    tree = tree_of(catalogue, derive(catalogue, TODAY), settings)
    site = build_site(tree, folder)
    return BuiltSite(catalogue, tree, folder / "docs", site)


class Below(SimpleHTTPRequestHandler):
    """A static host as hosts are: the site stands in a folder, and a missing page is answered with its 404."""

    def translate_path(self, path: str) -> str:
        inside = path.removeprefix(BELOW) if path.startswith(BELOW) else "outside-of-the-site"
        return super().translate_path("/" + inside)

    def send_head(self) -> BytesIO | IO[bytes] | None:  # type: ignore[override]
        path = Path(self.translate_path(self.path))
        if path.is_file() or (path.is_dir() and (path / "index.html").is_file()):
            return super().send_head()
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)

    def log_message(self, format: str, *args: object) -> None:
        """Tests are quiet."""


@pytest.fixture(scope="session")
def served(built: BuiltSite) -> Iterator[str]:
    """The address at which the site is served: on this machine, in a folder below the root."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Below, directory=str(built.site)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{BELOW}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One real Chromium or Chrome for all tests."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail(
            "These tests read the site in a real browser, and none is here. Install Chromium or Chrome, "
            "on Debian with: sudo apt install chromium"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield browser
        browser.close()


# -- reading a page as a tree


@dataclass
class Element:
    """An element of a page; `parts` are its texts and elements in order."""

    tag: str
    attributes: Mapping[str, str]
    parts: list[str | Element] = field(default_factory=list)

    @property
    def elements(self) -> list[Element]:
        return [part for part in self.parts if isinstance(part, Element)]

    @property
    def text(self) -> str:
        """What is written in it, blanks as one."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for part in self.parts:
            if isinstance(part, str):
                yield part
            else:
                yield from part._texts()

    def all(self, *tags: str) -> Iterator[Element]:
        """Itself and what is in it, in the order of the page; only these tags, or all."""
        if not tags or self.tag in tags:
            yield self
        for part in self.elements:
            yield from part.all(*tags)

    def texts(self, but: tuple[str, ...] = ()) -> Iterator[str]:
        """Each text on its own, without scripts and what stands in these tags."""
        for part in self.parts:
            if isinstance(part, Element):
                yield from part.texts(but) if part.tag not in ("script", "style", *but) else ()
            elif part.strip():
                yield " ".join(part.split())


VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].parts.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].parts.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open[-1].tag == tag, f"<{self.open[-1].tag}> is closed by </{tag}>, line {self.getpos()[0]}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)


def parse(html: str) -> Element:
    """A page as a tree. Every element must be closed by its own end tag, in order."""
    reader = _Tree()
    reader.feed(html)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> is not closed"
    return reader.open[0]


@cache
def page_at(path: Path) -> Element:
    """A built page, read once."""
    return parse(path.read_text(encoding="utf-8"))
