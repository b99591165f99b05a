"""Lives in time as the JSON files have them: statuses with their dates, of a record, a party, a text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from generator.derive import Views
from generator.derive.agreements import PartEnded
from generator.derive.countries import Bond
from generator.derive.series import meetings_of, position_of
from generator.derive.status import Span, Standing, Status
from generator.derive.successions import Succession, successions_of
from generator.derive.timelines import start_of
from generator.export.api.computed_shapes import (
    CountryAgreement,
    InSeries,
    Origin,
    PartOver,
    PartyLife,
    StatusNow,
    StatusSpan,
    Successor,
    TextLife,
    Trace,
)
from generator.export.api.shapes import filled
from generator.kinds.agreement import Agreement
from generator.kinds.dialogue import Dialogue
from generator.model.catalogue import Catalogue
from generator.model.edtf import When

BINDING = frozenset({Status.PROVISIONAL, Status.IN_FORCE})
"""Statuses in which an agreement binds a party."""


def bounds(name: str, when: When | None) -> dict[str, str]:
    """The first and the last day that a date may mean, as fields whose names begin with `name`."""
    if when is None:
        return {}
    made = {f"{name}earliest": when.earliest.isoformat()}
    return made if when.latest == date.max else {**made, f"{name}latest": when.latest.isoformat()}


def _turn(name: str, when: When | None) -> dict[str, str]:
    """The first and the last day on which a status may have begun: a stretch of time begins with its start."""
    return bounds(name, start_of(when)) if when else {}


def life(spans: Iterable[Span], standing: Standing | None, *, agreement: bool = False) -> dict[str, Any]:
    """The status of today and all spans."""
    told = tuple(_span(span, agreement=agreement) for span in spans)
    return {"status": _now(standing, agreement=agreement), "spans": told}


def _now(standing: Standing | None, *, agreement: bool) -> StatusNow:
    """Of what has not begun nothing is known, and no source is behind that."""
    if standing is None:
        return filled(StatusNow, status=Status.NOT_KNOWN, binds=False if agreement else None, verified=False)
    span = standing.span
    return filled(
        StatusNow,
        status=span.status,
        binds=span.status in BINDING if agreement else None,
        since=span.since,
        verified=span.verified,
        scope=span.scope,
        maybe=span.maybe,
        changing=standing.changing,
        next=standing.next.status if standing.next else None,
    )


def _span(span: Span, *, agreement: bool) -> StatusSpan:
    return filled(
        StatusSpan,
        status=span.status,
        binds=span.status in BINDING if agreement else None,
        since=span.since,
        **_turn("since_", span.since),
        until=span.until,
        **_turn("until_", span.until),
        events=tuple(map(event_place, span.events)),
        scope=span.scope,
        verified=span.verified,
        maybe=span.maybe,
        maybe_since=span.maybe_since,
    )


def event_place(position: int) -> str:
    """The place of an event of a record in its JSON."""
    return f"/stated/events/{position}"


def trace(when: When | None) -> Trace | None:
    """The latest dated thing, where there is one."""
    return filled(Trace, date=when, **bounds("", when)) if when else None


def origins(found: Iterable[tuple[str, int]]) -> tuple[Origin, ...]:
    """Dialogues with the outcomes that name a record."""
    return tuple(
        filled(Origin, dialogue=dialogue, outcome=f"/stated/outcomes/{position}") for dialogue, position in found
    )


# -- agreements


def of_agreement(catalogue: Catalogue, views: Views, record: Agreement) -> dict[str, Any]:
    """An agreement party by party and text by text, with those before and after it."""
    found = views.lives[record.id]
    before: list[Successor] = []
    after: list[Successor] = []
    for each in successions_of(record, catalogue):
        (after if each.after else before).append(_successor(each))
    return {
        "parties": tuple(
            filled(
                PartyLife,
                party=party,
                kind="country" if catalogue.find("country", party) else "group",
                **life(spans, found.party_on(party, views.today), agreement=True),
            )
            for party, spans in found.parties.items()
        ),
        "texts": tuple(
            filled(TextLife, text=text, spans=tuple(_span(span, agreement=True) for span in spans))
            for text, spans in found.texts.items()
        ),
        "parts_over": tuple(map(_part, found.parts_ended)),
        "came_before": tuple(before),
        "came_after": tuple(after),
    }


def _part(part: PartEnded) -> PartOver:
    return filled(PartOver, scope=part.scope, date=part.date, event=event_place(part.event))


def _successor(found: Succession) -> Successor:
    return filled(Successor, agreement=found.other, date=found.when, scope=found.scope, text=found.text)


def of_country(bond: Bond) -> CountryAgreement:
    """An agreement as a country has it that is party by itself."""
    return filled(CountryAgreement, agreement=bond.agreement.id, **life(bond.spans, bond.standing, agreement=True))


# -- dialogues


def of_series(catalogue: Catalogue, record: Dialogue) -> dict[str, Any]:
    """Where a meeting stands in its series; of a series its meetings."""
    position = position_of(record, catalogue)
    made: dict[str, Any] = {"meetings": tuple(meeting.id for meeting in meetings_of(record, catalogue))}
    if position:
        made["in_series"] = filled(
            InSeries,
            series=position.series,
            position=position.number,
            of=position.of,
            previous=position.previous,
            next=position.next,
        )
    return made
