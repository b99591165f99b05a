"""Border areas: cross-border areas that were studied or supported."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from generator.model.evidence import Item, OtherName, Record
from generator.model.kind import Kind
from generator.model.parts import CountryRef, Qualifier, Related, Statement
from generator.model.values import Line, Many, Moment, Number, Prose, Url


class Region(Item):
    """Regions of one country."""

    marks: ClassVar[tuple[str, ...]] = ("country",)

    country: CountryRef = Field(title="Country")
    names: Many[Line] = Field(title="Regions")


class Cities(Item):
    """Towns of the area."""

    names: Many[Line] = Field(title="Cities")


class Study(Item):
    """A study of the area."""

    marks: ClassVar[tuple[str, ...]] = ("title",)

    title: Line = Field(title="Title")
    date: Moment | None = Field(None, title="Date")
    url: Url | None = Field(None, title="Address")


class ValueChain(Item):
    """What the area lives on, or chose to work on."""

    marks: ClassVar[tuple[str, ...]] = ("name",)

    name: Line = Field(title="Name")


class Measure(Item):
    """A number about the area."""

    marks: ClassVar[tuple[str, ...]] = ("label",)

    label: Line = Field(title="What")
    value: Number = Field(title="Value")
    unit: Line | None = Field(None, title="Unit")
    qualifier: Qualifier | None = Field(None, title="How exact")
    date: Moment | None = Field(None, title="Date")


class BorderArea(Record):
    """A cross-border area."""

    name: Line = Field(title="Name")
    short_name: Line | None = Field(None, title="Short name")
    other_names: Many[OtherName] = Field((), title="Other names")
    countries: Many[CountryRef] = Field((), title="Countries")
    regions: Many[Region] = Field((), title="Regions")
    cities: Many[Cities] = Field((), title="Cities")
    summary: Prose = Field(title="Summary", description="Two to four plain sentences.")
    value_chains: Many[ValueChain] = Field((), title="Value chains")
    figures: Many[Measure] = Field((), title="Figures")
    studies: Many[Study] = Field((), title="Studies")
    statements: Many[Statement] = Field((), title="What is known")
    related: Related = Field(Related(), title="Related")


KIND = Kind("border-area", BorderArea, "Border areas", "Border area", folder="border-areas")
