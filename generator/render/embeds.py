"""Cards of records for other sites: as a picture, as a small page for a frame, and as oEmbed tells of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from markupsafe import Markup, escape

from generator.charts.embed import Embed, embed_svg, mark_svg
from generator.kinds.agreement import Agreement
from generator.kinds.figure import Figure
from generator.markdown import prose_inline
from generator.model.facts import facts_of
from generator.model.kind import Kind
from generator.model.retired import Tombstone
from generator.model.walk import is_about
from generator.render import gone
from generator.render.cards import path_of
from generator.render.figures import amount_of
from generator.render.page import Page
from generator.render.place import PagePlace
from generator.render.sentences import Sentence, opening

FRAME = (600, 280)
"""Width and height that a frame needs on most sites."""
POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"


def embeds(page: Page, site: str) -> dict[str, str]:
    """Three files beside each record's page, by path below the site's folder.

    `page` is any page of the site: names, words and the site's address are asked of it; `site` is the site's name.
    """
    made: dict[str, str] = {}
    for kind in page.catalogue.kinds:
        for record in page.catalogue.of(kind.name) if kind.name != "page" else ():
            place = PagePlace(kind.page(record.id))
            card = embed_of(replace(page, place=place, kind=kind, record=record), site)
            made[f"{place.address}card.svg"] = embed_svg(card)
            made[f"{place.address}card.html"] = card_html(card, page, place)
            made[f"{place.address}oembed.json"] = oembed(card, page, path_of(kind, record))
    for path, (_, former) in gone.pages(page.catalogue).items():
        if former.tombstone and former.kind.name != "page":
            place = PagePlace(path)
            card = _of_tombstone(page, place, former.tombstone, site)
            made[f"{place.address}card.svg"] = embed_svg(card)
            made[f"{place.address}card.html"] = card_html(card, page, place)
            made[f"{place.address}oembed.json"] = oembed(card, page, "assets/cards/site.png")
    return made


def _of_tombstone(page: Page, place: PagePlace, tombstone: Tombstone, site: str) -> Embed:
    """What a card says of a record that was taken out, where other sites still show it."""
    words = page.words
    return Embed(
        title=str(tombstone.name),
        kicker=words.say("Retired record"),
        sentence=" ".join(Markup(prose_inline(tombstone.because)).striptags().split()),
        facts=words.say("Taken out on {date}").format(date=words.date(tombstone.retired)),
        site=site,
        url=f"{page.address}{place.address}",
    )


def embed_of(page: Page, site: str) -> Embed:
    """What the card of the page's record says. Doubts stand with the day, where nothing cuts them off."""
    kind, record, words = page.kind, page.record, page.words
    assert kind is not None
    sentence = opening(page)
    day = words.say("As of {date}").format(date=words.day(page.views.today))
    count = words.count("{n} source", "{n} sources", sources_of(kind, record))
    return Embed(
        title=page.title(kind.name, record.id),
        kicker=words.say(record.type.label if isinstance(record, Agreement) else kind.singular),
        sentence=sentence.text if sentence else _first_words(page),
        facts=" · ".join((day, count, *map(words.say, _doubts(record, sentence)))),
        site=site,
        url=f"{page.address}{page.place.address}",
        mark=sentence.status.mark if sentence else "",
    )


def _first_words(page: Page) -> str:
    """What a record without a status says first: the amount of a figure, else its summary."""
    record = page.record
    if isinstance(record, Figure):
        parts = (amount_of(page, record), page.words.date(record.period) if record.period else "")
        return ", ".join(filter(None, parts))
    text = getattr(record, "summary", None)
    return " ".join(Markup(prose_inline(text)).striptags().split()) if text else ""


def _doubts(record: Any, sentence: Sentence | None) -> Iterator[str]:
    """In a word each, what the page says of the statement: that no source says it, that sources differ."""
    field = "amount" if isinstance(record, Figure) else "summary"
    evidence = record.evidence.get(field)
    if sentence is not None:
        sure = sentence.verified
    elif field == "amount":
        sure = record.amount is None or bool(evidence and evidence.verified)
    else:
        sure = evidence is None or evidence.verified or evidence.editorial
    if not sure:
        yield "not verified"
    if sentence is None and any(is_about(about, field, None) for each in record.disagreements for about in each.about):
        yield "disputed"


def sources_of(kind: Kind, record: Any) -> int:
    """How many sources the record's page lists: of a file of many records only those that the record names."""
    return len(record.sources) if kind.folder else len(set(_named(record)))


def _named(record: Any) -> Iterator[str]:
    for told in (*record.evidence.values(), *record.disagreements):
        yield from map(str, told.sources)
    for fact in facts_of(record):
        yield from map(str, getattr(fact.item, "sources", ()))


# -- as a page


def card_html(card: Embed, page: Page, place: PagePlace) -> str:
    """A page of its own, without a script, for a frame on another site; it sends no reader to any other host."""
    title, sentence = escape(card.title), escape(card.sentence)
    mark = Markup(mark_svg(card.mark)) if card.mark else ""
    says = f'<p class="says">{mark}<span>{sentence}</span></p>' if card.sentence else ""
    said = escape(card.sentence or f"{card.kicker}: {card.title}")
    home = escape(place.html("index.md"))
    return (
        f'<!doctype html>\n<html lang="{page.words.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{title} – {escape(card.site)}</title>\n"
        f'<meta name="description" content="{said}">\n<link rel="canonical" href="{escape(card.url or "./")}">\n'
        f'<link rel="stylesheet" href="{place.html("assets/card.css")}">\n</head>\n<body>\n<main>\n'
        f'<p class="kicker">{escape(card.kicker)}</p>\n<h1><a href="./" target="_top">{title}</a></h1>\n{says}\n'
        f'<p class="facts">{escape(card.facts)} · <a href="{home}" target="_top">{escape(card.site)}</a></p>\n'
        "</main>\n</body>\n</html>\n"
    )


def snippet(page: Page) -> str:
    """The HTML that shows the card of the page's record on another site."""
    url, title = f"{page.address}{page.place.address}", escape(page.title(page.kind.name, page.record.id))  # type: ignore[union-attr]
    return _frame(url, title)


def _frame(url: str, title: str) -> str:
    return (
        f'<iframe src="{escape(url)}card.html" title="{title}" width="{FRAME[0]}" height="{FRAME[1]}" '
        'loading="lazy" style="border:0;max-width:100%"></iframe>'
    )


# -- as oEmbed tells of it


def oembed(card: Embed, page: Page, picture: str) -> str:
    """The answer of oEmbed 1.0 for one record, as a file: a static host answers no questions."""
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": card.title,
        "provider_name": card.site,
        "provider_url": page.address,
        "cache_age": 86400,
        "html": _frame(card.url, str(escape(card.title))),
        "width": FRAME[0],
        "height": FRAME[1],
        "thumbnail_url": f"{page.address}{picture}",
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
    }
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"
