"""The sources of one page: numbered as a reader meets them, each with what it supports."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from generator.model.evidence import Disagreement, Evidence, Record, Source
from generator.model.values import SourceId
from generator.model.walk import is_named
from generator.render.words import Words

NONE = Evidence()


@dataclass(frozen=True)
class Support:
    """A statement that a source supports: its name and where it stands on the page."""

    label: str
    anchor: str


@dataclass(frozen=True)
class Entry:
    """One line of the evidence list."""

    number: int
    source: Source
    supports: tuple[Support, ...]


@dataclass
class Ledger:
    """Hands out source marks while a page is written, and the list of them at its end.

    It lives as long as one page is rendered; order of use is the order of reading.
    """

    record: Record
    words: Words
    shared: bool = False
    """The sources are those of a whole file, so only the ones that are used here are listed."""
    numbers: dict[str, int] = field(default_factory=dict)
    supports: dict[str, list[Support]] = field(default_factory=dict)
    marks: int = 0
    stated: int = 0
    sourced: int = 0

    def __post_init__(self) -> None:
        self._sources = {str(source.id): source for source in self.record.sources}
        self._word = f'<span class="vh">{escape(self.words.say("source"))} </span>'

    # -- marks

    def field(self, name: str, label: str) -> Markup:
        """The marks of a plain field: its sources, or that it has none, and whether it is disputed."""
        return self._marks(self._evidence(name), label) + self.dispute(name)

    def item(self, field_name: str, item: Any, label: str) -> Markup:
        """The marks of an item of a list: its own sources, else those of the list."""
        if item.sources or item.unverified:
            made = self._sourced(item.sources, bool(item.sources) and not item.unverified, label)
        else:
            made = self._marks(self._evidence(field_name), label)
        return made + self.dispute(field_name, item)

    def _evidence(self, name: str) -> Evidence:
        return self.record.evidence.get(name, NONE)  # type: ignore[call-overload,no-any-return]

    def quiet(self, source_ids: tuple[str, ...], label: str) -> Markup:
        """Source marks alone, for a sentence that repeats a fact."""
        return self._numbers(tuple(map(str, source_ids)), label)

    def _marks(self, evidence: Evidence, label: str) -> Markup:
        if evidence.editorial:
            return self._flag("ours", self.words.say("our classification"))
        return self._sourced(evidence.sources, evidence.verified, label)

    def _sourced(self, sources: tuple[SourceId, ...], verified: bool, label: str) -> Markup:
        self.stated += 1
        self.sourced += verified
        made = self._numbers(sources, label)
        return made if verified else made + self._flag("unsure", self.words.say("not verified"))

    def _numbers(self, ids: tuple[str, ...], label: str) -> Markup:
        known = [id for id in ids if id in self._sources]
        if not known:
            return Markup("")
        self.marks += 1
        anchor = f"c{self.marks}"
        links = []
        for position, id in enumerate(known):
            number = self.numbers.setdefault(id, len(self.numbers) + 1)
            self.supports.setdefault(id, []).append(Support(label, anchor))
            name = f' id="{anchor}"' if position == 0 else ""
            links.append(f'<a href="#s{number}"{name}>{self._word}[{number}]</a>')
        return Markup(f'<span class="src" data-pagefind-ignore>{" ".join(links)}</span>')

    def _flag(self, sort: str, text: str, href: str | None = None) -> Markup:
        if href:
            return Markup(f' <a class="flag {sort}" data-pagefind-ignore href="{escape(href)}">{escape(text)}</a>')
        return Markup(f' <span class="flag {sort}" data-pagefind-ignore>{escape(text)}</span>')

    # -- disagreements

    def dispute(self, field_name: str, item: Any = None) -> Markup:
        """A mark that leads to what sources say differently, where they do."""
        for number, disagreement in enumerate(self.record.disagreements, 1):
            if any(_is_about(about, field_name, item) for about in disagreement.about):
                return self._flag("dispute", self.words.say("disputed"), f"#d{number}")
        return Markup("")

    def disagreement(self, disagreement: Disagreement) -> Markup:
        return self._numbers(tuple(map(str, disagreement.sources)), self.words.say("A disagreement"))

    # -- the list at the end

    def entries(self) -> tuple[Entry, ...]:
        """The evidence list in reading order, then what supports nothing that is shown."""
        for id in () if self.shared else self._sources:
            self.numbers.setdefault(id, len(self.numbers) + 1)
        return tuple(
            Entry(number, self._sources[id], tuple(self.supports.get(id, ())))
            for id, number in sorted(self.numbers.items(), key=lambda pair: pair[1])
        )


def _is_about(about: str, field_name: str, item: Any) -> bool:
    name, _, rest = about.partition(".")
    if about == field_name:
        return item is None
    if name != field_name:
        return False
    return item is not None and is_named(item, rest)
