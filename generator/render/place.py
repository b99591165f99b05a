"""Links, made from the page that holds them: a source path for Markdown, a final address for HTML."""

from __future__ import annotations

from dataclasses import dataclass
from posixpath import relpath


@dataclass(frozen=True)
class PagePlace:
    """A page of the site, by its Markdown file: `countries/cl.md`."""

    path: str

    @property
    def address(self) -> str:
        """Where MkDocs puts it: `countries/cl/`; the root is the empty text."""
        stem = self.path.removesuffix(".md")
        if stem == "index":
            return ""
        return (stem.removesuffix("/index") if stem.endswith("/index") else stem) + "/"

    def html(self, target: str) -> str:
        """The final relative address of another page or file, for HTML and SVG."""
        path, mark, anchor = target.partition("#")
        if not path:
            return target
        goal = PagePlace(path).address if path.endswith(".md") else path
        here = self.address or "."
        link = relpath(goal or ".", here)
        slash = "/" if (goal.endswith("/") or goal == "") else ""
        return f"{link}{slash}{mark}{anchor}"

    def markdown(self, target: str) -> str:
        """The source path of another page, for Markdown, so that MkDocs checks it."""
        path, mark, anchor = target.partition("#")
        if not path:
            return target
        folder = self.path.rpartition("/")[0] or "."
        return f"{relpath(path, folder)}{mark}{anchor}"

    @property
    def root(self) -> str:
        """The way from here to the top of the site."""
        return self.html("index.md")
