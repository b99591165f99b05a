"""The catalogue counted: records, statuses, types, times, countries and sources. Each number is one of a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from generator.derive import Views
from generator.derive.bibliography import by_tier
from generator.derive.status import Status
from generator.kinds.agreement import AgreementType
from generator.kinds.dialogue import DialogueType
from generator.model.catalogue import Catalogue
from generator.model.edtf import Interval, Precision, When
from generator.model.evidence import Tier
from generator.model.parts import Level

T = TypeVar("T", bound=Hashable)
Tally = Mapping[T, int]
"""How many there are of each; what nobody has is left out."""


@dataclass(frozen=True)
class CountryCount:
    """How many records of each kind concern a country, by itself or through a group."""

    id: str
    agreements: int
    programmes: int
    dialogues: int
    border_areas: int
    figures: int

    @property
    def records(self) -> int:
        return self.agreements + self.programmes + self.dialogues + self.border_areas + self.figures


@dataclass(frozen=True)
class Statistics:
    """All counts for one day. A key of None is what the record does not say."""

    kinds: Tally[str]
    agreement_statuses: Tally[Status]
    agreement_types: Tally[AgreementType]
    programme_statuses: Tally[Status]
    programme_levels: Tally[Level | None]
    programme_decades: Tally[int | None]
    programme_themes: Tally[str]
    """A programme counts once under each of its themes."""
    programme_instruments: Tally[str | None]
    dialogue_types: Tally[DialogueType]
    dialogue_years: Tally[int]
    """The year of a meeting, or in which a standing dialogue began."""
    dialogues_without_year: int
    countries: tuple[CountryCount, ...]
    """Those of Latin America and the Caribbean, the most named first."""
    tiers: Tally[Tier | None]


def statistics(catalogue: Catalogue, views: Views) -> Statistics:
    """Count the catalogue as of the day of the views."""
    programmes, agreements, dialogues = (catalogue.of(name) for name in ("programme", "agreement", "dialogue"))
    years = [_year(dialogue.date or dialogue.start) for dialogue in dialogues]
    return Statistics(
        kinds={kind.name: len(catalogue.of(kind.name)) for kind in catalogue.kinds if kind.name != "page"},
        agreement_statuses=_in_order(Status, (_status(views, "agreement", each.id) for each in agreements)),
        agreement_types=_in_order(AgreementType, (each.type for each in agreements)),
        programme_statuses=_in_order(Status, (_status(views, "programme", each.id) for each in programmes)),
        programme_levels=_in_order((*Level, None), (each.level for each in programmes)),
        programme_decades=_sorted(_decade(each.start) for each in programmes),
        programme_themes=_most_first(str(theme) for each in programmes for theme in dict.fromkeys(each.themes)),
        programme_instruments=_most_first(_text(each.funding_instrument) for each in programmes),
        dialogue_types=_in_order(DialogueType, (each.type for each in dialogues)),
        dialogue_years=dict(sorted(Counter(year for year in years if year is not None).items())),
        dialogues_without_year=years.count(None),
        countries=_countries(catalogue, views),
        tiers=by_tier(views.bibliography),
    )


def _status(views: Views, kind: str, id: str) -> Status:
    standing = views.standings.get((kind, id))
    return standing.status if standing else Status.NOT_KNOWN


def _year(when: When | None) -> int | None:
    """The year in which it began; None where it is not known to the year."""
    first = when.start if isinstance(when, Interval) else when
    return None if first is None or first.precision is Precision.DECADE else first.earliest.year


def _decade(when: When | None) -> int | None:
    return None if when is None else when.earliest.year // 10 * 10


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _in_order(order: Iterable[Any], found: Iterable[Any]) -> Mapping[Any, int]:
    counts = Counter(found)
    return {each: counts[each] for each in order if counts[each]}


def _sorted(found: Iterable[int | None]) -> Mapping[int | None, int]:
    """By number; what is not known comes last."""
    return dict(sorted(Counter(found).items(), key=lambda pair: (pair[0] is None, pair[0] or 0)))


def _most_first(found: Iterable[T]) -> Mapping[T, int]:
    """The most frequent first, equals by name; what is not said comes last."""
    return dict(sorted(Counter(found).items(), key=lambda pair: (pair[0] is None, -pair[1], str(pair[0]))))


def _countries(catalogue: Catalogue, views: Views) -> tuple[CountryCount, ...]:
    made = [_country(country.id, views) for country in catalogue.of("country") if country.side.value == "lac"]
    return tuple(sorted(made, key=lambda each: (-each.records, each.id)))


def _country(id: str, views: Views) -> CountryCount:
    view = views.countries[id]
    return CountryCount(
        id=id,
        agreements=len({bond.agreement.id for bond in view.bonds}),
        programmes=len(view.programmes),
        dialogues=len(view.dialogues) + len(view.summits),
        border_areas=len(view.border_areas),
        figures=len(view.figures),
    )
