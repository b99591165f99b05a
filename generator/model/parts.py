"""The parts that records of several kinds share: money, people at work, activities, places, links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar

from pydantic import Field

from generator.model.evidence import Item
from generator.model.values import (
    Currency,
    Line,
    Many,
    Model,
    Moment,
    Number,
    Prose,
    Reference,
    RefersTo,
    Vocabulary,
)
from generator.problems import Code, Fault

CountryRef = Annotated[Reference, RefersTo("country")]
GroupRef = Annotated[Reference, RefersTo("group")]
PartyRef = Annotated[Reference, RefersTo("country", "group")]
ProgrammeRef = Annotated[Reference, RefersTo("programme")]
AgreementRef = Annotated[Reference, RefersTo("agreement")]
DialogueRef = Annotated[Reference, RefersTo("dialogue")]
BorderAreaRef = Annotated[Reference, RefersTo("border-area")]
OrganisationRef = Annotated[Reference, RefersTo("organisation")]
ThemeRef = Annotated[Reference, RefersTo("theme")]
FigureRef = Annotated[Reference, RefersTo("figure")]


class Level(Vocabulary):
    """How many take part."""

    BI_REGIONAL = ("bi-regional", "Bi-regional")
    REGIONAL = ("regional", "Regional")
    SUB_REGIONAL = ("sub-regional", "Sub-regional")
    MULTI_COUNTRY = ("multi-country", "Several countries")
    BILATERAL = ("bilateral", "Bilateral")


class Basis(Vocabulary):
    """What a sum of money is. Sums of different basis are never added up."""

    EU_CONTRIBUTION = ("eu-contribution", "EU contribution")
    TOTAL_COST = ("total-cost", "Total cost")
    BUDGET = ("budget", "Budget")
    ALLOCATION = ("allocation", "Allocation")
    MINIMUM_ALLOCATION = ("minimum-allocation", "Legal minimum allocation")
    INDICATIVE_BUDGET = ("indicative-budget", "Indicative budget")
    COMMITMENT = ("commitment", "Commitment")
    PLEDGE = ("pledge", "Pledge")
    APPROVED = ("approved", "Approved")
    ANNOUNCED = ("announced", "Announced package")
    CONTRACT = ("contract", "Contract value")
    CALL = ("call", "Call for proposals")
    SPENT = ("spent", "Spent")
    TARGET = ("target", "Investment target")
    INSTRUMENT_TOTAL = ("instrument-total", "Total of the instrument")


class Qualifier(Vocabulary):
    """How exact a number is."""

    ABOUT = ("about", "about")
    MORE_THAN = ("more-than", "more than")
    NEARLY = ("nearly", "nearly")
    UP_TO = ("up-to", "up to")
    AT_LEAST = ("at-least", "at least")


class Money(Item):
    """A sum, with what it is a sum of."""

    marks: ClassVar[tuple[str, ...]] = ("label", "amount")

    amount: Number = Field(title="Amount", description="In units, not millions: 3400000000.")
    currency: Currency = Field(title="Currency", description="ISO 4217: EUR, USD.")
    basis: Basis = Field(title="Basis", description="What the sum is: a contribution, an allocation, a target …")
    qualifier: Qualifier | None = Field(None, title="How exact")
    label: Line | None = Field(None, title="In the source's words")
    period: Moment | None = Field(None, title="Period")
    part_of: Line | None = Field(None, title="Part of", description="The label of the sum that this is a part of.")


class Role(Vocabulary):
    """What an organisation does in a programme or dialogue."""

    LEAD = ("lead", "Lead")
    IMPLEMENTER = ("implementer", "Implementer")
    PARTNER = ("partner", "Partner")
    FUNDER = ("funder", "Funder")
    COORDINATOR = ("coordinator", "Coordinator")
    EXPERT = ("expert", "Experts")
    TECHNICAL_ASSISTANCE = ("technical-assistance", "Technical assistance")
    MANAGING_AUTHORITY = ("managing-authority", "Managing authority")
    PARTICIPANT = ("participant", "Participant")
    SECRETARIAT = ("secretariat", "Secretariat")


class Participant(Item):
    """Who took part: an organisation that has a record, or a text for what is none."""

    marks: ClassVar[tuple[str, ...]] = ("organisation", "text")

    organisation: OrganisationRef | None = Field(None, title="Organisation")
    text: Line | None = Field(None, title="Text", description="For what is no organisation: «36 funding agencies».")
    role: Role | None = Field(None, title="Role")


class ActivityType(Vocabulary):
    """What was done."""

    CONFERENCE = ("conference", "Conference")
    DATABASE = ("database", "Database")
    FORUM = ("forum", "Forum")
    MEETING = ("meeting", "Meeting")
    MINISTERIAL = ("ministerial", "Ministerial meeting")
    NETWORK = ("network", "Network")
    PROGRAMME = ("programme", "Programme")
    STUDY = ("study", "Study")
    STUDY_VISIT = ("study-visit", "Study visit")
    SUMMIT = ("summit", "Summit")
    TECHNICAL_ASSISTANCE = ("technical-assistance", "Technical assistance")
    TRAINING = ("training", "Training")
    WORKSHOP = ("workshop", "Workshop")


class Activity(Item):
    """Something that was done on a day or over some days."""

    marks: ClassVar[tuple[str, ...]] = ("title", "date")

    title: Line = Field(title="Title")
    type: ActivityType = Field(title="Type")
    date: Moment | None = Field(None, title="Date", description="2018-06-04/2018-06-09; 2018? where the year is read.")
    place: Line | None = Field(None, title="Place")
    countries: Many[CountryRef] = Field((), title="Countries")


class Result(Item):
    """What came of it, where possible with a number."""

    marks: ClassVar[tuple[str, ...]] = ("text",)

    text: Prose = Field(title="Text")
    value: Number | None = Field(None, title="Value")
    unit: Line | None = Field(None, title="Unit")
    qualifier: Qualifier | None = Field(None, title="How exact")


class Statement(Item):
    """A sentence with its sources."""

    marks: ClassVar[tuple[str, ...]] = ("text",)

    text: Prose = Field(title="Text")
    value: Number | None = Field(None, title="Value")
    unit: Line | None = Field(None, title="Unit")


class ReportedState(Vocabulary):
    """What a source, or the gatherer of the facts, reports of a status."""

    ACTIVE = ("active", "active")
    COMPLETED = ("completed", "completed")
    HELD = ("held", "held")
    SUPERSEDED = ("superseded", "superseded")
    PLANNED = ("planned", "planned")
    UNKNOWN = ("unknown", "unknown")


class ReportedStatus(Item):
    """A status that somebody reports. It is shown as theirs; what the dates give is computed."""

    state: ReportedState = Field(title="State")


class AreaLink(Item):
    """A border area that a programme studied or supported: one that has a record, or a text for what has none."""

    marks: ClassVar[tuple[str, ...]] = ("area", "text")

    area: BorderAreaRef | None = Field(None, title="Border area")
    text: Line | None = Field(None, title="Text", description="For a border without a record of its own.")
    countries: Many[CountryRef] = Field((), title="Countries", description="With `text`: whose border it is.")
    phase: Line | None = Field(None, title="Phase", description="The name of the phase.")
    value_chains: Many[Line] = Field((), title="Value chains")


class Related(Model):
    """Other records that a reader of this one wants. Typed at one end, shown at both."""

    programmes: Many[ProgrammeRef] = Field((), title="Programmes")
    agreements: Many[AgreementRef] = Field((), title="Agreements")
    dialogues: Many[DialogueRef] = Field((), title="Dialogues")
    border_areas: Many[BorderAreaRef] = Field((), title="Border areas")


class Labels(Model):
    """A label in the languages of the catalogue."""

    en: Line
    es: Line | None = None
    pt: Line | None = None
    fr: Line | None = None


def record_or_text(items: Sequence[Item], list_name: str, record_name: str) -> Iterator[Fault]:
    """Each item names a record, or says in a text what has none: not both, not neither."""
    for number, item in enumerate(items):
        named, told = getattr(item, record_name), getattr(item, "text", None)
        if bool(named) == bool(told):
            message = f"An item of '{list_name}' needs either '{record_name}' or 'text'."
            hint = "Keep one of the two." if named else "Add one of the two."
            yield Fault((list_name, number), Code.MISSING_FIELD, message, hint)
