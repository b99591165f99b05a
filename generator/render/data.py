"""The page on the data: every file with what it is for, how large it is and its checksum, and examples that work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from markupsafe import Markup, escape

from generator.derive import Views
from generator.model.catalogue import Catalogue
from generator.model.kind import Kind
from generator.render import Site, environment, with_contents, with_foot
from generator.render.page import Page
from generator.render.place import PagePlace
from generator.render.words import Words, words_of

PATH = "data.md"
EXAMPLE_SITE = "https://catalogue.example.org/"
"""The address that examples are written with; that of the site stands there instead."""
LANGUAGES = (("sql", "SQL"), ("python", "Python"), ("pandas", "Python with pandas"), ("r", "R"), ("sparql", "SPARQL"))
"""The languages of the examples: the ending of the name of each, and what readers call it."""
STEPS = ((10**6, "MB"), (10**3, "kB"))


class File(Protocol):
    """What the page must know of a file."""

    @property
    def path(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def what(self) -> str: ...
    @property
    def format(self) -> str: ...
    @property
    def family(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def record(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def sha256(self) -> str: ...


@dataclass(frozen=True)
class Shelf:
    """The files of one kind: those of all its records, and how many files of single records there are."""

    kind: Kind
    files: tuple[File, ...]
    records: int
    size: int
    """Of the files of single records together, in bytes."""


@dataclass(frozen=True)
class DataPage:
    """What the template asks for."""

    files: tuple[File, ...]
    words: Words
    catalogue: Catalogue
    address: str

    @property
    def whole(self) -> tuple[File, ...]:
        """The files for all kinds together, but those of a family."""
        return tuple(each for each in self.files if not each.kind and not each.family)

    @property
    def families(self) -> dict[str, tuple[File, ...]]:
        """The files for all kinds together that are one of many, by their family."""
        found: dict[str, tuple[File, ...]] = {}
        for each in self.files:
            if each.family and not each.kind:
                found[each.family] = (*found.get(each.family, ()), each)
        return found

    @property
    def shelves(self) -> tuple[Shelf, ...]:
        """The files of each kind."""
        return tuple(self._shelf(kind) for kind in self.catalogue.kinds if kind.name != "page")

    def _shelf(self, kind: Kind) -> Shelf:
        own = [each for each in self.files if each.kind == kind.name]
        single = [each for each in own if each.record]
        together = tuple(each for each in own if not each.record)
        return Shelf(kind, together, len(single), sum(each.size for each in single))

    def size(self, size: int) -> str:
        """A number of bytes as people read it: «1.6 MB»."""
        for step, unit in STEPS:
            if size >= step:
                tenths = round(size * 10 / step)
                text = self.words.number(tenths // 10 if tenths >= 100 else Decimal(tenths) / 10)
                return f"{text}\N{NO-BREAK SPACE}{unit}"
        return self.words.count("{n} byte", "{n} bytes", size)

    def total(self, files: Iterable[File]) -> str:
        """The size of several files together."""
        return self.size(sum(each.size for each in files))

    def example(self, question: str, language: str) -> Markup:
        """An example, with the address of the site, as HTML on one line: it keeps its indents in any Markdown."""
        text = _text(f"{question}-{language}").replace(EXAMPLE_SITE, self.address or EXAMPLE_SITE)
        return Markup("&#10;").join(map(escape, text.splitlines()))

    def examples(self, question: str) -> tuple[tuple[str, Markup], ...]:
        """The language and the text of each example for a question."""
        return tuple((title, self.example(question, ending)) for ending, title in LANGUAGES)


def data_page(
    catalogue: Catalogue, views: Views, site: Site, files: Iterable[File], language: str = "en"
) -> dict[str, str]:
    """The page by its path below the site's folder. `files` are all files of open data."""
    words = words_of(language)
    place = PagePlace(PATH)
    page = Page(place, words, catalogue, views, None, None, site.repository, site.address, site.changed)
    told: dict[str, Any] = {"p": page, "w": words, "_": words.say, "site": site, "today": views.today, "views": views}
    made = DataPage(tuple(files), words, catalogue, site.address)
    text = environment(language).get_template("data.md.j2").render(**told, data=made, catalogue=catalogue)
    return {place.file: with_foot(page, with_contents(text, words))}


def _text(name: str) -> str:
    """The text of an example, which lies among the templates and is none."""
    made = environment("en")
    assert made.loader is not None
    return made.loader.get_source(made, f"examples/{name}.txt")[0].strip("\n")
