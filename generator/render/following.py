"""What leads from a page to its feed and its calendar, and the page that lists them all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.derive import calendars as dated
from generator.derive import following
from generator.derive.calendars import Left, calendars
from generator.derive.concern import KINDS

if TYPE_CHECKING:
    from generator.model.kind import Kind
    from generator.render.page import Page

FOLLOWED = ("country", "theme")
"""Kinds whose records have feeds of their own."""
DATED = ("country", "dialogue")
"""Kinds whose records have calendars of their own."""
SORTS = (
    ("added", "The record is new here."),
    ("changed", "Values of it were added, changed or removed. The feed names them."),
    ("renamed", "It has another id and address; the old address leads there."),
    ("merged into another", "It was the same as another record, which took its place."),
    ("retired", "It was taken out, and its address says why."),
    ("taken out", "It was taken out without a word."),
)
"""What may become of a record, with what readers find then."""


@dataclass(frozen=True)
class Way:
    """The stems of the feed and the calendar of a page, without endings; empty where it has none."""

    feed: str = ""
    calendar: str = ""
    kinds: tuple[tuple[str, str], ...] = ()
    """For a country: the title of each kind that may concern it, and the stem of that feed."""


@dataclass(frozen=True)
class Row:
    """One thing that can be followed: its name, its page, its feed and its calendar."""

    name: str
    path: str
    feed: str = ""
    calendar: str = ""
    events: int = 0


def way_of(page: Page) -> Way | None:
    """What can be followed from a page."""
    kind = page.kind
    if kind is None or (kind.name == "page" and (page.record is None or page.record.id != "index")):
        return None
    if kind.name == "page":
        return Way(following.ALL, dated.ALL)
    if page.record is None:
        return Way(f"feeds/{kind.section}")
    feed = following.stem_of(kind, page.record.id) if kind.name in FOLLOWED else ""
    calendar = dated.stem_of(kind, page.record.id) if kind.name in DATED else ""
    kinds = tuple(_kinds(page, feed)) if kind.name == "country" else ()
    return Way(feed, calendar, kinds) if feed or calendar else None


def _kinds(page: Page, stem: str) -> Iterator[tuple[str, str]]:
    for kind in page.catalogue.kinds:
        if kind.name in KINDS:
            yield page.words.say(kind.title), f"{stem}/{kind.section}"


def all_kinds(page: Page) -> list[Row]:
    """Every kind with its feed."""
    kinds = [kind for kind in page.catalogue.kinds if kind.name != "page"]
    return [Row(page.words.say(kind.title), f"{kind.section}/index.md", f"feeds/{kind.section}") for kind in kinds]


def all_of(page: Page, name: str) -> list[Row]:
    """Every record of a kind, by name, with its feed and its calendar."""
    kind = page.kind_of(name)
    held = {c.stem: len(c.events) for c in calendars(page.catalogue, page.views.happenings)} if name in DATED else {}
    return [_row(page, kind, record.id, held) for record in page.by_name(name)]


def _row(page: Page, kind: Kind, id: str, held: dict[str, int]) -> Row:
    stem = dated.stem_of(kind, id) if kind.name in DATED else ""
    feed = following.stem_of(kind, id) if kind.name in FOLLOWED else ""
    return Row(page.title(kind.name, id), kind.page(id), feed, stem, held.get(stem, 0))


def left_out(page: Page) -> Left:
    """What no calendar can hold."""
    return dated.left_out(page.views.happenings)


def events(page: Page) -> int:
    """How many events the calendar of all holds."""
    return len(page.views.happenings) - left_out(page).count
