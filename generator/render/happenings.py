"""What happened and what is due, worded: a line each, with what the filters of the timeline ask for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from generator.derive.happenings import ENDINGS, Happening, Sort, by_year, coming_up, just_happened
from generator.kinds.group import MemberRole

if TYPE_CHECKING:
    from generator.render.page import Page

KINDS = ("agreement", "programme", "dialogue", "group")
NAMED = 4
"""Up to so many parties are named in a line; more are counted."""


@dataclass(frozen=True)
class Line:
    """One happening as a reader sees it."""

    when: str
    text: Markup
    flags: Markup
    data: Markup
    """Attributes by which the filters find it."""


@dataclass(frozen=True)
class YearLines:
    """One year, or what falls on an unknown day of a decade."""

    anchor: str
    title: str
    year: int
    decade: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Facet:
    """A filter: its name in the address, its title, and each value with its name and number."""

    name: str
    title: str
    values: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class TimelinePage:
    """All that the page of the timeline shows."""

    coming: tuple[Line, ...]
    ended: tuple[Line, ...]
    years: tuple[YearLines, ...]
    facets: tuple[Facet, ...]
    count: int
    first: int
    last: int


def timeline_page(page: Page) -> TimelinePage:
    """Everything dated, as lines by year, with the filters and their numbers."""
    today, found = page.views.today, page.views.happenings
    past = [happening for happening in found if not happening.is_due(today)]
    over = [h for h in just_happened(found, today) if h.sort in ENDINGS or h.sort is Sort.OVER]
    years = tuple(
        YearLines(
            f"y{year.year}{'s' if year.is_decade else ''}",
            page.words.say("the {year}s").format(year=year.year) if year.is_decade else str(year.year),
            year.year,
            page.words.say("the {year}s").format(year=year.year // 10 * 10).removeprefix("the "),
            tuple(line_of(page, happening) for happening in year.happenings),
        )
        for year in by_year(past)
    )
    numbers = [happening.year for happening in found] or [today.year]
    coming = tuple(line_of(page, happening) for happening in coming_up(found, today))
    ended = tuple(line_of(page, happening) for happening in over)
    return TimelinePage(coming, ended, years, _facets(page, found), len(found), min(numbers), max(numbers))


def short_lists(page: Page, most: int = 6) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """For the home page: what comes up, and what just happened, without the small steps."""
    today, found = page.views.today, page.views.happenings
    ahead = [h for h in coming_up(found, today) if h.major]
    past = [h for h in just_happened(found, today) if h.major]
    return tuple(line_of(page, h) for h in ahead[:most]), tuple(line_of(page, h) for h in past[:most])


def line_of(page: Page, happening: Happening) -> Line:
    """One happening in words."""
    return Line(
        page.words.date(happening.when), _text(page, happening), _flags(page, happening), _data(page, happening)
    )


def _text(page: Page, h: Happening) -> Markup:
    record = _link(page, h)
    if h.sort in (Sort.JOINED, Sort.LEFT):
        return _membership(page, h, record)
    if h.sort in TIMES:
        past, ahead = TIMES[h.sort]
        verb = page.words.say(ahead if h.is_due(page.views.today) else past)
        phase = Markup(", {}").format(h.label) if h.label else ""
        return Markup("{}{} {}").format(record, phase, verb)
    if h.sort in (Sort.SUMMIT, Sort.MEETING):
        return record + (f", {h.place}" if h.place else "")
    said = h.label or (page.words.say(h.word.label) if h.word else "")
    return Markup("{}: {}{}").format(record, said, _whom(page, h))


TIMES: dict[Sort, tuple[str, str]] = {
    Sort.BEGAN: ("began", "is due to begin"),
    Sort.ENDED: ("ended", "is due to end"),
    Sort.DIALOGUE_BEGAN: ("began", "is due to begin"),
    Sort.DIALOGUE_ENDED: ("ended", "is due to end"),
}
"""What is said of beginnings and ends, past and ahead."""


def _link(page: Page, h: Happening) -> Markup:
    target = page.path(h.kind, h.id) + (f"#{h.anchor}" if h.anchor else "")
    return Markup('<a href="{}">{}</a>').format(page.href(target), page.title(h.kind, h.id))


def _whom(page: Page, h: Happening) -> str:
    """Part, parties and place, in brackets."""
    told = [page.words.say("{part} part").format(part=h.scope)] if h.scope else []
    told += [_names(page, h.parties)] if h.kind == "agreement" and h.parties else []
    told += [h.place] if h.place else []
    return f" ({'; '.join(told)})" if told else ""


def _names(page: Page, ids: tuple[str, ...]) -> str:
    names = sorted(page.party_name(id) for id in ids)
    if len(names) > NAMED:
        return page.words.count("{n} country", "{n} countries", len(names))
    return page.words.list(names)


def _membership(page: Page, h: Happening, group: Markup) -> Markup:
    """Who joined or left: the last day of a row is told as that, whatever came after it."""
    names = _names(page, h.parties)
    if h.sort is Sort.JOINED and h.word is MemberRole.MEMBER:
        return Markup(page.words.say("{names} joined {group}")).format(names=names, group=group)
    pattern = page.words.say("{names}: {role} of {group} from here")
    if h.sort is Sort.LEFT:
        pattern = page.words.say("{names}: last day as {role} of {group}")
    role = page.words.say(h.word.label).lower() if h.word else ""
    return Markup(pattern).format(names=names, role=role, group=group)


def _flags(page: Page, h: Happening) -> Markup:
    words = [] if h.verified else [page.words.say("not verified")]
    words += [page.words.say("date inferred")] if h.when.uncertain else []
    return Markup("").join(Markup(' <span class="flag unsure">{}</span>').format(word) for word in words)


# -- filters


def _data(page: Page, h: Happening) -> Markup:
    codes = " ".join(_region(page, h))
    pairs = (("kind", h.kind), ("sort", h.sort.value), ("country", codes), ("theme", " ".join(h.themes)))
    return Markup(" ".join(f'data-{name}="{escape(value)}"' for name, value in pairs if value))


def _region(page: Page, h: Happening) -> list[str]:
    """The countries of the region: those that the map has too."""
    return [code for code in h.countries if (c := page.catalogue.find("country", code)) and c.side == "lac"]


def _facets(page: Page, found: Iterable[Happening]) -> tuple[Facet, ...]:
    found = list(found)
    say = page.words.say
    kinds, sorts = Counter(h.kind for h in found), Counter(h.sort for h in found)
    countries = Counter(code for h in found for code in _region(page, h))
    themes = Counter(theme for h in found for theme in h.themes)
    named = [(c.id, page.title("country", c.id), countries[c.id]) for c in page.by_name("country") if countries[c.id]]
    about = [(t.id, page.title("theme", t.id), themes[t.id]) for t in page.by_name("theme") if themes[t.id]]
    return (
        Facet("kind", say("Kind"), tuple((k, say(page.kind_of(k).title), kinds[k]) for k in KINDS if kinds[k])),
        Facet("sort", say("What happened"), tuple((s.value, say(s.label), sorts[s]) for s in Sort if sorts[s])),
        Facet("country", say("Country"), tuple(named)),
        Facet("theme", say("Theme"), tuple(about)),
    )
