"""Agreements: free trade, association, partnership and cooperation agreements, and preference schemes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from generator.model.evidence import Item, OtherName, Record
from generator.model.kind import Kind, Lookup
from generator.model.parts import AgreementRef, GroupRef, Money, PartyRef, Related, ThemeRef
from generator.model.values import GROUP_ID as PARTY_ID
from generator.model.values import Also, Date, Line, Many, Model, Prose, Url, Vocabulary, fault
from generator.problems import Code, Fault, Mend, Way


class AgreementType(Vocabulary):
    """What sort of agreement it is."""

    ASSOCIATION = ("association-agreement", "Association agreement")
    PARTNERSHIP = ("partnership-agreement", "Partnership agreement")
    TRADE = ("trade-agreement", "Trade agreement")
    EPA = ("economic-partnership-agreement", "Economic partnership agreement")
    COOPERATION = ("cooperation-agreement", "Political dialogue and cooperation agreement")
    FRAMEWORK = ("framework-agreement", "Framework agreement")
    PREFERENCE = ("unilateral-preference", "Preference the EU grants by its own law")


class EventType(Vocabulary):
    """What happens in the life of an agreement. The first fourteen are steps: they move a party."""

    NEGOTIATIONS_OPENED = ("negotiations-opened", "Negotiations opened")
    NEGOTIATIONS_SUSPENDED = ("negotiations-suspended", "Negotiations suspended")
    JOINED_TALKS = ("joined-talks", "Joined the talks")
    LEFT_TALKS = ("left-talks", "Left the talks")
    CONCLUDED = ("concluded", "Negotiations concluded")
    INITIALLED = ("initialled", "Initialled")
    SIGNED = ("signed", "Signed")
    PROVISIONAL = ("provisional-application", "Provisionally applied")
    IN_FORCE = ("entry-into-force", "In force")
    SUSPENDED = ("suspended", "Suspended")
    REINSTATED = ("reinstated", "Reinstated")
    TERMINATED = ("terminated", "Terminated")
    REPLACED = ("replaced", "Replaced")

    MANDATE = ("mandate", "Negotiating mandate")
    PREPARATION = ("preparation", "Talks prepared")
    ROUND = ("round", "Round of talks")
    IN_PRINCIPLE = ("agreement-in-principle", "Agreement in principle")
    LEGAL_REVIEW = ("legal-review", "Legal review")
    PROPOSAL = ("proposal", "Commission proposal")
    SIGNING_DECISION = ("signing-decision", "Decision on signature")
    CONSENT = ("consent", "European Parliament consents")
    RATIFIED = ("ratified", "Ratified")
    RATIFICATION_STATUS = ("ratification-status", "State of ratification")
    RATIFICATION_COMPLETE = ("ratification-complete", "Ratification complete")
    CONCLUSION_DECISION = ("conclusion-decision", "Decision on conclusion")
    COURT_OPINION = ("court-opinion", "Opinion of the Court asked for")
    WTO_NOTIFICATION = ("wto-notification", "Notified to the WTO")
    COUNCIL_MEETING = ("council-meeting", "Council meeting")
    COUNCIL_DECISION = ("council-decision", "Decision of the joint council")
    COMMITTEE_MEETING = ("committee-meeting", "Committee meeting")
    AMENDMENT = ("amendment", "Amended")
    PROTOCOL = ("protocol", "Protocol")
    EXTENSION = ("extension", "Extended")
    TERM_ENDED = ("term-ended", "Term ended")
    APPLIED_IN_PART = ("application-in-part", "Applied in part")
    ANNOUNCEMENT = ("announcement", "Announced")
    POSTPONED = ("postponement", "Put off")
    DIALOGUE = ("dialogue", "Political dialogue")
    MODERNISATION = ("modernisation", "Modernisation")
    OTHER_TEXT = ("other-text", "Another text")
    LEGAL_BASIS = ("legal-basis", "Legal basis")
    INQUIRY = ("inquiry", "Inquiry")
    BENEFICIARY = ("beneficiary", "Beneficiary listed")


TALKS = frozenset(
    {
        EventType.NEGOTIATIONS_OPENED,
        EventType.NEGOTIATIONS_SUSPENDED,
        EventType.JOINED_TALKS,
        EventType.LEFT_TALKS,
        EventType.ROUND,
        EventType.CONCLUDED,
        EventType.PREPARATION,
        EventType.MANDATE,
    }
)
"""Events that may name some who never became party."""

RANK = {
    EventType.NEGOTIATIONS_OPENED: 1,
    EventType.NEGOTIATIONS_SUSPENDED: 1,
    EventType.JOINED_TALKS: 1,
    EventType.LEFT_TALKS: 1,
    EventType.CONCLUDED: 2,
    EventType.INITIALLED: 3,
    EventType.SIGNED: 4,
    EventType.PROVISIONAL: 5,
    EventType.IN_FORCE: 6,
    EventType.SUSPENDED: 7,
    EventType.REINSTATED: 8,
    EventType.TERMINATED: 9,
    EventType.REPLACED: 9,
}
"""How far along a step is. A step certainly dated before one of lower rank is out of order."""

OFTEN = frozenset(
    {
        EventType.NEGOTIATIONS_OPENED,
        EventType.NEGOTIATIONS_SUSPENDED,
        EventType.JOINED_TALKS,
        EventType.LEFT_TALKS,
        EventType.SUSPENDED,
        EventType.REINSTATED,
    }
)
"""Steps that a party may take more than once."""


def _parties(value: object) -> object:
    if value == "unnamed":
        return ()
    if isinstance(value, str):
        listed = Mend(Way.LIST, value) if PARTY_ID.match(value) else None
        raise fault("wrong-type", f"'{value}' is not a list of parties.", f"Write [{value}], or unnamed.", listed)
    return value


UNNAMED = Also("The source does not say whom it concerns.", word="unnamed")


class Event(Item):
    """Something dated in the life of an agreement."""

    marks: ClassVar[tuple[str, ...]] = ("event", "date")

    date: Date = Field(title="Date", description="As precise as the source: 2007, 2007-06, 2007-06-28.")
    event: EventType = Field(title="Event")
    title: Line | None = Field(None, title="In words", description="Where the event's own word says too little.")
    parties: Annotated[Many[PartyRef] | None, BeforeValidator(_parties), UNNAMED] = Field(
        None,
        title="Parties",
        description="Whom it concerns; left out for all; `unnamed` where nobody is named.",
    )
    except_: Many[PartyRef] = Field((), alias="except", title="All but")
    text: Line | None = Field(None, title="Text", description="Which text, where the record holds several.")
    scope: Line | None = Field(None, title="Part", description="Which part it covers, as `trade`.")
    place: Line | None = Field(None, title="Place")
    agreement: AgreementRef | None = Field(None, title="Other agreement")
    reason: Prose | None = Field(None, title="Reason", description="Why a step stands out of order or twice.")

    @property
    def unnamed(self) -> bool:
        """Whether the source does not say whom it concerns."""
        return self.parties == ()


class Part(Item):
    """A pillar, topic or body of an agreement."""

    marks: ClassVar[tuple[str, ...]] = ("name",)

    name: Line = Field(title="Name")


class Legal(Model):
    """Where the text stands in law."""

    oj: Line | None = Field(None, title="Official Journal")
    celex: Line | None = Field(None, title="CELEX number")
    consolidated_celex: Line | None = Field(None, title="CELEX number of the consolidated text")
    decision: Line | None = Field(None, title="Legal acts")
    amended_by: Line | None = Field(None, title="Amended by")
    url: Url | None = Field(None, title="Text")
    note: Prose | None = Field(None, title="Note")


class Agreement(Record):
    """A text that binds the EU and partners, or a preference that the EU grants."""

    name: Line = Field(title="Name", description="The official name.")
    short_name: Line | None = Field(None, title="Short name")
    acronym: Line | None = Field(None, title="Acronym")
    other_names: Many[OtherName] = Field((), title="Other names")
    type: AgreementType = Field(title="Type")
    parties: Many[PartyRef] = Field(title="Parties", description="Who is bound, not the forum that they belong to.")
    regional_groups: Many[GroupRef] = Field((), title="Groups")
    themes: Many[ThemeRef] = Field((), title="Themes")
    pillars: Many[Part] = Field((), title="Covers")
    summary: Prose = Field(title="Summary", description="Two to four plain sentences.")
    replaces: Many[AgreementRef] = Field((), title="Replaces", description="Typed at the successor.")
    events: Many[Event] = Field((), title="History")
    legal: Legal = Field(Legal(), title="Legal text")
    institutions: Many[Part] = Field((), title="Bodies")
    topics: Many[Part] = Field((), title="Topics")
    figures: Many[Money] = Field((), title="Money")
    related: Related = Field(Related(), title="Related")


def steps_in_order(record: Agreement) -> Iterator[Fault]:
    """Each party's steps follow one another, and none is taken twice."""
    told: set[int] = set()
    for party_events in _by_party_and_text(record).values():
        seen: list[tuple[int, Event]] = []
        for number, event in party_events:
            seen = [] if event.event is EventType.LEFT_TALKS else seen
            if number not in told and not event.reason:
                fault_found = _against(seen, number, event)
                if fault_found:
                    told.add(number)
                    yield fault_found
            seen.append((number, event))


def _against(seen: list[tuple[int, Event]], number: int, event: Event) -> Fault | None:
    for _, earlier in seen:
        if earlier.event is event.event and event.event not in OFTEN and not earlier.reason:
            message = f"'{event.event}' stands twice for the same party, in {earlier.date} and {event.date}."
            return Fault(("events", number), Code.STEP_TWICE, message, "Delete one, or give a `reason`.")
        if _wrong_way(earlier, event) and not earlier.reason:
            message = f"'{event.event}' in {event.date} comes after '{earlier.event}' in {earlier.date}."
            return Fault(("events", number, "date"), Code.STEP_ORDER, message, "Mend a date, or give a `reason`.")
    return None


def _wrong_way(earlier: Event, later: Event) -> bool:
    """Whether `earlier`, certainly dated before `later`, should have followed it."""
    before = earlier.date.certainly_before(later.date)
    again = later.event is EventType.SUSPENDED and earlier.event is EventType.REINSTATED
    return before and RANK[later.event] < RANK[earlier.event] and not again


def _by_party_and_text(record: Agreement) -> dict[tuple[str, str], list[tuple[int, Event]]]:
    steps = [(n, e) for n, e in enumerate(record.events) if e.event in RANK and not e.scope and not e.unnamed]
    steps.sort(key=lambda pair: (pair[1].date.sort_key, RANK[pair[1].event], pair[0]))
    lives: dict[tuple[str, str], list[tuple[int, Event]]] = defaultdict(list)
    for number, event in steps:
        for party in parties_of(record, event):
            if party != "EU":
                lives[str(party), event.text or ""].append((number, event))
    return lives


def parties_of(record: Agreement, event: Event) -> tuple[str, ...]:
    """Whom an event concerns: those it names, or all but those it leaves out; nobody where they are unnamed."""
    if event.parties is not None:
        return tuple(event.parties)
    return tuple(party for party in record.parties if party not in event.except_)


def parties_are_known(record: Agreement, lookup: Lookup) -> Iterator[Fault]:
    """But for talks, an event names parties of the record, or members on that day of a group that is party."""
    if not all(lookup.find("country", party) or lookup.find("group", party) for party in record.parties):
        return  # told already, as a reference that leads nowhere or in the record that it leads to
    groups = [found for party in record.parties if (found := lookup.find("group", party))]
    for number, event in enumerate(record.events):
        named = [*(("parties", n, p) for n, p in enumerate(event.parties or ()))]
        named += [("except", n, p) for n, p in enumerate(event.except_)]
        for field, position, party in named:
            if party in record.parties or event.event in TALKS or event.agreement:
                continue
            yield from _stranger(("events", number, field, position), str(party), event, groups)


def _stranger(path: tuple[str | int, ...], party: str, event: Event, groups: list[Any]) -> Iterator[Fault]:
    standing = [group.may_be_member(party, event.date) for group in groups]
    if True in standing:
        return
    if False in standing:
        message = f"{party} was not a member of {_names(groups)} in {event.date}."
        yield Fault(path, Code.NOT_YET_MEMBER, message, "Mend the date, the party, or the membership.")
    else:
        message = f"'{party}' is not a party of this agreement."
        yield Fault(path, Code.NOT_A_PARTY, message, "Add it to `parties`, or name another.")


def _names(groups: list[Any]) -> str:
    return ", ".join(group.title for group in groups)


KIND = Kind(
    "agreement",
    Agreement,
    "Agreements",
    "Agreement",
    folder="agreements",
    checks=(steps_in_order,),
    linked_checks=(parties_are_known,),
)
