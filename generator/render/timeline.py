"""Series of days become timelines: names, links and shapes, and the words beneath."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from generator.charts import Bar, Dot, DotShape, Group, Lane, Sample, Shape, Timeline, key_svg, timeline_svg
from generator.derive.series import meetings_of, numbers_of
from generator.derive.status import Status
from generator.derive.timelines import (
    Row,
    Series,
    Stretch,
    agreement_series,
    country_series,
    meetings_series,
    programme_series,
)
from generator.kinds.dialogue import DialogueType

if TYPE_CHECKING:
    from generator.render.page import Page

SHAPES: dict[Status, Shape] = {
    Status.NEGOTIATING: "negotiating",
    Status.TALKS_SUSPENDED: "paused",
    Status.LEFT_TALKS: "ended",
    Status.CONCLUDED: "concluded",
    Status.INITIALLED: "concluded",
    Status.SIGNED: "signed",
    Status.PROVISIONAL: "provisional",
    Status.IN_FORCE: "full",
    Status.SUSPENDED: "ended",
    Status.TERMINATED: "ended",
    Status.SUPERSEDED: "ended",
    Status.ANNOUNCED: "planned",
    Status.NOT_KNOWN: "unknown",
    Status.HELD: "activity",
}
"""How a status is drawn; one that is running, by the kind of its record."""
RUNNING: dict[str, Shape] = {"dialogue": "dialogue"}
DOTS: dict[str, DotShape] = {"events": "number", "activities": "activity", "meetings": "meeting", "series": "number"}
MANY = {"summit": "Summits", "ministerial": "Ministerial meetings"}
"""Meetings of one sort, where the word of the sort is for one."""
KEY: dict[Sample, str] = {
    "negotiating": "Negotiating",
    "paused": "Talks suspended",
    "concluded": "Concluded or initialled",
    "signed": "Signed",
    "perhaps": "Signed, perhaps applied",
    "provisional": "Provisionally applied",
    "full": "In force",
    "ended": "Ended, replaced or left",
    "unknown": "Not known",
    "dialogue": "Dialogue",
    "meeting": "Meeting",
    "programme": "Programme",
    "planned": "Planned",
    "activity": "Activity",
    "unsure-number": "Not verified",
    "unsure-activity": "Date not verified",
    "thin": "Thin: only the year is known",
    "tail": "Dashed, with ?: end not known",
}
"""The words of the key, in its order."""
NAMED = 120
"""The most letters of names of what is left out; beyond that it is only counted."""


@dataclass(frozen=True)
class Chart:
    """A figure of a page: the drawings, the key, and what is said beneath."""

    svg: Markup
    key: tuple[tuple[Markup, str], ...]
    notes: tuple[str, ...]


def chart_of(page: Page) -> Chart | None:
    """The timeline of the page's record, if its kind has one and anything of it is dated."""
    series = _series(page)
    return _chart(page, series) if series else None


def meetings(page: Page) -> list[tuple[str, Any]]:
    """The meetings of the page's series, each with what it is called in the drawing."""
    found = meetings_of(page.record, page.catalogue)
    return list(zip(numbers_of(found), found, strict=True))


def _series(page: Page) -> Series | None:
    name, record, views = page.kind.name if page.kind else "", page.record, page.views
    if name == "agreement":
        return agreement_series(record, page.life(record.id), views.today)
    if name == "programme":
        return programme_series(record, views.latest.get((name, record.id)), views.today)
    if name == "dialogue":
        numbered = meetings(page)
        return meetings_series([meeting for _, meeting in numbered], [number for number, _ in numbered], views.today)
    return country_series(views.countries[record.id], views.latest, views.today) if name == "country" else None


def _chart(page: Page, series: Series) -> Chart:
    groups = tuple(
        Group(_heading(page, section.name), tuple(_lane(page, row) for row in section.rows))
        for section in series.sections
    )
    made = Timeline(_label(page, series), groups, series.first, series.last, page.views.today)
    used = _used(made)
    key = tuple((key_svg(sample, "life"), page.words.say(KEY[sample])) for sample in KEY if sample in used)
    return Chart(timeline_svg(made, "life"), key, tuple(_notes(page, series, made)))


def _heading(page: Page, name: str) -> str:
    w = page.words
    return {
        "texts": w.say("Texts"),
        "parties": w.say("Parties"),
        "agreements": w.say("Agreements"),
        "dialogues": w.say("Dialogues"),
        "programmes": w.say("Programmes"),
    }.get(name, "")


def _label(page: Page, series: Series) -> str:
    text = page.words.say("Timeline of {title}, {first} to {last}. The tables of this page have the same content.")
    title = page.title(page.kind.name, page.record.id) if page.kind else ""
    return text.format(title=title, first=series.first.year, last=series.last.year)


# -- lanes


def _lane(page: Page, row: Row) -> Lane:
    bars = tuple(Bar(s.start, s.end, shape_of(row.kind, s), s.thin) for s in row.stretches)
    dots = tuple(Dot(mark.day, mark.label, not mark.sure, DOTS[row.kind]) for mark in row.marks)
    return Lane(_name(page, row), bars, dots, _href(page, row), row.no_end, row.no_start)


def shape_of(kind: str, stretch: Stretch) -> Shape:
    """How a stretch is drawn in a row of a kind."""
    if stretch.maybe:
        return "perhaps"
    return SHAPES.get(stretch.status) or RUNNING.get(kind, "programme")


def _name(page: Page, row: Row) -> str:
    if row.kind in ("events", "series"):
        return ""
    if row.kind == "activities":
        return page.words.say("Activities")
    if row.kind == "meetings":
        return page.words.say(MANY.get(row.ids[0], DialogueType.read(row.ids[0]).label))
    if row.kind == "party":
        one = page.party_name(row.ids[0])
        return one if len(row.ids) == 1 else page.words.count("{n} other party", "{n} other parties", len(row.ids))
    if row.kind == "phase":
        return str(page.record.phases[int(row.ids[0])].name)
    if row.kind == "text":
        return row.ids[0]
    return page.words.say("Whole programme") if page.record.id == row.ids[0] else page.title(row.kind, row.ids[0])


def _href(page: Page, row: Row) -> str | None:
    if len(row.ids) != 1 or row.kind in ("text", "meetings") or row.ids[0] == page.record.id:
        return None
    id = row.ids[0]
    if row.kind == "phase":
        return f"#phase-{int(id) + 1}"
    kind = row.kind
    if kind == "party":
        kind = "country" if page.catalogue.find("country", id) else "group"
    return page.href(page.path(kind, id))


# -- the key and the words beneath


def _used(made: Timeline) -> frozenset[Sample]:
    """The shapes that are drawn, but for those that explain themselves."""
    lanes = made.lanes
    used: set[Sample] = {bar.shape for lane in lanes for bar in lane.bars}
    used |= {dot.shape for lane in lanes for dot in lane.dots} - {"number"}
    used |= {"thin"} if any(bar.thin for lane in lanes for bar in lane.bars) else set()
    used |= {"tail"} if any(lane.tail or lane.head for lane in lanes) else set()
    unsure = {dot.shape for lane in lanes for dot in lane.dots if dot.unsure}
    used |= {"unsure-number"} if "number" in unsure else {"unsure-activity"} if unsure else set()
    return frozenset(used)


def _notes(page: Page, series: Series, made: Timeline) -> Iterator[str]:
    w, today = page.words, page.views.today
    if any(row.kind == "events" for row in series.rows):
        yield w.say("Numbers are the steps in the history below.")
    if any(row.kind == "series" for row in series.rows):
        yield w.say("Numbers are those of the table below.")
    if series.early:
        numbers = w.list(mark.label for mark in series.early)
        text = w.count(
            "Step {{numbers}} lies before the scale.", "Steps {{numbers}} lie before the scale.", len(series.early)
        )
        yield text.format(numbers=numbers)
    if series.left_out:
        yield _left_out(page, series)
    if series.of_groups:
        yield w.count(
            "{n} standing dialogue of groups is only in the list below.",
            "{n} standing dialogues of groups are only in the list below.",
            series.of_groups,
        )
    if made.shows_today:
        yield w.say("The dashed vertical line is {date}.").format(date=w.day(today))


def _left_out(page: Page, series: Series) -> str:
    w = page.words
    names = [
        page.record.phases[int(id)].name if kind == "phase" else page.title(kind, id) for kind, id in series.left_out
    ]
    count = w.count(
        "{n} is not drawn: no date of it is known", "{n} are not drawn: no date of them is known", len(names)
    )
    named = w.list(names)
    return f"{count}." if len(named) > NAMED else f"{count} ({named})."
