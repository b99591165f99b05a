"""By what a listing is narrowed, with the ready-made lists that lead there without a script."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown.extensions.toc import slugify
from markupsafe import Markup, escape

from generator.derive.facets import STATUSES, Facets
from generator.derive.status import Status
from generator.kinds.agreement import AgreementType
from generator.kinds.country import Side
from generator.kinds.dialogue import DialogueType
from generator.model.parts import Level
from generator.model.values import Vocabulary

if TYPE_CHECKING:
    from generator.render.page import Page

TYPES: dict[str, tuple[str, type[Vocabulary]]] = {
    "agreement": ("Type", AgreementType),
    "programme": ("Level", Level),
    "dialogue": ("Type", DialogueType),
}
SECTIONS = {"agreement": "Agreements", "programme": "Programmes", "dialogue": "Dialogues"}
"""The headings of the pages of countries, groups and themes under which the ready-made lists stand."""


@dataclass(frozen=True)
class Choice:
    """One value: what it is called, how many records have it, and where the ready-made list is."""

    value: str
    label: Markup
    count: int
    href: str | None = None


@dataclass(frozen=True)
class Facet:
    """One question, and its answers under headings of their own where there are several."""

    key: str
    title: str
    groups: tuple[tuple[str, tuple[Choice, ...]], ...]


@dataclass(frozen=True)
class Panel:
    """All that stands beside a listing."""

    facets: tuple[Facet, ...]
    years: tuple[int, int] | None
    joint: bool
    """Whether countries and groups answer one question: who takes part."""
    words: str
    """What the script says, as JSON."""


def panel_of(page: Page) -> Panel | None:
    """The facets of the page's listing, if its kind has any."""
    name = page.kind.name if page.kind else ""
    if name not in STATUSES:
        return None
    rows = [page.views.facets[name, record.id] for record in page.catalogue.of(name)]
    facets = (
        _statuses(page, name, rows),
        _types(page, name, rows),
        Facet("country", page.words.say("Country"), tuple(_countries(page, name, rows))),
        _facet(page, "group", "Group", _by_name(page, name, "group", [id for row in rows for id in row.groups])),
        _facet(page, "theme", "Theme", _by_name(page, name, "theme", [id for row in rows for id in row.themes])),
        *_money(page, name, rows),
    )
    years = [year for row in rows for year in row.years or ()]
    return Panel(
        tuple(facet for facet in facets if any(choices for _, choices in facet.groups)),
        (min(years), max(years)) if years else None,
        name != "programme",
        _said(page, name),
    )


def _facet(page: Page, key: str, title: str, choices: Iterable[Choice]) -> Facet:
    return Facet(key, page.words.say(title), (("", tuple(choices)),))


def _statuses(page: Page, kind: str, rows: list[Facets]) -> Facet:
    section = page.kind_of(kind).section
    return _facet(
        page,
        "status",
        "Status",
        (
            Choice(
                status.value,
                page.mark(status) + page.words.say(status.label),
                sum(row.status is status for row in rows),
                page.href(status_page(section, status)),
            )
            for status in STATUSES[kind]
        ),
    )


def status_page(section: str, status: Status) -> str:
    """The short name of the list of all records of a section in one status."""
    return f"{section}/status/{status.value}.md"


def _types(page: Page, kind: str, rows: list[Facets]) -> Facet:
    title, words = TYPES[kind]
    counts = [(word, sum(row.type == word.value for row in rows)) for word in words]
    return _facet(
        page,
        "type",
        title,
        (Choice(word.value, escape(page.words.say(word.label)), count) for word, count in counts if count),
    )


def _countries(page: Page, kind: str, rows: list[Facets]) -> Iterator[tuple[str, tuple[Choice, ...]]]:
    ever = {code for row in rows for code in row.ever}
    for side in Side:
        codes = [r.id for r in page.by_name("country") if r.side is side and r.id in ever]
        choices = [
            Choice(
                code,
                escape(page.title("country", code)),
                sum(code in row.countries for row in rows),
                page.href(_of_country(page, kind, code)),
            )
            for code in codes
        ]
        if choices:
            yield page.words.say(side.label), tuple(choices)


def _of_country(page: Page, kind: str, code: str) -> str:
    """The section of a country's page that lists its records of a kind, as a link."""
    view = page.views.countries[code]
    titles: dict[str, list[tuple[Sequence[object], str]]] = {
        "agreement": [
            (view.bonds, "Agreements"),
            ([row for row in view.groups if row.group.id == "EU"], "Agreements of the European Union"),
        ],
        "programme": [(view.programmes, "Programmes")],
        "dialogue": [((*view.dialogues, *view.summits), "Dialogues")],
    }
    there = [title for found, title in titles[kind] if found]
    return page.path("country", code) + (_anchor(page, there[0]) if there else "")


def _anchor(page: Page, title: str) -> str:
    return f"#{slugify(page.words.say(title), '-')}"


def _by_name(page: Page, kind: str, other: str, ids: list[str]) -> Iterator[Choice]:
    for record in page.by_name(other):
        if record.id in ids:
            target = page.path(other, record.id) + _anchor(page, SECTIONS[kind])
            yield Choice(record.id, escape(page.title(other, record.id)), ids.count(record.id), page.href(target))


def _money(page: Page, kind: str, rows: list[Facets]) -> Iterator[Facet]:
    if kind == "programme":
        label = escape(page.words.say("Budget known"))
        yield _facet(page, "budget", "Money", [Choice("known", label, sum(row.budget for row in rows))])


# -- what the rows carry, and what the script says

DATA: tuple[tuple[str, Callable[[Facets], object]], ...] = (
    ("status", lambda f: f.status.value),
    ("type", lambda f: f.type),
    ("country", lambda f: " ".join(f.countries)),
    ("own", lambda f: " ".join(f.own)),
    ("group", lambda f: " ".join(f.groups)),
    ("theme", lambda f: " ".join(f.themes)),
    ("from", lambda f: f.years and f.years[0]),
    ("to", lambda f: f.years and f.years[1]),
    ("budget", lambda f: "known" if f.budget else None),
)


def data_of(facets: Facets) -> Markup:
    """The facets of one record as attributes of its row."""
    return Markup("".join(f' data-{name}="{escape(value)}"' for name, of in DATA if (value := of(facets))))


def _said(page: Page, kind: str) -> str:
    say = page.words.say
    section = {
        "agreement": (say("All {m} agreements"), say("{n} of {m} agreements"), say("Compare {n} agreements")),
        "programme": (say("All {m} programmes"), say("{n} of {m} programmes"), say("Compare {n} programmes")),
        "dialogue": (say("All {m} dialogues"), say("{n} of {m} dialogues"), say("Compare {n} dialogues")),
    }[kind]
    words = {
        "all": section[0],
        "some": section[1],
        "compare": section[2],
        "column": say("Compare"),
        "one": say("Compare {name}"),
        "more": say("Choose one or two more to compare."),
        "full": say("Three at most."),
        "from": say("From {year}"),
        "to": say("To {year}"),
        "between": say("Between all of them"),
        "remove": say("Remove filter:"),
        "active": say("Active filters"),
        "clear": say("Clear all"),
        "none": say("Nothing fits all filters."),
    }
    return json.dumps(words, ensure_ascii=False)
