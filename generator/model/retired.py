"""Tombstones: what stays of a record that was taken out, so that its address and its id still say something."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field

from generator.model.evidence import Record
from generator.model.kind import Kind
from generator.model.values import Date, Form, Line, NamesItsKind, Prose, Reference

NAMED_FORM = Form(
    "kind and id", "The kind of the record, a slash and its id: programme/urbelac.", r"[a-z-]+/\S+", ("string",)
)
AnyRef = Annotated[Reference, NAMED_FORM, NamesItsKind()]
"""A record of any kind, with its kind: `programme/urbelac`."""


class Tombstone(Record):
    """A record that was taken out. Its id is the kind and the id that it had: `programme/urbelac`."""

    name: Line = Field(title="Name", description="What the record was called.")
    retired: Date = Field(title="Retired on", description="The day on which it was taken out.")
    because: Prose = Field(title="Why", description="Why it was taken out, in a sentence for readers.")
    successor: AnyRef | None = Field(
        None, title="Successor", description="The record to read instead, with its kind: programme/urbelac."
    )

    @property
    def title(self) -> str:
        return str(self.name)

    @property
    def was(self) -> tuple[str, str]:
        """The kind and the id that the record had."""
        kind, _, id = self.id.partition("/")
        return kind, id


ID = re.compile(r"[a-z]+(?:-[a-z]+)*/[A-Za-z0-9]+(?:[-/][A-Za-z0-9]+)*\Z")

RETIRED = Kind("retired", Tombstone, "Retired records", "Retired record", file="retired.yml", ids=ID)
"""Read and checked as the kinds are, but no row of their table: it has no listing, and no page of its own kind."""
