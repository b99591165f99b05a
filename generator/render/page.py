"""What a template may ask for while one page is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup, escape
from pydantic import BaseModel

from generator.derive import Views
from generator.derive.agreements import AgreementLife
from generator.derive.membership import Roll, expand, roll_of
from generator.derive.series import SeriesPosition, meetings_of, numbers_of, position_of
from generator.derive.status import Standing, Status
from generator.kinds.agreement import EventType
from generator.kinds.dialogue import Outcome
from generator.kinds.figure import FigureType
from generator.markdown import heading_text, prose_html, prose_inline
from generator.model.catalogue import Catalogue, Key
from generator.model.edtf import Interval, Open, PartialDate
from generator.model.evidence import Item, Record, Source
from generator.model.kind import Kind
from generator.model.parts import Money
from generator.model.values import Prose, Reference, Url, Vocabulary
from generator.render import relations, sentences, tiles
from generator.render.country_map import CountryMap, map_of
from generator.render.happenings import Line, TimelinePage, short_lists, timeline_page
from generator.render.home import Applied, Door, applied_of, doors_of
from generator.render.ledger import Entry, Ledger, supports_html
from generator.render.place import PagePlace
from generator.render.timeline import Chart, chart_of
from generator.render.trust import meter_html
from generator.render.words import Words

SHAPES = {
    "negotiating": '<circle class="mk-c" cx="10" cy="10" r="8"/>',
    "signed": '<circle class="mk-c" cx="10" cy="10" r="8"/>',
    "provisional": '<circle class="mk-c" cx="10" cy="10" r="8"/><path class="mk-f" d="M10 2a8 8 0 0 1 0 16z"/>',
    "full": '<circle class="mk-f" cx="10" cy="10" r="9"/>',
    "held": '<circle class="mk-c" cx="10" cy="10" r="8"/><circle class="mk-f" cx="10" cy="10" r="4"/>',
    "ended": '<circle class="mk-c" cx="10" cy="10" r="8"/><path class="mk-c" d="M5.5 10h9"/>',
    "unknown": '<circle class="mk-c" cx="10" cy="10" r="8"/><text x="10" y="14.2" text-anchor="middle">?</text>',
}


KNOW_DAYS = ("agreement", "programme", "dialogue", "country")
"""Kinds whose records and listings answer «as of» another day."""


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

    def by_date(self, dialogues: Iterable[Any]) -> list[Any]:
        """Dialogues from the latest to the first; what has no date comes last."""
        whens = ((dialogue.date or dialogue.start, dialogue) for dialogue in dialogues)
        keyed = [((when.earliest if when else date.min), dialogue) for when, dialogue in whens]
        return [dialogue for _, dialogue in sorted(keyed, key=lambda pair: (pair[0], pair[1].id), reverse=True)]

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

    def figure_types(self) -> list[FigureType]:
        """The sorts of figures that there are, in their own order."""
        there = {figure.type for figure in self.catalogue.of("figure")}
        return [type for type in FigureType if type in there]

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
            return self.out(value, value)
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
        return _mark(status)

    def status(self, standing: Standing | None) -> Markup:
        """Shape and word."""
        found = standing.status if standing else Status.NOT_KNOWN
        return _status(found, self.words)

    def standing(self, kind: str, id: str) -> Standing | None:
        return self.views.standings.get((kind, id))

    def life(self, id: str) -> AgreementLife:
        return self.views.lives[id]

    def sentence(self) -> sentences.Sentence | None:
        """The sentence that the record opens with, if its kind has one."""
        record, name = self.record, self.kind.name if self.kind else ""
        if name == "agreement":
            return sentences.agreement_sentence(record, self.life(record.id), self.catalogue, self.views, self.words)
        if name == "programme":
            return sentences.times_sentence(record, self.views, "programme", self.words)
        if name == "dialogue":
            return sentences.dialogue_sentence(record, self.catalogue, self.views, self.words)
        view = self.views.countries[record.id] if name == "country" else None
        if view and (record.side == "lac" or any(row.group.id == "EU" for row in view.groups)):
            return sentences.country_sentence(view, self.views, self.words, self.title("country", record.id))
        return None

    @property
    def is_comparable(self) -> bool:
        """Whether the page of comparison takes records of this kind."""
        return self.kind is not None and self.kind.name in COMPARABLE

    def steps_of(self, life: AgreementLife) -> list[EventType]:
        """The columns of the matrix: the steps that somebody took, in the order of an agreement's life."""
        taken = {step for steps in life.steps.values() for step in steps}
        return [step for step in MATRIX if step in taken]

    def party_words(self, standing: Standing | None) -> str:
        return sentences.party_words(standing, self.words)

    def party_note(self, standing: Standing | None) -> str:
        return sentences.party_note(standing, self.words)

    @property
    def knows_days(self) -> bool:
        """Whether the page answers «as of» another day: there is a file beside it that says what held."""
        return self.kind is not None and self.kind.name in KNOW_DAYS

    def marks(self) -> Markup:
        """One of each shape, for the script that shows another day."""
        return _marks()

    # -- charts

    def signed_as(self, life: AgreementLife) -> list[tuple[str, PartialDate, list[str]]]:
        """For each group that is party: the day it signed, and the names of those who were its members then."""
        made = []
        for group in (str(party) for party in self.record.parties if self.catalogue.find("group", party)):
            position = life.steps.get(group, {}).get(EventType.SIGNED)
            if position is not None:
                when = self.record.events[position].date
                members = sorted(self.party_name(code) for code in expand(self.catalogue, group, when))
                made += [(group, when, members)] if members else []
        return made

    def chart(self) -> Chart | None:
        """The timeline of the record, if there is one to draw."""
        return chart_of(self)

    def country_map(self) -> CountryMap:
        """The map of all countries of the region."""
        return map_of(self)

    def timeline_page(self) -> TimelinePage:
        """Everything dated, by year, with filters."""
        return timeline_page(self)

    def doors(self) -> tuple[Door, ...]:
        """The ways in of the home page."""
        return doors_of(self)

    def applying(self) -> tuple[Applied, ...]:
        """The agreements that apply today, by status."""
        return applied_of(self)

    def short_lists(self) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
        """What comes up, and what just happened."""
        return short_lists(self)

    # -- sources

    def cite(self, name: str, label: str) -> Markup:
        return self.ledger.field(name, label)

    def cite_item(self, name: str, item: Item, label: object) -> Markup:
        return self.ledger.item(name, item, str(label))

    def facets(
        self,
        standing: Standing | None,
        countries: Iterable[str] = (),
        groups: Iterable[str] = (),
        themes: Iterable[str] = (),
        year: int | None = None,
    ) -> Markup:
        """What Pagefind filters by, as attributes that nobody sees."""
        kind = self.kind.singular if self.kind else ""
        pairs = [("kind", kind)]
        pairs += [("status", self.words.say(standing.status.label))] if standing else []
        pairs += [("country", self.party_name(id)) for id in dict.fromkeys(map(str, countries))]
        pairs += [("group", self.party_name(id)) for id in dict.fromkeys(map(str, groups))]
        pairs += [("theme", self.title("theme", id)) for id in dict.fromkeys(map(str, themes))]
        pairs += [("year", str(year))] if year else []
        spans = (
            f'<span data-pagefind-filter="{name}[data-v]" data-v="{escape(value)}"></span>' for name, value in pairs
        )
        meta = f'<span data-pagefind-meta="kind[data-v]" data-v="{escape(kind)}"></span>'
        return Markup(f"<div hidden>{meta}{''.join(spans)}</div>")

    def imprint(self, source: Source) -> str:
        """Who published a source, what sort it is, where it stands, when it was read."""
        tier = self.words.say(source.tier.label) if source.tier else None
        celex = f"CELEX {source.celex}" if source.celex else None
        read = self.words.say("read {date}").format(date=self.words.date(source.accessed)) if source.accessed else None
        parts = (source.publisher, tier, source.language, celex, source.oj, source.locator, read)
        return " · ".join(str(part) for part in parts if part)

    def supports(self, entry: Entry) -> Markup:
        """Links back to every statement that a source supports."""
        return supports_html(entry, SHOWN, self.words)

    def meter(self) -> Markup:
        """How well the record is sourced; asked when the rest of the page is written."""
        return meter_html(self.record, self.ledger, self.words) if self.record is not None else Markup("")

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

    # -- relations

    def related(self) -> list[tuple[str, list[relations.Tie]]]:
        """Records tied to this one, by reason."""
        return relations.ties(self)

    def replacements(self) -> list[tuple[str, Markup]]:
        """Which agreements this one replaces, and which replace it, in a line each."""
        return relations.replacements(self)

    def party_sentence(self, life: AgreementLife, party: str) -> str:
        """The status of one party as a whole sentence."""
        return relations.party_sentence(self, life, party)

    def origins(self) -> list[tuple[str, int, Outcome]]:
        """The outcomes of dialogues that name this record."""
        return relations.origins(self)

    def results(self, outcome: Outcome) -> list[Key]:
        """What an outcome led to."""
        return relations.results(self, outcome)

    def tiles(self) -> list[tiles.Tile]:
        """The counts of a country, each leading to its section."""
        return tiles.country_tiles(self, self.views.countries[self.record.id])

    def by_now(self, programmes: Iterable[Any]) -> tuple[list[Any], list[Any]]:
        """Programmes that are not over, and those that are."""
        return tiles.by_now(self, tuple(programmes))

    def counts(self, kind: str, records: Iterable[Any]) -> str:
        """How many records of a kind have which status."""
        return tiles.counts(self, [self.standing(kind, record.id) for record in records])

    def signed(self, agreement: str, party: str) -> Markup:
        """When a party signed an agreement."""
        return tiles.step_date(self, agreement, party, (EventType.SIGNED,))

    def applied(self, agreement: str, party: str) -> Markup:
        """From when a party applied an agreement, provisionally or in force."""
        return tiles.step_date(self, agreement, party, tiles.APPLIED)

    def date_heads(self, kind: str) -> tuple[str, str]:
        """The heads of the two dates that a table of a kind has."""
        return tiles.date_heads(self, kind)

    def dates_of(self, kind: str, record: Any) -> tuple[str, str]:
        """The two dates of a record in a table."""
        return tiles.dates_of(self, kind, record)

    def roll(self) -> Roll:
        """Who belongs to the page's group today, and who did."""
        return roll_of(self.record, self.views.today)

    def position(self) -> SeriesPosition | None:
        """Where a meeting stands in its series."""
        return position_of(self.record, self.catalogue)

    def meetings(self) -> list[tuple[str, Any]]:
        """The meetings of a series, each with what it is called in the drawing."""
        found = meetings_of(self.record, self.catalogue)
        return list(zip(numbers_of(found), found, strict=True))

    def linked(self, kind: str, *fields: str) -> list[Any]:
        """Records of a kind that refer to this one by one of the fields."""
        assert self.kind is not None
        links = self.catalogue.links_to.get((self.kind.name, self.record.id), ())
        ids = dict.fromkeys(link.id for link in links if link.kind == kind and (not fields or link.path[0] in fields))
        return [self.catalogue.records[kind][id] for id in ids]

    # -- sharing

    @property
    def card(self) -> str:
        """The picture that stands for this page where its link is shared."""
        return card_path(self.kind, self.record)

    # -- the repository

    def file(self) -> str:
        """The content file behind this page, below the content folder; empty where there is none."""
        if self.kind is None or (self.record is None and not self.kind.file):
            return ""
        suffix = ".md" if self.kind.name == "page" else ".yml"
        return self.kind.file or f"{self.kind.folder}/{self.record.id}{suffix}"

    def edit_url(self) -> str:
        """Where the file behind this page can be changed."""
        return self.edit_of(self.file())

    def edit_of(self, file: str) -> str:
        """Where a content file can be changed."""
        return f"{self.repository}/edit/main/content/{file}" if self.repository and file else ""

    def report_url(self) -> str:
        """A new issue with the record and the address of this page filled in."""
        if self.record is None or self.kind is None:
            return self.report_of("", "", self.place.address)
        name = "" if self.kind.name == "page" else self.kind.name
        return self.report_of(name, self.record.id, self.place.address)

    def foot(self) -> Markup:
        """The last line of a page that has no facts panel: report a mistake on it, mend the file behind it."""
        links = [(self.report_url(), self.words.say("Report a mistake on this page"))]
        edit = self.words.say("Edit this page") if self.record is not None else self.words.say("Edit these records")
        links.append((self.edit_url(), edit))
        made = [Markup(f'<a href="{escape(url)}">{escape(word)}</a>') for url, word in links if url]
        return Markup(f'<p class="mend" data-pagefind-ignore>{Markup(" · ").join(made)}</p>') if made else Markup("")

    def helps(self, kind: str, id: str) -> Markup:
        """Links to mend a record that this page names, and to report what is wrong with it."""
        of = self.kind_of(kind)
        file, name = of.file or f"{of.folder}/{id}.yml", self.title(kind, id)
        report = self.report_of(kind, id, PagePlace(of.page(id)).address)
        links = [(self.edit_of(file), self.words.say("Edit")), (report, self.words.say("Report"))]
        return Markup(" ").join(
            Markup(f'<a href="{escape(url)}">{word}<span class="vh"> {escape(name)}</span></a>')
            for url, word in links
            if url
        )

    def report_of(self, kind: str, id: str, address: str) -> str:
        """A new issue about a record or page: the fields of the issue form, and the same as text for other hosts."""
        if not self.repository:
            return ""
        page = f"{self.address}{address}"
        title, record = (self.title(kind, id), f"{kind}/{id}") if kind else (address or "home", id)
        lines = (f"Record: {record}", f"Page: {page}", "", "What is wrong:", "", "What is right:", "", "Source:", "")
        fields = {"template": "mistake.yml", "title": f"Mistake: {title}", "record": record, "page": page}
        return f"{self.repository}/issues/new?{urlencode({**fields, 'body': chr(10).join(lines)})}"

    def last_changed(self) -> tuple[str, date] | None:
        """When the record's file last changed, in words that say if it holds others; None where git can't say."""
        found = self.changed.get(self.file())
        if found is None or self.kind is None:
            return None
        said = "File of these records last changed" if self.kind.file else "Record last changed"
        return self.words.say(said), found


LOCAL_LINK = re.compile(r"\]\(([^)\s:]+\.md(?:#[^)\s]*)?)")
"""A link of Markdown to another page of the site."""

COMPARABLE = ("programme", "agreement", "dialogue", "country", "border-area", "group")
"""Kinds whose records can be laid side by side."""


def card_path(kind: Kind | None, record: Any) -> str:
    """Where the share card of a page stands: its own, or that of its section, or that of the site."""
    if kind is None or kind.name == "page":
        return "assets/cards/site.png"
    if record is None or kind.name not in COMPARABLE:
        return f"assets/cards/{kind.section}.png"
    return f"assets/cards/{kind.page(record.id).removesuffix('.md')}.png"


SHOWN = 5
"""So many statements of a source are named in the evidence list."""

MATRIX = (
    EventType.NEGOTIATIONS_OPENED,
    EventType.JOINED_TALKS,
    EventType.SIGNED,
    EventType.PROVISIONAL,
    EventType.IN_FORCE,
    EventType.SUSPENDED,
    EventType.TERMINATED,
)


@lru_cache(maxsize=256)
def _status(status: Status, words: Words) -> Markup:
    return Markup(f'<span class="st">{_mark(status)}{escape(words.say(status.label))}</span>')


@lru_cache(maxsize=1)
def _marks() -> Markup:
    one_of_each = {status.mark: status for status in Status}
    return Markup("").join(_mark(status) for status in one_of_each.values())


@lru_cache(maxsize=64)
def _mark(status: Status) -> Markup:
    shape = SHAPES[status.mark]
    return Markup(f'<svg class="mk {status.mark}" aria-hidden="true" viewBox="0 0 20 20">{shape}</svg>')


class _Empty(Record):
    """Stands for the record of a page that shows none."""


_NO_RECORD = _Empty(id="none")
