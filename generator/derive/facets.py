"""By what a list can be narrowed: whom a record concerns, of what sort it is, when it was alive."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.derive.agreements import ENDINGS, FURTHEST
from generator.derive.countries import days_of
from generator.derive.membership import is_member
from generator.derive.status import Span, Standing, Status
from generator.kinds.agreement import Agreement
from generator.kinds.dialogue import Dialogue
from generator.kinds.group import MemberRole, Membership
from generator.kinds.programme import Programme
from generator.model.catalogue import Catalogue, Key
from generator.model.edtf import Interval, Open, PartialDate, When

STATUSES: Mapping[str, tuple[Status, ...]] = {
    "agreement": tuple(reversed(FURTHEST)),
    "programme": (Status.RUNNING, Status.ANNOUNCED, Status.ENDED, Status.NOT_KNOWN),
    "dialogue": (Status.RUNNING, Status.ANNOUNCED, Status.HELD, Status.ENDED, Status.NOT_KNOWN),
}
"""Every status that a record of a kind can have; each has a list of its own, also on a day when it is empty."""

OVER = frozenset({*ENDINGS.values(), Status.LEFT_TALKS})


@dataclass(frozen=True)
class Facets:
    """What a list may ask of one record."""

    status: Status
    type: str | None
    own: tuple[str, ...]
    """Countries that the record itself names."""
    countries: tuple[str, ...]
    """The same, and the members of the groups that are party."""
    ever: tuple[str, ...]
    """All that may stand in `countries` on one day or another."""
    groups: tuple[str, ...]
    themes: tuple[str, ...]
    years: tuple[int, int] | None
    """The first and the last year of which anything is known; None where nothing is dated."""
    budget: bool = False
    """Whether a sum of money is known."""


def facets_of(
    catalogue: Catalogue,
    spans: Mapping[Key, tuple[Span, ...]],
    standings: Mapping[Key, Standing],
    latest: Mapping[Key, When],
    today: date,
) -> Mapping[Key, Facets]:
    """The facets of every agreement, programme and dialogue."""
    found: dict[Key, Facets] = {}
    for agreement in catalogue.of("agreement"):
        key = ("agreement", agreement.id)
        found[key] = _agreement(catalogue, agreement, spans.get(key, ()), _status(standings, key), today)
    for programme in catalogue.of("programme"):
        key = ("programme", programme.id)
        found[key] = _programme(programme, _status(standings, key), latest.get(key), today)
    for dialogue in catalogue.of("dialogue"):
        key = ("dialogue", dialogue.id)
        found[key] = _dialogue(catalogue, dialogue, _status(standings, key), latest.get(key), today)
    return found


def _status(standings: Mapping[Key, Standing], key: Key) -> Status:
    standing = standings.get(key)
    return standing.status if standing else Status.NOT_KNOWN


def _agreement(catalogue: Catalogue, record: Agreement, spans: tuple[Span, ...], status: Status, today: date) -> Facets:
    own, groups = _parted(catalogue, record.parties)
    return Facets(
        status,
        record.type.value,
        own,
        _with_members(catalogue, own, groups, lambda row: is_member(row, today, today)),
        _with_members(catalogue, own, groups, lambda row: True),
        _unique([*groups, *record.regional_groups]),
        _unique(record.themes),
        _years_of_spans(spans, today),
    )


def _programme(record: Programme, status: Status, latest: When | None, today: date) -> Facets:
    own = _unique([*record.countries, *record.eu_countries])
    return Facets(
        status,
        record.level.value if record.level else None,
        own,
        own,
        own,
        _unique(record.regional_groups),
        _unique(record.themes),
        _years_of_times(record, latest, today),
        bool(record.budget) or any(phase.budget for phase in record.phases),
    )


def _dialogue(catalogue: Catalogue, record: Dialogue, status: Status, latest: When | None, today: date) -> Facets:
    named, groups = _parted(catalogue, record.parties)
    own = _unique([*named, *record.countries])
    countries = _with_members(catalogue, own, groups, lambda row: is_member(row, *days_of(record)))
    return Facets(
        status,
        record.type.value,
        own,
        countries,
        countries,
        groups,
        _unique(record.themes),
        _years_of_times(record, latest, today),
    )


# -- whom it concerns


def _parted(catalogue: Catalogue, parties: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Parties as countries and groups."""
    names = [str(party) for party in parties]
    groups = [name for name in names if catalogue.find("group", name)]
    return _unique(name for name in names if name not in groups), _unique(groups)


def _with_members(
    catalogue: Catalogue, own: tuple[str, ...], groups: tuple[str, ...], holds: Callable[[Membership], bool]
) -> tuple[str, ...]:
    """Countries, and the members of groups whose row holds, sorted."""
    found = set(own)
    for name in groups:
        group = catalogue.find("group", name)
        rows = [row for row in group.members if row.role is MemberRole.MEMBER and holds(row)] if group else []
        found |= {str(country) for row in rows for country in row.countries}
    return tuple(sorted(found))


def _unique(names: Iterable[Any]) -> tuple[str, ...]:
    return tuple(sorted({str(name) for name in names}))


# -- when it was alive


def _years_of_spans(spans: tuple[Span, ...], today: date) -> tuple[int, int] | None:
    """From the first step to the end, or to the day for which the page is made."""
    dated = [span.since for span in spans if span.since is not None and span.since.earliest <= today]
    if not dated:
        return None
    last = dated[-1].latest.year if spans[-1].status in OVER and spans[-1].since is dated[-1] else today.year
    return dated[0].earliest.year, last


def _years_of_times(record: Programme | Dialogue, latest: When | None, today: date) -> tuple[int, int] | None:
    """From start to end. Where nobody found the end, to the latest trace: more is not known."""
    when: When | None = getattr(record, "date", None)
    if when is not None:
        return when.earliest.year, _last_of(when)
    start, end = record.start, record.end
    ends = [each.latest.year for each in (end,) if isinstance(each, PartialDate)]
    ends += [today.year] if isinstance(end, Open) else []
    ends = ends or [latest.latest.year for latest in (latest,) if latest]
    firsts = [start.earliest.year] if start else []
    years = [*firsts, *ends]
    return (firsts[0] if firsts else years[0], max(years)) if years else None


def _last_of(when: When) -> int:
    end = when.end if isinstance(when, Interval) else when
    return end.latest.year if isinstance(end, PartialDate) else when.earliest.year
