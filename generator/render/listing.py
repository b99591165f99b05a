"""What a listing shows of each kind: columns and rows, sorted as a reader expects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from generator.charts import Axis, Bar, hatch_svg, key_svg, lifeline_svg
from generator.derive.status import Standing, Status
from generator.derive.timelines import Stretch, stretches_of
from generator.model.edtf import Interval, Open, PartialDate, When
from generator.render.facets import data_of
from generator.render.page import Page
from generator.render.timeline import KEY, shape_of
from generator.render.words import Words


@dataclass(frozen=True)
class Cell:
    """One cell: what is shown, and the key by which the column sorts; what has no key comes last."""

    html: Markup
    key: str = ""
    place: str = ""
    """What another day says here, by its name in the file beside the page; `status` for the record's status."""


@dataclass(frozen=True)
class Column:
    """A column: its name in the address, and its head."""

    name: str
    title: str


@dataclass(frozen=True)
class Row:
    """A record of the listing."""

    id: str
    cells: tuple[Cell, ...]
    data: Markup
    """What its filters ask of it, as attributes."""
    life: Markup
    """Its life on the axis of the listing, or nothing."""


@dataclass(frozen=True)
class Listing:
    """A table of records of a kind; the first column is the record's own link."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    axis: Axis | None = None
    key: tuple[tuple[Markup, str], ...] = ()
    """The shapes of the lives, and their words."""

    @property
    def hatch(self) -> Markup:
        """What the lives of the page are hatched with."""
        return hatch_svg()


def listing_of(page: Page, status: Status | None = None) -> Listing:
    """The listing of the page's kind, or of those of its records that have a status."""
    assert page.kind is not None
    name = page.kind.name
    columns, cells = TABLES.get(name, ((), lambda page, record: ()))
    records = sorted(
        (record for record in page.catalogue.of(name) if status in (None, _facet_status(page, name, record.id))),
        key=lambda record: (_order(page, name, record), _fold(page.title(name, record.id))),
    )
    lives = {record.id: _life(page, record.id) for record in records} if name == "agreement" else {}
    axis = _axis(page, lives)
    rows = tuple(
        Row(
            record.id,
            (Cell(page.a(name, record.id), _fold(page.title(name, record.id))), *cells(page, record)),
            data_of(found) if (found := page.views.facets.get((name, record.id))) else Markup(""),
            _lifeline(page, lives.get(record.id, ()), axis) if axis else Markup(""),
        )
        for record in records
    )
    heads = (("name", "Name"), *columns)
    return Listing(tuple(Column(name, page.words.say(title)) for name, title in heads), rows, axis, _key(page, lives))


def _facet_status(page: Page, kind: str, id: str) -> Status | None:
    found = page.views.facets.get((kind, id))
    return found.status if found else None


# -- the lives of agreements, on one axis


def _life(page: Page, id: str) -> tuple[Stretch, ...]:
    return stretches_of(page.life(id).headline, page.views.today)


def _axis(page: Page, lives: Mapping[str, tuple[Stretch, ...]]) -> Axis | None:
    """From the year in which the first begins to today."""
    firsts = [stretch.start for life in lives.values() for stretch in life]
    return Axis(min(firsts).replace(month=1, day=1), page.views.today) if firsts else None


def _key(page: Page, lives: Mapping[str, tuple[Stretch, ...]]) -> tuple[tuple[Markup, str], ...]:
    used = {shape_of("agreement", stretch) for life in lives.values() for stretch in life}
    return tuple((key_svg(sample, "life"), page.words.say(word)) for sample, word in KEY.items() if sample in used)


def _lifeline(page: Page, life: tuple[Stretch, ...], axis: Axis) -> Markup:
    bars = tuple(Bar(s.start, s.end, shape_of("agreement", s), s.thin) for s in life)
    return lifeline_svg(bars, axis, _told(page, life)) if bars else Markup("")


def _told(page: Page, life: tuple[Stretch, ...]) -> str:
    """«Signed 2012–2013, In force 2013–2026»."""
    told = [
        f"{page.words.say(s.status.label)} {s.start.year}{f'–{s.end.year}' if s.end.year > s.start.year else ''}"
        for s in life
        if not s.thin
    ]
    return ", ".join(told)


def _fold(text: str) -> str:
    return text.casefold()


ORDER = ("in-force", "running", "provisionally-applied", "signed", "not-known", "held", "ended", "superseded")


def _order(page: Page, kind: str, record: Any) -> tuple[int, str]:
    if kind in ("agreement", "programme"):
        standing = page.standing(kind, record.id)
        status = standing.status.value if standing else "not-known"
        return (ORDER.index(status) if status in ORDER else 3, "")
    if kind == "dialogue":
        when = record.date or record.start
        return (0 if record.date else 1, str(99999999 - (when.earliest.toordinal() if when else 0)))
    if kind == "country":
        return (("lac", "europe", "other").index(record.side.value), "")
    return (0, "")


def _date(page: Page, when: When | Open | None) -> Cell:
    if when is None:
        return Cell(Markup(f'<span class="sub">{escape(page.words.say("not known"))}</span>'))
    key = "9998" if isinstance(when, Open) else when.earliest.isoformat()
    return Cell(Markup(f'<span class="date">{escape(page.words.short_date(when))}</span>'), key)


def _status(page: Page, kind: str, record: Any) -> Cell:
    standing = page.standing(kind, record.id)
    html = page.status(standing)
    since = since_words(standing, page.words) if standing else ""
    if since:
        html += Markup(' <span class="sub">{}</span>').format(since)
    if standing is not None and not standing.verified:
        html += Markup(' <span class="flag unsure">{}</span>').format(page.words.say("not verified"))
    return Cell(
        html, str(ORDER.index(standing.status.value)) if standing and standing.status.value in ORDER else "5", "status"
    )


DATED = (Status.NOT_KNOWN, Status.HELD, Status.RUNNING, Status.ENDED)
"""Statuses whose dates stand in columns of their own."""


def since_words(standing: Standing, words: Words) -> str:
    """«since 1 Mar 2013», or nothing where a column of the listing has the date."""
    if standing.since is None or standing.status in DATED:
        return ""
    return words.say("since {date}").format(date=words.short_date(standing.since))


def _with(page: Page, record: Any) -> Cell:
    partners = [str(party) for party in record.parties if party != "EU"]
    if len(partners) > 4:
        text = page.words.count("{n} country", "{n} countries", len(partners))
        groups = ", ".join(page.title("group", str(group)) for group in record.regional_groups)
        return Cell(escape(f"{groups}: {text}" if groups else text), groups or text)
    names = ", ".join(page.party_name(p) for p in partners)
    return Cell(escape(names), names)


def _agreement(page: Page, record: Any) -> tuple[Cell, ...]:
    signed = min((e.date for e in record.events if e.event == "signed"), key=lambda d: d.sort_key, default=None)
    applied = min(
        (e.date for e in record.events if e.event in ("provisional-application", "entry-into-force")),
        key=lambda d: d.sort_key,
        default=None,
    )
    return _status(page, "agreement", record), _with(page, record), _dash(page, signed), _dash(page, applied)


def _dash(page: Page, when: PartialDate | None) -> Cell:
    return _date(page, when) if when else Cell(Markup("–"))


def _programme(page: Page, record: Any) -> tuple[Cell, ...]:
    countries = Cell(
        escape(page.words.number(len(record.countries)) if record.countries else "–"),
        str(len(record.countries)),
    )
    return _status(page, "programme", record), _date(page, record.start), _date(page, record.end), countries


def _dialogue(page: Page, record: Any) -> tuple[Cell, ...]:
    when: When | None = record.date or record.start
    kind = Cell(escape(page.words.say(record.type.label)), record.type.label)
    parties = ", ".join(page.party_name(str(p)) for p in record.parties[:4])
    more = len(record.parties) - 4
    if more > 0:
        parties += page.words.count(" and {n} more", " and {n} more", more)
    shown = when.start if isinstance(when, Interval) and when.end is None else when
    return kind, _status(page, "dialogue", record), _date(page, shown), Cell(escape(parties), parties)


def _border_area(page: Page, record: Any) -> tuple[Cell, ...]:
    names = ", ".join(page.party_name(str(c)) for c in record.countries)
    chains = ", ".join(dict.fromkeys(str(chain.name) for chain in record.value_chains))
    return Cell(escape(names), names), Cell(escape(chains or "–"), chains)


def _country(page: Page, record: Any) -> tuple[Cell, ...]:
    view = page.views.countries[record.id]
    binding = sum(1 for b in view.bonds if b.standing and b.standing.status.mark in ("full", "provisional"))
    numbers = [binding, len(view.programmes), len(view.dialogues) + len(view.summits), len(view.border_areas)]
    side = Cell(escape(page.words.say(record.side.label)), record.side.label)
    places = [f"{record.id}:{name}" for name in ("agreements", "programmes", "dialogues")]
    return (side, *(Cell(escape(n or "–"), str(n), place) for n, place in zip(numbers, [*places, ""], strict=True)))


def _group(page: Page, record: Any) -> tuple[Cell, ...]:
    today = [row for row in record.members if row.role.value == "member" and row.until is None]
    count = sum(len(row.countries) for row in today)
    full = Cell(escape(record.name), str(record.name))
    return full, _dash(page, record.founded), Cell(escape(count or "–"), str(count))


def _organisation(page: Page, record: Any) -> tuple[Cell, ...]:
    kind = page.words.say(record.type.label) if record.type else "–"
    country = page.party_name(str(record.country)) if record.country else "–"
    links = page.catalogue.links_to.get(("organisation", record.id), ())
    count = len({(link.kind, link.id) for link in links if link.kind != "organisation"})
    return Cell(escape(kind), kind), Cell(escape(country), country), Cell(escape(count), str(count))


Cells = Callable[[Page, Any], tuple[Cell, ...]]
TABLES: dict[str, tuple[tuple[tuple[str, str], ...], Cells]] = {
    "agreement": (
        (("status", "Status"), ("with", "With"), ("signed", "Signed"), ("applied", "Applied from")),
        _agreement,
    ),
    "programme": (
        (("status", "Status"), ("start", "Start"), ("end", "End"), ("countries", "Partner countries")),
        _programme,
    ),
    "dialogue": (
        (("type", "Type"), ("status", "Status"), ("date", "Date or start"), ("parties", "Between")),
        _dialogue,
    ),
    "border-area": ((("countries", "Countries"), ("chains", "Value chains")), _border_area),
    "country": (
        (
            ("side", "Side"),
            ("agreements", "Agreements that apply"),
            ("programmes", "Programmes"),
            ("dialogues", "Dialogues and summits"),
            ("areas", "Border areas"),
        ),
        _country,
    ),
    "group": ((("full", "Full name"), ("founded", "Founded"), ("members", "Members in this catalogue")), _group),
    "organisation": ((("type", "Type"), ("country", "Country"), ("records", "Records")), _organisation),
}
