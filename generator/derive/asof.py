"""«As of»: the days on which what holds changes, so that any day between two of them is looked up, not computed.

Each rule stands elsewhere (`standing_on`, `is_member` …); here are only the days on which their answers may
differ from the day before, and what is looked up made as of another day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from generator.derive import Views, latest_trace, traces
from generator.derive.agreements import AgreementLife
from generator.derive.countries import CountryView
from generator.derive.membership import Belonging, members_on
from generator.derive.status import Span, standing_on
from generator.kinds.agreement import Agreement
from generator.kinds.group import Group, Membership
from generator.model.catalogue import Catalogue, Key
from generator.model.edtf import PartialDate
from generator.model.evidence import Record

Days = frozenset[date]


def turns(spans: Iterable[Span]) -> Days:
    """The days on which `standing_on` may change its answer: in between it always says the same."""
    found = {day for span in spans for day in (span.may_begin(), span.holds_from())}
    return frozenset(found | {span.maybe_since.latest for span in spans if span.maybe_since})


def turns_of_agreement(record: Agreement, life: AgreementLife) -> Days:
    """The days on which anything changes that is said of an agreement as a whole."""
    lives = [life.headline, *life.parties.values()]
    parts = {part.date.latest for part in life.parts_ended}
    return frozenset().union(*map(turns, lives), parts, (event.date.latest for event in record.events))


def turns_of_traces(record: Record) -> Days:
    """The days on which the latest dated trace of a record becomes another one."""
    return frozenset(when.earliest for when in traces(record))


def turns_of_row(row: Membership) -> Days:
    """The days on which a membership begins or ends, or may have."""
    begins = (row.since.earliest, row.since.latest) if row.since else ()
    ends = (_after(row.until.earliest), _after(row.until.latest)) if row.until else ()
    return frozenset((*begins, *ends))


def _after(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day


def first_begun(spans: tuple[Span, ...], day: date) -> Span | None:
    """Where no status is certain yet on a day: the first one, if it may have begun by then."""
    return spans[0] if spans and not standing_on(spans, day) and spans[0].may_begin() <= day else None


def may_belong(row: Belonging, day: date) -> bool:
    """Whether the country may have belonged on a day on which it did not certainly."""
    begun = row.row.since is None or row.row.since.earliest <= day
    return not row.on(day) and begun and (row.row.until is None or row.row.until.latest >= day)


def member_table(group: Group, last: date) -> tuple[tuple[date, tuple[str, ...]], ...]:
    """The members of a group from each day on which they change, up to the last day."""
    days = sorted({day for row in group.members for day in turns_of_row(row) if day <= last} | {date.min})
    table: list[tuple[date, tuple[str, ...]]] = []
    for day in days:
        members = members_on(group, PartialDate.parse(day.isoformat()))
        if not table or table[-1][1] != members:
            table.append((day, members))
    return tuple(table)


def views_on(catalogue: Catalogue, views: Views, day: date, keys: Iterable[Key]) -> Views:
    """The views as of another day, as far as some records are concerned."""
    wanted = tuple(keys)
    standings = {key: found for key in wanted if (found := standing_on(views.spans[key], day))}
    records = {key: catalogue.records[key[0]][key[1]] for key in wanted if key[0] != "agreement"}
    latest = {key: when for key, record in records.items() if (when := latest_trace(record, day))}
    return replace(views, today=day, standings=standings, latest=latest)


def country_on(view: CountryView, day: date) -> CountryView:
    """What concerns a country, with the standing of its agreements as of another day."""
    return replace(view, bonds=tuple(replace(bond, standing=standing_on(bond.spans, day)) for bond in view.bonds))
