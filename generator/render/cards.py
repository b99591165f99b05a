"""Share cards in words: which pages have one, and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.charts.card import Card, card_svg
from generator.derive.status import Status
from generator.kinds.agreement import Agreement
from generator.model.kind import Kind
from generator.render.page import Page

COMPARABLE = ("programme", "agreement", "dialogue", "country", "border-area", "group")
"""Kinds whose records can be laid side by side; each of these records has a card of its own."""


def path_of(kind: Kind | None, record: Any) -> str:
    """Where the share card of a page stands: its own, or that of its section, or that of the site."""
    if kind is None or kind.name == "page":
        return "assets/cards/site.png"
    if record is None or kind.name not in COMPARABLE:
        return f"assets/cards/{kind.section}.png"
    return f"assets/cards/{kind.page(record.id).removesuffix('.md')}.png"


def cards(page: Page, site: str) -> dict[str, str]:
    """The drawings of all cards by path: one for the site, one a section, one a record of the kinds that carry them.

    `page` is any page of the site: names, words and statuses are asked of it; `site` is the site's name.
    """
    return {path.removesuffix(".png") + ".svg": card_svg(card) for path, card in _cards(page, site)}


def _cards(page: Page, site: str) -> Iterator[tuple[str, Card]]:
    yield path_of(None, None), Card(site, site)
    for kind in page.catalogue.kinds:
        if kind.name == "page":
            continue
        count = page.words.count("{n} record", "{n} records", len(page.catalogue.of(kind.name)))
        yield path_of(kind, None), Card(page.words.say(kind.title), site, count)
        for record in page.catalogue.of(kind.name):
            path = path_of(kind, record)
            if path != path_of(kind, None):
                yield path, _card(page, site, kind, record)


def _card(page: Page, site: str, kind: Kind, record: Any) -> Card:
    words = page.words
    kicker = words.say(record.type.label if isinstance(record, Agreement) else kind.singular)
    standing = page.standing(kind.name, record.id)
    if standing is None:
        return Card(page.title(kind.name, record.id), site, kicker)
    unsure = "" if standing.verified else f" ({words.say('not verified')})"
    day = words.say("as of {date}").format(date=words.day(page.views.today))
    known = standing.status is not Status.NOT_KNOWN
    state = f"{words.say(standing.status.label if known else 'Status not known')}{unsure if known else ''}, {day}"
    return Card(page.title(kind.name, record.id), site, kicker, standing.status.mark, state)
