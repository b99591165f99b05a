"""The lives of records as plain series of days, for the charts: nothing here knows how they are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from generator.derive.agreements import ENDINGS, AgreementLife
from generator.derive.countries import CountryView
from generator.derive.status import Span, Status
from generator.kinds.agreement import Agreement
from generator.kinds.dialogue import Dialogue, DialogueType
from generator.kinds.programme import Phase, Programme
from generator.model.catalogue import Key
from generator.model.edtf import Open, PartialDate, Precision, When
from generator.model.evidence import Item

OVER = frozenset({*ENDINGS.values(), Status.LEFT_TALKS, Status.NOT_KNOWN})
"""What may be cut short: nothing is known to happen in it."""
NEAR = 730
"""As many days before the first status an event is always in the scale."""


@dataclass(frozen=True)
class Stretch:
    """A status from one day up to another. Thin: it changed, or began, or ended on some day in between."""

    status: Status
    start: date
    end: date
    thin: bool = False
    maybe: bool = False
    """Whether a further status may have been reached by then."""


@dataclass(frozen=True)
class Mark:
    """Something that happened on a day, or in the middle of the time that its date may mean."""

    label: str
    when: PartialDate
    sure: bool = True

    @property
    def day(self) -> date:
        return self.when.earliest + (self.when.latest - self.when.earliest) / 2


@dataclass(frozen=True)
class Row:
    """One line: of a record, party, phase or text, by kind and id; or of several with the same life.

    The id of a phase is its position.
    """

    kind: str
    ids: tuple[str, ...]
    stretches: tuple[Stretch, ...] = ()
    marks: tuple[Mark, ...] = ()
    no_start: bool = False
    no_end: bool = False

    @property
    def first(self) -> date:
        return min([*(s.start for s in self.stretches), *(m.day for m in self.marks)], default=date.max)


@dataclass(frozen=True)
class Section:
    """Rows that belong together, under a name of ours."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Series:
    """What one chart shows, from one day to another."""

    sections: tuple[Section, ...]
    first: date
    last: date
    early: tuple[Mark, ...] = ()
    """Marks so long before all else that they are left out of the scale."""
    left_out: tuple[Key, ...] = ()
    """Records of which no day is known."""
    of_groups: int = 0
    """How many standing dialogues of a country's groups have no row."""

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for section in self.sections for row in section.rows)


# -- agreements


def agreement_series(record: Agreement, life: AgreementLife, today: date) -> Series | None:
    """A row a text, where there are several, and a row a party; the events above all, numbered as in the history."""
    texts = [Row("text", (name,), stretches_of(spans, today)) for name, spans in life.texts.items()]
    parties = [Row("party", (id,), stretches_of(spans, today)) for id, spans in life.parties.items()]
    rows = [row for row in [*texts, *_joined(parties)] if row.stretches]
    if not rows:
        return None
    marks = [Mark(str(number), event.date, _sure(event)) for number, event in enumerate(record.events, 1)]
    first, last = _extent(rows, today)
    since = shift(first, -max((last - first).days // 3, NEAR))
    drawn = tuple(mark for mark in marks if mark.day >= since)
    early = tuple(mark for mark in marks if mark.day < since)
    sections = [Section("events", (Row("events", (), marks=drawn),))] if drawn else []
    for name, found in (("texts", "text"), ("parties", "party")):
        own = tuple(row for row in rows if row.kind == found)
        sections += [Section(name if texts else "", own)] if own else []
    return _series(sections, today, early=early)


def _sure(item: Item) -> bool:
    """Whether a source says what happened and when."""
    return bool(item.sources) and not {"date", "event"} & set(map(str, item.unverified))


def _joined(rows: list[Row]) -> list[Row]:
    """Of those of whom nothing is known until the end, all with the same life make one row, the last."""
    unknown: dict[tuple[Stretch, ...], list[str]] = {}
    for row in rows:
        if {stretch.status for stretch in row.stretches} <= OVER:
            unknown.setdefault(row.stretches, []).extend(row.ids)
    known = [row for row in rows if row.stretches not in unknown]
    return [*known, *(Row("party", tuple(ids), stretches) for stretches, ids in unknown.items())]


def stretches_of(spans: tuple[Span, ...], today: date) -> tuple[Stretch, ...]:
    """Spans as days, up to today. In the year in which it changed on a day that is not known, the earlier holds."""
    found: list[Stretch] = []
    before: Status | None = None
    for span in spans:
        if span.since is None:
            continue
        begins, holds = _turn(start_of(span.since), before is not None)
        until = _turn(start_of(span.until), True)[0] if span.until else today
        found.append(Stretch(before or span.status, begins, min(holds, today), thin=True))
        found += _parted(Stretch(span.status, holds, min(until, today)), span)
        before = span.status
    return tuple(stretch for stretch in found if stretch.end > stretch.start)


def _turn(when: PartialDate, change: bool) -> tuple[date, date]:
    """From when to when it may have turned, where only the year is known; else the one day that is drawn.

    Inside a month a change is drawn at the end, as the earlier status holds, and a beginning at the start.
    """
    if when.precision <= Precision.YEAR:
        return when.earliest, shift(when.latest, 1)
    day = when.latest if change else when.earliest
    return day, day


def _parted(stretch: Stretch, span: Span) -> Iterator[Stretch]:
    """In two where a further status may have been reached."""
    if span.maybe is None or span.maybe_since is None:
        yield stretch
        return
    change = max(span.maybe_since.earliest, stretch.start)
    yield replace(stretch, end=min(change, stretch.end))
    yield replace(stretch, start=change, maybe=True)


# -- programmes


def programme_series(record: Programme, latest: When | None, today: date) -> Series | None:
    """A row a phase, and a row of the dated activities. The whole comes first where a phase has no date."""
    phases = [_lifetime(Row("phase", (str(n),)), phase, None, today) for n, phase in enumerate(record.phases)]
    rows = [row for row in phases if row.stretches]
    if len(rows) < len(phases) or not phases:
        rows.insert(0, _lifetime(Row("programme", (record.id,)), record, latest, today))
    activities = _activities(record)
    rows = [row for row in [*rows, *activities] if row.stretches or row.marks]
    if len(rows) < (1 if record.phases else 2):
        return None
    left_out = tuple(("phase", row.ids[0]) for row in phases if not row.stretches)
    return _series([Section("", tuple(rows))], today, left_out=left_out)


def _activities(record: Programme) -> list[Row]:
    """One row of marks; a year in which one of them falls on an unknown day is a thin line."""
    dated = [(item, start_of(item.date)) for item in record.activities if item.date]
    wide = [when for _, when in dated if when.precision <= Precision.YEAR]
    stretches = {Stretch(Status.HELD, when.earliest, shift(when.latest, 1), thin=True) for when in wide}
    marks = tuple(Mark(item.title, when, _sure(item) and not when.uncertain) for item, when in dated)
    return [Row("activities", (), tuple(sorted(stretches, key=lambda s: (s.start, s.end))), marks)] if marks else []


def start_of(when: When) -> PartialDate:
    return when if isinstance(when, PartialDate) else when.start


def _lifetime(row: Row, thing: Programme | Phase | Dialogue, latest: When | None, today: date) -> Row:
    """From start to end, or to the latest trace where the end is not known."""
    start, end = thing.start, thing.end
    if start is None and not isinstance(end, PartialDate):
        return row
    found: list[Stretch] = []
    begins, begun = _turn(start, False) if start else (date.min, date.min)
    if start:
        found.append(Stretch(Status.RUNNING, begins, begun, thin=True))
    if isinstance(end, PartialDate):
        over = shift(end.latest, 1)
        ends = end.earliest if end.precision <= Precision.YEAR else over
        found.append(Stretch(Status.RUNNING, begun if start else end.latest, ends))
        found.append(Stretch(Status.RUNNING, max(begun, ends), over, thin=True))
    elif isinstance(end, Open):
        found.append(Stretch(Status.RUNNING, begun, today))
    else:
        trace = min(latest.earliest, today) if latest else begun
        found.append(Stretch(Status.RUNNING, begun, max(trace, shift(begins, 1))))
    drawn = tuple(part for s in found if s.end > s.start for part in _planned(s, today))
    return replace(row, stretches=drawn, no_start=start is None, no_end=end is None)


def _planned(stretch: Stretch, today: date) -> Iterator[Stretch]:
    """What lies ahead is announced, not running."""
    if stretch.start < today:
        yield replace(stretch, end=min(stretch.end, today))
    if stretch.end > today:
        yield replace(stretch, start=max(stretch.start, today), status=Status.ANNOUNCED)


# -- series of meetings


def meetings_series(meetings: Iterable[Dialogue], numbers: Iterable[str], today: date) -> Series | None:
    """One row: the dated meetings, each with what it is called; nothing to draw of fewer than two."""
    dated = [(number, start_of(d.date), d) for d, number in zip(meetings, numbers, strict=True) if d.date]
    if len(dated) < 2:
        return None
    marks = tuple(Mark(number, when, not when.uncertain) for number, when, _ in dated)
    return _series([Section("", (Row("series", (), marks=marks),))], today)


# -- countries


def country_series(view: CountryView, latest: Mapping[Key, When], today: date) -> Series | None:
    """A row a record, by their kinds; meetings of one sort share a row, also those of the country's groups."""
    agreements = [Row("agreement", (b.agreement.id,), stretches_of(b.spans, today)) for b in view.bonds]
    meetings = [d for d in (*view.dialogues, *view.summits) if d.date]
    dialogues = [
        _lifetime(Row("dialogue", (d.id,)), d, latest.get(("dialogue", d.id)), today)
        for d in view.dialogues
        if not d.date and not _is_series_of(d, meetings)
    ]
    programmes = [
        _lifetime(Row("programme", (p.id,)), p, latest.get(("programme", p.id)), today)
        for p in view.programmes
        if isinstance(p, Programme)
    ]
    sections = [
        Section("agreements", _in_order(agreements)),
        Section("dialogues", (*_meetings(meetings), *_in_order(dialogues))),
        Section("programmes", _in_order(programmes)),
    ]
    rows = [*agreements, *dialogues, *programmes]
    left_out = tuple((row.kind, row.ids[0]) for row in rows if not row.stretches)
    sections = [section for section in sections if section.rows]
    made = _series(sections, today, left_out=left_out) if sections else None
    of_groups = sum(1 for d in view.summits if not d.date and not _is_series_of(d, meetings))
    return replace(made, last=max(made.last, today), of_groups=of_groups) if made else None


def _is_series_of(dialogue: Dialogue, meetings: list[Dialogue]) -> bool:
    return any(meeting.series and meeting.series.of == dialogue.id for meeting in meetings)


def _in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted((row for row in rows if row.stretches), key=lambda row: (row.first, row.ids)))


def _meetings(meetings: list[Dialogue]) -> Iterator[Row]:
    for type in DialogueType:
        dated = [(d, start_of(d.date)) for d in meetings if d.date and d.type is type]
        dated.sort(key=lambda pair: (pair[1].sort_key, pair[0].id))
        if dated:
            marks = tuple(Mark(d.title, when, not when.uncertain) for d, when in dated)
            yield Row("meetings", (type.value,), marks=marks)


# -- the scale


def _series(
    sections: list[Section], today: date, *, early: tuple[Mark, ...] = (), left_out: tuple[Key, ...] = ()
) -> Series:
    first, last = _extent([row for section in sections for row in section.rows], today)
    return Series(tuple(sections), first, last, early, left_out)


def _extent(rows: list[Row], today: date) -> tuple[date, date]:
    """The first and last day of the scale. What is over is cut short once nothing else happens."""
    first = min(row.first for row in rows)
    live = [shift(s.end, -1) for row in rows for s in row.stretches if s.status not in OVER]
    over = [s.start for row in rows for s in row.stretches if s.status in OVER]
    last = max([*live, *over, *(mark.day for row in rows for mark in row.marks)])
    if not over or max(over) < last:
        return first, last
    return first, min(shift(last, max((last - first).days // 12, 366)), max(today, last))


def shift(day: date, days: int) -> date:
    """So many days later or earlier, as far as the calendar goes."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))
