"""The life of an agreement, party by party, read from its dated steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from generator.derive.status import Span, Standing, Status, close, standing_on
from generator.kinds.agreement import RANK, Agreement, Event, EventType, parties_of
from generator.model.edtf import PartialDate

UNNAMED = "unnamed"
"""Stands for those whom a source counts but does not name."""

REACHED: dict[EventType, Status] = {
    EventType.CONCLUDED: Status.CONCLUDED,
    EventType.INITIALLED: Status.INITIALLED,
    EventType.SIGNED: Status.SIGNED,
    EventType.PROVISIONAL: Status.PROVISIONAL,
    EventType.IN_FORCE: Status.IN_FORCE,
}
ENDINGS: dict[EventType, Status] = {
    EventType.TERMINATED: Status.TERMINATED,
    EventType.REPLACED: Status.SUPERSEDED,
}
FURTHEST: tuple[Status, ...] = (
    Status.LEFT_TALKS,
    Status.NOT_KNOWN,
    Status.SUPERSEDED,
    Status.TERMINATED,
    Status.TALKS_SUSPENDED,
    Status.NEGOTIATING,
    Status.CONCLUDED,
    Status.INITIALLED,
    Status.SIGNED,
    Status.SUSPENDED,
    Status.PROVISIONAL,
    Status.IN_FORCE,
)
"""From what binds least to what binds most: the headline is the furthest that anyone reached."""
OVER = frozenset({Status.TERMINATED, Status.SUPERSEDED, Status.NOT_KNOWN, Status.LEFT_TALKS})
BINDING = RANK[EventType.SIGNED]


@dataclass(frozen=True)
class PartEnded:
    """A part of the agreement that ended while the rest went on."""

    scope: str
    date: PartialDate
    event: int


@dataclass(frozen=True)
class AgreementLife:
    """All lives of one agreement: of each party, of each text, and of the whole."""

    headline: tuple[Span, ...]
    parties: Mapping[str, tuple[Span, ...]]
    """The parties of the record, then those that only took part in talks; the EU's is the headline."""
    texts: Mapping[str, tuple[Span, ...]]
    """Where the record holds several texts, the furthest that each reached; else empty."""
    parts_ended: tuple[PartEnded, ...]
    steps: Mapping[str, Mapping[EventType, int]]
    """For each party, the position of the first event of each step that is certainly its own."""

    def on(self, day: date) -> Standing | None:
        """The headline on a day."""
        return standing_on(self.headline, day)

    def party_on(self, party: str, day: date) -> Standing | None:
        return standing_on(self.parties.get(party, ()), day)


Steps = list[tuple[int, Event]]


def life_of(record: Agreement) -> AgreementLife:
    """The lives of an agreement, read from its steps."""
    steps = sorted(
        ((n, e) for n, e in enumerate(record.events) if e.event in RANK),
        key=lambda pair: (pair[1].date.sort_key, RANK[pair[1].event], pair[0]),
    )
    texts = tuple(dict.fromkeys(e.text for _, e in steps if e.text))
    members = [str(p) for p in record.parties if p != "EU"]
    talkers = [str(p) for _, e in steps for p in e.parties or () if p not in record.parties]
    names = [*members, *dict.fromkeys(talkers)]
    per_party = {name: _party_life(record, name, steps, texts) for name in names}
    everyone = {name: per_party[name] for name in members or names}
    everyone[UNNAMED] = _merge_texts(
        {text: _run(list(_steps_for(record, UNNAMED, steps, text))) for text in texts or (None,)}
    )
    headline = _furthest(everyone)
    parties = {"EU": headline} if "EU" in record.parties else {}
    per_text = {str(text): _text_life(record, text, steps, names) for text in texts}
    parts = tuple(PartEnded(str(e.scope), e.date, n) for n, e in steps if e.scope and e.event in ENDINGS)
    matrix = {name: _first_steps(record, name, steps) for name in [*parties, *names]}
    return AgreementLife(headline, {**parties, **per_party}, _followed(per_text), parts, matrix)


def _first_steps(record: Agreement, party: str, steps: Steps) -> Mapping[EventType, int]:
    """The EU is in every step."""
    own = [
        (number, event)
        for number, event in steps
        if party == "EU" or (not event.unnamed and party in parties_of(record, event))
    ]
    first: dict[EventType, int] = {}
    for number, event in own:
        first.setdefault(event.event, number)
    return first


def _party_life(record: Agreement, party: str, steps: Steps, texts: tuple[str | None, ...]) -> tuple[Span, ...]:
    lives = {text: _run(list(_steps_for(record, party, steps, text))) for text in texts or (None,)}
    return _merge_texts(lives)


def _text_life(record: Agreement, text: str | None, steps: Steps, names: list[str]) -> tuple[Span, ...]:
    lives = {name: _run(list(_steps_for(record, name, steps, text))) for name in [*names, UNNAMED]}
    return _furthest(lives)


def _steps_for(record: Agreement, party: str, steps: Steps, text: str | None) -> Iterator[tuple[int, Event, bool]]:
    """The steps of a party in one text, each with whether it is certainly the party's own."""
    for number, event in steps:
        if event.text and event.text != text:
            continue
        if event.scope and event.event in ENDINGS:
            continue
        if event.unnamed:
            yield number, event, party == UNNAMED
        elif (party == UNNAMED and event.parties is None) or party in parties_of(record, event):
            yield number, event, True


def _run(steps: list[tuple[int, Event, bool]]) -> tuple[Span, ...]:
    """Go through the steps of one party and note each change of status."""
    spans: list[Span] = []
    rank = 0
    for number, event, certain in steps:
        if not certain:
            spans = _perhaps(spans, number, event, rank)
            continue
        status = _after(spans, event, rank)
        if status is None:
            continue
        rank = 0 if event.event is EventType.LEFT_TALKS else max(rank, RANK[event.event])
        rank = BINDING + 1 if event.event is EventType.REINSTATED else rank
        spans.append(_span(status, number, event))
    return close(spans)


def _span(status: Status, number: int, event: Event) -> Span:
    verified = bool(event.sources) and "date" not in event.unverified and "event" not in event.unverified
    return Span(status, event.date, None, (number,), event.scope, verified)


def _after(spans: list[Span], event: Event, rank: int) -> Status | None:
    """The status that a step leads to, or None where it changes nothing."""
    now = spans[-1].status if spans else None
    if now in (Status.TERMINATED, Status.SUPERSEDED):
        return None
    if event.event in ENDINGS:
        return ENDINGS[event.event]
    if event.event is EventType.SUSPENDED:
        return Status.SUSPENDED
    if event.event is EventType.REINSTATED:
        return next((s.status for s in reversed(spans) if s.status is not Status.SUSPENDED), Status.IN_FORCE)
    if event.event in REACHED:
        moves = RANK[event.event] > rank or (
            spans and spans[-1].status is Status.NOT_KNOWN and RANK[event.event] == rank
        )
        whole = now is REACHED[event.event] and spans[-1].scope and not event.scope
        return REACHED[event.event] if moves or whole else None
    return _talks(event.event, now, rank)


def _talks(event: EventType, now: Status | None, rank: int) -> Status | None:
    if rank > RANK[EventType.NEGOTIATIONS_OPENED]:
        return Status.LEFT_TALKS if event is EventType.LEFT_TALKS and rank < BINDING else None
    status = {
        EventType.NEGOTIATIONS_SUSPENDED: Status.TALKS_SUSPENDED,
        EventType.LEFT_TALKS: Status.LEFT_TALKS,
    }.get(event, Status.NEGOTIATING)
    return status if status is not now else None


def _perhaps(spans: list[Span], number: int, event: Event, rank: int) -> list[Span]:
    """A step of unnamed parties: this party may have been among them.

    One that has signed keeps its status, with the further one it may have reached. Of one that has not,
    nothing more can be said.
    """
    step = RANK[event.event]
    if step <= rank or event.event not in REACHED:
        return spans
    if rank >= BINDING and spans:
        return [*spans[:-1], replace(spans[-1], maybe=REACHED[event.event], maybe_since=event.date)]
    if spans and spans[-1].status is Status.NOT_KNOWN:
        return spans
    return [*spans, replace(_span(Status.NOT_KNOWN, number, event), verified=True)]


def _merge_texts(lives: Mapping[str | None, tuple[Span, ...]]) -> tuple[Span, ...]:
    """One party's life over all texts of the record: that of the text which binds it furthest, else of the last."""
    if len(lives) == 1:
        return next(iter(lives.values()))
    return _furthest(_followed({str(text): spans for text, spans in lives.items()}), last_wins=True)


def _followed(texts: Mapping[str, tuple[Span, ...]]) -> dict[str, tuple[Span, ...]]:
    """A text whose end nobody dated is «not known» once a later text of the record is in force."""
    names = list(texts)
    made: dict[str, tuple[Span, ...]] = {}
    for position, name in enumerate(names):
        spans = texts[name]
        later = [s for other in names[position + 1 :] for s in texts[other] if s.status is Status.IN_FORCE]
        if spans and later and spans[-1].status is Status.IN_FORCE:
            after = replace(later[0], status=Status.NOT_KNOWN, until=None)
            spans = close([*(replace(s, until=None) for s in spans), after])
        made[name] = spans
    return made


def _furthest(lives: Mapping[str, tuple[Span, ...]], *, last_wins: bool = False) -> tuple[Span, ...]:
    """The furthest of several lives, as one: a new span at each change."""
    moments = sorted(
        {span.since for spans in lives.values() for span in spans if isinstance(span.since, PartialDate)},
        key=lambda when: (when.sort_key, when.text),
    )
    spans: list[Span] = []
    for moment in moments:
        standings = [s for s in (standing_on(life, moment.latest) for life in lives.values()) if s]
        if not standings:
            continue
        best = _best([s.span for s in standings], last_wins=last_wins)
        if not spans or best.status is not spans[-1].status or best.scope != spans[-1].scope:
            spans.append(replace(best, until=None) if best.since == moment else _from(best, moment))
    return close(spans)


def _from(span: Span, moment: PartialDate) -> Span:
    """A status that was there already and leads from this moment on, because another fell back."""
    return replace(span, until=None, since=span.since or moment)


def _best(spans: list[Span], *, last_wins: bool) -> Span:
    live = [span for span in spans if span.status not in OVER]
    if not live and last_wins:
        return spans[-1]
    ranked = live or spans
    top = max(FURTHEST.index(span.status) for span in ranked)
    first = [span for span in ranked if FURTHEST.index(span.status) == top]
    whole = [span for span in first if not span.scope] or first
    return min(whole, key=lambda span: span.since.sort_key if span.since else (date.min, date.min))
