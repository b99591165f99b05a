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

    EXACT = ("exact", "Exact match")
    CLOSE = ("close", "Close match")
    BROAD = ("broad", "Broader match")


class CodeMatch(Item):
    """A concept of another vocabulary."""

    marks: ClassVar[tuple[str, ...]] = ("code",)

    code: Line = Field(title="Code")
    level: Line | None = Field(None, title="Level")
    label: Line = Field(title="Label")
    match: Match = Field(title="How near")


class Theme(Record):
    """A concept of the theme vocabulary."""

    labels: Labels = Field(title="Labels")
    alt_labels: Many[Line] = Field((), title="Also called")
    broader: ThemeRef | None = Field(None, title="Broader theme")
    dac: CodeMatch | None = Field(None, title="OECD-DAC sector")
    eurovoc: CodeMatch | None = Field(None, title="EuroVoc concept")
    note: Prose | None = Field(None, title="Note")

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
