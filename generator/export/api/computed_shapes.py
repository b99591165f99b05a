"""What the JSON files compute of a kind of record, class by class: status and lives, series, membership, themes.

What every record has, and the forms of values, are in `shapes`.
"""

from __future__ import annotations

from pydantic import Field

from generator.derive.status import Status
from generator.export.api.shapes import Computed, Count, Day, Id, KindName, Pointer, Text
from generator.kinds.group import MemberRole
from generator.model.parts import Labels
from generator.model.values import Date, Line, Many, Model, Moment

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
