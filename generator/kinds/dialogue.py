"""Dialogues: summits, ministerial meetings, policy dialogues, and standing bodies for one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from generator.model.edtf import PartialDate
from generator.model.evidence import Item, OtherName, Record
from generator.model.kind import Kind
from generator.model.parts import (
    Activity,
    AgreementRef,
    CountryRef,
    DialogueRef,
    Level,
    Participant,
    PartyRef,
    ProgrammeRef,
    Related,
    ReportedStatus,
    Statement,
    ThemeRef,
    record_or_text,
)
from generator.model.values import Date, End, Line, Many, Model, Moment, Prose, Url, Vocabulary, Whole
from generator.problems import Code, Fault


class DialogueType(Vocabulary):
    """What sort of dialogue it is."""

    SUMMIT = ("summit", "Summit")
    MINISTERIAL = ("ministerial", "Ministerial meeting")
    POLICY = ("policy-dialogue", "Policy dialogue")
    SECTORAL = ("sectoral", "Sectoral dialogue")
    CIVIL_SOCIETY = ("civil-society", "Civil society forum")
    PARLIAMENTARY = ("parliamentary", "Parliamentary assembly")
    INSTITUTION = ("institution", "Institution")
    SERIES = ("series", "Series of meetings")


class OutcomeType(Vocabulary):
    """What came out of a meeting."""

    DECLARATION = ("declaration", "Declaration")
    ACTION_PLAN = ("action-plan", "Action plan")
    STUDY = ("study", "Study")
    MEMORANDUM = ("memorandum", "Memorandum or letters of intent")
    AGREEMENT = ("agreement", "Agreement")
    PROGRAMME = ("programme", "Programme")


class SeriesPlace(Model):
    """Which meeting of a series this is."""

    of: DialogueRef = Field(title="Series")
    number: Whole | None = Field(None, title="Number", description="Counted from the first meeting of all.")
    celac_number: Whole | None = Field(None, title="EU–CELAC number")


class Place(Model):
    """Where it was held, or where a dialogue was opened."""

    city: Line | None = Field(None, title="City")
    country: CountryRef | None = Field(None, title="Country")
    mode: Line | None = Field(None, title="How", description="As «by video».")
    note: Prose | None = Field(None, title="Note")


class Outcome(Item):
    """A text, study or programme that came out of it."""

    marks: ClassVar[tuple[str, ...]] = ("title",)

    title: Line = Field(title="Title")
    type: OutcomeType = Field(title="Type")
    date: Date | None = Field(None, title="Date")
    url: Url | None = Field(None, title="Address")
    agreement: AgreementRef | None = Field(None, title="Agreement")
    programme: ProgrammeRef | None = Field(None, title="Programme")
    dialogue: DialogueRef | None = Field(None, title="Dialogue", description="A dialogue or body that it set up.")


class Dialogue(Record):
    """A meeting, a series of meetings, or a standing dialogue."""

    name: Line = Field(title="Name")
    short_name: Line | None = Field(None, title="Short name")
    acronym: Line | None = Field(None, title="Acronym")
    other_names: Many[OtherName] = Field((), title="Other names")
    type: DialogueType = Field(title="Type")
    level: Level | None = Field(None, title="Level")
    series: SeriesPlace | None = Field(None, title="Series")
    date: Moment | None = Field(None, title="Date", description="Of a meeting; standing dialogues have a start.")
    start: Date | None = Field(None, title="Start")
    end: End | None = Field(None, title="End", description="A date; `..` for no end; left out where nobody found one.")
    reported_status: ReportedStatus | None = Field(None, title="Reported status")
    place: Place | None = Field(None, title="Place")
    parties: Many[PartyRef] = Field((), title="Parties")
    participants_level: Line | None = Field(None, title="Who met")
    participants: Many[Participant] = Field((), title="Bodies")
    countries: Many[CountryRef] = Field((), title="Countries")
    themes: Many[ThemeRef] = Field((), title="Themes")
    summary: Prose = Field(title="Summary", description="Two to four plain sentences.")
    outcomes: Many[Outcome] = Field((), title="Outcomes")
    activities: Many[Activity] = Field((), title="Activities")
    statements: Many[Statement] = Field((), title="What is known")
    related: Related = Field(Related(), title="Related")


def held_or_standing(record: Dialogue) -> Iterator[Fault]:
    """A meeting has a date, a standing dialogue a start: not both."""
    if record.date and (record.start or record.end):
        message = "A dialogue has a `date` or a `start`, not both."
        yield Fault(("date",), Code.WRONG_TYPE, message, "Keep `date` for a meeting, `start` for a standing dialogue.")
    if record.start and isinstance(record.end, PartialDate) and record.end.certainly_before(record.start):
        message = f"It ends in {record.end} but begins in {record.start}."
        yield Fault(("end",), Code.END_BEFORE_START, message, "Swap or mend them.")


def participants_are_named(record: Dialogue) -> Iterator[Fault]:
    """Participants lead to an organisation or say what they are."""
    yield from record_or_text(record.participants, "participants", "organisation")


KIND = Kind(
    "dialogue", Dialogue, "Dialogues", "Dialogue", folder="dialogues", checks=(held_or_standing, participants_are_named)
)
