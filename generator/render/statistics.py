"""The catalogue counted, in words: tables, and charts where a shape says more than a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from generator.charts import Bars, Columns, ValueBar, bars_svg, columns_svg
from generator.derive.statistics import CountryCount, Statistics, statistics
from generator.render.page import Page

TOP = 10
"""So many rows are drawn; the table has all."""


@dataclass(frozen=True)
class Row:
    """One count: what it counts, a link where there is a list of it, and the number."""

    name: str
    n: int
    href: str = ""

    @property
    def label(self) -> Markup:
        return Markup('<a href="{}">{}</a>').format(self.href, self.name) if self.href else escape(self.name)


@dataclass(frozen=True)
class Table:
    """Counts under one heading, drawn where a shape helps."""

    title: str
    head: str
    rows: tuple[Row, ...]
    svg: Markup | None = None
    note: str = ""


@dataclass(frozen=True)
class StatisticsPage:
    """What the page shows."""

    counts: Statistics
    kinds: Table
    agreements: tuple[Table, ...]
    programmes: tuple[Table, ...]
    dialogues: tuple[Table, ...]
    countries: tuple[CountryCount, ...]
    top: Markup | None
    sources: Table


def statistics_page(page: Page) -> StatisticsPage:
    """The page of statistics, as of the day of the build."""
    counts = statistics(page.catalogue, page.views)
    return StatisticsPage(
        counts=counts,
        kinds=_kinds(page, counts),
        agreements=(
            _table(page, "Agreements by status", "Status", counts.agreement_statuses),
            _table(page, "Agreements by type", "Type", counts.agreement_types),
        ),
        programmes=(
            _drawn(_table(page, "Programmes by decade of start", "Decade", counts.programme_decades)),
            _drawn(_themes(page, counts)),
            _table(page, "Programmes by status", "Status", counts.programme_statuses),
            _table(page, "Programmes by level", "Level", counts.programme_levels),
            _instruments(page, counts),
        ),
        dialogues=(
            _years(page, counts),
            _table(page, "Dialogues by type", "Type", counts.dialogue_types),
        ),
        countries=counts.countries,
        top=_top(page, counts),
        sources=_drawn(_sources(page, counts)),
    )


def _table(page: Page, title: str, head: str, tally: Mapping[Any, int]) -> Table:
    """A table of a tally, in its order."""
    rows = tuple(Row(_name(page, key), n) for key, n in tally.items())
    return Table(page.words.say(title), page.words.say(head), rows)


def _name(page: Page, key: Any) -> str:
    if key is None:
        return page.words.say("not said")
    if isinstance(key, int):
        return page.words.say("the {year}s").format(year=key)
    return page.words.say(key.label) if hasattr(key, "label") else str(key)


def _kinds(page: Page, counts: Statistics) -> Table:
    say = page.words.say
    kinds = [(page.kind_of(name), n) for name, n in counts.kinds.items()]
    rows = tuple(Row(say(kind.title), n, page.href(f"{kind.section}/index.md")) for kind, n in kinds)
    return Table(say("Records by kind"), say("Kind"), rows)


def _themes(page: Page, counts: Statistics) -> Table:
    say = page.words.say
    rows = tuple(
        Row(page.title("theme", id), n, page.href(page.path("theme", id))) for id, n in counts.programme_themes.items()
    )
    note = say("A programme counts once under each of its themes. The ten most frequent are drawn.")
    return Table(say("Programmes by theme"), say("Theme"), rows, note=note)


def _instruments(page: Page, counts: Statistics) -> Table:
    """What more than one programme is paid from; texts that one programme has are counted together."""
    say, found = page.words.say, counts.programme_instruments
    rows = [Row(name, n) for name, n in found.items() if name is not None and n > 1]
    singles = sum(1 for name, n in found.items() if name is not None and n == 1)
    rows += [Row(say("another text, in one programme each"), singles)] * bool(singles)
    rows += [Row(say("not said"), found[None])] if None in found else []
    return Table(say("Programmes by what they are paid from"), say("Paid from"), tuple(rows))


def _sources(page: Page, counts: Statistics) -> Table:
    say = page.words.say
    rows = tuple(Row(say(tier.label) if tier else say("No sort given"), n) for tier, n in counts.tiers.items())
    note = say("The same address cited by several records is one publication.")
    return Table(say("Publications by sort"), say("Sort"), rows, note=note)


def _years(page: Page, counts: Statistics) -> Table:
    say = page.words.say
    title = say("Dialogues by year")
    rows = tuple(Row(str(year), n) for year, n in counts.dialogue_years.items())
    svg = columns_svg(Columns(title, tuple(counts.dialogue_years.items()))) if rows else None
    note = say("The year of a meeting, or in which a standing dialogue began. Without a known year: {n}.")
    return Table(title, say("Year"), rows, svg, note.format(n=page.words.number(counts.dialogues_without_year)))


def _top(page: Page, counts: Statistics) -> Markup | None:
    rows = tuple(Row(page.title("country", each.id), each.records) for each in counts.countries[:TOP])
    return _bars(page.words.say("The countries that most records concern"), rows)


def _drawn(table: Table) -> Table:
    return Table(table.title, table.head, table.rows, _bars(table.title, table.rows[:TOP]), table.note)


def _bars(title: str, rows: tuple[Row, ...]) -> Markup | None:
    if not rows:
        return None
    bars = tuple(ValueBar(row.name, row.n, str(row.n)) for row in rows)
    return bars_svg(Bars(title, bars, longest=max(row.n for row in rows)))
