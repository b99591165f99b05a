"""Themes: the vocabulary by which records are found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from generator.model.evidence import Item, Record
from generator.model.kind import Kind, Lookup
from generator.model.parts import Labels, ThemeRef
from generator.model.values import Line, Many, Prose, Vocabulary
from generator.problems import Code, Fault


class Match(Vocabulary):
    """How near a code of another vocabulary is (SKOS)."""

    EXACT = ("exact", "Exact match", "The same meaning.")
    CLOSE = ("close", "Close match", "Nearly the same; one may stand for the other in most cases.")
    BROAD = ("broad", "Broader match", "The other concept is wider.")


class CodeMatch(Item):
    """A concept of another vocabulary."""

    marks: ClassVar[tuple[str, ...]] = ("code",)

    code: Line = Field(title="Code", examples=["'43030'"])
    """The code as the other vocabulary writes it, in quotes."""
    level: Line | None = Field(None, title="Level", examples=["purpose"])
    """For OECD-DAC: whether it is a sector or a purpose code."""
    label: Line = Field(title="Label", examples=["Urban development and management"])
    """What the other vocabulary calls it."""
    match: Match = Field(title="How near", examples=["exact"])
    """How near its meaning is to ours."""


class Theme(Record):
    """A concept of the theme vocabulary."""

    labels: Labels = Field(
        title="Labels",
        examples=[
            "{en: Urban development, es: Desarrollo urbano, pt: Desenvolvimento urbano, fr: Développement urbain}"
        ],
    )
    """The name in the four languages."""
    alt_labels: Many[Line] = Field((), title="Also called", examples=["[urban policy, sustainable cities]"])
    """Other words for it in English, by which search finds it."""
    broader: ThemeRef | None = Field(None, title="Broader theme", examples=["territorial-development"])
    """The wider theme that it belongs to. A theme without one stands at the top."""
    dac: CodeMatch | None = Field(
        None,
        title="OECD-DAC sector",
        examples=[
            "{code: '43030', level: purpose, label: Urban development and management, match: exact, sources: [s1]}"
        ],
    )
    """The nearest code of the OECD-DAC sectors, which aid statistics use."""
    eurovoc: CodeMatch | None = Field(
        None,
        title="EuroVoc concept",
        examples=["{code: '431', label: regional development, match: close, sources: [s2]}"],
    )
    """The nearest concept of EuroVoc, which EU documents are indexed by."""
    note: Prose | None = Field(None, title="Note", examples=["For water alone DAC 14010 and EuroVoc 3144 fit."])
    """What a cataloguer must know to choose the right theme."""

    @property
    def title(self) -> str:
        return str(self.labels.en)


def no_loop(record: Theme, lookup: Lookup) -> Iterator[Fault]:
    """Going from theme to broader theme never comes back; a ring is told once, at its first theme."""
    seen = [record.id]
    current: Theme | None = record
    while current is not None and current.broader:
        if current.broader == record.id and record.id > min(seen):
            return
        if current.broader == record.id:
            chain = " is narrower than ".join([*seen, record.id])
            message = f"The theme is broader than itself: {chain}."
            yield Fault(("broader",), Code.THEME_LOOP, message, "Take one `broader` out of the ring.")
            return
        if current.broader in seen:
            return
        seen.append(str(current.broader))
        current = lookup.find("theme", current.broader)


KIND = Kind("theme", Theme, "Themes", "Theme", file="themes.yml", linked_checks=(no_loop,))
