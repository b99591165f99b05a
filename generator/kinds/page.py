"""Hand-written pages: front matter and prose."""

from __future__ import annotations

from pydantic import Field

from generator.model.evidence import Record
from generator.model.kind import Kind
from generator.model.values import PAGE_ID, Line, Prose


class Page(Record):
    """A page of prose. Its address is its place in the folder."""

    name: Line = Field(alias="title", title="Title", examples=["How we know"])
    """The heading of the page."""
    description: Line = Field(
        title="Description",
        examples=[
            "Report a mistake, mend a record in your browser, or add a new one; what is checked, and what "
            "the messages mean."
        ],
    )
    """One sentence on what the page is about, for search engines and shares."""
    body: Prose = Field(
        title="Text",
        examples=["The first summit was held in [Rio de Janeiro](../dialogues/eu-lac-summit-1999-rio.md)."],
    )
    """The text, below the second line of ---. Sections begin with ##; links to other pages end in .md."""


KIND = Kind("page", Page, "Pages", "Page", folder="pages", ids=PAGE_ID, template="page.md.j2")
