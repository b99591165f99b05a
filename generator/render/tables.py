"""What tables of records show: their order, their dates, and the counts that lead to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from generator.derive.countries import CountryView
from generator.derive.status import Standing, Status
from generator.derive.successions import first_of
from generator.kinds.agreement import EventType
from generator.model.edtf import PartialDate

if TYPE_CHECKING:
    from generator.render.page import Page

ORDER = (
    Status.IN_FORCE,
    Status.PROVISIONAL,
    Status.SIGNED,
    Status.RUNNING,
    Status.ANNOUNCED,
    Status.NOT_KNOWN,
    Status.ENDED,
)
"""In which order counts are named; the other statuses follow as they stand in the vocabulary."""
RANKS = {status: rank for rank, status in enumerate(dict.fromkeys((*ORDER, *Status)))}
NOW = frozenset({Status.RUNNING, Status.ANNOUNCED, Status.NOT_KNOWN})
"""What is not over, as far as anybody knows."""


@dataclass(frozen=True)
class Tile:
    """A count: what, the anchor of its section, the words."""

    label: str
    anchor: str
    text: str


def country_tiles(page: Page, view: CountryView) -> list[Tile]:
    """What there is of a country, in the order of its page; nothing for what is not there."""
    w = page.words
    bonds = [bond.standing for bond in view.bonds]
    lives = [page.standing("programme", programme.id) for programme in view.programmes]
    own = w.say("{n} of its own").format(n=w.number(len(view.dialogues))) if view.dialogues else ""
    meetings = w.say("{n} of its groups").format(n=w.number(len(view.summits))) if view.summits else ""
    found = (
        Tile(w.say("Agreements"), "agreements", counts(page, bonds) if bonds else ""),
        Tile(w.say("Programmes"), "programmes", counts(page, lives) if lives else ""),
        Tile(w.say("Dialogues and summits"), "dialogues", ", ".join(filter(None, (own, meetings)))),
        Tile(w.say("Border areas"), "border-areas", w.number(len(view.border_areas)) if view.border_areas else ""),
    )
    return [tile for tile in found if tile.text]


def counts(page: Page, standings: Iterable[Standing | None]) -> str:
    """«1 in force, 2 signed»."""
    found = Counter(standing.status if standing else Status.NOT_KNOWN for standing in standings)
    w = page.words
    named = sorted(found, key=lambda status: RANKS[status])
    return ", ".join(f"{w.number(found[status])} {w.say(status.label).lower()}" for status in named)


def counted(page: Page, kind: str, records: Iterable[Any]) -> str:
    """How many records of a kind have which status."""
    return counts(page, [page.standing(kind, record.id) for record in records])


def by_date(dialogues: Iterable[Any]) -> list[Any]:
    """Dialogues from the latest to the first; what has no date comes last."""
    whens = ((dialogue.date or dialogue.start, dialogue) for dialogue in dialogues)
    keyed = [((when.earliest if when else date.min), dialogue) for when, dialogue in whens]
    return [dialogue for _, dialogue in sorted(keyed, key=lambda pair: (pair[0], pair[1].id), reverse=True)]


def by_now(page: Page, programmes: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    """Programmes that run or may run, then those that have ended; each with the latest beginning first."""
    status = {p.id: s.status if (s := page.standing("programme", p.id)) else Status.NOT_KNOWN for p in programmes}
    order = sorted(programmes, key=lambda p: (-_start(p), p.id))
    now = sorted((p for p in order if status[p.id] in NOW), key=lambda p: RANKS[status[p.id]])
    return now, [p for p in order if status[p.id] not in NOW]


def _start(programme: Any) -> int:
    return programme.start.earliest.toordinal() if programme.start else 0


APPLIED = (EventType.PROVISIONAL, EventType.IN_FORCE)


def signed(page: Page, agreement: str, party: str) -> Markup:
    """When a party signed an agreement."""
    return _step_date(page, agreement, party, (EventType.SIGNED,))


def applied(page: Page, agreement: str, party: str) -> Markup:
    """From when a party applied an agreement, provisionally or in force."""
    return _step_date(page, agreement, party, APPLIED)


def _step_date(page: Page, agreement: str, party: str, steps: Sequence[EventType]) -> Markup:
    """The date of the earliest of some steps of a party, as a link to its place in the history; «–» for none."""
    taken = page.life(agreement).steps.get(party, {})
    events = page.catalogue.records["agreement"][agreement].events  # type: ignore[attr-defined]
    numbers = [taken[step] for step in steps if step in taken]
    if not numbers:
        return Markup("–")
    first = min(numbers, key=lambda n: (events[n].date.sort_key, n))
    address = page.href(page.path("agreement", agreement) + f"#e{first + 1}")
    return Markup(f'<a href="{escape(address)}">{escape(page.words.short_date(events[first].date))}</a>')


def date_heads(page: Page, kind: str) -> tuple[str, str]:
    """What the two dates of a kind are, as heads of a table."""
    w = page.words
    if kind == "agreement":
        return w.say("Signed"), w.say("Applied from")
    return w.say("Start") if kind == "programme" else w.say("Date or start"), w.say("End")


def dates_of(page: Page, kind: str, record: Any) -> tuple[str, str]:
    """The two dates of a record for a table; an agreement's are those of its first party."""
    w = page.words
    if kind == "agreement":
        dates = [when for step in APPLIED if (when := first_of(record, step))]
        earliest = min(dates, key=lambda when: when.sort_key, default=None)
        return _date(page, first_of(record, EventType.SIGNED)), _date(page, earliest)
    if kind == "dialogue" and record.date:
        return w.short_date(record.date), ""
    return w.short_date(record.start), w.short_date(record.end)


def _date(page: Page, when: PartialDate | None) -> str:
    return page.words.short_date(when) if when else "–"
