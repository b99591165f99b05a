"""«As of»: beside a page, a small file with what its places say from each day on which that changes.

The page's script only looks the chosen day up: the last entry whose day is not after it. All words are made
here, with the functions that make them for the page of the build's day.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from typing import Any

from generator.derive import Views
from generator.derive.asof import (
    country_on,
    may_belong,
    member_table,
    turns,
    turns_of_agreement,
    turns_of_row,
    turns_of_traces,
    views_on,
)
from generator.derive.countries import CountryView
from generator.derive.membership import Belonging
from generator.derive.series import meetings_of
from generator.derive.status import Span, Standing, Status, standing_on
from generator.kinds.agreement import Agreement
from generator.kinds.dialogue import Dialogue
from generator.kinds.group import MemberRole
from generator.model.catalogue import Catalogue, Key
from generator.model.kind import Kind
from generator.render import sentences
from generator.render.listing import ORDER, since_words
from generator.render.place import PagePlace
from generator.render.words import Words

FILE = "asof.json"
KINDS = ("agreement", "programme", "dialogue", "country")
"""Kinds whose records and listings answer «as of» another day."""


def knows_days(kind: Kind | None) -> bool:
    """Whether pages of a kind answer «as of» another day: there is a file beside them that says what held."""
    return kind is not None and kind.name in KINDS


@dataclass(frozen=True)
class Shown:
    """What one place of a page says: the shape's name, the words, smaller words below; all but `text` may be empty."""

    text: str
    mark: str = ""
    small: str = ""
    unsure: bool = False
    """Whether it rests on a date that is not verified."""
    status: str = ""
    absent: bool = False
    """Whether the record had not begun: nothing is known by that day, or it came later."""

    def packed(self) -> list[Any]:
        """As the script reads it, without what is empty at the end."""
        values = [self.text, self.mark, self.small, int(self.unsure), self.status, int(self.absent)]
        while len(values) > 1 and not values[-1]:
            values.pop()
        return values


Place = tuple[tuple[date, Shown], ...]
"""What one place says, from each day on which that changes; the first day is before all others."""


@dataclass(frozen=True)
class Lookup:
    """All places of one page by name, and for a listing what its filters ask."""

    places: Mapping[str, Place]
    extra: Mapping[str, Any] = field(default_factory=dict)

    def file(self, today: date) -> str:
        """As JSON: each different answer once, and per place the days with the number of the answer."""
        answers: dict[Shown, int] = {}
        series = {name: list(_numbered(place, answers)) for name, place in self.places.items()}
        made = {"day": today.isoformat(), "says": [each.packed() for each in answers], "places": series, **self.extra}
        return json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n"


def _numbered(place: Place, answers: dict[Shown, int]) -> Iterator[str | int]:
    """Day and number of the answer in turn; the first day is the empty text, before all others."""
    for day, shown in place:
        yield _day(day)
        yield answers.setdefault(shown, len(answers))


def _day(day: date) -> str:
    return "" if day == date.min else day.isoformat()


def _place(days: Iterable[date], today: date, say: Callable[[date], Shown]) -> Place:
    """What is said on each day up to today; repeats are left out. Today is a turn: what lies ahead of it is known."""
    found: list[tuple[date, Shown]] = []
    for day in sorted({date.min, today, *(each for each in days if each < today)}):
        shown = say(day)
        if not found or shown != found[-1][1]:
            found.append((day, shown))
    return tuple(found)


def asof_files(catalogue: Catalogue, views: Views, words: Words) -> Iterator[tuple[str, str]]:
    """The files of all pages that know other days, by path below the site's folder."""
    at = _At(catalogue, views, words)
    for kind in catalogue.kinds:
        if not knows_days(kind):
            continue
        for record in catalogue.of(kind.name):
            yield PagePlace(kind.page(record.id)).address + FILE, at.record(kind.name, record).file(views.today)
        yield f"{kind.section}/{FILE}", at.listing(kind.name).file(views.today)


# -- what a place says


def status_shown(standing: Standing | None, words: Words) -> Shown:
    """The status of a record in a listing: word, «since» where no column has the dates, and whether it is verified."""
    if standing is None:
        return Shown(words.say("No step by that day"), "unknown", absent=True)
    small = since_words(standing, words)
    return Shown(words.say(standing.status.label), standing.status.mark, small, not standing.verified, standing.status)


def party_shown(spans: tuple[Span, ...], day: date, words: Words) -> Shown:
    """One party in the table of an agreement."""
    standing = standing_on(spans, day)
    if standing is None:
        return Shown(sentences.before_words(spans, day, words), "unknown", absent=True)
    note = sentences.party_note(standing, words)
    status = standing.status
    return Shown(words.say(status.label), status.mark, note, not standing.verified, status)


def bond_shown(spans: tuple[Span, ...], day: date, words: Words) -> Shown:
    """One agreement as a country sees it, in a phrase."""
    standing = standing_on(spans, day)
    if standing is None:
        return Shown(sentences.before_words(spans, day, words), "unknown", absent=True)
    text = sentences.party_words(standing, words)
    if standing.span.scope:
        text += " ({})".format(words.say("{part} part").format(part=standing.span.scope))
    note = sentences.party_note(standing, words) if standing.next else ""
    return Shown(text, standing.status.mark, note, not standing.verified, standing.status)


def sentence_shown(sentence: sentences.Sentence | None) -> Shown:
    """The sentence that a page opens with."""
    if sentence is None:
        return Shown("")
    return Shown(sentence.text, sentence.status.mark, "", not sentence.verified, sentence.status)


def row_shown(row: Belonging, day: date, words: Words) -> Shown:
    """Whether a membership held on a day; nothing where it did."""
    if row.on(day):
        return Shown("")
    if may_belong(row, day):
        return Shown(words.say("not known whether on that day"), absent=True)
    member = row.row.role is MemberRole.MEMBER
    return Shown(words.say("not a member on that day") if member else words.say("not so on that day"), absent=True)


def union_rows(view: CountryView) -> tuple[Belonging, ...]:
    """The country's memberships of the Union."""
    return tuple(row for row in view.groups if row.group.id == "EU" and row.row.role is MemberRole.MEMBER)


def union_agreements(catalogue: Catalogue) -> tuple[Agreement, ...]:
    """The agreements to which the Union is party."""
    return tuple(agreement for agreement in catalogue.of("agreement") if "EU" in agreement.parties)


@dataclass(frozen=True)
class _At:
    """Makes the places of pages from what is known on the build's day."""

    catalogue: Catalogue
    views: Views
    words: Words
    states: dict[Key, Place] = field(default_factory=dict)
    """Made before: a record stands on many pages."""
    unions: dict[tuple[str, ...], Place] = field(default_factory=dict)

    def record(self, kind: str, record: Any) -> Lookup:
        if kind == "country":
            return Lookup(self._country(record.id))
        if kind == "agreement":
            return Lookup(self._agreement(record))
        keys = self._meetings(kind, record)
        days = frozenset().union(*(turns(self.views.spans[key]) for key in keys), turns_of_traces(record))
        return Lookup({"says": self._place(days, lambda day: sentence_shown(self._sentence(kind, record, keys, day)))})

    def _place(self, days: Iterable[date], say: Callable[[date], Shown]) -> Place:
        return _place(days, self.views.today, say)

    def _meetings(self, kind: str, record: Any) -> tuple[Key, ...]:
        """The record, and the meetings of a series: its sentence counts them."""
        series = meetings_of(record, self.catalogue) if kind == "dialogue" else ()
        return ((kind, record.id), *(("dialogue", meeting.id) for meeting in series))

    def _sentence(self, kind: str, record: Any, keys: tuple[Key, ...], day: date) -> sentences.Sentence:
        views = views_on(self.catalogue, self.views, day, keys)
        if isinstance(record, Dialogue):
            return sentences.dialogue_sentence(record, self.catalogue, views, self.words, self.views.today)
        return sentences.times_sentence(record, views, kind, self.words, self.views.today)

    def _agreement(self, record: Agreement) -> dict[str, Place]:
        life = self.views.lives[record.id]

        def says(day: date) -> Shown:
            views = views_on(self.catalogue, self.views, day, ())
            return sentence_shown(sentences.agreement_sentence(record, life, self.catalogue, views, self.words))

        return {
            "says": self._place(turns_of_agreement(record, life), says),
            **{id: self._spans(party_shown, spans) for id, spans in life.parties.items()},
        }

    def _spans(self, show: Callable[[tuple[Span, ...], date, Words], Shown], spans: tuple[Span, ...]) -> Place:
        return self._place(turns(spans), lambda day: show(spans, day, self.words))

    def _state(self, kind: str, id: str) -> Place:
        """The status of a programme or dialogue; what lay ahead on a day of the past is said to come later."""
        if (kind, id) not in self.states:
            spans = self.views.spans[kind, id]
            self.states[kind, id] = self._place(turns(spans), lambda day: self._state_on(spans, day))
        return self.states[kind, id]

    def _state_on(self, spans: tuple[Span, ...], day: date) -> Shown:
        standing = standing_on(spans, day)
        if standing and standing.status is Status.ANNOUNCED and day < self.views.today:
            unsure, status = not standing.verified, standing.status
            if standing.next:
                text = sentences.changing_words(standing, self.words)
                return Shown(self.words.say("Not certain"), "unknown", text, unsure, status)
            return Shown(self.words.say("Later"), status.mark, "", unsure, status, absent=True)
        return status_shown(standing, self.words)

    # -- countries

    def _country(self, id: str) -> dict[str, Place]:
        view = self.views.countries[id]
        places = {"says": self._country_says(id, view)}
        places |= {f"agreement:{b.agreement.id}": self._spans(bond_shown, b.spans) for b in view.bonds}
        places |= {f"programme:{p.id}": self._state("programme", p.id) for p in view.programmes}
        places |= {f"dialogue:{d.id}": self._state("dialogue", d.id) for d in (*view.dialogues, *view.summits)}
        places |= {f"group:{row.group.id}:{row.position}": self._row(row) for row in view.groups}
        rows = union_rows(view)
        if rows:
            places |= {f"union:{a.id}": self._union(rows, a) for a in union_agreements(self.catalogue)}
        return places

    def _country_says(self, id: str, view: CountryView) -> Place:
        days = frozenset().union(*(turns(bond.spans) for bond in view.bonds))
        rows = union_rows(view)
        if rows:
            headlines = [turns(life.headline) for life in self.views.lives.values()]
            days = days.union(*(turns_of_row(row.row) for row in rows), *headlines)

        def says(day: date) -> Shown:
            views = views_on(self.catalogue, self.views, day, ())
            name = self.words.country(id)
            return sentence_shown(sentences.country_sentence(country_on(view, day), views, self.words, name))

        return self._place(days, says)

    def _row(self, row: Belonging) -> Place:
        return self._place(turns_of_row(row.row), lambda day: row_shown(row, day, self.words))

    def _union(self, rows: tuple[Belonging, ...], agreement: Agreement) -> Place:
        """The Union's own status, while the country is a member: it is not itself a party."""
        spans = self.views.lives[agreement.id].parties["EU"]
        key = (agreement.id, *(f"{row.row.since}/{row.row.until}" for row in rows))

        def say(day: date) -> Shown:
            if any(row.on(day) for row in rows):
                return bond_shown(spans, day, self.words)
            return Shown(self.words.say("not a member of the European Union on that day"), absent=True)

        if key not in self.unions:
            self.unions[key] = self._place(turns(spans).union(*(turns_of_row(row.row) for row in rows)), say)
        return self.unions[key]

    # -- listings

    def listing(self, kind: str) -> Lookup:
        if kind == "country":
            return Lookup(
                {name: place for country in self.catalogue.of(kind) for name, place in self._counts(country.id)}
            )
        records = self.catalogue.of(kind)
        if kind == "agreement":
            places = {r.id: self._headline(r) for r in records}
        else:
            places = {r.id: self._state(kind, r.id) for r in records}
        groups = {r.id: found for r in records if (found := self._groups(getattr(r, "parties", ())))}
        wanted = sorted({group for found in groups.values() for group in found})
        return Lookup(
            places, {"order": ORDER, "groups": groups, "members": {group: self._members(group) for group in wanted}}
        )

    def _headline(self, record: Agreement) -> Place:
        spans = self.views.lives[record.id].headline
        return self._place(turns(spans), lambda day: status_shown(standing_on(spans, day), self.words))

    def _groups(self, parties: Iterable[str]) -> list[str]:
        return [str(party) for party in parties if self.catalogue.find("group", party)]

    def _members(self, group: str) -> list[str]:
        """Day and members in turn."""
        table = member_table(self.catalogue.records["group"][group], self.views.today)  # type: ignore[arg-type]
        return [text for day, members in table for text in (_day(day), " ".join(members))]

    def _counts(self, id: str) -> Iterator[tuple[str, Place]]:
        """The numbers of a country: agreements that apply, programmes begun, dialogues begun or held."""
        view = self.views.countries[id]
        bonds = [self._spans(bond_shown, bond.spans) for bond in view.bonds]
        yield f"{id}:agreements", self._count(bonds, lambda shown: shown.mark in ("full", "provisional"))
        programmes = [self._state("programme", p.id) for p in view.programmes]
        yield f"{id}:programmes", self._count(programmes, lambda shown: not shown.absent)
        dialogues = [self._state("dialogue", d.id) for d in (*view.dialogues, *view.summits)]
        yield f"{id}:dialogues", self._count(dialogues, lambda shown: not shown.absent)

    def _count(self, places: Iterable[Place], counts: Callable[[Shown], bool]) -> Place:
        """How many of the places say what counts, from each day on which that changes."""
        steps: Counter[date] = Counter()
        for place in places:
            before = 0
            for day, shown in place:
                steps[day] += int(counts(shown)) - before
                before = int(counts(shown))
        days = sorted({date.min, *(day for day, change in steps.items() if change)})
        totals = accumulate(steps[day] for day in days)
        return tuple((day, Shown(self.words.number(n) if n else "–")) for day, n in zip(days, totals, strict=True))
