"""Links, made from the page that holds them: a source path for Markdown, a final address for HTML.

A page named `countries/cl.md` is written as `countries/cl/index.md`, so that its place in the folder is its
place on the site. MkDocs leaves links inside raw HTML alone; Zensical takes them for source paths and adds
`../` on pages that are no index. With every page an index, a relative address is right for both.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from posixpath import dirname, join, normpath, relpath


@dataclass(frozen=True)
class PagePlace:
    """A page of the site, by its short name: `countries/cl.md`."""

    path: str

    @property
    def file(self) -> str:
        """The Markdown file that holds it: `countries/cl/index.md`."""
        return f"{self.address}index.md"

    @property
    def address(self) -> str:
        """Where MkDocs puts it: `countries/cl/`; the root is the empty text."""
        return _address(self.path)

    def html(self, target: str) -> str:
        """The final relative address of another page or file, for HTML and SVG."""
        path, mark, anchor = target.partition("#")
        if not path:
            return target
        goal = _address(path) if path.endswith(".md") else path
        return f"{'../' * self.address.count('/')}{goal}{mark}{anchor}" or "./"

    def markdown(self, target: str) -> str:
        """The source path of another page or file, for Markdown, so that MkDocs checks it."""
        path, mark, anchor = target.partition("#")
        if not path:
            return target
        file = PagePlace(path).file if path.endswith(".md") else path
        return f"{relpath(file, self.address or '.')}{mark}{anchor}"

    def written(self, link: str) -> str:
        """A link as a hand-written page has it, from its short name, as the source path that MkDocs wants."""
        path, mark, anchor = link.partition("#")
        if not path.endswith((".md", ".webp")) or ":" in path:
            return link
        return self.markdown(normpath(join(dirname(self.path), path)) + mark + anchor)

    @property
    def root(self) -> str:
        """The way from here to the top of the site."""
        return self.html("index.md")


@lru_cache(maxsize=65536)
def _address(path: str) -> str:
    stem = path.removesuffix(".md")
    if stem == "index":
        return ""
    return (stem.removesuffix("/index") if stem.endswith("/index") else stem) + "/"
