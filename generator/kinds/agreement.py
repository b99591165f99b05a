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

    ASSOCIATION = (
        "association-agreement",
        "Association agreement",
        "Binds closely, with common bodies; mostly political dialogue, cooperation and trade.",
    )
    PARTNERSHIP = (
        "partnership-agreement",
        "Partnership agreement",
        "A broad agreement that calls itself a partnership.",
    )
    TRADE = ("trade-agreement", "Trade agreement", "Trade, and what goes with it.")
    EPA = (
        "economic-partnership-agreement",
        "Economic partnership agreement",
        "Trade and development with African, Caribbean and Pacific states.",
    )
    COOPERATION = (
        "cooperation-agreement",
        "Political dialogue and cooperation agreement",
        "Political dialogue and cooperation, without trade preferences.",
    )
    FRAMEWORK = ("framework-agreement", "Framework agreement", "Sets the frame for later agreements.")
    PREFERENCE = (
        "unilateral-preference",
        "Preference the EU grants by its own law",
        "No agreement in law: the EU lowers tariffs by a regulation of its own.",
    )


class EventType(Vocabulary):
    """What happens in the life of an agreement. The first thirteen are steps: they move a party."""

    NEGOTIATIONS_OPENED = ("negotiations-opened", "Negotiations opened", "Talks begin.")
    NEGOTIATIONS_SUSPENDED = (
        "negotiations-suspended",
        "Negotiations suspended",
        "Talks are put off without a day to go on.",
    )
    JOINED_TALKS = ("joined-talks", "Joined the talks", "Another country joins talks that are under way.")
    LEFT_TALKS = ("left-talks", "Left the talks", "A country leaves the talks.")
    CONCLUDED = ("concluded", "Negotiations concluded", "The negotiators agree on the whole text.")
    INITIALLED = ("initialled", "Initialled", "The negotiators put their initials to the text.")
    SIGNED = ("signed", "Signed", "The parties sign.")
    PROVISIONAL = ("provisional-application", "Provisionally applied", "It is applied before all have ratified it.")
    IN_FORCE = ("entry-into-force", "In force", "It binds.")
    SUSPENDED = ("suspended", "Suspended", "A party stops applying it for a time.")
    REINSTATED = ("reinstated", "Reinstated", "It applies again after a suspension.")
    TERMINATED = ("terminated", "Terminated", "It ends for good.")
    REPLACED = ("replaced", "Replaced", "Another text takes its place on that day.")

    MANDATE = ("mandate", "Negotiating mandate", "The Council allows the Commission to negotiate.")
    PREPARATION = ("preparation", "Talks prepared", "Talks before the talks.")
    ROUND = ("round", "Round of talks", "One round of negotiation.")
    IN_PRINCIPLE = ("agreement-in-principle", "Agreement in principle", "Agreed in the main; the text is not finished.")
    LEGAL_REVIEW = ("legal-review", "Legal review", "Lawyers go through the text.")
    PROPOSAL = ("proposal", "Commission proposal", "The Commission proposes to the Council to sign or conclude.")
    SIGNING_DECISION = ("signing-decision", "Decision on signature", "The Council decides to sign.")
    CONSENT = ("consent", "European Parliament consents", "The European Parliament agrees.")
    RATIFIED = ("ratified", "Ratified", "One party, or a member state, ratifies.")
    RATIFICATION_STATUS = ("ratification-status", "State of ratification", "How many have ratified by that day.")
    RATIFICATION_COMPLETE = ("ratification-complete", "Ratification complete", "All who must have ratified.")
    CONCLUSION_DECISION = (
        "conclusion-decision",
        "Decision on conclusion",
        "The Council concludes the agreement for the EU.",
    )
    COURT_OPINION = (
        "court-opinion",
        "Opinion of the Court asked for",
        "The Court of Justice is asked whether it agrees with the Treaties.",
    )
    WTO_NOTIFICATION = ("wto-notification", "Notified to the WTO", "The World Trade Organization is told of it.")
    COUNCIL_MEETING = ("council-meeting", "Council meeting", "The joint council meets.")
    COUNCIL_DECISION = ("council-decision", "Decision of the joint council", "The joint council decides.")
    COMMITTEE_MEETING = ("committee-meeting", "Committee meeting", "A joint committee meets.")
    AMENDMENT = ("amendment", "Amended", "The text is changed.")
    PROTOCOL = ("protocol", "Protocol", "A protocol is added, as for new members of the EU.")
    EXTENSION = ("extension", "Extended", "Its term is made longer.")
    TERM_ENDED = ("term-ended", "Term ended", "The term written in the text runs out.")
    APPLIED_IN_PART = ("application-in-part", "Applied in part", "Some chapters only begin to apply.")
    ANNOUNCEMENT = ("announcement", "Announced", "Something is made known ahead of its day.")
    POSTPONED = ("postponement", "Put off", "Something planned is put off.")
    DIALOGUE = ("dialogue", "Political dialogue", "A meeting of the political dialogue under it.")
    MODERNISATION = ("modernisation", "Modernisation", "A step towards a newer text.")
    OTHER_TEXT = ("other-text", "Another text", "A step of a related text.")
    LEGAL_BASIS = ("legal-basis", "Legal basis", "A law that it rests on is passed.")
    INQUIRY = ("inquiry", "Inquiry", "An inquiry, as into whether conditions are met.")
    BENEFICIARY = ("beneficiary", "Beneficiary listed", "A country is put on the list of those who benefit.")


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

    date: Date = Field(title="Date", examples=["2023-12-13"])
    """The day of the event, as precise as the source: a month stays a month."""
    event: EventType = Field(title="Event", examples=["signed"])
    """What happened. The first words of the list are steps: they move a party, and the status is computed from them."""
    title: Line | None = Field(None, title="In words", examples=["First EU–Chile Trade Council"])
    """What it was in a few words, where the event's own word says too little."""
    parties: Annotated[Many[PartyRef] | None, BeforeValidator(_parties), UNNAMED] = Field(
        None, title="Parties", examples=["[CO, PE]", "unnamed"]
    )
    """Whom it concerns. Leave it out where it concerns all parties; write `unnamed` where the source counts without
    naming."""
    except_: Many[PartyRef] = Field((), alias="except", title="All but", examples=["[GY, HT]"])
    """Those whom it does not concern, where all others are meant."""
    text: Line | None = Field(None, title="Text", examples=["Lomé II"])
    """Which text, where the record holds several in a row."""
    scope: Line | None = Field(None, title="Part", examples=["trade"])
    """Which part of the agreement it covers, where it is not the whole."""
    place: Line | None = Field(None, title="Place", examples=["Brussels"])
    """The town or country where it happened."""
    agreement: AgreementRef | None = Field(None, title="Other agreement", examples=["samoa-agreement"])
    """For an agreement that another one replaced: its successor. Also another agreement that the event is about."""
    reason: Prose | None = Field(
        None,
        title="Reason",
        examples=["Two sources give two days for one initialling; we take 13 April as the official one."],
    )
    """Why a step stands twice or out of order. Without it the check takes the second one for a mistake."""

    @property
    def unnamed(self) -> bool:
        """Whether the source does not say whom it concerns."""
        return self.parties == ()


class Part(Item):
    """A pillar, topic or body of an agreement."""

    marks: ClassVar[tuple[str, ...]] = ("name",)

    name: Line = Field(title="Name", examples=["Association Council"])
    """Its name as the text or an official page gives it."""


class Legal(Model):
    """Where the text stands in law."""

    oj: Line | None = Field(None, title="Official Journal", examples=["OJ L 276, 28.10.2000, p. 45"])
    """Where the text was printed in the Official Journal: series, number, day and page."""
    celex: Line | None = Field(None, title="CELEX number", examples=["22000A1028(01)"])
    """The number in EUR-Lex, which finds the text for good."""
    consolidated_celex: Line | None = Field(
        None, title="CELEX number of the consolidated text", examples=["02000A1028(01)-20200301"]
    )
    """The CELEX number of the text with its later changes worked in."""
    decision: Line | None = Field(None, title="Legal acts", examples=["Council Decision 2000/658/EC"])
    """The legal acts by which the EU signed or concluded it, or the regulation behind a preference."""
    amended_by: Line | None = Field(
        None,
        title="Amended by",
        examples=["OJ L 66, 12.3.2005, p. 24; OJ L 141, 2.6.2007, p. 69; OJ L 325, 20.12.2018, p. 3"],
    )
    """Where later changes were printed."""
    url: Url | None = Field(None, title="Text", examples=["https://eur-lex.europa.eu/eli/agree_internation/2000/658"])
    """Where the text can be read, best in EUR-Lex."""
    note: Prose | None = Field(None, title="Note", examples=["Corrections are in OJ L 332, 19.12.2003, p. 64."])
    """What must be known of the text, as a correction."""


class Agreement(Record):
    """A text that binds the EU and partners, or a preference that the EU grants."""

    name: Line = Field(
        title="Name", examples=["Interim Agreement on Trade between the European Union and the Republic of Chile"]
    )
    """The official name, in English where there is one."""
    short_name: Line | None = Field(None, title="Short name", examples=["EU–Chile Interim Trade Agreement"])
    """The name that readers use, for lists and headings."""
    acronym: Line | None = Field(None, title="Acronym", examples=["ITA"])
    """Its letters, where people use them."""
    other_names: Many[OtherName] = Field(
        (),
        title="Other names",
        examples=[
            "- {name: Acuerdo Comercial Interino UE-Chile, language: es}\n"
            "- {name: Accord intérimaire sur le commerce UE-Chili, language: fr}"
        ],
    )
    """Official names in other languages, and former names. They are found by search."""
    type: AgreementType = Field(title="Type", examples=["trade-agreement"])
    """What sort of agreement it is, by its title and legal basis."""
    parties: Many[PartyRef] = Field(title="Parties", examples=["[EU, CO, EC, PE]"])
    """Who is bound, not the group that they belong to. The status is computed for each of them."""
    regional_groups: Many[GroupRef] = Field((), title="Groups", examples=["[CAN]"])
    """Groups that readers connect with it without being party."""
    themes: Many[ThemeRef] = Field((), title="Themes", examples=["[trade-agreements]"])
    """What it is about, in words of the theme vocabulary. Three to eight are enough."""
    pillars: Many[Part] = Field((), title="Covers", examples=["- {name: Political dialogue, sources: [s1]}"])
    """The main parts of the text."""
    summary: Prose = Field(
        title="Summary",
        examples=[
            "It carries the trade and investment provisions of the modernised EU-Chile framework that are "
            "under exclusive EU competence."
        ],
    )
    """Two to four plain sentences: what it does, for whom, where it stands in a line of agreements. No status: that
    is computed."""
    replaces: Many[AgreementRef] = Field((), title="Replaces", examples=["[eu-chile-association-agreement]"])
    """Agreements that this one takes the place of. Write it here, at the successor; the other end is shown by
    itself."""
    events: Many[Event] = Field(
        (),
        title="History",
        examples=[
            "- {date: 2023-12-13, event: signed, place: Brussels, sources: [s3, s4]}\n"
            "- {date: 2025-02-01, event: entry-into-force, sources: [s6, s1, s7]}"
        ],
    )
    """All that is dated in its life, oldest first. The status for each party is computed from the steps among them."""
    legal: Legal = Field(
        Legal(), title="Legal text", examples=["{oj: 'OJ L 276, 28.10.2000, p. 45', celex: 22000A1028(01)}"]
    )
    """Where the text stands in law, for those who need its wording."""
    institutions: Many[Part] = Field((), title="Bodies", examples=["- {name: Trade Council, sources: [s6]}"])
    """Bodies that the agreement set up."""
    topics: Many[Part] = Field((), title="Topics", examples=["- {name: Gender and labour, sources: [s9]}"])
    """What it rules on, for readers who look for one topic."""
    figures: Many[Money] = Field(
        (),
        title="Money",
        examples=[
            "- {amount: 346000000, currency: EUR, basis: allocation, label: '11th European Development "
            "Fund, Caribbean'}"
        ],
    )
    """Sums that belong to the agreement, as aid tied to it. Trade figures stand in figures.yml."""
    related: Related = Field(Related(), title="Related", examples=["{agreements: [eu-mexico-global-agreement]}"])
    """Other records that a reader of this one wants next."""


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
