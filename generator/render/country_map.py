"""The map of the home page, worded: which countries are links of the drawing and which stand beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from generator.charts.map import Ranges, Spot, is_drawn, map_svg, ranges_of, swatch

if TYPE_CHECKING:
    from generator.render.page import Page

INSETS: dict[str, frozenset[str]] = {
    "The Caribbean": frozenset("AG BB BS CU DM DO GD GY HT JM KN LC SR TT VC".split()),
    "Central America": frozenset("BZ CR GT HN NI PA SV".split()),
}
"""Countries that are smaller than a thumb on a phone, under the names that their lists bear."""


@dataclass(frozen=True)
class Inset:
    """A list beside the map."""

    title: str
    spots: tuple[tuple[Spot, Markup], ...]
    """Each place with the colour of its step."""


@dataclass(frozen=True)
class CountryMap:
    """The drawing, the lists beside it, and what the colours mean."""

    svg: Markup
    insets: tuple[Inset, ...]
    key: tuple[tuple[Markup, str], ...]


def map_of(page: Page) -> CountryMap:
    """The map of all countries of the region, with the number of records of each."""
    spots = [_spot(page, country.id) for country in page.by_name("country") if country.side == "lac"]
    ranges = ranges_of(spot.count for spot in spots)
    grouped = {name: [s for s in spots if s.code in codes] for name, codes in INSETS.items()}
    listed = {spot.code for group in grouped.values() for spot in group}
    grouped["Elsewhere"] = [s for s in spots if s.code not in listed and not is_drawn(s.code)]
    beside = [spot for group in grouped.values() for spot in group]
    drawing = map_svg([s for s in spots if s not in beside], beside, ranges, page.words.say(LABEL))
    insets = [_inset(page.words.say(name), group, ranges) for name, group in grouped.items() if group]
    return CountryMap(drawing, tuple(insets), _key(ranges))


LABEL = "Map of Latin America and the Caribbean: each country leads to its page"


def _spot(page: Page, code: str) -> Spot:
    count, name = page.views.countries[code].count, page.title("country", code)
    told = page.words.count("{{name}}: {n} record", "{{name}}: {n} records", count).format(name=name)
    return Spot(code, name, count, page.href(page.path("country", code)), told)


def _inset(title: str, spots: list[Spot], ranges: Ranges) -> Inset:
    return Inset(title, tuple((spot, swatch(ranges.step(spot.count))) for spot in spots))


def _key(ranges: Ranges) -> tuple[tuple[Markup, str], ...]:
    named = enumerate(ranges.named(), 1)
    return tuple((swatch(step), f"{low}–{high}" if low < high else str(low)) for step, (low, high) in named)
