"""What the home page says of today: numbers by status, what came last, what applies."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from generator.derive.happenings import Sort
from generator.derive.status import Standing, Status
from generator.model.edtf import PartialDate, When

if TYPE_CHECKING:
    from generator.render.page import Page

APPLIED = (Status.IN_FORCE, Status.PROVISIONAL)


@dataclass(frozen=True)
class Door:
    """A way into one kind: its name, what it holds, and one line of what is new."""

    kind: str
    about: str
    live: Markup


@dataclass(frozen=True)
class Applied:
    """The agreements of one status, the latest first, each with the date since when."""

    status: Status
    agreements: tuple[tuple[str, Standing], ...]


def doors_of(page: Page) -> tuple[Door, ...]:
    """The three ways in."""
    say = page.words.say
    return (
        Door(
            "programme",
            say("Cooperation programmes and projects, with phases, countries, activities and money where it is known."),
            _by_status(page, "programme"),
        ),
        Door(
            "agreement",
            say("Who is bound to what since when, party by party, from the first talks to the day it ended."),
            _latest_to_apply(page),
        ),
        Door(
            "dialogue",
            say("Summits, ministerial meetings and standing dialogues, with what came out of each."),
            _latest_summit(page),
        ),
    )


def applied_of(page: Page) -> tuple[Applied, ...]:
    """The agreements that apply today, by status."""
    found = []
    for status in APPLIED:
        of_status = [(id, s) for id, s in _standings(page, "agreement") if s.status is status]
        of_status.sort(key=lambda pair: (_day(pair[1].since), pair[0]), reverse=True)
        found += [Applied(status, tuple(of_status))] if of_status else []
    return tuple(found)


def _standings(page: Page, kind: str) -> list[tuple[str, Standing]]:
    return [(id, standing) for (of, id), standing in page.views.standings.items() if of == kind]


def _day(when: When | None) -> int:
    return when.earliest.toordinal() if when else 0


SHOWN = (Status.ANNOUNCED, Status.RUNNING, Status.ENDED, Status.NOT_KNOWN)


def _by_status(page: Page, kind: str) -> Markup:
    """«17 running, 19 ended, 9 not known»."""
    counts = Counter(standing.status for _, standing in _standings(page, kind))
    told = [f"{page.words.number(counts[s])} {page.words.say(s.label).lower()}" for s in SHOWN if counts[s]]
    return Markup("{}").format(", ".join(told))


def _latest_to_apply(page: Page) -> Markup:
    """The agreement whose present status, in force or provisionally applied, began last."""
    applied = [pair for group in applied_of(page) for pair in group.agreements]
    dated = [(id, s) for id, s in applied if isinstance(s.since, PartialDate)]
    if not dated:
        return Markup("")
    id, standing = max(dated, key=lambda pair: (_day(pair[1].since), pair[0]))
    pattern = Markup(page.words.say("Latest to apply: {agreement}, {status} since {date}"))
    return pattern.format(
        agreement=page.a("agreement", id),
        status=page.words.say(standing.status.label).lower(),
        date=page.words.date(standing.since),
    )


def _latest_summit(page: Page) -> Markup:
    past = [h for h in page.views.happenings if h.sort is Sort.SUMMIT and not h.is_due(page.views.today)]
    if not past:
        return Markup("")
    last = past[-1]
    pattern = Markup(page.words.say("Latest summit: {summit}, {date}"))
    return pattern.format(summit=page.a("dialogue", last.id), date=page.words.date(last.when))
