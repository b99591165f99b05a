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

    country: CountryRef = Field(title="Country", examples=["PE"])
    """The country that the regions belong to."""
    names: Many[Line] = Field(title="Regions", examples=["[Tumbes, Piura]"])
    """Their names as the country writes them."""


class Cities(Item):
    """Towns of the area."""

    names: Many[Line] = Field(title="Cities", examples=["[Jaén]"])
    """Names of towns, as written there. Those with the same source stand together."""


class Study(Item):
    """A study of the area."""

    marks: ClassVar[tuple[str, ...]] = ("title",)

    title: Line = Field(title="Title", examples=["EULAC-EUREGIO (CBRIS) final report (2013.CE.16.0AT.078)"])
    """The title as printed."""
    date: Moment | None = Field(None, title="Date", examples=["2015"])
    """When it was published."""
    url: Url | None = Field(
        None,
        title="Address",
        examples=["https://ec.europa.eu/regional_policy/en/policy/cooperation/international/studies/"],
    )
    """Where it can be read."""


class ValueChain(Item):
    """What the area lives on, or chose to work on."""

    marks: ClassVar[tuple[str, ...]] = ("name",)

    name: Line = Field(title="Name", examples=["coffee"])
    """The product or trade in a few words."""


class Measure(Item):
    """A number about the area."""

    marks: ClassVar[tuple[str, ...]] = ("label",)

    label: Line = Field(title="What", examples=["Border length"])
    """What is measured."""
    value: Number = Field(title="Value", examples=["1500"])
    """The number, in digits."""
    unit: Line | None = Field(None, title="Unit", examples=["km"])
    """What it is counted in."""
    qualifier: Qualifier | None = Field(None, title="How exact", examples=["more-than"])
    """Where the source gives the number as about, more than and so on."""
    date: Moment | None = Field(None, title="Date", examples=["2003"])
    """The day or year that the number is for."""


class BorderArea(Record):
    """A cross-border area."""

    name: Line = Field(title="Name", examples=["Ecuador–Peru border integration zone"])
    """The name that studies or the two states use."""
    short_name: Line | None = Field(None, title="Short name", examples=["Ecuador–Peru border zone"])
    """The name that lists and headings show."""
    other_names: Many[OtherName] = Field(
        (), title="Other names", examples=["- {name: Plateau des Guyanes, language: fr}"]
    )
    """Names in other languages, as its sources write them."""
    countries: Many[CountryRef] = Field((), title="Countries", examples=["[EC, PE]"])
    """The countries on both sides."""
    regions: Many[Region] = Field(
        (), title="Regions", examples=["- {country: PE, names: [Tumbes, Piura], sources: [s1]}"]
    )
    """The regions, provinces or departments that belong to it, country by country."""
    cities: Many[Cities] = Field((), title="Cities", examples=["- {names: [Jaén], sources: [s2]}"])
    """Towns that the studies name."""
    summary: Prose = Field(
        title="Summary", examples=["A wide border zone with a bi-national development plan since the peace settlement."]
    )
    """Two to four plain sentences: where it is, what it lives on, what was done there."""
    value_chains: Many[ValueChain] = Field((), title="Value chains", examples=["- {name: coffee, sources: [s3, s2]}"])
    """What the area lives on, or chose to work on."""
    figures: Many[Measure] = Field(
        (), title="Figures", examples=["- {label: Border length, value: 1500, unit: km, sources: [s1]}"]
    )
    """Numbers about the area: its size, its people, the length of the border."""
    studies: Many[Study] = Field(
        (),
        title="Studies",
        examples=["- {title: SWOT analyses in three selected cross-border areas, date: 2015, sources: [s1]}"],
    )
    """Studies of the area that a reader can look for."""
    statements: Many[Statement] = Field(
        (),
        title="What is known",
        examples=["- {text: A Binational Development Plan for the border region was already in place., sources: [s1]}"],
    )
    """Single facts that readers need and no other field holds."""
    related: Related = Field(
        Related(),
        title="Related",
        examples=["{programmes: [cbris-border-areas], dialogues: [eu-peru-regional-policy]}"],
    )
    """Other records that a reader of this one wants next."""


KIND = Kind("border-area", BorderArea, "Border areas", "Border area", folder="border-areas")
