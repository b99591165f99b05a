"""A map of places that are links: four steps of colour by how much there is of each. Knows codes, no record.

Places too small for a thumb on a phone stand beside the map by name, in lists that the caller groups; their shape
on the map is a link for the pointer only, so that each has one link that is read and reached by keyboard.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from generator.charts.outlines import AROUND, COUNTRIES, HEIGHT, ROOM, WIDTH
from generator.charts.timeline import width_of

STEPS = 4
LETTER = 23
"""The size of a label, in units of the drawing."""
OUTSIDE: dict[str, tuple[int, int, str, str]] = {
    "CL": (530, 735, "end", ""),
    "EC": (411, 425, "end", ""),
    "PY": (814, 757, "start", "702,704 806,748"),
    "UY": (742, 850, "start", ""),
}
"""Where labels stand that do not fit into their country, at which end they are held, and a line to a far country."""


@dataclass(frozen=True)
class Spot:
    """A place of the map: its ISO code, the name that is shown, how much there is of it, where its link leads."""

    code: str
    name: str
    count: int
    href: str
    told: str
    """Name and number in words, for those who don't see the colour."""


@dataclass(frozen=True)
class Ranges:
    """The lowest number of each step after the first, and what there is at all."""

    bounds: tuple[int, ...]
    least: int
    most: int

    def step(self, count: int) -> int:
        """The step of a number, from 1."""
        return 1 + sum(count >= bound for bound in self.bounds)

    def named(self) -> tuple[tuple[int, int], ...]:
        """From which to which number each step goes."""
        starts = (self.least, *self.bounds)
        ends = (*(bound - 1 for bound in self.bounds), self.most)
        return tuple(zip(starts, ends, strict=True))


def ranges_of(counts: Iterable[int]) -> Ranges:
    """Four steps with about as many different numbers in each; fewer where there are fewer numbers."""
    order = sorted(set(counts))
    if not order:
        return Ranges((), 0, 0)
    quarters = [order[len(order) * part // STEPS] for part in range(1, STEPS)]
    return Ranges(tuple(sorted({each for each in quarters if each > order[0]})), order[0], order[-1])


def is_drawn(code: str) -> bool:
    """Whether the map has an outline of a place."""
    return code in COUNTRIES


def map_svg(spots: Sequence[Spot], beside: Sequence[Spot], ranges: Ranges, label: str) -> Markup:
    """The drawing. `spots` are its links; `beside` are drawn too, but their named links stand elsewhere."""
    quiet = ' tabindex="-1" aria-hidden="true"'
    drawn = [_shape(spot, ranges, f' aria-label="{escape(spot.told)}"') for spot in spots if is_drawn(spot.code)]
    drawn += [_shape(spot, ranges, quiet) for spot in beside if is_drawn(spot.code)]
    names = "".join(_label(spot, ranges) for spot in spots if is_drawn(spot.code))
    return Markup(
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="group" aria-label="{escape(label)}">'
        f'<path class="ground" d="{AROUND}"/>\n' + "\n".join(drawn) + f'\n<g aria-hidden="true">{names}</g></svg>'
    )


def _shape(spot: Spot, ranges: Ranges, attributes: str) -> str:
    return (
        f'<a href="{escape(spot.href)}"{attributes}><title>{escape(spot.told)}</title>'
        f'<path class="m{ranges.step(spot.count)}" d="{COUNTRIES[spot.code]}"/></a>'
    )


def _label(spot: Spot, ranges: Ranges) -> str:
    """Name and number in the country where they fit, else beside it where there is a place; else none."""
    x, y, room = ROOM[spot.code]
    if width_of(spot.name, LETTER) <= room * 1.1:  # the estimate of a width is generous
        lines = f'<tspan x="{x}" y="{y}">{escape(spot.name)}</tspan><tspan x="{x}" dy="1.05em">{spot.count}</tspan>'
        return f'<text class="on{ranges.step(spot.count)}">{lines}</text>'
    if spot.code not in OUTSIDE:
        return ""
    x, y, anchor, line = OUTSIDE[spot.code]
    lead = "".join(f'<polyline class="{name}" points="{line}"/>' for name in ("lead lead--under", "lead") if line)
    return f'{lead}<text class="out {anchor}" x="{x}" y="{y}">{escape(spot.name)} {spot.count}</text>'


def swatch(step: int) -> Markup:
    """The colour of a step, for lists and the key."""
    path = f'<path class="m{step}" d="M1 1h12v12h-12z"/>'
    return Markup(f'<svg class="sw" aria-hidden="true" viewBox="0 0 14 14" width="14" height="14">{path}</svg>')
