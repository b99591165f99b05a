"""The map of the home page: one link a country, with its own number; steps of colour that say what they mean."""

from __future__ import annotations

from html import unescape

import pytest
from conftest import TODAY, base_files, tree_of
from hypothesis import given
from hypothesis import strategies as st
from site_fixture import BuiltSite, Element

from generator.charts.map import STEPS, Spot, is_drawn, map_svg, ranges_of
from generator.charts.outlines import COUNTRIES, HEIGHT, ROOM, WIDTH
from generator.derive import derive
from generator.render.country_map import INSETS


def spot(code: str, count: int = 1) -> Spot:
    return Spot(code, f"Name of {code}", count, f"countries/{code.lower()}/", f"Name of {code}: {count} records")


@given(st.lists(st.integers(0, 500), min_size=1))
def test_every_number_has_a_step_and_its_range_holds_it(counts: list[int]) -> None:
    ranges = ranges_of(counts)
    named = ranges.named()
    assert 1 <= len(named) <= STEPS
    for count in counts:
        low, high = named[ranges.step(count) - 1]
        assert low <= count <= high


def test_the_steps_follow_one_another_without_a_gap() -> None:
    ranges = ranges_of([36] * 9 + [37, 39, 40, 44, 52, 65])
    assert ranges.named() == ((36, 36), (37, 39), (40, 51), (52, 65))


def test_nothing_and_one_number_make_one_step() -> None:
    assert ranges_of([]).named() == ((0, 0),)
    assert ranges_of([7, 7]).named() == ((7, 7),)


def test_a_name_is_escaped_and_what_stands_beside_is_no_second_link_for_readers() -> None:
    hostile = Spot("PE", '<b>"', 3, 'x"y', '<b>": 3')
    svg = str(map_svg([hostile], [spot("CU")], ranges_of([3]), "Map"))
    assert "<b>" not in svg
    assert 'x"y' not in svg
    assert svg.count("aria-label=") == 2
    assert '<a href="countries/cu/" tabindex="-1" aria-hidden="true">' in svg


def test_outlines_lie_in_the_drawing_and_leave_room_for_labels() -> None:
    assert set(COUNTRIES) == set(ROOM)
    assert 0 < HEIGHT < 1.3 * WIDTH
    for x, y, room in ROOM.values():
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT
        assert 0 <= room < WIDTH


def test_a_country_without_outline_stands_in_a_list() -> None:
    files = base_files()
    files["countries.yml"] += "  KY:\n    side: lac\n"
    assert not is_drawn("KY")
    home = tree_of(files)["index.md"]
    assert "Elsewhere" in home
    assert home.count('href="countries/ky/"') == 2  # beside the map and in the list


def links_of(home: Element) -> dict[str, list[str]]:
    """For each address of the map, the names of the links that are read."""
    figure = next(each for each in home.all("figure") if each.attributes.get("class") == "map")
    found: dict[str, list[str]] = {}
    for link in figure.all("a"):
        if link.attributes.get("aria-hidden") != "true":
            name = link.attributes.get("aria-label") or link.text
            found.setdefault(link.attributes["href"], []).append(unescape(name))
    return found


def test_every_country_of_the_region_has_one_link_with_its_own_number(built: BuiltSite) -> None:
    views = derive(built.catalogue, TODAY)
    links = links_of(built.page(""))
    wanted = {c.id: views.countries[c.id].count for c in built.catalogue.of("country") if c.side == "lac"}
    assert len(wanted) == 33
    assert {f"countries/{code.lower()}/" for code in wanted} == set(links)
    for code, count in wanted.items():
        (name,) = links[f"countries/{code.lower()}/"]
        assert str(count) in name.replace(":", " ").split(), (code, name)


def test_the_list_beneath_says_the_same(built: BuiltSite) -> None:
    views = derive(built.catalogue, TODAY)
    lists = [each for each in built.page("").all("ul") if "clist" in each.attributes.get("class", "")]
    rows = {a.attributes["href"]: a.elements[-1].text for a in lists[0].all("a")}
    assert rows == {
        f"countries/{c.id.lower()}/": str(views.countries[c.id].count)
        for c in built.catalogue.of("country")
        if c.side == "lac"
    }


def test_the_key_names_every_step_that_is_drawn(built: BuiltSite) -> None:
    figure = next(each for each in built.page("").all("figure") if each.attributes.get("class") == "map")
    caption = next(figure.all("figcaption"))
    key = {path.attributes["class"] for path in caption.all("path")}
    drawn = {path.attributes["class"] for path in figure.all("path")} - {"ground"}
    assert drawn == key
    assert len(list(caption.all("li"))) == len(key)


@pytest.mark.parametrize("codes", INSETS.values())
def test_every_inset_names_countries_of_the_map(codes: frozenset[str]) -> None:
    assert all(map(is_drawn, codes))


def test_other_states_territories_are_no_link(built: BuiltSite) -> None:
    assert "GF" not in COUNTRIES
    assert not any("countries/gf/" in address for address in links_of(built.page("")))


def test_every_country_that_is_a_link_of_the_drawing_bears_its_name(built: BuiltSite) -> None:
    figure = next(each for each in built.page("").all("figure") if each.attributes.get("class") == "map")
    svg = next(each for each in figure.all("svg") if "role" in each.attributes)
    links = [a.attributes["aria-label"].partition(":")[0] for a in svg.all("a") if "aria-label" in a.attributes]
    labels = " ".join(text.text for text in svg.all("text"))
    assert links
    assert [name for name in links if name not in labels] == []
