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

    BI_REGIONAL = ("bi-regional", "Bi-regional", "The two regions as wholes, as the EU and CELAC.")
    REGIONAL = ("regional", "Regional", "All or most of Latin America and the Caribbean, or open to all of it.")
    SUB_REGIONAL = (
        "sub-regional",
        "Sub-regional",
        "One part with a name, as Central America, the Andes or the Caribbean.",
    )
    MULTI_COUNTRY = ("multi-country", "Several countries", "Some countries that form no group.")
    BILATERAL = ("bilateral", "Bilateral", "The EU and one country.")


class Basis(Vocabulary):
    """What a sum of money is. Sums of different basis are never added up."""

    EU_CONTRIBUTION = ("eu-contribution", "EU contribution", "What the EU pays.")
    TOTAL_COST = ("total-cost", "Total cost", "The whole cost, with the money of others.")
    BUDGET = ("budget", "Budget", "The budget of the whole, where the source says no more.")
    ALLOCATION = ("allocation", "Allocation", "Money set aside for it.")
    MINIMUM_ALLOCATION = ("minimum-allocation", "Legal minimum allocation", "The least that a law sets aside.")
    INDICATIVE_BUDGET = ("indicative-budget", "Indicative budget", "A budget that may still change.")
    COMMITMENT = ("commitment", "Commitment", "Promised in a legal act.")
    PLEDGE = ("pledge", "Pledge", "Promised in a speech or statement.")
    APPROVED = ("approved", "Approved", "Approved by whoever decides, as a bank's board.")
    ANNOUNCED = ("announced", "Announced package", "Announced, often with money of many.")
    CONTRACT = ("contract", "Contract value", "The value of one contract.")
    CALL = ("call", "Call for proposals", "The money of one call for proposals.")
    SPENT = ("spent", "Spent", "Paid out.")
    TARGET = ("target", "Investment target", "Hoped for, as by an investment agenda.")
    INSTRUMENT_TOTAL = ("instrument-total", "Total of the instrument", "The whole fund, for scale.")


class Qualifier(Vocabulary):
    """How exact a number is."""

    ABOUT = ("about", "about", "The source rounds.")
    MORE_THAN = ("more-than", "more than", "At least a little more.")
    NEARLY = ("nearly", "nearly", "A little less.")
    UP_TO = ("up-to", "up to", "The most that it may be.")
    AT_LEAST = ("at-least", "at least", "The least that it may be.")


class Money(Item):
    """A sum, with what it is a sum of."""

    marks: ClassVar[tuple[str, ...]] = ("label", "amount")

    amount: Number = Field(title="Amount", examples=["26000000"])
    """The sum in units, not in millions: 26 million is 26000000."""
    currency: Currency = Field(title="Currency", examples=["EUR"])
    """The currency that the source gives. Never convert."""
    basis: Basis = Field(title="Basis", examples=["budget"])
    """What the sum is a sum of. Choose the word of the source; sums of different sorts are never added up."""
    qualifier: Qualifier | None = Field(None, title="How exact", examples=["about"])
    """Where the source gives the sum as about, nearly, more than and so on."""
    label: Line | None = Field(None, title="In the source's words", examples=["AL-INVEST 5.0"])
    """Which sum it is, in the words of the source. Needed as soon as there are two."""
    period: Moment | None = Field(None, title="Period", examples=["2014/2020"])
    """The time that the sum is for, where the source says so."""
    part_of: Line | None = Field(None, title="Part of", examples=["EU, total"])
    """The label of the larger sum that this one is a part of, so that nobody adds the two."""


class Role(Vocabulary):
    """What an organisation does in a programme or dialogue."""

    LEAD = ("lead", "Lead", "Leads the consortium.")
    IMPLEMENTER = ("implementer", "Implementer", "Carries it out.")
    PARTNER = ("partner", "Partner", "Takes part in the work.")
    FUNDER = ("funder", "Funder", "Pays.")
    COORDINATOR = ("coordinator", "Coordinator", "Coordinates the work of others.")
    EXPERT = ("expert", "Experts", "Wrote studies or advised under contract.")
    TECHNICAL_ASSISTANCE = (
        "technical-assistance",
        "Technical assistance",
        "Gives technical assistance to those who carry it out.",
    )
    MANAGING_AUTHORITY = ("managing-authority", "Managing authority", "Manages the funds of an Interreg programme.")
    PARTICIPANT = ("participant", "Participant", "Took part in meetings or activities.")
    SECRETARIAT = ("secretariat", "Secretariat", "Keeps the secretariat.")


class Participant(Item):
    """Who took part: an organisation that has a record, or a text for what is none."""

    marks: ClassVar[tuple[str, ...]] = ("organisation", "text")

    organisation: OrganisationRef | None = Field(None, title="Organisation", examples=["dg-regio"])
    """The id of an organisation that has a record. Add one to organisations.yml where a body comes up often."""
    text: Line | None = Field(None, title="Text", examples=["36 funding agencies of the EU and CELAC"])
    """Instead of an organisation, for those who are none or are not named."""
    role: Role | None = Field(None, title="Role", examples=["implementer"])
    """What it does here. Leave it out where no source says."""


class ActivityType(Vocabulary):
    """What was done."""

    CONFERENCE = ("conference", "Conference", "A public event with speakers.")
    DATABASE = ("database", "Database", "A database or portal that was opened.")
    FORUM = ("forum", "Forum", "A regular gathering of many.")
    MEETING = ("meeting", "Meeting", "A working meeting.")
    MINISTERIAL = ("ministerial", "Ministerial meeting", "A meeting of ministers.")
    NETWORK = ("network", "Network", "A network at work, as an edition of one.")
    PROGRAMME = ("programme", "Programme", "A programme within the dialogue.")
    STUDY = ("study", "Study", "A study, report or manual.")
    STUDY_VISIT = ("study-visit", "Study visit", "A visit to learn from others.")
    SUMMIT = ("summit", "Summit", "A meeting of heads of state or government.")
    TECHNICAL_ASSISTANCE = ("technical-assistance", "Technical assistance", "Experts sent to help.")
    TRAINING = ("training", "Training", "A course.")
    WORKSHOP = ("workshop", "Workshop", "A working session on one topic.")


class Activity(Item):
    """Something that was done on a day or over some days."""

    marks: ClassVar[tuple[str, ...]] = ("title", "date")

    title: Line = Field(title="Title", examples=["Closing conference Peru–Chile, Tacna"])
    """What it was, and where if the title would not tell it apart."""
    type: ActivityType = Field(title="Type", examples=["study-visit"])
    """What sort of activity it was."""
    date: Moment | None = Field(None, title="Date", examples=["2018-06-04/2018-06-09", "2018-11-22?"])
    """The day or days. Add ? where the year is read from other signs, and say `unverified: [date]`."""
    place: Line | None = Field(None, title="Place", examples=["Bogotá"])
    """The town, where the title does not say it."""
    countries: Many[CountryRef] = Field((), title="Countries", examples=["[PE, CL]"])
    """The countries that took part or hosted it, where a source names them."""


class Result(Item):
    """What came of it, where possible with a number."""

    marks: ClassVar[tuple[str, ...]] = ("text",)

    text: Prose = Field(title="Text", examples=["47 cities of both regions took part over five rounds."])
    """What came of it, in a sentence that a reader understands alone."""
    value: Number | None = Field(None, title="Value", examples=["47"])
    """The number in that sentence, so that it can be shown and compared."""
    unit: Line | None = Field(None, title="Unit", examples=["cities"])
    """What is counted."""
    qualifier: Qualifier | None = Field(None, title="How exact", examples=["nearly"])
    """Where the source gives the number as about, nearly, more than and so on."""


class Statement(Item):
    """A sentence with its sources."""

    marks: ClassVar[tuple[str, ...]] = ("text",)

    text: Prose = Field(title="Text", examples=["61 countries and the EU institutions were represented."])
    """One fact that readers need and no other field holds."""
    value: Number | None = Field(None, title="Value", examples=["150"])
    """The number in that sentence, so that it can be shown."""
    unit: Line | None = Field(None, title="Unit", examples=["members"])
    """What is counted, or the currency."""


class ReportedState(Vocabulary):
    """What a source, or the gatherer of the facts, reports of a status."""

    ACTIVE = ("active", "active", "It is said to be running.")
    COMPLETED = ("completed", "completed", "It is said to be finished.")
    HELD = ("held", "held", "The meeting is said to have taken place.")
    SUPERSEDED = ("superseded", "superseded", "Something else is said to have taken its place.")
    PLANNED = ("planned", "planned", "It is said to be still ahead.")
    UNKNOWN = ("unknown", "unknown", "The source, or whoever gathered the facts, could not tell.")


class ReportedStatus(Item):
    """A status that somebody reports. It is shown as theirs; what the dates give is computed."""

    state: ReportedState = Field(title="State", examples=["completed"])
    """The state that the source reports. It is shown as its word; the status of the page is computed from dates."""


class AreaLink(Item):
    """A border area that a programme studied or supported: one that has a record, or a text for what has none."""

    marks: ClassVar[tuple[str, ...]] = ("area", "text")

    area: BorderAreaRef | None = Field(None, title="Border area", examples=["chile-peru"])
    """The id of the border area that was studied or supported."""
    text: Line | None = Field(None, title="Text", examples=["Aguas Blancas–Bermejo"])
    """Instead of an area, for a border that has no record."""
    countries: Many[CountryRef] = Field((), title="Countries", examples=["[AR, BO]"])
    """With `text`: whose border it is."""
    phase: Line | None = Field(None, title="Phase", examples=["INNOVACT I"])
    """The name of the phase in which it happened, as under `phases`."""
    value_chains: Many[Line] = Field((), title="Value chains", examples=["[coffee, cocoa, tourism]"])
    """What the work there was about."""


class Related(Model):
    """Other records that a reader of this one wants. Typed at one end, shown at both."""

    programmes: Many[ProgrammeRef] = Field((), title="Programmes", examples=["[eulac-ris, iurc-lac, urb-al]"])
    """Programmes that a reader of this record wants next. Write the link at one end; it is shown at both."""
    agreements: Many[AgreementRef] = Field((), title="Agreements", examples=["[eu-andean-community-pdca-2003]"])
    """Agreements that a reader of this record wants next, but not those named elsewhere in it."""
    dialogues: Many[DialogueRef] = Field((), title="Dialogues", examples=["[dg-regio-lac-territorial-dialogue]"])
    """Dialogues that a reader of this record wants next, as the one that a programme came out of."""
    border_areas: Many[BorderAreaRef] = Field((), title="Border areas", examples=["[ecuador-peru]"])
    """Border areas that a reader of this record wants next."""


class Labels(Model):
    """A label in the languages of the catalogue."""

    en: Line = Field(title="English", examples=["Republic of Chile"])
    """The English name. It is the one that the site shows."""
    es: Line | None = Field(None, title="Spanish", examples=["República de Chile"])
    """The Spanish name."""
    pt: Line | None = Field(None, title="Portuguese", examples=["República do Chile"])
    """The Portuguese name."""
    fr: Line | None = Field(None, title="French", examples=["République du Chili"])
    """The French name."""


def record_or_text(items: Sequence[Item], list_name: str, record_name: str) -> Iterator[Fault]:
    """Each item names a record, or says in a text what has none: not both, not neither."""
    for number, item in enumerate(items):
        named, told = getattr(item, record_name), getattr(item, "text", None)
        if bool(named) == bool(told):
            message = f"An item of '{list_name}' needs either '{record_name}' or 'text'."
            hint = "Keep one of the two." if named else "Add one of the two."
            yield Fault((list_name, number), Code.MISSING_FIELD, message, hint)
