"""What the JSON files hold beside the stated fields of records, class by class.

The files are made from these classes and so are their schemas: a field is written once, and the string below it is
what the schema says of it. A field without a default is in every file; a list without one may be empty.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeVar, cast

from pydantic import Field

from generator.derive.status import Status
from generator.kinds.group import MemberRole
from generator.model.evidence import Disagreement, Evidence, Source
from generator.model.facts import Grade
from generator.model.parts import Labels
from generator.model.values import Date, Form, Line, Many, Model, Moment, Prose, Vocabulary

DAY_FORM = Form("day", "A day: 2012-06-26.", "[0-9]{4}-[0-9]{2}-[0-9]{2}", ("string",))
COUNT_FORM = Form("count", "A whole number, not below 0.", "", ("integer",), least=0)
ADDRESS_FORM = Form("address", "A whole address on the web.", r"https?://\S+", ("string",))
POINTER_FORM = Form("JSON Pointer", "A place in this record (RFC 6901).", "(/[^/]+)+", ("string",))
ID_FORM = Form("id", "The id of a record.", r"[A-Za-z0-9]+([-/][A-Za-z0-9]+)*", ("string",))
KIND_FORM = Form("kind", "The name of a kind.", "[a-z]+(-[a-z]+)*", ("string",))
TEXT_FORM = Form("text", "A text.", r"\S", ("string",))
PATTERN_FORM = Form("URI template", "An address with {id} in it (RFC 6570).", r"https?://\S+", ("string",))

M = TypeVar("M", bound=Model)


def filled(sort: type[M], /, **values: Any) -> M:
    """A value of one of these classes, as it is: what is computed from checked records needs no check.

    Fields with an alias go by it.
    """
    return cast(M, sort.model_construct(**values))


Day = Annotated[str, DAY_FORM]
Count = Annotated[int, COUNT_FORM]
Address = Annotated[str, ADDRESS_FORM]
Pointer = Annotated[str, POINTER_FORM]
Id = Annotated[str, ID_FORM]
KindName = Annotated[str, KIND_FORM]
Text = Annotated[str, TEXT_FORM]
Template = Annotated[str, PATTERN_FORM]


# -- a record: what stands around its stated fields


class Identity(Model):
    """Which record it is."""

    kind: KindName = Field(title="Kind")
    """The kind of the record."""
    id: Id = Field(title="Id")
    """The id of the record within its kind. It is never given to another record. In addresses it is in small
    letters."""
    title: Text = Field(title="Name in lists")
    """The name that lists and headings show, in English."""
    former_ids: Many[Line] = Field(title="Former ids")
    """Ids that the record had before. Their addresses say where it moved to."""


class Backing(Model):
    """What the stated fields rest on, as the record states it."""

    evidence: dict[str, Evidence] = Field(title="Evidence")
    """For each plain field, by its name (`legal.oj` is a field inside another): the sources that say it. Items of
    lists carry their own `sources` and `unverified`; an item without any has the evidence of its list. In
    `computed.facts` this is worked out for each fact."""
    disagreements: Many[Disagreement] = Field(title="Disagreements")
    """What sources say differently, which reading the record takes, and why."""
    sources: Many[Source] = Field(title="Sources")
    """The publications that this record names. Their ids are local to it."""


class Links(Model):
    """Where this record is to be had, in which forms."""

    self_: Address = Field(alias="self", title="This record as JSON")
    """The address of this very record."""
    page: Address = Field(title="Page")
    """The page for readers. Cite this address."""
    thing: Address = Field(title="Identifier")
    """What the record is about, as linked data name it: apart from the page that tells of it."""
    all: Address = Field(title="All of its kind")
    """The file with all records of the kind."""
    schema_: Address = Field(alias="schema", title="Schema")
    """The JSON Schema of this record."""
    markdown: Address = Field(title="Page as Markdown")
    """The page once more, for programs that read."""
    bibtex: Address = Field(title="Citation, BibTeX")
    """The citation of the page."""
    ris: Address = Field(title="Citation, RIS")
    """The citation of the page."""
    csl: Address = Field(title="Citation, CSL-JSON")
    """The citation of the page."""
    card: Address = Field(title="Card")
    """A small page to be shown in a frame on other sites."""


# -- what is computed of every record


class FactGrade(Model):
    """What one fact rests on."""

    grade: Grade = Field(title="Grade")
    """Whether a source says it."""
    sources: Many[Text] = Field((), title="Sources")
    """Ids of the sources: those of the item, or of the list that it stands in."""
    disputed: bool | None = Field(None, title="Disputed")
    """True where sources disagree about it: see `disagreements`."""


class Days(Model):
    """The days that a date may mean. A side that is open or not known is left out."""

    earliest: Day = Field(title="First day")
    """The first day that it may mean."""
    latest: Day | None = Field(None, title="Last day")
    """The last day that it may mean."""
    approximate: bool | None = Field(None, title="About")
    """True where the source says «about» (~ in the date)."""
    uncertain: bool | None = Field(None, title="Uncertain")
    """True where the date is inferred (? in the date)."""


class Referrer(Model):
    """Another record that refers to this one."""

    kind: KindName = Field(title="Kind")
    """The kind of the other record."""
    id: Id = Field(title="Id")
    """The id of the other record."""
    fields: Many[Text] = Field(title="Fields")
    """The fields of the other record that hold the reference."""


class ChangedIn(Vocabulary):
    """What it was that changed on the last day of a change."""

    RECORD = ("record", "The record", "The file of this record alone.")
    FILE = ("file", "Its file", "A file of many records, this one among them.")


class Computed(Model):
    """What follows from this record and the others on the day of `as_of`. Nobody states it."""

    as_of: Day = Field(title="As of")
    """The day for which it was computed."""
    facts: dict[str, FactGrade] = Field(title="Facts")
    """Every fact of the record with what it rests on, by its place in the record (JSON Pointer, RFC 6901)."""
    dates: dict[str, Days] = Field(title="Dates")
    """For each stated date that is no certain day, by its place (JSON Pointer): the days that it may mean."""
    referred_by: Many[Referrer] = Field(title="Referred to by")
    """The records that refer to this one."""
    last_changed: Day | None = Field(None, title="Last changed")
    """When the record last changed, where the history of the catalogue tells."""
    last_changed_in: ChangedIn | None = Field(None, title="Last changed: what")
    """Whether that is the day of the record, or of the file that holds many."""


# -- status


class StatusNow(Model):
    """The status on the day of `as_of`, computed from dates."""

    status: Status = Field(title="Status")
    """The status; `not-known` where the dates can't decide."""
    binds: bool | None = Field(None, title="Binds")
    """For agreements: whether it binds, in force or provisionally applied."""
    since: Moment | None = Field(None, title="Since")
    """The date of the change, as the record writes it. Left out where no beginning is known."""
    verified: bool = Field(title="Verified")
    """Whether sources say the dates that it is computed from."""
    scope: Line | None = Field(None, title="Part")
    """Which part of an agreement it covers, where it is not the whole."""
    maybe: Status | None = Field(None, title="Perhaps further")
    """A further status that it may have reached: a source counts parties without naming them."""
    changing: Moment | None = Field(None, title="Changing in")
    """Where the day of `as_of` lies inside a partial date: that date. The earlier status holds until it is over."""
    next: Status | None = Field(None, title="Next")
    """The status that begins in `changing`."""


class StatusSpan(Model):
    """A status from one date to another."""

    status: Status = Field(title="Status")
    """The status."""
    binds: bool | None = Field(None, title="Binds")
    """For agreements: whether it binds, in force or provisionally applied."""
    since: Moment | None = Field(None, title="Since")
    """The date of the change. Left out where no beginning is known."""
    since_earliest: Day | None = Field(None, title="Since: first day")
    """The first day on which it may have begun."""
    since_latest: Day | None = Field(None, title="Since: last day")
    """The day from which it certainly holds."""
    until: Moment | None = Field(None, title="Until")
    """The date of the next change. Left out where nothing ended it."""
    until_earliest: Day | None = Field(None, title="Until: first day")
    """The first day on which it may have ended."""
    until_latest: Day | None = Field(None, title="Until: last day")
    """The last day on which it may have held."""
    events: Many[Pointer] = Field((), title="Events")
    """The events that made it, by their place in the record of the agreement."""
    scope: Line | None = Field(None, title="Part")
    """Which part of an agreement it covers, where it is not the whole."""
    verified: bool = Field(title="Verified")
    """Whether sources say the dates that it is computed from."""
    maybe: Status | None = Field(None, title="Perhaps further")
    """A further status that it may have reached: a source counts parties without naming them."""
    maybe_since: Date | None = Field(None, title="Perhaps further: since")
    """The date of that."""


class Trace(Model):
    """The latest dated activity, phase or outcome up to the day of `as_of`."""

    date: Moment = Field(title="Date")
    """Its date, as the record writes it."""
    earliest: Day = Field(title="First day")
    """The first day that it may mean."""
    latest: Day | None = Field(None, title="Last day")
    """The last day that it may mean."""


class Origin(Model):
    """The outcome of a dialogue that this record came out of."""

    dialogue: Id = Field(title="Dialogue")
    """The id of the dialogue."""
    outcome: Pointer = Field(title="Outcome")
    """The place of the outcome in the record of the dialogue."""


class Living(Computed):
    """What has a life in time."""

    status: StatusNow = Field(title="Status")
    """The status on the day of `as_of`."""
    spans: Many[StatusSpan] = Field(title="Statuses by date")
    """Every status that it had, has, or will have by its dates."""
    came_out_of: Many[Origin] = Field((), title="Came out of")
    """Outcomes of dialogues that name this record."""


class ComputedProgramme(Living):
    """What is computed of a programme."""

    latest_trace: Trace | None = Field(None, title="Latest trace")
    """The latest dated activity or phase: it shows that the programme was alive then."""


# -- agreements


class PartyLife(Model):
    """An agreement as one party has it."""

    party: Id = Field(title="Party")
    """The id of a country or group."""
    kind: KindName = Field(title="Kind of the party")
    """Whether it is a country or a group."""
    status: StatusNow = Field(title="Status")
    """The status for this party on the day of `as_of`."""
    spans: Many[StatusSpan] = Field(title="Statuses by date")
    """Every status that it had, has, or will have for this party."""


class TextLife(Model):
    """One of several texts that the record holds."""

    text: Line = Field(title="Text")
    """The name of the text, as its events give it."""
    spans: Many[StatusSpan] = Field(title="Statuses by date")
    """The furthest that anyone reached with it, from date to date."""


class PartOver(Model):
    """A part of the agreement that ended while the rest went on."""

    scope: Line = Field(title="Part")
    """Which part."""
    date: Date = Field(title="Date")
    """When it ended."""
    event: Pointer = Field(title="Event")
    """The event that says so."""


class Successor(Model):
    """An agreement before or after this one."""

    agreement: Id = Field(title="Agreement")
    """The id of the other agreement."""
    date: Date | None = Field(None, title="Date")
    """When the one took the place of the other. Left out where the one only names the other: it is not over then."""
    scope: Line | None = Field(None, title="Part")
    """Which part was replaced, where it is not the whole."""
    text: Line | None = Field(None, title="Text")
    """Which of several texts was replaced."""


class ComputedAgreement(Living):
    """What is computed of an agreement. Its own status is the furthest that anyone reached."""

    parties: Many[PartyLife] = Field(title="Party by party")
    """The status for each party, then for those that only took part in talks. That of the EU is the furthest that it
    reached with anyone."""
    texts: Many[TextLife] = Field((), title="Text by text")
    """Where the record holds several texts in a row: the life of each."""
    parts_over: Many[PartOver] = Field((), title="Parts that ended")
    """Parts of the agreement that ended while the rest went on."""
    came_before: Many[Successor] = Field((), title="Came before")
    """Agreements that this one takes the place of."""
    came_after: Many[Successor] = Field((), title="Came after")
    """Agreements that take the place of this one."""


# -- dialogues


class InSeries(Model):
    """Where a meeting stands among those of its series that are recorded, by date."""

    series: Id = Field(title="Series")
    """The id of the series."""
    position: Count = Field(title="Position")
    """Its place among them, from 1."""
    of: Count = Field(title="Of")
    """How many there are."""
    previous: Id | None = Field(None, title="Previous")
    """The meeting before it."""
    next: Id | None = Field(None, title="Next")
    """The meeting after it."""


class ComputedDialogue(Living):
    """What is computed of a dialogue."""

    latest_trace: Trace | None = Field(None, title="Latest trace")
    """The latest dated activity or outcome: it shows that the dialogue was alive then."""
    in_series: InSeries | None = Field(None, title="In its series")
    """For one meeting of a series: where it stands in it."""
    meetings: Many[Id] = Field((), title="Meetings")
    """For a series: its meetings that are recorded, by date."""


# -- countries and groups


class Belonging(Model):
    """A country in a group, as one row of the group tells it."""

    group: Id = Field(title="Group")
    """The id of the group."""
    country: Id = Field(title="Country")
    """The code of the country."""
    role: MemberRole = Field(title="Role")
    """How it belongs to it."""
    since: Date | None = Field(None, title="Since")
    """The first day. Left out where nobody found it."""
    since_earliest: Day | None = Field(None, title="Since: first day")
    """The first day on which it may have begun."""
    since_latest: Day | None = Field(None, title="Since: last day")
    """The last day on which it may have begun."""
    until: Date | None = Field(None, title="Last day")
    """The last day. Left out while it lasts."""
    until_earliest: Day | None = Field(None, title="Last day: earliest")
    """The first day that it may be."""
    until_latest: Day | None = Field(None, title="Last day: latest")
    """The last day that it may be."""
    row: Pointer = Field(title="Row")
    """The row in the record of the group that says so, with its sources."""


class CountryAgreement(Model):
    """An agreement as one country has it. Agreements that bind it as a member of the EU are not among them."""

    agreement: Id = Field(title="Agreement")
    """The id of the agreement."""
    status: StatusNow = Field(title="Status")
    """The status for this country on the day of `as_of`."""
    spans: Many[StatusSpan] = Field(title="Statuses by date")
    """Every status that it had, has, or will have for this country."""


class ComputedCountry(Computed):
    """What is computed of a country. Its names are those of CLDR."""

    names: Labels = Field(title="Names")
    """The everyday name in four languages."""
    numeric: Text | None = Field(None, title="Numeric code")
    """The three digits of ISO 3166-1, by which statistics of the United Nations (M49) know it."""
    groups: Many[Belonging] = Field(title="Groups")
    """The groups that it belongs to or once did, with dates."""
    agreements: Many[CountryAgreement] = Field(title="Agreements")
    """The agreements to which it is party by itself."""
    group_meetings: Many[Id] = Field(title="Meetings of its groups")
    """Dialogues of a group to which it belonged then, where they do not name it."""


class Members(Model):
    """The full members of a group between two changes."""

    first_day: Day | None = Field(None, title="First day")
    """From this day on. Left out where nobody found a beginning."""
    last_day: Day | None = Field(None, title="Last day")
    """Until this day. Left out where nothing has changed since."""
    countries: Many[Id] = Field(title="Countries")
    """The codes of the members. One whose first or last day is not known counts as always."""


class InRole(Model):
    """Who belongs to a group in one way on the day of `as_of`."""

    role: MemberRole = Field(title="Role")
    """How they belong to it."""
    countries: Many[Id] = Field(title="Countries")
    """Their codes."""


class ComputedGroup(Computed):
    """What is computed of a group."""

    today: Many[InRole] = Field(title="Who belongs to it")
    """Who belongs to it on the day of `as_of`, by role. Of a group that has ended nobody does."""
    former: Many[Id] = Field(title="Former members")
    """Those that were members and are nothing now."""
    members: Many[Members] = Field(title="Members by day")
    """The full members from one change to the next: look up the row of your day. Within a partial date a country
    counts only when the date is over, and until the date begins."""
    belongings: Many[Belonging] = Field(title="Each country by itself")
    """The same facts country by country, all roles, with dates as they are written."""


# -- themes and figures


class ThemeCountry(Model):
    """A country that the records of a theme name."""

    country: Id = Field(title="Country")
    """Its code."""
    records: Count = Field(title="Records")
    """How many of them name it."""


class ComputedTheme(Computed):
    """What is computed of a theme."""

    narrower: Many[Id] = Field(title="Narrower themes")
    """The themes that belong to it."""
    countries: Many[ThemeCountry] = Field(title="Countries")
    """The countries of Latin America and the Caribbean that its records name, most first."""


class ComputedFigure(Computed):
    """What is computed of a figure."""

    comparable_with: Many[Id] = Field(title="Comparable with")
    """Figures that differ from this one in their period alone: only these may stand beside it in a chart."""


# -- addresses of what is gone


class RecordName(Model):
    """A record, and where it is."""

    kind: KindName = Field(title="Kind")
    """Its kind."""
    id: Id = Field(title="Id")
    """Its id."""
    title: Text = Field(title="Name in lists")
    """The name that lists and headings show."""
    address: Address = Field(title="Address")
    """The record as JSON."""
    page: Address = Field(title="Page")
    """Its page for readers."""


class Moved(Model):
    """What stands at the address of a former id."""

    kind: KindName = Field(title="Kind")
    """The kind of the record."""
    id: Id = Field(title="Former id")
    """The id that the record had."""
    moved_to: Address = Field(title="Moved to")
    """The address of the record as JSON."""
    record: RecordName = Field(title="Record")
    """The record under its present id."""


class Retired(Model):
    """What stands at the address of a record that was taken out."""

    kind: KindName = Field(title="Kind")
    """The kind of the record."""
    id: Id = Field(title="Id")
    """The id that the record had. It is never given to another."""
    title: Line = Field(title="Name")
    """What the record was called."""
    retired: Date = Field(title="Retired on")
    """The day on which it was taken out."""
    because: Prose = Field(title="Why")
    """Why it was taken out."""
    successor: RecordName | None = Field(None, title="Successor")
    """The record to read instead, where there is one."""
    evidence: dict[str, Evidence] = Field(title="Evidence")
    """Which sources say so, field by field."""
    sources: Many[Source] = Field(title="Sources")
    """The publications that this rests on."""
    page: Address = Field(title="Page")
    """The page that tells readers of it."""
