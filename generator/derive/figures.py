"""Which figures compare, and why; what is not verified or disputed of a figure; what concerns one country alone.

Nothing is added up here. A set holds figures that differ in their period alone: what they are about is written the
same in every one of them, so that a chart of a set never sets an allocation beside a target.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from generator.kinds.figure import Figure, FigureType, Flow
from generator.kinds.programme import Programme
from generator.model.edtf import Interval, PartialDate, Precision, When
from generator.model.parts import Basis, Money
from generator.model.walk import evidence_of


class Alone(StrEnum):
    """Why a figure stands in no set."""

    NO_VALUE = "no-value"
    """No number, or no period."""
    NO_SERIES = "no-series"
    """The record names no series."""
    AGGREGATE_NOT_GIVEN = "aggregate-not-given"
    """A flow of the EU that does not say which members it counts: two such may count different ones."""
    OVERLAPS = "overlaps"
    """Its period is, or holds, or cuts that of another of its series; or it is a part of one, or its whole."""
    NO_OTHER = "no-other"
    """Nothing else of its series has the same basis, flow, currency, scope and set of EU members."""


@dataclass(frozen=True)
class Sameness:
    """What all figures of a set have in common: the reason that makes them comparable."""

    series: str
    type: FigureType
    basis: Basis | None
    flow: Flow | None
    currency: str | None
    unit: str | None
    eu_aggregate: str | None
    scope: str | None
    partners: tuple[str, ...]


@dataclass(frozen=True)
class ComparableSet:
    """Two figures or more that differ in their period alone, by period."""

    same: Sameness
    figures: tuple[Figure, ...]

    @property
    def name(self) -> str:
        """What the labels of its figures begin with, up to the last comma before they part."""
        return _common([str(figure.label) for figure in self.figures])


@dataclass(frozen=True)
class Comparison:
    """All sets that there are, and for every other figure why it stands in none."""

    sets: tuple[ComparableSet, ...]
    alone: Mapping[str, Alone]

    def of(self, type: FigureType) -> tuple[ComparableSet, ...]:
        """The sets of one sort of figures."""
        return tuple(each for each in self.sets if each.same.type is type)


def compare(figures: Iterable[Figure]) -> Comparison:
    """Group figures into comparable sets. The order of what goes in does not matter."""
    alone: dict[str, Alone] = {}
    groups: dict[Sameness, list[Figure]] = defaultdict(list)
    for figure in sorted(figures, key=lambda each: each.id):
        same = _sameness(figure)
        if isinstance(same, Alone):
            alone[figure.id] = same
        else:
            groups[same].append(figure)
    sets = []
    for same, members in groups.items():
        clashing = _clashing(members)
        rest = [figure for figure in members if figure.id not in clashing]
        alone |= dict.fromkeys(clashing, Alone.OVERLAPS)
        if len(rest) > 1:
            sets.append(ComparableSet(same, tuple(sorted(rest, key=_by_period))))
        else:
            alone |= {figure.id: Alone.NO_OTHER for figure in rest}
    return Comparison(tuple(sorted(sets, key=_order)), dict(sorted(alone.items())))


def _sameness(figure: Figure) -> Sameness | Alone:
    if figure.amount is None or _years(figure.period) is None or (figure.currency is None and figure.unit is None):
        return Alone.NO_VALUE
    if figure.series is None:
        return Alone.NO_SERIES
    if figure.flow is not None and figure.eu_aggregate is None:
        return Alone.AGGREGATE_NOT_GIVEN
    return Sameness(
        series=str(figure.series),
        type=figure.type,
        basis=figure.basis,
        flow=figure.flow,
        currency=figure.currency,
        unit=_text(figure.unit),
        eu_aggregate=_text(figure.eu_aggregate),
        scope=_text(figure.scope),
        partners=tuple(sorted(map(str, figure.partners))),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _years(period: When | None) -> tuple[int, int] | None:
    """First and last year of a period; None where one of them is not known."""
    if period is None:
        return None
    if isinstance(period, PartialDate):
        return None if period.precision is Precision.DECADE else (period.earliest.year, period.latest.year)
    if not isinstance(period.end, PartialDate) or Precision.DECADE in (period.start.precision, period.end.precision):
        return None
    return period.start.earliest.year, period.end.latest.year


def _clashing(members: list[Figure]) -> set[str]:
    """Ids of figures that would stand beside their own part, whole or double."""
    pairs = (
        {one.id, other.id}
        for one, other in combinations(members, 2)
        if _overlap(one.period, other.period) or one.id == other.part_of or other.id == one.part_of
    )
    return set().union(*pairs)


def _overlap(one: When | None, other: When | None) -> bool:
    """Whether two periods share more than the year in which the one ends and the other begins."""
    first, second = sorted((_years(one) or (0, 0), _years(other) or (0, 0)))
    if first[1] != second[0]:
        return second[0] <= first[1]
    return not (isinstance(one, Interval) and isinstance(other, Interval) and first[0] < first[1] < second[1])


def _by_period(figure: Figure) -> tuple[int, int]:
    return _years(figure.period) or (0, 0)


def _order(each: ComparableSet) -> tuple[int, str, int, tuple[int, int], str]:
    same = each.same
    flow = list(Flow).index(same.flow) if same.flow else -1
    return (
        list(FigureType).index(same.type),
        same.series,
        _by_period(each.figures[0])[0],
        (flow, list(Basis).index(same.basis) if same.basis else -1),
        each.figures[0].id,
    )


def _common(labels: list[str]) -> str:
    first, last = min(labels), max(labels)
    length = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    shared = first[:length]
    whole = shared if first == last else shared.rpartition(",")[0]
    return whole.strip(" ,") or first


def reasons(comparison: Comparison, type: FigureType, figures: Iterable[Figure]) -> Mapping[Alone, int]:
    """How many figures of a sort stand in no set, by reason, in the order of the reasons."""
    counts = Counter(
        comparison.alone[figure.id] for figure in figures if figure.type is type and figure.id in comparison.alone
    )
    return {reason: counts[reason] for reason in Alone if counts[reason]}


# -- evidence


def value_field(figure: Figure) -> str:
    """The field that holds what the figure says: its amount, or its label where it is a claim without a number."""
    return "label" if figure.amount is None else "amount"


def is_verified(figure: Figure, name: str) -> bool:
    """Whether the sources say this field, as it is written."""
    evidence = figure.evidence.get(name)  # type: ignore[call-overload]
    return evidence is not None and evidence.verified


def unverified(figure: Figure) -> tuple[str, ...]:
    """Which of value and period no source quite says."""
    names = (value_field(figure), *(("period",) if figure.period is not None else ()))
    return tuple(name for name in names if not is_verified(figure, name))


def disputed(figure: Figure) -> frozenset[str]:
    """The fields about which sources disagree."""
    return frozenset(str(about).partition(".")[0] for each in figure.disagreements for about in each.about)


def sources_of(figure: Figure) -> tuple[str, ...]:
    """Ids of the sources of value and period, each once, in the order of the record."""
    found: dict[str, None] = {}
    for name in (value_field(figure), "period"):
        evidence = figure.evidence.get(name)  # type: ignore[call-overload]
        found |= dict.fromkeys(map(str, evidence.sources if evidence else ()))
    return tuple(found)


# -- one country


@dataclass(frozen=True)
class OwnMoney:
    """A sum of a programme in which one country takes part alone. `phase` names the part of it that is paid."""

    programme: Programme
    phase: str | None
    money: Money
    verified: bool
    """Whether the sources say the sum: its own, or those of the list that holds it."""


def own_money(programmes: Iterable[Programme], country: str) -> tuple[OwnMoney, ...]:
    """Sums of programmes that name this country and no other country or group: never a share of a common budget."""
    return tuple(_own(programmes, country))


def _own(programmes: Iterable[Programme], country: str) -> Iterator[OwnMoney]:
    for programme in sorted(programmes, key=lambda each: each.id):
        named = {str(code) for code in (*programme.countries, *programme.eu_countries, *programme.regional_groups)}
        if named != {country}:
            continue
        for money in programme.budget:
            yield OwnMoney(programme, None, money, evidence_of(programme, "budget", money).verified)
        for phase in programme.phases:
            for money in phase.budget:
                item = money if money.sources else phase
                yield OwnMoney(programme, str(phase.name), money, evidence_of(programme, "phases", item).verified)
