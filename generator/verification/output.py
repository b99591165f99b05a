"""The built site as it lies on the disk, read once: the one door of the verification."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from generator.verification.css import in_css
from generator.verification.pages import Page, page_of

ELSEWHERE = re.compile(r"//|[A-Za-z][A-Za-z0-9+.-]*:")
"""How an address begins that names its host or its scheme (RFC 3986, section 4.2)."""
LOST = "404.html"
"""The page that answers for every address at which nothing stands: its own links are whole paths."""


@dataclass(frozen=True)
class Output:
    """The files of a built site. `address` is where it will stand; empty where that is not known."""

    folder: Path
    address: str
    sizes: Mapping[str, int]
    """Bytes of each file by its path."""
    pages: Mapping[str, Page]
    unread: Mapping[str, str]
    """What is wrong with the HTML files that cannot be read."""
    texts: dict[str, bytes] = field(default_factory=dict, repr=False)

    def bytes_of(self, file: str) -> bytes:
        """The bytes of a file, read once."""
        if file not in self.texts:
            self.texts[file] = (self.folder / file).read_bytes()
        return self.texts[file]

    def files(self, *endings: str) -> Iterator[str]:
        """The files with these endings, in order."""
        return (file for file in self.sizes if file.endswith(endings))

    @cached_property
    def ids(self) -> dict[str, frozenset[str]]:
        """The ids of each page."""
        return {file: frozenset(page.ids) for file, page in self.pages.items()}

    @cached_property
    def styled(self) -> dict[str, tuple[str, ...]]:
        """What each style sheet loads, as it is written there."""
        return {file: tuple(in_css(self.bytes_of(file).decode(errors="replace"))) for file in self.files(".css")}

    @cached_property
    def _folders(self) -> frozenset[str]:
        return frozenset(file.rpartition("/")[0] for file in self.sizes)

    @cached_property
    def _found(self) -> dict[tuple[str, str], str | None]:
        return {}

    def is_folder(self, path: str) -> bool:
        """Whether files lie below a path of the site."""
        return path.rstrip("/") in self._folders

    def is_foreign(self, target: str) -> bool:
        """Whether an address is one of another site, or none of the web (`mailto:`)."""
        return bool(ELSEWHERE.match(target)) and self.inside(target) is None

    def inside(self, target: str) -> str | None:
        """What of an absolute address is below ours; None for any other."""
        if self.address and target.startswith(self.address):
            return target.removeprefix(self.address)
        return "" if self.address and target == self.address.rstrip("/") else None

    def found(self, file: str, target: str) -> str | None:
        """The file to which an address that stands in another file leads; None if to none.

        Addresses are resolved as browsers do (RFC 3986, section 5.2), but none leads above the top of the site. What
        follows the path (a query, a fragment) is passed over.
        """
        path = target.partition("#")[0].partition("?")[0]
        if not path:
            return file
        key = (file.rpartition("/")[0], path)
        if key not in self._found:
            self._found[key] = self._file_at(file, path)
        return self._found[key]

    def _file_at(self, file: str, target: str) -> str | None:
        whole = self.inside(target)
        if whole is None and file == LOST:
            base = urlsplit(self.address).path or "/"
            whole = target.removeprefix(base) if target.startswith(base) else None
        path = _joined(file, target) if whole is None else _joined("", whole)
        if path is None:
            return None
        path = unquote(path) if "%" in path else path
        if not path or path.endswith("/") or path in self._folders:
            path = f"{path.rstrip('/')}/index.html".lstrip("/")
        return path if path in self.sizes else None

    def compressed(self, file: str) -> int:
        """Bytes over the line: what hosts make of texts with gzip; pictures and fonts go as they are."""
        data = self.bytes_of(file)
        return len(data) if file.endswith((".woff2", ".png", ".webp", ".jpg")) else len(zlib.compress(data, 6)) + 12


def _joined(file: str, path: str) -> str | None:
    """A path that stands in a file, below the top of the site; None for one that leads above it.

    Most begin with some `../` and go on plainly.
    """
    folders = file.split("/")[:-1]
    rest = path
    while rest.startswith("../"):
        rest = rest[3:]
        if not folders:
            return None
        folders.pop()
    if rest.startswith((".", "/")) or "/." in rest:
        return urlsplit(urljoin(f"/{file}", path)).path.lstrip("/")
    return "/".join([*folders, rest])


def read_output(folder: Path, address: str = "") -> Output:
    """Read the pages of a built site; all else is read when it is asked for."""
    sizes = dict(sorted(_sizes(folder)))
    pages: dict[str, Page] = {}
    unread: dict[str, str] = {}
    texts: dict[str, bytes] = {}
    for file in sizes:
        if file.endswith(".html"):
            texts[file] = (folder / file).read_bytes()
            try:
                pages[file] = page_of(file, texts[file])
            except ValueError as error:
                unread[file] = str(error)
    return Output(folder, address, sizes, pages, unread, texts)


def _sizes(folder: Path, below: str = "") -> Iterator[tuple[str, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _sizes(Path(entry.path), f"{below}{entry.name}/")
            else:
                yield f"{below}{entry.name}", entry.stat().st_size
