"""What templates and the modules beside this one ask for while one page is written: links, names, values, sources.

What only some pages show has a module of its own (`relations`, `tables`, `timeline` …); all are names in templates.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from markupsafe import Markup, escape
from pydantic import BaseModel

from generator.derive import Views
from generator.derive.agreements import AgreementLife
from generator.derive.status import Standing, Status
from generator.markdown import heading_text, prose_html, prose_inline
from generator.model.catalogue import Catalogue
from generator.model.edtf import Interval, Open, PartialDate
from generator.model.evidence import Item, Record
from generator.model.kind import Kind
from generator.model.links import Ledger as LinkLedger
from generator.model.parts import Money
from generator.model.values import Prose, Reference, Url, Vocabulary
from generator.render import marks, reach
from generator.render.ledger import Ledger
from generator.render.place import PagePlace
from generator.render.words import Words


@dataclass
class Page:
    """One page being written: where it is, in which language, about which record."""

    place: PagePlace
    words: Words
    catalogue: Catalogue
    views: Views
    kind: Kind | None = None
    record: Any = None
    repository: str = ""
    address: str = ""
    """The address of the site."""
    changed: Mapping[str, date] = field(default_factory=dict)
    """The day of the last change of each content file, where git knows it."""
    links: dict[tuple[int, str, str], Markup] = field(default_factory=dict)
    """Links made before, by depth of the page: pages of one depth write them alike, and most links recur."""
    links_known: LinkLedger = field(default_factory=dict)
    """What is known of the addresses that records cite."""
    ledger: Ledger = field(init=False)

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.record or _NO_RECORD, self.words, shared=bool(self.kind and self.kind.file))

    # -- links

    def href(self, target: str) -> str:
        """The address of a page or file, from here."""
        return self.place.html(target)

    def path(self, kind: str, id: str) -> str:
        """The Markdown file of a record."""
        return self.kind_of(kind).page(id)

    def kind_of(self, name: str) -> Kind:
        return next(kind for kind in self.catalogue.kinds if kind.name == name)

    def title(self, kind: str, id: str) -> str:
        """The name of a record, in the reader's language where it is a country."""
        if kind == "country":
            return self.words.country(str(id))
        found = self.catalogue.find(kind, id)
        if kind == "theme":
            return str(getattr(found.labels, self.words.language, None) or found.labels.en) if found else str(id)
        return found.title if found else str(id)

    def a(self, kind: str, id: str) -> Markup:
        """A link to a record, by its name."""
        key = (self.place.address.count("/"), kind, str(id))
        if key not in self.links:
            self.links[key] = self._link(kind, id)
        return self.links[key]

    def _link(self, kind: str, id: str) -> Markup:
        found = self.catalogue.find(kind, id)
        name = escape(self.title(kind, id))
        return Markup(f'<a href="{escape(self.href(self.path(kind, found.id)))}">{name}</a>') if found else name

    def by_name(self, kind: str) -> list[Any]:
        """All records of a kind, by the name that is shown."""
        return sorted(self.catalogue.of(kind), key=lambda record: self.title(kind, record.id).casefold())

    def in_order(self, ids: Iterable[str]) -> list[str]:
        """Countries by the name that is shown, letters with accents beside those without."""
        return sorted(ids, key=lambda id: unicodedata.normalize("NFKD", self.party_name(id)).casefold())

    def party(self, id: str) -> Markup:
        """A link to a country or group."""
        return self.a("country" if self.catalogue.find("country", id) else "group", id)

    def party_name(self, id: str) -> str:
        return self.title("country" if self.catalogue.find("country", id) else "group", id)

    def parties(self, ids: Iterable[str]) -> Markup:
        return Markup(", ").join(self.party(str(id)) for id in ids)

    def refs(self, kind: str, ids: Iterable[str]) -> Markup:
        """Links to several records, parted by commas."""
        return Markup(", ").join(self.a(kind, str(id)) for id in ids)

    def names(self, ids: Iterable[str]) -> str:
        return ", ".join(self.party_name(str(id)) for id in ids)

    def out(self, url: str | None, text: str) -> Markup:
        """A link that leaves the site, or the text alone."""
        return Markup(f'<a href="{escape(url)}" rel="external">{escape(text)}</a>') if url else escape(text)

    # -- values

    def show(self, value: Any) -> Markup:
        """Any value of a record, as a reader sees it."""
        if isinstance(value, Reference):
            kind = next((k for k in value.kinds if self.catalogue.find(k, value)), value.kinds[0])
            return self.a(kind, value)
        if isinstance(value, Vocabulary):
            return escape(self.words.say(value.label))
        if isinstance(value, PartialDate | Interval | Open):
            return escape(self.words.date(value))
        if isinstance(value, Prose):
            return prose_inline(value)
        if isinstance(value, Url):
            return Markup(" ").join(filter(None, (self.out(value, value), reach.told(self, value))))
        if isinstance(value, bool):
            return escape(self.words.say("yes") if value else self.words.say("no"))
        if isinstance(value, Decimal | int):
            return escape(self.words.number(value))
        if isinstance(value, Money):
            return escape(self.money(value))
        if isinstance(value, tuple):
            return Markup(", ").join(self.show(each) for each in value)
        if isinstance(value, BaseModel):
            return Markup("; ").join(
                self.show(each) for name, each in value if each not in (None, ()) and name != "sources"
            )
        return escape(value)

    def money(self, money: Money) -> str:
        return self.words.money(money.amount, money.currency, money.qualifier)

    def prose(self, text: str) -> Markup:
        return prose_html(text)

    def inline(self, text: str) -> Markup:
        return prose_inline(text)

    def raw(self, text: str) -> Markup:
        """Hand-written Markdown, which validation has passed, with its links made from this page's place."""
        return Markup(LOCAL_LINK.sub(lambda found: f"]({self.place.written(found[1])}", str(text)))

    def heading(self, text: object) -> Markup:
        return Markup(heading_text(text))

    # -- status

    def mark(self, status: Status) -> Markup:
        """The shape of a status."""
        return marks.mark(status)

    def status(self, standing: Standing | None) -> Markup:
        """Shape and word."""
        found = standing.status if standing else Status.NOT_KNOWN
        return marks.told(found, self.words)

    def standing(self, kind: str, id: str) -> Standing | None:
        return self.views.standings.get((kind, id))

    def life(self, id: str) -> AgreementLife:
        return self.views.lives[id]

    # -- sources

    def cite(self, name: str, label: str) -> Markup:
        return self.ledger.field(name, label)

    def cite_item(self, name: str, item: Item, label: object) -> Markup:
        return self.ledger.item(name, item, str(label))

    # -- the facts panel

    def row(self, label: object, body: object) -> Markup:
        """A line of the facts panel, or nothing where there is nothing to say."""
        return Markup(f"<div><dt>{escape(label)}</dt> <dd>{escape(body)}</dd></div>") if body else Markup("")

    def fact(self, name: str, label: str) -> Markup:
        """A plain field as a line of the facts panel, with its sources."""
        value = getattr(self.record, name)
        if value is None or value == ():
            return Markup("")
        return self.row(label, self.show(value) + self.cite(name, label) + self.evidence_note(name))

    def evidence_note(self, name: str) -> Markup:
        """What the evidence of a field has to add."""
        evidence = self.record.evidence.get(name)
        return self.note(evidence) if evidence else Markup("")

    def note(self, item: Any) -> Markup:
        """The note of an item, small."""
        return Markup(f' <span class="sub">{prose_inline(item.note)}</span>') if item.note else Markup("")


LOCAL_LINK = re.compile(r"\]\(([^)\s:]+\.(?:md|webp)(?:#[^)\s]*)?)")
"""A link of Markdown to another page or a picture of the site."""


class _Empty(Record):
    """Stands for the record of a page that shows none."""


_NO_RECORD = _Empty(id="none")
