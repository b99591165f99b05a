"""Draws the outlines of the map once: countries of Natural Earth, projected, simplified and rounded.

The map of the home page needs shapes, not geodata: a few kilobytes of paths in whole units, which stand in
`generator/charts/outlines.py`. Run this again only to take in a newer edition or another list of countries.

Usage: npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
       python scripts/outlines.py package/countries-50m.json content/countries.yml generator/charts/outlines.py
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from heapq import heapify, heappop, heappush
from itertools import pairwise
from math import cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

import yaml
from babel.core import get_global

Point = tuple[float, float]
Ring = list[Point]

CENTRE = (-75.0, -15.0)
"""Longitude and latitude in the middle of the map; areas keep their proportions (Lambert's azimuthal projection)."""
WIDTH = 1000
"""The map is so many units wide."""
MARGIN = 12
NEAR = (-130.0, -62.0, -25.0, 60.0)
"""West, south, east and north of what is looked at: the far side of the earth has no place on the plane."""
DETAIL = 7.0
"""A corner goes if it and its neighbours make a triangle of fewer square units."""
SPECK = 10.0
"""Islands of fewer square units are left out, but for the largest of a country."""
DOT = 90.0
"""A country of fewer square units is drawn as a dot that can be seen."""


def main() -> None:
    args = _arguments()
    topology = json.loads(args.atlas.read_text(encoding="utf-8"))
    listed = yaml.safe_load(args.countries.read_text(encoding="utf-8"))["records"]
    wanted = {str(id) for id, country in listed.items() if country["side"] == "lac"}
    shapes = dict(_shapes(topology))
    unit, left, top, height = _frame([ring for id in wanted for ring in _main(shapes[id])])

    def place(ring: Iterable[Point]) -> Ring:
        return [((x - left) * unit, (y - top) * unit) for x, y in ring]

    arcs = [simplified(place(arc)) for arc in _arcs(topology)]
    rings = {id: [_joined(arcs, ring) for ring in _rings(topology, id)] for id in shapes}
    frame = (0.0, 0.0, float(WIDTH), float(height))
    own = {id: _kept(rings[id]) for id in sorted(wanted)}
    others = [clipped(ring, frame) for id in sorted(set(rings) - wanted) for ring in rings[id]]
    around = [ring for ring in others if len(ring) > 2 and abs(area(ring)) >= SPECK]
    args.target.write_text(_module(own, around, height), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("atlas", type=Path, help="countries-50m.json of the npm package world-atlas")
    parser.add_argument("countries", type=Path, help="the catalogue's countries.yml")
    parser.add_argument("target", type=Path, help="the module to write")
    return parser.parse_args()


# -- TopoJSON: borders are arcs, shared by the countries on either side; ~n is arc n turned round


def _arcs(topology: dict[str, Any]) -> Iterator[Ring]:
    """All arcs on the plane; those of the far side of the earth are empty."""
    for arc in topology["arcs"]:
        yield [projected(point) for point in _degrees(topology, arc)] if _is_near(topology, arc) else []


def _degrees(topology: dict[str, Any], arc: list[list[int]]) -> Iterator[Point]:
    (width, height), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield x * width + west, y * height + south


def _is_near(topology: dict[str, Any], arc: list[list[int]]) -> bool:
    west, south, east, north = NEAR
    return any(west < x < east and south < y < north for x, y in _degrees(topology, arc))


def _geometries(topology: dict[str, Any]) -> Iterator[tuple[str, list[list[list[int]]]]]:
    """For each country its polygons, each a list of rings; the code is ISO 3166-1 alpha-2, by CLDR."""
    numbers = get_global("territory_aliases")
    for shape in topology["objects"]["countries"]["geometries"]:
        code = (numbers.get(shape.get("id", "")) or [shape["properties"]["name"]])[0]
        if "arcs" in shape:
            yield code, shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]


def _rings(topology: dict[str, Any], id: str) -> list[list[int]]:
    """The outer rings of a country whose every arc is near; lakes and enclaves are left out."""
    arcs = topology["arcs"]
    found = [polygon[0] for code, polygons in _geometries(topology) if code == id for polygon in polygons]
    return [ring for ring in found if all(_is_near(topology, arcs[n if n >= 0 else ~n]) for n in ring)]


def _shapes(topology: dict[str, Any]) -> Iterator[tuple[str, list[Ring]]]:
    arcs = list(_arcs(topology))
    for code in dict.fromkeys(code for code, _ in _geometries(topology)):
        yield code, [_joined(arcs, ring) for ring in _rings(topology, code)]


def _joined(arcs: list[Ring], ring: list[int]) -> Ring:
    points: Ring = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points[:-1]


# -- the plane


def projected(point: Point) -> Point:
    """Degrees to the plane, in radii of the earth; y grows to the south."""
    east, north = radians(point[0] - CENTRE[0]), radians(point[1])
    middle = radians(CENTRE[1])
    down = sin(middle) * sin(north) + cos(middle) * cos(north) * cos(east)
    k = sqrt(2 / (1 + down))
    return k * cos(north) * sin(east), -k * (cos(middle) * sin(north) - sin(middle) * cos(north) * cos(east))


def area(ring: Ring) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]])) / 2


def _main(rings: list[Ring]) -> list[Ring]:
    """The largest ring of a country: islands far out do not widen the map."""
    return sorted(rings, key=lambda ring: -abs(area(ring)))[:1]


def _frame(rings: list[Ring]) -> tuple[float, float, float, int]:
    """Units a radius, left and top edge, and the height in units."""
    xs, ys = [x for ring in rings for x, _ in ring], [y for ring in rings for _, y in ring]
    unit = (WIDTH - 2 * MARGIN) / (max(xs) - min(xs))
    edge = MARGIN / unit
    return unit, min(xs) - edge, min(ys) - edge, round((max(ys) - min(ys)) * unit + 2 * MARGIN)


def simplified(arc: Ring) -> Ring:
    """Visvalingam's way: the corner that matters least goes first. Ends stay, so that borders still meet."""
    least = 3 if arc and arc[0] == arc[-1] else 1
    alive = dict.fromkeys(range(len(arc)))
    before, after = {n: n - 1 for n in alive}, {n: n + 1 for n in alive}
    weights = {n: _corner(arc, n - 1, n, n + 1) for n in range(1, len(arc) - 1)}
    queue = [(weight, n) for n, weight in weights.items()]
    heapify(queue)
    while queue and len(alive) > least + 1:
        weight, n = heappop(queue)
        if n not in alive or weight != weights[n]:
            continue
        if weight >= DETAIL:
            break
        del alive[n]
        left, right = before[n], after[n]
        after[left], before[right] = right, left
        for each in (left, right):
            if each in weights and each in alive:
                weights[each] = max(weight, _corner(arc, before[each], each, after[each]))
                heappush(queue, (weights[each], each))
    return [arc[n] for n in alive]


def _corner(arc: Ring, a: int, b: int, c: int) -> float:
    return abs(area([arc[a], arc[b], arc[c]]))


def _kept(rings: list[Ring]) -> list[Ring]:
    """The largest ring of a country, and what is more than a speck."""
    order = sorted((ring for ring in rings if len(ring) > 2), key=lambda ring: -abs(area(ring)))
    return [ring for number, ring in enumerate(order) if not number or abs(area(ring)) >= SPECK]


def clipped(ring: Ring, frame: tuple[float, float, float, float]) -> Ring:
    """What of a ring lies inside the frame (Sutherland and Hodgman)."""
    left, top, right, bottom = frame
    for axis, edge, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        made: Ring = []
        for here, there in pairwise([*ring, ring[0]] if ring else []):
            inside, next_inside = (here[axis] - edge) * sign >= 0, (there[axis] - edge) * sign >= 0
            made += [here] if inside else []
            if inside != next_inside:
                part = (edge - here[axis]) / (there[axis] - here[axis])
                made.append((here[0] + part * (there[0] - here[0]), here[1] + part * (there[1] - here[1])))
        ring = made
    return ring


# -- what is written


def path(rings: Iterable[Ring], *, dots: bool = False) -> str:
    """Rings as an SVG path in whole units, each point told from the one before."""
    rings = list(rings)
    if rings and abs(area(rings[0])) < DOT and dots:
        x, y = (round((min(along) + max(along)) / 2) for along in zip(*rings[0], strict=True))
        return f"M{x - 6} {y}a6 6 0 1 0 12 0a6 6 0 1 0-12 0z"
    text = ""
    for ring in rings:
        points = [(round(x), round(y)) for x, y in ring]
        points = [point for n, point in enumerate(points) if point != points[n - 1]]
        if len(points) < 3:
            continue
        steps = ((x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(points))
        line = "".join(_number(dx) + _number(dy) for dx, dy in steps)
        text += f"M{points[0][0]} {points[0][1]}l{line.strip()}z"
    return text


def _number(value: int) -> str:
    """A number after another: a minus parts them too."""
    return str(value) if value < 0 else f" {value}"


def middle(ring: Ring) -> tuple[int, int, int]:
    """Where a label fits best: the point with the most room to left and right, and how much there is."""
    ys = [y for _, y in ring]
    best = (0.0, 0.0, 0.0)
    for y in range(round(min(ys)) + 8, round(max(ys)) - 8, 4):
        for left, right in _inside(ring, y):
            above, below = _overlap(ring, y - 18, left, right), _overlap(ring, y + 18, left, right)
            start, end = max(left, above[0], below[0]), min(right, above[1], below[1])
            centred = end - start - abs(y - (min(ys) + max(ys)) / 2) / 8
            best = max(best, (centred, (start + end) / 2, float(y)))
    room = best[0]
    return round(best[1]), round(best[2]), max(round(room), 0)


def _inside(ring: Ring, y: float) -> Iterator[tuple[float, float]]:
    """Stretches of a level that lie in the ring."""
    edges = pairwise([*ring, ring[0]])
    cuts = sorted(a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]) for a, b in edges if (a[1] > y) != (b[1] > y))
    yield from zip(cuts[::2], cuts[1::2], strict=True)


def _overlap(ring: Ring, y: float, left: float, right: float) -> tuple[float, float]:
    """The stretch of a level that shares most with another stretch."""
    shared = [(max(a, left), min(b, right)) for a, b in _inside(ring, y)]
    return max(shared, key=lambda pair: pair[1] - pair[0], default=(right, left))


def _module(own: dict[str, list[Ring]], around: list[Ring], height: int) -> str:
    lines = [
        '"""Outlines of the map, made by scripts/outlines.py from Natural Earth (public domain). Do not edit."""',
        "",
        "# fmt: off",
        "# ruff: noqa: E501",
        f"WIDTH, HEIGHT = {WIDTH}, {height}",
        '"""The size of the drawing, in the units of all paths."""',
        f'AROUND = "{path(around)}"',
        '"""The neighbours, as one path."""',
        "COUNTRIES = {",
        *(f'    "{id}": "{path(rings, dots=True)}",' for id, rings in own.items()),
        "}",
        '"""For each country its path, by ISO code."""',
        "ROOM = {",
        *(f'    "{id}": {middle(rings[0])},' for id, rings in own.items()),
        "}",
        '"""For each country the middle of the place where a label fits best, and how wide it may be."""',
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
