"""What a kind of record is, and what its rules may ask of the rest of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from generator.model.evidence import Record
from generator.model.values import DEVICES, ID, RESERVED
from generator.problems import Fault


class Lookup(Protocol):
    """All records, as the rules of a kind see them."""

    def find(self, kind: str, id: str) -> Any | None:
        """The record of that kind and id, or None."""


Check = Callable[[Any], Iterable[Fault]]
"""A rule over the fields of one record."""
LinkedCheck = Callable[[Any, Lookup], Iterable[Fault]]
"""A rule over a record and those it refers to."""


@dataclass(frozen=True)
class Kind:
    """A sort of record: where it lives, its model, its rules."""

    name: str
    model: type[Record]
    title: str
    """The plural, as the listing is headed."""
    singular: str
    folder: str | None = None
    """The folder with one record a file, or None where `file` holds them all."""
    file: str | None = None
    ids: re.Pattern[str] = ID
    checks: tuple[Check, ...] = ()
    linked_checks: tuple[LinkedCheck, ...] = ()
    template: str = "record.md.j2"
    listing: str = "listing.md.j2"
    respell: Callable[[str], str | None] = lambda id: None
    """The id for what stands under another code elsewhere, as GB for UK and GBR; None where there is none."""

    @property
    def section(self) -> str:
        """The first part of the address of its records."""
        return self.folder or (self.file or "").removesuffix(".yml")

    @property
    def a(self) -> str:
        """The singular with its article, inside a sentence: «a programme», «an agreement»."""
        return f"{'an' if self.singular[0] in 'AEIOU' else 'a'} {self.singular.lower()}"

    def is_id(self, text: str) -> bool:
        """Whether a record of this kind may be called so."""
        if self.name == "page":
            return bool(self.ids.match(text)) and not DEVICES.intersection(text.split("/"))
        return bool(self.ids.match(text)) and text.lower() not in RESERVED

    def page(self, id: str) -> str:
        """The Markdown file of a record, as `countries/cl.md`."""
        return f"{self.section}/{id.lower()}.md"
