"""Programmes: cooperation programmes and projects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from generator.model.edtf import Open, PartialDate
from generator.model.evidence import Item, OtherName, Record
from generator.model.kind import Kind
from generator.model.parts import (
    Activity,
    AreaLink,
    CountryRef,
    GroupRef,
    Level,
    Money,
    Participant,
    Related,
    ReportedStatus,
    Result,
    ThemeRef,
    record_or_text,
)
from generator.model.values import Date, End, Line, Many, Prose, Url
from generator.problems import Code, Fault


class Phase(Item):
    """A part of a programme with a life of its own."""

    marks: ClassVar[tuple[str, ...]] = ("name",)

    name: Line = Field(title="Name", examples=["AL-INVEST 5.0"])
    """The name that the programme gives it."""
    start: Date | None = Field(None, title="Start", examples=["2016"])
    """When it began."""
    end: End | None = Field(None, title="End", examples=["2020"])
    """When it ended. Leave it out where nobody found an end; `..` says that there is none, and needs a source."""
    budget: Many[Money] = Field(
        (),
        title="Budget",
        examples=["- {amount: 26000000, currency: EUR, basis: budget, label: AL-INVEST 5.0, sources: [s4]}"],
    )
    """Sums of this phase alone."""


class Programme(Record):
    """A cooperation programme or project."""

    name: Line = Field(title="Name", examples=["Urban European and Latin American and Caribbean cities"])
    """The official name, in English where there is one."""
    short_name: Line | None = Field(None, title="Short name", examples=["URBELAC"])
    """The name that readers use, for lists and headings."""
    acronym: Line | None = Field(None, title="Acronym", examples=["URBELAC"])
    """Its letters, where people use them."""
    other_names: Many[OtherName] = Field(
        (),
        title="Other names",
        examples=[
            "- name: 'UE-CELAC Plataforma Innovact: Innovación para promover la Cohesión Territorial'\n"
            "  language: es\n"
            "  sources: [s12]"
        ],
    )
    """Official names in other languages, and names of editions. They are found by search."""
    level: Level | None = Field(None, title="Level", examples=["regional"])
    """How many take part. It is our own classification."""
    start: Date | None = Field(None, title="Start", examples=["2010-11"])
    """When it began, as precise as the source."""
    end: End | None = Field(None, title="End", examples=["2027-12"])
    """When it ended or will end. Leave it out where nobody found an end; `..` says that there is none, and needs a
    source."""
    reported_status: ReportedStatus | None = Field(
        None, title="Reported status", examples=["{state: completed, sources: [s2]}"]
    )
    """What a source says of its present state. The status of the page is computed from start and end."""
    phases: Many[Phase] = Field(
        (),
        title="Phases",
        examples=[
            "- {name: Phase IV, start: 2009, end: 2013, sources: [s2, s4]}\n"
            "- {name: AL-INVEST 5.0, start: 2016, end: 2020, sources: [s1, s4, s13]}"
        ],
    )
    """Parts with a life of their own, oldest first. Countries or money of one phase go there or into a note."""
    budget: Many[Money] = Field(
        (),
        title="Money",
        examples=["- {amount: 26000000, currency: EUR, basis: budget, label: AL-INVEST 5.0, sources: [s4]}"],
    )
    """Sums that sources give, each with what it is a sum of."""
    funding_instrument: Line | None = Field(None, title="Paid from", examples=["EU budget, DG REGIO service contract"])
    """The fund or budget line that pays, in the words of the source."""
    participants: Many[Participant] = Field(
        (),
        title="Carried out by",
        examples=["- {organisation: dg-regio, role: implementer}\n- {organisation: idb, role: implementer}"],
    )
    """Who carries it out, pays or advises."""
    countries: Many[CountryRef] = Field((), title="Partner countries", examples=["[BO, EC, CO, AR]"])
    """Partner countries that took part, in Latin America and the Caribbean. Each country's page lists the programme."""
    eu_countries: Many[CountryRef] = Field((), title="European countries", examples=["[GB, ES, PT, IT]"])
    """European countries that took part, where a source names them."""
    regional_groups: Many[GroupRef] = Field((), title="Groups", examples=["[CELAC]"])
    """Groups that it is for or works with."""
    themes: Many[ThemeRef] = Field((), title="Themes", examples=["[urban-development, environment-climate, migration]"])
    """What it is about, in words of the theme vocabulary. Three to eight are enough."""
    website: Url | None = Field(
        None, title="Website", examples=["http://www.innovactplatform.eu/en/about/eu-celac-cooperation"]
    )
    """Its own site or official page, while it is there."""
    summary: Prose = Field(
        title="Summary", examples=["A network of cities set up by DG REGIO and the Inter-American Development Bank."]
    )
    """Two to four plain sentences: what for, by whom, what came. No praise."""
    activities: Many[Activity] = Field(
        (),
        title="Activities",
        examples=[
            "- title: Technological tour of Tacna farmers to Arica\n"
            "  type: study-visit\n"
            "  date: 2019-06-03\n"
            "  countries: [PE, CL]\n"
            "  note: Fifteen farmers.\n"
            "  sources: [s15]"
        ],
    )
    """What was done on a day or over some days. The latest one shows that the programme was alive."""
    results: Many[Result] = Field(
        (),
        title="Results reported",
        examples=[
            "- {text: 47 cities of both regions took part over five rounds., value: 47, unit: cities, sources: [s1]}"
        ],
    )
    """What came of it, where possible with a number. Who reports it matters: give the source."""
    border_areas: Many[AreaLink] = Field(
        (),
        title="Border areas",
        examples=["- {area: colombia-ecuador, phase: INNOVACT I, value_chains: [cocoa, tourism], sources: [s1, s4]}"],
    )
    """Border areas that it studied or supported."""
    related: Related = Field(
        Related(),
        title="Related",
        examples=["{programmes: [eulac-ris, iurc-lac, urb-al], dialogues: [dg-regio-lac-territorial-dialogue]}"],
    )
    """Other records that a reader of this one wants next."""


def ends_after_it_starts(record: Programme) -> Iterator[Fault]:
    """A programme and each of its phases end after they began."""
    yield from _ends(record, ())
    for number, phase in enumerate(record.phases):
        yield from _ends(phase, ("phases", number))


def _ends(thing: Programme | Phase, path: tuple[str | int, ...]) -> Iterator[Fault]:
    if thing.start is None or thing.end is None or isinstance(thing.end, Open):
        return
    if thing.end.certainly_before(thing.start):
        yield end_before_start((*path, "end"), thing.start, thing.end)


def end_before_start(path: tuple[str | int, ...], start: PartialDate, end: PartialDate) -> Fault:
    return Fault(path, Code.END_BEFORE_START, f"It ends in {end} but begins in {start}.", "Swap or mend them.")


def parts_are_named(record: Programme) -> Iterator[Fault]:
    """Participants and border areas lead to a record or say what they are."""
    yield from record_or_text(record.participants, "participants", "organisation")
    yield from record_or_text(record.border_areas, "border_areas", "area")


KIND = Kind(
    "programme",
    Programme,
    "Programmes",
    "Programme",
    folder="programmes",
    checks=(ends_after_it_starts, parts_are_named),
)
