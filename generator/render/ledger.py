"""The sources of one page: numbered as a reader meets them, each with what it supports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from generator.model.evidence import Disagreement, Evidence, Record, Source
from generator.model.values import SourceId
from generator.model.walk import is_about
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
    flags: int = 0
    places: dict[tuple[str, int], Support] = field(default_factory=dict)
    """Where each fact stands first, by its field and item."""
    disputes: dict[int, list[Support]] = field(default_factory=dict)
    """Where the values stand that a disagreement is about, by its number."""

    def __post_init__(self) -> None:
        self._sources = {str(source.id): source for source in self.record.sources}
        self._word = f'<span class="vh">{escape(self.words.say("source"))} </span>'

    # -- marks

    def field(self, name: str, label: str) -> Markup:
        """The marks of a plain field: its sources, or that it has none, and whether it is disputed."""
        return self._marks(self._evidence(name), label, (name, 0)) + self.dispute(name, None, label)

    def item(self, field_name: str, item: Any, label: str) -> Markup:
        """The marks of an item of a list: its own sources, else those of the list."""
        place = (field_name, id(item))
        if item.sources or item.unverified:
            made = self._sourced(item.sources, bool(item.sources) and not item.unverified, label, place)
        else:
            made = self._marks(self._evidence(field_name), label, place)
        return made + self.dispute(field_name, item, label)

    def place_of(self, field_name: str, item: Any) -> Support | None:
        """Where a fact stands on the page, so far; a part of a group stands with the group."""
        found = self.places.get((field_name, id(item) if item is not None else 0))
        return found or self.places.get((field_name, 0)) or self.places.get((field_name.partition(".")[0], 0))

    def _evidence(self, name: str) -> Evidence:
        return self.record.evidence.get(name, NONE)  # type: ignore[call-overload,no-any-return]

    def quiet(self, source_ids: tuple[str, ...], label: str) -> Markup:
        """Source marks alone, for a sentence that repeats a fact."""
        return self._numbers(tuple(map(str, source_ids)), label)

    def _marks(self, evidence: Evidence, label: str, place: tuple[str, int]) -> Markup:
        if evidence.editorial:
            return self._flag("ours", self.words.say("our classification"), self._flagged(label, place))
        return self._sourced(evidence.sources, evidence.verified, label, place)

    def _sourced(self, sources: tuple[SourceId, ...], verified: bool, label: str, place: tuple[str, int]) -> Markup:
        made = self._numbers(sources, label)
        if verified:
            self.places.setdefault(place, Support(label, f"c{self.marks}"))
            return made
        return made + self._flag("unsure", self.words.say("not verified"), self._flagged(label, place))

    def _flagged(self, label: str, place: tuple[str, int]) -> str:
        """An anchor for a flag, kept as the place of its fact."""
        self.flags += 1
        self.places.setdefault(place, Support(label, f"u{self.flags}"))
        return f"u{self.flags}"

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

    def _flag(self, sort: str, text: str, anchor: str, href: str | None = None) -> Markup:
        tag, to = ("a", f' href="{escape(href)}"') if href else ("span", "")
        return Markup(f' <{tag} class="flag {sort}" id="{anchor}" data-pagefind-ignore{to}>{escape(text)}</{tag}>')

    # -- disagreements

    def dispute(self, field_name: str, item: Any = None, label: str = "") -> Markup:
        """Marks that lead to what sources say differently, where they do; a whole list is marked at its first item."""
        made = Markup("")
        for number, disagreement in enumerate(self.record.disagreements, 1):
            abouts = [about for about in disagreement.about if is_about(about, field_name, item)]
            told = number in self.disputes and item is not None and field_name in abouts
            if abouts and not told:
                places = self.disputes.setdefault(number, [])
                anchor = f"q{number}-{len(places) + 1}"
                places.append(Support(label or field_name, anchor))
                made += self._flag("dispute", self.words.say("disputed"), anchor, f"#d{number}")
        return made

    def disagreement(self, disagreement: Disagreement) -> Markup:
        """The sources of a disagreement."""
        return self._numbers(tuple(map(str, disagreement.sources)), self.words.say("A disagreement"))

    def disputed_at(self, number: int) -> Markup:
        """Links from a disagreement back to the values that it is about."""
        return Markup(", ").join(_grouped(self.disputes.get(number, ())))

    # -- the list at the end

    def entries(self) -> tuple[Entry, ...]:
        """The evidence list in reading order, then what supports nothing that is shown."""
        for id in () if self.shared else self._sources:
            self.numbers.setdefault(id, len(self.numbers) + 1)
        return tuple(
            Entry(number, self._sources[id], tuple(self.supports.get(id, ())))
            for id, number in sorted(self.numbers.items(), key=lambda pair: pair[1])
        )


def imprint(source: Source, words: Words) -> str:
    """Who published a source, what sort it is, where it stands, when it was read."""
    tier = words.say(source.tier.label) if source.tier else None
    celex = f"CELEX {source.celex}" if source.celex else None
    read = words.say("read {date}").format(date=words.date(source.accessed)) if source.accessed else None
    parts = (source.publisher, tier, source.language, celex, source.oj, source.locator, read)
    return " · ".join(str(part) for part in parts if part)


SHOWN = 5
"""So many statements of a source are named in the evidence list."""


def supports_html(entry: Entry, words: Words, shown: int = SHOWN) -> Markup:
    """Links from a source back to every statement that it supports; past the first few they are folded away."""
    links = _grouped(entry.supports)
    first, rest = Markup(", ").join(links[:shown]), links[shown:]
    if not rest:
        return first
    more = escape(words.say("and {n} more").format(n=words.number(len(rest))))
    return Markup(f"{first} <details><summary>{more}</summary>{Markup(', ').join(rest)}</details>")


def _grouped(supports: Sequence[Support]) -> list[Markup]:
    """Links to statements, those of one name together."""
    groups: dict[str, list[Support]] = {}
    for support in supports:
        groups.setdefault(support.label, []).append(support)
    return [links_html(label, places, len(places)) for label, places in groups.items()]


def links_html(label: str, places: Sequence[Support], times: int) -> Markup:
    """A statement by its name, leading to where it stands; told several times, named once: «Signed ×4: 1 2 3 4»."""
    if times == 1:
        return Markup(f'<a href="#{places[0].anchor}">{escape(label)}</a>') if places else escape(label)
    links = " ".join(
        f'<a href="#{place.anchor}"><span class="vh">{escape(label)} </span>{number}</a>'
        for number, place in enumerate(places, 1)
    )
    return Markup(f'<span class="times">{escape(label)}&nbsp;×{times}{": " if links else ""}{links}</span>')
