"""Everything dated in the catalogue as one list: what happened, what is due, and when as far as it is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from generator.derive.membership import expand
from generator.derive.timelines import start_of
from generator.kinds.agreement import RANK, TALKS, Agreement, Event, EventType
from generator.kinds.dialogue import Dialogue, DialogueType
from generator.kinds.group import Group
from generator.kinds.programme import Programme
from generator.model.catalogue import Catalogue
from generator.model.edtf import PartialDate, Precision, When
from generator.model.evidence import Item, Record
from generator.model.values import Vocabulary
from generator.model.walk import evidence_of


class Sort(Vocabulary):
    """What sort of thing happened, over all kinds, in the order in which filters name them."""

    TALKS = ("talks", "Talks on an agreement")
    SIGNED = ("signed", "Agreement signed")
    APPLIED = ("applied", "Provisional application")
    IN_FORCE = ("in-force", "Entry into force")
    OVER = ("over", "Agreement suspended, ended or replaced")
    STEP = ("step", "Other step of an agreement")
    BEGAN = ("began", "Programme or phase began")
    ENDED = ("ended", "Programme or phase ends")
    ACTIVITY = ("activity", "Activity")
    SUMMIT = ("summit", "Summit")
    MEETING = ("meeting", "Other meeting")
    DIALOGUE_BEGAN = ("dialogue-began", "Dialogue began")
    DIALOGUE_ENDED = ("dialogue-ended", "Dialogue ends")
    OUTCOME = ("outcome", "Outcome of a dialogue")
    JOINED = ("joined", "Joined a group")
    LEFT = ("left", "Left a group")
    GROUP = ("group", "Other event of a group")


ENDINGS = frozenset({Sort.ENDED, Sort.DIALOGUE_ENDED, Sort.LEFT})
"""What is due until its last possible day is past."""
MAJOR = frozenset(Sort) - {Sort.TALKS, Sort.STEP, Sort.ACTIVITY, Sort.OUTCOME, Sort.GROUP}
"""What a short list names."""
OF_EVENT: dict[EventType, Sort] = {
    **dict.fromkeys(TALKS, Sort.TALKS),
    EventType.INITIALLED: Sort.TALKS,
    EventType.SIGNED: Sort.SIGNED,
    EventType.PROVISIONAL: Sort.APPLIED,
    EventType.APPLIED_IN_PART: Sort.APPLIED,
    EventType.IN_FORCE: Sort.IN_FORCE,
    EventType.SUSPENDED: Sort.OVER,
    EventType.TERMINATED: Sort.OVER,
    EventType.REPLACED: Sort.OVER,
    EventType.TERM_ENDED: Sort.OVER,
}


@dataclass(frozen=True)
class Happening:
    """Something dated in the life of a record."""

    kind: str
    id: str
    sort: Sort
    when: When
    verified: bool
    """Whether a source says that it happened then."""
    label: str | None = None
    """The record's own words for it; None where the sort says it all."""
    word: Vocabulary | None = None
    """The record's word for it, where it has one of a vocabulary."""
    anchor: str = ""
    """Where on the record's page it stands."""
    parties: tuple[str, ...] = ()
    """Those whom it concerns, where not the whole record."""
    countries: tuple[str, ...] = ()
    """All countries that it concerns, members of groups as of the day."""
    themes: tuple[str, ...] = ()
    scope: str | None = None
    place: str | None = None

    @property
    def key(self) -> tuple[date, int, str, str, str]:
        """Orders by the last day that it may mean; a year alone comes after the days of that year."""
        first = start_of(self.when)
        return first.latest, -first.precision, self.kind, self.id, self.anchor

    @property
    def year(self) -> int:
        """The year, or the first one of a decade."""
        return self.when.earliest.year

    @property
    def is_of_decade(self) -> bool:
        return start_of(self.when).precision is Precision.DECADE

    @property
    def major(self) -> bool:
        """Whether a short list names it: a step that moves a party, a beginning, an end, a meeting."""
        return self.sort in MAJOR

    def is_due(self, today: date) -> bool:
        """Whether it certainly lies ahead; an end is due as long as it may lie ahead."""
        last = start_of(self.when).latest
        return self.when.earliest > today or (self.sort in ENDINGS and last > today)


def happenings_of(catalogue: Catalogue) -> tuple[Happening, ...]:
    """Everything dated, from the first to the last."""
    found: list[Happening] = []
    for agreement in catalogue.of("agreement"):
        found += _of_agreement(catalogue, agreement)
    for programme in catalogue.of("programme"):
        found += _of_programme(programme)
    for dialogue in catalogue.of("dialogue"):
        found += _of_dialogue(catalogue, dialogue)
    for group in catalogue.of("group"):
        found += _of_group(group)
    return tuple(sorted(found, key=lambda happening: happening.key))


def coming_up(happenings: Iterable[Happening], today: date) -> tuple[Happening, ...]:
    """What lies ahead, the nearest first."""
    return tuple(happening for happening in happenings if happening.is_due(today))


def just_happened(happenings: Iterable[Happening], today: date, days: int = 365) -> tuple[Happening, ...]:
    """What certainly happened or began in the last days, the latest first; what may be older is left out."""
    since = today - timedelta(days=days)
    found = [h for h in happenings if since <= h.when.earliest <= today and not h.is_due(today)]
    return tuple(sorted(found, key=lambda h: (-h.when.earliest.toordinal(), h.key)))


@dataclass(frozen=True)
class Year:
    """What happened in one year, or on an unknown day of a decade: the latest first, unknown days last."""

    year: int
    is_decade: bool
    happenings: tuple[Happening, ...]


def by_year(happenings: Iterable[Happening]) -> tuple[Year, ...]:
    """Years from the latest to the first; a decade stands after its first year."""
    years: dict[tuple[int, bool], list[Happening]] = {}
    for happening in happenings:
        years.setdefault((happening.year, happening.is_of_decade), []).append(happening)
    made = [Year(year, decade, tuple(sorted(found, key=_newest))) for (year, decade), found in years.items()]
    return tuple(sorted(made, key=lambda year: (-year.year, year.is_decade)))


def _newest(happening: Happening) -> tuple[bool, int, int, str, str, str]:
    first = start_of(happening.when)
    vague = first.precision <= Precision.YEAR
    return vague, -first.latest.toordinal(), -first.precision, happening.kind, happening.id, happening.anchor


# -- each kind


def _sure(record: Record, name: str, item: Item, *fields: str) -> bool:
    """Whether a source says what an item of a list tells, in the fields that matter here."""
    if item.sources:
        return not set(fields) & set(map(str, item.unverified))
    return not item.unverified and evidence_of(record, name).verified


def _of_agreement(catalogue: Catalogue, record: Agreement) -> Iterator[Happening]:
    for number, event in enumerate(record.events, 1):
        named = tuple(map(str, event.parties)) if event.parties is not None else ()
        whom = tuple(p for p in map(str, record.parties) if p not in map(str, event.except_))
        concerned = named or (() if event.unnamed else whom)
        yield Happening(
            "agreement",
            record.id,
            _sort_of(event),
            event.date,
            _sure(record, "events", event, "date", "event"),
            event.title,
            event.event,
            f"e{number}",
            named or (whom if event.except_ else ()),
            _countries(catalogue, concerned, event.date),
            tuple(map(str, record.themes)),
            event.scope,
            event.place,
        )


def _sort_of(event: Event) -> Sort:
    """An event of another text is no step of this one."""
    return Sort.STEP if event.agreement and event.event not in RANK else OF_EVENT.get(event.event, Sort.STEP)


def _countries(catalogue: Catalogue, parties: Iterable[str], when: PartialDate) -> tuple[str, ...]:
    return tuple(sorted({code for party in parties for code in expand(catalogue, party, when)}))


def _of_programme(record: Programme) -> Iterator[Happening]:
    countries = tuple(sorted(map(str, (*record.countries, *record.eu_countries))))
    themes = tuple(map(str, record.themes))

    def made(sort: Sort, when: When, verified: bool, **more: Any) -> Happening:
        return Happening(
            "programme", record.id, sort, when, verified, **{"countries": countries, **more}, themes=themes
        )

    yield from _times(record, made, Sort.BEGAN, Sort.ENDED)
    for phase in record.phases:
        sure = {name: _sure(record, "phases", phase, name) for name in ("start", "end")}
        if phase.start and phase.start != record.start:
            yield made(Sort.BEGAN, phase.start, sure["start"], label=phase.name)
        if isinstance(phase.end, PartialDate) and phase.end != record.end:
            yield made(Sort.ENDED, phase.end, sure["end"], label=phase.name)
    yield from _activities(record, made)


def _times(record: Any, made: Any, began: Sort, ended: Sort) -> Iterator[Happening]:
    if record.start:
        yield made(began, record.start, evidence_of(record, "start").verified)
    if isinstance(record.end, PartialDate):
        yield made(ended, record.end, evidence_of(record, "end").verified)


def _activities(record: Any, made: Any) -> Iterator[Happening]:
    for number, item in enumerate(record.activities, 1):
        if item.date:
            named = {"countries": tuple(sorted(map(str, item.countries)))} if item.countries else {}
            sure = _sure(record, "activities", item, "date")
            anchor = f"activity-{number}"
            yield made(Sort.ACTIVITY, item.date, sure, label=item.title, word=item.type, anchor=anchor, **named)


def _of_dialogue(catalogue: Catalogue, record: Dialogue) -> Iterator[Happening]:
    themes = tuple(map(str, record.themes))
    parties = (*map(str, record.parties), *map(str, record.countries))

    def made(sort: Sort, when: When, verified: bool, **more: Any) -> Happening:
        countries = _countries(catalogue, parties, start_of(when))
        return Happening("dialogue", record.id, sort, when, verified, **{"countries": countries, **more}, themes=themes)

    if record.date:
        sort = Sort.SUMMIT if record.type is DialogueType.SUMMIT else Sort.MEETING
        place = record.place.city if record.place else None
        yield made(sort, record.date, evidence_of(record, "date").verified, word=record.type, place=place)
    yield from _times(record, made, Sort.DIALOGUE_BEGAN, Sort.DIALOGUE_ENDED)
    for item in record.outcomes:
        if item.date:
            sure = _sure(record, "outcomes", item, "date")
            yield made(Sort.OUTCOME, item.date, sure, label=item.title, word=item.type)
    yield from _activities(record, made)


def _of_group(record: Group) -> Iterator[Happening]:
    for name, text in (("founded", "Founded"), ("ended", "Ended")):
        when = getattr(record, name)
        if when:
            yield Happening("group", record.id, Sort.GROUP, when, evidence_of(record, name).verified, text)
    for event in record.events:
        yield Happening("group", record.id, Sort.GROUP, event.date, _sure(record, "events", event, "date"), event.text)
    for row in record.members:
        countries = tuple(map(str, row.countries))
        for name, sort, when in (("since", Sort.JOINED, row.since), ("until", Sort.LEFT, row.until)):
            if when:
                sure = _sure(record, "members", row, name)
                yield Happening(
                    "group", record.id, sort, when, sure, None, row.role, parties=countries, countries=countries
                )
