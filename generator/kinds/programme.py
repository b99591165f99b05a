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

    name: Line = Field(title="Name")
    start: Date | None = Field(None, title="Start")
    end: End | None = Field(None, title="End", description="A date; `..` for no end; left out where nobody found one.")
    budget: Many[Money] = Field((), title="Budget")


class Programme(Record):
    """A cooperation programme or project."""

    name: Line = Field(title="Name", description="The official name, in English where there is one.")
    short_name: Line | None = Field(None, title="Short name")
    acronym: Line | None = Field(None, title="Acronym")
    other_names: Many[OtherName] = Field((), title="Other names")
    level: Level | None = Field(None, title="Level")
    start: Date | None = Field(None, title="Start")
    end: End | None = Field(None, title="End", description="A date; `..` for no end; left out where nobody found one.")
    reported_status: ReportedStatus | None = Field(None, title="Reported status")
    phases: Many[Phase] = Field((), title="Phases")
    budget: Many[Money] = Field((), title="Money")
    funding_instrument: Line | None = Field(None, title="Paid from")
    participants: Many[Participant] = Field((), title="Carried out by")
    countries: Many[CountryRef] = Field((), title="Partner countries")
    eu_countries: Many[CountryRef] = Field((), title="European countries")
    regional_groups: Many[GroupRef] = Field((), title="Groups")
    themes: Many[ThemeRef] = Field((), title="Themes")
    website: Url | None = Field(None, title="Website")
    summary: Prose = Field(title="Summary", description="Two to four plain sentences: what for, by whom, what came.")
    activities: Many[Activity] = Field((), title="Activities")
    results: Many[Result] = Field((), title="Results reported")
    border_areas: Many[AreaLink] = Field((), title="Border areas")
    related: Related = Field(Related(), title="Related")


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
