"""The one sentence that a record opens with: what holds on the day, in words that could be quoted.

Each function returns the sentence and the positions or ids of what it rests on; none knows HTML.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from generator.derive import Views
from generator.derive.agreements import AgreementLife, PartEnded
from generator.derive.asof import first_begun
from generator.derive.countries import CountryView
from generator.derive.series import meetings_of
from generator.derive.status import Span, Standing, Status, standing_on
from generator.kinds.agreement import Agreement, AgreementType, EventType
from generator.kinds.dialogue import Dialogue, DialogueType
from generator.kinds.programme import Programme
from generator.model.catalogue import Catalogue
from generator.model.edtf import Interval, Open, PartialDate
from generator.model.evidence import Evidence
from generator.model.values import FieldPath
from generator.render.words import Words

if TYPE_CHECKING:
    from generator.render.page import Page


@dataclass(frozen=True)
class Clause:
    """A piece of a sentence with the sources that it rests on, and whether they say it."""

    text: str
    sources: tuple[str, ...] = ()
    verified: bool = True


@dataclass(frozen=True)
class Sentence:
    """Clauses that read as one sentence; `status` gives the mark beside it."""

    status: Status
    clauses: tuple[Clause, ...]

    @property
    def text(self) -> str:
        return "".join(clause.text for clause in self.clauses)

    @property
    def verified(self) -> bool:
        return all(clause.verified for clause in self.clauses)


def opening(page: Page) -> Sentence | None:
    """The sentence that the page's record opens with, if its kind has one."""
    record, views, w = page.record, page.views, page.words
    match page.kind.name if page.kind else "":
        case "agreement":
            return agreement_sentence(record, page.life(record.id), page.catalogue, views, w)
        case "programme":
            return times_sentence(record, views, "programme", w)
        case "dialogue":
            return dialogue_sentence(record, page.catalogue, views, w)
        case "country" if record.side == "lac" or any(
            row.group.id == "EU" for row in views.countries[record.id].groups
        ):
            return country_sentence(views.countries[record.id], views, w, page.title("country", record.id))
    return None


# -- agreements

PARTNERS = 3
"""Up to so many parties are named in the sentence; more are counted."""


def agreement_sentence(
    record: Agreement, life: AgreementLife, catalogue: Catalogue, views: Views, w: Words
) -> Sentence:
    """What holds of an agreement on the day of the views."""
    standing = life.on(views.today)
    if standing is None:
        return Sentence(Status.NOT_KNOWN, (Clause(_before_steps(life, views, w)),))
    clauses = [*_headline(record, life, standing, views, w)]
    clauses += _parts_ended(record, life, views, w)
    clauses += _changing(record, standing, w)
    return Sentence(standing.status, (*clauses, Clause(".")))


def _before_steps(life: AgreementLife, views: Views, w: Words) -> str:
    if not life.headline:
        return w.say("Nothing dated is known of this text yet.")
    return before_words(life.headline, views.today, w) + "."


def before_words(spans: tuple[Span, ...], day: date, w: Words) -> str:
    """What can be said on a day before the first status that is certain."""
    first = first_begun(spans, day)
    if first is None:
        return w.say("No step is known by that day")
    return w.say("No step is certain by that day; «{status}» from a day in {date} that is not known").format(
        status=w.say(first.status.label), date=w.date(first.since)
    )


def _headline(record: Agreement, life: AgreementLife, standing: Standing, views: Views, w: Words) -> list[Clause]:
    status, span = standing.status, standing.span
    partners = [str(p) for p in record.parties if p != "EU"]
    there = {p: s for p in partners if (s := life.party_on(p, views.today)) and s.status is status}
    day = w.on(span.since) if isinstance(span.since, PartialDate) else ""
    since = w.say("since {date}").format(date=w.date(span.since))
    if status is Status.IN_FORCE and record.type is AgreementType.PREFERENCE:
        text = w.say("In force {since}: a preference that the European Union grants to {partners}")
        return [_clause(record, span.events, text.format(since=since, partners=_names(partners, w)), standing)]
    if status in (Status.IN_FORCE, Status.PROVISIONAL):
        return _applied(record, there, partners, standing, views, w)
    pattern = {
        Status.SIGNED: w.say("Signed {day}; not in force, and no provisional application is known"),
        Status.INITIALLED: w.say("Initialled {day}, not signed"),
        Status.CONCLUDED: w.say("Negotiations concluded {day}; not signed"),
        Status.NEGOTIATING: w.say("Under negotiation {since}"),
        Status.TALKS_SUSPENDED: w.say("Talks suspended {since}"),
        Status.SUSPENDED: w.say("Suspended {since}"),
        Status.TERMINATED: w.say("No longer in force: terminated {day}"),
        Status.SUPERSEDED: w.say("No longer applied: replaced {day}"),
        Status.LEFT_TALKS: w.say("Talks were left {day}"),
    }.get(status, w.say("Not known whether it still applies"))
    return [_clause(record, span.events, pattern.format(day=day, since=since), standing)]


def _applied(
    record: Agreement, there: Mapping[str, Standing], partners: list[str], standing: Standing, views: Views, w: Words
) -> list[Clause]:
    part = standing.span.scope
    if standing.status is Status.IN_FORCE:
        lead = w.say("In force between the European Union and {partners} since {date}")
    elif part:
        lead = w.say("Its {part} part applies provisionally between the European Union and {partners} since {date}")
    else:
        lead = w.say("Applied provisionally between the European Union and {partners} since {date}")
    by_date: dict[str, list[str]] = {}
    for party, own in there.items():
        by_date.setdefault(str(own.since), []).append(party)
    if not there:
        text = (
            w.say("Applied provisionally since {date}")
            if part is None and standing.status is Status.PROVISIONAL
            else lead
        )
        text = text.format(partners=w.say("others"), date=w.date(standing.since), part=part)
        unnamed = w.say("; which of the partners apply it is not known")
        return [_clause(record, standing.span.events, text, standing), Clause(unnamed)]
    clauses = []
    for number, (_, parties) in enumerate(by_date.items()):
        own = there[parties[0]]
        whom = _whom(parties, partners, w)
        text = lead.format(partners=whom, date=w.date(own.since), part=part)
        if number:
            text = w.say(", {partners} since {date}").format(partners=whom, date=w.date(own.since))
        clauses.append(_clause(record, own.span.events, text, own))
    earlier = _first_provisional(record, standing, views.today)
    if earlier is not None:
        event = record.events[earlier]
        what = (
            w.say("; its {part} part had applied provisionally since {date}")
            if event.scope
            else w.say("; it had applied provisionally since {date}")
        )
        clauses.append(_clause(record, (earlier,), what.format(part=event.scope, date=w.date(event.date)), None))
    left = [p for p in partners if p not in there]
    if left and len(there) < len(partners):
        clauses.append(Clause(w.say("; not for {partners}").format(partners=_names(left, w))))
    return clauses


def _first_provisional(record: Agreement, standing: Standing, today: date) -> int | None:
    """The first provisional application, where the agreement is in force since."""
    if standing.status is not Status.IN_FORCE:
        return None
    found = [n for n, e in enumerate(record.events) if e.event == "provisional-application" and e.date.latest <= today]
    return min(found, key=lambda n: record.events[n].date.sort_key, default=None)


def _whom(parties: list[str], partners: list[str], w: Words) -> str:
    if len(parties) <= PARTNERS:
        return _names(parties, w)
    if len(parties) == len(partners):
        return w.count("{n} partner", "all {n} partners", len(parties))
    return w.say("{n} of {m} partners").format(n=len(parties), m=len(partners))


def _names(parties: list[str], w: Words) -> str:
    if len(parties) > PARTNERS:
        return w.count("{n} partner", "{n} partners", len(parties))
    return w.list(w.country(party) for party in parties)


def party_note(standing: Standing | None, w: Words) -> str:
    """What stands below the status word of a party: what may have come with an unnamed step, or in a partial date."""
    if standing is None:
        return ""
    if standing.next:
        return w.say("«{status}» from a day in {date} that is not known").format(
            status=w.say(standing.next.status.label), date=w.date(standing.changing)
        )
    return party_words(standing, w) if standing.span.maybe else ""


def _parts_ended(record: Agreement, life: AgreementLife, views: Views, w: Words) -> list[Clause]:
    past = [part for part in life.parts_ended if part.date.latest <= views.today]
    return [_clause(record, (part.event,), part_words(record, part, w), None) for part in past]


def part_words(record: Agreement, part: PartEnded, w: Words) -> str:
    """How a part of an agreement ended: «; its trade part was replaced on 1 February 2025»."""
    terminated = record.events[part.event].event is EventType.TERMINATED
    text = (
        w.say("; its {part} part was terminated {day}") if terminated else w.say("; its {part} part was replaced {day}")
    )
    return text.format(part=part.scope, day=w.on(part.date))


def _changing(record: Agreement, standing: Standing, w: Words) -> list[Clause]:
    if standing.next is None:
        return []
    text = w.say("; «{status}» from a day in {date} that is not known").format(
        status=w.say(standing.next.status.label), date=w.date(standing.changing)
    )
    return [_clause(record, standing.next.events, text, None)]


def _clause(record: Agreement, events: tuple[int, ...], text: str, standing: Standing | None) -> Clause:
    sources = dict.fromkeys(str(s) for n in events for s in record.events[n].sources)
    sure = all(record.events[n].sources and "date" not in record.events[n].unverified for n in events)
    return Clause(text, tuple(sources), sure if standing is None else standing.verified and sure)


def party_words(standing: Standing | None, w: Words) -> str:
    """The status of one party in a phrase: «In force since 1 May 2024»."""
    if standing is None:
        return w.say("No step is known")
    if standing.status is Status.NOT_KNOWN:
        return w.say("Not known whether it took part since {date}").format(date=w.date(standing.since))
    text = w.say("{status} since {date}").format(status=w.say(standing.status.label), date=w.date(standing.since))
    if standing.span.maybe and standing.span.maybe_since:
        text += w.say("; whether «{status}» since {date} is not known").format(
            status=w.say(standing.span.maybe.label).lower(), date=w.date(standing.span.maybe_since)
        )
    return text


# -- programmes and standing dialogues


def times_sentence(
    record: Programme | Dialogue, views: Views, kind: str, w: Words, known_on: date | None = None
) -> Sentence:
    """What holds of something with a start and an end.

    `known_on` is the day whose knowledge is used, where the views are as of an earlier one.
    """
    known = known_on or views.today
    standing = views.standings[kind, record.id]
    start = Clause("", _ids(record, "start"), _sure(record, "start"))
    end = Clause("", _ids(record, "end"), _sure(record, "end"))
    begun = w.say("it began {day}").format(day=w.on(record.start)) if record.start else ""
    if standing.status is Status.ENDED and isinstance(record.end, PartialDate):
        clauses = [Clause(w.say("Ended {day}").format(day=w.on(record.end)), end.sources, end.verified)]
        clauses += [Clause("; " + begun, start.sources, start.verified)] if begun else []
        return Sentence(Status.ENDED, (*clauses, Clause(".")))
    if standing.status is Status.RUNNING:
        clauses = [
            Clause(w.say("Running since {date}").format(date=w.date(record.start)), start.sources, start.verified)
        ]
        if record.start is None:
            clauses = [Clause(w.say("Running; when it began is not known"))]
        if isinstance(record.end, Open):
            clauses.append(Clause(w.say(", without an end set"), end.sources, end.verified))
        elif isinstance(record.end, PartialDate):
            due = w.say("; it ended {day}") if record.end.latest <= known else w.say("; due to end {day}")
            clauses.append(Clause(due.format(day=w.on(record.end)), end.sources, end.verified))
        return Sentence(Status.RUNNING, (*clauses, Clause(".")))
    if standing.status is Status.ANNOUNCED and record.start:
        text = w.say("Announced: to begin {day}")
        if views.today < known:
            has_begun = record.start.latest <= known
            if standing.next:
                text = changing_words(standing, w)
                return Sentence(Status.NOT_KNOWN, (Clause(text, start.sources, start.verified), Clause(".")))
            text = w.say("Not begun by that day: it began {day}") if has_begun else w.say("Not begun: to begin {day}")
        text = text.format(day=w.on(record.start))
        return Sentence(Status.ANNOUNCED, (Clause(text, start.sources, start.verified), Clause(".")))
    return _not_known(record, views, kind, start, w, hindsight=views.today < known)


def changing_words(standing: Standing, w: Words) -> str:
    """What happened on some day of a partial date, where the day asked for lies inside it."""
    pattern = {
        Status.ENDED: w.say("Ended on a day in {date} that is not known"),
        Status.HELD: w.say("Held on a day in {date} that is not known"),
    }.get(
        standing.next.status if standing.next else Status.RUNNING, w.say("Began on a day in {date} that is not known")
    )
    return pattern.format(date=w.date(standing.changing))


def _not_known(
    record: Programme | Dialogue, views: Views, kind: str, start: Clause, w: Words, *, hindsight: bool
) -> Sentence:
    if isinstance(record.end, PartialDate):
        lead = w.say("Not known when it began; it ended {day}").format(day=w.on(record.end))
        return Sentence(Status.NOT_KNOWN, (Clause(lead, _ids(record, "end"), _sure(record, "end")), Clause(".")))
    clauses = [Clause(w.say("Not known whether it is still running"))]
    if record.start:
        text = w.say(": it began {day}").format(day=w.on(record.start))
        clauses.append(Clause(text, start.sources, start.verified))
    else:
        clauses.append(Clause(w.say(": neither its start nor its end was found")))
    latest = views.latest.get((kind, record.id))
    if latest is not None:
        last = latest.end if isinstance(latest, Interval) and isinstance(latest.end, PartialDate) else latest
        day = last.start if isinstance(last, Interval) else last
        clauses.append(Clause(w.say(", the latest dated trace is of {date}").format(date=w.date(day))))
    if record.start:
        clauses.append(Clause(w.say(", and no source gives an end")))
    reported = record.reported_status
    if reported and reported.sources and not hindsight:
        text = w.say("; reported as {state}").format(state=w.say(reported.state.label))
        clauses.append(Clause(text, tuple(map(str, reported.sources)), not reported.unverified))
    return Sentence(Status.NOT_KNOWN, (*clauses, Clause(".")))


def dialogue_sentence(
    record: Dialogue, catalogue: Catalogue, views: Views, w: Words, known_on: date | None = None
) -> Sentence:
    """What holds of a meeting or a standing dialogue, with the knowledge of `known_on` or of the views' day."""
    known = known_on or views.today
    if record.type is DialogueType.SERIES and any(meeting.date for meeting in meetings_of(record, catalogue)):
        return series_sentence(record, catalogue, views, w)
    if record.date is None:
        return times_sentence(record, views, "dialogue", w, known)
    standing = views.standings["dialogue", record.id]
    status = standing.status
    if standing.next and views.today < known:
        text = changing_words(standing, w)
        return Sentence(Status.NOT_KNOWN, (Clause(text, _ids(record, "date"), _sure(record, "date")), Clause(".")))
    where = _where(record, w)
    held = w.say("Held {date}{where}") if status is Status.HELD else w.say("To be held {date}{where}")
    if status is not Status.HELD and views.today < known:
        later = standing_on(views.spans["dialogue", record.id], known)
        was = later is not None and later.status is Status.HELD
        held = w.say("Not held by that day: it was held {date}{where}") if was else held
    on = (
        w.on(record.date)
        if isinstance(record.date, PartialDate)
        else w.say("on {date}").format(date=w.date(record.date))
    )
    text = held.format(date=on, where=where)
    return Sentence(status, (Clause(text, _ids(record, "date"), _sure(record, "date")), Clause(".")))


def series_sentence(record: Dialogue, catalogue: Catalogue, views: Views, w: Words) -> Sentence:
    """The meetings of a series, first to last; those that lie ahead are counted only where none was held."""
    meetings = meetings_of(record, catalogue)
    standings = {m.id: s for m in meetings if (s := views.standings.get(("dialogue", m.id)))}
    ahead = [m for m in meetings if m.id in standings and standings[m.id].status is Status.ANNOUNCED]
    past = [m for m in meetings if m not in ahead]
    dated = [m for m in past if m.date]
    if not dated:
        return Sentence(Status.ANNOUNCED, (Clause(w.say("None of the recorded meetings was held by that day.")),))
    count = w.count("{n} meeting is recorded", "{n} meetings are recorded", len(past))
    begin, end = _point(dated[0]), _point(dated[-1])
    when = w.say("from {first} to {last}").format(first=w.date(begin), last=w.date(end))
    when = w.on(begin) if begin is not None and begin == end else when
    standing = views.standings.get(("dialogue", record.id))
    status = standing.status if standing else Status.NOT_KNOWN
    unknown = w.say("; whether more are to come is not known") if status is Status.NOT_KNOWN else ""
    return Sentence(status, (Clause(f"{count}, {when}{unknown}."),))


def _point(record: Dialogue) -> PartialDate | None:
    when = record.date
    return when.start if isinstance(when, Interval) else when


def _where(record: Dialogue, w: Words) -> str:
    place = record.place
    if place is None or not (place.city or place.country):
        return ""
    names = [n for n in (place.city, w.country(place.country) if place.country else None) if n]
    return w.say(" in {place}").format(place=", ".join(dict.fromkeys(map(str, names))))


def _ids(record: Programme | Dialogue, field: str) -> tuple[str, ...]:
    return tuple(map(str, record.evidence.get(FieldPath(field), Evidence()).sources))


def _sure(record: Programme | Dialogue, field: str) -> bool:
    return record.evidence.get(FieldPath(field), Evidence()).verified


# -- countries

APPLIED = (Status.IN_FORCE, Status.PROVISIONAL)


def country_sentence(view: CountryView, views: Views, w: Words, name: str) -> Sentence:
    """Which agreements bind a country on the day."""
    binding = [b for b in view.bonds if b.standing and b.standing.status in (Status.IN_FORCE, Status.PROVISIONAL)]
    if not binding and any(row.group.id == "EU" and row.on(views.today) for row in view.groups):
        return _union_sentence(views, w)
    if not binding:
        return Sentence(
            Status.NOT_KNOWN,
            (Clause(w.say("No agreement recorded here binds {name}.").format(name=name)),),
        )
    best = (
        Status.IN_FORCE
        if any(b.standing and b.standing.status is Status.IN_FORCE for b in binding)
        else Status.PROVISIONAL
    )
    lead = w.count(
        "One agreement with the European Union applies to {{name}}: ",
        "{n} agreements with the European Union apply to {{name}}: ",
        len(binding),
    ).format(name=name)
    parts = []
    for bond in binding:
        standing = standing_on(bond.spans, views.today)
        if standing is None:
            continue
        what = w.say("in force") if standing.status is Status.IN_FORCE else w.say("provisionally applied")
        parts.append(
            w.say("the {title}, {what} since {date}").format(
                title=bond.agreement.title, what=what, date=w.date(standing.since)
            )
        )
    return Sentence(best, (Clause(lead + "; ".join(parts) + "."),))


def _union_sentence(views: Views, w: Words) -> Sentence:
    """Of a member state: it is no party by itself, so the sentence is of the Union."""
    found = [
        s
        for life in views.lives.values()
        if "EU" in life.parties and (s := life.on(views.today)) and s.status in APPLIED
    ]
    if not found:
        return Sentence(
            Status.NOT_KNOWN,
            (Clause(w.say("A member of the European Union, which applies none of the agreements recorded here.")),),
        )
    text = w.count(
        "A member of the European Union, which applies one of the agreements recorded here.",
        "A member of the European Union, which applies {n} of the agreements recorded here.",
        len(found),
    )
    best = Status.IN_FORCE if any(s.status is Status.IN_FORCE for s in found) else Status.PROVISIONAL
    return Sentence(best, (Clause(text),))
