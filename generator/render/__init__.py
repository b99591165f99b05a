"""Records and views become pages: a mapping from path to Markdown. Nothing is written here."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from markdown.extensions.toc import slugify
from markupsafe import Markup, escape

from generator.derive import Views
from generator.derive.bibliography import by_tier
from generator.derive.facets import STATUSES
from generator.derive.membership import roll_of
from generator.derive.quality import quality
from generator.derive.series import position_of
from generator.derive.status import Status
from generator.explained import Explanation
from generator.markdown import html_block
from generator.model.catalogue import Catalogue
from generator.model.chronicle import Chronicle
from generator.model.facts import Grade
from generator.model.kind import Kind
from generator.model.links import Ledger
from generator.render import (
    asof,
    cards,
    codes,
    country_map,
    embeds,
    fields,
    figures,
    following,
    gone,
    happenings,
    home,
    ledger,
    marks,
    mend,
    parties,
    reach,
    relations,
    search,
    sentences,
    tables,
    timeline,
)
from generator.render.days import days_of
from generator.render.facets import panel_of, status_page
from generator.render.listing import listing_of
from generator.render.page import Page
from generator.render.place import PagePlace
from generator.render.statistics import statistics_page
from generator.render.statuses import head_of, numbers_of, stages_of
from generator.render.trust import METER, meter_of
from generator.render.words import Words, words_of

TEMPLATES = Path(__file__).parent.parent / "templates"
OWN = (
    "programme",
    "agreement",
    "dialogue",
    "border-area",
    "country",
    "group",
    "organisation",
    "theme",
    "figure",
)
"""Kinds with templates of their own; the common one serves the others."""

SITE_PAGES = {
    "bibliography.md": "bibliography.md.j2",
    "statistics.md": "statistics.md.j2",
    "compare.md": "compare.md.j2",
    "state.md": "state.md.j2",
    "search.md": "search.md.j2",
    "timeline.md": "timeline.md.j2",
    "follow.md": "follow.md.j2",
}
"""Pages over the whole catalogue, by short name, and their templates."""


NAMES: dict[str, Any] = {
    "asof": asof, "cards": cards, "codes": codes, "country_map": country_map, "embeds": embeds,
    "fields": fields, "following": following, "gone": gone,
    "happenings": happenings, "home": home,
    "ledger": ledger, "marks": marks, "mend": mend, "money_of": figures, "parties": parties, "reach": reach,
    "relations": relations,
    "search": search, "sentences": sentences, "tables": tables, "timeline": timeline,
    "by_tier": by_tier, "comparable": cards.COMPARABLE, "Grade": Grade, "head_of": head_of,
    "numbers_of": numbers_of,
    "position_of": position_of, "quality": quality, "roll_of": roll_of, "site_pages": SITE_PAGES,
    "stages_of": stages_of, "statistics_page": statistics_page, "Status": Status, "STATUSES": STATUSES,
    "status_page": status_page,
}  # fmt: skip
"""What every template and macro may call by name: the modules that do the work, and what derive finds."""


@dataclass(frozen=True)
class Site:
    """What pages must know of the site and its repository."""

    name: str = "Catalogue"
    description: str = ""
    repository: str = ""
    address: str = ""
    changed: Mapping[str, date] = field(default_factory=dict)
    """The day of the last change of each content file, where git knows it."""
    links: Ledger = field(default_factory=dict)
    """What is known of the addresses that records cite."""
    chronicle: Chronicle = field(default_factory=Chronicle)
    """What became of records, where git knows it."""


def render(catalogue: Catalogue, views: Views, site: Site, language: str = "en") -> dict[str, str]:
    """All pages in one language, by path below the site's folder."""
    words = words_of(language)
    return {**dict(each_page(catalogue, views, site, words)), **dict(asof.asof_files(catalogue, views, words))}


def cards_of(catalogue: Catalogue, views: Views, site: Site, language: str = "en") -> dict[str, str]:
    """The cards of all records for other sites, by path below the site's folder."""
    page = Page(PagePlace("index.md"), words_of(language), catalogue, views, address=site.address)
    return embeds.embeds(page, site.name)


def each_page(catalogue: Catalogue, views: Views, site: Site, words: Words) -> Iterator[tuple[str, str]]:
    """Each page with its path, made when it is asked for: who wants one of them waits for no other."""
    make = _maker(catalogue, views, site, words)
    for kind in catalogue.kinds:
        if kind.name == "page":
            continue
        for record in catalogue.of(kind.name):
            path = kind.page(record.id)
            yield PagePlace(path).file, make(path, _template(kind), kind, record)
        path = f"{kind.section}/index.md"
        yield path, make(path, _listing_template(kind), kind, None)
        for path, template, status in _by_status(kind):
            yield PagePlace(path).file, make(path, template, kind, None, status)
    for record in catalogue.of("page"):
        path, template = f"{record.id}.md", "home.md.j2" if record.id == "index" else "page.md.j2"
        yield PagePlace(path).file, make(path, template, _page_kind(catalogue), record)
    yield from cards.cards(Page(PagePlace("index.md"), words, catalogue, views), site.name).items()
    for path, template in SITE_PAGES.items():
        yield PagePlace(path).file, make(path, template, None, None)
    for path, (template, explained) in codes.pages().items():
        yield PagePlace(path).file, make(path, template, None, None, explained=explained)
    for path, (template, former) in gone.pages(catalogue).items():
        yield PagePlace(path).file, make(path, template, None, None, former=former)
    for path, (template, about) in fields.pages(catalogue.kinds).items():
        yield PagePlace(path).file, make(path, template, None, None, about=about)


def _by_status(kind: Kind) -> Iterator[tuple[str, str, Status | None]]:
    """The lists of a kind by status, and the page over them; an address stays when its list is empty."""
    if kind.name in STATUSES:
        yield f"{kind.section}/status.md", "statuses.md.j2", None
        for status in STATUSES[kind.name]:
            yield status_page(kind.section, status), "status.md.j2", status


def _page_kind(catalogue: Catalogue) -> Kind:
    return next(kind for kind in catalogue.kinds if kind.name == "page")


def _template(kind: Kind) -> str:
    return f"{kind.name}.md.j2" if kind.name in OWN else kind.template


def _listing_template(kind: Kind) -> str:
    return "figures.md.j2" if kind.name == "figure" else "themes.md.j2" if kind.name == "theme" else kind.listing


def _maker(catalogue: Catalogue, views: Views, site: Site, words: Words) -> Callable[..., str]:
    templates = environment(words.language)
    links: dict[tuple[int, str, str], Markup] = {}
    days = days_of(catalogue, site.changed, site.chronicle)

    def make(
        path: str,
        template: str,
        kind: Kind | None,
        record: Any,
        status: Status | None = None,
        explained: Explanation | None = None,
        former: gone.Former | None = None,
        about: Kind | None = None,
    ) -> str:
        page = Page(
            PagePlace(path),
            words,
            catalogue,
            views,
            kind,
            record,
            site.repository,
            site.address,
            site.changed,
            links,
            site.links,
        )
        listing = listing_of(page, status) if kind and record is None else None
        text = templates.get_template(template).render(
p=page, r=record, kind=kind, w=words, _=words.say, site=site, today=views.today,
            views=views, catalogue=catalogue, status=status, listing=listing, explained=explained,
            former=former, about=about,
            facets=panel_of(page) if listing and status is None else None,
        )  # fmt: skip
        text = with_foot(page, with_contents(text, words))
        text = text.replace(METER, str(meter_of(page))) if METER in text else text
        return _dated(text, days.get(page.place.file)) if status is None and former is None else text

    return make


def _dated(text: str, day: date | None) -> str:
    """Put the day on which a page last changed into its front matter, for the site map."""
    return text.replace("---\n", f'---\nchanged: "{day.isoformat()}"\n', 1) if day else text


def with_foot(page: Page, text: str) -> str:
    """End a page with what leads to report and edit, where it has no facts panel that offers them."""
    foot = "" if METER in text or not page.repository else html_block(str(mend.foot(page)))
    return text.strip("\n") + "\n" + foot


CONTENTS = "<!-- contents -->"


def with_contents(text: str, words: Words) -> str:
    """Put links to the page's sections where the template asks for them."""
    if CONTENTS not in text:
        return text
    titles = [unescape(part.partition("\n")[0].strip()) for part in text.split("\n## ")[1:]]
    links = [f'<a href="#{slugify(title, "-")}">{escape(title)}</a>' for title in titles]
    label = escape(words.say("On this page"))
    nav = f'<nav class="onpage" aria-label="{label}" data-pagefind-ignore>{" ".join(links)}</nav>' if links[2:] else ""
    return text.replace(CONTENTS, nav)


class Translated(Extension):
    """Puts the words of the language into `_("…")` while a template is compiled: pages need not look them up."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        say = words_of(self.environment.language).say  # type: ignore[attr-defined]
        return SAID.sub(lambda found: json.dumps(say(json.loads(found[1])), ensure_ascii=False), source)


SAID = re.compile(r'\b_\(("(?:[^"\\]|\\.)*")\)')
"""A text of ours in a template, as gettext's tools find it too."""


@lru_cache(maxsize=8)
def environment(language: str) -> Environment:
    """The templates in one language: everything is escaped unless its type says that it is markup."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.do", Translated],
    )
    made.language = language  # type: ignore[attr-defined]
    made.globals.update(NAMES)
    made.filters["html_block"] = lambda html: type(escape(""))(html_block(str(html)))
    made.filters["meta"] = front_matter
    return made


def front_matter(values: Mapping[str, Any]) -> Any:
    """A front matter block. The theme prints these values unescaped, so they are escaped here."""
    lines = [f"{key}: {_meta(value)}" for key, value in values.items() if value is not None]
    return type(escape(""))("---\n" + "\n".join(lines) + "\n---\n")


def _meta(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_meta, value)) + "]"
    text = " ".join(str(value).split())
    quoted = json.dumps(str(escape(text)), ensure_ascii=False)  # YAML does not join JSON's two halves of an emoji
    return re.sub("[\ufeff\ufffe\uffff]", lambda found: f"\\u{ord(found[0]):04x}", quoted)
