"""Small changes to a text, made at places."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from generator.editing.patches import DATE, apply, extent, scalar
from generator.kinds import KINDS
from generator.problems import Patch
from generator.read import read

TEXT = "id: x\nname: 'A: b'\nparties: [EU, CL]\nsummary: >-\n  One\n  two.\nend: ..\n"


def test_patches_are_made_at_their_places_in_the_text_as_it_was() -> None:
    patches = [Patch("x", 3, 15, (3, 17), "PE"), Patch("x", 1, 5, (1, 6), "longer"), Patch("x", 7, 1, (8, 1), "")]
    assert apply(TEXT, patches) == "id: longer\nname: 'A: b'\nparties: [EU, PE]\nsummary: >-\n  One\n  two.\n"


@pytest.mark.parametrize(
    "patches",
    [
        [Patch("x", 1, 1, (1, 4), ""), Patch("x", 1, 3, (1, 5), "")],
        [Patch("x", 99, 1, (99, 1), "")],
        [Patch("x", 8, 2, (8, 3), "")],
        [Patch("x", 2, 4, (2, 1), "")],
    ],
    ids=["overlap", "no such line", "past the end", "backwards"],
)
def test_patches_that_cannot_be_made_are_refused(patches: list[Patch]) -> None:
    with pytest.raises(ValueError, match=r"overlap|no line|no column"):
        apply(TEXT, patches)


@pytest.mark.parametrize(
    ("place", "end"),
    [((1, 5), (1, 6)), ((2, 7), (2, 13)), ((3, 15), (3, 17)), ((4, 10), (7, 1)), ((7, 1), (7, 4)), ((3, 10), None)],
)
def test_the_extent_of_a_scalar_is_known_by_where_it_begins(
    place: tuple[int, int], end: tuple[int, int] | None
) -> None:
    assert extent(TEXT, *place) == end


def test_the_extent_in_a_page_is_looked_for_in_its_front_matter() -> None:
    assert extent("---\ntitle: A page\n---\ntitle: not this\n", 2, 8) == (2, 14)
    assert extent("---\ntitle: A page\n---\ntitle: not this\n", 4, 8) is None


@given(st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), max_size=30), st.booleans())
@example("NO", False)
@example("a, b", True)
@example("2012-06-29", False)
@example("x\u2028y", False)
@example("tab\there", True)
@example("---", False)
@example("- ", False)
@example("1e5", True)
def test_a_scalar_is_read_back_as_the_text_by_us_and_by_another_reader(text: str, flow: bool) -> None:
    written = scalar(text, flow=flow)
    line = f"name: [{written}, z]\n" if flow else f"name: {written}\n"
    [document], _ = read({"programmes/x.yml": line}, KINDS)
    mine = document.values["name"][0] if flow else document.values["name"]
    assert mine == text
    other = yaml.load(line, yaml.CSafeLoader)["name"]
    other = other[0] if flow else other
    assert other == text or DATE.fullmatch(text)  # a date is bare, whatever it is to others
