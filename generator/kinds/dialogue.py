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

    SUMMIT = ("summit", "Summit", "One meeting of heads of state or government.")
    MINISTERIAL = ("ministerial", "Ministerial meeting", "One meeting of ministers.")
    POLICY = ("policy-dialogue", "Policy dialogue", "A standing dialogue between administrations.")
    SECTORAL = ("sectoral", "Sectoral dialogue", "A standing dialogue on one field, as drugs or research.")
    CIVIL_SOCIETY = ("civil-society", "Civil society forum", "A forum of civil society, business or universities.")
    PARLIAMENTARY = ("parliamentary", "Parliamentary assembly", "A body of members of parliaments.")
    INSTITUTION = ("institution", "Institution", "A standing body with an office.")
    SERIES = ("series", "Series of meetings", "A line of meetings, each of which may have a record.")


class OutcomeType(Vocabulary):
    """What came out of a meeting."""

    DECLARATION = ("declaration", "Declaration", "A text that the meeting adopted.")
    ACTION_PLAN = ("action-plan", "Action plan", "What the two sides mean to do.")
    STUDY = ("study", "Study", "A study or report.")
    MEMORANDUM = (
        "memorandum",
        "Memorandum or letters of intent",
        "Letters of intent, a memorandum of understanding or joint terms.",
    )
    AGREEMENT = ("agreement", "Agreement", "A text that binds.")
    PROGRAMME = ("programme", "Programme", "A programme that was launched.")


class SeriesPlace(Model):
    """Which meeting of a series this is."""

    of: DialogueRef = Field(title="Series", examples=["eu-lac-summits"])
    """The id of the series, which has a record of its own."""
    number: Whole | None = Field(None, title="Number", examples=["8"])
    """Which meeting it is, counted from the first of all."""
    celac_number: Whole | None = Field(None, title="EU–CELAC number", examples=["2"])
    """Which EU–CELAC meeting it is, where both counts are in use."""


class Place(Model):
    """Where it was held, or where a dialogue was opened."""

    city: Line | None = Field(None, title="City", examples=["Brussels"])
    """The town, in English."""
    country: CountryRef | None = Field(None, title="Country", examples=["BE"])
    """The country of that town."""
    mode: Line | None = Field(None, title="How", examples=["by video conference"])
    """How they met, where it was in no one place."""
    note: Prose | None = Field(None, title="Note", examples=["Exchange of letters."])
    """What the place stands for, where it is not where they met."""


class Outcome(Item):
    """A text, study or programme that came out of it."""

    marks: ClassVar[tuple[str, ...]] = ("title",)

    title: Line = Field(title="Title", examples=["Declaration of Rio de Janeiro"])
    """Its title as printed."""
    type: OutcomeType = Field(title="Type", examples=["declaration"])
    """What sort of outcome it is."""
    date: Date | None = Field(None, title="Date", examples=["1999-06-29"])
    """Its own day, which need not be that of the meeting."""
    url: Url | None = Field(
        None,
        title="Address",
        examples=[
            "http://www.europarl.europa.eu/delegations/noneurope/idel/d12/docs/cumbrederio/prioridadesaccionen.htm"
        ],
    )
    """Where it can be read."""
    agreement: AgreementRef | None = Field(None, title="Agreement", examples=["eu-andean-community-pdca-2003"])
    """Where the outcome is an agreement that has a record."""
    programme: ProgrammeRef | None = Field(None, title="Programme", examples=["eu-latam-value-chains-2015"])
    """Where the outcome is a programme or study that has a record."""
    dialogue: DialogueRef | None = Field(None, title="Dialogue", examples=["eu-lac-foundation"])
    """Where it set up a dialogue or a body that has a record."""


class Dialogue(Record):
    """A meeting, a series of meetings, or a standing dialogue."""

    name: Line = Field(title="Name", examples=["I EU-LAC Summit, Rio de Janeiro"])
    """The official name, in English where there is one."""
    short_name: Line | None = Field(None, title="Short name", examples=["EU–LAC Summit 1999, Rio de Janeiro"])
    """The name that readers use, for lists and headings. For a meeting give year and place."""
    acronym: Line | None = Field(None, title="Acronym", examples=["EuroLat"])
    """Its letters, where people use them."""
    other_names: Many[OtherName] = Field(
        (), title="Other names", examples=["- {name: Alianza Digital UE-ALC, language: es}"]
    )
    """Official names in other languages, and other names in use. They are found by search."""
    type: DialogueType = Field(title="Type", examples=["summit"])
    """What sort of dialogue it is: one meeting, a series of them, or a standing body."""
    level: Level | None = Field(None, title="Level", examples=["bi-regional"])
    """How many take part. It is our own classification."""
    series: SeriesPlace | None = Field(
        None, title="Series", examples=["{of: eu-lac-summits, number: 8, celac_number: 2}"]
    )
    """For one meeting of a series: which series, and which number it has."""
    date: Moment | None = Field(None, title="Date", examples=["2015-06-10/2015-06-11"])
    """For a meeting: its day or days. A standing dialogue has `start` instead."""
    start: Date | None = Field(None, title="Start", examples=["2007-11-29"])
    """For a standing dialogue or a series: when it began."""
    end: End | None = Field(None, title="End", examples=["2024-09-26"])
    """When a standing dialogue ended. Leave it out where nobody found an end; `..` says that there is none, and
    needs a source."""
    reported_status: ReportedStatus | None = Field(
        None, title="Reported status", examples=["{state: held, sources: [s1]}"]
    )
    """What a source says of its present state. The status of the page is computed from dates."""
    place: Place | None = Field(None, title="Place", examples=["{city: Brussels, country: BE}"])
    """Where it was held, or where the dialogue was opened."""
    parties: Many[PartyRef] = Field((), title="Parties", examples=["[EU, CELAC]"])
    """The two sides: countries or groups."""
    participants_level: Line | None = Field(None, title="Who met", examples=["Heads of state or government"])
    """Who met, in a few words."""
    participants: Many[Participant] = Field((), title="Bodies", examples=["- {organisation: idb}"])
    """Bodies that take part beside the two sides."""
    countries: Many[CountryRef] = Field((), title="Countries", examples=["[CR, SV, GT, HN, NI, PA]"])
    """Single countries that take part, where it is not whole groups."""
    themes: Many[ThemeRef] = Field((), title="Themes", examples=["[political-dialogue, regional-integration]"])
    """What it is about, in words of the theme vocabulary. Three to eight are enough."""
    summary: Prose = Field(
        title="Summary",
        examples=[
            "The first meeting of European, Latin American and Caribbean leaders, and the start of the "
            "strategic partnership that the later summits build on."
        ],
    )
    """Two to four plain sentences: what it is for, what came of it, why it matters."""
    outcomes: Many[Outcome] = Field(
        (),
        title="Outcomes",
        examples=["- {title: Declaration of Rio de Janeiro, type: declaration, date: 1999-06-29, sources: [s1]}"],
    )
    """Texts, studies and programmes that came out of it."""
    activities: Many[Activity] = Field(
        (),
        title="Activities",
        examples=[
            "- title: 'Information session 3: Andean border officials in Spain-France and Germany-Poland'\n"
            "  type: study-visit\n"
            "  date: 2013-04-19/2013-05-05\n"
            "  countries: [CO, EC, PE, BO]\n"
            "  sources: [s8, s9]"
        ],
    )
    """Meetings, visits and trainings held within it."""
    statements: Many[Statement] = Field(
        (),
        title="What is known",
        examples=["- {text: 61 countries and the EU institutions were represented., sources: [s1]}"],
    )
    """Single facts that readers need and no other field holds."""
    related: Related = Field(
        Related(), title="Related", examples=["{programmes: [bella], dialogues: [eu-lac-digital-alliance-dialogue]}"]
    )
    """Other records that a reader of this one wants next."""


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
