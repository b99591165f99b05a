"""Hand-written pages: front matter and prose."""

from __future__ import annotations

from pydantic import Field

from generator.model.evidence import Record
from generator.model.kind import Kind
from generator.model.values import Line, Prose


class Page(Record):
    """A page of prose. Its address is its place in the folder."""

    name: Line = Field(alias="title", title="Title")
    description: Line = Field(title="Description", description="One sentence for search engines and shares.")
    body: Prose = Field(title="Text")


KIND = Kind("page", Page, "Pages", "Page", folder="pages", template="page.md.j2")
