"""How well a record is sourced, in a line, a bar and a list of what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from generator.model.evidence import Record
from generator.model.facts import Fact, Grade, facts_of
from generator.render.ledger import Ledger, Support, links_html
from generator.render.words import Words

if TYPE_CHECKING:
    from generator.render.page import Page

METER = "<!-- meter -->"
"""Stands in the facts panel until the whole page is written, since only then every fact has its place."""


def meter_of(page: Page) -> Markup:
    """How well the page's record is sourced; asked when the rest of the page is written."""
    return meter_html(page.record, page.ledger, page.words) if page.record is not None else Markup("")


def meter_html(record: Record, ledger: Ledger, words: Words) -> Markup:
    """«14 of 17 facts have a source that says it», a bar of the same, and by name what is missing or ours."""
    facts = facts_of(record)
    by = {grade: [fact for fact in facts if fact.grade is grade] for grade in Grade}
    sourced, unsure = len(by[Grade.VERIFIED]), by[Grade.UNVERIFIED]
    stated = sourced + len(unsure)
    made = Markup("")
    if stated:
        made += _said(words, sourced, stated) + _bar(sourced, stated)
    if unsure:
        title = words.count("{n} fact without such a source", "{n} facts without such a source", len(unsure))
        made += _named(title, unsure, ledger, words)
    if by[Grade.OURS]:
        ours = by[Grade.OURS]
        title = words.count(
            "{n} classification of ours, not counted", "{n} classifications of ours, not counted", len(ours)
        )
        made += _named(title, ours, ledger, words)
    return made


def _said(words: Words, sourced: int, stated: int) -> Markup:
    if stated == 1:
        text = (
            words.say("The one fact has a source that says it")
            if sourced
            else words.say("The one fact is not verified")
        )
    else:
        text = words.say("{n} of {m} facts have a source that says it").format(
            n=words.number(sourced), m=words.number(stated)
        )
    return Markup(f"<p>{escape(text)}</p>")


def _bar(sourced: int, stated: int) -> Markup:
    """The share as a bar; a drawing by attributes, since pages allow no inline style."""
    share = round(100 * sourced / stated, 1)
    rest = f'<rect class="no" x="{share:g}" width="{100 - share:g}" height="6"/>' if sourced < stated else ""
    return Markup(
        '<svg class="meter" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="yes" width="{share:g}" height="6"/>{rest}</svg>'
    )


def _named(title: str, facts: Iterable[Fact], ledger: Ledger, words: Words) -> Markup:
    items = Markup("").join(Markup(f"<li>{each}</li>") for each in _names(facts, ledger, words))
    return Markup(f'<details class="lacks"><summary>{escape(title)}</summary><ul>{items}</ul></details>')


def _names(facts: Iterable[Fact], ledger: Ledger, words: Words) -> list[Markup]:
    """Each fact by name, as a link to where it stands; those of one name together, those not shown as text."""
    found: dict[str, list[Support | None]] = {}
    for fact in facts:
        place, title = ledger.place_of(fact.field, fact.item), words.say(fact.title)
        label = f"{title}: {place.label}" if place and fact.item is not None and place.label != title else title
        found.setdefault(label, []).append(place)
    return [links_html(label, [place for place in places if place], len(places)) for label, places in found.items()]
