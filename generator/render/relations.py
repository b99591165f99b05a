"""The words for what ties records together: why one is related, which text replaced which, what came out of what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from generator.derive.related import Reason, Relation
from generator.derive.series import led_to
from generator.derive.successions import Succession, first_of, successions_of
from generator.kinds.agreement import EventType
from generator.kinds.dialogue import Outcome
from generator.model.catalogue import Key

if TYPE_CHECKING:
    from generator.render.page import Page

REASONS: dict[Reason, str] = {
    Reason.REPLACED: "It took the place of",
    Reason.REPLACED_BY: "Its place was taken by",
    Reason.REPLACES: "Named as what it replaces",
    Reason.SUCCESSOR: "Named as its successor",
    Reason.PREVIOUS: "Previous meeting of the series",
    Reason.NEXT: "Next meeting of the series",
    Reason.SERIES: "The series",
    Reason.CAME_OUT_OF: "It came out of",
    Reason.LED_TO: "It led to",
    Reason.HISTORY: "One is named in the history of the other",
    Reason.NAMED: "Named as related",
    Reason.SAME_PROGRAMME: "Same programme worked in both",
    Reason.SAME_AREA: "Same border area",
    Reason.SAME_COUNTRIES: "Border areas of the same country",
    Reason.SAME_THEME: "Same theme and country",
    Reason.SAME_BODY: "Carried out by the same body",
}
ALSO: dict[Reason, str] = {
    Reason.SAME_PROGRAMME: "same programme: {shared}",
    Reason.SAME_AREA: "same border area: {shared}",
    Reason.SAME_COUNTRIES: "same country: {shared}",
    Reason.SAME_THEME: "same theme and country: {shared}",
    Reason.SAME_BODY: "same body: {shared}",
}
NAMED = 3
"""So many shared things of a kind are named; more are counted."""


@dataclass(frozen=True)
class Tie:
    """A related record as a page shows it: where it leads, what is shared, and whether its status says anything."""

    kind: str
    id: str
    detail: str = ""
    status: bool = True


def ties(page: Page) -> list[tuple[str, list[Tie]]]:
    """The records related to the page's own, by reason, the strongest first."""
    if page.kind is None or page.record is None:
        return []
    found: dict[str, list[Tie]] = {}
    for relation in page.views.related.get((page.kind.name, page.record.id), ()):
        heading = page.words.say(REASONS[relation.reason])
        tie = Tie(relation.kind, relation.id, _detail(page, relation), relation.reason is not Reason.SERIES)
        found.setdefault(heading, []).append(tie)
    for kind, id in _of_other_kinds(page):
        found.setdefault(page.words.say(page.kind_of(kind).singular), []).append(Tie(kind, id))
    return list(found.items())


KNOWN = frozenset(
    {"programme", "agreement", "dialogue", "border-area", "country", "group", "organisation", "theme", "figure", "page"}
)
"""Kinds whose links have sections of their own or a reason; any other is named by its kind."""


def _of_other_kinds(page: Page) -> dict[Key, None]:
    assert page.kind is not None
    links = page.catalogue.links_to.get((page.kind.name, page.record.id), ())
    return dict.fromkeys((link.kind, link.id) for link in links if link.kind not in KNOWN)


def _detail(page: Page, relation: Relation) -> str:
    shared = _shared(page, relation.shared)
    if not shared:
        return ""
    if relation.also is None:
        return shared
    return page.words.say(ALSO[relation.also]).format(shared=shared)


def _shared(page: Page, keys: tuple[Key, ...]) -> str:
    """«innovation, Peru and 2 more countries»."""
    w = page.words
    themes = [page.title("theme", id) for kind, id in keys if kind == "theme"]
    others = [page.title(kind, id) for kind, id in keys if kind != "theme"]
    return "; ".join(_some(names, w.say("and {n} more")) for names in (themes, others) if names)


def _some(names: list[str], more: str) -> str:
    rest = len(names) - NAMED
    if rest < 2:  # «and 1 more» is no shorter than its name
        return ", ".join(names)
    return ", ".join(names[:NAMED]) + " " + more.format(n=rest)


# -- which text replaced which


def replacements(page: Page) -> list[tuple[str, Markup]]:
    """A line for each agreement before or after the page's own: what it is to it, and the dates of both."""
    found = successions_of(page.record, page.catalogue)
    return [(_whether(page, each), _line(page, each)) for each in found]


def _whether(page: Page, found: Succession) -> str:
    w, dated = page.words, found.when is not None
    if found.after:
        return w.say("Replaced by") if dated and not found.scope else w.say("Successor")
    return w.say("Replaces")


def _line(page: Page, found: Succession) -> Markup:
    other = page.catalogue.records["agreement"][found.other]
    w = page.words
    parts = [escape(text) for text in _dates(page, other)]
    if found.when is not None:
        anchor = f"#e{(found.event or 0) + 1}"
        target = anchor if found.where == page.record.id else page.href(page.path("agreement", found.where) + anchor)
        what = w.say("{what} replaced {day}").format(what=_what(page, found), day=w.on(found.when)).strip()
        parts.append(Markup(f'<a href="{escape(target)}">{escape(what)}</a>'))
    else:
        parts.append(escape(w.say("no date of a replacement is recorded")))
    return page.a("agreement", found.other) + " (" + Markup("; ").join(parts) + ")"


def _what(page: Page, found: Succession) -> str:
    if found.scope:
        return page.words.say("{part} part").format(part=found.scope)
    return found.text or ""


def _dates(page: Page, other: object) -> Iterator[str]:
    """When the other was signed, applied and in force, as far as its history says."""
    w = page.words
    steps = (
        (EventType.SIGNED, w.say("signed {day}")),
        (EventType.PROVISIONAL, w.say("provisionally applied from {date}")),
        (EventType.IN_FORCE, w.say("in force from {date}")),
    )
    for step, pattern in steps:
        when = first_of(other, step)  # type: ignore[arg-type]
        if when is not None:
            yield pattern.format(day=w.on(when), date=w.date(when))
        elif step is EventType.IN_FORCE:
            yield w.say("no entry into force is recorded")


# -- what came out of what


def origins(page: Page) -> list[tuple[str, int, Outcome]]:
    """The outcomes that name the page's record: the dialogue, the number of the outcome there, the outcome."""
    if page.kind is None:
        return []
    found = page.views.origins.get((page.kind.name, page.record.id), ())
    return [(id, at + 1, page.catalogue.records["dialogue"][id].outcomes[at]) for id, at in found]  # type: ignore[attr-defined]


def results(page: Page, outcome: Outcome) -> list[Key]:
    """What an outcome led to, by kind and id, as far as there is a record."""
    return [(kind, id) for kind, id in led_to(outcome) if page.catalogue.find(kind, id)]


def linked(page: Page, kind: str, *fields: str) -> list[Any]:
    """Records of a kind that refer to the page's own by one of the fields, or by any."""
    assert page.kind is not None
    links = page.catalogue.links_to.get((page.kind.name, page.record.id), ())
    ids = dict.fromkeys(link.id for link in links if link.kind == kind and (not fields or link.path[0] in fields))
    return [page.catalogue.records[kind][id] for id in ids]


def alike(page: Page, records: Iterable[Key]) -> set[Key]:
    """Those of some records that bear the same name as another of them: a reader must be told their kinds."""
    named: dict[str, list[Key]] = {}
    for kind, id in records:
        named.setdefault(page.title(kind, id) if id else kind, []).append((kind, id))
    return {key for keys in named.values() if len(keys) > 1 for key in keys}
