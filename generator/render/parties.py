"""An agreement party by party: the steps that each took, who its members were, and a sentence for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.derive.agreements import AgreementLife
from generator.derive.membership import expand
from generator.derive.status import Standing, Status
from generator.kinds.agreement import EventType, parties_of
from generator.model.edtf import PartialDate
from generator.render.sentences import part_words

if TYPE_CHECKING:
    from generator.render.page import Page

MATRIX = (
    EventType.NEGOTIATIONS_OPENED,
    EventType.JOINED_TALKS,
    EventType.SIGNED,
    EventType.PROVISIONAL,
    EventType.IN_FORCE,
    EventType.SUSPENDED,
    EventType.TERMINATED,
)


def steps_of(life: AgreementLife) -> list[EventType]:
    """The columns of the matrix: the steps that somebody took, in the order of an agreement's life."""
    taken = {step for steps in life.steps.values() for step in steps}
    return [step for step in MATRIX if step in taken]


def signed_as(page: Page, life: AgreementLife) -> list[tuple[str, PartialDate, list[str]]]:
    """For each group that is party: the day it signed, and the names of those who were its members then."""
    made = []
    for group in (str(party) for party in page.record.parties if page.catalogue.find("group", party)):
        position = life.steps.get(group, {}).get(EventType.SIGNED)
        if position is not None:
            when = page.record.events[position].date
            members = sorted(page.party_name(code) for code in expand(page.catalogue, group, when))
            made += [(group, when, members)] if members else []
    return made


def party_sentence(page: Page, life: AgreementLife, party: str) -> str:
    """The status of one party as a whole sentence that ends with the day it is true for."""
    w, standing = page.words, life.party_on(party, page.views.today)
    name = w.say("the European Union") if party == "EU" else page.party_name(party)
    text = w.say(_pattern(standing))
    since = standing.since if standing else None
    said = text.format(
        party=name, since=w.date(since), part=standing.span.scope if standing and standing.span.scope else ""
    )
    if standing and standing.span.maybe and standing.span.maybe_since:
        said += w.say("; whether it is «{status}» since {date} is not known").format(
            status=w.say(standing.span.maybe.label).lower(), date=w.date(standing.span.maybe_since)
        )
    if standing and standing.next is not None:
        said += w.say("; «{status}» from a day in {date} that is not known").format(
            status=w.say(standing.next.status.label).lower(), date=w.date(standing.changing)
        )
    for part in life.parts_ended:
        event = page.record.events[part.event]
        if part.date.latest <= page.views.today and (party == "EU" or party in parties_of(page.record, event)):
            said += part_words(page.record, part, w)
    if standing and not standing.verified:
        said += w.say("; the date is not verified")
    return said + w.say(" (as of {day}).").format(day=w.day(page.views.today))


SAID: dict[Status, str] = {
    Status.NEGOTIATING: "For {party}, it has been under negotiation since {since}",
    Status.TALKS_SUSPENDED: "For {party}, talks have been suspended since {since}",
    Status.LEFT_TALKS: "For {party}, talks were left ({since})",
    Status.CONCLUDED: "For {party}, negotiations are concluded ({since}), and no signature is recorded",
    Status.INITIALLED: "For {party}, it is initialled ({since}), and no signature is recorded",
    Status.SIGNED: "For {party}, it is signed ({since}); no application or entry into force is recorded",
    Status.PROVISIONAL: "For {party}, it has been provisionally applied since {since}",
    Status.IN_FORCE: "For {party}, it has been in force since {since}",
    Status.SUSPENDED: "For {party}, it has been suspended since {since}",
    Status.TERMINATED: "For {party}, it is no longer in force: terminated ({since})",
    Status.SUPERSEDED: "For {party}, it is no longer applied: replaced ({since})",
    Status.NOT_KNOWN: "For {party}, it is not known whether it has taken part since {since}",
}
IN_PART: dict[Status, str] = {
    Status.PROVISIONAL: "For {party}, its {part} part has been provisionally applied since {since}",
    Status.IN_FORCE: "For {party}, its {part} part has been in force since {since}",
    Status.SIGNED: "For {party}, its {part} part is signed ({since}); nothing further is recorded",
}


def _pattern(standing: Standing | None) -> str:
    if standing is None:
        return "For {party}, no step is recorded by this day"
    if standing.span.scope and standing.status in IN_PART:
        return IN_PART[standing.status]
    return SAID.get(standing.status, "For {party}: not known")
