"""Funding, trade and investment figures in words: charts of what compares, tables of all, and a country's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from markupsafe import Markup, escape

from generator.charts import Bars, ValueBar, bars_svg
from generator.derive.figures import (
    Alone,
    ComparableSet,
    Comparison,
    OwnMoney,
    compare,
    disputed,
    own_money,
    reasons,
    sources_of,
    unverified,
    value_field,
)
from generator.kinds.figure import Figure, FigureType, Flow
from generator.model.evidence import Disagreement
from generator.model.parts import Basis
from generator.render.page import Page

DISPUTED = "\u00a0≠"
UNSURE = "\u00a0?"


@dataclass(frozen=True)
class Drawing:
    """A comparable set with its heading, its chart and what all its figures have in common."""

    set: ComparableSet
    title: str
    svg: Markup
    same: str
    marks: tuple[str, ...]
    """What the marks in the chart mean, those that are in it."""


@dataclass(frozen=True)
class Sort:
    """Figures of one basis or flow: what may stand in one table, though it may not be added up."""

    label: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Section:
    """All figures of one type."""

    type: FigureType
    count: int
    drawings: tuple[Drawing, ...]
    why_not: tuple[str, ...]
    """Why the others are in no chart, with their number."""
    sorts: tuple[Sort, ...]


@dataclass(frozen=True)
class FiguresPage:
    """What the listing of figures shows."""

    count: int
    unverified: int
    sections: tuple[Section, ...]
    disputed: tuple[Figure, ...]


def figures_page(page: Page) -> FiguresPage:
    """The listing of figures: by type, with charts of what compares."""
    figures: tuple[Figure, ...] = page.catalogue.of("figure")
    comparison = compare(figures)
    sections = (_section(page, comparison, type, figures) for type in _types(figures))
    return FiguresPage(
        count=len(figures),
        unverified=sum(1 for figure in figures if unverified(figure)),
        sections=tuple(sections),
        disputed=tuple(figure for figure in figures if figure.disagreements),
    )


def _types(figures: Iterable[Figure]) -> list[FigureType]:
    """The sorts of figures that there are, in their own order."""
    there = {figure.type for figure in figures}
    return [type for type in FigureType if type in there]


def _section(page: Page, comparison: Comparison, type: FigureType, figures: Iterable[Figure]) -> Section:
    own = [figure for figure in figures if figure.type is type]
    sets = comparison.of(type)
    why = reasons(comparison, type, own)
    return Section(
        type=type,
        count=len(own),
        drawings=tuple(_drawing(page, each, sets) for each in sets),
        why_not=tuple(f"{page.words.say(REASONS[reason])}: {page.words.number(n)}" for reason, n in why.items()),
        sorts=tuple(_sorts(page, own)),
    )


REASONS: Mapping[Alone, str] = {
    Alone.NO_VALUE: "no number, or no period whose years are known",
    Alone.NO_SERIES: "no second figure that tells the same for another time",
    Alone.AGGREGATE_NOT_GIVEN: "not told which members of the EU are counted",
    Alone.OVERLAPS: "a part of another, or for the same years",
    Alone.NO_OTHER: "no second figure with the same basis, flow, scope and set of EU members",
}


def _sorts(page: Page, figures: list[Figure]) -> Iterable[Sort]:
    order = (*Basis, *Flow, None)
    groups: dict[Basis | Flow | None, list[Figure]] = {}
    for figure in sorted(figures, key=lambda each: (each.period.earliest.toordinal() if each.period else 0, each.id)):
        groups.setdefault(figure.basis or figure.flow, []).append(figure)
    for key in sorted(groups, key=order.index):
        label = key.label if key is not None else figures[0].type.label
        yield Sort(page.words.say(label), tuple(groups[key]))


# -- charts


def _drawing(page: Page, each: ComparableSet, sets: Iterable[ComparableSet]) -> Drawing:
    """A chart. Those of one series share one scale, so that two beside each other don't mislead."""
    say, same = page.words.say, each.same
    alike = [one for one in sets if (one.same.series, one.same.currency) == (same.series, same.currency)]
    amounts = [float(figure.amount or 0) for one in alike for figure in one.figures]
    title = f"{each.name}, {same.eu_aggregate}" if same.eu_aggregate else each.name
    kept = [page.words.say(word.label) for word in (same.basis, same.flow) if word is not None]
    where = same.scope or page.names(same.partners)
    told = [*kept, where, *([say("EU members counted: {set}").format(set=same.eu_aggregate)] * bool(same.eu_aggregate))]
    bars = tuple(_bar(page, figure) for figure in each.figures)
    marks = [say("≠ sources disagree")] * any(DISPUTED in bar.shown for bar in bars)
    marks += [say("? or an outline: not verified")] * any(bar.unsure for bar in bars)
    marks += [say("Charts of this series share one scale.")] * (len(alike) > 1)
    svg = bars_svg(Bars(title, bars, longest=max(amounts), least=min(amounts)))
    return Drawing(each, title, svg, "; ".join(told), tuple(marks))


def _bar(page: Page, figure: Figure) -> ValueBar:
    missing, doubted = unverified(figure), disputed(figure)
    value = value_field(figure)
    name = page.words.date(figure.period) + UNSURE * ("period" in missing) + DISPUTED * ("period" in doubted)
    shown = amount_of(page, figure) + UNSURE * (value in missing) + DISPUTED * (value in doubted)
    return ValueBar(name, float(figure.amount or 0), shown, bool(missing))


def amount_of(page: Page, figure: Figure) -> str:
    """The value of a figure as text: money, or a number with its unit; empty for a claim."""
    if figure.amount is None:
        return ""
    if figure.currency:
        return page.words.money(figure.amount, figure.currency, figure.qualifier)
    number = page.words.number(figure.amount) + (f" {figure.unit}" if figure.unit else "")
    return f"{page.words.say(figure.qualifier.label)} {number}" if figure.qualifier else number


def sort_key(figure: Figure) -> Decimal:
    """The number by which tables sort a figure."""
    return figure.amount or Decimal(0)


# -- cells


def flags(page: Page, figure: Figure, name: str, anchor: str = "") -> Markup:
    """«not verified» and «disputed» for one field of a figure. `anchor`: where the disagreement is told."""
    made = Markup("")
    if name in unverified(figure):
        made += Markup(' <span class="flag unsure">{}</span>').format(page.words.say("not verified"))
    if name in disputed(figure):
        word = page.words.say("disputed")
        made += Markup(' <a class="flag dispute" href="{}">{}</a>').format(
            anchor or page.href(page.path("figure", figure.id)), word
        )
    return made


def publishers(page: Page, figure: Figure) -> Markup:
    """Who published a figure: links to the publications of its value and period."""
    sources = {str(source.id): source for source in figure.sources}
    links = [page.out(sources[id].url, str(sources[id].publisher)) for id in sources_of(figure) if id in sources]
    return Markup("; ").join(dict.fromkeys(links))


def told_by(page: Page, figure: Figure, disagreement: Disagreement) -> Markup:
    """The publishers of a disagreement's sources, in brackets; nothing where none is named."""
    sources = {str(source.id): source for source in figure.sources}
    links = [page.out(sources[id].url, str(sources[id].publisher)) for id in map(str, disagreement.sources)]
    return Markup("({})").format(Markup("; ").join(dict.fromkeys(links))) if links else Markup("")


def link(page: Page, figure: Figure, text: object) -> Markup:
    """A link to a figure's own page, under another text than its label."""
    return Markup('<a href="{}">{}</a>').format(page.href(page.path("figure", figure.id)), escape(text))


def sum_flag(page: Page, own: OwnMoney) -> Markup:
    """«not verified» for a sum of a programme that no source quite says."""
    flag = Markup(' <span class="flag unsure">{}</span>').format(page.words.say("not verified"))
    return Markup("") if own.verified else flag


# -- a country


@dataclass(frozen=True)
class CountryMoney:
    """Figures that name a country: those that name it alone, those it shares with others, and its own programmes."""

    alone: tuple[Figure, ...]
    shared: tuple[Figure, ...]
    programmes: tuple[OwnMoney, ...]


def country_money(page: Page, view: Any, country: str) -> CountryMoney:
    """What the page of a country tells of money."""
    by_time = sorted(view.figures, key=lambda each: (each.period.earliest.toordinal() if each.period else 0, each.id))
    alone = tuple(figure for figure in by_time if len(figure.partners) == 1)
    shared = tuple(figure for figure in by_time if len(figure.partners) > 1)
    return CountryMoney(alone, shared, own_money(view.programmes, country))
