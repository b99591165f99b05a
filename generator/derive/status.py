"""Status is computed, never typed: what the dates of a record say of it on a day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from generator.model.edtf import Interval, Open, PartialDate, When
from generator.model.values import Vocabulary
from generator.model.walk import evidence_of


class Status(Vocabulary):
    """Every status, with the words a reader sees. `mark` names the shape drawn beside it."""

    NEGOTIATING = ("negotiating", "Under negotiation")
    TALKS_SUSPENDED = ("talks-suspended", "Talks suspended")
    LEFT_TALKS = ("left-talks", "Left the talks")
    CONCLUDED = ("concluded", "Concluded, not signed")
    INITIALLED = ("initialled", "Initialled")
    SIGNED = ("signed", "Signed")
    PROVISIONAL = ("provisionally-applied", "Provisionally applied")
    IN_FORCE = ("in-force", "In force")
    SUSPENDED = ("suspended", "Suspended")
    TERMINATED = ("terminated", "Terminated")
    SUPERSEDED = ("superseded", "Replaced")
    ANNOUNCED = ("announced", "Announced")
    RUNNING = ("running", "Running")
    ENDED = ("ended", "Ended")
    HELD = ("held", "Held")
    NOT_KNOWN = ("not-known", "Not known")

    @property
    def mark(self) -> str:
        return MARKS.get(self, "negotiating")


MARKS: dict[Status, str] = {
    Status.SIGNED: "signed",
    Status.PROVISIONAL: "provisional",
    Status.IN_FORCE: "full",
    Status.RUNNING: "full",
    Status.HELD: "held",
    Status.SUSPENDED: "ended",
    Status.LEFT_TALKS: "ended",
    Status.TERMINATED: "ended",
    Status.SUPERSEDED: "ended",
    Status.ENDED: "ended",
    Status.NOT_KNOWN: "unknown",
}
"""The shape of each status; the others share the dotted ring of what has not begun to bind."""


@dataclass(frozen=True)
class Span:
    """A status from one date to another.

    `since` of None is a beginning that nobody found. `events` are positions in the record's `events`.
    `maybe` is a further status that an unnamed step may have brought.
    """

    status: Status
    since: When | None
    until: When | None = None
    events: tuple[int, ...] = ()
    scope: str | None = None
    verified: bool = True
    maybe: Status | None = None
    maybe_since: PartialDate | None = None

    def holds_from(self) -> date:
        """The day from which it certainly holds: by then the change has happened."""
        if self.since is None:
            return date.min
        return self.since.start.latest if isinstance(self.since, Interval) else self.since.latest

    def may_begin(self) -> date:
        """The first day on which it may have begun."""
        return date.min if self.since is None else self.since.earliest


@dataclass(frozen=True)
class Standing:
    """What holds on a day. `changing` is the partial date inside which the next change falls."""

    span: Span
    changing: When | None = None
    next: Span | None = None

    @property
    def status(self) -> Status:
        return self.span.status

    @property
    def since(self) -> When | None:
        return self.span.since

    @property
    def verified(self) -> bool:
        return self.span.verified


UNKNOWN = Span(Status.NOT_KNOWN, None, verified=True)


def standing_on(spans: tuple[Span, ...], day: date) -> Standing | None:
    """The status on a day, None before the first: inside a partial date the earlier one holds."""
    current: Span | None = None
    for span in spans:
        if span.holds_from() <= day:
            current = span
        elif span.may_begin() <= day:
            return Standing(_as_of(current, day), span.since, span) if current else None
    return Standing(_as_of(current, day)) if current else None


def _as_of(span: Span, day: date) -> Span:
    """A span without what an unnamed step may bring only later."""
    later = span.maybe_since is not None and span.maybe_since.latest > day
    return replace(span, maybe=None, maybe_since=None) if later else span


def close(spans: list[Span]) -> tuple[Span, ...]:
    """Give each span its end: the beginning of the next."""
    following = [*(span.since for span in spans[1:]), None]  # one too many where there are no spans
    return tuple(replace(span, until=span.until or after) for span, after in zip(spans, following, strict=False))


def spans_of_times(record: Any) -> tuple[Span, ...]:
    """The life of a programme or a standing dialogue, from its start and end."""
    start, end = record.start, record.end
    begun = evidence_of(record, "start").verified
    ended = evidence_of(record, "end").verified
    spans: list[Span] = []
    if start is not None:
        spans.append(Span(Status.ANNOUNCED, None, verified=begun))
        running = end is not None
        spans.append(Span(Status.RUNNING if running else Status.NOT_KNOWN, start, verified=begun))
    if isinstance(end, PartialDate):
        if start is None:
            spans.append(Span(Status.NOT_KNOWN, None))
        spans.append(Span(Status.ENDED, end, verified=ended and (start is None or begun)))
    if isinstance(end, Open) and start is None:
        spans.append(Span(Status.RUNNING, None, verified=ended))
    return close(spans or [UNKNOWN])


def spans_of_meeting(record: Any) -> tuple[Span, ...]:
    """The life of a meeting: announced, then held."""
    when = record.date
    verified = evidence_of(record, "date").verified
    over: When = when.end if isinstance(when, Interval) and isinstance(when.end, PartialDate) else when
    return close([Span(Status.ANNOUNCED, None, verified=verified), Span(Status.HELD, over, verified=verified)])
